"""Issues an edition: findings, confirmation, sealing; and how an issued edition is shown."""

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
from pressdesk.gui.frame.commands import Command, Need
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.filed import Filed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressdesk.base.errors import PressDeskError
    from pressdesk.desk.changes import Changes
    from pressdesk.desk.opening import Desk
    from pressdesk.desk.people import People
    from pressdesk.gui.details.form import Form
    from pressdesk.press.checks import Finding

    Close = Callable[[Desk], tuple[Filed, Changes]]
    Findings = tuple[Finding, ...]
    Found = tuple[Findings, Findings, People]


class Issuing(QObject):
    """Issues the open edition, or records it as a past item.

    In:   ``go_on()``, ``ask()``
    Out:  ``notice(Notice)``; ``form_wanted()`` a field of it stands in the way;
          ``next_wanted()`` what is on the paper is out: its next edition is to begin.
    """

    notice = Signal(object)
    form_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, session: Session, writing: Writing, form: Form, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._writing, self._form, self._window = session, writing, form, window

    def commands(self) -> tuple[Command, ...]:
        """To issue."""
        needs = Need.WRITABLE | Need.DRAFT
        return (Command("issue", _("Issue…"), self.go_on, needs=needs),)

    def go_on(self) -> None:
        """Issue the draft on the paper, or begin the next edition of what is out.

        Nothing goes out past an embargo that was typed and could not be read.
        """
        current = self._writing.current
        if current is None or not current.editable:
            self.next_wanted.emit()
            return
        name = self._form.incomplete("embargo", "date")
        if not name:
            self.ask()
            return
        self.form_wanted.emit()
        self._form.focus_field(name)
        what = _("“{field}” is incomplete.").format(field=self._form.label_of(name))
        self._session.warn(what, _("Complete or clear it before issuing."))

    def ask(self) -> None:
        """Check the edition, then show what will be fixed and what was found."""
        self._writing.settle()
        values, current = self._writing.gather(), self._writing.current
        if values is None or current is None or not current.editable:
            return
        self._writing.flush()
        self._session.doubt_told()
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
        what = _("The house style or contacts were changed in another window.")
        self._session.warn(what, _("Check the page as it is now, then issue it."))

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
        issue = partial(issuing.issue, sure=self._session.sure())
        dialog.issue_requested.connect(lambda: self._seal(issue, dialog.despite()))
        dialog.record_requested.connect(
            lambda on: self._seal(partial(issuing.record_as_issued, on=on), dialog.despite())
        )
        show(dialog)

    def _seal(self, issue: Callable[..., tuple[Filed, Changes]], despite: str) -> None:
        """Save what is on the paper first: what was shown is what is issued."""
        sealed = partial(issue, now=self._session.now(), uid=uuid4().hex, despite=despite)
        self._writing.hold(True)
        self._writing.save(
            lambda filed: self._close(lambda a: sealed(a, filed.release, filed.edition))
        )

    def _close(self, work: Close) -> None:
        """However often this is done, the edition is issued once."""
        here = self._session.here(self._issued)
        self._session.act(work, here, lambda error: self._refused(error, work))

    def _refused(self, error: PressDeskError, work: Close) -> None:
        self._writing.hold(False)
        if not isinstance(error, DeskUnreachable):
            self._session.failed(error)
            return
        what = _("The connection was lost while issuing.")
        hint = _("It may have been issued. Try again: nothing is ever issued twice.")
        again = (_("Try again"), self._session.here(partial(self._close, work)))
        self.notice.emit(Notice(what, hint, "warning", (again,), key="issue"))

    def _issued(self, filed: Filed) -> None:
        self._writing.open(filed.release.id, filed.edition.language)
        reference = filed.release.reference
        issued = _("Issued as {reference}.").format(reference=reference)
        what = issued if reference and not filed.edition.recorded_at else _("Recorded as issued.")
        self.notice.emit(Notice(what, tone="good", passing=True))
