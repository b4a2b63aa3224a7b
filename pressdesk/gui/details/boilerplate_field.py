"""The boilerplate of an edition: standard, custom or none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.fields import Combo, FewLines, Field
from pressdesk.gui.kit.parts import label

HOUSE, OWN, NONE = 0, 1, 2
SHOWN = 220


class BoilerplateField(Field):
    """The value is None for the house's text, "" for none, a text for its own."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name)
        self._value: str | None = None
        self._house = ""
        self.mode = Combo()
        self.mode.setAccessibleName(title)
        self.mode.addItems([_("Standard text"), _("Custom text"), _("None")])
        self.text = FewLines(3)
        self.text.setAccessibleName(_("Custom boilerplate"))
        self._shown = label("", "muted", wrap=True)
        for widget in (self.mode, self.text, self._shown):
            self.column.addWidget(widget)
        self.column.setSpacing(6)
        self.main = self.mode
        self.mode.activated.connect(self._chosen)
        self.text.textChanged.connect(self._typed)
        self.text.remark.connect(self.remark)
        self.show_value(None)

    def set_house(self, heading: str, text: str) -> None:
        """The house's heading and text in the language of the edition."""
        self._house = text
        name = _("{heading} (standard)").format(heading=heading) if heading else _("Standard text")
        self.mode.setItemText(HOUSE, name)
        short = text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"
        self._shown.setText(short or _("The house style has no boilerplate in this language."))

    def show_value(self, value: object) -> None:
        """Show which it is."""
        self._value = None if value is None else str(value)
        mode = HOUSE if self._value is None else OWN if self._value else NONE
        self.mode.setCurrentIndex(mode)
        self.text.setVisible(mode == OWN)
        self._shown.setVisible(mode == HOUSE)
        if mode == OWN and self.text.toPlainText() != self._value:
            self.text.setPlainText(self._value or "")

    def set_editable(self, editable: bool) -> None:
        """Make it editable or read-only."""
        self.mode.setEnabled(editable)
        self.text.setReadOnly(not editable)

    def texts(self) -> tuple[QWidget, ...]:
        """The combo box and the text."""
        return (self.mode, self.text)

    def _chosen(self, mode: int) -> None:
        begun = self.text.toPlainText() or self._house or " "
        value = {HOUSE: None, OWN: begun, NONE: ""}[mode]
        if value != self._value:
            self.show_value(value)
            self.edited.emit(value)

    def _typed(self) -> None:
        text = self.text.toPlainText()
        if self.mode.currentIndex() == OWN and text != self._value:
            # An emptied text stays "own" while it is being written: the mode does not jump.
            self._value = text
            self.edited.emit(text)
