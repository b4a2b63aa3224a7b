"""Compares what a file says with its sheet: nothing missing, nothing added, order kept."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise

from pressdesk.document.tools import inlines, link_of
from pressdesk.formats import links, registry
from pressdesk.formats.prelude import clean as printed
from pressdesk.formats.readback.letters import SOFT_HYPHEN, Letters, clean, spelt, unmirrored
from pressdesk.formats.readback.other_text import OtherText
from pressdesk.formats.readback.passages import (
    HYPHEN,
    Found,
    Part,
    Passage,
    Readback,
    unsigned,
)
from pressdesk.press.sheet import Sheet

SHOWN = 4
"""Words of either side that a difference shows."""

_HYPHENS = "-\u2010\u2011"
_STEPS = 20_000
"""Tries to put a row together that pages tear; then it counts as another text."""

_KEPT_BY_TEMPLATES: frozenset[Part] = frozenset(
    {"warning", "embargo", "title", "subtitle", "text", "notes", "boilerplate", "contacts"}
)
"""What a page by an office's own template has to say; the rest is the template's to arrange."""


def differs(name: str, data: bytes, sheet: Sheet, *, framed: bool = False) -> OtherText | None:
    """The first difference between a file and the sheet it should print; None where it is equal.

    name    of the format
    framed  an office's own template made the page: it has to say the text, and may say more
    raises  ReadFailed for bytes that are not in that format, UnknownFormat
    cost    about as much as writing the file; bytes from elsewhere are read in a child
    """
    way = registry.writer(name).readback
    found = way.read(data)
    if framed:
        return _in_frame(way, found, sheet)
    if found.foreign:
        return OtherText(None, found=found.foreign[0])
    difference = _in_order(way, found, sheet)
    if difference is None and (others := set(found.addresses) - _addresses(sheet)):
        return OtherText("links", found=min(others))
    if difference is None and way.furniture is not None and (said := way.furniture(sheet, found)):
        return OtherText(None, found=said)
    return difference


class _Sealed:
    """The passages of a sheet as one row of letters."""

    def __init__(self, passages: Sequence[Passage], fold: Callable[[str], str], read: str) -> None:
        self.passages = passages
        self.starts: list[int] = []
        self.soft: set[int] = set()
        spaces: set[int] = set()
        free: set[int] = set()
        parts: list[str] = []
        at = 0
        for one in passages:
            ways = (spelt(fold(unsigned(text))) for text in (one.text, one.instead) if text)
            text = max(ways, key=partial(_fits, read, at))
            self.starts.append(at)
            spaces.update(at + place for place in text.spaces if place)
            free.update(at + place for place in text.perhaps)
            free.add(at)
            if SOFT_HYPHEN in one.text:
                self.soft.update(at + place for place in _soft(unsigned(one.text), fold))
            parts.append(text.text)
            at += len(text.text)
        self.text = "".join(parts)
        self.spaces = frozenset(spaces - free)
        self.free = frozenset(free)

    def passage(self, at: int) -> Passage | None:
        """The passage that holds a letter; the last one behind the end."""
        if not self.passages:
            return None
        return self.passages[max(0, bisect_right(self.starts, at) - 1)]


def _fits(read: str, at: int, text: Letters) -> tuple[bool, int]:
    """Of two layouts, the one that is there; of two that may be, the longer."""
    return read.startswith(text.text, at), len(text.text)


def _soft(text: str, fold: Callable[[str], str]) -> Iterator[int]:
    """Before which letters soft hyphens stand."""
    at = 0
    for number, piece in enumerate(text.split(SOFT_HYPHEN)):
        if number:
            yield at
        at += len("".join(clean(fold(piece)).split()))


def _in_order(way: Readback, found: Found, sheet: Sheet) -> OtherText | None:
    fold = (lambda text: unmirrored(way.fold(text))) if found.mirrored else way.fold
    read = spelt(fold(found.text))
    passages = [one for one in way.passages(sheet) if one.text.strip()]
    sealed = _Sealed(passages, fold, read.text)
    read = _with_hyphens(read, sealed)
    if read.text != sealed.text:
        read = _put_together(read, sealed)
    if read.text != sealed.text:
        at = _alike(read.text, sealed.text)
        return _difference(sealed, read, at)
    lost = sealed.spaces - read.spaces - read.perhaps
    added = read.spaces - sealed.spaces - sealed.free - {len(read.text), 0}
    wrong = lost | added
    return _difference(sealed, read, min(wrong)) if wrong else None


def _with_hyphens(read: Letters, sealed: _Sealed) -> Letters:
    """Each hyphen at the end of a line taken for what the sheet has there: one, or a soft one."""
    if HYPHEN not in read.text:
        return read
    out: list[str] = []
    at, gone, open_ = 0, [], set()
    for number, piece in enumerate(read.text.split(HYPHEN)):
        if number:
            sign = sealed.text[at : at + 1]
            if sign in _HYPHENS and sign:
                out.append(sign)
                at += 1
            elif at in sealed.soft:
                gone.append(at)
            else:
                out.append("-")
                at += 1
            # PDFium takes the space behind such a hyphen for the end of its line.
            open_.add(at)
        out.append(piece)
        at += len(piece)

    def moved(places: frozenset[int]) -> frozenset[int]:
        # A place behind n signs that are gone stands n letters earlier.
        ends = [place + number for number, place in enumerate(gone)]
        return frozenset(place - bisect_left(ends, place) for place in places)

    turns = tuple(sorted(moved(frozenset(read.turns))))
    return Letters("".join(out), moved(read.spaces), moved(read.perhaps) | open_, turns)


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common at their beginning."""
    least = min(len(one), len(other))
    return next((at for at in range(least) if one[at] != other[at]), least)


