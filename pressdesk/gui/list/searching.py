"""Narrows the list by search and filters; results first, their counts after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from pressdesk.base.errors import PressDeskError
from pressdesk.desk import searching
from pressdesk.desk.searching import Answer, Asked, FoundRelease
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit.parts import pause
from pressdesk.gui.list.listing import Listing
from pressdesk.gui.list.panel import ReleasePanel
from pressdesk.gui.list.remembering import Remembering
from pressdesk.gui.list.search_field import SearchField
from pressdesk.press.embargo import zone_of
from pressdesk.press.listing import BucketCounts, Query, ReleaseRow
from pressdesk.press.narrowing import Narrowing
from pressdesk.press.query import Facets, Snippet, Sort

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk

REST_MS = 1500
"""A search that stands for so long is remembered."""

ENOUGH = 40
"""An exact phrase is looked for until so many hits are there, then as far as is scrolled."""


@dataclass
class _Hits:
    """What came of one question so far."""

    rows: list[FoundRelease]
    after: int | None = None
    looked: int = 0
    looked_to: date | None = None
    marked: bool = False
    asking: bool = False


class Searching(QObject):
    """Feeds the list panel with hits while something is sought, and its filters at all times.

    In:   ``search(text)``, ``clear()``
    Out:  ``changed()`` another question is asked; ``asked`` holds it;
          ``shown(rows)`` rows of hits that came from the desk.
    """

    changed = Signal()
    shown = Signal(object)

    def __init__(
        self,
        session: Session,
        listing: Listing,
        panel: ReleasePanel,
        field: SearchField,
        remembering: Remembering,
    ) -> None:
        super().__init__(session)
        self._session, self._listing, self._panel, self._field = session, listing, panel, field
        self._remembering = remembering
        self._narrowing = Narrowing()
        self._sort: Sort = "date"
        self._hits = _Hits([])
        self._rest = pause(self, REST_MS, lambda: remembering.searched(listing.query.text))
        listing.hits_wanted.connect(self._seek)
        listing.first.connect(self._listed)
        field.searched.connect(self.search)
        panel.filter_changed.connect(self._filtered)
        panel.unfiltered.connect(self._unfiltered)
        panel.cleared.connect(self.clear)
        panel.corrected.connect(self._corrected)
        panel.more_wanted.connect(self._further)
        panel.snippets_wanted.connect(self._snippets)
        panel.head.narrowed.connect(self._narrowed)
        panel.head.sorted.connect(self._sorted)
        session.entered.connect(self._entered)
        remembering.bookmarks_changed.connect(self._bookmarked)

    @property
    def asked(self) -> Asked:
        """What is asked now."""
        return Asked(self._listing.query, self._narrowing, self._sort)

    @property
    def today(self) -> date:
        """The day it is at the desk."""
        return self._session.now().astimezone(zone_of(self._session.house.zone)).date()

    def language_of(self, release_id: int) -> str | None:
        """The language in which a release was found; None while nothing is sought."""
        if not self.asked.searching:
            return None
        found = (each.row for each in self._hits.rows if each.row.id == release_id)
        row = next(found, None)
        return row.first.language if row is not None else None

    # --- another question

    def search(self, text: str) -> None:
        """Seek this; "" seeks nothing."""
        if text.strip() != self._listing.query.text:
            self._put(replace(self._listing.query, text=text.strip()))

    def clear(self) -> None:
        """Seek nothing, narrow by nothing: the whole desk."""
        self._field.show_text("")
        self._narrow(Narrowing())
        self._put(Query())

    def _corrected(self, text: str) -> None:
        self._field.show_text(text)
        self.search(text)

    def _filtered(self, query: Query) -> None:
        if query != self._listing.query:
            self._put(replace(query, text=self._listing.query.text))

    def _unfiltered(self, query: Query) -> None:
        self._narrow(Narrowing())
        self._put(replace(query, text=self._listing.query.text))

    def _narrowed(self, narrowing: Narrowing, query: Query) -> None:
        self._narrow(narrowing)
        self._put(replace(query, text=self._listing.query.text))

    def _sorted(self, sort: Sort) -> None:
        self._sort = sort
        self._put(self._listing.query)

    def _bookmarked(self) -> None:
        self._panel.show_bookmarks(frozenset(self._remembering.bookmarks))
        if self._narrowing.bookmarked:
            self._listing.refresh()

    def _narrow(self, narrowing: Narrowing) -> None:
        self._narrowing = narrowing
        self._panel.head.show_narrowing(narrowing)

    def _entered(self) -> None:
        """Topics and days of one desk mean nothing to another."""
        self._hits = _Hits([])
        self._session.lanes.background.forget("counts")
        if not self._narrowing.empty:
            self._narrow(Narrowing())
            self._put(self._listing.query)

    def _put(self, query: Query) -> None:
        self._hits = _Hits([])
        self._panel.ask_anew()
        self._rest.stop()
        seeking = Asked(query, self._narrowing, self._sort).searching
        self._panel.head.show_searching(seeking)
        if not seeking:
            for key in ("hits", "snippets", "meant"):
                self._session.lanes.read.forget(key)
        self._listing.put(query, seeking=seeking)
        self.changed.emit()

    # --- hits

    def _seek(self) -> None:
        """The list is to be read, and something is sought: its hits, from the first on."""
        self._rest.stop()
        self._session.lanes.background.forget("counts")
        self._read(None)

    def _read(self, after: int | None) -> None:
        work = partial(
            searching.ask,
            asked=self.asked,
            now=self._session.sure(),
            today=self.today,
            after=after,
            bookmarks=frozenset(self._remembering.bookmarks),
            least=len(self._hits.rows) if after is None else 0,
        )
        self._hits.asking = True
        done = self._first if after is None else self._more
        self._session.read(work, done, "hits", self._failed)

    def _failed(self, error: PressDeskError) -> None:
        self._hits.asking = False
        self._session.failed(error)

    def _first(self, answer: Answer) -> None:
        self._hits = _Hits(list(answer.found), marked=answer.marked)
        self._panel.show_found(answer.found, months=self._sort == "date", snippets=answer.marked)
        if answer.looked:  # counting it takes as long again
            self._panel.head.result.show_count(None)
        self._arrived(answer)
        self._count()
        if answer.found and self._listing.query.text:
            self._rest.start()
        elif answer.after is None:
            self._suggest()

    def _more(self, answer: Answer) -> None:
        there = {each.row.id for each in self._hits.rows}
        self._hits.rows += [each for each in answer.found if each.row.id not in there]
        self._panel.add_found(answer.found)
        self._arrived(answer)
        if not self._hits.rows and answer.after is None:
            self._suggest()

    def _arrived(self, answer: Answer) -> None:
        self.shown.emit(tuple(each.row for each in answer.found))
        hits = self._hits
        hits.asking, hits.after = False, answer.after
        hits.looked += answer.looked
        hits.looked_to = answer.looked_to
        looking = hits.looked > 0 and len(hits.rows) < ENOUGH and answer.after is not None
        self._panel.show_looking(looking)
        self._panel.head.result.show_looked(hits.looked, hits.looked_to, looking)
        if looking:
            self._further()

    def _further(self) -> None:
        """The end of the hits will soon be seen, or there are too few of them yet."""
        if self.asked.searching and not self._hits.asking and self._hits.after is not None:
            self._read(self._hits.after)

    def _snippets(self, edition_ids: list[int]) -> None:
        asked, today = self.asked, self.today

        def work(archive: Desk) -> dict[int, Snippet]:
            return searching.snippets(archive, asked, edition_ids, today=today)

        def done(found: dict[int, Snippet]) -> None:
            if asked == self.asked:
                self._panel.take_snippets(found)

        self._session.read(work, done)

    def _suggest(self) -> None:
        work = partial(searching.suggestion, asked=self.asked, now=self._session.sure())
        self._session.read(work, self._panel.show_correction, "meant")

    # --- counts

    def _listed(self, _row: ReleaseRow | None) -> None:
        """The list without a search is on the screen: now its filters and its timeline."""
        if not self.asked.searching:
            self._count()

    def _count(self) -> None:
        archive = self._session.archive
        if archive is None:
            return
        background = self._session.lanes.background
        if self._narrowing.bookmarked:
            few = partial(
                searching.common,
                archive,
                self.asked,
                now=self._session.sure(),
                today=self.today,
                bookmarks=frozenset(self._remembering.bookmarks),
            )
            background.run(
                self,
                few,
                self._panel.head.show_facets,
                self._session.failed,
                key="counts",
                turn="counts",
            )
            return
        work = partial(
            searching.count,
            archive,
            self.asked,
            now=self._session.sure(),
            today=self.today,
            segments=not self._hits.looked,
        )
        background.run(self, work, self._counted, self._session.failed, key="counts", turn="counts")

    def _counted(self, counted: tuple[Facets, BucketCounts]) -> None:
        facets, buckets = counted
        self._panel.head.show_facets(facets)
        self._panel.show_counts(buckets)
