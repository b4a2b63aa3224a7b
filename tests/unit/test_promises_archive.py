"""The promises of the desk, held against the file: embargoes, conflicts, issued editions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.base.errors import IssueRefused
from pressdesk.desk import drafting, exporting, issuing
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Embargo, Release

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EMBARGO = Embargo(NOW + timedelta(days=3), "Europe/Vienna")
BODY = Document((paragraph("The gauge is open."),))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = create(tmp_path / "office.pressdesk")
    yield made
    made.close()


def two_languages(archive: Archive) -> tuple[Filed, Filed]:
    first = archive.releases.add(Release("news"), Edition("en", title="Gauge", body=BODY))
    other, _changes = drafting.add_language(archive, first, "ru")
    text = replace(other.edition, title="Водомер", body=BODY)
    return first, archive.releases.save(other.release, text)


def test_an_embargo_typed_in_one_language_holds_in_the_other_before_it_is_saved(
    archive: Archive,
) -> None:
    english, russian = two_languages(archive)
    archive.releases.keep(replace(english.release, embargo=EMBARGO), english.edition)
    release, edition = archive.releases.find(russian.release.id, language="ru").current()
    assert release.embargo == EMBARGO
    done, _changes = issuing.issue(archive, release, edition, now=NOW)
    assert exporting.ready(archive, done, now=NOW).embargoed(NOW)


def test_the_language_the_embargo_was_typed_in_can_be_saved_after_the_other_was_issued(
    archive: Archive,
) -> None:
    english, _russian = two_languages(archive)
    archive.releases.keep(replace(english.release, embargo=EMBARGO), english.edition)
    russian = archive.releases.find(english.release.id, language="ru").current()
    issuing.issue(archive, *russian, now=NOW)
    release, edition = archive.releases.find(english.release.id, language="en").current()
    archive.releases.keep(release, edition)
    saved = archive.releases.save(release, edition)
    assert saved.release.reference and saved.release.embargo == EMBARGO


def test_who_has_not_seen_an_unsaved_embargo_cannot_issue_past_it(archive: Archive) -> None:
    english, russian = two_languages(archive)
    other = open_desk(archive.path)
    other.releases.keep(replace(english.release, embargo=EMBARGO), english.edition)
    other.close()
    with pytest.raises(IssueRefused):
        issuing.issue(archive, russian.release, russian.edition, now=NOW)


def test_a_text_set_aside_is_a_revision_and_moves_no_version(archive: Archive) -> None:
    filed = archive.releases.add(Release("news"), Edition("en", title="Gauge", body=BODY))
    mine = replace(filed.edition, title="Mine")
    archive.releases.set_aside(filed.release, mine, note="Set aside")
    newest = archive.releases.revisions(filed.edition.id)[0]
    assert archive.releases.revision(newest.id)[1].title == "Mine"
    assert archive.releases.find(filed.release.id) == filed
