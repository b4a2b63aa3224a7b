"""A line to the server that can be cut: a small proxy between a desk and PostgreSQL."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

Moment = Literal["", "before", "after"]
"""When the line is cut by itself: before COMMIT reaches the server, or after, unanswered."""


class Line:
    """Listens on a port of its own; what comes there goes to the server's socket.

    Watches for a transaction that puts ``mark`` in; with ``cut_at`` set its COMMIT is the last
    thing on the line, which then stays cut until ``mend``.
    """

    def __init__(self, folder: Path, mark: bytes = b"INSERT INTO revision ") -> None:
        self._server = str(folder / ".s.PGSQL.5432")
        self.mark = mark
        self.cut_at: Moment = ""
        self.down = threading.Event()
        self._flows = threading.Event()
        self._flows.set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ear.getsockname()[1]
        self._waiter = threading.Thread(target=self._listen, daemon=True)
        self._waiter.start()

    def url(self, url: str, user: str = "postgres") -> str:
        """The same desk by way of this line."""
        database = url.partition("?")[0].rpartition("/")[2]
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}?sslmode=disable"

    def cut(self) -> None:
        """Nobody gets through any more."""
        self.down.set()
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            _shut(end)

    def hold(self) -> None:
        """Whatever is said is taken and not passed on."""
        self._flows.clear()

    def mend(self) -> None:
        """The line is there again."""
        self.cut_at = ""
        self.down.clear()
        self._flows.set()

    def close(self) -> None:
        """No line at all."""
        self.cut()
        with suppress(OSError):  # closing alone does not wake who waits
            self._ear.shutdown(socket.SHUT_RDWR)
        self._waiter.join()
        self._ear.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _address = self._ear.accept()
            except OSError:
                return
            if self.down.is_set():
                _shut(near)
                continue
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(self._server)
            except OSError:  # no server there now
                _shut(near)
                _shut(far)
                continue
            with self._lock:
                self._open |= {near, far}
            unanswered = threading.Event()
            threading.Thread(target=self._up, args=(near, far, unanswered), daemon=True).start()
            threading.Thread(target=self._back, args=(far, near, unanswered), daemon=True).start()

    def _up(self, near: socket.socket, far: socket.socket, unanswered: threading.Event) -> None:
        tail, marked = b"", False
        with suppress(OSError):
            while some := near.recv(65536):
                seen = tail + some
                marked = marked or self.mark in seen
                if marked and b"COMMIT" in seen:
                    marked = False
                    if self.cut_at == "before":
                        self.cut()
                    if self.cut_at == "after":
                        unanswered.set()
                self._flows.wait()
                tail = seen[-len(self.mark) :] if b"COMMIT" not in seen else b""
                far.sendall(some)
        _shut(near)
        _shut(far)

    def _back(self, far: socket.socket, near: socket.socket, unanswered: threading.Event) -> None:
        with suppress(OSError):
            while some := far.recv(65536):
                if unanswered.is_set():
                    self.cut()  # it is done, and nobody hears of it
                    return
                near.sendall(some)
        _shut(near)
        _shut(far)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def line_to(folder: Path) -> Iterator[Line]:
    """A line to the server whose sockets are in a folder."""
    made = Line(folder)
    try:
        yield made
    finally:
        made.close()
