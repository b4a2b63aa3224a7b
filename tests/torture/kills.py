"""kill -9: the program ends at one of its writing calls, or in the middle of one; several times."""

from __future__ import annotations

from random import Random

from pressdesk.archive.store import engine
from tests.torture.acts import ACTS, Scene
from tests.torture.apart import apart
from tests.torture.disk import Call
from tests.torture.event import Ground, act_of, aftermath, armed, raw
from tests.torture.judge import Found

TIMES = (1, 1, 2, 3)
"""How often one desk is hit before it is judged: also while it recovers."""

LONG = 10
"""The same for acts that write what no later one covers up, so that the last look sees it all."""

ADDING = frozenset({"save", "keep", "issue", "restore", "import", "backup"})


def event(ground: Ground, seed: int, control: bool = False) -> list[Found]:
    """One desk, killed. In the control the database keeps no journal."""
    chance, name = Random(f"kills {seed}"), "issue" if control else act_of(seed)
    number = ground.number_of_calls(name)
    ground.kit.set_up(ground.scene)
    ground.struck["kills"] = 0
    for _time in range(1 if control else LONG if name in ADDING else chance.choice(TIMES)):
        scene = Scene(ground.scene, ground.kit, chance)
        at, call = chance.randint(1, number), chance.choice((Call.KILL, Call.TEAR))
        work = armed(ACTS[name], scene, at=at, call=call)
        ended = apart(_without_journal(work) if control else work, profile=ground.profile)
        if ended.how == "killed":
            ground.struck["kills"] += 1
        elif found := raw(ended, f"{name}, call {at} of {number}"):
            return found
        chance.random()  # the child drew from a copy
    return aftermath(ground, name, chance)


def _without_journal(work):  # type: ignore[no-untyped-def]
    def bare() -> int:
        engine.journal = lambda: "OFF"  # type: ignore[assignment]
        return int(work())

    return bare
