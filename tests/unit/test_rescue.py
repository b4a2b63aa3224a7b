"""Text that could not be kept comes back when its desk opens again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from pressdesk.archive.desk_file import create
from pressdesk.desk import rescue
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release

BODY = Document((paragraph("Не потеряно."),))


def test_a_rescued_text_becomes_the_draft_row_again(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("ru", title="Старое"))
    rescue.put(archive.path, filed.release, replace(filed.edition, body=BODY))
    assert rescue.take_in(archive) == ("Старое",)
    kept = archive.releases.find(filed.release.id).kept
    assert kept is not None and kept.edition.body == BODY
    assert rescue.take_in(archive) == ()
    archive.close()


def test_a_text_whose_edition_moved_on_becomes_a_release_of_its_own(tmp_path: Path) -> None:
    archive = create(tmp_path / "a.pressdesk")
    filed = archive.releases.add(Release("news"), Edition("en", title="Old"))
    rescue.put(archive.path, filed.release, replace(filed.edition, body=BODY))
    newer = replace(filed.edition, title="Newer")
    archive.releases.save(filed.release, newer)
    rescue.take_in(archive)
    now = datetime.now(UTC)
    titles = {row.first.title for row in archive.releases.page(Query(), now=now)}
    assert titles == {"Newer", "Old"}
    archive.close()


def test_texts_of_other_desks_stay_where_they_are(tmp_path: Path) -> None:
    one, other = create(tmp_path / "a.pressdesk"), create(tmp_path / "b.pressdesk")
    path = rescue.put(one.path, Release("news", uid="u"), Edition("en", title="Mine"))
    assert rescue.take_in(other) == ()
    assert path.exists()
    one.close()
    other.close()
