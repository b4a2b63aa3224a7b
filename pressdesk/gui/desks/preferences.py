"""Preferences: language, theme, keyboard shortcuts, agreed templates, window position."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base import settings
from pressdesk.base.address import Address
from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _
from pressdesk.base.settings import Settings
from pressdesk.desk import own_templates
from pressdesk.gui.frame.asking import show
from pressdesk.gui.frame.commands import Command, Menu
from pressdesk.gui.frame.notice import Notice


class Preferences(QObject):
    """What this person chose on this machine.

    In:   ``ask()``, ``consider(desk)``, ``remember(geometry, panes, unfolded)``
    Out:  ``chosen(Settings)`` at once, ``language_chosen(Settings)`` once the dialog is closed;
          ``asking(SettingsDialog)`` it is about to be shown; ``trouble(what, hint)``;
          ``templates(Path | None)`` the folder of those that are used from now on;
          ``notice(Notice)`` whether they shall be.
    """

    chosen = Signal(object)
    language_chosen = Signal(object)
    asking = Signal(object)
    trouble = Signal(str, str)
    templates = Signal(object)
    notice = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def commands(self) -> tuple[Command, ...]:
        """The settings."""
        return (Command("settings", _("Settings…"), self.ask, menu=Menu.PROGRAM),)

    def ask(self) -> None:
        """Language of the interface and theme."""
        from pressdesk.gui.desks.settings_dialog import SettingsDialog

        before = settings.load()
        dialog = SettingsDialog(before, self._window)
        dialog.chosen.connect(self._keep)
        dialog.finished.connect(lambda _result: self._closed(before))
        self.asking.emit(dialog)
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
        """Remember window position and layout; a full disk loses only that."""
        where, wide = _text(geometry), _text(panes)
        self._change(lambda now: replace(now, geometry=where, panes=wide, unfolded=unfolded))

    def consider(self, desk: Address) -> None:
        """The templates beside a desk are programs of a kind: used once the person agreed."""
        if not isinstance(desk, Path):
            self.templates.emit(None)
            return
        agreed = own_templates.agreed_templates(desk, settings.load())
        self.templates.emit(agreed)
        folder = own_templates.templates_beside(desk)
        if agreed is None and folder is not None:
            what = _("This desk has its own web page templates.")
            hint = _("Use the templates in {folder}?").format(folder=folder.name)
            use = (_("Use templates"), partial(self._agree, desk, folder))
            self.notice.emit(Notice(what, hint, buttons=(use,)))

    def _agree(self, desk: Path, folder: Path) -> None:
        self._change(lambda now: own_templates.agree(folder, now))
        self.templates.emit(own_templates.agreed_templates(desk, settings.load()))

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
