"""People and the house: contacts, house style and trash, each in its dialog."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.errors import PressDeskError
from pressdesk.desk.changes import Changes
from pressdesk.gui.flows.room import Room
from pressdesk.press.house import House
from pressdesk.press.release import Contact

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
          ``added(id)`` a contact made from the form: it belongs on the open edition.
    """

    restore = Signal(int)
    added = Signal(int)

    def __init__(self, room: Room, form: Form, window: QWidget) -> None:
        super().__init__(room)
        self._room, self._window = room, window
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

        room = self._room
        dialog = ContactsDialog(
            room.contacts, room.house.languages, e164, self._window, select=select
        )
        dialog.save_requested.connect(partial(self._save, dialog, for_form))
        dialog.retire_requested.connect(partial(self._retire, dialog))
        dialog.used_wanted.connect(partial(self._used, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, dialog: ContactsDialog, for_form: bool, contact: Contact) -> None:
        def done(stored: Contact) -> None:
            dialog.saved(stored)
            self._room.refresh_people()
            if for_form and not contact.id:
                self.added.emit(stored.id)

        self._room.act(
            lambda archive: (archive.contacts.save(contact), Changes(contacts=True)),
            done,
            lambda error: dialog.refused(f"{error.what} {error.hint}".strip()),
        )

    def _retire(self, dialog: ContactsDialog, contact_id: int, retired: bool) -> None:
        def done(stored: Contact) -> None:
            dialog.saved(stored)
            self._room.refresh_people()

        self._room.act(
            lambda archive: (
                archive.contacts.retire(contact_id, retired),
                Changes(contacts=True),
            ),
            done,
            lambda error: dialog.refused(f"{error.what} {error.hint}".strip()),
        )

    def _used(self, dialog: ContactsDialog, contact_id: int) -> None:
        self._room.read(
            lambda archive: archive.contacts.used_by(contact_id),
            partial(dialog.show_used, contact_id),
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
            room.read(lambda archive: archive.blobs.get(logo), partial(dialog.show_logo, logo))
        dialog.logo_chosen.connect(partial(self._logo, dialog))
        dialog.save_requested.connect(partial(self._save_house, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _logo(self, dialog: HouseDialog, name: str) -> None:
        def work(archive: Archive) -> tuple[str, bytes]:
            from pressdesk.desk.logo import read_logo

            data, media_type = read_logo(Path(name))
            return archive.blobs.put(data, media_type), data

        def failed(error: PressDeskError) -> None:
            dialog.refused(f"{error.what} {error.hint}".strip())

        self._room.write(work, lambda found: dialog.show_logo(*found), failed)

    def _save_house(self, dialog: HouseDialog, house: House) -> None:
        def failed(error: PressDeskError) -> None:
            dialog.refused(f"{error.what} {error.hint}".strip())

        def done(_stored: House) -> None:
            dialog.accept()
            self._room.refresh_people()

        self._room.act(
            lambda archive: (archive.houses.save(house), Changes(house=True, listing=True)),
            done,
            failed,
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
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _restore(self, dialog: TrashDialog, release_id: int) -> None:
        self.restore.emit(release_id)
        self._room.write(lambda archive: archive.trash.all(), dialog.show_rows)
