"""The settings dialog: name, interface language, theme, locations of copies."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import INTERFACES, _
from pressdesk.base.settings import Settings, Theme
from pressdesk.gui.desks.copies_rows import CopiesRows
from pressdesk.gui.kit import words
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.fields import ChoiceField, LineField
from pressdesk.gui.kit.parts import label
from pressdesk.gui.kit.sections import FieldRows, FieldSection


class SettingsDialog(DialogFrame):
    """In: the settings. Out: ``chosen(Settings)`` at once when something is picked; what
    ``copies`` shows and asks for is a matter of its own."""

    chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(_("Settings"), parent, width=560)
        self._settings = settings
        languages = [
            ("", _("System default")),
            *((tag, words.language_name(tag)) for tag in INTERFACES),
        ]
        themes = [(theme, _theme(theme)) for theme in get_args(Theme)]
        self.language = ChoiceField("language", _("Language"), languages)
        self.theme = ChoiceField("theme", _("Theme"), themes)
        self.author = LineField("author", _("Your name"), _("Same as your login"))
        rows = FieldRows()
        rows.add(_("Your name"), self.author)
        rows.add(_("Language"), self.language)
        rows.add(_("Theme"), self.theme)
        self._note = label(_("The language changes when you close this window."), "muted")
        self._note.hide()
        self.body.addWidget(rows)
        self.body.addWidget(self._note)
        self.copies = CopiesRows()
        self.body.addWidget(FieldSection(_("Copies"), self.copies))
        self.body.addStretch(1)
        self.author.show_value(settings.author)
        self.language.show_value(settings.language)
        self.theme.show_value(settings.theme)
        self.author.line.editingFinished.connect(self._author)
        self.finished.connect(lambda _result: self._author())
        self.language.edited.connect(self._language)
        self.theme.edited.connect(self._theme)
        self.add_button(_("Close"), self.accept, "filled")

    def _author(self) -> None:
        name = " ".join(self.author.line.text().split())
        if name != self._settings.author:
            self._settings = replace(self._settings, author=name)
            self.chosen.emit(self._settings)

    def _language(self, tag: str) -> None:
        self._settings = replace(self._settings, language=tag)
        self._note.show()
        self.chosen.emit(self._settings)

    def _theme(self, theme: Theme) -> None:
        self._settings = replace(self._settings, theme=theme)
        self.chosen.emit(self._settings)


def _theme(theme: Theme) -> str:
    match theme:
        case "system":
            return _("System default")
        case "light":
            return _("Light")
        case "dark":
            return _("Dark")
