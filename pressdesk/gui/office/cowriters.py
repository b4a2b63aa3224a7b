"""Tells when someone else on the server is editing the same edition."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk.cowriters import CoWriters
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing


class OtherWriters(QObject):
    """Follows the open edition.

    Out:  ``notice(Notice)`` who else is writing it.
    """

    notice = Signal(object)

    def __init__(self, session: Session, writing: Writing) -> None:
        super().__init__(session)
        self._session = session
        self._writers = CoWriters()
        writing.shown.connect(self._shown)

    def end(self) -> None:
        """Stop announcing that this person is editing."""
        self._writers.close()

    def _shown(self, current: OpenEdition | None) -> None:
        archive = self._session.archive
        if archive is None:
            return
        mine = current.edition.id if current is not None and current.editable else 0
        work = partial(self._writers.write, archive, mine)
        self._session.lanes.outside.run(
            self, work, self._told, self._failed, key="shown", turn="present"
        )

    def _told(self, person: str) -> None:
        if person:
            what = _("Also being edited by {person}.").format(person=person)
            hint = _("Nothing is overwritten: whoever saves second sees both texts.")
            self.notice.emit(Notice(what, hint))

    def _failed(self, _error: PressDeskError) -> None:
        """A courtesy that cannot be had is no trouble of its own: the next save tells."""
