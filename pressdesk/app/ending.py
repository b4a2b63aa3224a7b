"""Ends the program cleanly when the system asks, as at log-off, with everything saved."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Ending(QObject):
    """Runs ``end`` on the GUI thread once a signal to end has come.

    Python's handlers run between two steps of Python only, and an idle window takes none:
    the signal also writes a byte, which wakes the event loop.
    """

    def __init__(self, end: Callable[[], object]) -> None:
        super().__init__()
        self._end = end
        self._ear, self._mouth = socket.socketpair()
        for end_of_pair in (self._ear, self._mouth):
            end_of_pair.setblocking(False)
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), _heard)
        self._bell = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._bell.activated.connect(self._rung)

    def _rung(self) -> None:
        self._bell.setEnabled(False)
        self._end()


def _heard(_number: int, _frame: object) -> None:
    """The byte says it all."""
