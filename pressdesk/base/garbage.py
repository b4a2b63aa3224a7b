"""Collects Python's cyclic garbage where and when it is asked to, instead of anywhere."""

from __future__ import annotations

import gc


class Garbage:
    """While one is in use Python collects nothing by itself: ``collect_due`` is to be called."""

    def __init__(self) -> None:
        self._before = gc.isenabled()
        self._due = gc.get_threshold()
        gc.disable()

    def keep_all(self) -> None:
        """What there is now stays for good and is looked through no more.

        Looking through what the start of the window made costs 60 ms each time; through what
        came since, half a millisecond.
        """
        gc.freeze()

    def collect_due(self) -> None:
        """Collect the oldest generation that is due by Python's own figures, in this thread.

        Mostly nothing is; else about 0.7 microseconds for each object looked at.
        """
        counts = gc.get_count()
        due = [age for age, count in enumerate(counts) if count > self._due[age]]
        if due:
            gc.collect(due[-1])

    def look_at_all(self) -> None:
        """What was to stay is looked through again, as it may have become garbage."""
        gc.unfreeze()

    def collect_all(self) -> None:
        """Collect every generation: about 60 ms for what a window is made of."""
        gc.collect()

    def end(self) -> None:
        """As it was before: Python collects by itself, and everything."""
        self.look_at_all()
        if self._before:
            gc.enable()
