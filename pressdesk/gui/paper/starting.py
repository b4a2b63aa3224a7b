"""Creates drafts: new releases, duplicates, next editions; and moves releases to the trash."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pressdesk.base.i18n import _, interface
from pressdesk.desk import drafting, editions
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.filed import Filed


class Starting(QObject):
    """Begins and ends drafts.

    In:   ``new(kind)``, ``duplicate(id)``, ``next_edition()``, ``trash(id)``, ``restore(id)``
    Out:  ``begun()`` a new draft is coming to the paper: the headline wants the keyboard;
          ``notice(Notice)``.
    """

    begun = Signal()
    notice = Signal(object)

    def __init__(self, session: Session, writing: Writing) -> None:
        super().__init__(session)
        self._session, self._writing = session, writing

    def commands(self) -> tuple[Command, ...]:
        """What can be begun with the release on the paper, and its end."""
        return (
            Command(
                "duplicate",
                _("Duplicate as new"),
                self._on_paper(self.duplicate),
                menu=Menu.RELEASE,
                needs=Need.WRITABLE | Need.OPEN,
            ),
            Command(
                "trash",
                _("Move to trash"),
                self._on_paper(self.trash),
                menu=Menu.RELEASE,
                needs=Need.WRITABLE | Need.DRAFT,
                last=True,
            ),
        )

    def _on_paper(self, done: Callable[[int], None]) -> Callable[[], None]:
        """The same with the release on the paper, if there is one."""

        def now() -> None:
            if self._writing.current is not None:
                done(self._writing.current.release.id)

        return now

    def new(self, kind: str) -> None:
        """A new release of a kind, in the person's language if it is one of the desk's."""
        self._writing.flush()
        languages, now = self._session.house.languages, self._session.now()
        language = interface() if interface() in languages else languages[0]
        self._session.act(
            lambda a: drafting.new_release(a, kind=kind, language=language, now=now),
            self._session.here(self._open),
            of=(),
        )

    def duplicate(self, release_id: int) -> None:
        """The text as last seen, as the draft of a new release."""
        self._writing.flush()
        current, now = self._writing.current, self._session.now()
        language: str | None = None
        if current is not None and current.release.id == release_id:
            language = current.edition.language
        self._session.act(
            lambda a: drafting.duplicate(
                a,
                editions.find(a, release_id, language),
                now=now,
            ),
            self._session.here(self._open),
            of=(),
        )

    def next_edition(self) -> None:
        """Go on in a new draft while the issued edition stays as it was."""
        current = self._writing.current
        if current is None or current.editable:
            return
        release_id, language = current.release.id, current.edition.language
        self._session.act(
            lambda a: drafting.new_edition(a, release_id, language),
            self._session.here(self._open),
            of=(release_id,),
        )

    def _open(self, filed: Filed) -> None:
        self._writing.open(filed.release.id, filed.edition.language)
        self.begun.emit()

    # --- trash

    def trash(self, release_id: int) -> None:
        """Move to the trash and offer undo; the paper is cleared afterwards."""
        self._writing.flush()
        self._session.act(
            lambda a: drafting.trash(a, release_id),
            self._session.here(lambda _none: self._trashed(release_id)),
            of=(release_id,),
        )

    def _trashed(self, release_id: int) -> None:
        current = self._writing.current
        if current is not None and current.release.id == release_id:
            self._writing.close()
        what = _("Moved to the trash.")
        hint = _("You can restore it for {n} days.").format(n=drafting.TRASH_DAYS)
        back = (_("Undo"), lambda: self.restore(release_id))
        self.notice.emit(Notice(what, hint, buttons=(back,)))

    def restore(self, release_id: int) -> None:
        """Out of the trash and onto the paper."""
        self._session.act(
            lambda a: drafting.restore(a, release_id),
            self._session.here(lambda _none: self._writing.open(release_id)),
            of=(release_id,),
        )
