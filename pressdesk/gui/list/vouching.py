"""Holds the rows that are shown against what was issued, behind their showing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from pressdesk.base.i18n import _
from pressdesk.desk import contents
from pressdesk.gui.frame.session import Session
from pressdesk.press.listing import ReleaseRow


class Vouching(QObject):
    """In:   ``look(rows)``. The sealed sheets tell whoever altered a row with another program."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._told: set[int] = set()
        """Releases that were named; of another desk they are others."""
        session.entered.connect(self._told.clear)

    def look(self, rows: tuple[ReleaseRow, ...]) -> None:
        """Warn of rows that say something else than what was issued, once of each."""
        archive = self._session.archive
        if archive is None:
            return
        self._session.lanes.background.run(
            self,
            partial(contents.altered, archive, rows),
            self._session.here(self._tell),
            self._session.failed,
            turn="vouching",
        )

    def _tell(self, rows: tuple[ReleaseRow, ...]) -> None:
        fresh = [row for row in rows if row.id not in self._told]
        self._told.update(row.id for row in fresh)
        if fresh:
            what = _("“{title}” is not listed as it was issued.").format(title=fresh[0].first.title)
            hint = _("Somebody changed this desk with another program. Check the desk.")
            self._session.warn(what, hint)
