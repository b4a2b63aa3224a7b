"""The accent colour: typed or chosen, with a warning if it is hard to read."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from pressdesk.base.i18n import _
from pressdesk.formats.colours import LEGIBLE, contrast
from pressdesk.gui.kit.fields import Field, OneLine
from pressdesk.gui.kit.parts import button, label, row

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class AccentField(Field):
    """The value is "#rrggbb"; what is typed and is no colour stays, with words below."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name)
        self._value = "#000000"
        self.line = OneLine()
        self.line.setAccessibleName(title)
        self.line.setMaxLength(7)
        self.line.setFixedWidth(110)
        self.swatch = button("", does=self._pick)
        self.swatch.setFixedWidth(44)
        self.swatch.setAccessibleName(_("Choose a colour"))
        self.swatch.setToolTip(_("Choose a colour"))
        self.note = label("", "muted", wrap=True)
        self.column.addLayout(row(self.line, self.swatch, None))
        self.column.addWidget(self.note)
        self.column.addWidget(self._wrong)
        self.main = self.line
        self.line.textEdited.connect(self._typed)

    def show_value(self, value: object) -> None:
        """Show a colour."""
        self._value = str(value)
        self.line.setText(self._value)
        self._judge()

    def value(self) -> str:
        """The colour, the last good one while none is typed."""
        return self._value

    def problem(self) -> str:
        """Why what is typed cannot be used; "" when it can."""
        if _COLOUR.fullmatch(self.line.text()):
            return ""
        return _("Write the accent colour like this: #1d4f91.")

    def _typed(self, text: str) -> None:
        if _COLOUR.fullmatch(text):
            self._value = text.lower()
            self.edited.emit(self._value)
        self._judge()

    def _judge(self) -> None:
        self.say(self.problem(), at=self.line)
        self.swatch.setStyleSheet(f"background: {self._value};")
        least = contrast(self._value, "#ffffff")
        if least < LEGIBLE:
            said = _("Too light to read on white ({n}:1); a darker shade will be printed.")
        else:
            said = _("Readable on white ({n}:1).")
        self.note.setText(said.format(n=f"{least:.1f}"))
        self.note.setVisible(not self.problem())

    def _pick(self) -> None:
        dialog = QColorDialog(QColor(self._value), self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(_("Accent colour"))
        dialog.colorSelected.connect(self._picked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _picked(self, colour: QColor) -> None:
        self.show_value(colour.name())
        self.edited.emit(self._value)
