"""Two windows wrote one edition: whichever text is chosen, the other can be found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.desk_file import Archive, create, open_desk
from pressdesk.base.errors import EditConflict
from pressdesk.desk import issuing, settling
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Embargo, Release, State

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BODY = Document((paragraph("The gauge is open."),))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = create(tmp_path / "office.pressdesk")
    yield made
    made.close()


@pytest.fixture
def filed(archive: Archive) -> Filed:
    return archive.releases.add(Release("news"), Edition("en", title="First", body=BODY))


def titles(archive: Archive, edition_id: int) -> set[str]:
    """Of every revision."""
    found = archive.releases.revisions(edition_id)
    return {archive.releases.revision(one.id)[1].title for one in found}


def test_mine_over_a_text_that_was_only_kept_leaves_it_among_the_revisions(
    archive: Archive, filed: Filed
) -> None:
    other = open_desk(archive.path)
    other.releases.keep(filed.release, replace(filed.edition, title="Theirs"))
    other.close()
    mine = replace(filed.edition, title="Mine")
    with pytest.raises(EditConflict):
        archive.releases.keep(filed.release, mine)
    saved, _changes = settling.put_mine(archive, filed.release, mine, base=filed.release)
    assert saved.edition.title == "Mine"
    assert titles(archive, filed.edition.id) == {"First", "Theirs", "Mine"}


def test_theirs_leaves_mine_among_the_revisions_and_moves_nothing(
    archive: Archive, filed: Filed
) -> None:
    theirs = archive.releases.save(filed.release, replace(filed.edition, title="Theirs"))
    settling.take_theirs(archive, filed.release, replace(filed.edition, title="Mine"), now=NOW)
    assert archive.releases.find(filed.release.id) == theirs
    assert "Mine" in titles(archive, filed.edition.id)


def test_mine_after_the_other_issued_becomes_the_next_edition(
    archive: Archive, filed: Filed
) -> None:
    issued, _changes = issuing.issue(archive, filed.release, filed.edition, now=NOW)
    saved, _more = settling.put_mine(
        archive, filed.release, replace(filed.edition, title="Mine"), base=filed.release
    )
    assert (saved.edition.number, saved.edition.title) == (2, "Mine")
    assert saved.edition.state is State.DRAFT
    assert archive.releases.find(filed.release.id, number=1).edition == issued.edition


def test_theirs_after_the_other_issued_leaves_mine_as_a_release(
    archive: Archive, filed: Filed
) -> None:
    issuing.issue(archive, filed.release, filed.edition, now=NOW)
    settling.take_theirs(archive, filed.release, replace(filed.edition, title="Mine"), now=NOW)
    rows = archive.releases.page(Query(), now=NOW)
    assert {row.first.title for row in rows} == {"First", "Mine"}


def test_mine_lifts_no_embargo_i_never_saw(archive: Archive, filed: Filed) -> None:
    embargo = Embargo(datetime(2026, 12, 1, tzinfo=UTC), "Europe/Vienna")
    archive.releases.save(replace(filed.release, embargo=embargo), filed.edition)
    mine = replace(filed.edition, title="Mine")
    saved, _changes = settling.put_mine(archive, filed.release, mine, base=filed.release)
    assert (saved.release.embargo, saved.edition.title) == (embargo, "Mine")
