"""Opens the contact list; a contact created for an edition is added to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.desk import drafting, people
from pressdesk.gui.frame.asking import refusal, show, while_open
from pressdesk.gui.frame.commands import Command, Menu, Need
from pressdesk.gui.frame.session import Session
from pressdesk.press.release import Contact, Edition

if TYPE_CHECKING:
    from pressdesk.gui.details.contacts_dialog import ContactsDialog
    from pressdesk.gui.details.form import Form


class People(QObject):
    """The contacts of the desk.

    In:   ``contacts()``, ``new_contact()``
    Out:  ``added(id)`` a contact made for the edition on the paper: it belongs on it.

    on_paper  the edition that is open now
    """

    added = Signal(int)

    def __init__(
        self,
        session: Session,
        on_paper: Callable[[], Edition | None],
        form: Form,
        window: QWidget,
    ) -> None:
        super().__init__(session)
        self._session, self._on_paper, self._window = session, on_paper, window
        form.new_contact_requested.connect(self.new_contact)
        form.contact_requested.connect(self.contacts)

    def commands(self) -> tuple[Command, ...]:
        """The contact list."""
        return (
            Command(
                "contacts", _("Contacts…"), self.contacts, menu=Menu.HOUSE, needs=Need.WRITABLE
            ),
        )

    def contacts(self, select: int | None = None) -> None:
        """The contact list."""
        self._open(select, for_form=False)

    def new_contact(self) -> None:
        """A new contact for the open edition."""
        self._open(0, for_form=True)

    def _open(self, select: int | None, *, for_form: bool) -> None:
        from pressdesk.gui.details.contacts_dialog import ContactsDialog

        session, begun = self._session, self._on_paper() if for_form else None
        dialog = ContactsDialog(
            session.contacts, session.house.languages, self._window, select=select
        )
        dialog.save_requested.connect(partial(self._save, dialog, begun))
        dialog.retire_requested.connect(partial(self._retire, dialog))
        dialog.used_wanted.connect(partial(self._used, dialog))
        show(dialog)

    def _save(self, dialog: ContactsDialog, begun: Edition | None, contact: Contact) -> None:
        """begun: the edition a new contact was asked for, None where it was for none"""
        told, here = while_open(dialog, dialog.saved), self._session.here(self._put_on)

        def done(stored: Contact) -> None:
            if begun is not None and not contact.id:
                here(begun, stored.id)
            told(stored)

        self._session.act(
            partial(people.save_contact, contact=contact),
            done,
            refusal(dialog, dialog.refused, self._session.undone),
        )

    def _put_on(self, begun: Edition, contact_id: int) -> None:
        """On the form while that edition is on the paper, else straight into the desk."""
        current = self._on_paper()
        if current is not None and current.id == begun.id:
            self.added.emit(contact_id)
        else:
            add = partial(drafting.add_contact, to=begun, contact_id=contact_id)
            self._session.act(add, of=(begun.release_id,))

    def _retire(self, dialog: ContactsDialog, contact_id: int, retired: bool) -> None:
        self._session.act(
            partial(people.retire, contact_id=contact_id, retired=retired),
            while_open(dialog, dialog.saved),
            refusal(dialog, dialog.refused, self._session.undone),
            of=(),
        )

    def _used(self, dialog: ContactsDialog, contact_id: int) -> None:
        self._session.read(
            partial(people.used_by, contact_id=contact_id),
            while_open(dialog, partial(dialog.show_used, contact_id)),
            "used",
        )
