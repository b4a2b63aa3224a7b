"""Issuing: findings, confirmation, the seal; and what an issued edition says of itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import DeskUnreachable
from pressdesk.base.i18n import _
from pressdesk.desk import issuing
from pressdesk.gui.frame.asking import show
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.filed import Filed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pressdesk.base.errors import PressDeskError
    from pressdesk.desk.changes import Changes
    from pressdesk.desk.opening import Desk
    from pressdesk.desk.people import People
    from pressdesk.press.checks import Finding

    Close = Callable[[Desk], tuple[Filed, Changes]]
    Findings = tuple[Finding, ...]
    Found = tuple[Findings, Findings, People]


class Issuing(QObject):
    """Issues the open edition, or records it as a past item.

    In:   ``ask()``
    Out:  ``notice(Notice)``
    """

    notice = Signal(object)

    def __init__(self, session: Session, writing: Writing, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._writing, self._window = session, writing, window

    def ask(self) -> None:
        """Check the edition, then show what will be fixed and what was found."""
        self._writing.settle()
        values, current = self._writing.gather(), self._writing.current
        if values is None or current is None or not current.editable:
            return
        self._writing.flush()
        now, typed = self._session.now(), current.typed

        def find(archive: Desk) -> Found:
            return issuing.examine(archive, *values, now=now)

        def checked(found: Found) -> None:
            fresh, past, people = found
            if current is not self._writing.current:
                return
            if current.typed != typed:
                self.ask()  # what was checked is not what is on the paper any more
            elif people != (self._session.house, self._session.contacts):
                self._look_again()
            else:
                self._show(current, fresh, past)

        self._session.write(find, checked, of=())  # behind changes of letterhead and contacts

    def _look_again(self) -> None:
        """What was seen of the page is not what would go out."""
        self._session.refresh_people()
        what = _("House style or contacts were changed in another window.")
        self._session.warn(what, _("Look at the page as it is now, then issue it."))

    def _show(
        self, current: OpenEdition, fresh: tuple[Finding, ...], past: tuple[Finding, ...]
    ) -> None:
        from pressdesk.gui.paper.issue_dialog import IssueDialog

        known = {person.id: person for person in self._session.contacts}
        dialog = IssueDialog(
            current.release,
            current.edition,
            self._session.house,
            fresh,
            past,
            self._window,
            contacts=[known[n] for n in current.edition.contacts if n in known],
        )
        dialog.issue_requested.connect(lambda: self._issue(dialog.despite()))
        dialog.record_requested.connect(lambda on: self._record(on, dialog.despite()))
        show(dialog)

    def _issue(self, despite: str) -> None:
        now, uid = self._session.now(), uuid4().hex
        self._seal(
            lambda a, filed: issuing.issue(
                a, filed.release, filed.edition, now=now, uid=uid, despite=despite
            )
        )

    def _record(self, on: date, despite: str) -> None:
        now, uid = self._session.now(), uuid4().hex
        self._seal(
            lambda a, filed: issuing.record_as_issued(
                a, filed.release, filed.edition, on=on, now=now, uid=uid, despite=despite
            )
        )

    def _seal(self, work: Callable[[Desk, Filed], tuple[Filed, Changes]]) -> None:
        """Save what is on the paper first: what was shown is what is issued."""
        self._writing.hold(True)
        self._writing.save(lambda filed: self._close(lambda archive: work(archive, filed)))

    def _close(self, work: Close) -> None:
        """However often this is done, the edition is issued once."""
        here = self._session.here(self._issued)
        self._session.act(work, here, lambda error: self._refused(error, work))

    def _refused(self, error: PressDeskError, work: Close) -> None:
        self._writing.hold(False)
        if not isinstance(error, DeskUnreachable):
            self._session.failed(error)
            return
        what = _("The line to the server was cut while this was being issued.")
        hint = _("It may have gone out. Try again: it is issued once in any case.")
        again = (_("Try again"), self._session.here(partial(self._close, work)))
        self.notice.emit(Notice(what, hint, "warning", (again,), key="issue"))

    def _issued(self, filed: Filed) -> None:
        self._writing.open(filed.release.id, filed.edition.language)
        reference = filed.release.reference
        issued = _("Issued as {reference}.").format(reference=reference)
        what = issued if reference and not filed.edition.recorded_at else _("Recorded as issued.")
        self.notice.emit(Notice(what, tone="good", passing=True))
