"""Text that could not be kept comes back when its desk opens again."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.desk import looks, rescue
from pressdesk.desk.rescue import Rescued, RescueFile
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release


def put(desk: Path, release: Release, edition: Edition, **more: Any) -> Path:
    """The file of a text that its desk did not take."""
    return rescue.write(rescue.rescued(desk, release, edition, **more))


BODY = Document((paragraph("Не потеряно."),))


def test_a_rescued_text_becomes_the_draft_row_again(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("ru", title="Старое"))
    put(archive.path, filed.release, replace(filed.edition, body=BODY))
    assert rescue.take_in(archive) == ("Старое",)
    kept = archive.releases.find(filed.release.id).kept
    assert kept is not None and kept.edition.body == BODY
    assert rescue.take_in(archive) == ()
    archive.close()


def test_a_text_whose_edition_moved_on_becomes_a_release_of_its_own(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("en", title="Old"))
    put(archive.path, filed.release, replace(filed.edition, body=BODY))
    newer = replace(filed.edition, title="Newer")
    archive.releases.save(filed.release, newer)
    rescue.take_in(archive)
    now = datetime.now(UTC)
    titles = {row.first.title for row in archive.releases.page(Query(), now=now)}
    assert titles == {"Newer", "Old"}
    archive.close()


def test_texts_of_other_desks_stay_where_they_are(tmp_path: Path) -> None:
    one, other = create(tmp_path / "a.pressdesk"), create(tmp_path / "b.pressdesk")
    path = rescue.write(
        rescue.rescued(one.path, Release("news", uid="u"), Edition("en", title="Mine"))
    )
    assert rescue.take_in(other) == ()
    assert path.exists()
    one.close()
    other.close()


def test_a_desk_put_in_the_place_of_another_does_not_get_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pressdesk"
    lost = create(path)
    filed = lost.releases.add(Release("news"), Edition("en", title="Lost"))
    typed = replace(filed.edition, subtitle="Typed")
    file = put(path, filed.release, typed, uid=lost.uid)
    lost.close()
    path.rename(tmp_path / "moved.pressdesk")
    other = create(path)
    theirs = other.releases.add(Release("news"), Edition("en", title="Theirs"))
    assert rescue.take_in(other) == () and file.exists()
    assert other.releases.find(theirs.release.id) == theirs
    other.close()
    moved = open_desk(tmp_path / "moved.pressdesk")
    assert rescue.take_in(moved) == ("Lost",)
    moved.close()


def test_what_another_window_kept_is_not_replaced_by_a_rescued_text(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("en", title="Old"))
    archive.releases.keep(filed.release, replace(filed.edition, title="Theirs"))
    rescue.write(
        rescue.rescued(
            archive.path, filed.release, replace(filed.edition, title="Mine"), uid=archive.uid
        )
    )
    rescue.take_in(archive)
    assert titles(archive) == {"Theirs", "Mine"}
    archive.close()


def test_two_texts_rescued_of_one_edition_are_both_there(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("en", title="Old"))
    for title in ("One", "Two"):
        rescue.write(
            rescue.rescued(archive.path, filed.release, replace(filed.edition, title=title))
        )
    rescue.take_in(archive)
    assert titles(archive) == {"One", "Two"}
    archive.close()


def test_a_rescued_text_that_cannot_be_stored_keeps_nobody_from_the_desk(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    odd = Edition("en", title="Odd", contacts=(7,))
    file = put(archive.path, Release("news"), odd)
    assert rescue.take_in(archive) == ("Odd",) and not file.exists()
    archive.close()
    locked = open_desk(tmp_path / "a.pressdesk", read_only=True)
    file = put(locked.path, Release("news"), odd, uid=locked.uid)
    assert rescue.take_in(locked) == () and file.exists()
    locked.close()


def titles(archive: Archive) -> set[str]:
    """Of every release, as last seen."""
    rows = archive.releases.page(Query(), now=datetime.now(UTC))
    return {row.first.title for row in rows}


def test_a_text_that_is_there_already_is_not_given_twice(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("en", title="Old"))
    typed = replace(filed.edition, title="New")
    file = rescue.write(
        rescue.rescued(archive.path, filed.release, typed, uid=archive.uid, uids=("never", "one"))
    )
    archive.releases.save(filed.release, typed, uid="one")
    assert rescue.take_in(archive) == () and not file.exists()
    assert len(archive.releases.keys(Query(), now=datetime.now(UTC))) == 1
    archive.close()


def test_what_was_typed_after_an_unanswered_save_builds_upon_it(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("en", title="Old"))
    archive.releases.save(filed.release, replace(filed.edition, title="New"), uid="one")
    more = replace(filed.edition, title="Newer")
    put(archive.path, filed.release, more, uid=archive.uid, uids=("one",))
    assert rescue.take_in(archive) == ("Newer",)
    there = archive.releases.find(filed.release.id)
    assert there.edition.title == "New" and there.current()[1].title == "Newer"
    archive.close()


def test_a_text_of_a_program_that_was_killed_is_taken_in_at_once(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("en", title="Old"))
    typed = replace(filed.edition, title="Typed")
    file = rescue.write(
        rescue.rescued(archive.path, filed.release, typed, uid=archive.uid, trying=True)
    )
    assert rescue.take_in(archive) == ()  # whoever holds it still runs
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    held = msgspec.json.decode(file.read_bytes(), type=rescue.Rescued)
    file.write_bytes(msgspec.json.encode(replace(held, pid=gone.pid)))
    assert rescue.take_in(archive) == ("Typed",)
    archive.close()


def lies(file: RescueFile) -> list[str]:
    """The titles of what lies beside the desk, and that the file knows of it."""
    found = [msgspec.json.decode(one.read_bytes(), type=Rescued) for one in files()]
    assert file.there == bool(found)
    return [one.edition.title for one in found]


def files() -> list[Path]:
    return list(rescue.folder().glob("*.json"))


def state(title: str) -> Rescued:
    return rescue.rescued(Path("a.pressdesk"), Release("news", uid="u"), Edition("en", title=title))


def test_of_two_states_the_later_one_lies_there_whichever_comes_last() -> None:
    file = RescueFile()
    file.put(2, state("Two"))
    file.put(1, state("One"))
    assert lies(file) == ["Two"]
    file.put(3, state("Three"))
    assert lies(file) == ["Three"]


def test_a_state_that_is_stored_lies_nowhere_and_a_later_one_stays() -> None:
    file = RescueFile()
    file.put(1, state("One"))
    file.drop(1)
    assert lies(file) == []
    file.put(1, state("One"))
    assert lies(file) == []
    file.put(2, state("Two"))
    file.drop(1)
    assert lies(file) == ["Two"]
    file.drop(3)
    assert lies(file) == []


@pytest.mark.parametrize("damage", [b"{", b'{"desk":"\x9f"}', b"[" * 100_000, b""])
def test_a_file_nobody_can_read_keeps_nobody_from_the_desk(damage: bytes, tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("ru", title="Старое"))
    put(archive.path, filed.release, replace(filed.edition, body=BODY))
    damaged = rescue.folder() / "0.json"
    damaged.write_bytes(damage)
    assert rescue.take_in(archive) == ("Старое",)
    assert damaged.read_bytes() == damage
    archive.close()


@pytest.mark.parametrize(
    "damage", [b'{"at":"\x9f"}', b"[" * 100_000, b'{"at":"2026-11-23T12:00:00","sound":true}']
)
def test_a_look_nobody_can_read_was_never_taken(damage: bytes) -> None:
    looks.note_look("u", datetime(2026, 11, 23, tzinfo=UTC), sound=True)
    looks._file("u").write_bytes(damage)
    assert looks.last_look("u") is None
