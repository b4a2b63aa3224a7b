"""Conflicts: another window or program saved the same edition first; neither text is lost."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pressdesk.desk import drafting
from pressdesk.gui.flows.open_edition import OpenEdition
from pressdesk.gui.flows.room import Room
from pressdesk.gui.flows.writing import Writing
from pressdesk.press.filed import Filed


class Conflicts(QObject):
    """Asks what to do when a save came second.

    The person may go on with the stored text, put theirs over it (the stored one stays among
    the revisions), or make theirs a release of its own.
    """

    def __init__(self, room: Room, writing: Writing, window: QWidget) -> None:
        super().__init__(room)
        self._room, self._writing, self._window = room, writing, window
        writing.conflict.connect(self._conflict)

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
        dialog.mine_chosen.connect(lambda: self._put_mine(current, theirs))
        dialog.both_chosen.connect(lambda: self._keep_both(current))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_theirs(self, current: OpenEdition) -> None:
        self._writing.forget()
        self._writing.open(current.release.id, current.edition.language)

    def _put_mine(self, current: OpenEdition, theirs: Filed) -> None:
        current.moved(theirs)
        self._writing.go_on()
        self._writing.save()

    def _keep_both(self, current: OpenEdition) -> None:
        mine = Filed(current.release, current.edition)
        now = self._room.now()
        self._writing.forget()
        self._room.act(
            lambda archive: drafting.duplicate(archive, mine, now=now),
            lambda filed: self._writing.open(filed.release.id, filed.edition.language),
        )
