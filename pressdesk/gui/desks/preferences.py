"""Preferences: language and theme, the keys, agreed templates, and where the window was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base import settings
from pressdesk.base.address import Address
from pressdesk.base.errors import PressDeskError
from pressdesk.base.settings import Settings
from pressdesk.desk import own_templates
from pressdesk.gui.frame.asking import show


class Preferences(QObject):
    """What this person chose on this machine.

    In:   ``ask()``, ``show_keys()``, ``remember(geometry, panes, unfolded)``, ``agree(folder)``
    Out:  ``chosen(Settings)`` at once, ``language_chosen(Settings)`` once the dialog is closed;
          ``asking(SettingsDialog)`` it is about to be shown; ``trouble(what, hint)``
    """

    chosen = Signal(object)
    language_chosen = Signal(object)
    asking = Signal(object)
    trouble = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask(self) -> None:
        """Language of the interface and theme."""
        from pressdesk.gui.desks.settings_dialog import SettingsDialog

        before = settings.load()
        dialog = SettingsDialog(before, self._window)
        dialog.chosen.connect(self._keep)
        dialog.finished.connect(lambda _result: self._closed(before))
        self.asking.emit(dialog)
        show(dialog)

    def show_keys(self) -> None:
        """F1."""
        from pressdesk.gui.frame.keys_dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self._window)
        show(dialog)

    def _closed(self, before: Settings) -> None:
        now = settings.load()
        if now.language != before.language:
            self.language_chosen.emit(now)

    def _keep(self, chosen: Settings) -> None:
        """Take what the dialog asks about; the rest may have moved on while it was open."""
        self._change(
            lambda now: replace(
                now, language=chosen.language, theme=chosen.theme, author=chosen.author
            ),
            self.chosen.emit,
        )

    def remember(self, geometry: bytes, panes: bytes, unfolded: tuple[str, ...] = ()) -> None:
        """Where the window was, and what in it; a disk that is full costs no more than that."""
        where, wide = _text(geometry), _text(panes)
        self._change(lambda now: replace(now, geometry=where, panes=wide, unfolded=unfolded))

    def templates(self, desk: Address, ask: Callable[[Path], None]) -> Path | None:
        """The template folder of a desk, once agreed to; else the person is asked."""
        folder = own_templates.templates_beside(desk) if isinstance(desk, Path) else None
        if folder is None or not isinstance(desk, Path):
            return None
        agreed = own_templates.agreed_templates(desk, settings.load())
        if agreed is None:
            ask(folder)
        return agreed

    def agree(self, folder: Path) -> None:
        """Use the templates of this folder from now on."""
        self._change(lambda now: own_templates.agree(folder, now))

    def _change(
        self,
        edit: Callable[[Settings], Settings],
        done: Callable[[Settings], object] = lambda _changed: None,
    ) -> None:
        try:
            changed = settings.change(edit)
        except PressDeskError as error:
            self.trouble.emit(error.what, error.hint)
            return
        done(changed)


def _text(data: bytes) -> str:
    return bytes(QByteArray(data).toBase64().data()).decode("ascii")
