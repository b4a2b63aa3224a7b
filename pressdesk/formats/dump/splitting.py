"""Finds the boundaries between items: blank lines, headlines, contacts and navigation."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pressdesk.formats.dump.chrome import is_chrome, leaves_page
from pressdesk.formats.dump.contact_lines import is_block, is_reachable
from pressdesk.formats.dump.dates import only_date
from pressdesk.formats.dump.groups import Group
from pressdesk.formats.dump.titles import is_salutation, is_teaser, is_title


class Item(Struct, frozen=True):
    """The paragraphs of one item; ``moved`` when its headline hung at the end of another."""

    paragraphs: tuple[str, ...]
    moved: bool = False


class Split(Struct, frozen=True):
    """All paragraphs of a file: each is in one item or set aside, in order."""

    items: tuple[Item, ...] = ()
    removed: tuple[str, ...] = ()


def split(groups: Sequence[Group]) -> Split:
    """Sort groups into items. No paragraph is lost, doubled or moved past another of its item.

    cost  linear
    """
    kept, removed = _without_chrome(groups)
    walk = _Walk()
    for at, group in enumerate(kept):
        following = next((g for g in kept[at + 1 :] if not is_block(g)), None)
        walk.take(group, following, last=at + 1 == len(kept) or is_block(kept[at + 1]))
    return Split(walk.finish(), removed)


def _without_chrome(groups: Sequence[Group]) -> tuple[list[Group], tuple[str, ...]]:
    """Navigation goes; what leaves a page ends the group it stands in."""
    kept: list[Group] = []
    removed: list[str] = []
    for group in groups:
        current: list[str] = []
        for paragraph in group:
            if not is_chrome(paragraph):
                current.append(paragraph)
                continue
            removed.append(paragraph)
            if leaves_page(paragraph) and current:
                kept.append(tuple(current))
                current = []
        if current:
            kept.append(tuple(current))
    return kept, tuple(removed)


def _is_opening(group: Group) -> bool:
    """True for a headline, a date or a salutation on its own: the item itself follows."""
    if not all(is_title(p) or only_date(p) or is_salutation(p) for p in group):
        return False
    titles = [paragraph for paragraph in group if is_title(paragraph)]
    return len(titles) <= 1 and not any(map(is_teaser, titles))


class _Walk:
    """The items so far, and paragraphs that wait for the item they belong to."""

    def __init__(self) -> None:
        self._items: list[tuple[list[str], bool]] = []
        self._waiting: list[str] = []
        self._waiting_moved = False

    def take(self, group: Group, following: Group | None, *, last: bool) -> None:
        """Put one group where it belongs.

        following  the next group that is no contact block
        last       a contact block or the end comes next
        """
        if is_block(group) and (self._items or not any(map(is_reachable, group))):
            self._close_waiting()
            self._attach(group)
        elif is_block(group):
            self._waiting.extend(group)
        elif _is_opening(group):
            if any(map(is_title, self._waiting)) and any(map(is_title, group)):
                self._close_waiting()
            self._waiting.extend(group)
        else:
            self._take_text(group, following, last=last)

    def _take_text(self, group: Group, following: Group | None, *, last: bool) -> None:
        own = list(group)
        hanging: list[str] = []
        if following is not None and not last and not self._has_head(following):
            while len(own) > 1 and len(hanging) < 2 and self._hangs(own[-1], hanging):
                hanging.insert(0, own.pop())
            if not any(map(is_title, hanging)):
                own, hanging = list(group), []
        self._items.append(([*self._waiting, *own], self._waiting_moved))
        self._waiting, self._waiting_moved = hanging, bool(hanging)

    @staticmethod
    def _has_head(group: Group) -> bool:
        return (len(group) > 1 and is_title(group[0])) or _is_opening(group)

    @staticmethod
    def _hangs(paragraph: str, hanging: Sequence[str]) -> bool:
        if any(map(is_title, hanging)):
            return only_date(paragraph) is not None
        return is_title(paragraph) or (only_date(paragraph) is not None)

    def _attach(self, group: Group) -> None:
        if self._items:
            self._items[-1][0].extend(group)
        else:
            self._items.append((list(group), False))

    def _close_waiting(self) -> None:
        if self._waiting:
            self._items.append((self._waiting, self._waiting_moved))
            self._waiting, self._waiting_moved = [], False

    def finish(self) -> tuple[Item, ...]:
        """The items; what still waits becomes the last of them."""
        self._close_waiting()
        return tuple(Item(tuple(paragraphs), moved) for paragraphs, moved in self._items)
