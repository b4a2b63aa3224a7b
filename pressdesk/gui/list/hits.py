"""Matches on the paper: what the search found in the open text, and copying quotes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pressdesk.base.i18n import _
from pressdesk.desk import searching
from pressdesk.gui.frame.session import Session
from pressdesk.gui.list.searching import Searching
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing
from pressdesk.gui.paper.writing_pane import WritingPane
from pressdesk.press import quoting

Spans = tuple[tuple[int, int], ...]


class Hits(QObject):
    """Marks what is sought in each text that is opened while something is sought.

    In:   ``step(forward)``, ``quote()``; follows what is opened and what is asked.
    """

    def __init__(
        self, session: Session, writing: Writing, search: Searching, pane: WritingPane
    ) -> None:
        super().__init__(session)
        self._session, self._writing, self._search, self._pane = session, writing, search, pane
        search.changed.connect(self._asked)
        pane.hit_bar.quotation_wanted.connect(self.quote)

    def opened(self, _current: OpenEdition) -> None:
        """A text is on the paper: mark what is sought, if anything is."""
        self._pane.end_hits()
        self._mark()

    def step(self, forward: bool) -> None:
        """To the next hit or the one before; marks the text first if it is not yet."""
        if self._pane.hit_bar.isVisible() or self._pane.find_bar.isVisible():
            self._pane.paper.finder.step(forward)
        else:
            self._mark()

    def _asked(self) -> None:
        """Another question: marks of the old one go, those of the new one come."""
        if self._pane.hit_bar.isVisible():
            self._pane.end_hits()
            self._mark()

    def _mark(self) -> None:
        asked, current = self._search.asked, self._writing.current
        if current is None or not asked.query.text:
            return
        paper, today = self._pane.paper, self._search.today
        text = paper.text.document().toRawText()
        parts = (paper.title(), paper.subtitle(), text)

        def work() -> list[Spans]:
            return [searching.marks(part, asked, today) for part in parts]

        def done(found: list[Spans]) -> None:
            same = current is self._writing.current and asked == self._search.asked
            if same and any(found) and paper.text.document().toRawText() == text:
                self._pane.show_hits(*found)

        self._session.lanes.read.run(self, work, done, self._session.failed, key="marks")

    # --- quoting

    def quote(self) -> None:
        """What is selected, else the headline, with its source to the clipboard."""
        current = self._writing.current
        if current is None:
            return
        chosen = self._pane.paper.text.textCursor().selectedText().replace("\u2029", "\n")
        house, title = self._session.house, self._pane.paper.title()
        issued, release, edition = current.issued, current.release, current.edition

        def work() -> str:
            if issued is not None:
                return quoting.of_sheet(chosen, issued.sheet)
            language = edition.language
            source = quoting.source_line(
                language,
                house.organisation.into(language),
                title if chosen.strip() else "",
                edition.date,
                release.reference,
            )
            return quoting.quotation(chosen or title, source, language)

        self._session.lanes.read.run(
            self, work, self._copied, self._session.failed, key="quotation"
        )

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._session.say(_("The quote was copied with its source."))
