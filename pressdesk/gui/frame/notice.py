"""The notice bar above the paper: errors and non-urgent questions, with their actions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.parts import IconLabel, button, card, column, label, look, pause, row, tool

Tone = Literal["info", "good", "warning", "bad"]

REMARK_MS = 6000

_LOOKS = {
    "info": ("info", "accent"),
    "good": ("check", "good"),
    "warning": ("warning", "warning"),
    "bad": ("error", "bad"),
}


@dataclass(frozen=True)
class Notice:
    """What happened, what to do, and the buttons that do it."""

    what: str
    hint: str = ""
    tone: Tone = "info"
    buttons: tuple[tuple[str, Callable[[], object]], ...] = ()
    passing: bool = False
    """Goes by itself after some seconds; for remarks only, never for an error."""
    key: str = ""
    """Of something that lasts: a later notice of the same key stands in its place."""


class NoticeBar(QWidget):
    """Shows one notice at a time; later ones wait, errors go before remarks.

    That something asked for is done ("good", passing) is said in front of what lasts, which
    stands there again afterwards; only an error is said before it.
    In:   ``show_notice(Notice)``, ``trouble(what, hint)``, ``remark(text)``, ``dismiss()``,
          ``withdraw(key)`` what a notice told of is over, ``leave()`` another desk is open
    Pressing a button of the notice closes it. The same words are not shown twice at once; their
    buttons do what belongs to those said last.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Notice] = deque()
        self._shown: Notice | None = None
        self._frame = card("notice")
        self._picture = IconLabel("info", "accent")
        self._what, self._hint = label("", "head", wrap=True), label("", "plain", wrap=True)
        picture = (self._picture, Qt.AlignmentFlag.AlignTop)
        said = column(self._what, self._hint, gap=1)
        close = tool("close", _("Close"), does=self.dismiss)
        self._line = row(picture, said, close, gap=10, around=(12, 8, 8, 8), fill=said)
        self._frame.setLayout(self._line)
        self._buttons: list[QWidget] = []
        self.setLayout(column(self._frame, around=(16, 8, 16, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._timer = pause(self, REMARK_MS, self.dismiss)
        self.hide()

    @Slot(str, str)
    def trouble(self, what: str, hint: str) -> None:
        """Show what did not happen and what to do; stays until closed."""
        self.show_notice(Notice(what, hint, "bad"))

    @Slot(str)
    def remark(self, text: str) -> None:
        """Show a message that disappears after a while."""
        self.show_notice(Notice(text, tone="info", passing=True))

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show a notice now, or after the one that is shown when that is more serious."""
        shown = self._shown
        if notice.key:
            self._waiting = deque(one for one in self._waiting if one.key != notice.key)
        if any(_words(one) == _words(notice) for one in self._waiting):
            self._waiting = deque(_later(one, notice) for one in self._waiting)
        elif shown is not None and _words(shown) == _words(notice):
            self._shown = latest = _later(shown, notice)
            if _labels(shown) != _labels(latest):
                self._put(latest)
        elif shown is None or (notice.key and notice.key == shown.key):
            self._put(notice)
        elif _goes_first(notice, shown):
            if not shown.passing or _done(shown):
                self._waiting.appendleft(shown)
            self._put(notice)
        elif not notice.passing:
            self._waiting.append(notice)
        elif _done(notice) or shown.passing:  # of what passes only the latest waits
            lasting = (one for one in self._waiting if not one.passing)
            self._waiting = deque((*lasting, notice))

    @Slot()
    def dismiss(self) -> None:
        """Close what is shown; the next waiting notice follows."""
        self._timer.stop()
        self._shown = None
        if self._waiting:
            self._put(self._waiting.popleft())
        else:
            self.hide()

    @Slot(str)
    def withdraw(self, key: str) -> None:
        """Take away a notice of this key, shown or waiting."""
        self._waiting = deque(one for one in self._waiting if one.key != key)
        if self._shown is not None and self._shown.key == key:
            self.dismiss()

    @Slot()
    def leave(self) -> None:
        """Another desk is open: what could be done on the one before is offered no more."""
        self._waiting = deque(one for one in self._waiting if not one.buttons and not one.passing)
        if self._shown is not None and self._shown.buttons:
            self.dismiss()

    def current(self) -> Notice | None:
        """What is shown."""
        return self._shown

    def _put(self, notice: Notice) -> None:
        self._shown = notice
        self._what.setText(notice.what)
        self._hint.setText(notice.hint)
        self._hint.setVisible(bool(notice.hint))
        self._picture.put(*_LOOKS[notice.tone])
        look(self._frame, "tone", notice.tone)
        for made in self._buttons:
            made.deleteLater()
        self._buttons = [
            button(words, does=partial(self._press, place))
            for place, words in enumerate(_labels(notice))
        ]
        for place, made in enumerate(self._buttons):
            self._line.insertWidget(2 + place, made)
        self._frame.setAccessibleName(f"{notice.what} {notice.hint}".strip())
        self.show()
        if notice.passing:
            self._timer.start()
        else:
            self._timer.stop()

    def _press(self, place: int) -> None:
        if self._shown is not None:
            _label, act = self._shown.buttons[place]
            self.dismiss()
            act()


def _words(notice: Notice) -> tuple[str, str]:
    return notice.what, notice.hint


def _labels(notice: Notice) -> tuple[str, ...]:
    return tuple(label for label, _act in notice.buttons)


def _later(one: Notice, new: Notice) -> Notice:
    """What stands in the place of one: the new where it says the same and has buttons."""
    return new if new.buttons and _words(one) == _words(new) else one


def _goes_first(new: Notice, shown: Notice) -> bool:
    if shown.passing:
        return new.tone == "bad" or not _done(shown)
    return _done(new) and shown.tone != "bad"


def _done(notice: Notice) -> bool:
    """True when it says that what was asked for is done."""
    return notice.passing and notice.tone == "good"
