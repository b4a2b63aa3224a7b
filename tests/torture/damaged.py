"""Random damage: bytes of the file, or values in its rows; ``check`` finds it or nobody sees it,
and a repair calls nothing sound that reads otherwise than before."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random

from pressdesk.archive import checking
from pressdesk.archive.checking import check
from pressdesk.archive.file.desk_file import open_desk
from pressdesk.archive.repair import repairing
from pressdesk.base.errors import PressDeskError
from tests.torture import reading
from tests.torture.apart import apart
from tests.torture.desks import NOW, bare, desk_in, opened, rows
from tests.torture.event import Ground
from tests.torture.judge import Found, told
from tests.torture.reading import Key, Reading

PAGE = 4096

DRAFTS_ONLY = frozenset(
    {"contact", "setting", "draft", "counter", "revision_name", "import_item", "import_batch"}
)
"""Tables whose values no seal or second copy vouches for: a hand that writes them is believed."""

_TRUTH: dict[Path, tuple[list[Key], Reading]] = {}


def event(ground: Ground, seed: int, control: bool = False) -> list[Found]:
    """One damaged desk. In the control ``check`` does not look at what was issued."""
    chance = Random(f"damaged {seed}")
    known, truth = _truth(ground)
    ground.kit.set_up(ground.scene)
    path = desk_in(ground.scene)
    if control:
        how = _reword_issued(path, seed)
    else:
        how = _values(path, chance) if chance.random() < 0.5 else _bytes(path, chance)
    looked = partial(_looked, path, known, truth, control)
    ended = apart(looked, profile=ground.profile)
    if not control and ended.how == "done" and not ended.value:
        file = ground.kit.folder / "backup.pressdesk" if chance.random() < 0.5 else None
        ended = apart(partial(_repaired, path, known, truth, file), profile=ground.profile)
    return [Found(fault, f"{how}: {words}") for fault, words in told(ended, "reading")]


def _truth(ground: Ground) -> tuple[list[Key], Reading]:
    path = desk_in(ground.kit.folder)
    if path not in _TRUTH:
        known = apart(lambda: reading.keys(path)).value
        ended = apart(partial(_read, path, known), profile=ground.profile)
        assert ended.how == "done", ended
        _TRUTH[path] = known, ended.value
    return _TRUTH[path]


def _read(path: Path, known: list[Key]) -> Reading:
    with opened(path, read_only=True) as archive:
        return reading.read(archive, known)


def _looked(path: Path, known: list[Key], truth: Reading, control: bool) -> list[Found]:
    """Read and check: what reads otherwise while ``check`` calls the desk sound."""
    if control:
        for part in ("issued", "revisions", "list"):
            del checking._LOOKS[part]
        checking._search = lambda _archive: ()  # type: ignore[assignment]
    try:
        archive = open_desk(path, read_only=True)
    except PressDeskError:
        return []
    try:
        now, sound = reading.read(archive, known), False
        with suppress(PressDeskError):
            sound = check(archive).sound
    finally:
        with suppress(PressDeskError):
            archive.close()
    other = [name for name in truth if now[name] != truth[name]]
    return [Found("altered", f"{name} reads otherwise, and all is sound") for name in other * sound]


def _repaired(path: Path, known: list[Key], truth: Reading, file: Path | None) -> list[Found]:
    """Repair what can be: what reads otherwise then must not be called sound."""
    try:
        archive = open_desk(path)
    except PressDeskError:
        return []
    now, sound = dict(truth), False
    try:
        with suppress(PressDeskError):
            planned = repairing.plan(archive, file=file)
            if planned.acts:
                repairing.repair(archive, planned, now=NOW, file=file)
            sound = checking.repair(archive).sound
        now = reading.read(archive, known)
    finally:
        with suppress(PressDeskError):
            archive.close()
    other = [name for name in truth if now[name] != truth[name]]
    words = f"reads otherwise, repaired{' from a backup' if file else ''} and sound"
    return [Found("altered", f"{name} {words}") for name in other * sound]


# --- the file


def _bytes(path: Path, chance: Random) -> str:
    data = bytearray(path.read_bytes())
    how = chance.choice(("bit", "bytes", "zeros", "end", "page", "swapped", "head", "letter"))
    place = chance.randrange(len(data))
    match how:
        case "bit":
            data[place] ^= 1 << chance.randrange(8)
        case "bytes":
            for _byte in range(chance.randint(2, 64)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case "zeros":
            size = min(chance.randint(1, 2 * PAGE), len(data) - place)
            data[place : place + size] = bytes(size)
        case "end":
            del data[max(place, 100) :]
        case "page":
            place -= place % PAGE
            data[place : place + PAGE] = chance.randbytes(PAGE)
        case "swapped":
            other, place = (chance.randrange(len(data)) // PAGE * PAGE for _page in range(2))
            one, two = data[place : place + PAGE], data[other : other + PAGE]
            data[place : place + PAGE], data[other : other + PAGE] = two, one
        case "head":
            data[place % 100] = chance.randrange(256)
        case "letter":
            letters = [at for at, byte in enumerate(data) if 97 <= byte < 122]
            place = chance.choice(letters)
            data[place] += 1
    path.write_bytes(data)
    return f"{how} at {place}"


# --- the rows


def _values(path: Path, chance: Random) -> str:
    """One value of one row becomes another, or a row goes or comes twice, past every guard."""
    guards = _guards(path)
    with closing(bare(path)) as hand:
        tables = hand.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_text%'"
        ).fetchall()
        full = [
            name
            for (name,) in tables
            if name not in DRAFTS_ONLY and hand.execute(f"SELECT 1 FROM {name}").fetchone()
        ]
        how = "nothing"
        with suppress(sqlite3.IntegrityError):  # a constraint refuses it: nothing was done
            how = _hand(hand, chance.choice(sorted(full)), chance)
        for order in guards:
            hand.execute(order)
    return how


def _guards(path: Path) -> list[str]:
    return [sql for (sql,) in rows(path, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")]


def _hand(hand: sqlite3.Connection, table: str, chance: Random) -> str:
    columns = hand.execute(f"PRAGMA table_info({table})").fetchall()
    names = [row[1] for row in columns]
    key = [row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]]
    of = chance.choice(hand.execute(f"SELECT {', '.join(key)} FROM {table}").fetchall())
    where = " AND ".join(f"{name} IS ?" for name in key)
    if chance.random() < 0.15:
        hand.execute(f"DELETE FROM {table} WHERE {where}", of)
        return f"{table} {of} deleted"
    name = chance.choice(names)
    query = f"SELECT {name} FROM {table} WHERE {where}"
    value = hand.execute(query, of).fetchone()[0]
    other = _other(value, hand, f"SELECT {name} FROM {table}", chance)
    hand.execute(f"UPDATE {table} SET {name} = ? WHERE {where}", (other, *of))
    return f"{table}.{name} of {of}: {str(value)[:60]!r} became {str(other)[:60]!r}"


def _other(value: object, hand: sqlite3.Connection, others: str, chance: Random) -> object:
    if chance.random() < 0.2:
        return chance.choice(hand.execute(others).fetchall())[0]
    if chance.random() < 0.1:
        return None
    match value:
        case int():
            return value + chance.choice((-1, 1, 1000))
        case str() if value:
            place = chance.randrange(len(value))
            return value[:place] + chance.choice("aя0 ") + value[place + 1 :]
        case bytes() if value:
            place = chance.randrange(len(value))
            return value[:place] + chance.randbytes(1) + value[place + 1 :]
        case _:
            return "x"


def _reword_issued(path: Path, seed: int) -> str:
    guards = _guards(path)
    with closing(bare(path)) as hand:
        hand.execute("UPDATE edition SET subtitle = ? WHERE state = 'issued'", (f"No. {seed}",))
        for order in guards:
            hand.execute(order)
    return "another subtitle of what was issued"
