"""Saved searches and bookmarks of this person on this desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pressdesk.base import settings
from pressdesk.base.settings import Settings
from pressdesk.desk import remembering
from pressdesk.gui.frame.session import Session
from pressdesk.gui.list.search_field import SearchField


class Remembering(QObject):
    """Reads and writes the settings on the write lane; knows them by heart in between.

    In:   ``searched(text)``, ``toggle_search(text)``, ``toggle_bookmark(release_id)``
    Out:  ``bookmarks_changed()``; ``bookmarks`` holds them.
    """

    bookmarks_changed = Signal()

    def __init__(self, session: Session, field: SearchField) -> None:
        super().__init__(session)
        self._session, self._field = session, field
        self.bookmarks: tuple[int, ...] = ()
        session.entered.connect(self._entered)
        field.save_wanted.connect(self.toggle_search)

    def searched(self, text: str) -> None:
        """This was sought and looked at."""
        self._change(lambda now, uid: remembering.searched(now, uid, text))

    def toggle_search(self, text: str) -> None:
        """Keep a search, or let it go."""
        self._change(lambda now, uid: remembering.toggle_saved(now, uid, text))

    def toggle_bookmark(self, release_id: int) -> None:
        """Put a bookmark into a release, or take it out."""
        self._change(lambda now, uid: remembering.toggle_bookmark(now, uid, release_id))

    def _entered(self) -> None:
        uid = self._uid()
        lane = self._session.lanes.write
        lane.run(self, settings.load, lambda now: self._show(now, uid), self._session.failed)

    def _change(self, edit: Callable[[Settings, str], Settings]) -> None:
        uid = self._uid()
        if not uid:
            return

        def work() -> Settings:
            return settings.change(lambda now: edit(now, uid))

        self._session.lanes.write.run(
            self, work, lambda now: self._show(now, uid), self._session.failed
        )

    def _uid(self) -> str:
        return self._session.archive.uid if self._session.archive is not None else ""

    def _show(self, now: Settings, uid: str) -> None:
        if uid != self._uid():
            return
        self._field.show_searches(remembering.saved(now, uid), remembering.recent(now, uid))
        marks = remembering.bookmarks(now, uid)
        if marks != self.bookmarks:
            self.bookmarks = marks
            self.bookmarks_changed.emit()
