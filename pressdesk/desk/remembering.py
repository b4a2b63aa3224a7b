"""A person's saved searches and bookmarks, separately for each desk."""

from __future__ import annotations

from dataclasses import replace

from pressdesk.base.settings import Settings

RECENT, SAVED, BOOKMARKS = 8, 24, 400
"""How many of each a desk keeps; the oldest go first."""

_PART = "\t"


def _of(entries: tuple[str, ...], uid: str) -> tuple[str, ...]:
    begin = uid + _PART
    return tuple(entry[len(begin) :] for entry in entries if entry.startswith(begin))


def _put(entries: tuple[str, ...], uid: str, values: tuple[str, ...], most: int) -> tuple[str, ...]:
    others = tuple(entry for entry in entries if not entry.startswith(uid + _PART))
    return (*(f"{uid}{_PART}{value}" for value in values[:most]), *others)


def recent(settings: Settings, uid: str) -> tuple[str, ...]:
    """What was searched on this desk, the newest first."""
    return _of(settings.recent_searches, uid)


def searched(settings: Settings, uid: str, text: str) -> Settings:
    """The settings with this search among the recent ones, replacing its unfinished form."""
    text = " ".join(text.split())
    if not text:
        return settings
    others = tuple(
        old for old in recent(settings, uid) if not text.casefold().startswith(old.casefold())
    )
    put = _put(settings.recent_searches, uid, (text, *others), RECENT)
    return replace(settings, recent_searches=put)


def saved(settings: Settings, uid: str) -> tuple[str, ...]:
    """Searches kept for good, the newest first."""
    return _of(settings.saved_searches, uid)


def toggle_saved(settings: Settings, uid: str, text: str) -> Settings:
    """The settings with this search saved, or removed if it was saved."""
    text = " ".join(text.split())
    there = saved(settings, uid)
    others = tuple(old for old in there if old != text)
    values = others if text in there or not text else (text, *others)
    return replace(settings, saved_searches=_put(settings.saved_searches, uid, values, SAVED))


def bookmarks(settings: Settings, uid: str) -> tuple[int, ...]:
    """Releases with a bookmark, the one put in last first."""
    return tuple(int(value) for value in _of(settings.bookmarks, uid) if value.isdecimal())


def toggle_bookmark(settings: Settings, uid: str, release_id: int) -> Settings:
    """The settings with a bookmark in this release, or without the one that was there."""
    there = bookmarks(settings, uid)
    others = tuple(old for old in there if old != release_id)
    values = others if release_id in there else (release_id, *others)
    put = _put(settings.bookmarks, uid, tuple(map(str, values)), BOOKMARKS)
    return replace(settings, bookmarks=put)
