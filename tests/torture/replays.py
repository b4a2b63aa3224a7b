"""Power cuts: what was written is recorded, and put together again as a disk may have kept it.

A disk keeps what was flushed. Of what was written since, any part may be there: all, nothing, the
first so many writes, or some of them, torn at a sector. Names are kept when their folder was
flushed; of later ones the first so many.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Literal

from tests.torture import disk, judge
from tests.torture.acts import ACTS, Scene
from tests.torture.apart import apart
from tests.torture.disk import Op
from tests.torture.event import ONCE_MORE, Ground, act_of
from tests.torture.judge import Found
from tests.torture.ledger import NAME, lines

SECTOR = 512

Mode = Literal["flushed", "all", "some"]

MODES: tuple[Mode, ...] = ("flushed", "all", "some", "some", "some")


@dataclass
class _File:
    """The bytes the disk is sure to have, and what was done to them since."""

    kept: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)


@dataclass(frozen=True)
class _Naming:
    """A change of names that no flush of its folder has made sure of yet."""

    kind: str
    path: str
    file: _File
    other: str = ""

    def within(self, folder: str) -> bool:
        return folder in {one.rpartition("/")[0] for one in (self.path, self.other)}

    def do(self, names: dict[str, _File]) -> None:
        match self.kind:
            case "U":
                names.pop(self.path, None)
            case "R":
                names.pop(self.path, None)
                names[self.other] = self.file
            case _:
                names[self.path] = self.file


class _Disk:
    """What a disk has after some operations."""

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self.names = {path: _File(bytearray(data)) for path, data in files}
        self.sure = dict(self.names)
        self.namings: list[_Naming] = []

    def do(self, op: Op) -> None:
        file = self.names.get(op.path)
        match op.kind:
            case "C":
                self._name("C", op.path, self.names.setdefault(op.path, _File()))
            case "W" | "T" if file is not None:
                file.pending.append(op)
            case "S" if file is not None:
                for one in file.pending:
                    _apply(file.kept, one)
                file.pending.clear()
            case "S":
                self._flush_folder(op.path)
            case "R" if file is not None:
                del self.names[op.path]
                self.names[op.other] = file
                self._name("R", op.path, file, op.other)
            case "L" if file is not None:
                self.names[op.other] = file
                self._name("L", op.other, file)
            case "U" if file is not None:
                del self.names[op.path]
                self._name("U", op.path, file)

    def _name(self, kind: str, path: str, file: _File, other: str = "") -> None:
        self.namings.append(_Naming(kind, path, file, other))

    def _flush_folder(self, folder: str) -> None:
        for one in self.namings:
            if one.within(folder):
                one.do(self.sure)
        self.namings = [one for one in self.namings if not one.within(folder)]

    def after_the_cut(self, mode: Mode, chance: Random) -> dict[str, bytes]:
        """The files there are when the power is back."""
        names = dict(self.sure)
        most = len(self.namings)
        number = {"flushed": 0, "all": most}.get(mode, chance.randint(0, most))
        for one in self.namings[:number]:
            one.do(names)
        found: dict[int, bytes] = {}
        for file in names.values():
            if id(file) not in found:
                found[id(file)] = _left(file, mode, chance)
        return {path: found[id(file)] for path, file in names.items()}


def _apply(data: bytearray, op: Op) -> None:
    if len(data) < op.offset:
        data.extend(bytes(op.offset - len(data)))
    if op.kind == "T":
        del data[op.offset :]
    else:
        data[op.offset : op.offset + len(op.data)] = op.data


def _left(file: _File, mode: Mode, chance: Random) -> bytes:
    data = bytearray(file.kept)
    for op in _reached(file.pending, mode, chance):
        _apply(data, op)
    return bytes(data)


def _reached(pending: Sequence[Op], mode: Mode, chance: Random) -> Iterator[Op]:
    if mode == "all":
        yield from pending
    elif mode == "some" and chance.random() < 0.3:
        yield from pending[: chance.randint(0, len(pending))]
    elif mode == "some":
        for op in pending:
            luck = chance.random()
            if luck < 0.45:
                yield op
            elif luck < 0.7 and op.kind == "W":
                yield from _torn(op, chance)


def _torn(op: Op, chance: Random) -> Iterator[Op]:
    for start in range(0, len(op.data), SECTOR):
        if chance.random() < 0.5:
            part = op.data[start : start + SECTOR]
            yield op._replace(offset=op.offset + start, data=part)


_LOGS: dict[tuple[str, bool], tuple[Op, ...]] = {}
"""What each act does to the disk, recorded once in a run."""


def event(ground: Ground, seed: int, control: bool = False) -> list[Found]:
    """One act, the power cut at one of its operations. In the control nothing is ever flushed."""
    chance, name = Random(f"replays {seed}"), "issue" if control else act_of(seed)
    log = _log(ground, name, control)
    at, mode = chance.randint(1, len(log)), chance.choice(MODES)
    left = _Disk(_files(ground.kit.folder, ground.scene))
    for op in log[:at]:
        left.do(op)
    ledger = str(ground.scene / NAME)
    said = lines(b"".join(op.data for op in log[:at] if op.path == ledger and op.kind == "W"))
    _lay_out(ground.scene, left.after_the_cut(mode, chance), without=ledger)
    where = f"{name}, operation {at} of {len(log)}, {mode}"
    whole = partial(judge.whole, ground.scene, ground.kit, said)
    found = judge.judged(whole, ground.profile, "after the cut")
    if not found and chance.random() < ONCE_MORE:
        scene = Scene(ground.scene, ground.kit, chance)
        found = judge.judged(partial(judge.again, name, scene), ground.profile, "once more")
    return [Found(fault, f"{where}: {words}") for fault, words in found]


def _log(ground: Ground, name: str, deaf: bool) -> tuple[Op, ...]:
    if (name, deaf) not in _LOGS:
        ground.kit.set_up(ground.scene)
        file = ground.folder / f"{name}-{deaf}.log"
        scene = Scene(ground.scene, ground.kit, Random(name))

        def work() -> None:
            disk.watch(ground.scene, log=file, deaf=deaf)
            ACTS[name](scene)

        ended = apart(work, profile=ground.profile)
        if ended.how != "done":
            raise RuntimeError(f"{name} undisturbed: {ended}")
        _LOGS[name, deaf] = disk.recorded(file)
        file.unlink()
    return _LOGS[name, deaf]


def _files(folder: Path, seen_as: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield str(seen_as / file.relative_to(folder)), file.read_bytes()


def _lay_out(scene: Path, files: dict[str, bytes], *, without: str) -> None:
    shutil.rmtree(scene, ignore_errors=True)
    for folder in ("desk", "profile", "out"):
        (scene / folder).mkdir(parents=True)
    for path, data in files.items():
        if path != without:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(data)
