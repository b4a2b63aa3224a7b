"""The status bar: save status, length of the text, desk and language."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from pressdesk.base.i18n import _, ngettext
from pressdesk.desk.autosave import Standing
from pressdesk.document.tools import TextLength
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import IconLabel, button, label, pause, row

PATIENCE_MS = 2500
"""Longer than the longest time between two autosaves under unbroken typing."""


class StatusLine(QFrame):
    """26 px at the bottom of the window.

    In:   ``show_standing(Standing)``, ``show_counts(Counts | None)``, ``show_desk(name)``,
          ``show_language(tag)``, ``show_task(text)``, ``show_mirror(text)``, ``set_zone(tzinfo)``
    Out:  ``discard_wanted()``  back to the last save; offered while text is kept but not saved.
    """

    discard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusline")
        self.setFixedHeight(26)
        self._zone: tzinfo | None = None
        self._dot = IconLabel("dot", "faint", 12)
        self._standing, self._counts = label(), label()
        self._desk, self._language, self._task, self._mirror = (label() for _each in range(4))
        self._reading = label(_("Reading mode"))
        self._reading.hide()
        self._line = label(_("Not connected"))
        self._line.hide()
        self._standing.setAccessibleName(_("Save status"))
        self._back = button(_("Revert to last save"), "bar", does=self.discard_wanted.emit)
        self._back.hide()
        said = (self._dot, self._standing, self._back, 12, self._counts, None)
        about = (self._task, 12, self._mirror, 12, self._line, 12, self._reading)
        parts = (*said, *about, 12, self._desk, 12, self._language)
        self.setLayout(row(*parts, gap=6, around=(14, 0, 14, 0)))
        self._tone = ""
        self._late = pause(self, PATIENCE_MS, lambda: self._say(self._last))
        self._last = Standing()
        self.show_standing(self._last)

    def set_zone(self, zone: tzinfo | None) -> None:
        """The zone times are shown in; None is the machine's."""
        self._zone = zone

    @Slot(object)
    def show_standing(self, standing: Standing) -> None:
        """Show the save status.

        Between two autosaves the line goes on saying when the last one was: it would blink at
        every word otherwise. Only an autosave that does not come is told.
        """
        self._last = standing
        if standing.tone == "unsaved" and self._tone == "kept":
            if not self._late.isActive():
                self._late.start()
            return
        self._late.stop()
        self._say(standing)

    def _say(self, standing: Standing) -> None:
        self._tone = standing.tone
        text, ink, picture = self._said(standing)
        self._standing.setText(text)
        self._dot.put(picture, ink)
        self._dot.setVisible(bool(text))
        self._back.setVisible(standing.tone in ("kept", "unsaved"))

    def _said(self, standing: Standing) -> tuple[str, str, str]:
        match standing.tone:
            case "empty":
                return "", "faint", "dot"
            case "issued":
                return _("Issued, cannot be changed"), "good", "lock"
            case "failed":
                return standing.failure, "bad", "error"
            case "aside" if standing.aside is not None:
                at = words.clock(standing.aside.astimezone(self._zone))
                return _("On this computer only, {time}").format(time=at), "warning", "warning"
            case "unsaved":
                return _("Saving…"), "warning", "dot"
            case "kept" if standing.kept is not None:
                at = words.clock(standing.kept.astimezone(self._zone))
                return _("Autosaved {time}").format(time=at), "accent", "dot"
            case "saved" if standing.saved is not None:
                at = words.clock(standing.saved.astimezone(self._zone))
                return _("Saved {time}").format(time=at), "good", "dot"
            case _:
                return _("Saved"), "good", "dot"

    @Slot(object)
    def show_counts(self, counts: TextLength | None) -> None:
        """Show the length of the text; None while nothing is open."""
        if counts is None:
            self._counts.clear()
            return
        long = ngettext("{n} word", "{n} words", counts.words).format(n=f"{counts.words:,}")
        read = _("{n} min").format(n=max(1, counts.minutes))
        self._counts.setText(f"{long} · {read}".replace(",", " "))
        self._counts.setToolTip(_("Word count and reading time"))

    @Slot(bool)
    def show_reading(self, reading: bool) -> None:
        """Show that the desk is in reading mode."""
        self._reading.setVisible(reading)

    @Slot(bool)
    def show_reachable(self, there: bool) -> None:
        """Show that the server of the desk cannot be reached."""
        self._line.setVisible(not there)

    @Slot(str)
    def show_desk(self, name: str) -> None:
        """Show which desk is open."""
        self._desk.setText(name)

    @Slot(str)
    def show_task(self, text: str) -> None:
        """Show what runs in the background, "" if nothing does."""
        self._task.setText(text)

    @Slot(str)
    def show_mirror(self, text: str) -> None:
        """Show how recent the offline copy of the desk is, "" without one."""
        self._mirror.setText(text)
        self._mirror.setToolTip(text and _("Everything issued, copied to this computer"))

    @Slot(str)
    def show_language(self, tag: str) -> None:
        """Show the language of the text on the paper."""
        self._language.setText(words.language_name(tag) if tag else "")
