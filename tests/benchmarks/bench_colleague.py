"""What a colleague saves on a server, until it stands in the list of an open window."""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Callable

import psycopg
from msgspec.structs import replace
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.copies import moving
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.server import changes
from pressdesk.archive.server.postgres import open_office
from pressdesk.base import address
from pressdesk.base.settings import Settings
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.list.release_model import ReleaseModel
from tests.benchmarks.figures import Row, desk, row
from tests.benchmarks.private_server import binaries, private_server

NUMBER, SAVES, FAR = 10_000, 15, 5
GOAL_MS = 1000.0
PATIENCE = 60.0


def rows() -> list[Row]:
    """The middle and the longest of some saves; none where there is no PostgreSQL."""
    place = binaries()
    if place is None:
        print("PostgreSQL is not installed here: no figures of it", file=sys.stderr)
        return []
    with private_server(place) as cluster:
        url = cluster.fresh()
        source = open_desk(desk(NUMBER), read_only=True)
        moving.move(source, address.split(url)[0], roles=False)
        source.close()
        bare = _heard(url)
        ours = _seen(url)
    size = f"{NUMBER:,} releases"
    name, baseline = "a colleague's headline in the list", "NOTIFY heard by psycopg"
    middle = statistics.median(bare)
    return [
        row(f"{name}, {size}", statistics.median(ours), baseline, middle, at_most=GOAL_MS),
        row(f"{name}, longest", max(ours), baseline, max(bare), at_most=GOAL_MS),
    ]


def _heard(url: str) -> list[float]:
    """Milliseconds that a bare notification takes, its commit included, to whoever waits for it."""
    took = []
    with psycopg.connect(url, autocommit=True) as line, psycopg.connect(url) as other:
        line.execute(f"LISTEN {changes.CHANNEL}")
        for _turn in range(SAVES):
            begun = time.perf_counter()
            other.execute(f"NOTIFY {changes.CHANNEL}")
            other.commit()
            next(line.notifies(timeout=PATIENCE, stop_after=1))
            took.append((time.perf_counter() - begun) * 1000)
    return took


def _seen(url: str) -> list[float]:
    """Milliseconds from the end of a colleague's save until the list shows the headline."""
    main = MainWindow(tokens(False))
    window = DeskWindow(main, Renderer(), Settings())
    main.show()
    window.start(address.split(url)[0])
    _until(lambda: window.listed and window.settled() and window.writing.current is not None)
    QTest.qWait(3000)  # what an opening sets off a moment later
    colleague = open_office(url)
    shown = window.panel.findChild(ReleaseModel)
    assert shown is not None
    there = [one for one in map(shown.id_at, range(shown.rowCount())) if one is not None]
    release = there[FAR]
    took = []
    for turn in range(SAVES):
        saved: list[float] = []
        title = f"Headline {turn} of a colleague"
        thread = threading.Thread(target=_save, args=(colleague, release, title, saved))
        thread.start()
        _until(lambda title=title: title in _first(shown))  # type: ignore[misc]
        took.append((time.perf_counter() - saved[0]) * 1000)
        thread.join()
    colleague.close()
    window.end()
    return took


def _save(colleague: Archive, release: int, title: str, saved: list[float]) -> None:
    filed = colleague.releases.find(release)
    colleague.releases.save(filed.release, replace(filed.edition, title=title))
    saved.append(time.perf_counter())


def _first(shown: ReleaseModel) -> str:
    """The headlines at the top of the list."""
    lines = (str(shown.index(place, 0).data()) for place in range(min(4 * FAR, shown.rowCount())))
    return "\n".join(lines)


def _until(there: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > last:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    application = QApplication([])
    application.setStyle("Fusion")
    for figure in rows():
        print(figure)
