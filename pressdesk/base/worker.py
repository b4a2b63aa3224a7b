"""Runs a function in a limited child process: what it eats, breaks or forgets stays there.

The child is a plain interpreter that imports the target's module and nothing else of this
process. It ends at once when this process ends, however that happens.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Self

from pressdesk.base.errors import WorkerFailed
from pressdesk.base.i18n import _
from pressdesk.base.keeper import Child, Limits


class Worker:
    """A persistent child that runs ``target``, a function from bytes to bytes ("module:name").

    memory   bytes the child may take, None for no limit. Held by the system on Linux;
             elsewhere the resident size is watched from here.
    seconds  wall time of one job, watched from here: the child is killed and the next call
             gets a new one.

    One job at a time; calls from several threads wait for each other.
    """

    def __init__(self, target: str, *, memory: int | None = None, seconds: float = 10) -> None:
        self._limits = Limits(target, memory=memory or 0, seconds=seconds)
        self._turn = threading.Lock()
        self._starting = threading.Lock()
        self._closed = False
        self._child: Child | None = None

    def warm(self) -> None:
        """Start the child now, without waiting until it is ready; nothing when it runs."""
        with suppress(WorkerFailed):
            self._alive()

    def call(self, payload: bytes) -> bytes:
        """The result of the function for ``payload``.

        raises  the PressDeskError the function raised, with its ``what`` and ``hint``;
                WorkerFailed when it ran out of time or memory, died, broke in a way it should
                not (a crash report is left) or the worker is closed. The next call works.
        cost    about 0.1 ms and two copies of the bytes once the child is warm.
        """
        with self._turn:
            return self._alive().call(payload)

    def close(self) -> None:
        """End the child; a running call fails at once. Never waits for a job."""
        with self._starting:
            self._closed = True
            if self._child is not None:
                self._child.end()

    def pid(self) -> int | None:
        """The process of the child, None when none runs."""
        return self._child.pid if self._child is not None and self._child.alive() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _alive(self) -> Child:
        with self._starting:
            if self._closed:
                raise WorkerFailed(_("PressDesk is closing."))
            if self._child is None or not self._child.alive():
                self._child = Child(self._limits)
            return self._child


def run_once(
    target: str, payload: bytes, *, memory: int, cpu_seconds: int, seconds: float
) -> bytes:
    """Run ``target`` on ``payload`` in a child of its own that ends afterwards.

    raises  as ``Worker.call``; the wall limit covers the start of the child too.
    cost    the start of an interpreter and the target's imports.
    """
    limits = Limits(target, memory=memory, seconds=seconds, cpu=cpu_seconds, start=0)
    one = Child(limits)
    try:
        return one.call(payload)
    finally:
        one.end()
