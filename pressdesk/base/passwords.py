"""Server passwords, held for this run or stored in the system keyring; what else is secret."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import Any

from pressdesk.base.address import Server
from pressdesk.base.errors import WriteFailed
from pressdesk.base.i18n import _

_SERVICE = "PressDesk"
_said: dict[Server, str] = {}
_lock = Lock()


def say(server: Server, password: str | None) -> None:
    """Use this password until the program ends; None forgets it. It is written nowhere."""
    with _lock:
        _said.pop(server, None)
        if password is not None:
            _said[server] = password


def said(server: Server) -> str | None:
    """The password said in this run; costs nothing."""
    with _lock:
        return _said.get(server)


def known(server: Server) -> str | None:
    """The password said in this run, else the keyring's, else None: libpq may know it."""
    with _lock:
        if server in _said:
            return _said[server]
    return _kept(server)


def _keyring() -> Any:
    """The library that asks the system's keyring; None where it is not installed."""
    try:
        import keyring.errors
    except ImportError:
        return None
    return keyring


def _kept(server: Server) -> str | None:
    return secret(str(server))


def secret(name: str) -> str | None:
    """What the system's keyring has under a name; None for nothing, or without a keyring."""
    ring = _keyring()
    if ring is None:
        return None
    try:
        found: str | None = ring.get_password(_SERVICE, name)
    except ring.errors.KeyringError:  # none on this machine, or the person did not unlock it
        return None
    return found


def can_keep() -> bool:
    """True when the system has a keyring that would take a password; may ask the system."""
    ring = _keyring()
    try:
        return ring is not None and float(ring.get_keyring().priority) > 0
    except ring.errors.KeyringError:
        return False


def keep(server: Server, password: str) -> None:
    """Put a password into the system's keyring; raises WriteFailed where there is none."""
    if not _put(str(server), password):
        raise WriteFailed(
            _("The password could not be saved to the keyring."),
            hint=_(
                "Use a password file (~/.pgpass) instead; PressDesk itself stores no passwords."
            ),
        )


def keep_secret(name: str, said: str) -> None:
    """Put another secret into the system's keyring; raises WriteFailed where there is none."""
    if not _put(name, said):
        raise WriteFailed(_("This system has no keyring that keeps the key."))


def drop_secret(name: str) -> None:
    """Take a secret out of the keyring, if it is there."""
    ring = _keyring()
    if ring is not None:
        with suppress(ring.errors.KeyringError):
            ring.delete_password(_SERVICE, name)


def _put(name: str, said: str) -> bool:
    ring = _keyring()
    if ring is None:
        return False
    try:
        ring.set_password(_SERVICE, name, said)
    except ring.errors.KeyringError:
        return False
    return True
