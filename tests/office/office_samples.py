"""What the tests of desks on a server share."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive
from pressdesk.press.compose import compose
from pressdesk.press.filed import ImportItem
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def filled(desk: Archive) -> None:
    """One issued release (id 1, edition 1, contact 1) and a draft (id 2, edition 2)."""
    person = desk.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    desk.contacts.save(Contact(name=Translated.of(en="Other")))
    item = ImportItem(Release("news"), Edition("en", title="Out", contacts=(person.id,)))
    desk.imports.add("dump.txt", b"as it came", [item], at=NOW)
    found = desk.releases.find(1)
    desk.releases.issue(found.release, found.edition, partial(compose, now=NOW), at=NOW)
    desk.releases.add(Release("news"), Edition("en", title="Draft"))
    desk.blobs.put(b"logo", "image/png")


def past_item(desk: Archive, text: Edition) -> ImportItem:
    """An item to be taken in as issued on its own day."""
    issued = replace(text, state=State.ISSUED)
    sheet = compose(Release("news"), issued, desk.houses.get(), (), now=NOW)
    return ImportItem(Release("news"), text, record=sheet)


def listening() -> set[threading.Thread]:
    """The threads that hear what others change."""
    return {one for one in threading.enumerate() if one.name == "office feed"}
