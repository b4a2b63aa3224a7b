"""The list read and a release opened while a dump of 1.2 MB is read, and while it is filed."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from pressdesk.app.desk_window import DeskWindow
from pressdesk.base.settings import Settings
from pressdesk.desk import contents
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.importing.review import ImportReview
from pressdesk.gui.kit.tokens import tokens
from pressdesk.press.listing import Query
from tests.benchmarks.figures import Row, desk, row
from tests.unit.dump.corpus import EN, text_of

NUMBER, BYTES, TIMES = 200, 1_200_000, 4
GOAL, IDLE, LEAST = 2.0, 25, 3
PATIENCE = 120.0

Act = Callable[[], object]


def rows() -> list[Row]:
    """What is waited for by whoever asks at any moment of the work, beside an idle window."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "desk.pressdesk"
        shutil.copy(desk(NUMBER), path)
        dump = folder / "past.txt"
        dump.write_text(_dump(), "utf-8")
        main = MainWindow(tokens(False))
        window = DeskWindow(main, Renderer(), Settings())
        main.show()
        window.start(path)
        _until(lambda: window.listed and window.settled() and window.writing.current is not None)
        QTest.qWait(3000)  # what an opening sets off a moment later
        idle = _asked(window, _times(IDLE))
        window.importing.files([str(dump)])
        reading = _asked(window, lambda: _review(window) is not None)
        review = _review(window)
        assert review is not None
        filed: list[int] = []
        window.importing.filed.connect(filed.append)
        next(b for b in review.findChildren(QPushButton) if "Import" in b.text()).click()
        filing = _asked(window, lambda: bool(filed))
        window.end()
    return [
        _row("list read", "a dump is read", reading[0], idle[0]),
        _row("release opened", "a dump is read", reading[1], idle[1]),
        _row("list read", "a dump is filed", filing[0], idle[0]),
        _row("release opened", "a dump is filed", filing[1], idle[1]),
    ]


def _row(what: str, when: str, during: list[float], idle: list[float]) -> Row:
    return row(f"{what} while {when}", _waited(during), "idle window", _waited(idle), goal=GOAL)


def _waited(answers: list[float]) -> float:
    """What is met at half of all moments: a long answer is met more often than a short one."""
    spent, half = 0.0, sum(answers) / 2
    for one in sorted(answers):
        spent += one
        if spent >= half:
            return one
    raise ValueError("nothing was asked")


def _dump() -> str:
    long = [replace(item, text=item.text * TIMES) for item in EN]
    one = text_of(long, headlines="own")
    return text_of(long * (1 + BYTES // len(one)), headlines="own")


def _asked(window: DeskWindow, over: Act) -> tuple[list[float], list[float]]:
    """Reads the list and opens a release in turn until something is over: each in ms."""
    now = window.session.now()
    lists: list[float] = []
    opened: list[float] = []
    while not over() or len(opened) < LEAST:
        first = partial(contents.first, query=Query(), limit=60, now=now)
        lists.append(_took(lambda done, first=first: window.session.read(first, done)))  # type: ignore[misc]
        release = 1 + len(opened) % 2
        opened.append(_took(partial(_open, window, release)))
        QTest.qWait(5)
    return lists, opened


def _open(window: DeskWindow, release: int, done: Callable[[object], None]) -> None:
    def shown(current: object) -> None:
        window.writing.shown.disconnect(shown)
        done(current)

    window.writing.shown.connect(shown)
    window.writing.open(release)


def _took(ask: Callable[[Callable[[object], None]], object]) -> float:
    answers: list[object] = []
    begun = time.perf_counter()
    ask(answers.append)
    _until(lambda: bool(answers))
    return (time.perf_counter() - begun) * 1000


def _times(number: int) -> Act:
    left = iter(range(number))
    return lambda: next(left, None) is None


def _review(window: DeskWindow) -> ImportReview | None:
    found = window.main.findChild(ImportReview)
    return found if found is not None and found.isVisible() else None


def _until(there: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > last:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.0005)


if __name__ == "__main__":
    application = QApplication([])
    application.setStyle("Fusion")
    for figure in rows():
        print(figure)
