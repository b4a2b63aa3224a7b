"""Work off the GUI thread, outcomes back on it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import Shiboken

from pressdesk.base.errors import PressDeskError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    owner: QObject
    key: str
    done: Callable[[Any], None]
    failed: Callable[[PressDeskError], None]


class Tasks(QObject):
    """A lane for slow work: ``Tasks(1)`` for reading, another for writing, another for rendering.

    ``work`` runs on a thread of the lane and must not touch a widget. Exactly one of ``done``
    and ``failed`` then runs on the GUI thread, unless ``owner`` has been deleted meanwhile, a
    later job with the same ``key`` was started, or the lane is closed; those outcomes are
    dropped silently, and a job that had not begun is not begun. ``failed`` gets a
    PressDeskError; anything else is a bug and reaches ``sys.excepthook`` on the GUI thread.
    The signal belongs to this object, which outlives every job.
    """

    _ended = Signal(int, object)

    def __init__(self, workers: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="pressdesk")
        self._ids = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        self._latest: dict[str, tuple[int, Future[Any]]] = {}
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[PressDeskError], None],
        *,
        key: str = "",
    ) -> None:
        """Start ``work``. Call on the GUI thread only; does nothing once the lane is closed."""
        if self._closed:
            return
        number = next(self._ids)
        self._jobs[number] = _Job(owner, key, done, failed)
        future = self._pool.submit(work)
        if key:
            self._supersede(key, number, future)
        future.add_done_callback(lambda ended: self._ended.emit(number, ended))

    def forget(self, key: str) -> None:
        """Drop the outcome of the latest job with this key, and the job if it has not begun."""
        _number, future = self._latest.pop(key, (0, None))
        if future is not None:
            future.cancel()

    def idle(self) -> bool:
        """True when no outcome is awaited."""
        return not self._jobs

    def close(self, *, finish: bool = False) -> None:
        """Finish running jobs, and the waiting ones too or else forget them; tell nobody.

        Waits for the job that runs: end what it waits for first (``Renderer.close``).
        """
        self._closed = True
        self._jobs.clear()
        self._pool.shutdown(wait=True, cancel_futures=not finish)

    def _supersede(self, key: str, number: int, future: Future[Any]) -> None:
        self.forget(key)
        self._latest[key] = (number, future)

    @Slot(int, object)
    def _deliver(self, number: int, future: Future[Any]) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        stale = bool(job.key) and self._latest.get(job.key, (0, None))[0] != number
        if not stale:
            self._latest.pop(job.key, None)
        if stale or future.cancelled() or not Shiboken.isValid(job.owner):
            return
        error = future.exception()
        if error is None:
            job.done(future.result())
        elif isinstance(error, PressDeskError):
            job.failed(error)
        else:
            raise error
