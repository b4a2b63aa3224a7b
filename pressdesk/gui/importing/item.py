"""The fields of one proposed item: kind, language, headline, date, contacts, questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.desk import proposals
from pressdesk.desk.proposals import Proposal, Review, full_date
from pressdesk.gui.importing import said as said
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import button, column, empty, label, look, row
from pressdesk.gui.kit.sections import labelled
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
        self.kind = _combo(_("Kind"), [(words.kind_name(name), name) for name in kinds()])
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
        self.serve = _combo(_("Press contact applies to"), serving)
        self.people = label("", "", wrap=True)
        self._dates, self._questions = row(gap=6), row(gap=6)
        self._contact_label = label(_("Press contact"), "muted")
        self._question_label = label(_("Open questions"), "muted")
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
        _choose(self.kind, draft.kind, words.kind_name(draft.kind))
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
        empty(self._dates)
        for iso in proposal.dates()[:OFFERED]:
            if iso != proposal.draft.date:
                self._dates.addWidget(self._date_chip(iso))
        self._dates.addStretch(1)
        empty(self._questions)
        for name in proposal.draft.questions:
            self._questions.addWidget(self._question_chip(name, proposal))
        self._questions.addStretch(1)
        self._question_label.setVisible(bool(proposal.draft.questions))

    def _date_chip(self, iso: str) -> QPushButton:
        day = full_date(iso)
        text = words.full_day(day) if day else said.day_and_month(iso)
        chip = button(text, "chip", does=lambda: self._take_date(iso))
        chip.setToolTip(_("Date in the text"))
        chip.setAccessibleName(_("Use the date {date}").format(date=text))
        return chip

    def _question_chip(self, name: str, proposal: Proposal) -> QPushButton:
        chip = button(said.question(name, proposal), "chip", does=lambda: self._answer(name))
        chip.setProperty("tone", "warning")
        chip.setToolTip(said.advice(name))
        chip.setAccessibleDescription(said.advice(name))
        return chip

    # --- what the person does

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
        self._change(lambda r, at: proposals.answer(r, at, name))

    def _take_date(self, iso: str) -> None:
        day = full_date(iso)
        if day is None:
            self.day.setText(said.day_and_month(iso) + " ")
            self.day.setFocus()
            return
        self._change(lambda r, at: proposals.set_date(r, at, day))

    def commit(self) -> bool:
        """Take over what is typed; False when the date cannot be read."""
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
        self._change(lambda r, at: proposals.set_date(r, at, day))
        return True

    def _change(self, change: Change, key: str = "") -> None:
        self.changed.emit(change, key)

    def _complain(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        look(self.day, "wrong", bool(text))

    # --- how it is made

    def _lay_out(self) -> None:
        grid = labelled(across=12, down=9, width=92, around=(16, 12, 16, 12))
        self.setLayout(grid)
        top = row(self.take, self.kind, self.language, None, self.record, gap=12)
        grid.addLayout(top, 0, 0, 1, 2)
        self.day.setFixedWidth(190)
        self.day.setPlaceholderText(_("27 September 2020"))
        date_line = row(self.day, self._dates, fill=self._dates)
        lines = (
            (label(_("Headline"), "muted"), row(self.title)),
            (label(_("Date"), "muted"), column(date_line, self.wrong, gap=3)),
            (self._contact_label, row(self.people, self.serve, gap=12, fill=self.people)),
            (self._question_label, self._questions),
        )
        for at, (name, line) in enumerate(lines, 1):
            grid.addWidget(name, at, 0)
            grid.addLayout(line, at, 1)
        grid.addWidget(self.twin, 5, 0, 1, 2)

    def _wire(self) -> None:
        self.take.toggled.connect(
            lambda on: self._change(lambda r, at: proposals.accept(r, at, on))
        )
        self.record.toggled.connect(
            lambda on: self._change(lambda r, at: proposals.record(r, at, on))
        )
        for combo, change in (
            (self.kind, proposals.change_kind),
            (self.language, proposals.set_language),
            (self.serve, proposals.serve),
        ):
            combo.activated.connect(
                lambda _n, c=combo, does=change: self._change(
                    lambda r, at: does(r, at, c.currentData())
                )
            )
        self.title.textEdited.connect(
            lambda text: self._change(lambda r, at: proposals.rename(r, at, text), "title")
        )
        self.day.editingFinished.connect(self.commit)
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
