"""History of the open release: its revisions, comparing them, restoring one."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import NotFound, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.base.settings import Settings
from pressdesk.desk import history
from pressdesk.desk.changes import Changes, View
from pressdesk.desk.telling import DeedTold
from pressdesk.gui.frame.asking import show
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.session import Session
from pressdesk.gui.history.panel import HistoryPanel
from pressdesk.gui.kit import words
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.differing import VersionDiff
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import Filed, RevisionInfo

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk


class History(QObject):
    """The story of the History pane.

    In:   ``save_with_note()``, ``sign(Settings)`` another name was chosen
    Listens to the writing and to the session; the pane always shows the release on the paper.
    """

    def __init__(
        self, session: Session, writing: Writing, panel: HistoryPanel, window: QWidget
    ) -> None:
        super().__init__(session)
        self._session, self._writing, self._panel, self._window = session, writing, panel, window
        self._found: tuple[RevisionInfo, ...] = ()
        self._deeds: tuple[DeedTold, ...] = ()
        self._known: OpenEdition | None = None
        """Whose revisions those are."""
        panel.compare_wanted.connect(self._compare)
        panel.restore_wanted.connect(self._restore)
        panel.named.connect(self._name)
        writing.shown.connect(self._shown)
        session.touched.connect(self._touched)
        session.entered.connect(self._entered)

    def commands(self) -> tuple[Command, ...]:
        """To save with a word on what it is."""
        return (
            Command(
                "save_note",
                _("Save with a note…"),
                self.save_with_note,
                "Ctrl+Shift+S",
                Menu.RELEASE,
                Need.WRITABLE | Need.DRAFT,
            ),
        )

    # --- what the pane shows

    def _entered(self) -> None:
        zone = zone_of(self._session.house.zone)
        self._panel.set_clock(lambda: self._session.now().astimezone(zone))
        if not self._session.read_only:
            now = self._session.now()
            self._session.write(
                lambda archive: history.thin(archive, now=now), lambda _number: None, of=()
            )

    def _shown(self, current: OpenEdition | None) -> None:
        self._panel.set_blank(True)
        if current is None:
            self._session.lanes.read.forget("history")
        else:
            self._read(current)

    def _touched(self, changed: Changes) -> None:
        current = self._writing.current
        if current is None:
            return
        if changed.moves_of(current.release.id, View.HISTORY):
            self._read(current)
        elif changed.moves_of(current.release.id, View.DRAFT) and self._known is current:
            self._show(current, (self._found, self._deeds))

    def _read(self, current: OpenEdition) -> None:
        release_id, language = current.release.id, current.edition.language

        def work(archive: Desk) -> tuple[tuple[RevisionInfo, ...], tuple[DeedTold, ...]]:
            found = history.history(archive, release_id, language)
            return found, history.deeds(archive, release_id, language)

        self._session.read(work, partial(self._show, current), "history", self._unread)

    def _unread(self, error: PressDeskError) -> None:
        """What has gone has no history: it is about to leave the paper, and who took it away
        says so."""
        if not isinstance(error, NotFound):
            self._session.failed(error)

    def _show(
        self,
        current: OpenEdition,
        read: tuple[tuple[RevisionInfo, ...], tuple[DeedTold, ...]],
    ) -> None:
        if current is not self._writing.current:
            return
        found, deeds = read
        self._found, self._deeds, self._known = found, deeds, current
        writable = not self._session.read_only
        kept = self._kept(current, found)
        editable = current.editable and writable
        self._panel.show_revisions(found, kept, deeds=deeds, editable=editable, writable=writable)

    def _kept(self, current: OpenEdition, found: tuple[RevisionInfo, ...]) -> datetime | None:
        """When autosave last kept what is no revision yet, in the desk or beside it."""
        if current.stored.file.there:
            return self._session.now()
        kept = current.known.kept_at
        return kept if kept is not None and (not found or kept > found[0].at) else None

    # --- comparing

    def _compare(self, old: int, new: int) -> None:
        self._writing.settle()
        now, current = self._writing.gather(), self._writing.current

        def work(archive: Desk) -> VersionDiff:
            # Loading the dialog takes milliseconds that the GUI thread has not.
            from pressdesk.gui.history import compare_dialog  # noqa: F401

            return history.compare(archive, old, new, current=now)

        self._session.read(
            work,
            partial(self._show_difference, current, old, new),
            key="compare",
        )

    def _show_difference(
        self, asked: OpenEdition | None, old: int, new: int, found: VersionDiff
    ) -> None:
        from pressdesk.gui.history.compare_dialog import CompareDialog

        if asked is None or asked is not self._writing.current:
            return  # another release is on the paper by now
        older = self._info(old)
        restoring = ""
        if older is not None and not self._session.read_only:
            restoring = _("Restore revision {n}").format(n=older.number)
        dialog = CompareDialog(
            found, self._called(old), self._called(new), self._window, restoring=restoring
        )
        dialog.restore_wanted.connect(lambda: self._restore(old))
        # To make it and to show it are two steps.
        QTimer.singleShot(0, dialog, partial(show, dialog))

    def _info(self, revision_id: int) -> RevisionInfo | None:
        return next((one for one in self._found if one.id == revision_id), None)

    def _called(self, revision_id: int) -> str:
        one = self._info(revision_id)
        if one is None:
            return _("Current text")
        now = self._session.now().astimezone(zone_of(self._session.house.zone))
        at = words.moment(one.at.astimezone(now.tzinfo), now.date(), year=True)
        called = _("Revision {n}").format(n=one.number)
        if one.edition != self._found[0].edition:
            called = _("Edition {edition}, revision {n}").format(edition=one.edition, n=one.number)
        return " · ".join(part for part in (called, one.name, at, one.author) if part)

    # --- restoring and naming

    def _restore(self, revision_id: int) -> None:
        """What is typed is kept first; restoring makes a revision of it."""
        one = self._info(revision_id)
        self._writing.settle()
        self._writing.gather()
        self._writing.flush()

        def restored(filed: Filed) -> None:
            self._writing.open(filed.release.id, filed.edition.language)
            if one is not None:
                said = _("Revision {n} is the draft again. The previous text is in the history.")
                self._session.say(said.format(n=one.number))

        here = self._session.here(restored)
        self._session.act(lambda archive: history.restore(archive, revision_id), here)

    def _name(self, revision_id: int, text: str) -> None:
        current = self._writing.current

        def named(_nothing: None) -> None:
            if current is not None and current is self._writing.current:
                self._read(current)

        self._session.act(lambda archive: history.name(archive, revision_id, text), named)

    # --- saving with a note, and whose hand it is

    def save_with_note(self) -> None:
        """Ctrl+Shift+S."""
        from pressdesk.gui.history.note_dialog import NoteDialog

        if self._writing.current is None or not self._writing.current.editable:
            return
        dialog = NoteDialog(self._window)
        dialog.noted.connect(lambda note: self._writing.save(note=note))
        show(dialog)

    def sign(self, chosen: Settings) -> None:
        """Another name was chosen: the next revision bears it."""
        archive: Desk | None = self._session.archive
        if archive is not None:
            history.sign(archive, chosen.author)
