"""Changes by others to the open release: shown, or announced while it is being edited."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from pressdesk.base.errors import PressDeskError
from pressdesk.base.i18n import _
from pressdesk.desk import editions
from pressdesk.desk.editions import OpenedRelease
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.gui.paper.place import Spot
from pressdesk.gui.paper.writing import Writing
from pressdesk.press.filed import Stands

KEY = "others"


class MovablePaper(Protocol):
    """The paper as far as others move it."""

    def spot(self) -> Spot:
        """Where the cursor and the page are."""
        ...

    def go_back(self, was: Spot) -> None:
        """Be there again."""
        ...


class Others(QObject):
    """Follows what is stored of the open release on a server.

    A text without unsaved words is read again where it stands; a text that is being written
    stays as it is until it is saved.
    Out:  ``notice(Notice)``; ``over(key)`` that notice is out of date.
    """

    notice = Signal(object)
    over = Signal(str)

    def __init__(self, session: Session, writing: Writing, paper: MovablePaper) -> None:
        super().__init__(session)
        self._session, self._writing, self._paper = session, writing, paper
        self._owed = False
        """Something was heard and could not be looked at: it is, at the next chance."""
        session.others.connect(self._heard)
        session.reachable.connect(self._pay)
        writing.stored.connect(self._pay)
        writing.stuck.connect(self._pay)
        writing.shown.connect(self._forget)
        writing.shown.connect(lambda _current: self.over.emit(KEY))

    def _heard(self, ids: tuple[int, ...]) -> None:
        current = self._writing.current
        if current is not None and current.release.id in ids:
            self._ask()

    def _ask(self) -> None:
        current = self._writing.current
        if current is not None:
            edition_id = current.edition.id
            look = partial(self._look, current)
            self._owed = False
            ask = partial(editions.stands, edition_id=edition_id)
            self._session.read(ask, look, "stands", self._later)

    def _pay(self, *_news: object) -> None:
        if self._owed:
            self._ask()

    def _forget(self, _current: OpenEdition | None) -> None:
        self._owed = False

    def _later(self, _error: PressDeskError) -> None:
        self._owed = True

    def _look(self, current: OpenEdition, stands: Stands | None) -> None:
        if current is not self._writing.current or self._writing.undecided:
            return
        if self._writing.busy or current.known.unanswered:
            self._owed = True  # what was heard may be our own save, not answered yet
        elif stands is None:
            self._gone(current)
        elif not current.known.follows(stands):
            self._changed(current, stands)

    def _changed(self, current: OpenEdition, stands: Stands) -> None:
        self._writing.settle()
        if not self._untouched():
            self._tell(stands)
            return
        release_id, language = current.release.id, current.edition.language
        read = partial(editions.read, release_id=release_id, language=language)
        self._session.read(read, partial(self._show, current, stands), "others", self._later)

    def _untouched(self) -> bool:
        """Nothing is typed, and no dialog shows what would be another text underneath."""
        return self._writing.clean and QApplication.activeModalWidget() is None

    def _show(self, current: OpenEdition, stands: Stands, opened: OpenedRelease) -> None:
        if current is not self._writing.current or not current.is_of(opened):
            return
        self._writing.settle()
        if not self._untouched():
            self._tell(stands)
            return
        spot = self._paper.spot()
        self._writing.show(opened)
        self._paper.go_back(spot)
        said = _("Changed just now by {person}.").format(person=_named(stands))
        self.notice.emit(Notice(said, passing=True))

    def _tell(self, stands: Stands) -> None:
        what = _("Another text of this release was saved by {person}.")
        hint = _("Yours is unchanged. When you save it, you will see both.")
        self.notice.emit(Notice(what.format(person=_named(stands)), hint, key=KEY))

    def _gone(self, current: OpenEdition) -> None:
        what = _("Someone else moved “{title}” to the trash.")
        said = what.format(title=current.edition.title_or_placeholder(_("Untitled")))
        if self._writing.clean:
            self._writing.close()
            self.notice.emit(Notice(said, passing=True))
        else:
            hint = _("Your text stays here; you can save it once the release is restored.")
            self.notice.emit(Notice(said, hint, "warning", key=KEY))


def _named(stands: Stands) -> str:
    return stands.author or _("someone else")
