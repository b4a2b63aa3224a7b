"""The press contacts of an edition as cards, in printing order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.fields import Field
from pressdesk.gui.kit.icons import colour, icon
from pressdesk.gui.kit.parts import IconLabel, card, label, no_key, short, tool
from pressdesk.gui.kit.theme import SANS, font
from pressdesk.press.channels import channel
from pressdesk.press.release import Contact

_BREAK = "\N{ZERO WIDTH SPACE}"


class ContactsField(Field):
    """The value is a tuple of contact ids.

    In:   ``set_people(contacts, language, day)`` the contact list the ids refer to.
    Out:  ``new_contact_requested()``, ``contact_requested(id)`` to open one in the list.
    """

    new_contact_requested = Signal()
    contact_requested = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._ids: tuple[int, ...] = ()
        self._people: dict[int, Contact] = {}
        self._language, self._day, self._editable = "en", date.today(), True
        self._none = label(_("No press contact will be printed."), "muted")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.column.setSpacing(8)
        self.column.addWidget(self._none)
        self.column.addLayout(self._cards)
        self._made: list[_Card] = []
        self._drawn: object = None

    def set_people(self, contacts: Sequence[Contact], language: str, day: date | None) -> None:
        """The contact list, and in which language and for which day it is printed."""
        self._people = {person.id: person for person in contacts}
        self._language, self._day = language, day or date.today()
        self._refresh()

    def value(self) -> tuple[int, ...]:
        """The ids."""
        return self._ids

    def show_value(self, value: object) -> None:
        """Show these contacts."""
        self._ids = tuple(value) if isinstance(value, tuple | list) else ()
        self._refresh()

    def set_editable(self, editable: bool) -> None:
        """Allow cards to be added, removed and moved."""
        self._editable = editable
        for made in self._made:
            made.set_editable(editable, len(self._ids))

    def open_picker(self, point: QPoint, parent: QWidget) -> None:
        """ "+ Add": those who are not printed yet, and a new one."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_picker(menu)
        menu.popup(point)

    def fill_picker(self, menu: QMenu) -> None:
        """The entries of the picker."""
        for person in self._people.values():
            if person.id in self._ids or person.retired:
                continue
            name, role = person.name.into(self._language), person.role.into(self._language)
            said = f"{name} · {role}" if role else name
            action = menu.addAction(no_key(short(said, 80)))
            action.setEnabled(person.public)
            action.triggered.connect(lambda _on=False, i=person.id: self._announce((*self._ids, i)))
        if menu.actions():
            menu.addSeparator()
        new = menu.addAction(icon("plus"), _("New contact…"))
        new.triggered.connect(self.new_contact_requested)

    def _refresh(self) -> None:
        """Draw again only what reads differently: a card may have the keyboard."""
        known = tuple(self._people.get(number) for number in self._ids)
        drawn = (self._ids, known, self._language, self._day)
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw()

    def _draw(self) -> None:
        for made in self._made:
            self._cards.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._made = []
        for place, number in enumerate(self._ids):
            made = _Card(number, self._people.get(number), self._language, self._day)
            made.removed.connect(lambda at=place: self._drop(at))
            made.moved.connect(lambda step, at=place: self._move(at, step))
            made.opened.connect(self.contact_requested)
            made.set_editable(self._editable, len(self._ids))
            self._cards.addWidget(made)
            self._made.append(made)
        self._none.setVisible(not self._ids)

    def _drop(self, place: int) -> None:
        self._announce(self._ids[:place] + self._ids[place + 1 :])

    def _move(self, place: int, step: int) -> None:
        other = place + step
        if 0 <= other < len(self._ids):
            ids = list(self._ids)
            ids[place], ids[other] = ids[other], ids[place]
            self._announce(tuple(ids))
            self._made[other].frame.setFocus()

    def _announce(self, ids: tuple[int, ...]) -> None:
        if self._editable and ids != self._ids:
            self.show_value(ids)
            self.edited.emit(ids)


