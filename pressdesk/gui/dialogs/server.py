"""Which desk of which server to open: asked for in a person's words, or by a whole address."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.address import Server, is_server, named, split
from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.gui.dialogs.frame import Frame
from pressdesk.gui.fields import Line
from pressdesk.gui.parts import label, look, row
from pressdesk.gui.sections import LABEL_WIDTH


class ServerDialog(Frame):
    """Asks for a server, the desk on it and who one is; stays until the desk is open.

    A whole address (postgresql://…) put into the first field is taken apart into all three; a
    password in it is left out, the server asks for it.
    In:   ``refuse(why)`` it could not be opened; ``accept()`` it is
    Out:  ``given(Server)``; Esc gives nothing
    """

    given = Signal(object)

    def __init__(self, last: Server | None, parent: QWidget | None = None) -> None:
        super().__init__(_("Open a desk on a server"), parent, width=460)
        said = _("Whoever looks after the server of your office knows these.")
        self.body.addWidget(label(said, "muted", wrap=True))
        self.host, self.database, self.user = Line(), Line(), Line()
        self.host.setPlaceholderText(_("This computer"))
        self.database.setPlaceholderText("press")
        self.user.setPlaceholderText(_("As you log in"))
        self._options = ""
        for title, field in (
            (_("Server"), self.host),
            (_("Desk"), self.database),
            (_("Name"), self.user),
        ):
            self._lay(title, field)
        self._wrong = label("", "bad", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        self.add_button(_("Cancel"), self.reject)
        self.go = self.add_button(_("Connect"), self._give, "filled")
        if last is not None:
            self._fill(last)
        self.host.textEdited.connect(self._edited)
        self.host.setFocus()
        self.host.selectAll()

    def _lay(self, title: str, field: Line) -> None:
        said = label(title, "muted")
        said.setFixedWidth(LABEL_WIDTH)
        said.setBuddy(field)
        field.setAccessibleName(title)
        line = row(said, field)
        line.setStretch(1, 1)
        self.body.addLayout(line)

    def _fill(self, server: Server) -> None:
        self.host.setText(server.host)
        self.database.setText(server.database)
        self.user.setText(server.user)
        self._options = urlsplit(server.url).query

    def _edited(self, text: str) -> None:
        if not is_server(text.strip()):
            self._options = ""  # of another server
            return
        try:
            self._fill(split(text.strip())[0])
        except BadInput:
            return  # not finished yet; told when it is given

    def refuse(self, why: str) -> None:
        """Say why the desk did not open, and let another be named."""
        self._wait(False)
        self._wrong.setText(why)
        self._wrong.show()
        self.adjustSize()
        look(self.host, "wrong", True)
        self.host.setAccessibleDescription(why)
        self.host.setFocus()

    def _give(self) -> None:
        self._wrong.hide()
        look(self.host, "wrong", False)
        fields = (self.host, self.database, self.user)
        host, database, user = (field.text().strip() for field in fields)
        try:
            server = named(host, database, user, self._options)
        except BadInput as error:
            self.refuse(f"{error.what} {error.hint}")
            return
        self._wait(True)
        self.given.emit(server)

    def _wait(self, waiting: bool) -> None:
        for field in (self.host, self.database, self.user, self.go):
            field.setEnabled(not waiting)
        self.go.setText(_("Connecting…") if waiting else _("Connect"))
