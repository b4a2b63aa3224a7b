"""A desk from before the search is brought up to date, and found in every form afterwards."""

from __future__ import annotations

from pathlib import Path

import published
import pytest
from archive_samples import NOW

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.store import header
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.base.errors import DeskReadOnly
from pressdesk.desk.indexing import Indexed, index_anew
from pressdesk.press.listing import Query
from pressdesk.press.query import Question, Word


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The samples as the first PressDesk filed them."""
    return published.unpack(1, tmp_path).rename(tmp_path / "old.pressdesk")


def _found(desk: Archive, word: str) -> set[int]:
    return {hit.release_id for hit in desk.search.page(Question(Word(word)), now=NOW).hits}


def test_an_older_desk_gets_its_index(path: Path) -> None:
    assert header.check(path).schema == 1
    desk = open_desk(path)
    try:
        assert header.header(header.key_of(path)).schema == SCHEMA
        before = desk.releases.keys(Query(), now=NOW)
        assert len(before) == 14 and desk.search.stale()
        assert index_anew(desk, lambda _done, _all: True) == Indexed(25)
        assert not desk.search.stale() and desk.search.faults() == ()
        assert _found(desk, "паводков") == _found(desk, "паводок") != set()
        assert desk.releases.keys(Query(), now=NOW) == before
        assert index_anew(desk, lambda _done, _all: True) == Indexed(0)
    finally:
        desk.close()
    copies = list(path.parent.glob("old.before-update-*"))
    assert [header.check(copy).schema for copy in copies] == [1]


def test_an_index_half_made_is_begun_again(path: Path) -> None:
    desk = open_desk(path)
    try:
        assert index_anew(desk, lambda _done, _all: False) == Indexed(0)
        assert desk.search.stale()
        found = desk.releases.find(1, language="en")
        desk.releases.keep(*found.current()) if found.edition.state == "draft" else None
        assert index_anew(desk, lambda _done, _all: True).texts == 25
        assert desk.search.faults() == ()
    finally:
        desk.close()


def test_an_older_desk_is_not_changed_by_a_reader(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(DeskReadOnly, match="older"):
        open_desk(path, read_only=True)
    assert path.read_bytes() == before
