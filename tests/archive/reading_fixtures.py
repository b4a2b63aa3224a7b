"""Desks with everything on them that must not leave them, and what a reader has of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from archive_samples import compose
from msgspec.structs import replace
from reading_samples import AHEAD, LONG_AGO, PAST, Canaries, fields_of, text

from pressdesk.archive.copies import reading_copy
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.press.filed import ImportItem
from pressdesk.press.release import Contact, Embargo, Release
from pressdesk.press.translated import Translated


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def busy(desk: Archive, canaries: Canaries) -> Archive:
    """A desk with everything on it that must not leave it, and two releases that went out."""
    said, kept = canaries.said, canaries.kept
    releases = desk.releases
    contact = desk.contacts.save(Contact(name=Translated((("en", kept("contact")),))))
    used = desk.contacts.save(Contact(name=Translated((("en", said("contact")),))))

    def out(filed: Any, **rest: Any) -> Any:
        return releases.issue(filed.release, filed.edition, compose, at=LONG_AGO, **rest)

    # 1: out, with a revision before, and a next edition being written.
    first = releases.add(Release("news", topics=("kaolinshowntopic",)), text(kept, "earlier"))
    first = releases.save(
        first.release, replace(first.edition, **fields_of(text(said, "first", contacts=(used.id,))))
    )
    first = out(first)
    following = releases.next_edition(first.release.id, "en")
    following = releases.save(
        replace(following.release, topics=(kept("topic"),), occasion=kept("occasion")),
        replace(following.edition, **fields_of(text(kept, "next"))),
    )
    releases.keep(following.release, replace(following.edition, title=kept("autosaved")))
    # 2: one language out, one under embargo, an embargo that is over.
    second = out(releases.add(Release("statement"), text(said, "second", contacts=(used.id,))))
    other = releases.add_language(second.release.id, text(kept, "russian", "ru"))
    releases.issue(
        replace(other.release, embargo=Embargo(AHEAD, "UTC")), other.edition, compose, at=LONG_AGO
    )
    # 3: under embargo. 4: its embargo is over. 5: a draft. 6: in the trash.
    third = releases.add(Release("news", embargo=Embargo(AHEAD, "UTC")), text(kept, "embargoed"))
    out(third)
    out(releases.add(Release("news", embargo=Embargo(PAST, "UTC")), text(said, "over")))
    releases.add(
        Release("speech", slug=kept("slug"), people=(kept("person"),)),
        text(kept, "draft", contacts=(contact.id,), fields=(("speaker", kept("speaker")),)),
    )
    trashed = releases.add(Release("news"), text(kept, "trashed"))
    desk.trash.put(trashed.release.id)
    desk.blobs.put(kept("blob").encode(), "image/png")
    desk.houses.save(replace(desk.houses.get(), boilerplate=Translated((("en", kept("house")),))))
    item = ImportItem(Release("news"), text(kept, "imported"))
    desk.imports.add(kept("name"), kept("original").encode(), (item,), at=LONG_AGO)
    return desk


@pytest.fixture
def copy(busy: Archive, tmp_path: Path) -> Path:
    file = tmp_path / "readers" / "copy.pressdesk"
    file.parent.mkdir()
    held = reading_copy.make(busy, file, now=datetime.now(UTC))
    assert (held.releases, held.issued, held.drafts, held.reading_copy) == (3, 3, 0, True)
    return file


@pytest.fixture(params=["copy", "desk"])
def reader(request: pytest.FixtureRequest, busy: Archive) -> Iterator[Archive]:
    """Both that a reader may have: a copy made for them, and the desk others write in."""
    path = request.getfixturevalue("copy") if request.param == "copy" else busy.path
    archive = open_desk(path, reading=True)
    yield archive
    archive.close()
