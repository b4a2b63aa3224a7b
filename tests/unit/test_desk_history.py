"""History as a use case: who signs, what is compared, what comes back."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive
from pressdesk.base import settings
from pressdesk.base.settings import Settings
from pressdesk.desk import history, opening
from pressdesk.desk.changes import View
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    settings.save(Settings(author="Elena Marin"))
    desk = opening.enter(tmp_path / "a.pressdesk", now=NOW, create=True)
    yield desk.archive
    desk.archive.close()


@pytest.fixture
def filed(archive: Archive) -> Filed:
    """A draft saved twice."""
    text = Edition("en", title="One", body=Document((paragraph("It fell by two metres."),)))
    first = archive.releases.add(Release("news"), text)
    later = replace(first.edition, title="Two", body=Document((paragraph("It fell by 3 metres."),)))
    return archive.releases.save(first.release, later)


def ids(archive: Archive, filed: Filed) -> dict[int, int]:
    return {one.number: one.id for one in history.history(archive, filed.release.id, "en")}


def test_the_name_the_person_chose_signs(archive: Archive, filed: Filed) -> None:
    found = history.history(archive, filed.release.id, "en")
    assert [one.author for one in found] == ["Elena Marin", "Elena Marin"]


def test_without_a_name_the_login_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "emarin")
    assert history.author("  ") == "emarin"
    assert history.author(" Elena  Marin ") == "Elena Marin"

    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert history.author("") == ""


def test_two_revisions_are_compared_either_way(archive: Archive, filed: Filed) -> None:
    known = ids(archive, filed)
    found = history.compare(archive, known[1], known[2])
    assert [(each.old, each.new) for each in found.fields] == [("One", "Two")]
    back = history.compare(archive, known[2], known[1])
    assert [(each.old, each.new) for each in back.fields] == [("Two", "One")]
    assert history.compare(archive, known[1], known[1]).same


def test_the_text_of_now_is_compared_with_contacts_by_name(archive: Archive, filed: Filed) -> None:
    person = archive.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    now = (filed.release, replace(filed.edition, contacts=(person.id,)))
    found = history.compare(archive, ids(archive, filed)[2], history.CURRENT, current=now)
    assert [(each.key, each.old, each.new) for each in found.fields] == [
        ("contacts", "", "Maria Hofer")
    ]


def test_restoring_touches_the_release_and_its_row(archive: Archive, filed: Filed) -> None:
    back, changed = history.restore(archive, ids(archive, filed)[1])
    assert back.edition.title == "One"
    assert changed.releases == {filed.release.id}
    assert changed.moves(View.ROW) and changed.moves(View.LIST) and changed.moves(View.HISTORY)


def test_a_name_is_shown_and_nothing_fresh_is_thinned(archive: Archive, filed: Filed) -> None:
    history.name(archive, ids(archive, filed)[1], "For the Council")
    found = history.history(archive, filed.release.id, "en")
    assert [one.name for one in found] == ["", "For the Council"]
    assert history.thin(archive, now=NOW) == 0
