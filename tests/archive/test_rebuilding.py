"""While the index is made anew others save, search and open the desk; none of them is sent away."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive_samples import NOW
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.search import rebuilding, refilling
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.query import Question, Word
from pressdesk.press.release import Edition, Release

ENGINES = ("file", "server")
SOME = 20


def _fill(desk: Archive) -> None:
    for number in range(SOME):
        line = " ".join(f"river{number * 7 + n} level{n}" for n in range(150))
        text = Edition("en", title=f"Gauge {number}", body=Document((paragraph(line),)))
        desk.releases.add(Release("news"), text)


def test_others_get_in_between(
    desk: Archive, other: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every gap of a rebuild on a file the desk is free; a server holds nobody up at all."""
    _fill(desk)
    filed = desk.releases.find(1)
    turns: list[int] = []

    def gap(seconds: float) -> None:
        assert seconds > 0.1  # as long as SQLite sleeps between two looks
        turns.append(len(turns))
        other.releases.keep(filed.release, replace(filed.edition, title=f"Kept {turns[-1]}"))
        found = other.search.page(Question(Word("gauge")), now=NOW, limit=200)
        assert len(found.hits) <= SOME
        assert other.search.facets(Question(Word("gauge")), now=NOW).total <= SOME
        if turns[-1] % 20 == 0:
            open_desk(desk.path, busy_seconds=0.2).close()

    monkeypatch.setattr(refilling, "AT_ONCE", 2)
    monkeypatch.setattr(rebuilding, "PIECE", 10)
    monkeypatch.setattr(rebuilding, "OFTEN", 0.0)
    monkeypatch.setattr(rebuilding, "sleep", gap)
    assert desk.search.rebuild() == SOME
    assert desk.search.faults() == () and not desk.search.stale()
    if isinstance(desk.place, Path):
        assert len(turns) >= SOME // 2 + SOME // 10
        kept = other.search.page(Question(Word("kept")), now=NOW).hits
        assert [hit.title for hit in kept] == [f"Kept {turns[-1]}"]


def test_who_is_overtaken_does_not_call_it_whole(desk: Archive, other: Archive) -> None:
    _fill(desk)

    class Killed(Exception):
        pass

    def dies(done: int, _all: int) -> None:
        raise Killed

    def overtaken(done: int, number: int) -> None:
        if done == number:
            return
        with pytest.raises(Killed):
            other.search.rebuild(dies)

    desk.search.rebuild(overtaken)
    assert desk.search.stale()
    assert other.search.rebuild() == SOME
    assert not desk.search.stale() and desk.search.faults() == ()
