"""Answers queries over the whole archive: ordered hits, counts, snippets, corrections."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from pressdesk.archive.search import facets, finding, hit_rows, rebuilding
from pressdesk.archive.store.engine import DeskPart
from pressdesk.press.query import Facets, HitPage, Node, Question, Snippet

PAGE, KEYS = 60, 1000


class Search(DeskPart):
    """The search of one desk; every method is one transaction and may run in any thread.

    Methods raise DeskLocked, DeskUnavailable and DeskForeign (damaged) as all reading does.
    """

    _fence: Node | None = None
    """What every text must answer besides, whatever is asked."""

    def page(
        self,
        question: Question,
        *,
        now: datetime,
        after: int | None = None,
        limit: int = PAGE,
    ) -> HitPage:
        """The next hits, newest first or, by relevance, those in titles first.

        after  the ``after`` of the page before
        cost   a millisecond or two for any word at any depth; an exact phrase is compared word
               by word in steps of 1,000 texts, each some 30 ms: ask again to look on
        """
        with self._store.read() as connection:
            found = finding.find(connection, question, now, after, limit, self._fence)
            hits = hit_rows.hits(connection, found.keys)
        return HitPage(hits, found.after, found.looked, found.looked_to)

    def keys(
        self,
        question: Question,
        *,
        now: datetime,
        after: int | None = None,
        limit: int = KEYS,
    ) -> tuple[array[int], array[int], int | None]:
        """Release ids of the next hits, each once, the year * 12 + month of each, and the next
        ``after``."""
        with self._store.read() as connection:
            found = finding.find(connection, question, now, after, limit, self._fence)
            ids, months = hit_rows.releases(connection, found.keys)
        return ids, months, found.after

    def days(self, release_ids: Collection[int]) -> tuple[date, ...]:
        """The days under which texts of these releases are found, the newest first."""
        with self._store.read() as connection:
            return hit_rows.days(connection, release_ids)

    def count(self, question: Question, *, now: datetime, limit: int = KEYS + 1) -> int:
        """How many texts answer, counted no further than ``limit``."""
        with self._store.read() as connection:
            return len(finding.find(connection, question, now, None, limit, self._fence).keys)

    def facets(self, question: Question, *, now: datetime) -> Facets:
        """What the answers have in common: all of them where nothing is sought but kinds,
        states, languages and dates, else the newest 2,000.

        cost  20 ms, and as much again for each facet of which the question takes some values
        """
        with self._store.read() as connection:
            return facets.facets(connection, question, now, self._fence)

    def snippets(self, question: Question, edition_ids: Sequence[int]) -> dict[int, Snippet]:
        """The piece of each text that answers best, with what to mark in it."""
        with self._store.read() as connection:
            return hit_rows.snippets(connection, question, edition_ids)

    def suggest(self, text: str, *, now: datetime) -> str:
        """The same question in the other keyboard layout or script, if that finds something."""
        with self._store.read() as connection:
            return finding.suggestion(connection, text, now)

    def stale(self) -> bool:
        """True when the index was made by another version of the analyser, or not finished."""
        with self._store.read() as connection:
            return rebuilding.stale(connection)

    def rebuild(self, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
        """Rebuild the index and all counts from the editions; returns the number of texts.

        Other writers come in between; what they save is indexed on the way. An interrupted
        rebuild is begun again the next time.
        """
        with self._store._telling():  # the documents are made between the transactions
            return rebuilding.rebuild(self._store, progress)

    def faults(self) -> tuple[str, ...]:
        """Where index, counts and editions disagree, in plain words; none when all is well.

        On a desk open for reading the index's own pages are not gone through.
        """
        return rebuilding.faults(self._store)
