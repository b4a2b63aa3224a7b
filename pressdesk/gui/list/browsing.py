"""Browsing: list, search, hits on the paper and bookmarks, put together around one panel."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from pressdesk.base.i18n import _
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.session import Session
from pressdesk.gui.list.hits import Hits
from pressdesk.gui.list.indexing import Indexing
from pressdesk.gui.list.listing import Listing
from pressdesk.gui.list.panel import ReleasePanel
from pressdesk.gui.list.remembering import Remembering
from pressdesk.gui.list.search_field import SearchField
from pressdesk.gui.list.searching import Searching
from pressdesk.gui.list.vouching import Vouching
from pressdesk.gui.paper.hit_bar import NEXT, PREVIOUS, QUOTE
from pressdesk.gui.paper.showing import Showing
from pressdesk.gui.paper.writing import Writing
from pressdesk.gui.paper.writing_pane import WritingPane


class Browsing(QObject):
    """The stories by which a desk is browsed.

    Has:  ``listing``, ``indexing``, ``remembering``, ``searching``, ``vouching``, ``hits``;
          ``end()``
    """

    def __init__(
        self,
        session: Session,
        panel: ReleasePanel,
        field: SearchField,
        writing: Writing,
        showing: Showing,
        pane: WritingPane,
    ) -> None:
        super().__init__(session)
        self._writing = writing
        self.listing = Listing(session, panel)
        self.indexing = Indexing(session)
        self.remembering = Remembering(session, field)
        self.searching = Searching(session, self.listing, panel, field, self.remembering)
        self.vouching = Vouching(session)
        for story in (self.listing, self.searching):
            story.shown.connect(self.vouching.look)
        self.hits = Hits(session, writing, self.searching, pane)
        panel.opened.connect(self.open)
        panel.bookmark_wanted.connect(self.remembering.toggle_bookmark)
        field.first_wanted.connect(panel.begin_list)
        field.list_wanted.connect(panel.focus_list)
        field.textEdited.connect(lambda _text: panel.stay())
        showing.opened.connect(self.hits.opened)
        self.indexing.progressed.connect(panel.show_preparing)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the text that was found."""
        release, opened = Menu.RELEASE, Need.OPEN
        back, forth = partial(self.hits.step, False), partial(self.hits.step, True)
        quote = self.hits.quote
        return (
            Command("next_hit", _("Next match"), forth, NEXT, needs=opened),
            Command("previous_hit", _("Previous match"), back, PREVIOUS, needs=opened),
            Command("bookmark", _("Bookmark"), self.bookmark, "Ctrl+D", release, opened),
            Command("quotation", _("Copy as quote"), quote, QUOTE, release, opened),
        )

    def open(self, release_id: int) -> None:
        """From the list; a hit opens in the language it was found in."""
        self._writing.open(release_id, self.searching.language_of(release_id))

    def bookmark(self) -> None:
        """Put a bookmark into the release on the paper, or take it out."""
        if self._writing.current is not None:
            self.remembering.toggle_bookmark(self._writing.current.release.id)

    def end(self) -> None:
        """No more of the index is built."""
        self.indexing.end()
