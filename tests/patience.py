"""How long tests wait for what must come: a net for what never comes, no measure."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 60
"""Far longer than anything takes on a busy machine."""

LOOK_S = 0.01


def until(true: Callable[[], object]) -> None:
    """Return once something is so; looks are counted, so that a stopped clock counts none."""
    for _look in range(round(PATIENCE_S / LOOK_S)):
        if true():
            return
        time.sleep(LOOK_S)
    raise AssertionError("it did not come true")
