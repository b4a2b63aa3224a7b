"""People and the house: contacts, house style and trash, each in its dialog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import PressDeskError
from pressdesk.desk import changes, drafting
from pressdesk.desk.changes import Change
from pressdesk.gui.flows.asking import show, while_open
from pressdesk.gui.flows.room import Room
from pressdesk.gui.flows.writing import Writing
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Edition

if TYPE_CHECKING:
    from pressdesk.desk.opening import Archive
    from pressdesk.gui.dialogs.contacts import ContactsDialog
    from pressdesk.gui.dialogs.house import HouseDialog
    from pressdesk.gui.dialogs.trash import TrashDialog
    from pressdesk.gui.form import Form
    from pressdesk.press.filed import TrashRow


class People(QObject):
    """Contacts, house style, trash.

    In:   ``contacts()``, ``new_contact()``, ``house()``, ``trash()``
    Out:  ``restore(id)`` a release is to come back from the trash;
          ``added(id)`` a contact made for the edition on the paper: it belongs on it.
    """

    restore = Signal(int)
    added = Signal(int)

    def __init__(self, room: Room, writing: Writing, form: Form, window: QWidget) -> None:
        super().__init__(room)
        self._room, self._writing, self._window = room, writing, window
        form.new_contact_requested.connect(self.new_contact)
        form.contact_requested.connect(self.contacts)

    # --- contacts

    def contacts(self, select: int | None = None) -> None:
        """The contact list."""
        self._open(select, for_form=False)

    def new_contact(self) -> None:
        """A new contact for the open edition."""
        self._open(0, for_form=True)

    def _open(self, select: int | None, *, for_form: bool) -> None:
        from pressdesk.desk.telephone import e164
        from pressdesk.gui.dialogs.contacts import ContactsDialog

        room, current = self._room, self._writing.current
        begun = current.edition if current is not None and for_form else None
        dialog = ContactsDialog(
            room.contacts, room.house.languages, e164, self._window, select=select
        )
        dialog.save_requested.connect(partial(self._save, dialog, begun))
        dialog.retire_requested.connect(partial(self._retire, dialog))
        dialog.used_wanted.connect(partial(self._used, dialog))
        show(dialog)

    def _save(self, dialog: ContactsDialog, begun: Edition | None, contact: Contact) -> None:
        """begun: the edition a new contact was asked for, None where it was for none"""
        told, here = while_open(dialog, dialog.saved), self._room.here(self._put_on)

        def done(stored: Contact) -> None:
            if begun is not None and not contact.id:
                here(begun, stored.id)
            told(stored)

        self._room.act(
            lambda archive: (archive.contacts.save(contact), changes.of_desk(Change.CONTACTS)),
            done,
            self._refused(dialog),
        )

    def _put_on(self, begun: Edition, contact_id: int) -> None:
        """On the form while that edition is on the paper, else straight into the desk."""
        current = self._writing.current
        if current is not None and current.edition.id == begun.id:
            self.added.emit(contact_id)
        else:
            self._room.act(lambda archive: drafting.add_contact(archive, begun, contact_id))

    def _refused(self, dialog: ContactsDialog | HouseDialog) -> Callable[[PressDeskError], None]:
        """Says why something is not stored: in the dialog, or in the window once it is left."""

        def refused(error: PressDeskError) -> None:
            dialog.refused(f"{error.what} {error.hint}".strip())

        return while_open(dialog, refused, self._room.undone)

    def _retire(self, dialog: ContactsDialog, contact_id: int, retired: bool) -> None:
        self._room.act(
            lambda archive: (
                archive.contacts.retire(contact_id, retired),
                changes.of_desk(Change.CONTACTS),
            ),
            while_open(dialog, dialog.saved),
            self._refused(dialog),
        )

    def _used(self, dialog: ContactsDialog, contact_id: int) -> None:
        self._room.read(
            lambda archive: archive.contacts.used_by(contact_id),
            while_open(dialog, partial(dialog.show_used, contact_id)),
            "used",
        )

    # --- house style

    def house(self) -> None:
        """The house style."""
        from pressdesk.gui.dialogs.house import HouseDialog

        room = self._room
        dialog = HouseDialog(room.house, room.contacts, self._window)
        logo = room.house.look.logo
        if logo:
            shown = while_open(dialog, partial(dialog.show_logo, logo))
            room.read(lambda archive: archive.blobs.get(logo), shown)
        dialog.logo_chosen.connect(partial(self._logo, dialog))
        dialog.save_requested.connect(partial(self._save_house, dialog))
        show(dialog)

    def _logo(self, dialog: HouseDialog, name: str) -> None:
        def work(archive: Archive) -> tuple[str, bytes]:
            from pressdesk.desk.logo import read_logo

            data, media_type = read_logo(Path(name))
            return archive.blobs.put(data, media_type), data

        shown = while_open(dialog, dialog.show_logo)
        self._room.write(work, lambda found: shown(*found), self._refused(dialog))

    def _save_house(self, dialog: HouseDialog, house: House) -> None:
        leave = while_open(dialog, dialog.accept)
        self._room.act(
            lambda archive: (archive.houses.save(house), changes.of_desk(Change.HOUSE)),
            lambda _stored: leave(),
            self._refused(dialog),
        )

    # --- trash

    def trash(self) -> None:
        """What was deleted and can be brought back."""
        self._room.read(lambda archive: archive.trash.all(), self._show_trash)

    def _show_trash(self, rows: tuple[TrashRow, ...]) -> None:
        from pressdesk.desk.drafting import TRASH_DAYS
        from pressdesk.gui.dialogs.trash import TrashDialog

        dialog = TrashDialog(rows, self._window, days=TRASH_DAYS)
        dialog.restore_requested.connect(partial(self._restore, dialog))
        show(dialog)

    def _restore(self, dialog: TrashDialog, release_id: int) -> None:
        self.restore.emit(release_id)
        shown = while_open(dialog, dialog.show_rows)
        self._room.write(lambda archive: archive.trash.all(), shown)
