"""Asks which desk on which server to open: by server and name, or by URL."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.address import Server, is_server, named, split
from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.parts import label, look

Said = tuple[str, str, str]


class ServerDialog(DialogFrame):
    """Asks for a server, the desk on it and who one is; stays until the desk is open.

    A whole address (postgresql://...) put into any field is taken apart into all three; a
    password in it is left out, the server asks for it.
    In:   ``refuse(why)`` it could not be opened; ``accept()`` it is
    Out:  ``given(Server)``; Esc gives nothing
    """

    given = Signal(object)

    def __init__(self, last: Server | None, parent: QWidget | None = None) -> None:
        super().__init__(_("Open desk on a server"), parent, width=460)
        said = _("Ask your administrator for these details.")
        self.body.addWidget(label(said, "muted", wrap=True))
        self.host, self.database, self.user = OneLine(), OneLine(), OneLine()
        self._fields = (self.host, self.database, self.user)
        self._whole: tuple[Said, Server] | None = None
        """An address, and what it looked like when it was taken apart."""
        self._long = 0
        """Letters in all fields."""
        titles = (_("Server"), _("Desk"), _("Name"))
        hints = (_("This computer"), "press", _("Same as your login"))
        for title, hint, field in zip(titles, hints, self._fields, strict=True):
            field.setPlaceholderText(hint)
            field.editingFinished.connect(self._take_apart)
            field.textEdited.connect(self._edited)
            self.add_field(title, field)
        self._wrong = label("", "bad", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        self.add_button(_("Cancel"), self.reject)
        self.go = self.add_button(_("Connect"), self._give, "filled")
        if last is not None:
            self._fill(last)
        self.host.setFocus()
        self.host.selectAll()

    def _said(self) -> Said:
        host, database, user = (field.text().strip() for field in self._fields)
        return host, database, user

    def _fill(self, server: Server) -> None:
        for field, text in zip(
            self._fields, (server.host, server.database, server.user), strict=True
        ):
            field.setText(text)
        self._whole = self._said(), server
        self._long = sum(map(len, self._said()))

    def _edited(self, _text: str) -> None:
        """What is pasted is whole, and may hold a password that nobody is to see."""
        before, self._long = self._long, sum(map(len, self._said()))
        if self._long > before + 1:
            self._take_apart()

    def _take_apart(self) -> None:
        """Once it is written out: what is half an address may still become a whole one."""
        for text in self._said():
            if is_server(text) and not text.endswith("://"):
                try:
                    self._fill(split(text)[0])
                except BadInput:
                    return  # told when it is given

    def _server(self) -> Server:
        """Raises BadInput."""
        said = self._said()
        if self._whole is None:
            return named(*said)
        as_it_was, server = self._whole
        if said == as_it_was:
            return server
        options = urlsplit(server.url).query if said[0] == as_it_was[0] else ""
        return named(*said, options)

    def refuse(self, why: str) -> None:
        """Show why the desk did not open and allow another try."""
        self._wait(False)
        self._wrong.setText(why)
        self._wrong.show()
        look(self.host, "wrong", True)
        self.host.setAccessibleDescription(why)
        self.host.setFocus()

    def _give(self) -> None:
        self._take_apart()
        self._wrong.hide()
        look(self.host, "wrong", False)
        try:
            server = self._server()
        except BadInput as error:
            self.refuse(f"{error.what} {error.hint}")
            return
        self._wait(True)
        self.given.emit(server)

    def _wait(self, waiting: bool) -> None:
        for field in (*self._fields, self.go):
            field.setEnabled(not waiting)
        self.go.setText(_("Connecting…") if waiting else _("Connect"))
