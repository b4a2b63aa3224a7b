"""Drafts, what was kept of them, and what went out: no other text is shown or called sound."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from archive_samples import unguarded
from msgspec.structs import replace

from pressdesk.archive.checking import check, repair
from pressdesk.archive.file.backup import backup, verify
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.store import values
from pressdesk.base.errors import DeskForeign, DeskReadOnly, PressDeskError
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed

WORDS = Document((paragraph("Twelve gauges went into service."),))


@pytest.fixture
def drafted(desk: Archive, add: Callable[..., Filed]) -> Filed:
    """A draft with one of everything, saved twice."""
    first = add(
        "The river",
        kind="speech",
        body=WORDS,
        date=date(2026, 11, 20),
        notes="A note",
        fields=(("speaker", "A. Lind"),),
        questions=("date",),
    )
    changed = replace(first.edition, subtitle="On the bank")
    return desk.releases.save(replace(first.release, topics=("water",)), changed)


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE edition_body SET body = replace(body, 'Twelve', 'Twenty')",
        "UPDATE edition_body SET notes = 'Another note'",
        "UPDATE edition_body SET fields = replace(fields, 'Lind', 'Berg')",
        "UPDATE edition_body SET questions = '[]'",
        "UPDATE edition SET title = 'Another word'",
        "UPDATE edition SET version = version + 1",
        "UPDATE edition SET sort_date = '2020-01-01'",
        "UPDATE edition SET embargo_at = '2030-01-01 00:00:00.000000'",
        "UPDATE edition SET title = x'ff'",
        "DELETE FROM edition_body",
        "DELETE FROM revision",
        "UPDATE release SET topics = '[\"fire\"]'",
        "UPDATE release SET kind = 'statement'",
        "UPDATE release SET embargo_at = '2030-01-01 00:00:00.000000', embargo_zone = 'UTC'",
        "UPDATE release SET version = version + 1",
        "UPDATE release SET topics = '{'",
    ],
)
def test_a_draft_that_is_not_what_was_saved_is_damage(
    desk: Archive, drafted: Filed, order: str
) -> None:
    assert check(desk).sound
    unguarded(desk.path, order)
    report = repair(desk)
    assert "drafts" in {fault.part for fault in report.faults}, report
    assert report.mended == () and not check(desk).sound


def test_texts_that_gave_way_are_no_damage(desk: Archive, drafted: Filed) -> None:
    desk.releases.set_aside(
        drafted.release, replace(drafted.edition, title="Another"), note="Two wrote at once"
    )
    other = desk.releases.add_language(
        drafted.release.id, replace(drafted.edition, language="ru", title="Река")
    )
    desk.releases.save(replace(other.release, topics=("fire",)), other.edition)
    desk.releases.keep(*desk.releases.find(drafted.release.id, language="en").current())
    assert check(desk).sound


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE draft SET data = replace(data, 'kept title', 'forged one')",
        "UPDATE draft SET data = CAST(replace(CAST(data AS TEXT), 'Twelve', 'Twenty') AS BLOB)",
        "UPDATE draft SET sha256 = ''",
        "UPDATE draft SET title = 'forged one'",
        "UPDATE draft SET date = '2020-01-01'",
        "UPDATE draft SET data = 'text'",
    ],
)
def test_what_was_kept_is_verified(desk: Archive, drafted: Filed, order: str) -> None:
    desk.releases.keep(drafted.release, replace(drafted.edition, title="kept title"))
    assert check(desk).sound
    unguarded(desk.path, order)
    report = repair(desk)
    assert "drafts" in {fault.part for fault in report.faults}, report
    assert report.mended == ()
    if "title =" not in order and "date =" not in order:
        with pytest.raises(PressDeskError):
            desk.releases.find(drafted.release.id)
        desk.releases.discard(drafted.edition.id)
        assert desk.releases.find(drafted.release.id).edition == drafted.edition


def test_what_an_earlier_version_kept_has_no_hash(desk: Archive, drafted: Filed) -> None:
    desk.releases.keep(drafted.release, replace(drafted.edition, title="kept title"))
    unguarded(desk.path, "UPDATE draft SET sha256 = NULL")
    assert check(desk).sound
    kept = desk.releases.find(drafted.release.id).kept
    assert kept is not None and kept.edition.title == "kept title"


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE edition SET title = 'Another word'",
        "UPDATE edition SET state = 'draft'",
        "UPDATE edition_body SET body = replace(body, 'Twelve', 'Twenty')",
        "UPDATE edition_body SET notes = 'Another note'",
        "UPDATE edition_body SET fields = replace(fields, 'Lind', 'Berg')",
        "UPDATE release SET kind = 'statement'",
        "UPDATE release SET reference = 'PR 1999/001'",
        "DELETE FROM issued",
    ],
)
def test_nobody_is_shown_another_text_than_went_out(
    desk: Archive, drafted: Filed, issue: Callable[..., Filed], order: str
) -> None:
    out = issue(drafted)
    assert desk.releases.find(1) == out
    unguarded(desk.path, order)
    with pytest.raises(DeskForeign):
        desk.releases.find(1)
    with pytest.raises(DeskForeign):
        desk.releases.look(1, "en")


@pytest.mark.parametrize(
    "orders",
    [
        ("PRAGMA foreign_keys = ON", "DELETE FROM release"),
        (
            "DELETE FROM issued",
            "DELETE FROM revision WHERE number = 3",
            "UPDATE edition SET state = 'draft', issued_at = NULL, embargo_at = NULL",
            "UPDATE edition SET version = 2",
        ),
    ],
)
def test_what_is_gone_of_the_record_is_not_mended(
    desk: Archive, drafted: Filed, issue: Callable[..., Filed], orders: tuple[str, ...]
) -> None:
    issue(drafted)
    unguarded(desk.path, *orders)
    report = repair(desk)
    assert "register" in {fault.part for fault in report.faults}, report
    assert report.mended == () and not repair(desk).sound


def test_what_is_forged_throughout_differs_from_the_register(
    desk: Archive, drafted: Filed, issue: Callable[..., Filed]
) -> None:
    out = issue(drafted)
    other = replace(out.edition, title="Another word")
    packed = values.pack(out.release, other)
    with closing(sqlite3.connect(desk.path)) as bare:
        sheet, house = bare.execute("SELECT sheet, house FROM issued").fetchone()
    forged = sheet.replace(b"The river", b"Another word")
    sealed = values.sealed(forged, house)
    unguarded(
        desk.path,
        "UPDATE edition SET title = 'Another word'",
        f"UPDATE issued SET sheet = x'{forged.hex()}', sha256 = '{sealed}'",
        f"UPDATE revision SET data = x'{values.squeeze(packed).hex()}',"
        f" sha256 = '{values.digest(packed)}' WHERE number = 3",
        "DELETE FROM revision_base WHERE revision_id = 3",
    )
    report = repair(desk)
    assert {fault.part for fault in report.faults} == {"register"}, report
    assert report.mended == ()


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE edition SET title = 'Another word' WHERE id = 1",
        "UPDATE edition_body SET notes = 'Another note' WHERE edition_id = 2",
        "DELETE FROM release WHERE id = 1",
        "DELETE FROM node WHERE level = 0",
    ],
)
def test_a_backup_is_proven_as_the_desk_is_checked(
    desk: Archive,
    drafted: Filed,
    add: Callable[..., Filed],
    issue: Callable[..., Filed],
    tmp_path: Path,
    order: str,
) -> None:
    issue(drafted)
    add("A draft")
    backup(desk.path, tmp_path / "good.pressdesk")
    unguarded(desk.path, "PRAGMA foreign_keys = ON", order)
    with pytest.raises(DeskForeign):
        backup(desk.path, tmp_path / "b.pressdesk")
    backup(desk.path, tmp_path / "mere.pressdesk", sealed=False)
    with pytest.raises(DeskForeign):
        verify(tmp_path / "mere.pressdesk")


@pytest.mark.parametrize(
    "order",
    [
        "CREATE TRIGGER t AFTER UPDATE ON edition BEGIN SELECT 1; END",
        "DROP TRIGGER guard_issued_update",
        "CREATE VIEW v AS SELECT 1",
    ],
)
def test_a_backup_with_other_tables_or_guards_is_none(
    desk: Archive, drafted: Filed, tmp_path: Path, order: str
) -> None:
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute(order)
    backup(desk.path, tmp_path / "mere.pressdesk", sealed=False)
    for work in (
        lambda: verify(tmp_path / "mere.pressdesk"),
        lambda: backup(desk.path, tmp_path / "b"),
    ):
        with pytest.raises(DeskForeign, match="structure"):
            work()


PLANTED = (
    "CREATE TRIGGER t AFTER UPDATE OF body ON edition_body BEGIN"
    " UPDATE edition_body SET body = CAST(replace(CAST(NEW.body AS TEXT), ' not ', ' ') AS BLOB)"
    " WHERE edition_id = NEW.edition_id; END"
)


@pytest.mark.parametrize("order", [PLANTED, "DROP TRIGGER guard_issued_update"])
def test_what_is_planted_while_the_desk_is_open_alters_nothing(
    desk: Archive, drafted: Filed, order: str
) -> None:
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute(order)
    text = replace(drafted.edition, body=Document((paragraph("They do not agree."),)))
    for write in (desk.releases.save, desk.releases.keep):
        with pytest.raises(DeskReadOnly, match="structure"):
            write(drafted.release, text)
    assert desk.releases.find(1).edition == drafted.edition


def test_making_the_index_anew_is_no_change_of_the_schema(
    desk: Archive, drafted: Filed, other: Archive
) -> None:
    desk.search.rebuild()
    saved = other.releases.save(drafted.release, replace(drafted.edition, title="Another"))
    assert desk.releases.keep(saved.release, saved.edition)


def test_a_view_in_the_place_of_a_table_is_not_read(desk: Archive, drafted: Filed) -> None:
    desk.close()
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute("DROP TABLE listed")
        bare.execute(
            "CREATE VIEW listed AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS release_id FROM n"
        )
    with pytest.raises(DeskForeign, match="view listed"):
        open_desk(desk.path, read_only=True)


DEEP = b'{"format":1,"blocks":[' + b'{"type":"quote","blocks":[' * 5000 + b"]}" * 5001


def test_what_is_nested_without_end_or_swells_is_damage(
    desk: Archive, drafted: Filed, add: Callable[..., Filed]
) -> None:
    add("Another")
    bomb = zlib.compress(bytes(100_000_000), 9)
    unguarded(
        desk.path,
        f"UPDATE edition_body SET body = x'{DEEP.hex()}' WHERE edition_id = 1",
        f"UPDATE revision SET data = x'{bomb.hex()}' WHERE edition_id = 2",
        f"UPDATE search_terms SET words = x'{bomb.hex()}'",
    )
    report = repair(desk)
    assert not report.sound and report.mended == ()
    revision = desk.releases.revisions(2)[0]
    for work in (
        lambda: desk.releases.find(1),
        lambda: desk.releases.save(drafted.release, replace(drafted.edition, title="New")),
        lambda: desk.releases.revision(revision.id),
    ):
        with pytest.raises(PressDeskError):
            work()


def test_a_sheet_nested_without_end_is_damage(
    desk: Archive, drafted: Filed, issue: Callable[..., Filed]
) -> None:
    issue(drafted)
    with closing(sqlite3.connect(desk.path)) as bare:
        sheet, house = bare.execute("SELECT sheet, house FROM issued").fetchone()
    start = sheet.index(b'"body":') + len(b'"body":')
    deep = sheet[:start] + DEEP + sheet[start:]
    hashed = values.sealed(deep, house)
    unguarded(desk.path, f"UPDATE issued SET sheet = x'{deep.hex()}', sha256 = '{hashed}'")
    for work in (lambda: desk.releases.issued(1), lambda: desk.releases.find(1)):
        with pytest.raises(DeskForeign):
            work()
    assert not repair(desk).sound
