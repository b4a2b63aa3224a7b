"""Conflicts: someone else saved the same edition first; neither text is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import EditConflict, NotFound, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import changes, settling
from pressdesk.gui.frame.asking import show
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.kit import words
from pressdesk.gui.office.waiting import Waiting
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import Filed

if TYPE_CHECKING:
    from pressdesk.desk.changes import Changes
    from pressdesk.desk.opening import Desk
    from pressdesk.desk.settling import Other
    from pressdesk.gui.office.conflict_dialog import ConflictDialog
    from pressdesk.press.release import Edition, Release

KEY = "conflict"

Work = Callable[["Desk"], "tuple[Filed | None, Changes]"]


class Conflicts(QObject):
    """Asks what to do when a save came second.

    The person may go on with the stored text, put theirs over it (the stored one stays among
    the revisions), make theirs a release of its own, or decide later. Until then the text is
    on the paper and in a file; leaving it undecided makes it a release of its own.
    Out:  ``notice(Notice)`` a decision is waiting; ``over(key)`` that notice is out of date.
    """

    notice = Signal(object)
    over = Signal(str)

    def __init__(self, session: Session, writing: Writing, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._writing, self._window = session, writing, window
        self._waiting = Waiting(session, writing)
        self._asked: tuple[OpenEdition, ConflictDialog] | None = None
        writing.conflict.connect(self._conflict)
        writing.abandoned.connect(self._keep_apart)
        writing.stored.connect(self._over)

    # --- asking

    def _conflict(self, current: OpenEdition) -> None:
        self._waiting.begin(current)
        self._look(current)

    def _look(self, current: OpenEdition) -> None:
        """Read what the other stored and find what differs, off the GUI thread."""
        if current is not self._writing.current or self._asked is not None:
            return
        self._writing.settle()
        self._writing.gather()
        mine = current.release, current.edition

        def work(archive: Desk) -> Other:
            # Loading the dialog takes milliseconds that the GUI thread has not.
            from pressdesk.gui.office import conflict_dialog  # noqa: F401

            return settling.other(archive, *mine)

        self._session.read(
            work,
            partial(self._ask, current),
            key="conflict",
            failed=partial(self._not_seen, current),
        )

    def _not_seen(self, current: OpenEdition, error: PressDeskError) -> None:
        if current is not self._writing.current:
            return
        if isinstance(error, NotFound):  # deleted for good: there is nothing to decide
            self._keep_both(current)
            return
        self._session.failed(error)
        self._remind(current)

    def _ask(self, current: OpenEdition, other: Other) -> None:
        from pressdesk.gui.office.conflict_dialog import ConflictDialog

        if current is not self._writing.current or self._asked is not None:
            return
        self._session.moved(changes.whole(current.release.id))  # the history has the other text
        if other.same:
            self._take_theirs(current, told="")
            return
        dialog = ConflictDialog(other, self._called(other), self._window)
        dialog.theirs_chosen.connect(lambda: self._take_theirs(current))
        dialog.mine_chosen.connect(lambda: self._put_mine(current, other))
        dialog.both_chosen.connect(lambda: self._keep_both(current))
        dialog.rejected.connect(lambda: self._remind(current))
        dialog.finished.connect(self._answered)
        self._asked = current, dialog
        QTimer.singleShot(0, self._open)  # to make it and to show it are two steps

    def _open(self) -> None:
        if self._asked is not None:
            show(self._asked[1])

    def _answered(self) -> None:
        self._asked = None

    def _called(self, other: Other) -> str:
        """When and by whom the other text was stored."""
        if other.at is None:
            return ""
        now = self._session.now().astimezone(zone_of(self._session.house.zone))
        at = words.moment(other.at.astimezone(now.tzinfo), now.date(), year=True)
        what = {
            "saved": _("Saved text"),
            "kept": _("Text from another window"),
            "issued": _("Issued text"),
            "trashed": _("Text in the trash"),
        }[other.how]
        return " · ".join(part for part in (what, at, other.author) if part)

    # --- deciding later

    def _remind(self, current: OpenEdition) -> None:
        """A question that can wait is a bar above the paper."""
        if current is self._writing.current:
            compare = (_("Compare…"), lambda: self._look(current))
            hint = _("Yours stays here and in a file on this computer until you decide.")
            what = _("This release has two texts. Choose which one to keep.")
            self.notice.emit(Notice(what, hint, "warning", (compare,), key=KEY))

    def _over(self, current: OpenEdition) -> None:
        """Decided, or there is nothing to decide any more."""
        if self._waiting.end(current):
            self.over.emit(KEY)

    # --- the choices

    def _take_theirs(self, current: OpenEdition, told: str | None = None) -> None:
        values = self._values(current)
        if told is None:
            told = _("This is the other text. Yours is in the history.")
        self._settle(lambda archive: settling.take_theirs(archive, *values), current, told)

    def _put_mine(self, current: OpenEdition, other: Other) -> None:
        base, values = current.known.saved.release, self._values(current)
        told = _("Your text is saved. The other one is in the history.")
        seen = other.filed
        self._settle(
            lambda archive: settling.put_mine(archive, *values, base=base, seen=seen),
            current,
            told,
        )

    def _keep_both(self, current: OpenEdition) -> None:
        values = self._values(current)
        told = _("Your text is now a separate release.")
        self._settle(lambda archive: settling.own_release(archive, *values), current, told)

    def _values(self, current: OpenEdition) -> tuple[Release, Edition]:
        self._writing.gather()
        return current.release, current.edition

    def _keep_apart(self, current: OpenEdition) -> None:
        """Left without an answer: a release of its own, so that it can be found again."""
        if self._asked is not None and self._asked[0] is current:
            self._asked[1].accept()  # the question came while another release was being read
        self._over(current)
        values = current.release, current.edition
        told = _("Another window saved “{title}” first; your text is now a separate release.")
        title = current.edition.title_or_placeholder(_("Untitled"))
        self._session.act(
            _then_drop(lambda archive: settling.own_release(archive, *values), current),
            lambda _filed: self._session.say(told.format(title=title)),
            partial(self._rescue, current, self._session.archive),
            of=(current.release.id,),
        )

    def _rescue(self, current: OpenEdition, archive: Desk | None, error: PressDeskError) -> None:
        """It left the paper and could not be stored: into a file, for the next opening."""
        self._session.failed(error)
        if archive is not None:
            self._session.put_aside(current.aside(archive))

    def _settle(self, work: Work, current: OpenEdition, told: str) -> None:
        """The text counts as unsaved until both are stored; then one of them is opened."""

        def settled(filed: Filed | None) -> None:
            if current is not self._writing.current:
                return
            self._over(current)
            self._writing.forget()
            found = filed.release.id if filed is not None else current.release.id
            self._writing.open(found, current.edition.language)
            own = filed is not None and filed.release.id != current.release.id
            said = _("Your text is now a separate release.") if own else told
            if said:
                self._session.say(said)

        def failed(error: PressDeskError) -> None:
            if isinstance(error, EditConflict | NotFound):  # it moved on: look again
                self._look(current)
                return
            self._session.failed(error)
            self._remind(current)

        self._session.act(_then_drop(work, current), settled, failed, of=(current.release.id,))


def _then_drop(work: Work, current: OpenEdition) -> Work:
    """The file goes behind the commit that makes it needless, and not before."""
    file, typed = current.stored.file, current.typed

    def done(archive: Desk) -> tuple[Filed | None, Changes]:
        result = work(archive)
        file.drop(typed)
        return result

    return done
