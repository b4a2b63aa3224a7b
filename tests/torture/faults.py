"""The n-th writing call fails: disk full, an I/O error, a disk that became read-only."""

from __future__ import annotations

import errno
from random import Random

from tests.torture.acts import ACTS, Scene
from tests.torture.apart import apart
from tests.torture.disk import ERRORS, Call
from tests.torture.event import Ground, act_of, aftermath, armed, raw
from tests.torture.judge import Found


def event(ground: Ground, seed: int, control: bool = False) -> list[Found]:
    """One act with a failing call, once or from then on. In the control a write lies."""
    chance, name = Random(f"faults {seed}"), "issue" if control else act_of(seed)
    number = ground.number_of_calls(name)
    ground.kit.set_up(ground.scene)
    at, error = chance.randint(1, number), chance.choice(ERRORS)
    call = Call.LIE if control else chance.choice((Call.FAIL_ONCE, Call.FAIL_ON))
    scene = Scene(ground.scene, ground.kit, chance)
    ended = apart(armed(ACTS[name], scene, at=at, call=call, error=error), profile=ground.profile)
    where = f"{name}, call {at} of {number}: {errno.errorcode[error]} {call.name}"
    return raw(ended, where) or [
        Found(fault, f"{where}: {words}") for fault, words in aftermath(ground, name, chance)
    ]
