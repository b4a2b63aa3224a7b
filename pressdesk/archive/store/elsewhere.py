"""Runs pure functions in other processes, slightly ahead of the consumer of their results."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import TypeVar

from pressdesk.base.errors import WorkerFailed
from pressdesk.base.i18n import _

Given = TypeVar("Given")
Result = TypeVar("Result")

AHEAD = 8
"""Jobs that wait for each process, or for the one who takes."""

_GENTLY = 10
"""By how much a process lets others go first."""


def results(
    work: Callable[[Given], Result], jobs: Iterable[Given], *, gently: bool = False
) -> Iterator[Result]:
    """What the work makes of each job, in order. A few jobs are taken ahead, so that neither
    side waits and memory does not fill.

    gently  let every other program of the machine go first
    raises  what the work raises; WorkerFailed when a process died
    """
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    # Never a fork: this process may have a window and its threads.
    pool = ProcessPoolExecutor(
        workers or 1, get_context("spawn"), initializer=_begin, initargs=(gently,)
    )
    begun: deque[Future[Result]] = deque()
    try:
        for job in jobs:
            begun.append(pool.submit(work, job))
            if len(begun) > AHEAD * (workers or 1):
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    except BrokenProcessPool as error:
        what = _("A background process stopped unexpectedly.")
        raise WorkerFailed(what, hint=_("Try again; nothing was lost.")) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(gently: bool) -> None:
    # What is made here is values without cycles, for the length of the work: to look for
    # cycles among them takes a tenth of the time.
    gc.disable()
    if gently and hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_GENTLY)