def _addresses(sheet: Sheet) -> frozenset[str]:
    """Where links of a sheet may lead: of its text, its contacts, and those written out."""
    named = [link_of(part) for block in sheet.body.blocks for c in inlines(block) for part in c]
    named += [sheet.credit_url, *(one.address for who in sheet.contacts for one in who.ways)]
    texts = [*sheet.letterhead, *(row.value for row in sheet.rows)]
    texts += [*sheet.notes.paragraphs, *sheet.boilerplate.paragraphs]
    written = [address for text in texts for _words, address in links.in_text(printed(text))]
    return frozenset(filter(None, (*map(links.kept, named), *written)))


# --- rows that pages tear


def _put_together(read: Letters, sealed: _Sealed) -> Letters:
    """The read letters with torn rows in the order of the sheet.

    A row that no page can hold is drawn column by column on each of its pages.
    """
    text = read.text
    loose: set[int] = set()
    numbered = zip(
        sealed.passages, sealed.starts, [*sealed.starts[1:], len(sealed.text)], strict=True
    )
    for row, group in groupby(numbered, key=lambda one: one[0].row):
        parts = list(group)
        start, end = parts[0][1], parts[-1][2]
        whole = sealed.text[start:end]
        if not row or text[start:end] == whole or text[:start] != sealed.text[:start]:
            continue
        columns: dict[int, str] = {}
        for one, begin, stop in parts:
            columns[one.column] = columns.get(one.column, "") + sealed.text[begin:stop]
        turns = [turn - start for turn in read.turns if start < turn < end]
        if turns and _torn(text[start:end], turns, [columns[key] for key in sorted(columns)]):
            text = text[:start] + whole + text[end:]
            loose.update(range(start, end + 1))
    if not loose:
        return read
    return Letters(text, read.spaces - loose, read.perhaps | loose, read.turns)


def _torn(said: str, turns: Sequence[int], columns: Sequence[str]) -> bool:
    """Whether each page holds a piece of each column, and all pieces give the columns."""
    edges = [0, *turns, len(said)]
    pages = [said[a:b] for a, b in pairwise(edges)]
    seen: set[tuple[int, int, int, tuple[int, ...]]] = set()
    waiting = [(0, 0, 0, (0,) * len(columns))]
    while waiting and len(seen) < _STEPS:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        page, at, column, done = state
        if page == len(pages):
            if all(used == len(text) for used, text in zip(done, columns, strict=True)):
                return True
        elif column == len(columns):
            if at == len(pages[page]):
                waiting.append((page + 1, 0, 0, done))
        else:
            rest = columns[column][done[column] :]
            most = _alike(pages[page][at:], rest)
            # The longest piece is tried first: it is put in last.
            for length in range(most + 1):
                used = (*done[:column], done[column] + length, *done[column + 1 :])
                waiting.append((page, at + length, column + 1, used))
    return False


# --- pages by an office's own template


def _in_frame(way: Readback, found: Found, sheet: Sheet) -> OtherText | None:
    read = spelt(way.fold(found.text))
    passages = [one for one in way.passages(sheet) if one.text.strip()]
    for part, group in groupby(passages, key=lambda one: one.part):
        if part not in _KEPT_BY_TEMPLATES:
            continue
        # The text is one whole; of other parts each line may be set elsewhere.
        ones = list(group)
        for some in [ones] if part == "text" else [[one] for one in ones]:
            sealed = _Sealed(some, way.fold, "")
            if sealed.text not in read.text:
                return _not_in(sealed, read)
    return None


def _not_in(sealed: _Sealed, read: Letters) -> OtherText:
    """Where the longest beginning of a part that is in the page ends."""
    low, high = 0, len(sealed.text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sealed.text[:middle] in read.text else (low, middle - 1)
    at = read.text.find(sealed.text[:low]) + low
    there = _difference(sealed, read, low)
    return OtherText(there.part, there.block, there.sealed, _words(read, at))


# --- what is said of it


def _difference(sealed: _Sealed, read: Letters, at: int) -> OtherText:
    """What is said of the first letter that differs: something is missing, added or another."""
    whole = Letters(sealed.text, sealed.spaces | sealed.free, frozenset())
    # A whole word is shown, also where only its end differs.
    begin = max((place for place in whole.spaces if place <= at), default=0)
    there, here = sealed.text[at:], read.text[at:]
    if here and _goes_on(there, here):
        one = sealed.passage(max(0, at - 1))
        return _at(one, "", _words(read, begin))
    one = sealed.passage(at)
    end = bisect_right(sealed.starts, at)
    stop = sealed.starts[end] if end < len(sealed.starts) else len(sealed.text)
    if there and _goes_on(here, there):
        return _at(one, _words(whole, begin, stop), "")
    return _at(one, _words(whole, begin, stop), _words(read, begin))


def _goes_on(rest: str, longer: str) -> bool:
    """Whether the rest stands unchanged at the end of the longer one."""
    return len(rest) < len(longer) and longer.endswith(rest)


def _at(one: Passage | None, text: str, found: str) -> OtherText:
    return OtherText(one.part if one else None, one.block if one else 0, text, found)


def _words(text: Letters, at: int, stop: int = sys.maxsize) -> str:
    """Some words from a letter on, up to another."""
    stop = min(stop, len(text.text))
    ends = sorted(place for place in text.spaces | text.perhaps if at < place < stop)
    edges = [at, *ends[:SHOWN], stop][: SHOWN + 1]
    words = (text.text[a:b] for a, b in pairwise(edges))
    return " ".join(word for word in words if word).replace(HYPHEN, "-")[:80]
