"""A file on the table is a witness: against a desk that was forged or put back, and without one."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.copies import reading_copy
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.base.errors import BadInput, DeskReadOnly, PressDeskError, ReadFailed
from pressdesk.desk import drafting, exporting, issuing, verifying
from pressdesk.desk.verifying import FileVerdict
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.register.checkpoint import Checkpoint
from pressdesk.press.register.proof import Proof
from pressdesk.press.release import Edition, Release
from tests.unit.made_up_proof import made_up

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CARRIERS = ("pdf", "html")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = create(tmp_path / "office.pressdesk", House(zone="Europe/Vienna"))
    yield made
    made.close()


def issued(archive: Archive, words: str = "We do not agree.", uid: str = "") -> Filed:
    """A statement that was issued; ``uid`` is given to its edition before."""
    text = Edition("en", title="Statement", body=Document((paragraph(words),)))
    filed = archive.releases.add(Release("statement"), text)
    if uid:
        name_it(archive.path, filed.edition.id, uid)
        filed = archive.releases.find(filed.release.id)
    return issuing.issue(archive, filed.release, filed.edition, now=NOW)[0]


def name_it(path: Path, edition_id: int, uid: str) -> None:
    """Give an edition the uid of another, past the guards."""
    guards = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'edition'"
    with closing(sqlite3.connect(path)) as bare:
        found = bare.execute(guards).fetchall()
        for name, _order in found:
            bare.execute(f'DROP TRIGGER "{name}"')
        bare.execute("UPDATE edition SET uid = ? WHERE id = ?", (uid, edition_id))
        for _name, order in found:
            bare.execute(order)
        bare.commit()


def exported(archive: Archive, filed: Filed, name: str = "pdf") -> bytes:
    parcel = exporting.ready(archive, filed, now=NOW)
    return exporting.in_process()(name, parcel).data


def carried(tmp_path: Path, data: bytes) -> tuple[bytes, Proof]:
    path = tmp_path / "on the table"
    path.write_bytes(data)
    return verifying.proof_of(path)


def against(archive: Archive, tmp_path: Path, data: bytes) -> FileVerdict:
    found = carried(tmp_path, data)
    return verifying.by_desk(archive, *found, render=exporting.in_process())


def said(verdict: FileVerdict) -> dict[str, bool | None]:
    return {one.about: one.holds for one in verdict.said}


HOLDS = dict.fromkeys(("proof", "desk", "record", "sheet", "text"), True)


@pytest.mark.parametrize("name", CARRIERS)
def test_a_file_of_the_desk_is_borne_out(archive: Archive, tmp_path: Path, name: str) -> None:
    filed = issued(archive)
    data = exported(archive, filed, name)
    found = against(archive, tmp_path, data)
    assert said(found) == HOLDS and found.sound
    assert found.edition.startswith("PR 2026/001, en, 2026-11-23 ")
    issued(archive)
    again = against(archive, tmp_path, data)
    assert again.sound and "goes on from the checkpoint" in again.said[1].words
    assert exported(archive, filed, name) == data


def test_what_replaced_it_is_told(archive: Archive, tmp_path: Path) -> None:
    filed = issued(archive)
    data = exported(archive, filed)
    for _number in range(2):
        following, _changes = drafting.new_edition(archive, filed.release.id, "en")
        issuing.issue(archive, following.release, following.edition, now=NOW)
    found = against(archive, tmp_path, data)
    assert found.sound and said(found) == HOLDS | {"later": None}
    assert "2 later editions were issued, the last on 2026-11-23" in found.said[-1].words


def test_a_desk_forged_with_the_programs_own_code_is_caught(
    archive: Archive, tmp_path: Path
) -> None:
    """Everything made anew: text, sheet, hash and register, under the names that they had."""
    filed = issued(archive)
    data = exported(archive, filed)
    path = tmp_path / "forged.pressdesk"
    create(path, archive.houses.get()).close()
    with closing(sqlite3.connect(path)) as bare:
        bare.execute("UPDATE meta SET value = ? WHERE key = 'uid'", (archive.uid,))
        bare.commit()
    with closing(open_desk(path)) as forged:
        issued(forged, "We do agree.", filed.edition.uid)
        issued(forged)
        issued(forged)
        assert verifying.desk(forged).sound, "from inside nothing can be seen"
        found = against(forged, tmp_path, data)
        assert not found.sound
        assert {"desk", "record", "sheet"} <= {n for n, holds in said(found).items() if not holds}


def test_a_desk_put_back_to_before_the_issue_is_caught(archive: Archive, tmp_path: Path) -> None:
    issued(archive)
    before = Path(shutil.copy(archive.path, tmp_path / "before.pressdesk"))
    data = exported(archive, issued(archive))
    with closing(open_desk(before)) as old:
        assert verifying.desk(old).sound
        found = against(old, tmp_path, data)
        assert not found.sound and "This desk is older than the checkpoint" in found.said[1].words
        for number in range(30):
            issued(old, f"We went on otherwise, {number}.")
        found = against(old, tmp_path, data)
        assert not found.sound and "is not the one of the checkpoint" in found.said[1].words


def test_a_file_of_another_desk_is_not_borne_out(archive: Archive, tmp_path: Path) -> None:
    data = exported(archive, issued(archive))
    with closing(create(tmp_path / "other.pressdesk")) as other:
        issued(other)
        assert said(against(other, tmp_path, data)) == {"proof": True, "desk": False}


@pytest.mark.parametrize("name", CARRIERS)
def test_no_altered_bit_of_a_proof_verifies(archive: Archive, tmp_path: Path, name: str) -> None:
    data = bytearray(exported(archive, issued(archive), name))
    kept = carried(tmp_path, bytes(data))[1].checkpoint
    begin = data.index(b'{"format":"pressdesk-proof')
    end = data.index(b"}<", begin) + 1

    def verified() -> bool:
        try:
            found = carried(tmp_path, bytes(data))
        except PressDeskError:
            return False
        alone = verifying.without_desk(found[1], seen=kept)
        here = verifying.by_desk(archive, *found, render=exporting.in_process())
        return alone.sound or here.sound

    for bit in random.Random(20261128).sample(range(begin * 8, end * 8), 300):
        data[bit // 8] ^= 1 << bit % 8
        assert not verified(), bit
        data[bit // 8] ^= 1 << bit % 8
    assert verified()


def test_the_text_of_a_file_is_compared_whatever_its_bytes(
    archive: Archive, tmp_path: Path
) -> None:
    data = exported(archive, issued(archive), "html")
    other = data.replace(b"</body>", b"<!-- of another version --></body>")
    assert other != data
    found = against(archive, tmp_path, other)
    assert said(found) == HOLDS and "last byte" not in str(found.said)
    forged = data.replace(b"We do not agree.", b"We do agree.")
    found = against(archive, tmp_path, forged)
    assert said(found) == HOLDS | {"text": False} and not found.sound
    assert "not agree" in str(found.said)


def test_the_text_of_a_forged_pdf_is_another(archive: Archive, tmp_path: Path) -> None:
    """The whole file made anew with the proof of what was issued."""
    filed = issued(archive)
    parcel = exporting.ready(archive, filed, now=NOW)
    body = Document((paragraph("We do agree."),))
    forged = replace(parcel, sheet=replace(parcel.sheet, body=body))
    found = against(archive, tmp_path, exporting.in_process()("pdf", forged).data)
    assert said(found) == HOLDS | {"text": False} and not found.sound


def test_an_edition_that_was_altered_in_the_desk_is_told(archive: Archive, tmp_path: Path) -> None:
    data = exported(archive, issued(archive))
    archive.close()
    with closing(sqlite3.connect(archive.path)) as bare:
        names = bare.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            bare.execute(f'DROP TRIGGER "{name}"')
        bare.execute("UPDATE issued SET sheet = CAST(replace(sheet, 'not ', '') AS BLOB)")
        bare.commit()
    with closing(open_desk(archive.path, read_only=True)) as altered:
        found = against(altered, tmp_path, data)
        assert said(found) == HOLDS | {"sheet": False, "text": None} and not found.sound
        desk = verifying.desk(altered)
        assert not desk.sound and desk.faults[0].part == "issued"


def test_a_past_item_that_was_recorded_is_borne_out(archive: Archive, tmp_path: Path) -> None:
    filed, _changes = drafting.new_release(archive, kind="news", language="en", now=NOW)
    text = replace(filed.edition, title="Past", body=Document((paragraph("Past."),)))
    saved = drafting.save(archive, filed.release, text)[0]
    done, _changes = issuing.record_as_issued(
        archive, saved.release, saved.edition, on=date(2020, 9, 27), now=NOW
    )
    found = against(archive, tmp_path, exported(archive, done))
    assert found.sound and found.proof.record.at.startswith("2020-09-2")


def test_without_a_desk_a_checkpoint_vouches() -> None:
    proof = made_up()
    seen = proof.checkpoint
    assert verifying.without_desk(proof, seen=seen).sound
    assert not verifying.without_desk(proof).sound, "nobody vouches for it"
    for other in (
        Checkpoint("pressdesk/other/out", seen.size, seen.root),
        Checkpoint(seen.origin, seen.size + 1, seen.root),
        Checkpoint(seen.origin, seen.size, bytes(32)),
    ):
        assert not verifying.without_desk(proof, seen=other).sound
    bent = replace(proof, path=proof.path[1:])
    assert said(verifying.without_desk(bent, seen=seen)) == {"proof": False}


def test_a_desk_goes_on_from_a_checkpoint_that_was_kept(archive: Archive, tmp_path: Path) -> None:
    issued(archive)
    (kept, _other) = verifying.desk(archive).checkpoints
    issued(archive)
    path = tmp_path / "kept.txt"
    path.write_text(str(kept))
    found = verifying.desk(archive, seen=verifying.checkpoint_of(path))
    assert found.sound and found.said is not None and found.said.holds
    path.write_text(str(Checkpoint(kept.origin, kept.size, bytes(32))))
    assert not verifying.desk(archive, seen=verifying.checkpoint_of(path)).sound


def test_a_copy_for_readers_bears_out_what_it_shows(archive: Archive, tmp_path: Path) -> None:
    data = exported(archive, issued(archive))
    reading_copy.make(archive, tmp_path / "copy.pressdesk", now=NOW, told=lambda *_n: None)
    with closing(open_desk(tmp_path / "copy.pressdesk", read_only=True)) as copy:
        found = against(copy, tmp_path, data)
        assert said(found) == HOLDS and found.sound
        assert verifying.desk(copy).sound
    with closing(open_desk(archive.path, reading=True)) as reader, pytest.raises(DeskReadOnly):
        against(reader, tmp_path, data)


@pytest.mark.parametrize(
    "use", [verifying.proof_of, verifying.checkpoint_of], ids=["proof", "checkpoint"]
)
def test_what_cannot_be_read_is_told(tmp_path: Path, use: Callable[[Path], object]) -> None:
    path = tmp_path / "file"
    with pytest.raises(ReadFailed):
        use(path)
    with pytest.raises(ReadFailed):
        use(tmp_path)
    for data in (b"", b"\xff" * 40_000, b"%PDF-1.7", "pressdesk/x/out\n1\n".encode("utf-16")):
        path.write_bytes(data)
        with pytest.raises(BadInput):
            use(path)


def test_what_a_file_says_is_printed_without_its_control_characters() -> None:
    record = made_up(reference="PR\x1b]52;c;AAAA\x07\u202e" + "x" * 400).record
    found = verifying.without_desk(replace(made_up(), record=record))
    assert found.edition.isprintable() and len(found.edition) < 150
