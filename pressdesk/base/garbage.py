"""Runs Python's cyclic garbage collector on request instead of at arbitrary moments."""

from __future__ import annotations

import gc


class Garbage:
    """While in use, Python collects nothing automatically: call ``collect_due``."""

    def __init__(self) -> None:
        self._before = gc.isenabled()
        self._due = gc.get_threshold()
        gc.disable()

    def keep_all(self) -> None:
        """Exclude everything that exists now from collection.

        Looking through what the start of the window made costs 60 ms each time; through what
        came since, half a millisecond.
        """
        gc.freeze()

    def collect_due(self) -> None:
        """Collect the oldest generation over Python's own threshold, in this thread.

        Mostly nothing is; else about 0.7 microseconds for each object looked at.
        """
        counts = gc.get_count()
        due = [age for age, count in enumerate(counts) if count > self._due[age]]
        if due:
            gc.collect(due[-1])

    def look_at_all(self) -> None:
        """Include everything again, as it may have become garbage."""
        gc.unfreeze()

    def collect_all(self) -> None:
        """Collect every generation: about 60 ms for what a window is made of."""
        gc.collect()

    def end(self) -> None:
        """Restore Python's automatic collection of everything."""
        self.look_at_all()
        if self._before:
            gc.enable()
