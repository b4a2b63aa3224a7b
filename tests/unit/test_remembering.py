"""Searches and bookmarks are kept for the desk they belong to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressdesk.base import settings
from pressdesk.base.settings import Settings
from pressdesk.desk import remembering as kept


def test_a_search_takes_the_place_of_what_it_was_typed_from() -> None:
    now = Settings()
    for text in ("fl", "flood", "flood 2025", "ice"):
        now = kept.searched(now, "a", text)
    assert kept.recent(now, "a") == ("ice", "flood 2025")
    assert kept.searched(now, "a", "  ") == now


def test_the_oldest_go_first() -> None:
    now = Settings()
    for number in range(100, 130):
        now = kept.searched(now, "a", f"{number}")
    assert kept.recent(now, "a") == tuple(str(n) for n in range(129, 129 - kept.RECENT, -1))


def test_desks_do_not_see_each_other() -> None:
    now = kept.toggle_bookmark(kept.toggle_bookmark(Settings(), "a", 5), "b", 7)
    now = kept.toggle_saved(now, "a", "ice")
    assert kept.bookmarks(now, "a") == (5,) and kept.bookmarks(now, "b") == (7,)
    assert kept.saved(now, "a") == ("ice",) and kept.saved(now, "b") == ()
    assert kept.bookmarks(kept.toggle_bookmark(now, "a", 5), "a") == ()
    assert kept.saved(kept.toggle_saved(now, "a", " ice "), "a") == ()


@pytest.mark.parametrize("text", ['"a \\ b"', "тема:лёд", "tab\tinside", "kind:news -ice"])
def test_what_is_kept_survives_the_file(text: str, tmp_path: Path) -> None:
    settings.save(kept.toggle_saved(Settings(), "a", text))
    assert kept.saved(settings.load(), "a") == (" ".join(text.split()),)
