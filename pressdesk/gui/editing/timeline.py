"""One undo list for the text and the fields of the open release, in chronological order."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCursor, QTextDocument, QUndoCommand, QUndoStack
from shiboken6 import isValid

from pressdesk.base.i18n import _

T = TypeVar("T")

PAUSE = 1.2
"""Seconds without a key after which an edit of the same field begins a new step."""


class Timeline(QUndoStack):
    """The undo list of one open release: body and fields.

    Give the document its text first, then call ``restart``; the list begins empty. The editor
    must not offer an undo of its own beside this one.

    In:   ``field(...)`` records a field change, ``seal()`` ends the current typing step.
    Out:  ``moved(position)``  where in the text an undo or redo happened.
    """

    moved = Signal(int)

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._run: _Run[object] | None = None
        self._moving = self._amending = False
        document.clearUndoRedoStacks()
        document.undoCommandAdded.connect(self._mirror)

    def restart(self) -> None:
        """Forget everything: another text has been shown."""
        self._run = None
        self.clear()
        self._document.clearUndoRedoStacks()
        self.seal()

    def field(self, label: str, apply: Callable[[T], None], before: T, after: T) -> None:
        """Record a change of a field that is already visible.

        Letters typed into the same field without a pause are one step a word. ``apply`` shows
        a value again and must not come back here.
        """
        open_run = self._run
        last = self.index() == self.count()
        if open_run is not None and last and open_run.goes_on(label, before, after):
            open_run.extend(after)
            return
        self.seal()
        run = _Run(label, apply, before, after)
        self.push(_Step(label, self, partial(apply, before), run.show))
        self._run = cast(_Run[object], run)

    def amend(self, change: Callable[[], None]) -> bool:
        """Merge ``change`` into the last text step; False, not done, if it would cost a redo.

        It is for what the person did not do and the tree does not know, such as room for a
        dateline. Qt's own way (``joinPreviousEditBlock``) fails on steps of one command.
        """
        document = self._document
        if self._moving or document.isRedoAvailable() or self.canRedo():
            return False
        fresh = not document.isUndoAvailable()
        self.seal()
        self._amending = True
        if fresh:
            document.setUndoRedoEnabled(False)
        before = document.availableUndoSteps()
        change()
        if fresh:
            document.setUndoRedoEnabled(True)
        elif document.availableUndoSteps() > before:
            self._last_text().times += 1
        self._amending = False
        self.seal()
        return True

    def seal(self) -> None:
        """End the current native step.

        Qt merges typing into the step before it for as long as the document counts as
        modified, and tells nobody. PressDesk keeps "unsaved" elsewhere, so the flag is free.
        """
        if isValid(self._document):  # a field may lose the focus while the window goes
            self._document.setModified(False)

    def move(self, change: Callable[[], None], times: int) -> None:
        """Run one step back or forth."""
        self._run = None
        self._moving = True
        for _time in range(times):
            change()
        self._moving = False
        self.seal()

    @Slot()
    def _mirror(self) -> None:
        if self._amending:
            return
        self._run = None
        back, forth = self._document.undo, self._document.redo
        steps = (partial(self._native, back), partial(self._native, forth))
        self.push(_TextStep(_("Typing"), self, *steps))

    def _last_text(self) -> _TextStep:
        steps = (self.command(at) for at in range(self.index() - 1, -1, -1))
        return next(step for step in steps if isinstance(step, _TextStep))

    def _native(self, step: Callable[[QTextCursor], None]) -> None:
        cursor = QTextCursor(self._document)
        step(cursor)
        self.moved.emit(cursor.position())


class _Run(Generic[T]):
    """What has been typed into one field in one go, and shows it again."""

    def __init__(self, label: str, apply: Callable[[T], None], before: T, after: T) -> None:
        self.label, self.after = label, after
        self._apply = apply
        self._at = time.monotonic()
        self._typing = _letter(before, after)

    def goes_on(self, label: str, before: object, after: object) -> bool:
        """True when this change is one more letter of the same word."""
        same = label == self.label and before == self.after
        typed = self._typing and _letter(before, after)
        return same and typed and time.monotonic() - self._at < PAUSE and _in_word(before, after)

    def extend(self, after: T) -> None:
        """One letter more."""
        self.after, self._at = after, time.monotonic()

    def show(self) -> None:
        """As it was left."""
        self._apply(self.after)


def _letter(before: object, after: object) -> bool:
    """True when a text has grown by one letter."""
    return isinstance(before, str) and isinstance(after, str) and len(after) == len(before) + 1


def _in_word(before: object, after: object) -> bool:
    begins = str(before)[-1:].isspace() and not str(after)[-1:].isspace()
    return not begins


class _Step(QUndoCommand):
    """One step: of a field, or of the text with those native steps of Qt that amended it."""

    def __init__(
        self, label: str, line: Timeline, back: Callable[[], None], forth: Callable[[], None]
    ) -> None:
        super().__init__(label)
        self._line, self._back, self._forth = line, back, forth
        self._pushing = True  # push() calls redo() once, for a change already made
        self.times = 1

    def undo(self) -> None:
        self._line.move(self._back, self.times)

    def redo(self) -> None:
        if not self._pushing:
            self._line.move(self._forth, self.times)
        self._pushing = False


class _TextStep(_Step):
    """One step of the text."""
