"""Autosaves typing to the draft row, and saves revisions."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from pressdesk.base.errors import DeskUnreachable, EditConflict, PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import drafting, editions
from pressdesk.desk.autosave import Autosave, Standing
from pressdesk.desk.editions import OpenedRelease
from pressdesk.document.nodes import Document
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.stored_edition import Attempt
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release

if TYPE_CHECKING:
    from datetime import datetime

    from pressdesk.desk.changes import Changes
    from pressdesk.desk.opening import Desk


class EditedText(Protocol):
    """The editor as far as writing needs it."""

    def tree(self) -> Document:
        """The text as it stands, in a few milliseconds."""
        ...


class Writing(QObject):
    """Keeps and saves the open edition.

    In:   ``open(id, language)``, ``edited()`` on every keystroke, ``put(field, value)``,
          ``save()``, ``discard()``, ``flush()``, ``close()``
    Out:  ``shown(OpenEdition | None)`` another edition is on the paper;
          ``standing(Standing)`` how safe the text is; ``changed()`` text or field differs;
          ``conflict(OpenEdition)`` another saved first; nothing is written until
          ``forget`` or another opening;
          ``abandoned(OpenEdition)`` it is left with that still undecided: its text is stored
          nowhere in the desk;
          ``settling()`` the text is about to be written or left: fields that are still being
          typed in are to say what they hold;
          ``held(bool)`` the text is being issued: nothing may be typed that would be lost;
          ``asked(OpenEdition)`` it is about to be written; ``stored(OpenEdition)`` it is;
          ``stuck(OpenEdition, PressDeskError)`` it could not be, and is tried again.
    """

    shown = Signal(object)
    standing = Signal(object)
    changed = Signal()
    conflict = Signal(object)
    abandoned = Signal(object)
    settling = Signal()
    held = Signal(bool)
    asked = Signal(object)
    stored = Signal(object)
    stuck = Signal(object, object)

    def __init__(self, session: Session, text: EditedText) -> None:
        super().__init__(session)
        self._session, self._text = session, text
        self.current: OpenEdition | None = None
        self._autosave, self._state = Autosave(), Standing()
        self._stale_body = False
        self._undecided = False
        self._left: dict[OpenEdition, Desk | None] = {}
        self._asked_at = 0
        self._cut: PressDeskError | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._due)

    def commands(self) -> tuple[Command, ...]:
        """To save."""
        return (
            Command(
                "save", _("Save"), self.save, "Ctrl+S", Menu.RELEASE, Need.WRITABLE | Need.DRAFT
            ),
        )

    @property
    def clean(self) -> bool:
        """True when everything on the paper is in a save and nothing is being written."""
        return self._state.tone in ("saved", "issued") and not self._autosave.writing

    @property
    def undecided(self) -> bool:
        """True while the person is asked which of two texts is to stand."""
        return self._undecided

    @property
    def busy(self) -> bool:
        """True while a write is not answered."""
        return self._autosave.writing and not self._undecided

    # --- opening

    def open(self, release_id: int, language: str | None = None) -> None:
        """Show a release; what is on the paper now is kept first."""
        self.settling.emit()
        self.flush()
        self._asked_at = self.current.typed if self.current is not None else 0
        read = partial(editions.read, release_id=release_id, language=language)
        self._session.read_written(release_id, read, self.show, "open", self._session.undone)

    def show(self, opened: OpenedRelease) -> None:
        """Put an edition on the paper; what was typed while it was read is kept first."""
        before = self.current
        self._leave()
        again = before is not None and before.editable and before.is_of(opened)
        if again and before is not None and before.typed != self._asked_at:
            self.open(opened.filed.release.id, opened.filed.edition.language)
            return
        self.current = OpenEdition(opened)
        self._autosave, self._stale_body = Autosave(), False
        kept = opened.filed.kept
        self._state = Standing(
            open=True, issued=self.current.edition.state.out, kept=kept.at if kept else None
        )
        self._timer.stop()
        self.shown.emit(self.current)
        self.standing.emit(self._state)

    def close(self) -> None:
        """Nothing on the paper; what was there is kept first."""
        self._leave()
        self.current = None
        self._state = Standing()
        self.shown.emit(None)
        self.standing.emit(self._state)

    def _leave(self) -> None:
        """The paper is about to hold something else."""
        self.settling.emit()
        current, undecided = self.current, self._undecided
        if current is None or not undecided:
            self.flush()
            return
        self.gather()
        self.forget()
        self.abandoned.emit(current)

    # --- typing

    def edited(self) -> None:
        """Handle a keystroke. Costs microseconds: the tree is read only when a write is due."""
        if self.current is None or not self.current.editable:
            return
        self._stale_body = True
        self.current.typed += 1
        self._touched()

    def put(self, name: str, value: object) -> None:
        """A field changed."""
        if self.current is None or not self.current.editable:
            return
        self.current.put(name, value)
        self._touched()

    def _touched(self) -> None:
        now = time.monotonic()
        self._autosave = self._autosave.edited(now)
        if not self._state.unsaved:
            self._state = self._state.edited()
            self.standing.emit(self._state)
        self._schedule(now)
        self.changed.emit()

    def _schedule(self, now: float) -> None:
        wait = self._autosave.wait(now)
        if wait is not None and not self._autosave.writing:
            self._timer.start(int(wait * 1000) + 1)

    def gather(self) -> tuple[Release, Edition] | None:
        """The release and edition as they stand on the screen; None when none is open.

        A field that is being typed in counts with what it said last; ``settle`` asks it.
        """
        if self.current is None:
            return None
        if self._stale_body:
            self.current.put_body(self._text.tree())
            self._stale_body = False
        return self.current.release, self.current.edition

    def hold(self, held: bool) -> None:
        """While held nothing may be typed: it would be lost."""
        self.held.emit(held)

    def settle(self) -> None:
        """Take over what stands in the fields although they still have the keyboard."""
        self.settling.emit()

    # --- keeping and saving

    def _due(self) -> None:
        now, current = time.monotonic(), self.current
        if not self._autosave.due(now):
            self._schedule(now)
            return
        unanswered = current.known.unanswered if current is not None else ()
        last = unanswered[-1] if unanswered else None
        if current is not None and last is not None and last.typed == current.typed:
            self._try(current, last)  # nothing was typed since: the save itself is repeated
        else:
            self._keep()

    def retry(self) -> None:
        """There is reason to hope: what could not be written is tried again now."""
        if self._state.failure and not self._autosave.writing:
            self._autosave = self._autosave.hurried()
            self._schedule(time.monotonic())

    def was_put_aside(self, current: OpenEdition, at: datetime) -> None:
        """The text is stored beside its desk and will be recovered when that opens again."""
        if current is self.current:
            self._state = self._state.was_put_aside(at)
            self.standing.emit(self._state)

    def _keep(self) -> None:
        values, current = self.gather(), self.current
        if values is None or current is None:
            return
        self._autosave = self._autosave.started()
        typed, archive = current.typed, self._session.archive
        work = partial(current.stored.keep, release=values[0], edition=values[1], typed=typed)
        self._left[current] = archive
        self.asked.emit(current)
        self._session.act(
            work,
            lambda at: self._kept(current, at, typed),
            lambda error: self._failed(current, archive, error),
            of=(current.release.id,),
        )

    def _kept(self, current: OpenEdition, at: object, typed: int) -> None:
        if current.typed == typed:
            self._left.pop(current, None)
        self._cut = None
        self.stored.emit(current)
        if current is not self.current:
            return
        self._autosave = self._autosave.done()
        self._state = self._state.was_kept(at, typed_since=current.typed != typed)  # type: ignore[arg-type]
        self.standing.emit(self._state)
        self._schedule(time.monotonic())

    def flush(self) -> None:
        """Write what is typed and not yet kept, at once; the write is queued, not awaited."""
        if self._autosave.first_edit is not None and not self._undecided:
            self._timer.stop()
            self._keep()

    def finish(self) -> None:
        """The end of the program: what is typed is kept before this returns, come what may."""
        self.gather()
        self._timer.stop()
        if self.current is not None and self._state.unsaved:
            self._left[self.current] = self._session.archive
        self._session.finish_writing()
        # Nobody hears any more what became of the last writes: each is done once again.
        for current, archive in self._left.items():
            if archive is not None and not self._kept_at_last(current, archive):
                self._rescue(current, archive)
        self._left.clear()

    def _kept_at_last(self, current: OpenEdition, archive: Desk) -> bool:
        """True when the text is stored; a server that did not answer is not asked again."""
        if isinstance(self._cut, DeskUnreachable):
            return False
        try:
            current.stored.keep(archive, current.release, current.edition, current.typed)
        except PressDeskError:
            return False
        return True

    def _rescue(self, current: OpenEdition, archive: Desk) -> None:
        """The last resort: a file beside its desk, taken in when that opens again."""
        try:
            current.aside(archive)()
        except PressDeskError as error:
            self._session.failed(error)

    def save(self, done: Callable[[Filed], None] = lambda _filed: None, note: str = "") -> None:
        """Ctrl+S: a revision. ``done`` runs after the commit returned."""
        self.settling.emit()
        self.gather()
        current = self.current
        if current is None or not current.editable:
            return
        self._try(current, current.attempt(note), done)

    def _try(
        self,
        current: OpenEdition,
        attempt: Attempt,
        done: Callable[[Filed], None] = lambda _filed: None,
    ) -> None:
        """What was to follow a save follows it only while the person waits for it, and never on
        another desk."""
        then = self._session.here(done)
        self._timer.stop()
        self._autosave = self._autosave.started()
        archive = self._session.archive
        work = partial(current.stored.save, attempt=attempt)
        self._left[current] = archive
        self.asked.emit(current)

        def saved(filed: Filed) -> None:
            self._saved(current, filed, attempt.typed)
            then(filed)

        failed = partial(self._failed, current, archive)
        self._session.act(work, saved, failed, of=(current.release.id,))

    def _saved(self, current: OpenEdition, filed: Filed, typed: int) -> None:
        if current.typed == typed:
            self._left.pop(current, None)
        self._cut = None
        self.stored.emit(current)
        if current is not self.current:
            return
        self._undecided = False  # whoever stood in the way took it back
        self._autosave = self._autosave.done()
        since = current.typed != typed
        self._state = self._state.was_saved(self._session.now(), typed_since=since)
        self.standing.emit(self._state)
        self._schedule(time.monotonic())

    def forget(self) -> None:
        """What is typed and not yet kept has been taken care of elsewhere."""
        self._timer.stop()
        if self.current is not None:
            self._left.pop(self.current, None)
        self._autosave, self._stale_body = Autosave(), False
        self._undecided, self._state = False, Standing()

    def discard(self) -> None:
        """Back to the last save: what was typed since is gone from the paper."""
        current = self.current
        if current is None or not current.editable:
            return
        self._timer.stop()
        self._left.pop(current, None)
        self._autosave = Autosave()
        edition, file, typed = current.edition, current.stored.file, current.typed

        def work(archive: Desk) -> tuple[Filed, Changes]:
            done = drafting.discard(archive, edition)
            file.drop(typed)
            return done

        self._session.act(
            work,
            lambda filed: self.open(filed.release.id, filed.edition.language),
            of=(edition.release_id,),
        )

    def _failed(self, current: OpenEdition, archive: Desk | None, error: PressDeskError) -> None:
        """The text stays in the editor, counts as unsaved and is tried again."""
        self._cut = error
        if current is not self.current:
            self._left.pop(current, None)
            if isinstance(error, EditConflict) and archive is self._session.archive:
                self.abandoned.emit(current)
                return
            self._session.failed(error)
            if archive is not None:
                self._session.put_aside(current.aside(archive))
            return
        self.hold(False)
        if isinstance(error, EditConflict):
            self._undecided = True
            self._autosave = Autosave(writing=True)  # the person decides before anything is written
            self._state = self._state.went_wrong(_("Not saved"))
            self.standing.emit(self._state)
            self.conflict.emit(current)
            return
        now = time.monotonic()
        self._autosave = self._autosave.failed(now)
        self._state = self._state.went_wrong(_("Not saved"))
        self.standing.emit(self._state)
        self.stuck.emit(current, error)
        self._schedule(now)
