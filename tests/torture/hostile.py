"""Desks made by somebody who means harm: no reader hangs, dies or fills the memory."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random

from pressdesk.archive import checking
from pressdesk.archive.file.backup import backup
from pressdesk.archive.file.desk_file import Archive
from pressdesk.base.errors import PressDeskError
from pressdesk.desk import drafting, rescue
from tests.torture import desks, reading
from tests.torture.apart import Ended, apart
from tests.torture.desks import NOW, bare, desk_in, opened
from tests.torture.event import Ground
from tests.torture.judge import Found

CPU_S, MEMORY = 10, 2**30
"""What one reader may take."""

DEEP = 100_000

Harm = Callable[[sqlite3.Connection, Random], object]


def _meta_without_end(hand: sqlite3.Connection, _chance: Random) -> None:
    hand.execute("ALTER TABLE meta RENAME TO meta_")
    hand.execute(
        "CREATE VIEW meta AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
        " SELECT 'zz' AS key, x AS value FROM c"
    )


def _list_without_end(hand: sqlite3.Connection, _chance: Random) -> None:
    hand.execute("ALTER TABLE listed RENAME TO listed_")
    hand.execute(
        "CREATE VIEW listed AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
        " SELECT 1 AS release_id, 'en' AS language, 1 AS edition_id, 1 AS number,"
        " 'issued' AS state, 't' AS title, NULL AS date, 1 AS issued FROM c"
    )


def _bomb(hand: sqlite3.Connection, _chance: Random) -> None:
    data = zlib.compress(bytes(1_500_000_000), 1)
    hand.execute("UPDATE revision SET data = ? WHERE id = (SELECT max(id) FROM revision)", (data,))


def _deep(hand: sqlite3.Connection, _chance: Random) -> None:
    quote = b'{"type":"quote","blocks":['
    data = b'{"format":1,"blocks":[' + quote * DEEP + b"]}" * DEEP + b"]}"
    hand.execute("UPDATE edition_body SET body = ? WHERE edition_id = 1", (data,))


def _lists_in_lists(hand: sqlite3.Connection, chance: Random) -> None:
    depth = chance.choice((900, 5000, DEEP))
    data = '{"format":1,"blocks":[{"type":"bullets","items":['
    data += '{"children":[{"type":"bullets","items":[' * depth + "]}]}" * depth + "]}]}"
    hand.execute("UPDATE edition_body SET body = ? WHERE edition_id = 1", (data.encode(),))


def _no_utf8(hand: sqlite3.Connection, _chance: Random) -> None:
    hand.execute("UPDATE edition SET title = CAST(x'fffe41' AS TEXT) WHERE id = 1")
    hand.execute("UPDATE listed SET title = CAST(x'fffe41' AS TEXT) WHERE edition_id = 1")


def _long_title(hand: sqlite3.Connection, _chance: Random) -> None:
    for table, key in (("edition", "id"), ("listed", "edition_id")):
        hand.execute(f"UPDATE {table} SET title = printf('%.*c', 5000000, 'x') WHERE {key} = 1")


def _wrong_types(hand: sqlite3.Connection, chance: Random) -> None:
    """Numbers for texts, texts for numbers, and bytes for both."""
    names = [n for (n,) in hand.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    ours = [name for name in names if not name.startswith(("sqlite", "search_text", "alembic"))]
    for _time in range(3):
        table = chance.choice(sorted(ours))
        column = chance.choice([row[1] for row in hand.execute(f"PRAGMA table_info({table})")])
        value = chance.choice((b"\xff\xfe", "", "9999-99-99", -1, 2**62, 1e308, "1" * 5000, None))
        with suppress(sqlite3.Error):
            hand.execute(f"UPDATE {table} SET {column} = ?", (value,))


def _far_dates(hand: sqlite3.Connection, chance: Random) -> None:
    value = chance.choice(("0001-01-01", "9999-12-31", "-0001-01-01", "2026-13-45"))
    for table in ("release", "edition"):
        hand.execute(f"UPDATE {table} SET sort_date = ?", (value,))


def _foreign_trigger(hand: sqlite3.Connection, _chance: Random) -> None:
    hand.execute(
        "CREATE TRIGGER more AFTER INSERT ON revision BEGIN"
        " UPDATE edition_body SET notes = 'we do' WHERE edition_id = new.edition_id; END"
    )


HARMS: dict[str, Harm] = {
    "meta without end": _meta_without_end,
    "list without end": _list_without_end,
    "bomb": _bomb,
    "deep": _deep,
    "lists in lists": _lists_in_lists,
    "no UTF-8": _no_utf8,
    "long title": _long_title,
    "wrong types": _wrong_types,
    "far dates": _far_dates,
    "foreign trigger": _foreign_trigger,
}


def event(ground: Ground, seed: int, control: bool = False) -> list[Found]:
    """One desk, and each thing that is done with one. In the control a reader never ends."""
    name = list(HARMS)[seed % len(HARMS)]
    ground.kit.set_up(ground.scene)
    path = desk_in(ground.scene)
    known = apart(partial(reading.keys, path)).value
    if control:
        return _judged("control", "endless", apart(_endless, cpu_s=1))
    with closing(bare(path)) as hand:
        HARMS[name](hand, Random(f"hostile {seed}"))
    found = []
    for what, look in _looks(path, known):
        ended = apart(look, profile=ground.profile, cpu_s=CPU_S, memory=MEMORY)
        found += _judged(name, what, ended)
    return found


def _judged(name: str, what: str, ended: Ended) -> list[Found]:
    if ended.how in ("done", "told"):
        return []
    fault = "hang" if ended.how == "hang" else "raw"
    return [Found(fault, f"{name}: {what}: {ended.value}")]  # type: ignore[arg-type]


def _looks(path: Path, known: list[reading.Key]) -> list[tuple[str, Callable[[], object]]]:
    def opened_for(work: Callable[[Archive], object], *, read_only: bool = True) -> None:
        with opened(path, read_only=read_only) as archive:
            work(archive)

    return [
        ("read", partial(opened_for, lambda desk: reading.only(desk, known))),
        ("check", partial(opened_for, checking.check)),
        ("repair", partial(opened_for, checking.repair, read_only=False)),
        ("backup", lambda: backup(path, path.with_name("copy.pressdesk")) and None),
        ("export", partial(opened_for, lambda desk: list(desks.export(desk, path.parent)))),
        ("write", partial(opened_for, _write, read_only=False)),
        ("rescue", partial(opened_for, rescue.take_in, read_only=False)),
    ]


def _write(archive: Archive) -> None:
    filed, _ = drafting.new_release(archive, kind="news", language="en", now=NOW)
    with suppress(PressDeskError):
        drafting.save(archive, filed.release, filed.edition, note="note")


def _endless() -> None:
    while True:
        pass
