"""Values changed at random behind the guards: no other text is ever called sound."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from archive_samples import unguarded
from msgspec.structs import replace

from pressdesk.archive.checking import repair
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.base.errors import PressDeskError
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed

TABLES = ("release", "edition", "edition_body", "draft", "revision", "issued", "deed", "node")


@pytest.fixture
def sound(desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed]) -> bytes:
    """The bytes of a desk with drafts, a kept text, two languages and issued editions."""
    for number in range(4):
        body = Document((paragraph(f"Gauge {number} read twelve."),))
        filed = add(f"Title {number}", body=body, notes="A note", summary="In short")
        if number == 3:
            russian = replace(filed.edition, language="ru", title="Река")
            desk.releases.add_language(filed.release.id, russian)
        elif number % 2:
            issue(filed)
        else:
            desk.releases.keep(filed.release, replace(filed.edition, title="Kept"))
    desk.close()
    return desk.path.read_bytes()


def _shown(desk: Archive) -> list[object]:
    """Whatever a person is shown of the texts; not when autosave last kept one."""
    out: list[object] = []
    for release, language in ((1, "en"), (2, "en"), (3, "en"), (4, "en"), (4, "ru")):
        found = desk.releases.find(release, language=language)
        out += [(found.edition, found.current()), desk.releases.issued(found.edition.id)]
    return out


def _other(value: Any, chance: random.Random) -> Any:
    """A value like this one."""
    match value:
        case bytes() | str() if value:
            place = chance.randrange(len(value))
            new = b"7" if isinstance(value, bytes) else "7"
            return value[:place] + new + value[place + chance.choice((0, 1)) :]
        case int():
            return value + chance.choice((-1, 1))
        case _:
            return chance.choice(("forged", b"\xff", 7))


def _damage(path: Path, chance: random.Random) -> str:
    table = chance.choice(TABLES)
    with closing(sqlite3.connect(path)) as bare:
        columns = [row[1] for row in bare.execute(f"PRAGMA table_info({table})")]
        if chance.random() < 0.1 and table != "draft":  # of what was kept there is one copy
            order, given = f"DELETE FROM {table}", "WHERE 1"
        else:
            name = chance.choice(columns)
            key = " AND ".join(
                f"{row[1]} IS {{}}" for row in bare.execute(f"PRAGMA table_info({table})") if row[5]
            )
            keys = [row[1] for row in bare.execute(f"PRAGMA table_info({table})") if row[5]]
            row = chance.choice(
                bare.execute(f"SELECT {name}, {', '.join(keys)} FROM {table}").fetchall()
            )
            quoted = [bare.execute("SELECT quote(?)", (one,)).fetchone()[0] for one in row[1:]]
            (new,) = bare.execute("SELECT quote(?)", (_other(row[0], chance),)).fetchone()
            order, given = f"UPDATE {table} SET {name} = {new}", f"WHERE {key.format(*quoted)}"
    unguarded(path, f"{order} {given}")
    return f"{order} {given}"


@pytest.mark.parametrize("seed", range(4))
def test_no_other_text_is_called_sound(sound: bytes, tmp_path: Path, seed: int) -> None:
    chance, told = random.Random(seed), 0
    path = tmp_path / "spoilt.pressdesk"
    path.write_bytes(sound)
    with closing(open_desk(path)) as desk:
        before = _shown(desk)
    for _ in range(25):
        path.write_bytes(sound)
        try:
            done = _damage(path, chance)
        except sqlite3.IntegrityError:
            continue  # not even without the guards
        try:
            desk = open_desk(path)
        except PressDeskError:
            told += 1
            continue
        with closing(desk):
            if repair(desk).sound:
                assert _shown(desk) == before, done
            else:
                told += 1
    assert told > 10
