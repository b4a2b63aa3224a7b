"""The index made anew: here or in other processes, while others write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from archive_samples import NOW, compose
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.search import refilling
from pressdesk.press.filed import Filed
from pressdesk.press.query import Question, Word
from pressdesk.press.release import Release

ENGINES = ("file", "server")
TABLES = ("search_doc", "search_terms", "search_stem", "facet_cube", "facet_value")


def index_of(desk: Archive) -> dict[str, list[Any]]:
    with desk._store.read() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2").all()
            for name in TABLES
        }


@pytest.fixture
def full(desk: Archive, add: Callable[..., Filed]) -> Archive:
    """Drafts, kept texts, an issued edition with the draft of the next, and one in the trash."""
    for number in range(12):
        filed = add(f"Gauge {number}", language="ru" if number % 3 else "en")
        if number % 4 == 0:
            given = replace(filed.release, topics=("rivers",), people=("Maria Hofer",))
            out = desk.releases.issue(given, filed.edition, compose, at=NOW)
            later = desk.releases.next_edition(out.release.id, out.edition.language)
            desk.releases.save(replace(later.release, topics=("lakes",)), later.edition)
        elif number % 4 == 1:
            desk.releases.keep(filed.release, replace(filed.edition, title=f"Kept {number}"))
    desk.trash.put(3)
    return desk


@pytest.mark.parametrize("many", [0, 10_000])
def test_made_anew_it_is_the_same(
    full: Archive, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refilling, "MANY", many)
    monkeypatch.setattr(refilling, "AT_ONCE", 4)
    before, said = index_of(full), []
    assert full.search.rebuild(lambda done, number: said.append((done, number))) == 14
    assert index_of(full) == before
    assert full.search.faults() == ()
    assert said == [(0, 11), (4, 11), (8, 11), (11, 11)]


def test_what_is_saved_meanwhile_is_found_as_it_is_then(
    full: Archive, other: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the reading of a batch and its writing: changed, kept, begun and thrown away."""
    real = refilling.put

    def late(*given: Any) -> None:
        if not full.search.count(Question(Word("meanwhile")), now=NOW):
            filed = other.releases.find(2)
            other.releases.save(filed.release, replace(filed.edition, title="Meanwhile saved"))
            kept = other.releases.find(6)
            other.releases.keep(kept.release, replace(kept.edition, title="Meanwhile kept"))
            other.releases.add(Release("news"), replace(kept.edition, id=0, title="Meanwhile new"))
            other.trash.put(7)
        real(*given)

    monkeypatch.setattr(refilling, "put", late)
    full.search.rebuild()
    assert full.search.faults() == ()
    assert full.search.count(Question(Word("meanwhile")), now=NOW) == 3


def test_one_that_was_cut_short_is_begun_anew(full: Archive) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, _number: int) -> None:
        raise Stopped

    before = index_of(full)
    with pytest.raises(Stopped):
        full.search.rebuild(stop)
    assert full.search.stale()
    filed = full.releases.find(4)
    full.releases.keep(filed.release, filed.edition)
    full.releases.discard(filed.edition.id)
    full.search.rebuild()
    assert index_of(full) == before
