"""Revisions in the file: small, whole one time in ten, and damage told, never read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from archive_samples import BODY, titles
from msgspec.structs import replace

from pressdesk.archive.file import triggers
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.rows import revisions
from pressdesk.base.errors import DeskForeign
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.release import Contact
from pressdesk.press.translated import Translated


@pytest.fixture
def bare(desk: Archive) -> Iterator[sqlite3.Connection]:
    """Somebody's own connection to the file of the desk."""
    connection = sqlite3.connect(desk.path)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def test_one_in_ten_is_whole_and_the_others_are_small(written, bare) -> None:
    query = (
        "SELECT number, length(data), keyframe_id FROM revision"
        " LEFT JOIN revision_base ON revision_id = id ORDER BY number"
    )
    rows = bare.execute(query).fetchall()
    assert [number for number, _size, frame in rows if frame is None] == [1, 11, 21]
    whole = min(size for _number, size, frame in rows if frame is None)
    packed = max(size for _number, size, frame in rows if frame is not None)
    assert packed * 4 < whole


def test_a_text_longer_than_packing_looks_back_is_whole(desk, add, bare) -> None:
    long = Document(tuple(paragraph(os.urandom(300).hex()) for _ in range(60)))
    filed = add("Long", body=long)
    filed = desk.releases.save(filed.release, replace(filed.edition, title="Longer"))
    desk.releases.save(filed.release, replace(filed.edition, title="Short", body=BODY))
    assert bare.execute("SELECT count(*) FROM revision_base").fetchone() == (0,)
    assert titles(desk, filed.edition.id) == ["Long", "Longer", "Short"]


def _flip(bare: sqlite3.Connection, where: str) -> None:
    bare.execute("DROP TRIGGER guard_revision_update")
    (data,) = bare.execute(f"SELECT data FROM revision WHERE {where}").fetchone()
    middle = len(data) // 2
    spoilt = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    bare.execute(f"UPDATE revision SET data = ? WHERE {where}", (spoilt,))
    bare.execute(dict(triggers.guards())["guard_revision_update"])
    bare.commit()


def test_a_flipped_bit_is_noticed(desk, written, bare) -> None:
    _flip(bare, "number = 5")
    found = {one.number: one.id for one in desk.releases.revisions(written.edition.id)}
    with pytest.raises(DeskForeign, match="damaged"):
        desk.releases.revision(found[5])
    with pytest.raises(DeskForeign, match="damaged"):
        desk.releases.restore(found[5])
    assert desk.releases.revision(found[6])[1].title == "6"
    assert desk.releases.find(written.release.id) == written


def test_a_damaged_whole_revision_takes_those_that_lean_on_it_and_no_later_save(
    desk, written, bare
) -> None:
    _flip(bare, "number = 21")
    saved = desk.releases.save(written.release, replace(written.edition, title="26"))
    found = {one.number: one.id for one in desk.releases.revisions(written.edition.id)}
    for number in (21, 22, 25):
        with pytest.raises(DeskForeign):
            desk.releases.revision(found[number])
    assert desk.releases.revision(found[20])[1].title == "20"
    assert desk.releases.revision(found[26]) == (saved.release, saved.edition)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE revision SET data = 'text' WHERE number = 5",
        "UPDATE revision SET data = x'' WHERE number = 5",
        "UPDATE revision SET sha256 = 'x' WHERE number = 5",
        "UPDATE revision_base SET keyframe_id = 10",
    ],
)
def test_what_a_foreign_hand_left_is_damage(desk, written, bare, harm: str) -> None:
    bare.execute("DROP TRIGGER guard_revision_update")
    bare.execute("DROP TRIGGER guard_revision_base_update")
    bare.execute(harm)
    bare.commit()
    found = {one.number: one.id for one in desk.releases.revisions(written.edition.id)}
    with pytest.raises(DeskForeign):
        desk.releases.revision(found[5])


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE revision SET note = 'other' WHERE number = 2",
        "UPDATE revision_base SET keyframe_id = revision_id",
        "DELETE FROM revision_base WHERE revision_id = 2",
        "INSERT OR REPLACE INTO revision_base SELECT revision_id, 2 FROM revision_base",
        "DELETE FROM revision WHERE number = 1",
    ],
)
def test_a_draft_s_revisions_stand_too(written, bare, attack: str) -> None:
    before = bare.execute("SELECT * FROM revision_base").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        bare.execute(attack)
        bare.commit()
    bare.rollback()
    assert bare.execute("SELECT * FROM revision_base").fetchall() == before


def test_a_contact_that_is_no_more_is_left_out(desk, add, bare) -> None:
    person = desk.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    filed = add("With", contacts=(person.id,))
    desk.releases.save(filed.release, replace(filed.edition, contacts=()))
    bare.execute("DELETE FROM contact")
    bare.commit()
    done = desk.releases.restore(desk.releases.revisions(filed.edition.id)[-1].id)
    assert (done.edition.title, done.edition.contacts) == ("With", ())


def test_a_purged_draft_takes_its_revisions_along(desk, written, bare) -> None:
    desk.trash.put(written.release.id)
    desk.trash.purge(datetime.now(UTC) + timedelta(days=1))
    for table in ("revision", "revision_base"):
        assert bare.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_desk_of_before_keyframes_is_gone_on_with(desk, add, bare, monkeypatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(revisions, "EVERY", 1)
        filed = add("1", body=BODY)
        filed = desk.releases.save(filed.release, replace(filed.edition, title="2"))
    desk.releases.save(filed.release, replace(filed.edition, title="3"))
    assert bare.execute("SELECT * FROM revision_base").fetchall() == [(3, 2)]
    assert titles(desk, filed.edition.id) == ["1", "2", "3"]
