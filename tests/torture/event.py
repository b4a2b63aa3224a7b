"""One event of torture: where it takes place, what chooses it, and what was found."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from tests.torture import disk, judge
from tests.torture.acts import ACTS, Scene
from tests.torture.apart import PROFILE, Ended, apart
from tests.torture.desks import Kit, make
from tests.torture.disk import Call
from tests.torture.judge import Found

ONCE_MORE = 0.3
"""How often the act is done once more afterwards: that takes as long again."""


@dataclass(frozen=True)
class Ground:
    """Where events take place: everything is made in one folder, anew for each event."""

    folder: Path
    kit: Kit
    calls: dict[str, int]
    """How many writing calls an act makes, by its name; filled as it is asked for."""
    struck: Counter[str]
    """How often something went wrong, by kind, where one event is more than one time."""

    @property
    def scene(self) -> Path:
        """Always the same place: a recorded log names paths."""
        return self.folder / "scene"

    @property
    def profile(self) -> Path:
        """The person's settings and backups in the scene."""
        return self.scene / "profile"

    def number_of_calls(self, name: str) -> int:
        """Done once for each act, undisturbed."""
        if name not in self.calls:
            self.kit.set_up(self.scene)
            act = armed(ACTS[name], Scene(self.scene, self.kit, Random(0)), at=0, call=Call.PASS)
            self.calls[name] = int(apart(act, profile=self.profile).value)
        return self.calls[name]


@contextmanager
def ground() -> Iterator[Ground]:
    """A ground in a temporary folder, with a desk to begin with; raises RuntimeError without."""
    folder = Path(tempfile.mkdtemp(prefix="pressdesk-torture-"))
    try:
        made = apart(lambda: make(folder / "kit"), profile=folder / "kit" / "profile")
        if made.how != "done":
            raise RuntimeError(f"no desk to begin with: {made.value}")
        here = Ground(folder, made.value, {}, Counter())
        _warm(here)
        yield here
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _warm(ground: Ground) -> None:
    """Do and judge everything once: what is loaded and worked out is there in every process
    forked, and each act costs a fraction."""
    _compile_once()
    profile = {name: str(ground.profile / name.lower()) for name in PROFILE}
    before = {name: os.environ.get(name) for name in PROFILE}
    os.environ.update(profile)
    for act in ACTS.values():
        ground.kit.set_up(ground.scene)
        act(Scene(ground.scene, ground.kit, Random(0)))
        judge.whole(ground.scene, ground.kit)
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
    gc.collect()
    gc.freeze()  # what there is by now is not looked at again in every process forked


def _compile_once() -> None:
    """Engines of one dialect share their compiled statements; each would begin with none."""
    compiled: dict[object, object] = {}
    SQLiteDialect_pysqlite.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign,assignment]
    SQLiteDialect_pysqlite.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign,assignment]

    def begin(connection: Connection) -> None:
        if isinstance(connection.dialect, SQLiteDialect_pysqlite):
            connection.execution_options(compiled_cache=compiled)

    event.listen(Engine, "engine_connect", begin)


Event = Callable[[Ground, int, bool], list[Found]]
"""One event: where, its seed, and whether it is the control, in which something must be found."""


def act_of(seed: int) -> str:
    """The act that is disturbed: all take turns."""
    return list(ACTS)[seed % len(ACTS)]


def armed(
    act: Callable[[Scene], None], scene: Scene, *, at: int, call: Call, error: int = 0
) -> Callable[[], int]:
    """The act with its n-th writing call disturbed; gives the number of calls."""

    def work() -> int:
        disk.watch(scene.folder, at=at, call=call, error=error)
        act(scene)
        return disk.calls()

    return work


def raw(ended: Ended, doing: str) -> list[Found]:
    """Of an act that was disturbed: it may be refused in words, and nothing else."""
    if ended.how in ("done", "told"):
        return []
    return [Found("hang" if ended.how == "hang" else "raw", f"{doing}: {ended.value}")]


def aftermath(ground: Ground, name: str, chance: Random) -> list[Found]:
    """Judge what is there; often do the act once more and judge again."""
    scene = Scene(ground.scene, ground.kit, chance)
    found = judge.judged(
        lambda: judge.whole(ground.scene, ground.kit), ground.profile, f"after {name}"
    )
    if not found and chance.random() < ONCE_MORE:
        found = judge.judged(lambda: judge.again(name, scene), ground.profile, f"{name} once more")
        found += judge.judged(
            lambda: judge.whole(ground.scene, ground.kit), ground.profile, f"after {name} again"
        )
    return found
