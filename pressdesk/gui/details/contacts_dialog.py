"""The contact list: add, edit and retire the people who answer the press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from pressdesk.base.i18n import _, interface, ngettext
from pressdesk.gui.details.contact_page import ContactPage
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.leaving import typed
from pressdesk.gui.kit.parts import button, label, scrolled, short
from pressdesk.press.listing import ReleaseRow
from pressdesk.press.release import Contact

USES_SHOWN = 3


class ContactsDialog(DialogFrame):
    """List at the left, one contact at the right.

    In:   ``show_contacts(contacts)`` after each change, ``saved(contact)`` for the one that
          was stored, ``show_used(id, rows)``, ``refused(what)``
    Out:  ``save_requested(Contact)`` a changed contact: on Save and on choosing another;
          id 0 is a new one. ``retire_requested(id, retired)``, ``used_wanted(id)``.
    """

    save_requested = Signal(object)
    retire_requested = Signal(int, bool)
    used_wanted = Signal(int)

    def __init__(
        self,
        contacts: Sequence[Contact],
        languages: Sequence[str],
        parent: Widget | None = None,
        *,
        select: int | None = None,
    ) -> None:
        super().__init__(_("Contacts"), parent, width=900, height=580)
        self._contacts: tuple[Contact, ...] = ()
        self._stored = Contact()
        self._asked: Contact | None = None
        self._filling = False
        self.list = QListWidget()
        self.list.setAccessibleName(_("Contacts"))
        self.list.setFixedWidth(230)
        self.retired = QCheckBox(_("Show retired"))
        self.page = ContactPage(languages)
        self._used = label("", "muted", wrap=True)
        self._lay_out()
        self.list.currentItemChanged.connect(self._chosen)
        self.retired.toggled.connect(lambda _on: self._fill())
        self.page.changed.connect(self._changed)
        self.show_contacts(contacts)
        if select == 0:
            self.begin_new()
        elif select is not None:
            self._select(select)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(button(_("New contact"), picture="plus", does=self.begin_new))
        left.addWidget(self.list, 1)
        left.addWidget(self.retired)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(scrolled(self.page), 1)
        right.addWidget(self._used)
        both = QHBoxLayout()
        both.setSpacing(18)
        both.addLayout(left)
        both.addLayout(right, 1)
        self.body.addLayout(both, 1)
        self.retire = button("", does=self._retire)
        self.add_left(self.retire)
        self.add_button(_("Close"), self.close)
        self.save = self.add_button(_("Save"), self.store, "filled")

    # --- in

    @Slot(object)
    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Show the list; what is being typed is not disturbed."""
        self._contacts = tuple(contacts)
        self._fill()

    @Slot(object)
    def saved(self, contact: Contact) -> None:
        """The contact that was stored, with its id and version."""
        others = tuple(known for known in self._contacts if known.id != contact.id)
        known = {person.id: person for person in self._contacts}
        known[contact.id] = contact
        self._asked = None
        self._contacts = tuple(known.values()) if contact.id in known else (*others, contact)
        if self._stored.id in (0, contact.id):
            self._stored = contact
            self._show(contact)
        self._fill()

    @Slot(int, object)
    def show_used(self, contact_id: int, rows: Sequence[ReleaseRow]) -> None:
        """Show on which releases a contact is printed."""
        if contact_id != self._stored.id:
            return
        if not rows:
            self._used.setText(_("Not on any release yet."))
            return
        names = [short(row.first.title or _("Untitled"), 80) for row in rows[:USES_SHOWN]]
        more = len(rows) - len(names)
        said = "; ".join(f"“{name}”" for name in names)
        text = _("On {list}").format(list=said)
        if more:
            text += ngettext(" and {n} more release", " and {n} more releases", more).format(n=more)
        self._used.setText(text)

    @Slot(str)
    def refused(self, what: str) -> None:
        """Show on the page why saving failed; the person can try again."""
        self._asked = None
        self.page.say(what)

    # --- what the person does

    def begin_new(self) -> None:
        """Show an empty page; the previous contact is stored first."""
        if not self.store():
            return
        self.list.setCurrentItem(None)  # type: ignore[call-overload]  # None is "no item" in Qt
        self._show(Contact())
        self.page.lines[("name", self._first_language())].setFocus()

    def store(self) -> bool:
        """Ask for what is on the page to be stored when it differs; False when it cannot be."""
        problem = self.page.problem()
        made = self.page.contact()
        if made == self._stored and not problem:
            return True
        if made == Contact() and not self._stored.id:
            return True
        self.page.say(problem)
        self.page.ways.check()
        if problem:
            return False
        if made != self._asked:
            self._asked = made
            self.save_requested.emit(made)
        return True

    def unsaved(self) -> str:
        """Words while the page holds what is neither stored nor on its way there."""
        pending = self.page.pending()  # takes over a day that is still being typed
        made = self.page.contact()
        differs = self.save.isEnabled() and made not in (self._stored, self._asked)
        return typed() if differs or pending else ""

    # --- inside

    def _first_language(self) -> str:
        return next(tag for part, tag in self.page.lines if part == "name")

    def _fill(self) -> None:
        self._filling = True
        self.list.clear()
        for person in self._contacts:
            if person.retired and not self.retired.isChecked() and person.id != self._stored.id:
                continue
            name = person.name.into(interface()) or _("Without a name")
            role = person.role.into(interface())
            item = QListWidgetItem(f"{name}\n{role}" if role else name)
            item.setData(Qt.ItemDataRole.UserRole, person.id)
            if person.retired:
                item.setText(f"{name}\n" + _("retired"))
            self.list.addItem(item)
            if person.id == self._stored.id:
                self.list.setCurrentItem(item)
        self._filling = False
        if not self._stored.id and self.page.contact() == Contact() and self.list.count():
            self.list.setCurrentRow(0)

    def _select(self, contact_id: int) -> None:
        person = next((known for known in self._contacts if known.id == contact_id), None)
        if person is None:
            return
        if person.retired:
            self.retired.setChecked(True)
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == contact_id:
                self.list.setCurrentRow(row)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if self._filling or item is None:
            return
        wanted = item.data(Qt.ItemDataRole.UserRole)
        if wanted == self._stored.id:
            return
        if not self.store():
            self._fill()
            return
        person = next((known for known in self._contacts if known.id == wanted), None)
        if person is not None:
            self._show(person)

    def _show(self, person: Contact) -> None:
        self._stored = person
        self.leaving.hide()
        self.page.show_contact(person)
        self._used.setText("")
        self.retire.setVisible(bool(person.id))
        self.retire.setText(_("Bring back") if person.retired else _("Retire"))
        self.retire.setToolTip(_("Retired contacts stay on issued releases"))
        self.save.setEnabled(False)
        if person.id:
            self.used_wanted.emit(person.id)

    def _changed(self) -> None:
        # Whether it really differs is asked when it is stored: numbers are parsed then.
        self.page.say("")
        self.save.setEnabled(True)

    def _retire(self) -> None:
        if self._stored.id and self.store():
            self.retire_requested.emit(self._stored.id, not self._stored.retired)
