"""The house style dialog: what is printed on every release, and its look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget
from PySide6.QtWidgets import QWidget as Widget

from pressdesk.base.i18n import _
from pressdesk.gui.desks.house_pages import DeskPage, HousePage, LookPage, SpokenPage
from pressdesk.gui.kit.asking_files import ask_file
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.leaving import typed
from pressdesk.gui.kit.parts import label, scrolled
from pressdesk.press.house import House
from pressdesk.press.release import Contact


class HouseDialog(DialogFrame):
    """Four pages of values.

    In:   the house and the contact list; ``show_logo(sha, bytes)`` after a file was read or for
          the stored one; ``refused(what)`` when it was not stored; ``accept()`` when it was
    Out:  ``save_requested(House)``; ``logo_chosen(path)`` the bytes are read elsewhere.
    Issued editions keep the style they went out with.
    """

    save_requested = Signal(object)
    logo_chosen = Signal(str)

    def __init__(
        self, house: House, contacts: Sequence[Contact], parent: Widget | None = None
    ) -> None:
        super().__init__(_("House style"), parent, width=760, height=560)
        self._house = house
        self._asked: House | None = None
        self.organisation = SpokenPage(
            (
                ("organisation", _("Organisation"), 1),
                ("unit", _("Line below the name"), 1),
                ("letterhead", _("Lines on the right"), 3),
                ("end_mark", _("End mark"), 1),
            ),
            house.languages,
        )
        self.look = LookPage()
        self.boilerplate = SpokenPage(
            (("about", _("Heading"), 1), ("boilerplate", _("Text"), 9)),
            house.languages,
            _("Printed under every release unless the release is set otherwise."),
        )
        self.desk = DeskPage(contacts, house.languages[0] if house.languages else "en")
        self.pages: tuple[tuple[str, HousePage], ...] = (
            (_("Organisation"), self.organisation),
            (_("Page"), self.look),
            (_("Boilerplate"), self.boilerplate),
            (_("Desk"), self.desk),
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for title, page in self.pages:
            page.show_house(house)
            page.changed.connect(self._changed)
            self.tabs.addTab(scrolled(page), title)
        self.add_advice(_("Issued releases keep the style they went out with."))
        self.body.addWidget(self.tabs, 1)
        self.wrong = label("", "bad", wrap=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.look.logo_wanted.connect(self._choose_logo)
        self.add_button(_("Cancel"), self.reject)
        self.save = self.add_button(_("Save"), self._save, "filled")
        self._changed()

    def unsaved(self) -> str:
        """Words while a page holds what is neither stored nor on its way there."""
        differs = self.house() not in (self._house, self._asked)
        return typed() if differs or any(page.problem() for _title, page in self.pages) else ""

    def house(self) -> House:
        """The values currently on the pages."""
        made = self._house
        for _title, page in self.pages:
            made = page.into(made)
        return made

    @Slot(str, object)
    def show_logo(self, sha: str, data: bytes) -> None:
        """The logo as it is kept with the desk; the stored one when ``sha`` is the house's."""
        if sha == self._house.look.logo:
            self.look.show_logo(data)
        else:
            self.look.set_logo(sha, data)

    @Slot(str)
    def refused(self, what: str) -> None:
        """Show why saving failed; everything typed stays."""
        self._asked = None
        self.wrong.setText(what)
        self.wrong.setVisible(bool(what))

    def _changed(self) -> None:
        self.refused("")
        self.save.setEnabled(self.house() != self._house)

    def _save(self) -> None:
        for at, (_title, page) in enumerate(self.pages):
            problem = page.problem()
            if problem:
                self.tabs.setCurrentIndex(at)
                self.refused(problem)
                return
        self._asked = self.house()
        self.save_requested.emit(self._asked)

    def _choose_logo(self) -> None:
        title, filters = _("Choose a logo"), (_("Pictures") + " (*.png *.jpg *.jpeg)",)

        def chosen(file: Path) -> None:
            self.logo_chosen.emit(str(file))

        ask_file(self, title, chosen, filters=filters, folder=Path.home())
