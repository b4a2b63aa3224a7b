"""Keeps the list in step with the search, the filters and every change."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import contents
from pressdesk.desk.changes import Changes, View
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit.parts import pause
from pressdesk.gui.list.panel import ReleasePanel
from pressdesk.press.listing import BucketCounts, Query, ReleaseRow

SETTLE_MS = 150
"""Changes that come together are read once."""


class Listing(QObject):
    """Feeds the list panel from the read lane.

    In:   ``put(query, seeking=)``, ``refresh()``, ``show_glance(rows)``;
          follows ``Session.touched``
    Out:  ``first(ReleaseRow | None)`` the first row of each reading;
          ``hits_wanted()`` something is sought: the panel is to be fed with hits instead;
          ``shown(rows)`` rows that were not there before;
          ``unread()`` the list could not be read: the desk is damaged or out of reach.
    """

    first = Signal(object)
    hits_wanted = Signal()
    shown = Signal(object)
    unread = Signal()

    def __init__(self, session: Session, panel: ReleasePanel) -> None:
        super().__init__(session)
        self._session, self._panel = session, panel
        self.query = Query()
        self._seeking = False
        self._filled = False
        self._stale: set[int] = set()
        self._settle = pause(self, SETTLE_MS, self.refresh)
        panel.rows_wanted.connect(self._wanted)
        panel.reference_wanted.connect(self._copy_reference)
        session.entered.connect(self._entered)
        session.touched.connect(self._touched)

    def _copy_reference(self, release_id: int) -> None:
        """The reference of a release onto the clipboard, if it has one."""

        def found(rows: tuple[ReleaseRow, ...]) -> None:
            if rows and rows[0].reference:
                QGuiApplication.clipboard().setText(rows[0].reference)
                self._session.say(_("Copied {text}").format(text=rows[0].reference))

        self._session.read(partial(contents.rows, ids=[release_id]), found)

    def _entered(self) -> None:
        """Another desk: not one row of the desk before stays, even if this one cannot be read."""
        self._stale.clear()
        if self._filled:
            self._panel.show_keys(array("q"), array("q"))
        self.refresh()

    def show_glance(self, rows: tuple[ReleaseRow, ...]) -> None:
        """The first rows of the whole list of a desk that is not open yet; none: take them away."""
        self._panel.show_query(Query())
        self._panel.show_first(rows)

    def put(self, query: Query, *, seeking: bool) -> None:
        """Show the answer to this; while something is sought, somebody else reads it."""
        self.query, self._seeking = query, seeking
        self.refresh()

    def refresh(self) -> None:
        """Read the list again: its first rows at once, then the whole of it."""
        self._settle.stop()
        if self._session.archive is None:
            return
        query, now = self.query, self._session.now()
        self._panel.show_query(query)
        if self._seeking:
            self.hits_wanted.emit()
            for key in ("first", "whole"):
                self._session.lanes.read.forget(key)
            return
        self._session.read(
            partial(contents.first, query=query, limit=contents.FIRST, now=now),
            self._first,
            "first",
            self._unread,
        )
        self._session.read(partial(contents.whole, query=query, now=now), self._whole, "whole")

    @property
    def unfiltered(self) -> bool:
        """True while the list shows everything there is."""
        return self.query == Query()

    def _unread(self, error: PressDeskError) -> None:
        self._session.failed(error)
        self.unread.emit()

    def _first(self, rows: tuple[ReleaseRow, ...]) -> None:
        self._filled = True
        self._panel.show_first(rows)
        self.shown.emit(rows)
        self.first.emit(rows[0] if rows else None)

    def _whole(self, found: tuple[array[int], array[int], BucketCounts]) -> None:
        self._panel.show_keys(found[0], found[1])
        self._panel.show_counts(found[2])

    def _wanted(self, ids: list[int]) -> None:
        self._session.read(partial(contents.rows, ids=ids), self._take)

    def _take(self, rows: tuple[ReleaseRow, ...]) -> None:
        self._panel.take_rows(rows)
        self.shown.emit(rows)

    def _touched(self, changed: Changes) -> None:
        """A row that only reads differently is replaced; anything else is settled first."""
        if changed.releases and changed.moves(View.ROW):
            self._read_again(changed.releases)
        # Not begun anew: an import elsewhere would put the reading off to its end.
        if changed.moves(View.LIST) and not self._settle.isActive():
            self._settle.start()

    def _read_again(self, ids: Iterable[int]) -> None:
        """Rows may lie far below the first ones. What was asked for and did not come yet is
        asked for once more: a later question takes the place of an earlier one."""
        self._stale.update(ids)
        stale = tuple(sorted(self._stale))

        def done(rows: tuple[ReleaseRow, ...]) -> None:
            self._stale.difference_update(stale)
            self._panel.take_rows(rows)

        self._session.read(partial(contents.rows, ids=stale), done, "touched")
