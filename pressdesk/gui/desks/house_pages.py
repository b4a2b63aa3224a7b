"""The tabs of the house style: organisation, page, boilerplate, numbers and contacts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.gui.desks.accent import AccentField
from pressdesk.gui.details.contact_cards import ContactsField
from pressdesk.gui.kit import words
from pressdesk.gui.kit.chips import ChipsField
from pressdesk.gui.kit.fields import ChoiceField, FewLines, LineField, OneLine
from pressdesk.gui.kit.parts import button, column, label, row
from pressdesk.gui.kit.sections import LABEL_WIDTH, FieldRows, FieldSection, labelled
from pressdesk.gui.kit.zones import ZoneCombo
from pressdesk.press.embargo import zone_of
from pressdesk.press.house import House, Look, Margins
from pressdesk.press.numbering import reference
from pressdesk.press.release import Contact
from pressdesk.press.translated import Translated

AROUND = (0, 4, 8, 0)
"""Pixels around each page: clear of the bar it scrolls by."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class HousePage(QWidget):
    """One page: ``show_house(house)`` in, ``into(house)`` out, ``problem()`` in words."""

    changed = Signal()

    def show_house(self, house: House) -> None:
        """Show the values."""
        raise NotImplementedError

    def into(self, house: House) -> House:
        """The house with the values of this page."""
        raise NotImplementedError

    def problem(self) -> str:
        """Why the page cannot be stored; "" when it can."""
        return ""


class SpokenPage(HousePage):
    """Texts in each language of the house, side by side."""

    def __init__(
        self, parts: Sequence[tuple[str, str, int]], languages: Sequence[str], advice: str = ""
    ) -> None:
        super().__init__()
        self._languages = tuple(languages)
        self.lines: dict[tuple[str, str], OneLine | FewLines] = {}
        grid = labelled(across=8, down=9)
        for place, tag in enumerate(self._languages, 1):
            grid.addWidget(label(words.language_name(tag), "muted"), 0, place)
            grid.setColumnStretch(place, 1)
        for number, (part, title, lines) in enumerate(parts, 1):
            name = label(title, "muted", wrap=True)
            name.setMinimumHeight(30)
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            for place, tag in enumerate(self._languages, 1):
                made = FewLines(lines) if lines > 1 else OneLine()
                made.setAccessibleName(f"{title}, {words.language_name(tag)}")
                made.textChanged.connect(lambda *_text: self.changed.emit())
                self.lines[(part, tag)] = made
                grid.addWidget(made, number, place, Qt.AlignmentFlag.AlignTop)
        said = [label(advice, "muted", wrap=True)] if advice else []
        self.setLayout(column(*said, grid, None, gap=12, around=AROUND))

    def show_house(self, house: House) -> None:
        """Show the texts."""
        for (part, tag), line in self.lines.items():
            text = getattr(house, part).exactly(tag)
            if isinstance(line, FewLines):
                line.setPlainText(text)
            else:
                line.setText(text)
                line.setCursorPosition(0)

    def into(self, house: House) -> House:
        """The texts; languages not shown here keep theirs."""
        members: dict[str, Translated] = {}
        for (part, tag), line in self.lines.items():
            text = line.toPlainText() if isinstance(line, FewLines) else line.text()
            members[part] = members.get(part, getattr(house, part)).put(tag, text.strip())
        return replace(house, **members)


class LookPage(HousePage):
    """Logo, accent, paper and faces.

    In:   ``show_logo(bytes)`` the picture behind the stored hash.
    Out:  ``logo_wanted()`` the person wants to choose a file.
    """

    logo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._logo = ""
        self.accent = AccentField("accent", _("Accent colour"))
        self.paper = ChoiceField("page", _("Paper"), [("A4", "A4"), ("Letter", "Letter")])
        faces = [("serif", "PressDesk Serif"), ("sans", "PressDesk Sans")]
        self.text_face = ChoiceField("body", _("Text"), faces)
        self.head_face = ChoiceField("headings", _("Headlines"), faces)
        self.logo_alt = LineField("logo_alt", _("Logo description"), _("For screen readers"))
        self.margins = {name: _spin() for name in ("top", "right", "bottom", "left")}
        rows = FieldRows()
        for title, field in (
            (_("Accent colour"), self.accent),
            (_("Text"), self.text_face),
            (_("Headlines"), self.head_face),
            (_("Paper"), self.paper),
            (_("Logo description"), self.logo_alt),
        ):
            field.edited.connect(lambda _value: self.changed.emit())
            rows.add(title, field)
        margins = FieldSection(_("Margins (mm)"), self._margin_line())
        parts = (self._logo_line(), rows, margins, None)
        self.setLayout(column(*parts, gap=16, around=AROUND))

    def _logo_line(self) -> QHBoxLayout:
        said = label(_("Logo"), "muted")
        said.setFixedWidth(LABEL_WIDTH)
        self.picture = label(_("None"), "muted")
        self.picture.setMinimumHeight(48)
        self.choose = button(_("Choose…"), does=self.logo_wanted.emit)
        self.remove = button(_("Remove"), "link", does=lambda: self.set_logo("", b""))
        return row(said, self.picture, self.choose, self.remove, None, gap=10)

    def _margin_line(self) -> QWidget:
        titles = {"top": _("Top"), "right": _("Right"), "bottom": _("Bottom"), "left": _("Left")}
        box, line = QWidget(), row(gap=-1)
        box.setLayout(line)
        for name, spin in self.margins.items():
            spin.setAccessibleName(f"{_('Margins (mm)')}: {titles[name]}")
            spin.valueChanged.connect(lambda _value: self.changed.emit())
            line.addWidget(label(titles[name], "muted"))
            line.addWidget(spin)
        line.addStretch(1)
        return box

    def set_logo(self, sha: str, data: bytes) -> None:
        """Show a logo that is kept with the desk, or none."""
        self._logo = sha
        self.show_logo(data)
        self.changed.emit()

    def show_logo(self, data: bytes) -> None:
        """Show the picture; bytes that are none show words instead."""
        shown = QPixmap()
        if data and shown.loadFromData(data):
            mode = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(shown.scaled(180, 48, Qt.AspectRatioMode.KeepAspectRatio, mode))
        else:
            self.picture.setPixmap(QPixmap())
            self.picture.setText(_("Stored in the desk") if self._logo else _("None"))
        self.remove.setVisible(bool(self._logo))

    def show_house(self, house: House) -> None:
        """Show the look."""
        look = house.look
        self._logo = look.logo
        self.show_logo(b"")
        self.accent.show_value(look.accent)
        self.paper.show_value(look.page)
        self.text_face.show_value(look.body)
        self.head_face.show_value(look.headings)
        self.logo_alt.show_value(look.logo_alt)
        for name, spin in self.margins.items():
            spin.setValue(getattr(look.margins, name))

    def into(self, house: House) -> House:
        """The house style with the look on this page."""
        margins = Margins(**{name: round(spin.value(), 1) for name, spin in self.margins.items()})
        made = Look(
            accent=self.accent.value(),
            page=self.paper.combo.currentData(),
            margins=margins,
            body=self.text_face.combo.currentData(),
            headings=self.head_face.combo.currentData(),
            logo=self._logo,
            logo_alt=self.logo_alt.line.text().strip(),
        )
        return replace(house, look=made)

    def problem(self) -> str:
        """An accent that is no colour."""
        return self.accent.problem()


