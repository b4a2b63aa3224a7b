"""Loads the open edition into the paper and the form, and collects what is typed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _, interface
from pressdesk.desk import contents, drafting, editions
from pressdesk.desk.changes import Changes, View
from pressdesk.desk.editions import OpenedRelease
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.kinds import kind
from pressdesk.press.release import SPOKEN, Contact, Edition, Release, Way
from pressdesk.press.sheet import Sheet, SheetContact
from pressdesk.press.states import Status, said_of, status_of
from pressdesk.press.translated import Translated

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk
    from pressdesk.gui.details.form import Form
    from pressdesk.gui.paper.writing_pane import WritingPane

LANGUAGES = {
    "en": "English",
    "ru": "Русский",
    "hy": "Հայերեն",
    "be": "Беларуская",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "tg": "Тоҷикӣ",
    "de": "Deutsch",
    "fr": "Français",
}
"""Languages that can be added, each in its own words; the faces of the page cover them."""


class Showing(QObject):
    """Carries values between the open edition and the widgets that show it.

    Out:  ``nothing_open()`` and ``opened(OpenEdition)`` for buttons and titles.
    """

    opened = Signal(object)
    nothing_open = Signal()

    def __init__(self, session: Session, writing: Writing, pane: WritingPane, form: Form) -> None:
        super().__init__(session)
        self._session, self._writing, self._pane, self._form = session, writing, pane, form
        self._paper = paper = pane.paper
        writing.shown.connect(self._show)
        writing.held.connect(self._hold)
        paper.changed.connect(writing.edited)
        paper.title_edited.connect(partial(writing.put, "title"))
        paper.subtitle_edited.connect(partial(writing.put, "subtitle"))
        paper.head.language_chosen.connect(self._language)
        form.edited.connect(self._field)
        form.question_chosen.connect(lambda _key: paper.head.headline.setFocus())
        paper.title_edited.connect(lambda _text: form.answer("title"))
        session.entered.connect(self._topics)
        session.touched.connect(self._touched)
        session.contacts_changed.connect(self._people)
        session.house_changed.connect(self._people)

    def _show(self, current: OpenEdition | None) -> None:
        if current is None:
            self.nothing_open.emit()
            return
        release, edition = current.release, current.edition
        editable = current.editable and not self._session.read_only
        sheet = current.issued.sheet if current.issued else None
        title, subtitle, body = edition.title, edition.subtitle, edition.body
        if sheet is not None:
            title, subtitle, body = sheet.title, sheet.subtitle, sheet.body
        self._paper.show_languages(edition.language, self._choices(current))
        self._paper.show_edition(title, subtitle, body, current.attachments)
        self._pane.set_editable(editable)
        self._paper.head.show_reference(reference_words(release, edition))
        self._state(current)
        if sheet is None:
            self._dateline(release, edition)
        else:
            self._session.lanes.read.forget("dateline")
            self._paper.show_dateline(sheet.dateline)
        self._fill_form(current, editable)
        self.opened.emit(current)

    def _fill_form(self, current: OpenEdition, editable: bool) -> None:
        """A draft shows today's contacts and house; what is issued, those it went out with."""
        edition, people, house = current.edition, self._session.contacts, self._session.house
        if current.issued is not None:
            people, house = frozen_people(current.issued.sheet), current.issued.house
            printed = edition.boilerplate if current.issued.sheet.boilerplate.paragraphs else ""
            ids = tuple(person.id for person in people)
            edition = replace(edition, contacts=ids, boilerplate=printed)
        self._form.show_release(current.release, edition, kind(current.release.kind), people, house)
        self._form.set_editable(editable)

    def put_on(self, contact_id: int) -> None:
        """A contact made for the edition on the paper belongs on it."""
        current = self._writing.current
        if current is not None and contact_id not in current.edition.contacts:
            self._form.choose("contacts", (*current.edition.contacts, contact_id))

    def _topics(self) -> None:
        self._session.read(contents.topics, self._form.set_topics, "topics")

    def _touched(self, changed: Changes) -> None:
        if changed.moves(View.TOPICS):
            self._topics()
        if changed.moves(View.TAG) and self._writing.current is not None:
            self._state(self._writing.current)  # an embargo may have ended

    def _hold(self, held: bool) -> None:
        current = self._writing.current
        if current is not None:
            editable = current.editable and not held and not self._session.read_only
            self._pane.set_editable(editable)
            self._form.set_editable(editable)

    def _people(self) -> None:
        self._writing.settle()
        current = self._writing.current
        if current is not None:
            self._fill_form(current, current.editable and not self._session.read_only)

    def _state(self, current: OpenEdition) -> None:
        until = current.issued.sheet.embargo_until if current.issued else ""
        held = datetime.fromisoformat(until) if until else None
        status = status_of(current.edition.state, held, self._session.sure())
        said = said_of(status)
        recorded = status is Status.ISSUED and current.edition.recorded_at is not None
        self._paper.head.show_state(_("Recorded") if recorded else said.label(), said.tone)

    # --- the dateline needs Babel, which is too heavy to import on the GUI thread

    def _dateline(self, release: Release, edition: Edition) -> None:
        house = self._session.house

        def work() -> str:
            from pressdesk.press.compose import dateline

            return dateline(release, edition, house)

        self._session.lanes.read.run(
            self, work, self._paper.show_dateline, self._session.failed, key="dateline"
        )

    # --- fields

    def _field(self, name: str, value: object) -> None:
        """A field was changed by the person: a step of the one undo list."""
        current = self._writing.current
        if current is None or not current.editable:
            return
        before = current.get(name)
        if before == value:
            return
        self._apply(name, value)
        undo = partial(self._put_back, name)
        self._paper.timeline.field(self._form.label_of(name), undo, before, value)

    def _put_back(self, name: str, value: object) -> None:
        self._form.put(name, value)
        self._apply(name, value)

    def _apply(self, name: str, value: object) -> None:
        self._writing.put(name, value)
        current = self._writing.current
        if current is not None and name in ("date", "place"):
            self._dateline(current.release, current.edition)

    # --- languages

    def _choices(self, current: OpenEdition) -> list[tuple[str, str]]:
        """Those the release has, then those that can be added."""
        there = [row.language for row in current.languages]
        choices = [(tag, LANGUAGES.get(tag, tag)) for tag in there]
        if self._session.read_only:
            return choices
        more = dict.fromkeys((*self._session.house.languages, *LANGUAGES))
        add = _("Write in {language}") if current.blank else _("Add {language}")
        for tag in more:
            if tag not in there:
                choices.append((tag, add.format(language=LANGUAGES.get(tag, tag))))
        return choices

    def _language(self, tag: str) -> None:
        current = self._writing.current
        if current is None or tag == current.edition.language:
            return
        if tag in [row.language for row in current.languages]:
            self._writing.open(current.release.id, tag)
            return
        self._writing.settle()
        self._writing.gather()
        self._writing.flush()
        release_id, language = current.release.id, current.edition.language
        begin = drafting.in_another_language if current.blank else drafting.add_language

        def work(archive: Desk) -> tuple[OpenedRelease, Changes]:
            source = editions.find(archive, release_id, language)
            changes = begin(archive, source, tag)[1]
            return editions.read(archive, release_id, tag), changes

        def failed(error: PressDeskError) -> None:
            self._writing.hold(False)
            self._session.undone(error)

        if current.blank:  # what is typed from now on would be in a draft that goes
            self._writing.hold(True)
        # On the paper before anybody hears of it: the draft that was there may have gone.
        self._session.act(work, self._session.here(self._writing.show), failed)


def frozen_people(sheet: Sheet) -> tuple[Contact, ...]:
    """The contacts of a sheet as it was printed, with numbers of their own below 0."""

    def said(text: str) -> Translated:
        return Translated.of(**{sheet.language: text})

    def person(place: int, printed: SheetContact) -> Contact:
        ways = tuple(Way(w.kind, w.printed, w.address, said(w.label)) for w in printed.ways)
        spoken: dict[str, Any] = {part: said(getattr(printed, part)) for part in SPOKEN}
        return Contact(id=-place, ways=ways, **spoken)

    return tuple(person(place, printed) for place, printed in enumerate(sheet.contacts, 1))


def reference_words(release: Release, edition: Edition) -> str:
    """Kind and reference as the paper's head shows them."""
    words = [kind(release.kind).label.into(interface())]
    if release.reference:
        words.append(release.reference)
    elif not edition.state.out:
        words.append(_("reference to follow"))
    if edition.number > 1:
        words.append(_("edition {n}").format(n=edition.number))
    return " · ".join(words)
