"""The processes of the gap test: foreign hands that write rows, and a puller to be killed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
from mirror_samples import draft, out

from pressdesk.archive.copies import feed, mirror
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server.postgres import open_office
from pressdesk.archive.store import values

CANARY = "Zwergkanarie4711"

DONE = ("insert", "update", "issue", "delete", "take back", "embargo", "rollback")

Connection = psycopg.Connection[Any]


def sample(office: Archive) -> None:
    """Release 1, whose rows the writers copy, and an import that was taken back."""
    out(office, draft(office, "Flood 0"))
    with psycopg.connect(office.place.url) as bare:  # type: ignore[union-attr]
        bare.execute(
            "INSERT INTO import_batch(id, at, undone_at, name, sha256, original)"
            " VALUES (1, now(), now(), 'a', '', '')"
        )
        # They know no register; what is tried is the feed.
        bare.execute("DROP TRIGGER guard_edition_sheet ON edition")
        bare.execute("DROP TRIGGER guard_edition_delete ON edition")


def write(url: str, seed: int, number: int, done: SynchronizedArray[int]) -> None:
    """So many transactions, one in ten rolled back, each committed after a while."""
    chance = random.Random(seed)
    with psycopg.connect(url) as bare:
        for n in range(number):
            what, act = chance.choice(_ACTS)
            try:
                acted = act(bare, chance, f"{seed}-{n}")
                time.sleep(chance.uniform(0, 0.03))
                if chance.random() < 0.1:
                    bare.rollback()
                    done[DONE.index("rollback")] += 1
                    continue
                bare.commit()
                done[DONE.index(what)] += acted
            except (psycopg.errors.IntegrityError, psycopg.errors.DeadlockDetected):
                bare.rollback()


def keep_pulling(url: str, file: Path) -> None:
    """Pull until killed."""
    office = open_office(url, read_only=True)
    there = feed.of(office)
    while True:
        mirror.pull(there, file)


def _insert(bare: Connection, chance: random.Random, name: str) -> bool:
    _copy(bare, f"{CANARY} {name}")
    return True


def _copy(bare: Connection, title: str) -> tuple[int, int]:
    """A new draft with the text of the sample."""
    uid = uuid4().hex
    parent = _one(
        bare,
        "INSERT INTO release(uid, kind, reference, slug, occasion, topics, places, people, version,"
        " created_at, sort_date, drafts, issued) SELECT %s, kind, '', '', '', '[]', '[]', '[]', 1,"
        " now(), sort_date, true, false FROM release WHERE id = 1 RETURNING id",
        uid,
    )
    edition = _one(
        bare,
        "INSERT INTO edition(uid, release_id, language, number, state, title, subtitle, place,"
        " date, sort_date, version, created_at, saved_at, recorded_at) SELECT %s,"
        " %s, 'en', 1, 'draft', %s, '', '', NULL, sort_date, 1, now(), now(), now()"
        " FROM edition WHERE id = 1 RETURNING id",
        uid,
        parent,
        title,
    )
    bare.execute(
        "INSERT INTO edition_body SELECT %s, summary, notes, boilerplate, fields,"
        " questions, body FROM edition_body WHERE edition_id = 1",
        (edition,),
    )
    bare.execute("INSERT INTO import_item VALUES (1, %s, %s)", (parent, parent))
    return parent, edition


def issue(bare: Connection, name: str, embargo: datetime | None) -> bool:
    """A new release that goes out at once."""
    _parent, edition = _copy(bare, f"Flood {name}")
    _freeze(bare, edition, embargo)
    return True


def _freeze(bare: Connection, edition: int, embargo: datetime | None) -> None:
    row = bare.execute("SELECT sheet, house FROM issued WHERE edition_id = 1").fetchone()
    assert row is not None
    sheet, house = row
    until = {"embargo_until": embargo.isoformat()} if embargo else {}
    sheet = msgspec.json.encode(msgspec.json.decode(sheet) | until)
    bare.execute("UPDATE edition_body SET notes = '' WHERE edition_id = %s", (edition,))
    bare.execute(
        "INSERT INTO issued(edition_id, at, sha256, house, sheet) VALUES (%s, now(), %s, %s, %s)",
        (edition, values.sealed(sheet, house), house, sheet),
    )
    bare.execute(
        "UPDATE edition SET state = 'issued', issued_at = now(), embargo_at = %s,"
        " title = replace(title, %s, 'Flood'), version = version + 1 WHERE id = %s",
        (embargo, CANARY, edition),
    )


def _issue(bare: Connection, chance: random.Random, name: str) -> bool:
    """A draft goes out, else a new release."""
    found = _any(bare, chance, "state = 'draft'")
    if found is None:
        return issue(bare, name, None)
    _freeze(bare, found[1], None)
    return True


def _embargo(bare: Connection, chance: random.Random, name: str) -> bool:
    """Some embargoes end while others write, some long after."""
    seconds = chance.choice((0.2, 0.6, 1.5, 3600))
    return issue(bare, name, datetime.now(UTC) + timedelta(seconds=seconds))


def _update(bare: Connection, chance: random.Random, name: str) -> bool:
    """What its languages share changes, or the text of a draft."""
    found = _any(bare, chance, "id > 1 AND state = 'draft'")
    if found is None:
        return False
    bare.execute(
        "UPDATE release SET topics = %s, reference = %s, version = version + 1"
        " WHERE id = %s AND reference = ''",
        (f'["{name}"]', name, found[0]),
    )
    bare.execute(
        "UPDATE edition_body SET notes = %s WHERE edition_id = %s"
        " AND EXISTS (SELECT 1 FROM edition WHERE id = %s AND state = 'draft')",
        (f"{CANARY} {name}", found[1], found[1]),
    )
    return True


def _delete(bare: Connection, chance: random.Random, name: str) -> bool:
    return _gone(bare, _any(bare, chance, "state = 'draft'"))


def _take_back(bare: Connection, chance: random.Random, name: str) -> bool:
    return _gone(bare, _any(bare, chance, "state = 'issued' AND id > 1"))


def _gone(bare: Connection, found: tuple[int, int] | None) -> bool:
    if found is None:
        return False
    bare.execute("DELETE FROM edition WHERE release_id = %s", (found[0],))
    return bare.execute("DELETE FROM release WHERE id = %s", (found[0],)).rowcount > 0


def _any(bare: Connection, chance: random.Random, which: str) -> tuple[int, int] | None:
    rows = bare.execute(f"SELECT release_id, id FROM edition WHERE {which}").fetchall()
    return chance.choice(rows) if rows else None


def _one(bare: Connection, order: str, *given: object) -> int:
    row = bare.execute(order, given).fetchone()
    assert row is not None
    return int(row[0])


_Act = Callable[[Connection, random.Random, str], bool]

_ACTS: tuple[tuple[str, _Act], ...] = (
    ("insert", _insert),
    ("insert", _insert),
    ("issue", _issue),
    ("issue", _issue),
    ("issue", _issue),
    ("embargo", _embargo),
    ("embargo", _embargo),
    ("update", _update),
    ("update", _update),
    ("delete", _delete),
    ("take back", _take_back),
)
