"""What was issued cannot be changed with any tool that honours the file's own guards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from archive_samples import NOW, unguarded

from pressdesk.archive.file import triggers
from pressdesk.archive.file.desk_file import open_desk
from pressdesk.base.errors import DeskForeign
from pressdesk.press.filed import ImportItem
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.translated import Translated


@pytest.fixture
def out(desk, issue) -> Path:
    """A desk with one issued release (id 1, edition 1, contact 1) and a draft (id 2)."""
    person = desk.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    desk.contacts.save(Contact(name=Translated.of(en="Other")))
    item = ImportItem(Release("news"), Edition("en", title="Out", contacts=(person.id,)))
    desk.imports.add("dump.txt", b"as it came", [item], at=NOW)
    issue(desk.releases.find(1))
    desk.releases.add(Release("news"), Edition("en", title="Draft"))
    desk.blobs.put(b"logo", "image/png")
    desk.close()
    return desk.path


@pytest.fixture(params=["ON", "OFF"])
def bare(out: Path, request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    """Somebody's own connection, with and without foreign keys."""
    connection = sqlite3.connect(out)
    connection.execute(f"PRAGMA foreign_keys = {request.param}")
    yield connection
    connection.close()


EDITION = (
    "INTO edition (id, uid, release_id, language, number, state, title, subtitle, place,"
    " sort_date, version, created_at, saved_at) SELECT {id}, {uid}, {release}, language, {number},"
    " 'draft', 'Forged', subtitle, place, sort_date, version, created_at, saved_at"
    " FROM edition WHERE id = 1"
)
RELEASE = (
    "INTO release SELECT {id}, {uid}, kind, {reference}, slug, occasion, topics, places, people,"
    " embargo_at, embargo_zone, planned_at, version, created_at, trashed_at, sort_date, drafts,"
    " issued, issued_embargo FROM release WHERE id = 1"
)
ATTACKS = [
    "UPDATE edition SET title = 'Forged' WHERE id = 1",
    "UPDATE edition SET state = 'draft' WHERE id = 1",
    "UPDATE OR REPLACE edition SET id = 1 WHERE id = 2",
    "UPDATE OR REPLACE edition SET release_id = 1 WHERE id = 2",
    "UPDATE OR IGNORE edition SET title = 'Forged'",
    "UPDATE edition SET state = 'issued' WHERE id = 2",
    "DELETE FROM edition WHERE id = 1",
    "DELETE FROM edition",
    "REPLACE " + EDITION.format(id=1, uid="'new'", release=2, number=9),
    "INSERT OR REPLACE " + EDITION.format(id=77, uid="uid", release=2, number=9),
    "INSERT OR REPLACE " + EDITION.format(id=77, uid="'new'", release=1, number=1),
    "UPDATE edition_body SET body = x'00'",
    "UPDATE edition_body SET summary = '' WHERE edition_id = 1",
    "UPDATE OR REPLACE edition_body SET edition_id = 1 WHERE edition_id = 2",
    "DELETE FROM edition_body WHERE edition_id = 1",
    "UPDATE OR REPLACE edition_body SET edition_id = 1",
    "REPLACE INTO edition_body VALUES (1, '', '', NULL, '[]', '[]', x'7b7d')",
    "UPDATE edition_contact SET contact_id = 2",
    "DELETE FROM edition_contact",
    "INSERT OR REPLACE INTO edition_contact VALUES (1, 0, 2)",
    "INSERT INTO edition_contact VALUES (1, 1, 2)",
    "UPDATE issued SET sheet = x'7b7d'",
    "UPDATE issued SET sha256 = 'x', sheet = x'7b7d' WHERE edition_id = 1",
    "DELETE FROM issued",
    "REPLACE INTO issued VALUES (1, '2026-01-01', 'x', x'7b7d', x'7b7d')",
    "UPDATE revision SET data = x'00'",
    "DELETE FROM revision WHERE edition_id = 1",
    (
        "INSERT OR REPLACE INTO revision"
        " SELECT id, 2, 9, at, note, author, sha256, data, uid FROM revision"
    ),
    "INSERT INTO draft VALUES (1, 't', 1, 0, '2026-01-01', 'Forged', NULL, x'00', NULL)",
    "DELETE FROM release WHERE id = 1",
    "DELETE FROM release",
    "UPDATE release SET kind = 'speech' WHERE id = 1",
    "UPDATE release SET reference = 'PR 2026/999' WHERE id = 1",
    "UPDATE release SET trashed_at = '2026-01-01' WHERE id = 1",
    "UPDATE OR REPLACE release SET reference = 'PR 2026/001' WHERE id = 2",
    "UPDATE OR REPLACE release SET id = 1 WHERE id = 2",
    "REPLACE " + RELEASE.format(id=1, uid="uid", reference="reference"),
    "INSERT OR REPLACE " + RELEASE.format(id=77, uid="uid", reference="''"),
    "INSERT OR REPLACE " + RELEASE.format(id=77, uid="'new'", reference="reference"),
    "UPDATE import_batch SET original = x'00'",
    "UPDATE import_batch SET name = 'other.txt', sha256 = 'x'",
    "DELETE FROM import_batch",
    "REPLACE INTO import_batch VALUES (1, '2026-01-01', NULL, 'n', 'x', x'00')",
    "UPDATE import_item SET release_id = 2",
    "UPDATE blob SET data = x'00'",
    "DELETE FROM blob",
    "REPLACE INTO blob SELECT sha256, media_type, 0, x'' FROM blob",
    "INSERT " + EDITION.format(id=77, uid="'new'", release=2, number=9).replace("draft", "issued"),
    "INSERT OR IGNORE INTO import_item VALUES (1, 9, 1)",
    "UPDATE release SET topics = '[\"Forged\"]' WHERE id = 1",
    "UPDATE release SET slug = 'forged', occasion = 'forged' WHERE id = 1",
    "UPDATE release SET embargo_at = '2030-01-01', embargo_zone = 'UTC' WHERE id = 1",
    "UPDATE release SET planned_at = '2030-01-01' WHERE id = 1",
    "UPDATE counter SET n = 0",
    "DELETE FROM counter",
    "UPDATE deed SET noted = '2020-01-01'",
    "UPDATE deed SET data = x'7b7d'",
    "UPDATE deed SET edition = 'other'",
    "UPDATE deed SET private = x'7b7d'",
    "UPDATE OR REPLACE deed SET number = number + 1",
    "DELETE FROM deed",
    "INSERT INTO deed SELECT book, 999, deed, edition, noted, login, size, data, private FROM deed",
    (
        "REPLACE INTO deed SELECT book, number, 'blank', edition, noted, login, size, data, NULL"
        " FROM deed"
    ),
    "UPDATE node SET hash = x'00'",
    "DELETE FROM node",
    "REPLACE INTO node SELECT book, level, place, x'00' FROM node",
]
KEPT = (
    "edition edition_body edition_contact issued revision release import_batch import_item blob"
    " counter deed node"
)


