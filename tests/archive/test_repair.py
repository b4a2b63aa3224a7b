"""A repair puts back what a hash, the register or a backup still proves, and nothing else."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import published
import pytest
from archive_samples import NOW, behind, compose, unguarded
from msgspec.structs import replace

from pressdesk.archive import checking
from pressdesk.archive.checking import check
from pressdesk.archive.file import triggers
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.repair.acts import Plan, Source
from pressdesk.archive.repair.repairing import plan, repair
from pressdesk.archive.server.postgres import create_office
from pressdesk.archive.store import values
from pressdesk.base.errors import BadInput, DeskForeign
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.register import deeds
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.translated import Translated


@pytest.fixture
def full(desk: Archive, add: Callable[..., Filed], issue: Callable[..., Filed]) -> Archive:
    """An issued release, a draft with something kept, and a picture."""
    person = desk.contacts.save(Contact(name=Translated.of(en="Ida Sample")))
    body = Document((paragraph("The gauge reads twelve."),))
    out = add("Out", body=body, contacts=(person.id,), summary="In short", notes="A note")
    issue(desk.releases.save(out.release, replace(out.edition, subtitle="Below it")))
    held = add("In work", language="ru", body=body)
    held = desk.releases.save(held.release, replace(held.edition, title="In work still"))
    desk.releases.keep(held.release, replace(held.edition, title="Kept"))
    desk.blobs.put(b"picture", "image/png")
    desk.imports.add("dump.txt", b"Dear colleagues", (), at=NOW)
    return desk


@pytest.fixture
def backup(full: Archive, tmp_path: Path) -> Path:
    """The desk as it was before anything happened to it."""
    return Path(shutil.copy(full.path, tmp_path / "backup.pressdesk"))


def _shown(desk: Archive) -> list[object]:
    """Whatever a person is shown of the texts."""
    out: list[object] = []
    for release, language in ((1, "en"), (2, "ru")):
        found = desk.releases.find(release, language=language)
        one = found.edition.id
        saves = desk.releases.revisions(one)
        out += [found.edition, found.current(), desk.releases.issued(one), saves]
        out += [desk.releases.revision(save.id) for save in saves]
    return [*out, *desk.releases.rows([1, 2])]


def _repaired(desk: Archive, file: Path | None = None) -> Plan:
    planned = plan(desk, file=file)
    if planned.acts:
        repair(desk, planned, now=NOW, file=file)
    checking.repair(desk)
    return planned


ALONE = [
    "UPDATE edition SET title = 'Forged' WHERE id = 1",
    "UPDATE edition SET state = 'draft', issued_at = NULL WHERE id = 1",
    "UPDATE edition SET uid = 'other' WHERE id = 1",
    "UPDATE edition SET embargo_at = '2030-01-01 00:00:00.000000' WHERE id = 1",
    "UPDATE edition SET issued_at = 'no day' WHERE id = 1",
    "UPDATE edition SET created_at = 'no day' WHERE id = 1",
    "UPDATE edition_body SET body = replace(body, 'twelve', 'ninety') WHERE edition_id = 1",
    "UPDATE edition_body SET notes = x'ff' WHERE edition_id = 1",
    "UPDATE edition_body SET edition_id = 77 WHERE edition_id = 1",
    "DELETE FROM edition_body WHERE edition_id = 1",
    "DELETE FROM edition_contact",
    "UPDATE release SET kind = 'speech' WHERE id = 1",
    "UPDATE release SET uid = 'other' WHERE id = 1",
    "UPDATE release SET trashed_at = '2026-01-01 00:00:00.000000' WHERE id = 1",
    "UPDATE release SET created_at = 'no day' WHERE id = 2",
    "UPDATE release SET trashed_at = '2026-01-01 00:00:00.000000' WHERE id = 2",
    "UPDATE release SET id = 77 WHERE id = 2",
    "UPDATE edition SET id = 77 WHERE id = 1",
    "DELETE FROM release WHERE id = 1",
    "UPDATE issued SET sha256 = 'x'",
    "UPDATE issued SET at = '1999-01-01 00:00:00.000000'",
    "UPDATE issued SET edition_id = 77",
    "UPDATE edition SET title = 'Forged', version = 1 WHERE id = 2",
    "UPDATE edition SET number = 7 WHERE id = 2",
    "UPDATE edition_body SET summary = 'Forged' WHERE edition_id = 2",
    "UPDATE draft SET title = 'Forged'",
    "UPDATE revision SET number = 55 WHERE id = 2",
    "UPDATE revision SET author = 'Somebody else', note = 'x' WHERE id = 3",
    "UPDATE revision SET at = '1999-01-01 00:00:00.000000' WHERE id = 1",
    "UPDATE revision SET data = x'00' WHERE id = 3",
    "UPDATE revision SET sha256 = 'x' WHERE id = 3",
    "DELETE FROM revision_base WHERE revision_id = 2",
    "UPDATE deed SET edition = 'other' WHERE book = 'out' AND number = 0",
    "UPDATE deed SET number = 5000 WHERE book = 'out' AND number = 0",
    "UPDATE deed SET noted = '1999-01-01 00:00:00.000000' WHERE book = 'out' AND number = 0",
]
"""What the desk can be mended of by itself."""

OF_EDITION = ("edition_body", "edition_contact", "issued", "revision")

BACKED = [
    "UPDATE issued SET sheet = replace(sheet, 'Out', 'Oud')",
    "DELETE FROM issued",
    "UPDATE revision SET data = x'00' WHERE id = 2",
    "DELETE FROM revision WHERE id = 3",
    "UPDATE deed SET data = replace(data, '0', '1') WHERE book = 'out' AND number = 0",
    "DELETE FROM deed WHERE book = 'out' AND number = 0",
    "UPDATE blob SET data = x'00'",
    "UPDATE import_batch SET original = x'00'",
    "UPDATE draft SET data = x'00'",
    "; ".join(f"DELETE FROM {one} WHERE edition_id = 1" for one in OF_EDITION)
    + "; DELETE FROM edition WHERE id = 1",
    "DELETE FROM revision WHERE id = 2",
    "DELETE FROM revision WHERE id = 4",
    "UPDATE revision SET id = 77 WHERE id = 3",
]
"""What only a backup can prove."""


@pytest.mark.parametrize("order", ALONE)
def test_a_desk_is_mended_of_what_it_proves_itself(full: Archive, order: str) -> None:
    before = _shown(full)
    unguarded(full.path, order)
    assert not check(full).sound
    planned = _repaired(full)
    assert planned.acts and planned.left == ()
    assert check(full).sound and _shown(full) == before


@pytest.mark.parametrize("order", BACKED)
def test_a_backup_proves_what_the_desk_does_not(full: Archive, backup: Path, order: str) -> None:
    before = _shown(full)
    unguarded(full.path, *order.split(";"))
    alone = plan(full)
    assert alone.left, "nothing vouches for it"
    planned = _repaired(full, backup)
    assert Source.BACKUP in {act.source for act in planned.acts} and planned.left == ()
    assert check(full).sound and _shown(full) == before


def test_a_plan_names_what_it_does_and_changes_nothing(full: Archive) -> None:
    unguarded(full.path, "UPDATE edition SET title = 'Forged' WHERE id = 1")
    before = full.path.read_bytes()
    (act,) = plan(full).acts
    assert (act.where, act.what, act.source) == ("edition 1", ("title",), Source.SEALED)
    assert act.name.endswith(", en") and act.edition
    assert full.path.read_bytes() == before


def test_a_repair_is_written_into_the_register(full: Archive) -> None:
    unguarded(full.path, "UPDATE edition SET title = 'Forged' WHERE id = 1")
    _repaired(full)
    ((data,),) = behind(full, "SELECT data FROM deed WHERE deed = 'repaired'")
    record = deeds.read(data)
    told = {"from": "sealed", "what": "title", "where": "edition 1"}
    assert dict(record.details) == told and record.edition
    assert check(full).sound


def test_a_repair_that_was_planned_for_something_else_is_refused(full: Archive) -> None:
    unguarded(full.path, "UPDATE edition SET title = 'Forged' WHERE id = 1")
    planned = plan(full)
    unguarded(full.path, "UPDATE edition SET subtitle = 'Forged' WHERE id = 1")
    before = full.path.read_bytes()
    with pytest.raises(BadInput, match="has changed"):
        repair(full, planned, now=NOW)
    assert full.path.read_bytes() == before


def test_guards_stand_after_a_repair(full: Archive) -> None:
    unguarded(full.path, "UPDATE edition SET title = 'Forged' WHERE id = 1")
    _repaired(full)
    with pytest.raises(sqlite3.IntegrityError):
        behind(full, "UPDATE edition SET title = 'Again' WHERE id = 1")


def test_a_forged_revision_is_no_source(full: Archive) -> None:
    """Rows, revision and its hash say one thing; the sealed sheet says another."""
    release, text = full.releases.revision(3)
    forged = values.pack(release, replace(text, title="Forged"))
    with closing(sqlite3.connect(full.path)) as bare, bare:
        bare.execute("DROP TRIGGER guard_revision_update")
        bare.execute("DROP TRIGGER guard_revision_base_delete")
        bare.execute("DROP TRIGGER guard_edition_update")
        row = values.squeeze(forged), values.digest(forged)
        bare.execute("UPDATE revision SET data = ?, sha256 = ? WHERE id = 3", row)
        bare.execute("DELETE FROM revision_base WHERE revision_id = 3")
        bare.execute("UPDATE edition SET title = 'Forged' WHERE id = 1")
    _again(full)
    planned = plan(full)
    assert planned.acts == () and {fault.part for fault in planned.left} == {"issued"}


def _again(desk: Archive) -> None:
    """All guards, as they were."""
    there = {name for (name,) in behind(desk, "SELECT name FROM sqlite_master")}
    behind(desk, *(sql for name, sql in triggers.guards() if name not in there))


def test_a_rewritten_register_is_not_recomputed(full: Archive) -> None:
    """What this computer saw does not vouch for these entries: no node is made to agree."""
    seen = full.register.heads()
    ((data,),) = behind(full, "SELECT data FROM deed WHERE book = 'out' AND number = 0")
    other = deeds.canonical(replace(deeds.read(data), language="fr"))
    with closing(sqlite3.connect(full.path)) as bare, bare:
        for name in ("guard_deed_update", "guard_node_delete"):
            bare.execute(f"DROP TRIGGER {name}")
        bare.execute("UPDATE deed SET data = ? WHERE book = 'out' AND number = 0", (other,))
        bare.execute("DELETE FROM node WHERE book = 'out'")
    _again(full)
    assert plan(full, seen=seen).acts == ()


def test_what_the_computer_saw_vouches_for_the_entries(full: Archive) -> None:
    seen = full.register.heads()
    unguarded(full.path, "DELETE FROM node WHERE book = 'out'")
    assert plan(full).acts == ()  # nothing else does
    planned = plan(full, seen=seen)
    assert planned.acts and planned.left == ()
    repair(full, planned, now=NOW, seen=seen)
    assert check(full).sound


def test_a_name_of_another_type_is_told_and_put_back(
    full: Archive, add: Callable[..., Filed], issue: Callable[..., Filed]
) -> None:
    issue(add("Out as well"))
    unguarded(full.path, "UPDATE edition SET uid = x'ff' WHERE id = 1")
    assert "register" in {fault.part for fault in check(full).faults}
    planned = _repaired(full)
    assert [act.what for act in planned.acts] == [("uid",)] and check(full).sound


@pytest.mark.parametrize("column", ["level", "place"])
def test_a_node_that_stands_nowhere_is_put_back(full: Archive, column: str) -> None:
    seen = full.register.heads()
    order = f"UPDATE node SET {column} = 'none' WHERE book = 'out' AND level = 0 AND place = 0"
    unguarded(full.path, order)
    planned = plan(full, seen=seen)
    assert planned.acts and planned.left == ()
    repair(full, planned, now=NOW, seen=seen)
    assert check(full).sound


def test_the_backup_of_another_desk_is_refused(full: Archive, tmp_path: Path) -> None:
    create(tmp_path / "another.pressdesk", House()).close()
    unguarded(full.path, "UPDATE blob SET data = x'00'")
    with pytest.raises(BadInput, match="not a backup of this desk"):
        plan(full, file=tmp_path / "another.pressdesk")


def test_a_copy_that_went_another_way_is_refused(
    full: Archive, backup: Path, issue: Callable[..., Filed]
) -> None:
    with closing(open_desk(backup)) as apart:
        filed = apart.releases.add(Release("news"), Edition("en", title="There"))
        apart.releases.issue(filed.release, filed.edition, compose, at=NOW)
    filed = full.releases.add(Release("news"), Edition("en", title="Here"))
    full.releases.issue(filed.release, filed.edition, compose, at=NOW + timedelta(hours=1))
    unguarded(full.path, "UPDATE blob SET data = x'00'")
    with pytest.raises(BadInput, match="not the beginning"):
        plan(full, file=backup)


def test_a_damaged_backup_is_refused(full: Archive, backup: Path) -> None:
    unguarded(full.path, "UPDATE blob SET data = x'00'")
    whole = backup.read_bytes()
    for order in (
        "UPDATE node SET hash = x'00' WHERE level = 0 AND place = 0",
        "DELETE FROM deed WHERE number = 0",
        "UPDATE deed SET number = 'none' WHERE number = 0",
        "UPDATE deed SET data = 'no bytes' WHERE number = 0",
        "UPDATE deed SET noted = 'no day' WHERE number = 0",
    ):
        backup.write_bytes(whole)
        unguarded(backup, order)
        with pytest.raises(DeskForeign, match="backup"):
            plan(full, file=backup)


def test_a_backup_of_before_there_was_a_register_is_named_so(full: Archive, tmp_path: Path) -> None:
    before = published.unpack(3, tmp_path)
    with closing(sqlite3.connect(before)) as bare, bare:
        bare.execute("UPDATE meta SET value = ? WHERE key = 'uid'", (full.uid,))
    unguarded(full.path, "UPDATE blob SET data = x'00'")
    with pytest.raises(BadInput, match="earlier version"):
        plan(full, file=before)


def test_an_older_draft_of_a_backup_is_not_taken(full: Archive, backup: Path) -> None:
    held = full.releases.find(2, language="ru")
    full.releases.save(*held.current())
    last = max(one.id for one in full.releases.revisions(2))
    unguarded(
        full.path,
        f"UPDATE revision SET data = x'00' WHERE id = {last}",
        "UPDATE edition SET title = 'Forged' WHERE id = 2",
    )
    planned = plan(full, file=backup)
    assert planned.acts == () and planned.left


def test_a_draft_is_not_put_back_to_an_older_text(full: Archive) -> None:
    """What it says now was saved; that revision is gone, and the one before says less."""
    last = max(one.id for one in full.releases.revisions(2))
    unguarded(full.path, f"DELETE FROM revision WHERE id = {last}")
    planned = plan(full)
    assert not planned.acts and planned.left


def test_a_sound_desk_has_nothing_to_repair(full: Archive) -> None:
    assert plan(full) == Plan()
    unguarded(full.path, "UPDATE listed SET title = 'Other'")
    assert plan(full) == Plan()  # derived: made anew from the rest


def test_a_desk_on_a_server_is_not_repaired_there(office_url: str) -> None:
    office = create_office(office_url, House())
    with closing(office), pytest.raises(BadInput, match="on a server"):
        plan(office)