class DeskPage(HousePage):
    """Numbers, zone, languages and the contacts of a new release."""

    def __init__(self, contacts: Sequence[Contact], language: str) -> None:
        super().__init__()
        self.pattern = LineField("reference_pattern", _("Reference"), "PR {year}/{n:03}")
        self.example = label("", "muted", wrap=True)
        self.zone = ZoneCombo(_("Time zone"))
        self.languages = ChipsField("languages", _("Languages"), "en, ru")
        self.contacts = ContactsField("default_contacts")
        self.contacts.set_people(contacts, language, None)
        add = button(_("Add"), "link", picture="plus")
        add.setAccessibleName(_("Add a press contact"))
        add.clicked.connect(
            lambda: self.contacts.open_picker(add.mapToGlobal(add.rect().bottomLeft()), add)
        )
        self.pattern.column.addWidget(self.example)
        rows = FieldRows()
        rows.add(_("Reference"), self.pattern)
        rows.add(_("Languages"), self.languages)
        said = label(_("Time zone"), "muted")
        said.setFixedWidth(LABEL_WIDTH)
        zone = row(said, self.zone, gap=10, around=(0, 0, 0, 8), fill=self.zone)
        people = FieldSection(_("Press contacts of a new release"), self.contacts, add)
        self.setLayout(column(rows, zone, people, None, gap=10, around=AROUND))
        self.pattern.edited.connect(self._typed)
        self.zone.line.textChanged.connect(lambda _text: self.changed.emit())
        for field in (self.languages, self.contacts):
            field.edited.connect(lambda _value: self.changed.emit())

    def show_house(self, house: House) -> None:
        """Show the values."""
        self.pattern.show_value(house.reference_pattern)
        self.zone.offer(house.zone)
        self.zone.show_zone(house.zone)
        self.languages.show_value(house.languages)
        self.contacts.show_value(house.default_contacts)
        self._show_example()

    def into(self, house: House) -> House:
        """The house style with the values on this page."""
        return replace(
            house,
            reference_pattern=self.pattern.line.text().strip(),
            zone=self.zone.zone(),
            languages=tuple(self.languages.value()),
            default_contacts=tuple(self.contacts.value()),
        )

    def problem(self) -> str:
        """A pattern, zone or language that cannot be used."""
        self.languages.commit()
        try:
            self._reference()
            zone_of(self.zone.zone())
        except BadInput as error:
            return str(error)
        tags = self.languages.value()
        if not tags:
            return _("The desk needs at least one language.")
        wrong = [tag for tag in tags if not _TAG.fullmatch(tag)]
        if wrong:
            return _("“{tag}” is not a language code such as en or ru.").format(tag=wrong[0])
        return ""

    def _reference(self) -> str:
        pattern = self.pattern.line.text().strip()
        return reference(pattern, year=date.today().year, n=42, kind=_("Statement"))

    def _show_example(self) -> None:
        try:
            said = _("42nd release of this year: {reference}").format(reference=self._reference())
            self.pattern.say("", at=self.pattern.line)
        except BadInput as error:
            said = ""
            self.pattern.say(str(error), at=self.pattern.line)
        self.example.setText(said)
        self.example.setVisible(bool(said))

    def _typed(self, _text: str) -> None:
        self._show_example()
        self.changed.emit()


class _Spin(QDoubleSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def _spin() -> QDoubleSpinBox:
    made = _Spin()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setRange(5.0, 60.0)
    made.setDecimals(1)
    made.setSingleStep(0.5)
    made.setFixedWidth(64)
    made.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    made.setLocale(words.locale())
    return made
