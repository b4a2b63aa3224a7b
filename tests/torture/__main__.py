"""Tortures desks in every way there is; prints what was found. See --help."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from tests.torture import cuts, damaged, disk, faults, fuzz, hostile, kills, replays
from tests.torture.apart import worked
from tests.torture.event import Event, Ground, ground
from tests.torture.judge import FAULTS

KINDS: dict[str, Event] = {
    "kills": kills.event,
    "replays": replays.event,
    "faults": faults.event,
    "damaged": damaged.event,
    "hostile": hostile.event,
    "cuts": cuts.event,
    "fuzz": fuzz.event,
}

ON_THE_DISK = frozenset({"kills", "replays", "faults"})
"""Kinds for which the program must be started with ``disk.c`` in front."""

CONTROLS = 20
"""Times a control is tried: something must be found in one of them."""

WITHOUT_END = 10**9

TITLES = {"first": "first seed", "last": "last seed"}
"""Of columns, where the name is not enough."""

BUILD = Path(__file__).resolve().parents[2] / "build"


SHORT: dict[str, tuple[int, ...]] = {
    "kills": (0, 2, 8),
    "replays": (1, 2, 5, 8),
    "faults": (4, 7),
    "damaged": (0, 1, 3, 4),
    "hostile": tuple(range(len(hostile.HARMS))),
    "cuts": (1,),
    "fuzz": tuple(range(len(fuzz.FORMATS))),
}
"""The seeds of the run that is part of the tests: some events of each kind."""


def main() -> int:
    """1 when anything was found, or a control found nothing."""
    wanted = _options()
    if wanted.short:
        todo = {kind: (iter(seeds), WITHOUT_END) for kind, seeds in SHORT.items()}
    else:
        todo = {kind: (count(wanted.seed), getattr(wanted, kind)) for kind in KINDS}
    todo = {kind: (seeds, number) for kind, (seeds, number) in todo.items() if number}
    if ON_THE_DISK & todo.keys() and disk.LOADED not in os.environ:
        return _with_the_disk()
    os.environ.pop("LD_PRELOAD", None)  # not for the programs that are started from here
    table: dict[str, Counter[str]] = {}
    with ground() as here, suppress(KeyboardInterrupt):  # the table says how far it came
        for kind, (seeds, number) in todo.items():
            if why := _impossible(kind):
                print(f"{kind}: NOT DONE, {why}", flush=True)
            else:
                table[kind] = Counter()
                _torture(here, kind, seeds, number, wanted.seconds, table[kind])
    cuts.stop()
    print(_table(table))
    return int(any(row[fault] for row in table.values() for fault in (*FAULTS, "blind")))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument(
        "--seed", type=int, default=1, help="of the first event; the next has the next"
    )
    for kind in KINDS:
        parser.add_argument(
            f"--{kind}", type=int, default=0, metavar="N", help="of this kind, or a few more"
        )
    parser.add_argument("--seconds", type=float, default=0, help="of CPU for each kind at most")
    parser.add_argument("--short", action="store_true", help="the run that is part of the tests")
    return parser.parse_args()


def _with_the_disk() -> int:
    """Start again with the library in front, which must be there before Python is."""
    library = disk.compiled()
    front = {} if library is None else {"LD_PRELOAD": str(library)}
    env = {**os.environ, **front, disk.LOADED: str(library or "")}
    order = [sys.executable, "-m", "tests.torture", *sys.argv[1:]]
    try:
        return subprocess.run(order, env=env, check=False).returncode
    finally:
        if library is not None:
            shutil.rmtree(library.parent)


def _impossible(kind: str) -> str:
    if kind in ON_THE_DISK and disk.loaded() is None:
        return "there is no C compiler"
    return cuts.missing() if kind == "cuts" else ""


def _torture(
    here: Ground,
    kind: str,
    seeds: Iterator[int],
    number: int,
    seconds: float,
    row: Counter[str],
) -> None:
    event, begun = KINDS[kind], worked()
    for seed in seeds:
        here.struck.clear()
        found = event(here, seed, False)
        row.setdefault("first", seed)
        row["last"] = seed
        row["desks"] += 1
        row["done"] += here.struck.get(kind, 1)
        row["cpu"] = round(worked() - begun)
        for fault in {one.fault for one in found}:
            row[fault] += 1
        if found:
            kept = _kept(here, kind, seed)
            print(f"{kind}: --seed {seed} --{kind} 1; kept in {kept}", flush=True)
            for one in found[:5]:
                print(f"    {one.fault}: {one.words}", flush=True)
        if row["done"] >= number or (seconds and worked() - begun > seconds):
            break
    row["control"] = next((n + 1 for n in range(CONTROLS) if event(here, n, True)), 0)
    row["blind"] = int(not row["control"])
    row["cpu"] = round(worked() - begun)


def _kept(here: Ground, kind: str, seed: int) -> Path:
    target = BUILD / "torture" / f"{kind}-{seed}"
    shutil.rmtree(target, ignore_errors=True)
    if here.scene.exists():
        shutil.copytree(here.scene, target)
    return target


def _table(rows: dict[str, Counter[str]]) -> str:
    names = ("desks", "done", *FAULTS, "cpu", "first", "last")
    head = "".join(f"{TITLES.get(name, name):>11}" for name in names)
    lines = [f"{'kind':10}{head}  control"]
    for kind, row in rows.items():
        nothing = "FOUND NOTHING" if row["blind"] else "not tried"
        control = f"found at try {row['control']}" if row["control"] else nothing
        lines.append(f"{kind:10}" + "".join(f"{row[name]:11}" for name in names) + f"  {control}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
