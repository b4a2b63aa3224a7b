"""Asks for the password of a server; it is forgotten with the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pressdesk.base.address import Server
from pressdesk.base.i18n import _
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.parts import label, look, row
from pressdesk.gui.kit.sections import LABEL_WIDTH


class PasswordDialog(DialogFrame):
    """Asks who one is and for the password; stays until the server said yes.

    In:   ``refuse(why)`` the server said no; ``accept()`` it said yes
    Out:  ``given(user, password, remember)``; Esc gives nothing
    The password is in this field only and is cleared with it.
    """

    given = Signal(str, str, bool)

    def __init__(
        self, server: Server, parent: QWidget | None = None, *, can_keep: bool, why: str = ""
    ) -> None:
        super().__init__(_("Password"), parent, width=440)
        asks = _("The server of the desk “{desk}” needs your user name and password.")
        self.body.addWidget(label(asks.format(desk=server.name), "muted", wrap=True))
        self.user, self.password = OneLine(), QLineEdit()
        self.user.setText(server.user)
        self.user.setPlaceholderText(_("Same as your login"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        where = label(server.host or _("This computer"), wrap=True)
        for title, field in (
            (_("Server"), where),
            (_("Name"), self.user),
            (_("Password"), self.password),
        ):
            self.add_field(title, field)
        self.remember = QCheckBox(_("Remember in keyring"))
        self.remember.setVisible(can_keep)
        under = row(self.remember)
        under.setContentsMargins(LABEL_WIDTH + 4, 0, 0, 0)
        self.body.addLayout(under)
        self._wrong = label(why, "bad", wrap=True)
        self._wrong.setVisible(bool(why))
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        self.add_button(_("Cancel"), self.reject)
        self.go = self.add_button(_("Connect"), self._give, "filled")
        self.finished.connect(lambda _result: self.password.clear())
        (self.password if server.user else self.user).setFocus()

    def refuse(self, why: str) -> None:
        """Show the server's message and allow another try."""
        self._wait(False)
        self._wrong.setText(why)
        self._wrong.show()
        look(self.password, "wrong", True)
        self.password.setAccessibleDescription(why)
        self.password.selectAll()
        self.password.setFocus()

    def _give(self) -> None:
        self._wait(True)
        self._wrong.hide()
        look(self.password, "wrong", False)
        kept = self.remember.isChecked() and not self.remember.isHidden()
        self.given.emit(self.user.text().strip(), self.password.text(), kept)

    def _wait(self, waiting: bool) -> None:
        for field in (self.user, self.password, self.remember, self.go):
            field.setEnabled(not waiting)
        self.go.setText(_("Connecting…") if waiting else _("Connect"))
