"""Keys in 50,000 words on the paper against a bare QTextEdit in the same run; fill and read."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from pressdesk.document.tools import plain
from pressdesk.gui.bridge import fill, read
from pressdesk.gui.bridge.looks import body_font
from pressdesk.gui.paper.paper import Paper
from tests.gui.documents import prose

WORDS = 50_000
KEYS = 1200
ROUNDS = 48
GOAL = 1.2


def rows() -> list[dict[str, Any]]:
    """One row a figure: name, value_ms, baseline, baseline_ms, ratio, goal (None for none)."""
    tree = prose(WORDS)
    paper = Paper()
    paper.show_edition("Headline", "Subtitle", tree)
    bare = QTextEdit()
    bare.setFont(body_font())
    bare.setPlainText(plain(tree).replace("\n\n", "\n"))
    for widget in (paper, bare):
        widget.resize(688, 860)
        widget.show()
        widget.activateWindow()
    QTest.qWait(300)
    ours, theirs = _typed(paper.text, bare)
    out = [
        _row("key p50, 50,000 words", _p(ours, 50), "bare QTextEdit", _p(theirs, 50), GOAL),
        _row("key p99, 50,000 words", _p(ours, 99), "bare QTextEdit", _p(theirs, 99), GOAL),
    ]
    document = paper.text.document().clone()
    setting = _timed(lambda: bare.setPlainText(plain(tree)))
    out.append(
        _row("fill, 50,000 words", _timed(lambda: fill(document, tree)), "setPlainText", setting)
    )
    walk = _timed(lambda: read(paper.text.document()))
    out.append(_row("full read, 50,000 words", walk, "toHtml", _timed(bare.toHtml)))
    out.append(_row("read after one key", _again(paper), "full read", walk))
    return out


def _typed(text: QTextEdit, bare: QTextEdit) -> tuple[list[float], list[float]]:
    """Milliseconds a key, event to repainted, in turns at the same places."""
    dice = random.Random(7)
    ours: list[float] = []
    theirs: list[float] = []
    for _round in range(ROUNDS):
        share = dice.random()
        for field, times in ((text, ours), (bare, theirs)):
            cursor = field.textCursor()
            cursor.setPosition(int(share * field.document().characterCount() * 0.98))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            field.setTextCursor(cursor)
            field.ensureCursorVisible()
            field.setFocus()
            QTest.qWait(30)
            for number in range(KEYS // ROUNDS):
                begun = time.perf_counter()
                QTest.keyClicks(field, " " if number % 6 == 5 else "a")
                field.viewport().repaint()
                QApplication.processEvents()
                times.append((time.perf_counter() - begun) * 1000)
    return ours, theirs


def _again(paper: Paper) -> float:
    times = []
    dice = random.Random(3)
    for _ in range(21):
        document = paper.text.document()
        block = document.findBlockByNumber(dice.randrange(document.blockCount()))
        QTextCursor(block).insertText("x")
        times.append(_timed(paper.tree, 1))
    return statistics.median(times)


def _timed(work: Callable[[], object], times: int = 5) -> float:
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def _p(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def _row(
    name: str, value: float, baseline: str, against: float, goal: float | None = None
) -> dict[str, Any]:
    return {
        "name": name,
        "value_ms": round(value, 2),
        "baseline": baseline,
        "baseline_ms": round(against, 2),
        "ratio": round(value / against, 2),
        "goal": goal,
    }


if __name__ == "__main__":
    application = QApplication([])
    application.setStyle("Fusion")
    for row in rows():
        print(row)
