"""The rows of a difference, each small enough to lay out quickly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pressdesk.base.i18n import _
from pressdesk.document.diff import DiffPiece, LineDiff
from pressdesk.press.differing import FieldDiff, VersionDiff

CONTEXT = 1
"""Unchanged paragraphs shown on either side of a change."""

LONG, LONG_BESIDE = 3000, 900
"""Characters of a paragraph from which it is shown in portions: read in one, side by side."""

_SENTENCE = re.compile(r"(?<=[.!?…؟])\s+")


class Gap(Struct, frozen=True, gc=False):
    """Unchanged paragraphs that are passed over."""

    number: int


class ShownRow(Struct, frozen=True, gc=False):
    """A particular or a line, or a portion of one that is very long."""

    of: FieldDiff | LineDiff
    pieces: tuple[DiffPiece, ...]
    begins: bool = True
    ends: bool = True

    @property
    def is_change(self) -> bool:
        """True where a change begins, for the keys that lead from one to the next."""
        return self.begins and (isinstance(self.of, FieldDiff) or self.of.change != "kept")


Row = ShownRow | Gap | str
"""What stands in one row; a str is a remark on the whole."""


def rows(found: VersionDiff, *, beside: bool, changes_only: bool) -> list[Row]:
    """Particulars first, then the text; cost: milliseconds for 25,000 words."""
    most = LONG_BESIDE if beside else LONG
    out: list[Row] = []
    if found.same:
        out.append(_("No differences."))
    for field in found.fields:
        out.extend(_portions(field, most))
    if found.body.same and found.fields and (changes_only or not found.body.lines):
        out.append(_("The text is identical."))
    elif not found.body.same or not changes_only:
        lines = found.body.lines
        for line in shortened(lines) if changes_only else lines:
            if isinstance(line, Gap):
                out.append(line)
            else:
                out.extend(_portions(line, most))
    return out


def shortened(lines: Sequence[LineDiff]) -> Iterator[LineDiff | Gap]:
    """The changes with their neighbouring lines; longer unchanged stretches become a gap."""
    near = {
        number + step
        for number, line in enumerate(lines)
        if line.change != "kept"
        for step in range(-CONTEXT, CONTEXT + 1)
    }
    passed = 0
    for number, line in enumerate(lines):
        if number not in near:
            passed += 1
            continue
        if passed:
            yield Gap(passed)
            passed = 0
        yield line
    if passed:
        yield Gap(passed)


def weight(row: Row) -> int:
    """About how many characters are to be laid out."""
    return sum(len(piece.text) for piece in row.pieces) + 40 if isinstance(row, ShownRow) else 40


def _portions(of: FieldDiff | LineDiff, most: int) -> list[ShownRow]:
    if sum(len(piece.text) for piece in of.pieces) <= most:
        return [ShownRow(of, of.pieces)]
    parts: list[list[DiffPiece]] = [[]]
    room = most
    for piece in (short for each in of.pieces for short in _cut(each, most // 2)):
        if room < 0:
            parts.append([])
            room = most
        parts[-1].append(piece)
        room -= len(piece.text)
    last = len(parts) - 1
    return [
        ShownRow(of, tuple(part), begins=at == 0, ends=at == last) for at, part in enumerate(parts)
    ]


def _cut(piece: DiffPiece, most: int) -> Iterator[DiffPiece]:
    """A long piece after sentences, else after words, else anywhere."""
    text = piece.text
    while len(text) > most:
        ends = [found.end() for found in _SENTENCE.finditer(text, most // 2, most)]
        at = ends[-1] if ends else text.rfind(" ", most // 2, most) + 1 or most
        yield DiffPiece(piece.change, text[:at])
        text = text[at:]
    yield DiffPiece(piece.change, text)
