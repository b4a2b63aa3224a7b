"""What went out is not told otherwise by anything that shows it, and not mended into a lie."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import published
import pytest
from archive_samples import NOW, compose, unguarded
from msgspec.structs import replace

from pressdesk.archive.checking import check, repair
from pressdesk.archive.copies import reading_copy
from pressdesk.archive.file import schema, triggers
from pressdesk.archive.file.backup import backup, verify
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.store import values
from pressdesk.base.errors import DeskForeign, DeskReadOnly
from pressdesk.desk import care
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.press.agreeing import other_print
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.sheet import Row, Sheet, SheetContact
from pressdesk.press.translated import Translated

FOREIGN = (
    "CREATE TRIGGER twist AFTER UPDATE OF body ON edition_body WHEN instr(NEW.body, ' not ') BEGIN"
    " UPDATE edition_body SET body = CAST(replace(CAST(NEW.body AS TEXT), ' not ', ' ') AS BLOB)"
    " WHERE edition_id = NEW.edition_id; END"
)


@pytest.fixture
def speech(desk: Archive) -> Filed:
    """A speech that went out, with one of everything."""
    one = desk.contacts.save(Contact(name=Translated.of(en="Maria Berg")))
    text = Edition(
        "en",
        title="The river and the word",
        subtitle="On the bank",
        summary="In short",
        place="Vienna",
        date=date(2026, 11, 20),
        body=Document((paragraph("Twelve gauges went into service."),)),
        notes="A note",
        boilerplate="Who we are",
        contacts=(one.id,),
        fields=(("delivered", "2026-11-20"), ("office", "Director"), ("speaker", "A. Lind")),
        questions=("date",),
    )
    filed = desk.releases.add(Release("speech", topics=("water",)), text)
    return desk.releases.issue(filed.release, filed.edition, compose, at=NOW)


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE edition SET title = 'Another word'",
        "UPDATE edition SET subtitle = ''",
        "UPDATE edition SET place = 'Graz'",
        "UPDATE edition SET date = '2020-01-01'",
        "UPDATE edition SET sort_date = '2020-01-01'",
        "UPDATE edition SET issued_at = '2020-01-01 00:00:00.000000'",
        "UPDATE edition SET recorded_at = '2020-01-01 00:00:00.000000'",
        "UPDATE edition SET language = 'de'",
        "UPDATE edition SET version = version + 1",
        "UPDATE edition SET number = 3",
        "UPDATE edition SET state = 'draft'",
        "UPDATE edition SET title = x'ff'",
        "UPDATE edition_body SET body = replace(body, 'Twelve', 'Twenty')",
        "UPDATE edition_body SET body = x'00'",
        "UPDATE edition_body SET notes = 'Another note'",
        "UPDATE edition_body SET boilerplate = NULL",
        "UPDATE edition_body SET summary = ''",
        "UPDATE edition_body SET fields = replace(fields, 'Lind', 'Berg')",
        "UPDATE edition_body SET questions = '[]'",
        "DELETE FROM edition_body",
        "DELETE FROM edition_contact",
        "UPDATE release SET kind = 'statement'",
        "UPDATE release SET reference = 'PR 1999/001'",
        "UPDATE release SET trashed_at = '2026-01-01 00:00:00.000000'",
        "UPDATE edition SET issued_at = x'ff'",
        "UPDATE edition SET sort_date = 'zzz'",
        "UPDATE edition SET embargo_at = 5",
        "UPDATE edition SET place = x'ff'",
        "UPDATE edition_body SET notes = x'ff'",
        "UPDATE issued SET at = 'zzz'",
        "UPDATE revision SET at = 'zzz'",
        "DELETE FROM issued",
        "UPDATE issued SET at = '2020-01-01 00:00:00.000000'",
        "UPDATE issued SET sheet = replace(sheet, 'Twelve', 'Twenty')",
        "DELETE FROM revision WHERE number = 2",
        "UPDATE revision SET data = x'00' WHERE number = 2",
    ],
)
def test_whatever_was_altered_is_damage_of_what_was_issued(
    desk: Archive, speech: Filed, order: str
) -> None:
    assert check(desk).sound
    unguarded(desk.path, order)
    report = repair(desk)
    assert "issued" in {fault.part for fault in report.faults}, report
    assert report.mended == ()
    assert not check(desk).sound  # a second repair finds no more to mend than the first
    assert not repair(desk).sound


def test_a_forged_sheet_with_a_hash_of_its_own_differs_from_the_text(
    desk: Archive, speech: Filed
) -> None:
    with closing(sqlite3.connect(desk.path)) as bare:
        sheet, house = bare.execute("SELECT sheet, house FROM issued").fetchone()
    forged = sheet.replace(b"Twelve", b"Twenty")
    blob, own = forged.hex(), values.sealed(forged, house)
    unguarded(desk.path, f"UPDATE issued SET sheet = x'{blob}', sha256 = '{own}'")
    assert any("sheet: body" in fault.where for fault in check(desk).faults)
    with pytest.raises(DeskForeign):
        desk.releases.next_edition(speech.release.id, "en")


def test_the_next_edition_begins_from_what_went_out(desk: Archive, speech: Filed) -> None:
    unguarded(
        desk.path,
        "UPDATE edition_body SET body = replace(body, 'Twelve', 'Twenty')",
        "UPDATE edition SET title = 'Another word'",
    )
    begun = desk.releases.next_edition(speech.release.id, "en").edition
    assert (begun.title, plain(begun.body)) == (speech.edition.title, plain(speech.edition.body))
    assert begun.fields == speech.edition.fields and begun.number == 2


@pytest.mark.parametrize(
    ("order", "named"),
    [
        (FOREIGN, "trigger twist: foreign"),
        ("DROP TRIGGER guard_issued_update", "trigger guard_issued_update: missing"),
        ("CREATE VIEW texts AS SELECT * FROM edition", "view texts: foreign"),
        ("ALTER TABLE edition_body ADD COLUMN other TEXT", "table edition_body: altered"),
        ("DROP INDEX ix_release_reference", "index ix_release_reference: missing"),
        ("CREATE TABLE notes (x)", "table notes: foreign"),
        ("CREATE TABLE search_text_more (x)", "table search_text_more: foreign"),
    ],
)
def test_what_pressdesk_did_not_make_is_damage_and_the_desk_is_only_read(
    desk: Archive, speech: Filed, order: str, named: str
) -> None:
    desk.close()
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute(order)
    with pytest.raises(DeskReadOnly, match=named):
        open_desk(desk.path)
    reader = open_desk(desk.path, read_only=True)
    assert named in {fault.where for fault in check(reader).faults}
    assert reader.releases.find(1).edition.title == speech.edition.title
    reader.close()


def test_a_guard_of_other_words_is_no_guard(desk: Archive, speech: Filed) -> None:
    desk.close()
    name, sql = triggers.guards()[0]
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute(f"DROP TRIGGER {name}")
        bare.execute(sql.replace("WHEN", "WHEN 0 AND"))
    with pytest.raises(DeskReadOnly, match=f"trigger {name}: altered"):
        open_desk(desk.path)


def test_white_space_and_comments_are_no_difference(desk: Archive, speech: Filed) -> None:
    desk.close()
    name, sql = triggers.guards()[0]
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute(f"DROP TRIGGER {name}")
        bare.execute(sql.replace(" WHEN ", "\n  /* as ever */ WHEN\n\t"))
    open_desk(desk.path).close()


def test_what_others_change_of_a_release_later_is_no_damage(desk: Archive, speech: Filed) -> None:
    begun = desk.releases.next_edition(speech.release.id, "en")
    other = replace(begun.release, topics=("fire",), occasion="Another day")
    done = desk.releases.save(other, replace(begun.edition, title="Written on"))
    desk.releases.issue(done.release, done.edition, compose, at=NOW)
    desk.releases.next_edition(speech.release.id, "en")
    assert check(desk).sound


def test_a_copy_for_readers_is_looked_through_without_revisions(
    desk: Archive, speech: Filed, tmp_path: Path, add: Callable[..., Filed]
) -> None:
    copy = tmp_path / "copy.pressdesk"
    reading_copy.make(desk, copy, now=NOW)
    with closing(open_desk(copy, reading=True)) as reader:
        assert check(reader).sound
    copy.chmod(0o644)
    unguarded(copy, "UPDATE edition_body SET body = replace(body, 'Twelve', 'Twenty')")
    with closing(open_desk(copy, reading=True)) as reader:
        assert [f.part for f in check(reader).faults if f.part == "issued"] == ["issued"]


def test_a_backup_of_an_altered_desk_is_not_called_proven(
    desk: Archive, speech: Filed, tmp_path: Path
) -> None:
    good = care.make(desk.path, desk.uid, now=NOW)
    unguarded(desk.path, "UPDATE issued SET sheet = replace(sheet, 'Twelve', 'Twenty')")
    with pytest.raises(DeskForeign):
        backup(desk.path, tmp_path / "b.pressdesk")
    for hours in range(1, 200):  # and however often it is tried, the good one stays
        with pytest.raises(DeskForeign):
            care.make(desk.path, desk.uid, now=NOW + timedelta(hours=hours * 6))
    found = care.files(desk.uid)
    assert found[-1].path == good.path
    assert [one.reason for one in found[:-1]] == ["unproven"] * care.NEWEST
    with pytest.raises(DeskForeign):
        verify(found[0].path)


def test_a_backup_without_the_sheet_of_something_issued_is_not_proven(
    desk: Archive, speech: Filed, tmp_path: Path
) -> None:
    unguarded(desk.path, "DELETE FROM issued")
    with pytest.raises(DeskForeign):
        backup(desk.path, tmp_path / "b.pressdesk")


def test_a_damaged_desk_of_before_is_still_brought_up_to_date(tmp_path: Path) -> None:
    old = published.unpack(1, tmp_path)
    with closing(sqlite3.connect(old)) as bare, bare:
        (sql,) = bare.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'guard_issued_update'"
        ).fetchone()
        bare.execute("DROP TRIGGER guard_issued_update")
        bare.execute("UPDATE issued SET sheet = x'00' WHERE edition_id = 1")
        bare.execute(sql)
    with closing(open_desk(old)) as desk:
        assert "issued" in {fault.part for fault in check(desk).faults}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'issued'", "'\"issued\"'"),
        (" IS NOT ", ' IS NOT "NULL" AND NULL IS NOT '),
        ("OLD.", "\u00a0OLD."),
        ("WHEN ", "WHEN 0 AND "),
    ],
)
def test_a_guard_disarmed_by_quotation_marks_is_seen(
    desk: Archive, speech: Filed, before: str, after: str
) -> None:
    desk.close()
    name, sql = next((n, s) for n, s in triggers.guards() if n == "guard_edition_update")
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute("PRAGMA writable_schema = ON")
        order = "UPDATE sqlite_master SET sql = ? WHERE name = ?"
        bare.execute(order, (sql.replace(before, after, 1), name))
    reader = open_desk(desk.path, read_only=True)
    assert f"trigger {name}: altered" in schema_of(reader)
    reader.close()


def schema_of(archive: Archive) -> tuple[str, ...]:
    with archive._store.read() as connection:
        return schema.unexplained(connection)


@pytest.mark.parametrize("kind", ["trigger", "view"])
def test_a_name_of_sqlites_own_hides_nothing(desk: Archive, speech: Filed, kind: str) -> None:
    desk.close()
    sql = {
        "trigger": "CREATE TRIGGER sqlite_evil AFTER INSERT ON edition_body BEGIN SELECT 1; END",
        "view": "CREATE VIEW sqlite_evil AS SELECT 1",
    }[kind]
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute("PRAGMA writable_schema = ON")
        row = (kind, "sqlite_evil", "edition_body" if kind == "trigger" else "sqlite_evil", sql)
        bare.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, 0, ?)", row)
    with pytest.raises(DeskReadOnly, match=f"{kind} sqlite_evil: foreign"):
        open_desk(desk.path)


def test_what_sqlite_keeps_for_itself_is_no_damage(desk: Archive, speech: Filed) -> None:
    with closing(sqlite3.connect(desk.path)) as bare:
        bare.execute("ANALYZE")
        bare.execute("VACUUM")
    assert check(desk).sound


def test_fields_and_revision_forged_alike_differ_from_the_sheet(
    desk: Archive, speech: Filed
) -> None:
    """Whoever also makes the hash of the revision anew is told on by the sheet."""
    for fields in (
        (),
        (("delivered", "1999-01-01"), ("office", "Director"), ("speaker", "A. Lind")),
        (("delivered", "2026-11-20"), ("office", "A. Lind"), ("speaker", "Director")),
        (("delivered", "2026-11-20"), ("office", "Director")),
    ):
        forged = replace(speech.edition, fields=fields)
        assert "fields" in other_print(*_sealed(desk), forged, speech.release)


def _sealed(desk: Archive) -> tuple[Sheet, House]:
    sealed = desk.releases.issued(1)
    assert sealed is not None
    return sealed.sheet, sealed.house


@pytest.mark.parametrize(
    "change",
    [
        {"organisation": "Another"},
        {"letterhead": ("Elsewhere",)},
        {"embargo_line": "EMBARGOED UNTIL 2099"},
        {"watermark": "RETRACTED"},
        {"end_mark": "NOT TRUE"},
        {"dateline": "MOSCOW, 20 November 2026 –"},
        {"speaker": ("A. Lind resigned", "Director", "20 November 2026", "more")},
        {"rows": (Row("Cancelled", "Do not come"),)},
        {"credit": "Somebody"},
        {"contacts": (SheetContact("One"), SheetContact("Two"))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_sheet_that_prints_something_else_is_told(
    desk: Archive, speech: Filed, change: dict[str, object]
) -> None:
    sheet, house = _sealed(desk)
    assert other_print(sheet, house, speech.edition, speech.release) == ()
    assert other_print(replace(sheet, **change), house, speech.edition, speech.release) != ()


def test_labels_of_another_version_are_no_difference(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    fields = (("delivered", "2026-11-20"), ("delivery", "delivered"), ("speaker", "A. Lind"))
    filed = add("A speech", kind="speech", fields=fields, place="Vienna")
    desk.releases.issue(filed.release, filed.edition, compose, at=NOW)
    found = desk.releases.find(filed.release.id)
    sheet, house = _sealed(desk)
    other = replace(
        sheet,
        kind_label="Address",
        contact_heading="Press",
        speaker=tuple(
            line.replace("As delivered", "Check against delivery").replace("November", "Nov.")
            for line in sheet.speaker
        ),
    )
    assert other != sheet
    assert other_print(other, house, found.edition, found.release) == ()
    lost = replace(house, zone="Mars/Base")
    assert other_print(sheet, lost, found.edition, found.release) == ()
