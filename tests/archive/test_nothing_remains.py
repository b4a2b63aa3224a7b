"""What was discarded or purged is in no byte of the file any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import Filed

SECRET = tuple(f"zyxqwv{letter * 4}" for letter in "abcdefgh")
"""Words nobody else uses; the index keeps only the beginnings of stems apart."""


def _body(times: int = 40) -> Document:
    return Document(tuple(paragraph(" ".join(SECRET)) for _ in range(times)))


def _remains(path: Path) -> list[str]:
    data = b"".join(one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))
    return [word for word in ("zyxqwv", "zyxqw", *SECRET) if word.encode() in data]


@pytest.fixture
def others(add: Callable[..., Filed]) -> None:
    """Releases around it: its pages are not the only ones."""
    for number in range(30):
        add(f"Title {number}", body=Document((paragraph(f"water level {number} " * 30),)))


def test_a_discarded_draft_leaves_nothing(desk: Archive, add, others: None) -> None:
    filed = add("Title")
    for title in (SECRET[0], SECRET[1]):
        desk.releases.keep(filed.release, replace(filed.edition, title=title, body=_body()))
    assert _remains(desk.path)
    desk.releases.discard(filed.edition.id)
    assert _remains(desk.path) == []


def test_a_purged_release_leaves_nothing(desk: Archive, add, others: None) -> None:
    filed = add(SECRET[0], body=_body(), notes=SECRET[1])
    for title in SECRET[2:]:
        filed = desk.releases.save(filed.release, replace(filed.edition, title=title))
    desk.trash.put(filed.release.id)
    assert _remains(desk.path)
    assert desk.trash.purge(datetime.now(UTC) + timedelta(days=1)) == 1
    assert _remains(desk.path) == []
    desk.close()
    open_desk(desk.path).close()
    assert _remains(desk.path) == []
