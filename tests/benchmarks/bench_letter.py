"""A letter typed on a desk of 20,000 releases: its keep, and the work it sets off on the lanes."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pressdesk.app.desk_window import DeskWindow
from pressdesk.base.settings import Settings
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.frame.tasks import Tasks
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.list.listing import SETTLE_MS
from tests.benchmarks.figures import Row, desk, row

FEW, MANY = 200, 20_000
LETTERS = 15
GOAL, GROWTH = 0.1, 2.0
PATIENCE = 60.0

Job = tuple[str, float]
"""The key of a job, or who asked for it, and the milliseconds it took."""


def rows() -> list[Row]:
    """The work behind a keep beside the keep; the keep beside that of a small desk."""
    with tempfile.TemporaryDirectory() as folder:
        body, headline = _typed(desk(MANY), Path(folder))
        small, _headline = _typed(desk(FEW), Path(folder))
    keep, behind = _parted(body)
    size = f"{MANY:,} releases"
    its_keep, reading = _parted(headline)
    few, _behind = _parted(small)
    return [
        row(f"lanes behind a letter's keep, {size}", behind, "its keep", keep, goal=GOAL),
        row(f"lanes behind a headline's keep, {size}", reading, "its keep", its_keep),
        row(f"keep of a letter, {size}", keep, f"{FEW} releases", few, goal=GROWTH),
    ]


def _parted(letters: list[list[Job]]) -> tuple[float, float]:
    """The middle of the keeps, and of all that was done behind each."""
    keeps = [jobs[0][1] for jobs in letters]
    behind = [sum(took for _key, took in jobs[1:]) for jobs in letters]
    return statistics.median(keeps), statistics.median(behind)


def _typed(source: Path, folder: Path) -> tuple[list[list[Job]], list[list[Job]]]:
    """The jobs each letter sets off: of letters in the text, and of some in the headline."""
    path = folder / source.name
    shutil.copy(source, path)
    main = MainWindow(tokens(False))
    window = DeskWindow(main, Renderer(), Settings())
    main.show()
    window.start(path)
    _until(lambda: window.listed and window.settled() and window.writing.current is not None)
    QTest.qWait(3000)  # what an opening sets off a moment later
    with _noted() as jobs:
        body = [_letter(window, window.paper.text, jobs) for _ in range(LETTERS)]
        headline = [_letter(window, window.paper.head.headline, jobs) for _ in range(LETTERS)]
    window.end()
    path.unlink()
    return body, headline


def _letter(window: DeskWindow, field: QWidget, jobs: list[Job]) -> list[Job]:
    jobs.clear()
    QTest.keyClicks(field, "x")
    _until(lambda: bool(jobs))
    QTest.qWait(2 * SETTLE_MS)
    _until(window.settled)
    return list(jobs)


@contextmanager
def _noted() -> Iterator[list[Job]]:
    """Every job of every lane, with what it took."""
    found: list[Job] = []
    run = Tasks.run

    def timed(
        lane: Tasks, owner: QObject, work: Callable[[], Any], *more: Any, key: str = "", **last: Any
    ) -> None:
        def working() -> object:
            begun = time.perf_counter()
            done = work()
            found.append((key or type(owner).__name__, (time.perf_counter() - begun) * 1000))
            return done

        run(lane, owner, working, *more, key=key, **last)

    Tasks.run = timed  # type: ignore[method-assign, assignment]
    yield found
    Tasks.run = run  # type: ignore[method-assign]


def _until(there: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > last:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    application = QApplication([])
    application.setStyle("Fusion")
    for figure in rows():
        print(figure)
