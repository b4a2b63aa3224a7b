"""Browsing in the window: search, filters, hits on the paper, bookmarks, and their keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pressdesk.base.i18n import _, interface
from pressdesk.gui.frame.commands import Commands
from pressdesk.gui.list.hits import Hits
from pressdesk.gui.list.remembering import Remembering
from pressdesk.gui.list.searching import Searching

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow

READING = ("next_hit", "previous_hit", "bookmark", "quotation")
"""Commands that do something while a release is on the paper."""


class Browsing(QObject):
    """The flows by which a desk is browsed, wired to the widgets of its window."""

    def __init__(self, window: DeskWindow) -> None:
        super().__init__(window)
        session, panel, field = window.session, window.panel, window.search
        self._window, self._writing = window, window.writing
        self.remembering = Remembering(session, field)
        self.searching = Searching(session, window.listing, panel, field, self.remembering)
        self.hits = Hits(session, window.writing, self.searching, window.middle.pane)
        panel.opened.connect(self.open)
        panel.bookmark_wanted.connect(self.remembering.toggle_bookmark)
        field.help_wanted.connect(self.help)
        field.first_wanted.connect(panel.begin_list)
        field.textEdited.connect(lambda _text: panel.stay())
        window.showing.opened.connect(self.hits.opened)

    def commands(self, commands: Commands) -> None:
        """The keys of browsing."""
        commands.add("search_help", _("How to search"), self.help)
        commands.add("next_hit", _("Next hit"), partial(self.hits.step, True))
        commands.add("previous_hit", _("Hit before"), partial(self.hits.step, False))
        commands.add("bookmark", _("Bookmark"), self.bookmark)
        commands.add("quotation", _("Copy as quotation"), self.hits.quote)

    def open(self, release_id: int) -> None:
        """From the list; a hit opens in the language it was found in."""
        self._writing.open(release_id, self.searching.language_of(release_id))

    def bookmark(self) -> None:
        """Put a bookmark into the release on the paper, or take it out."""
        if self._writing.current is not None:
            self.remembering.toggle_bookmark(self._writing.current.release.id)

    def help(self) -> None:
        """How to ask, under the search."""
        from pressdesk.gui.list.search_help import SearchHelp
        from pressdesk.press.asking import help_rows

        rows = [(row.example, row.meaning) for row in help_rows(interface())]
        SearchHelp(rows, self._window.main).open_under(self._window.search)
