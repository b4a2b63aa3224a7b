"""A save whose answer was lost is repeated and made once, whoever repeats it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from cut_line import Line, line_to
from msgspec.structs import replace
from office_samples import NOW

from pressdesk.archive.file import desk_file
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.base.errors import DeskLocked, DeskUnavailable, EditConflict
from pressdesk.desk import drafting
from pressdesk.desk.editions import read
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.press.compose import compose
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State


@pytest.fixture
def line(cluster) -> Iterator[Line]:
    with line_to(cluster.folder) as made:
        yield made


@pytest.fixture
def desk(office_url: str, line: Line) -> Iterator[Archive]:
    """A desk at the far end of the line, with one draft."""
    made = create_office(office_url)
    made.releases.add(Release("news"), Edition("en", title="First"))
    made.close()
    far = open_office(line.url(office_url))
    yield far
    far.close()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_save_cut_at_its_commit_is_one_revision(
    desk: Archive, line: Line, office_url: str, moment
) -> None:
    filed = desk.releases.find(1)
    text, uid = replace(filed.edition, title="Second"), uuid4().hex
    line.cut_at = moment
    with pytest.raises(DeskUnavailable):
        desk.releases.save(filed.release, text, note="Cut", uid=uid)
    with pytest.raises(DeskUnavailable):
        desk.releases.save(filed.release, text, note="Cut", uid=uid)
    line.mend()
    done = desk.releases.save(filed.release, text, note="Cut", uid=uid)
    assert (done.edition.title, done.edition.version) == ("Second", 2)
    assert [one.note for one in desk.releases.revisions(filed.edition.id)] == ["Cut", ""]
    assert desk.releases.save(done.release, replace(done.edition, title="Third")).edition.version


def test_a_repeat_that_found_the_desk_busy_is_repeated_again(
    desk: Archive, line: Line, office_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = OpenEdition(read(desk, 1, "en"))
    mine.put("title", "Mine")
    attempt, stored = mine.attempt(""), mine.stored
    line.cut_at = "after"
    with pytest.raises(DeskUnavailable):
        stored.save(desk, attempt)
    line.mend()
    with monkeypatch.context() as busy:
        busy.setattr(drafting, "save", _busy)
        with pytest.raises(DeskLocked):
            stored.save(desk, attempt)
    assert stored.now.unanswered == (attempt,)
    stored.save(desk, attempt)
    stands = desk.releases.stands(mine.edition.id)
    assert stands is not None and stored.now.follows(stands) and not stored.now.unanswered
    assert len(desk.releases.revisions(mine.edition.id)) == 2


def _busy(*_save: object, **_more: object) -> None:
    raise DeskLocked("Somebody else is writing.")


def test_another_program_repeats_it(desk: Archive, line: Line, office_url: str) -> None:
    filed = desk.releases.find(1)
    text, uid = replace(filed.edition, title="Second"), uuid4().hex
    line.cut_at = "after"
    with pytest.raises(DeskUnavailable):
        desk.releases.save(filed.release, text, uid=uid)
    other = open_office(office_url)
    assert other.releases.saved_as(uuid4().hex, filed.edition.id) is None
    known = other.releases.saved_as(uid, filed.edition.id)
    done = other.releases.save(filed.release, text, uid=uid)
    assert known == done and done.edition.version == 2
    assert len(other.releases.revisions(filed.edition.id)) == 2
    other.close()


def test_whoever_saved_after_it_is_not_overwritten(
    desk: Archive, line: Line, office_url: str
) -> None:
    filed = desk.releases.find(1)
    text, uid = replace(filed.edition, title="Mine"), uuid4().hex
    line.cut_at = "after"
    with pytest.raises(DeskUnavailable):
        desk.releases.save(filed.release, text, uid=uid)
    other = open_office(office_url)
    there = other.releases.find(1)
    other.releases.save(there.release, replace(there.edition, title="Theirs"))
    line.mend()
    done = desk.releases.save(filed.release, text, uid=uid)
    assert (done.edition.title, done.edition.version) == ("Mine", 2)
    with pytest.raises(EditConflict):
        desk.releases.save(done.release, replace(done.edition, title="Mine again"))
    assert other.releases.find(1).edition.title == "Theirs"
    other.close()


def test_an_issue_cut_at_its_commit_is_issued_once(desk: Archive, line: Line) -> None:
    filed = desk.releases.find(1)
    uid, made = uuid4().hex, partial(compose, now=NOW)
    line.cut_at = "after"
    issue = partial(desk.releases.issue, filed.release, filed.edition, made, at=NOW, uid=uid)
    with pytest.raises(DeskUnavailable):
        issue()
    line.mend()
    done = issue()
    assert done.edition.state is State.ISSUED and done.release.reference == "PR 2026/001"
    assert done == desk.releases.find(1)


def test_a_killed_session_is_a_lost_answer_too(desk: Archive, cluster, line: Line) -> None:
    filed = desk.releases.find(1)
    text, uid = replace(filed.edition, title="Second"), uuid4().hex
    desk.releases.save(filed.release, text, uid=uid)
    cluster.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{desk.place.name}' AND pid <> pg_backend_pid()"
    )
    assert desk.releases.save(filed.release, text, uid=uid).edition.version == 2
    assert len(desk.releases.revisions(filed.edition.id)) == 2


def test_a_file_knows_a_repeated_save_as_well(tmp_path: Path) -> None:
    desk = desk_file.create(tmp_path / "own.pressdesk")
    filed = desk.releases.add(Release("news"), Edition("en", title="First"))
    text, uid = replace(filed.edition, title="Second"), uuid4().hex
    first = desk.releases.save(filed.release, text, uid=uid)
    desk.close()
    desk = desk_file.open_desk(tmp_path / "own.pressdesk")
    assert desk.releases.save(filed.release, text, uid=uid) == first
    assert len(desk.releases.revisions(filed.edition.id)) == 2
    desk.close()


def test_one_uid_is_one_revision_whoever_writes(desk: Archive, office_url: str) -> None:
    filed = desk.releases.find(1)
    desk.releases.save(filed.release, replace(filed.edition, title="Second"), uid="same")
    with psycopg.connect(office_url) as bare, pytest.raises(psycopg.errors.IntegrityError):
        bare.execute(
            "INSERT INTO revision (edition_id, number, at, note, author, sha256, data, uid)"
            " SELECT edition_id, 99, at, note, author, sha256, data, uid FROM revision"
            " WHERE uid = 'same'"
        )
