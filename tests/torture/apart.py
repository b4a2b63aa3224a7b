"""Runs a piece of work in a forked process with limits, and tells how it ended."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pressdesk.base.errors import PressDeskError

CPU_S = 30
"""Seconds of CPU one piece of work may take; what needs more hangs."""

WALL_S = 300
"""A net for what waits for ever without working."""

MEMORY = 2 * 2**30

PROFILE = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@dataclass(frozen=True)
class Ended:
    """How the work ended, and what it gave."""

    how: str
    """"done", "told" (a PressDeskError), "raw" (any other), "killed" or "hang"."""
    value: Any = None
    """What it returned; for the others, in words."""


def apart(
    work: Callable[[], Any],
    *,
    profile: Path | None = None,
    cpu_s: int = CPU_S,
    memory: int = MEMORY,
) -> Ended:
    """Run ``work`` in a process of its own, which has everything this one has imported.

    profile  the folder in which the person's settings, backups and rescued texts lie
    cost     some 10 ms besides the work
    """
    from_child, to_parent = os.pipe()
    child = os.fork()
    if not child:
        os.close(from_child)
        _limit(cpu_s, memory)
        if profile is not None:
            os.environ.update({name: str(profile / name.lower()) for name in PROFILE})
        try:
            with os.fdopen(to_parent, "wb") as stream:
                pickle.dump(_tried(work), stream)
        finally:
            os._exit(0)
    os.close(to_parent)
    with os.fdopen(from_child, "rb") as stream:
        said = stream.read()
    _pid, status = os.waitpid(child, 0)
    return _ended(said, status)


def _ended(said: bytes, status: int) -> Ended:
    if not os.WIFSIGNALED(status):
        # Only what this program forked a moment ago has written here.
        return pickle.loads(said) if said else Ended("raw", "the process ended without a word")
    number = os.WTERMSIG(status)
    if number in (signal.SIGXCPU, signal.SIGALRM):
        return Ended("hang", f"stopped by {signal.Signals(number).name}")
    how = "killed" if number == signal.SIGKILL else "raw"
    return Ended(how, signal.Signals(number).name)


def _limit(cpu_s: int, memory: int) -> None:
    gc.disable()
    for number in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.alarm(WALL_S)


def _tried(work: Callable[[], Any]) -> Ended:
    try:
        return Ended("done", work())
    except PressDeskError as error:
        return Ended("told", f"{type(error).__name__}: {error}")
    except BaseException as error:  # noqa: BLE001 - what comes out is what is asked
        return Ended("raw", _briefly(error))


def _briefly(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
    return f"{type(error).__name__}: {str(error)[:300]} ({places})"


def worked() -> float:
    """Seconds of CPU that this process and those it waited for have used."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, both))
