"""The outline of the file: its headings, shown by PDF viewers beside the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from pressdesk.formats.writers.pdf.file import File, text


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading: its level from 1, and where it stands."""

    level: int
    title: str
    page: int
    top: float


@dataclass(slots=True)
class _Entry:
    mark: Bookmark | None
    number: int = 0
    above: _Entry | None = None
    inside: list[_Entry] = field(default_factory=list)


def outlined(file: File, marks: list[Bookmark]) -> str:
    """Write the outline; its entries for the catalogue, "" without headings."""
    if not marks:
        return ""
    root = _Entry(None)
    stack = [root]
    for mark in marks:
        del stack[max(1, min(mark.level, len(stack))) :]
        entry = _Entry(mark, above=stack[-1])
        stack[-1].inside.append(entry)
        stack.append(entry)
    _write(file, root)
    return f"/Outlines {root.number} 0 R"


def _write(file: File, entry: _Entry) -> None:
    """Number an entry and all in it; bodies follow when each knows its neighbours."""
    entry.number = file.add(lambda: _body(entry, None, None))
    pending = [entry]
    while pending:
        above = pending.pop()
        inside = above.inside
        for at, one in enumerate(inside):
            before = inside[at - 1] if at else None
            after = inside[at + 1] if at + 1 < len(inside) else None
            one.number = file.add(partial(_body, one, before, after))
            pending.append(one)


def _body(entry: _Entry, before: _Entry | None, after: _Entry | None) -> bytes:
    parts = ["<<"]
    mark = entry.mark
    if mark is None:
        parts.append("/Type/Outlines")
    else:
        above = entry.above.number if entry.above else 0
        parts.append(f"/Title{text(mark.title)}/Parent {above} 0 R")
        parts.append(f"/Dest[{mark.page} 0 R/XYZ 0 {mark.top:.2f} null]")
    if before:
        parts.append(f"/Prev {before.number} 0 R")
    if after:
        parts.append(f"/Next {after.number} 0 R")
    if entry.inside:
        first, last = entry.inside[0].number, entry.inside[-1].number
        parts.append(f"/First {first} 0 R/Last {last} 0 R/Count {len(entry.inside)}")
    return ("".join(parts) + ">>").encode("ascii")
