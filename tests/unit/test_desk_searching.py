"""Searching among bookmarks: what is found there is what is found anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.desk import issuing, searching
from pressdesk.desk.searching import Asked
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.listing import Query
from pressdesk.press.narrowing import Narrowing
from pressdesk.press.release import Edition, Embargo, Release

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BODY = Document((paragraph("The water rose near the bridge on Monday."),))
ASKED = Asked(Query(text="bridge"), Narrowing(bookmarked=True))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Archive]:
    archive = create(tmp_path / "desk.pressdesk")
    yield archive
    archive.close()


def found(desk: Archive, *bookmarks: int) -> list[int]:
    answer = searching.ask(desk, ASKED, now=NOW, today=NOW.date(), bookmarks=bookmarks)
    return [each.row.id for each in answer.found]


def test_each_language_and_edition_is_looked_for_on_its_own_day(desk: Archive) -> None:
    filed = desk.releases.add(Release("news"), Edition("en", title="No date", body=BODY))
    desk.releases.add_language(filed.release.id, Edition("ru", title="Мост", date=date(2030, 1, 5)))
    other = desk.releases.add(
        Release("news"), Edition("en", title="Dated", date=date(2020, 5, 6), body=BODY)
    )
    # Kept under another day, and not saved yet: the index has it where it was saved.
    desk.releases.keep(other.release, replace(other.edition, date=date(2021, 1, 1)))
    assert found(desk, filed.release.id, other.release.id) == [filed.release.id, other.release.id]
    assert found(desk, other.release.id) == [other.release.id]
    assert found(desk) == []


def test_what_waits_for_its_hour_is_counted_apart(desk: Archive) -> None:
    until = Embargo(NOW + timedelta(days=3), "UTC")
    filed = desk.releases.add(
        Release("news", embargo=until), Edition("en", title="Held", date=NOW.date(), body=BODY)
    )
    issuing.issue(desk, filed.release, filed.edition, now=NOW)

    def states(now: datetime) -> list[tuple[str, int]]:
        common = searching.common(desk, ASKED, now=now, today=now.date(), bookmarks=(1,))
        counts = next(facet for facet in common.facets if facet.name == "state").counts
        return [(one.value, one.number) for one in counts]

    assert states(NOW) == [("embargo", 1)]
    assert states(NOW + timedelta(days=3)) == [("issued", 1)]
