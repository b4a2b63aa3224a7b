"""The form at the right: everything about an edition that is not its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.details.boilerplate_field import BoilerplateField
from pressdesk.gui.details.contact_cards import ContactsField
from pressdesk.gui.details.embargo_field import EmbargoField
from pressdesk.gui.details.questions_bar import FIELDS, QuestionsBar
from pressdesk.gui.kit.chips import ChipsField
from pressdesk.gui.kit.date_field import DateField
from pressdesk.gui.kit.fields import Field, LineField, TextField, guard
from pressdesk.gui.kit.keys import WindowKeys
from pressdesk.gui.kit.parts import button, column, pause
from pressdesk.gui.kit.sections import FieldRows, FieldSection, follow_the_eye, kind_rows
from pressdesk.press.house import House
from pressdesk.press.kinds import Kind
from pressdesk.press.release import Contact, Edition, Release

OF_RELEASE = ("embargo", "occasion", "topics")
"""The fields of the release; the others are those of the edition."""


class Form(QScrollArea):
    """The pane "Details".

    In:   ``show_release(release, edition, kind, contacts, house)`` without a signal,
          ``set_editable(bool)``, ``put(field, value)`` for undo, ``set_topics(known)``,
          ``commit()`` before saving or leaving, ``answer(question)``, ``focus_field(name)``
    Out:  ``edited(field, value)``: a member of Edition or Release, or "fields.KEY" of the kind;
          ``new_contact_requested()``, ``contact_requested(id)``,
          ``question_chosen(key)`` for a question the form has no field for, such as "title";
          ``remark(text)`` something about a paste is worth knowing.

    What was typed and could not be read stays in its field, also when another edition is
    shown in between and this one again.
    """

    edited = Signal(str, object)
    new_contact_requested = Signal()
    contact_requested = Signal(int)
    question_chosen = Signal(str)
    remark = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, invisible while there is nothing to scroll: fields never change width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys = WindowKeys(self)
        self._editable = True
        self._kind: Kind | None = None
        self._kind_rows: FieldRows | None = None
        self._shown: tuple[int, int, str] = (0, 0, "")
        self._unread: dict[tuple[tuple[int, int, str], str], str] = {}
        self._make()
        # Chips, cards and rows are made as values come: Tab finds them where they stand.
        self._reorder = pause(self, 0, lambda: follow_the_eye(self._body))
        for field in self._own:
            self._join(field)
        self.contacts.new_contact_requested.connect(self.new_contact_requested)
        self.contacts.contact_requested.connect(self.contact_requested)
        self.questions.chosen.connect(self._asked)
        self.questions.answered.connect(self.answer)

    def _make(self) -> None:
        self.questions = QuestionsBar()
        self.date = DateField("date", _("Date"), _("None"))
        self.place = LineField("place", _("Place"), _("Dateline place"))
        self.embargo = EmbargoField("embargo", _("Release time"))
        self.occasion = LineField("occasion", _("Occasion"), _("None"))
        self.topics = ChipsField("topics", _("Topics"), _("Add a topic"))
        self.contacts = ContactsField("contacts")
        self.summary = TextField("summary", _("Summary"), _("One or two sentences"))
        self.notes = TextField("notes", _("Notes to editors"), _("Background, links, figures"))
        self.boilerplate = BoilerplateField("boilerplate", _("Boilerplate"))
        above = (self.date, self.place, self.embargo, self.occasion, self.topics)
        below = (self.summary, self.notes, self.boilerplate)
        self._own: tuple[Field, ...] = (*above, self.contacts, *below)
        rows = FieldRows()
        for field in above:
            rows.add(_called(field), field)
        self._add = button(_("Add"), "link", picture="plus", does=self._pick)
        self._add.setAccessibleName(_("Add a press contact"))
        self._body = body = QWidget()
        body.setObjectName("formbody")
        people = FieldSection(_("Press contact"), self.contacts, self._add)
        sections = (FieldSection(_called(field), field) for field in below)
        parts = (self.questions, rows, people, *sections, None)
        self._column = column(*parts, gap=20, around=(18, 16, 9, 24))
        body.setLayout(self._column)
        self.setWidget(body)

    # --- in

    def show_release(
        self,
        release: Release,
        edition: Edition,
        kind: Kind,
        contacts: Sequence[Contact],
        house: House,
    ) -> None:
        """Show an edition without a signal.

        contacts  the contact list; of an issued edition the frozen ones, if they are at hand
        cost      about 2 ms, 15 ms when the kind differs from the one before
        """
        shown = (release.id, edition.id, edition.language)
        if shown != self._shown:
            self._keep_unread()
        self._show_kind(kind)
        self.embargo.set_home(house.zone)
        heading, text = house.about.exactly(edition.language), house.boilerplate
        self.boilerplate.set_house(heading, text.exactly(edition.language))
        self.contacts.set_people(contacts, edition.language, edition.date)
        for field in self._own:
            owner = release if field.name in OF_RELEASE else edition
            self.put(field.name, getattr(owner, field.name))
        for field in self._kind_fields():
            field.show_value(edition.field(field.name.removeprefix("fields.")))
        self.questions.show_questions(edition.questions)
        if shown != self._shown:
            self._shown = shown
            self._restore_unread()
            self.verticalScrollBar().setValue(0)

    @Slot(bool)
    def set_editable(self, editable: bool) -> None:
        """Make everything editable or read-only."""
        self._editable = editable
        for field in self._fields():
            field.set_editable(editable)
        self.questions.set_editable(editable)
        self._add.setVisible(editable)

    @Slot(str, object)
    def put(self, name: str, value: object) -> None:
        """Show one value again, for undo; no signal."""
        self._reorder.start()
        field = self.field(name)
        if name == "questions":
            self.questions.show_questions(value if isinstance(value, tuple) else ())
        elif field is not None:
            field.show_value(value)

    def incomplete(self, *names: str) -> str:
        """The first of these fields in which something was typed that cannot be read, or ""."""
        self.commit()
        for name in names:
            field = self.field(name)
            if field is not None and field.pending():
                return name
        return ""

    def choose(self, name: str, value: object) -> None:
        """Show a value and have it stored, as if it had been typed."""
        self.put(name, value)
        self.edited.emit(name, value)

    def set_blank(self, blank: bool) -> None:
        """Nothing is open: show no fields at all."""
        self._body.setVisible(not blank)

    def set_topics(self, known: Sequence[str]) -> None:
        """Topics used before, for completion."""
        self.topics.set_known(known)

    @Slot()
    def commit(self) -> None:
        """Announce what is typed and not announced yet; call before saving and before leaving."""
        if self._editable:
            for field in self._fields():
                field.commit()

    def answer(self, question: str) -> None:
        """A question of the import has been answered."""
        left = tuple(key for key in self.questions.open_keys() if key != question)
        if left != self.questions.open_keys() and self._editable:
            self.questions.show_questions(left)
            self.edited.emit("questions", left)

    def field(self, name: str) -> Field | None:
        """The field of a member; None when the form has none for it."""
        return next((field for field in self._fields() if field.name == name), None)

    def label_of(self, name: str) -> str:
        """The words of a field, for the undo list."""
        field = self.field(name)
        if field is None:
            return _("Question") if name == "questions" else name
        return _called(field) or _("Press contact")

    def focus_field(self, name: str) -> None:
        """Bring a field into sight and give it the keyboard."""
        field = self.field(name)
        if field is not None:
            self.ensureWidgetVisible(field)
            field.take_focus()

    # --- inside

    def _kind_fields(self) -> list[Field]:
        return self._kind_rows.fields if self._kind_rows is not None else []

    def _fields(self) -> Iterator[Field]:
        yield from self._own
        yield from self._kind_fields()

    def _join(self, field: Field) -> None:
        field.edited.connect(partial(self._edited, field.name))
        field.remark.connect(self.remark)
        guard(self._keys, [field])

    def _edited(self, name: str, value: object) -> None:
        if not self._editable:
            return
        self._reorder.start()
        self.edited.emit(name, value)
        if name == "date" and value is not None:
            for key in self.questions.open_keys():
                if key.partition(":")[0] in ("date", "year"):
                    self.answer(key)

    def _show_kind(self, kind: Kind) -> None:
        if kind == self._kind:
            return
        if self._kind_rows is not None:
            self._column.removeWidget(self._kind_rows)
            self._kind_rows.hide()
            self._kind_rows.deleteLater()
        self._kind, self._kind_rows = kind, None
        if kind.fields:
            self._kind_rows = kind_rows(kind)
            for field in self._kind_rows.fields:
                self._join(field)
                field.set_editable(self._editable)
            # Who, what, when and where are the text of an advisory: they come first.
            self._column.insertWidget(1 if kind.block == "rows" else 2, self._kind_rows)

    def _pick(self) -> None:
        corner = self._add.mapToGlobal(self._add.rect().bottomLeft())
        self.contacts.open_picker(corner, self._add)

    def _asked(self, key: str) -> None:
        name = FIELDS.get(key.partition(":")[0])
        if name is None:
            self.question_chosen.emit(key)
        else:
            self.focus_field(name)

    def _keep_unread(self) -> None:
        for field in self._fields():
            typed = field.pending()
            if typed:
                self._unread[(self._shown, field.name)] = typed
            field.drop()

    def _restore_unread(self) -> None:
        for field in self._fields():
            typed = self._unread.pop((self._shown, field.name), "")
            if typed and self._editable:
                field.restore(typed)


def _called(field: Field) -> str:
    """The words of a field: those a screen reader says; "" for the contacts, which are several."""
    return field.main.accessibleName() if field.main is not None else ""
