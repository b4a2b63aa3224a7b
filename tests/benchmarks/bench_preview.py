"""From the end of a pause in typing to the new pages on the screen, for a two-page release."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, date, datetime

from msgspec.structs import replace
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pressdesk.base.errors import PressDeskError
from pressdesk.desk.rendering import Pages, Renderer
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.frame.tasks import Tasks
from pressdesk.gui.output.preview import PagePreview
from pressdesk.press.compose import compose
from pressdesk.press.release import Edition, Release
from tests.benchmarks.figures import HOUSE, Row, row

ROUNDS = 30
AT_MOST_MS = 300.0
NOW = datetime(2026, 11, 23, tzinfo=UTC)
SENTENCE = "The Commission took note of the level of the river and asked for the gauge data. "


def rows() -> list[Row]:
    """Median and 95th of a hundred for: request, composing, PDF, pixels, painted."""
    application = QApplication.instance() or QApplication([])
    with_lane = _Desk()
    try:
        whole = [with_lane.edit_and_wait(n) for n in range(ROUNDS)]
        drawn = [with_lane.draw_again() for _n in range(ROUNDS)]
        web = [with_lane.web(n) for n in range(ROUNDS)]
    finally:
        with_lane.close()
    application.processEvents()
    middle, late = statistics.median(whole), statistics.quantiles(whole, n=20)[-1]
    alone, name = statistics.median(drawn), "drawing the pages again"
    return [
        row("pause to page preview, p50", middle, name, alone, at_most=AT_MOST_MS),
        row("pause to page preview, p95", late, name, alone, at_most=AT_MOST_MS),
        row("pause to web preview, p50", statistics.median(web), name, alone, at_most=AT_MOST_MS),
    ]


class _Desk:
    """A pane, a lane and a render child, as in the window."""

    def __init__(self) -> None:
        self.renderer, self.lane, self.pane = Renderer(), Tasks(), PagePreview()
        self.pane.resize(452, 840)
        self.pane.show()
        QTest.qWaitForWindowExposed(self.pane)
        self.renderer.warm()
        self.count = 0
        self.edit_and_wait(-1)
        assert self.count == 2, f"meant for two pages, not {self.count}"

    def edit_and_wait(self, number: int) -> float:
        """Milliseconds for one new text."""
        edition = _edition(number)

        def work() -> Pages:
            sheet = compose(Release("statement"), edition, HOUSE, (), now=NOW)
            return self.renderer.pages(sheet, {}, scale=scale, first=first, count=count)

        first, count, scale = self.pane.pages.view()
        return self._timed(work)

    def draw_again(self) -> float:
        """Milliseconds for the same text at another scale: no composing, no PDF."""
        sheet = compose(Release("statement"), _edition(ROUNDS - 1), HOUSE, (), now=NOW)
        first, count, scale = self.pane.pages.view()
        return self._timed(
            lambda: self.renderer.pages(sheet, {}, scale=scale, first=first, count=count)
        )

    def web(self, number: int) -> float:
        """Milliseconds for the HTML of one new text, without showing it."""
        sheet = compose(Release("statement"), _edition(number), HOUSE, (), now=NOW)
        began = time.perf_counter()
        self.renderer.web(sheet, {})
        return (time.perf_counter() - began) * 1000

    def _timed(self, work) -> float:  # type: ignore[no-untyped-def]  # any work of the lane
        began = time.perf_counter()
        seen: list[float] = []

        def done(pages: Pages) -> None:
            self.pane.pages.take(pages)
            self.count = pages.count
            self.pane.repaint()
            seen.append((time.perf_counter() - began) * 1000)

        failed: list[PressDeskError] = []
        self.lane.run(self.pane, work, done, failed.append, key="page")
        while not seen and not failed:
            QApplication.processEvents()
            time.sleep(0.0005)
        for error in failed:
            raise error
        return seen[0]

    def close(self) -> None:
        self.renderer.close()
        self.lane.close()
        self.pane.close()


def _edition(number: int) -> Edition:
    paragraphs = [paragraph(f"{number + n}. {SENTENCE * 4}") for n in range(14)]
    edition = Edition("en", title="On the exchange of gauge data", place="Vienna")
    return replace(edition, date=date(2026, 11, 23), body=Document(tuple(paragraphs)))


if __name__ == "__main__":
    for figure in rows():
        print(figure)
