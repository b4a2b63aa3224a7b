"""What was issued cannot be changed on a server either, by whoever may write there."""

from __future__ import annotations

import psycopg
import pytest
from office_samples import filled

from pressdesk.archive.file import triggers
from pressdesk.archive.server.postgres import create_office

EDITION = (
    "INSERT INTO edition (id, uid, release_id, language, number, state, title, subtitle, place,"
    " sort_date, version, created_at, saved_at) SELECT {id}, {uid}, {release}, language, {number},"
    " 'draft', 'Forged', subtitle, place, sort_date, version, created_at, saved_at"
    " FROM edition WHERE id = 1"
)
UPSERT = " ON CONFLICT (id) DO UPDATE SET title = 'Forged'"
SHEET = " ON CONFLICT (edition_id) DO UPDATE SET sheet = '{}'"
MERGE = (
    "MERGE INTO edition e USING (SELECT 1 AS id) s ON e.id = s.id"
    " WHEN MATCHED THEN UPDATE SET title = 'Forged'"
)
ATTACKS = [
    "UPDATE edition SET title = 'Forged' WHERE id = 1",
    "UPDATE edition SET state = 'draft' WHERE id = 1",
    "UPDATE edition SET id = 9 WHERE id = 2",
    "UPDATE edition SET release_id = 1 WHERE id = 2",
    "UPDATE edition SET title = 'Forged'",
    "UPDATE edition SET state = 'issued' WHERE id = 2",
    "DELETE FROM edition WHERE id = 1",
    "DELETE FROM edition",
    EDITION.format(id=1, uid="'new'", release=2, number=9) + UPSERT,
    EDITION.format(id=77, uid="uid", release=2, number=9),
    EDITION.format(id=77, uid="'new'", release=1, number=1),
    "UPDATE edition_body SET body = '\\x00'",
    "UPDATE edition_body SET summary = '' WHERE edition_id = 1",
    "UPDATE edition_body SET edition_id = 1 WHERE edition_id = 2",
    "DELETE FROM edition_body WHERE edition_id = 1",
    "UPDATE edition_contact SET contact_id = 2",
    "DELETE FROM edition_contact",
    "INSERT INTO edition_contact VALUES (1, 1, 2)",
    "INSERT INTO edition_contact VALUES (1, 0, 2) ON CONFLICT DO NOTHING",
    "UPDATE issued SET sheet = '\\x7b7d'",
    "UPDATE issued SET sha256 = 'x', sheet = '\\x7b7d' WHERE edition_id = 1",
    "DELETE FROM issued",
    "INSERT INTO issued VALUES (1, '2026-01-01', 'x', '{}', '{}')" + SHEET,
    "UPDATE revision SET data = '\\x00'",
    "DELETE FROM revision WHERE edition_id = 1",
    "INSERT INTO revision SELECT id + 90, 1, 9, at, note, author, sha256, data FROM revision",
    "INSERT INTO draft VALUES (1, 't', 1, false, '2026-01-01', 'Forged', NULL, '\\x00', NULL)",
    "DELETE FROM release WHERE id = 1",
    "DELETE FROM release",
    "UPDATE release SET kind = 'speech' WHERE id = 1",
    "UPDATE release SET reference = 'PR 2026/999' WHERE id = 1",
    "UPDATE release SET trashed_at = '2026-01-01' WHERE id = 1",
    "UPDATE release SET reference = 'PR 2026/001' WHERE id = 2",
    "UPDATE release SET id = 9 WHERE id = 2",
    "UPDATE import_batch SET original = '\\x00'",
    "UPDATE import_batch SET name = 'other.txt', sha256 = 'x'",
    "DELETE FROM import_batch",
    "UPDATE import_item SET release_id = 2",
    "UPDATE blob SET data = '\\x00'",
    "DELETE FROM blob",
    "TRUNCATE blob",
    "TRUNCATE issued",
    "TRUNCATE release CASCADE",
    "TRUNCATE edition CASCADE",
    MERGE,
]
KEPT = "edition edition_body edition_contact issued revision release import_batch import_item blob"


@pytest.fixture(scope="module")
def url(cluster) -> str:
    """A desk with one issued release (id 1, edition 1, contact 1) and a draft (id 2)."""
    where = cluster.fresh()
    desk = create_office(where)
    filled(desk)
    desk.close()
    return where


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_issued_stands(url: str, attack: str) -> None:
    with psycopg.connect(url) as bare:
        before = [bare.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in KEPT.split()]
        with pytest.raises(psycopg.errors.IntegrityError) as met, bare.transaction():
            bare.execute(attack)
        after = [bare.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in KEPT.split()]
    assert after == before
    assert met.value.sqlstate.startswith("23")


def test_a_shadowing_table_does_not_answer_for_ours(url: str) -> None:
    with psycopg.connect(url) as bare:
        bare.execute("CREATE TEMP TABLE edition (id int, state text, release_id int)")
        with pytest.raises(psycopg.errors.IntegrityError):
            bare.execute("DELETE FROM public.issued")
        bare.rollback()


def test_every_guard_is_there(url: str) -> None:
    with psycopg.connect(url) as bare:
        found = bare.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal").fetchall()
    names = {name for (name,) in found if not name.endswith("_truncate")}
    assert names >= {guard.name for guard in triggers.every()}
