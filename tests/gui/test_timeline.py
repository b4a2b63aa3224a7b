"""One undo list: text and fields go back and forth together, whatever the order."""

from __future__ import annotations

import random

import pytest
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from pressdesk.gui.editing import timeline as module
from pressdesk.gui.editing.timeline import Timeline

OPERATIONS = ("type", "type", "erase", "bold", "enter", "field", "undo", "redo", "seal")


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """A text document needs an application."""


@pytest.mark.parametrize("batch", range(8))
def test_four_hundred_random_histories_agree_with_a_model(batch: int) -> None:
    for seed in range(batch * 50, batch * 50 + 50):
        agree(seed)


def agree(seed: int) -> None:
    """Play one random history against a list of states."""
    dice = random.Random(seed)
    document = QTextDocument("Hello")
    field = {"Headline": "t0"}
    line = Timeline(document)
    states = [(document.toHtml(), "t0")]
    at = 0
    for step in range(dice.randint(1, 30)):
        done = dice.choice(OPERATIONS)
        before = line.index()
        _play(done, document, line, field, dice, step)
        now = (document.toHtml(), field["Headline"])
        if done in ("undo", "redo"):
            at = max(0, at - 1) if done == "undo" else min(len(states) - 1, at + 1)
            assert now == states[at], (seed, step, done)
        elif line.index() > before:
            states = [*states[: at + 1], now]
            at += 1
        else:
            states[at] = now
        assert line.count() == len(states) - 1, (seed, step, done)


def _play(
    done: str,
    document: QTextDocument,
    line: Timeline,
    field: dict[str, str],
    dice: random.Random,
    step: int,
) -> None:
    cursor = QTextCursor(document)
    cursor.setPosition(dice.randint(0, document.characterCount() - 1))
    if done == "type":
        cursor.insertText(dice.choice("abc "))
    elif done == "erase":
        cursor.deletePreviousChar()
    elif done == "enter":
        cursor.insertBlock()
    elif done == "bold":
        style = QTextCharFormat()
        style.setFontWeight(QFont.Weight.Bold)
        cursor.movePosition(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(style)
    elif done == "field":
        before, field["Headline"] = field["Headline"], f"t{step + 1}0"
        line.field("Headline", lambda text: field.update(Headline=text), before, f"t{step + 1}0")
    elif done == "seal":
        line.seal()
    else:
        line.undo() if done == "undo" else line.redo()


def _typed(line: Timeline, shown: list[str], label: str, letters: str) -> None:
    for letter in letters:
        before = shown[0]
        shown[0] = before + letter
        line.field(label, lambda text: shown.__setitem__(0, text), before, shown[0])


def test_letters_of_a_field_are_one_step_a_word() -> None:
    line, shown = Timeline(QTextDocument()), [""]
    _typed(line, shown, "Headline", "On the river")
    assert line.count() == 3
    line.undo()
    assert shown == ["On the "]
    line.undo()
    line.redo()
    assert shown == ["On the "]


def test_a_pause_begins_a_new_step(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.1, 0.1, 9.0, 9.0, 9.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    line, shown = Timeline(QTextDocument()), [""]
    _typed(line, shown, "Headline", "ab")
    _typed(line, shown, "Headline", "c")
    assert line.count() == 2


def test_another_field_begins_a_new_step() -> None:
    line, one, two = Timeline(QTextDocument()), [""], [""]
    _typed(line, one, "Headline", "ab")
    _typed(line, two, "Place", "cd")
    _typed(line, one, "Headline", "e")
    assert line.count() == 3
    line.undo()
    line.undo()
    assert (one, two) == (["ab"], [""])


def test_a_new_field_change_forgets_what_was_undone() -> None:
    line, shown = Timeline(QTextDocument()), [""]
    _typed(line, shown, "Headline", "ab")
    line.undo()
    _typed(line, shown, "Headline", "x")
    assert not line.canRedo()
    line.undo()
    assert shown == [""]


def test_a_field_may_hold_any_value() -> None:
    line, shown = Timeline(QTextDocument()), [None]
    for before, after in ((None, ("a",)), (("a",), ("a", "b")), (("a", "b"), None)):
        line.field("Topics", lambda value: shown.__setitem__(0, value), before, after)
    line.undo()
    assert shown == [("a", "b")]
    line.undo()
    line.undo()
    line.redo()
    assert shown == [("a",)]


def test_restarting_forgets_everything() -> None:
    document = QTextDocument("a")
    line = Timeline(document)
    QTextCursor(document).insertText("b")
    line.restart()
    assert not line.canUndo()
    assert not document.isUndoAvailable()