class _Card(QWidget):
    """Initials, name, role and how to reach the person.

    Alt+Up and Alt+Down move it, Delete takes it off, Enter opens it in the contact list.
    """

    removed = Signal()
    moved = Signal(int)
    opened = Signal(int)

    def __init__(self, number: int, person: Contact | None, language: str, day: date) -> None:
        super().__init__()
        self._number, self._editable = number, True
        frame = card()
        frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.frame = frame
        name = person.name.into(language) if person else _("Contact {n}").format(n=number)
        lines = [line for line in _lines(person, language) if line.text]
        spoken = (f"{line.name}: {line.text}" if line.name else line.text for line in lines)
        frame.setAccessibleName(", ".join((_("Press contact"), name, *spoken)).replace("\n", ", "))
        frame.keyPressEvent = self._key  # type: ignore[method-assign]  # the frame has the focus
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(label(breakable(name), wrap=True))
        for line in lines:
            said.addLayout(_drawn(line))
        if person is not None and not person.serves(day):
            said.addWidget(
                label(_("Private, retired or not in office on that day"), "bad", wrap=True)
            )
        self._up = tool("up", _("Move up"), does=lambda: self.moved.emit(-1))
        self._down = tool("down", _("Move down"), does=lambda: self.moved.emit(1))
        self._off = tool("close", _("Remove {name}").format(name=name), does=self.removed.emit)
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(12, 10, 8, 10)
        inside.setSpacing(10)
        inside.addWidget(Disc(name), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(said, 1)
        for button in (self._up, self._down, self._off):
            button.setFixedSize(24, 24)
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_editable(self, editable: bool, many: int) -> None:
        """Show the small buttons that help now."""
        self._editable = editable
        self._off.setVisible(editable)
        for button in (self._up, self._down):
            button.setVisible(editable and many > 1)

    def _key(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._editable:
            self.removed.emit()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._editable:
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._number)
        else:
            event.ignore()


class Disc(QWidget):
    """The initials of a name on a coloured disc; decoration."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._initials = initials(name)
        self.setFixedSize(30, 30)

    def sizeHint(self) -> QSize:
        """30 by 30."""
        return QSize(30, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The disc and the letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_ground"))
        painter.drawEllipse(QRectF(0.5, 0.5, 29, 29))
        painter.setPen(QColor(colour("accent")))
        painter.setFont(font(SANS, 12, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


def breakable(line: str) -> str:
    """A line that may break after the parts of an address, and within endless words."""
    open_ = line.replace("@", f"@{_BREAK}").replace(".", f".{_BREAK}")
    return re.sub(r"(\w{24})(?=\w)", rf"\1{_BREAK}", open_)


def initials(name: str) -> str:
    """The first letters of the first and the last word: "MH"; "" without a letter."""
    words = [word for word in name.split() if word[:1].isalpha()]
    letters = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0].upper() for word in letters)


class _Line(NamedTuple):
    """What a card says under the name, with the icon of its channel."""

    text: str
    icon: str = ""
    name: str = ""


def _lines(person: Contact | None, language: str) -> Iterator[_Line]:
    if person is None:
        yield _Line(_("No longer in the contact list"))
        return
    yield _Line(person.role.into(language))
    yield _Line(person.organisation.into(language))
    for kind in dict.fromkeys(way.kind for way in person.public_ways):
        row, ways = channel(kind), (way for way in person.public_ways if way.kind == kind)
        printed = (row.form.prints(way.printed) for way in ways)
        # Under each other, and none of them parted at a blank.
        text = "\n".join(one.replace(" ", "\N{NO-BREAK SPACE}") for one in printed)
        yield _Line(text, row.icon, row.name())
    yield _Line(person.hours.into(language), "clock", _("Hours"))


def _drawn(line: _Line) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(6)
    said = label(breakable(line.text), "muted", wrap=True)
    if line.icon:
        picture = IconLabel(line.icon, "faint", 14)
        said.ensurePolished()
        picture.setFixedHeight(said.fontMetrics().lineSpacing())
        made.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    made.addWidget(said, 1)
    return made
