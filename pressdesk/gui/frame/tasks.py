"""Runs work off the GUI thread and delivers the results on it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
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
    turn: str
    done: Callable[[Any], None]
    failed: Callable[[PressDeskError], None]
    after: Callable[[], object]


class Tasks(QObject):
    """A lane for slow work. Its turns run side by side, the jobs of a turn one after the other.

    ``work`` runs on a thread of the lane and must not touch a widget, nor change an object that
    another thread reads: it takes values and returns one. Exactly one of ``done``
    and ``failed`` then runs on the GUI thread, unless ``owner`` has been deleted meanwhile, a
    later job with the same ``key`` was started, or the lane is closed; those outcomes are
    dropped silently, and a job that had not begun is not begun. ``failed`` gets a
    PressDeskError; anything else is a bug and reaches ``sys.excepthook`` on the GUI thread.
    The signal belongs to this object, which outlives every job.
    """

    _ended = Signal(int, object)

    def __init__(
        self, parent: QObject | None = None, *, name: str = "", turns: Iterable[str] = ("",)
    ) -> None:
        super().__init__(parent)
        self._turns = {
            turn: ThreadPoolExecutor(1, thread_name_prefix=f"pressdesk {name} {turn}".strip())
            for turn in turns
        }
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
        turn: str = "",
        after: Callable[[], object] = lambda: None,
    ) -> None:
        """Start ``work``. Call on the GUI thread only; does nothing once the lane is closed.

        key    names the question: the answer to a later one takes the place of this one's
        turn   which of the turns of the lane; only some lanes have more than one
        after  called on the GUI thread behind ``done`` or ``failed``, and also where neither is
        """
        if self._closed:
            return
        number = next(self._ids)
        self._jobs[number] = _Job(owner, key, turn, done, failed, after)
        future = self._turns[turn].submit(work)
        if key:
            self._supersede(key, number, future)
        future.add_done_callback(lambda ended: self._ended.emit(number, ended))

    def forget(self, key: str) -> None:
        """Drop the result of the latest job with this key, and the job if it has not started."""
        _number, future = self._latest.pop(key, (0, None))
        if future is not None:
            future.cancel()

    def idle(self, *turns: str) -> bool:
        """True when no outcome is awaited, of these turns or of any."""
        return not any(job.turn in turns or not turns for job in self._jobs.values())

    def done_within(self, seconds: float) -> bool:
        """True once all that was asked for is done; False when it is not by then. Waits."""
        last = (
            [pool.submit(lambda: None) for pool in self._turns.values()] if not self._closed else []
        )
        return not wait(last, seconds).not_done

    def close(self, *, finish: bool = False, wait: bool = True) -> None:
        """Finish running jobs, and finish or drop the waiting ones; deliver no results.

        wait  return behind the job that runs: end what it waits for first (``Renderer.close``)
        """
        self._closed = True
        self._jobs.clear()
        for pool in self._turns.values():
            pool.shutdown(wait=False, cancel_futures=not finish)
        for pool in self._turns.values():
            pool.shutdown(wait=wait)

    def _supersede(self, key: str, number: int, future: Future[Any]) -> None:
        self.forget(key)
        self._latest[key] = (number, future)

    @Slot(int, object)
    def _deliver(self, number: int, future: Future[Any]) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        try:
            self._tell(job, number, future)
        finally:
            job.after()

    def _tell(self, job: _Job, number: int, future: Future[Any]) -> None:
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
