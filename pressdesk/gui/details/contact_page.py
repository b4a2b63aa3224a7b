"""One contact: names in each language, telephone and e-mail, period in office."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.details.way_rows import WayRows
from pressdesk.gui.kit import words
from pressdesk.gui.kit.date_field import DateField
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.parts import label
from pressdesk.gui.kit.sections import LABEL_WIDTH, FieldSection
from pressdesk.press.release import SPOKEN, Contact
from pressdesk.press.translated import Translated


class ContactPage(QWidget):
    """In: ``show_contact(contact)``. Out: ``changed()``; ``contact()`` as it is now."""

    changed = Signal()

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        self._languages = tuple(languages)
        self._contact = Contact()
        self.lines: dict[tuple[str, str], OneLine] = {}
        self.ways = WayRows(self._languages)
        self.begins = DateField("valid_from", _("In office from"), _("Any day"))
        self.ends = DateField("valid_to", _("In office until"), _("Any day"))
        self.public = QCheckBox(_("Print on releases"))
        self.wrong = label("", "bad", wrap=True)
        self.wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(18)
        column.addLayout(self._spoken())
        column.addWidget(self.wrong)
        column.addWidget(FieldSection(_("Contact details"), self.ways))
        column.addLayout(self._office())
        column.addWidget(self.public)
        column.addStretch(1)
        self.ways.changed.connect(self.changed)
        for field in (self.begins, self.ends):
            field.edited.connect(lambda _day: self.changed.emit())
        self.public.toggled.connect(lambda _on: self.changed.emit())
        self.show_contact(Contact())

    def _spoken(self) -> QGridLayout:
        titles = {
            "name": _("Name"),
            "role": _("Role"),
            "organisation": _("Organisation"),
            "hours": _("Hours"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        for place, tag in enumerate(self._languages, 1):
            grid.addWidget(label(words.language_name(tag), "muted"), 0, place)
            grid.setColumnStretch(place, 1)
        for number, part in enumerate(SPOKEN, 1):
            grid.addWidget(label(titles[part], "muted"), number, 0)
            for place, tag in enumerate(self._languages, 1):
                line = OneLine()
                line.setMaxLength(300)
                line.setAccessibleName(f"{titles[part]}, {words.language_name(tag)}")
                line.textEdited.connect(lambda _text: self.changed.emit())
                self.lines[(part, tag)] = line
                grid.addWidget(line, number, place)
        return grid

    def _office(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        for title, field in ((_("From"), self.begins), (_("until"), self.ends)):
            said = label(title, "muted")
            said.setMinimumHeight(30)
            field.setFixedWidth(172)
            line.addWidget(said, 0, top)
            line.addWidget(field, 0, top)
        line.addStretch(1)
        return line

    def show_contact(self, contact: Contact) -> None:
        """Show a contact without a signal."""
        self.blockSignals(True)
        self._contact = contact
        for (part, tag), line in self.lines.items():
            line.setText(getattr(contact, part).exactly(tag))
            line.setCursorPosition(0)
        self.ways.show_ways(contact.ways)
        for field, day in ((self.begins, contact.valid_from), (self.ends, contact.valid_to)):
            field.drop()
            field.show_value(day)
        self.public.setChecked(contact.public)
        self.say("")
        self.blockSignals(False)

    def contact(self) -> Contact:
        """The contact on the page; fields that are not shown stay unchanged."""
        spoken = {part: self._put(part) for part in SPOKEN}
        return replace(
            self._contact,
            **spoken,
            ways=self.ways.ways(),
            valid_from=self.begins.value(),
            valid_to=self.ends.value(),
            public=self.public.isChecked(),
        )

    def pending(self) -> bool:
        """True while a day is typed that cannot be read."""
        for field in (self.begins, self.ends):
            field.commit()
        return bool(self.begins.pending() or self.ends.pending())

    def problem(self) -> str:
        """Why it cannot be stored; "" when it can."""
        if self.pending():
            return _("One of the dates cannot be read.")
        shown = self.contact()
        if not any(text.strip() for _tag, text in shown.name.entries):
            return _("A contact needs a name in at least one language.")
        if shown.valid_from and shown.valid_to and shown.valid_to < shown.valid_from:
            return _("The end date is before the start date.")
        return ""

    def say(self, wrong: str) -> None:
        """Show what is wrong, on the page."""
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))

    def _put(self, part: str) -> Translated:
        made: Translated = getattr(self._contact, part)
        for tag in self._languages:
            made = made.put(tag, self.lines[(part, tag)].text().strip())
        return made
