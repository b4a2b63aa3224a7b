"""Conflicts: another window or program saved the same edition first; neither text is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.desk import drafting, settling
from pressdesk.gui.flows.open_edition import OpenEdition
from pressdesk.gui.flows.room import Room
from pressdesk.gui.flows.writing import Writing
from pressdesk.press.filed import Filed

if TYPE_CHECKING:
    from pressdesk.desk.changes import Changes
    from pressdesk.desk.opening import Archive


class Conflicts(QObject):
    """Asks what to do when a save came second.

    The person may go on with the stored text, put theirs over it (the stored one stays among
    the revisions), or make theirs a release of its own.
    """

    def __init__(self, room: Room, writing: Writing, window: QWidget) -> None:
        super().__init__(room)
        self._room, self._writing, self._window = room, writing, window
        writing.conflict.connect(self._conflict)
        writing.abandoned.connect(self._keep_apart)

    def _conflict(self, current: OpenEdition) -> None:
        release_id, language = current.release.id, current.edition.language
        self._room.write(
            lambda archive: archive.releases.find(release_id, language=language),
            lambda theirs: self._ask(current, theirs),
        )

    def _ask(self, current: OpenEdition, theirs: Filed) -> None:
        from pressdesk.gui.dialogs.conflict import ConflictDialog

        if current is not self._writing.current:
            return
        self._writing.gather()
        dialog = ConflictDialog(current.edition, theirs.current()[1], self._window)
        dialog.theirs_chosen.connect(lambda: self._take_theirs(current))
        dialog.mine_chosen.connect(lambda: self._put_mine(current))
        dialog.both_chosen.connect(lambda: self._keep_both(current))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_theirs(self, current: OpenEdition) -> None:
        now, values = self._room.now(), (current.release, current.edition)
        self._settle(lambda archive: settling.take_theirs(archive, *values, now=now), current)

    def _put_mine(self, current: OpenEdition) -> None:
        base, values = current.saved.release, (current.release, current.edition)
        self._settle(lambda archive: settling.put_mine(archive, *values, base=base), current)

    def _keep_both(self, current: OpenEdition) -> None:
        mine = Filed(current.release, current.edition)
        now = self._room.now()
        self._settle(lambda archive: drafting.duplicate(archive, mine, now=now), current)

    def _keep_apart(self, current: OpenEdition) -> None:
        """Left without an answer: a release of its own, so that it can be found again."""
        mine, now = Filed(current.release, current.edition), self._room.now()
        told = _("Another window saved “{title}” first: your text is a release of its own.")
        title = current.edition.title_or_placeholder(_("Untitled"))
        self._room.act(
            lambda archive: drafting.duplicate(archive, mine, now=now),
            lambda _filed: self._room.remark.emit(told.format(title=title)),
        )

    def _settle(
        self, work: Callable[[Archive], tuple[Filed | None, Changes]], current: OpenEdition
    ) -> None:
        """The text counts as unsaved until both are stored; then one of them is opened."""

        def settled(filed: Filed | None) -> None:
            if current is self._writing.current:
                self._writing.forget()
            found = filed.release.id if filed is not None else current.release.id
            self._writing.open(found, current.edition.language)

        self._room.act(work, settled)
