"""The fields of one proposed item: kind, language, headline, date, contacts, questions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.desk import proposals
from pressdesk.desk.proposals import Proposal, Review, full_date
from pressdesk.gui.importing import said as said
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import button, label, look, row
from pressdesk.press.kinds import kinds

Change = Callable[[Review, int], Review]

OFFERED = 4
"""Dates of the text that are offered beside the field."""


class ItemFields(QWidget):
    """What a person decides about one item.

    In:   ``show_proposal(proposal, today)``
    Out:  ``changed(change, key)``: a function of a review and a place, and a name under which
          changes of the same kind that follow each other are one step of undo, "" for none.
    """

    changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposal: Proposal | None = None
        self._today = date.max
        self.take = QCheckBox(_("Import"))
        self.record = QCheckBox(_("Record as issued"))
        self.kind = _combo(_("Kind"), [(said.kind_name(name), name) for name in kinds()])
        tags = [(words.language_name(tag), tag) for tag in words.LANGUAGES]
        self.language = _combo(_("Language"), tags)
        self.title, self.day = _line(_("Headline")), _line(_("Date"))
        self.wrong = label("", "bad")
        self.twin = label("", "muted", wrap=True)
        serving = [
            (_("For this item"), "this"),
            (_("For all items"), "all"),
            (_("Leave out"), "none"),
        ]
        self.serve = _combo(_("Press contact serves"), serving)
        self.people = label("", "", wrap=True)
        self._dates, self._questions = row(gap=6), row(gap=6)
        self._lay_out()
        self._wire()

    # --- what it shows

    def show_proposal(self, proposal: Proposal | None, today: date) -> None:
        """Show one item; a field the person is typing in keeps its text and cursor."""
        before, self._proposal, self._today = self._proposal, proposal, today
        self.setEnabled(proposal is not None)
        if proposal is None:
            return
        draft = proposal.draft
        quiet = [QSignalBlocker(each) for each in (self.take, self.record, self.serve)]
        quiet += [QSignalBlocker(each) for each in (self.kind, self.language)]
        self.take.setChecked(proposal.accepted)
        self.record.setChecked(proposal.record)
        self.record.setEnabled(proposal.accepted and proposal.can_be_recorded(today))
        _choose(self.kind, draft.kind, said.kind_name(draft.kind))
        _choose(self.language, draft.language, words.language_name(draft.language))
        _choose(self.serve, proposal.contacts_for, "")
        del quiet
        if self.title.text() != draft.title:
            self.title.setText(draft.title)
            self.title.setCursorPosition(0)
        face = self.title.font()
        face.setItalic("title" in draft.questions)
        self.title.setFont(face)
        if before is None or before.draft.date != draft.date or not self.day.hasFocus():
            self.day.setText(said.typed_form(draft.date))
            self._complain("")
        self._show_people(proposal)
        self._show_chips(proposal)
        self.twin.setText(said.twin(proposal))
        self.twin.setVisible(proposal.twin is not None)

    def _show_people(self, proposal: Proposal) -> None:
        lines = [said.person(contact) for contact in proposal.draft.contacts]
        self.people.setText("\n".join(lines))
        for widget in (self.people, self.serve, self._contact_label):
            widget.setVisible(bool(lines))

    def _show_chips(self, proposal: Proposal) -> None:
        _clear(self._dates)
        for iso in proposal.dates()[:OFFERED]:
            if iso != proposal.draft.date:
                self._dates.addWidget(self._date_chip(iso))
        self._dates.addStretch(1)
        _clear(self._questions)
        for name in proposal.draft.questions:
            self._questions.addWidget(self._question_chip(name, proposal))
        self._questions.addStretch(1)
        open_ones = bool(proposal.draft.questions)
        self._question_label.setVisible(open_ones)

    def _date_chip(self, iso: str) -> QPushButton:
        day = full_date(iso)
        text = words.full_day(day) if day else said.day_and_month(iso)
        chip = button(text, "chip", does=lambda: self._take_date(iso))
        chip.setToolTip(_("A date in the text"))
        chip.setAccessibleName(_("Take the date {date}").format(date=text))
        return chip

    def _question_chip(self, name: str, proposal: Proposal) -> QPushButton:
        chip = button(said.question(name, proposal), "chip", does=lambda: self._answer(name))
        chip.setProperty("tone", "warning")
        chip.setToolTip(said.advice(name))
        chip.setAccessibleDescription(said.advice(name))
        return chip

    # --- what the person does

    def commit(self) -> bool:
        """Take over what is typed; False when the date cannot be read."""
        return self._read_date()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo is the dialog's: it knows every step, a field only its own letters."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in keys):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _answer(self, name: str) -> None:
        """Take what is proposed, or go to the field that must be filled first."""
        iso = self._proposal.draft.date if self._proposal else None
        if name == "year" or (name == "date" and full_date(iso) is None):
            self.day.setFocus()
            self.day.selectAll()
            return
        decision = {"title": "title", "kind": "kind", "date": "date", "language": "language"}
        self.changed.emit(lambda r, at: proposals.answer(r, at, decision.get(name, name)), "")

    def _take_date(self, iso: str) -> None:
        day = full_date(iso)
        if day is None:
            self.day.setText(said.day_and_month(iso) + " ")
            self.day.setFocus()
            return
        self.changed.emit(lambda r, at: proposals.set_date(r, at, day), "")

    def _read_date(self) -> bool:
        if self._proposal is None:
            return True
        typed, iso = self.day.text().strip(), self._proposal.draft.date
        if typed == said.typed_form(iso):
            self._complain("")
            return True
        if iso and iso.startswith("--") and typed.isdecimal() and len(typed) == 4:
            typed = f"{said.day_and_month(iso)} {typed}"
        try:
            day = said.typed_date(typed, self._today)
        except BadInput as error:
            self._complain(f"{error.what} {error.hint}")
            return False
        self._complain("")
        self.changed.emit(lambda r, at: proposals.set_date(r, at, day), "")
        return True

    def _complain(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        look(self.day, "wrong", bool(text))

    # --- how it is made

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        top = QHBoxLayout()
        top.setSpacing(12)
        for widget in (self.take, self.kind, self.language):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.record)
        grid.addLayout(top, 0, 0, 1, 2)
        grid.addWidget(label(_("Headline"), "muted"), 1, 0)
        grid.addWidget(self.title, 1, 1)
        grid.addWidget(label(_("Date"), "muted"), 2, 0)
        grid.addLayout(self._date_row(), 2, 1)
        self._contact_label = label(_("Press contact"), "muted")
        grid.addWidget(self._contact_label, 3, 0)
        grid.addLayout(self._contact_row(), 3, 1)
        self._question_label = label(_("To answer"), "muted")
        grid.addWidget(self._question_label, 4, 0)
        grid.addLayout(self._questions, 4, 1)
        grid.addWidget(self.twin, 5, 0, 1, 2)
        grid.setColumnMinimumWidth(0, 92)
        grid.setColumnStretch(1, 1)

    def _date_row(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.day.setFixedWidth(190)
        self.day.setPlaceholderText(_("27 September 2020"))
        line.addWidget(self.day)
        line.addLayout(self._dates, 1)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addLayout(line)
        column.addWidget(self.wrong)
        return column

    def _contact_row(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.people, 1)
        line.addWidget(self.serve)
        return line

    def _wire(self) -> None:
        self.take.toggled.connect(
            lambda on: self.changed.emit(lambda r, at: proposals.accept(r, at, on), "")
        )
        self.record.toggled.connect(
            lambda on: self.changed.emit(lambda r, at: proposals.record(r, at, on), "")
        )
        for combo, change in (
            (self.kind, proposals.change_kind),
            (self.language, proposals.set_language),
            (self.serve, proposals.serve),
        ):
            combo.activated.connect(
                lambda _n, c=combo, does=change: self.changed.emit(
                    lambda r, at: does(r, at, c.currentData()), ""
                )
            )
        self.title.textEdited.connect(
            lambda text: self.changed.emit(lambda r, at: proposals.rename(r, at, text), "title")
        )
        self.day.editingFinished.connect(self._read_date)
        for field in (self.title, self.day):
            field.installEventFilter(self)


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


def _combo(name: str, entries: list[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    for text, data in entries:
        made.addItem(text, data)
    return made


def _choose(combo: QComboBox, data: str, text: str) -> None:
    at = combo.findData(data)
    if at < 0:
        combo.addItem(text or data, data)
        at = combo.count() - 1
    combo.setCurrentIndex(at)


def _clear(line: QHBoxLayout) -> None:
    while (item := line.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            with suppress(RuntimeError):
                widget.hide()
                widget.deleteLater()
