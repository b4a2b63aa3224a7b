"""What each action says it changed, and what of the window follows that."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

import pressdesk.gui
from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.desk import changes, drafting, issuing
from pressdesk.desk.changes import Change, Changes, View, of, shown_by
from pressdesk.desk.editions import read
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BROAD = (View.LIST, View.TOPICS, View.HISTORY, View.EMBARGO, View.MIRROR, View.TAG)
"""Views that are costly, or flicker, when they are read for nothing."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Archive]:
    archive = create(tmp_path / "a.pressdesk")
    yield archive
    archive.close()


@pytest.fixture
def filed(desk: Archive) -> Filed:
    return desk.releases.add(Release("news"), Edition("en", title="One", date=date(2026, 1, 1)))


def moved(told: Changes) -> set[View]:
    return {view for view in View if told.moves(view)}


@pytest.mark.parametrize("change", Change)
def test_no_change_goes_unseen(change: Change) -> None:
    assert shown_by(change)


@pytest.mark.parametrize("view", View)
def test_each_view_is_moved_by_something_and_followed_in_the_window(view: View) -> None:
    assert any(view in shown_by(change) for change in Change)
    (folder,) = pressdesk.gui.__path__
    files = Path(folder).rglob("*.py")
    assert any(f"View.{view.name}" in file.read_text(encoding="utf-8") for file in files)


def test_a_letter_moves_the_line_of_the_draft_and_nothing_else(desk: Archive, filed: Filed) -> None:
    text = replace(filed.edition, body=Document((paragraph("x"),)))
    told = drafting.keep(desk, filed.release, text)[1]
    assert told == of(filed.release.id, Change.TEXT)
    assert moved(told) == {View.DRAFT}


@pytest.mark.parametrize("shown", [{"title": "Two"}, {"date": date(2026, 2, 2)}, {"date": None}])
def test_what_lists_show_moves_the_row_once(
    desk: Archive, filed: Filed, shown: dict[str, object]
) -> None:
    text = replace(filed.edition, **shown)
    told = [drafting.keep(desk, filed.release, text)[1] for _again in range(2)]
    assert [moved(one) for one in told] == [{View.DRAFT, View.ROW}, {View.DRAFT}]
    back = drafting.keep(desk, filed.release, filed.edition)[1]
    assert back.moves(View.ROW)


def test_topics_wait_for_the_save(desk: Archive, filed: Filed) -> None:
    release = replace(filed.release, topics=("ice",))
    kept = drafting.keep(desk, release, filed.edition)[1]
    assert not any(kept.moves(view) for view in BROAD)
    saved = drafting.save(desk, release, filed.edition)[1]
    assert all(saved.moves(view) for view in (View.LIST, View.TOPICS, View.HISTORY))
    assert not saved.moves(View.EMBARGO)


def test_an_issue_moves_all_there_is_of_its_release(desk: Archive, filed: Filed) -> None:
    text = replace(filed.edition, body=Document((paragraph("It rises."),)))
    told = issuing.issue(desk, filed.release, text, now=NOW)[1]
    assert told == changes.whole(filed.release.id)
    assert all(told.moves(view) for view in BROAD)
    assert told.moves_of(filed.release.id, View.HISTORY)
    assert not told.moves_of(filed.release.id + 1, View.HISTORY)


def test_an_autosave_that_first_repeats_a_save_tells_of_both(desk: Archive, filed: Filed) -> None:
    mine = OpenEdition(read(desk, filed.release.id, "en"))
    mine.put("title", "Saved, not answered")
    stored = mine.stored
    stored.now = dataclasses.replace(stored.now, unanswered=(mine.attempt(""),))
    mine.put("subtitle", "Typed since")
    told = stored.keep(desk, mine.release, mine.edition, mine.typed)[1]
    assert told == changes.saved(filed.release.id) | of(filed.release.id, Change.TEXT)
    assert desk.releases.find(filed.release.id).edition.title == "Saved, not answered"


def test_nothing_changed_moves_nothing() -> None:
    assert moved(Changes()) == set() and changes.whole() == Changes()