def _everything(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in KEPT.split()]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_issued_stands(bare: sqlite3.Connection, attack: str) -> None:
    before = _everything(bare)
    with pytest.raises(sqlite3.IntegrityError):
        bare.execute(attack)
    bare.rollback()
    assert _everything(bare) == before


def test_no_edition_goes_out_without_its_deed(bare: sqlite3.Connection) -> None:
    """Nor with a date of somebody's own."""
    bare.execute("INSERT INTO issued SELECT 2, '2020-01-01', sha256, house, sheet FROM issued")
    with pytest.raises(sqlite3.IntegrityError, match="its deed"):
        bare.execute("UPDATE edition SET state = 'issued', issued_at = '2020-01-01' WHERE id = 2")


def test_what_is_private_in_a_deed_may_go_and_nothing_else(bare: sqlite3.Connection) -> None:
    bare.execute("UPDATE deed SET private = NULL")
    with pytest.raises(sqlite3.IntegrityError):
        bare.execute("UPDATE deed SET private = x'7b7d'")


def test_what_languages_share_changes_while_one_is_written(bare: sqlite3.Connection) -> None:
    bare.execute("INSERT " + EDITION.format(id=88, uid="'new'", release=1, number=2))
    assert bare.execute("UPDATE release SET slug = 'other' WHERE id = 1").rowcount == 1


def test_only_one_unissued_edition_of_a_language(bare: sqlite3.Connection) -> None:
    draft = "INSERT " + EDITION.format(id=88, uid="'new'", release=1, number=2)
    bare.execute(draft)
    with pytest.raises(sqlite3.IntegrityError):
        bare.execute("INSERT " + EDITION.format(id=89, uid="'newer'", release=1, number=3))


def test_a_recorded_item_goes_only_while_its_import_is_undone(desk) -> None:
    from archive_samples import compose
    from msgspec.structs import replace

    from pressdesk.press.states import State

    text = Edition("en", title="Past", date=date(2024, 7, 25))
    sheet = compose(Release("news"), replace(text, state=State.ISSUED), desk.houses.get(), ())
    desk.imports.add("d", b"o", [ImportItem(Release("news"), text, record=sheet)], at=NOW)
    bare = sqlite3.connect(desk.path)
    bare.execute("UPDATE import_batch SET undone_at = '2026-01-01'")
    for attack in ("DELETE FROM edition", "DELETE FROM release", "DELETE FROM issued"):
        with pytest.raises(sqlite3.IntegrityError):
            bare.execute(attack)
    bare.close()


@pytest.mark.parametrize("kind", ["TEXT", "BLOB"])
def test_a_sheet_altered_behind_the_guards_is_noticed(out: Path, kind: str) -> None:
    unguarded(out, f"UPDATE issued SET sheet = CAST(replace(sheet, 'Out', 'Forged') AS {kind})")
    desk = open_desk(out)
    with pytest.raises(DeskForeign, match="damaged"):
        desk.releases.issued(1)
    desk.close()


def test_every_guard_is_in_the_file(out: Path) -> None:
    bare = sqlite3.connect(out)
    found = bare.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    bare.close()
    assert dict(found) == dict(triggers.guards())
