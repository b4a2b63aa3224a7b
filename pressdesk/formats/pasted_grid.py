"""Places the cells of a pasted table, including merged ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDEST = 100
"""Columns and rows that one cell may span; browsers take 1,000, but a table of words has fewer."""

_LAST = {"thead": 0, "tfoot": 2}


def grid(table: _Element) -> list[dict[int, _Element]]:
    """The rows of a table, not of those within it: the cell that begins in each column.

    The head comes first and the foot last, wherever they stand. Rows without cells are left out.
    """
    rows: list[dict[int, _Element]] = []
    taken: dict[int, int] = {}
    for number, line in enumerate(_lines(table)):
        row: dict[int, _Element] = {}
        column = 0
        for cell in line:
            if cell.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > number:
                column += 1
            row[column] = cell
            last, end = number + span(cell, "rowspan"), column + span(cell, "colspan")
            if last > number + 1:
                taken.update(dict.fromkeys(range(column, end), last))
            column = end
        if row:
            rows.append(row)
    return rows


def _lines(table: _Element) -> Iterator[_Element]:
    parts = [part for part in table if part.tag in ("tr", "thead", "tbody", "tfoot")]
    for part in sorted(parts, key=lambda part: _LAST.get(str(part.tag), 1)):
        if part.tag == "tr":
            yield part
        else:
            yield from (line for line in part if line.tag == "tr")


def span(cell: _Element, name: str) -> int:
    """How many rows or columns a cell or a column says it spans, at least one."""
    said = re.match(r"\s*\+?(\d{1,6})", cell.get(name) or "")
    return max(1, min(int(said[1]), WIDEST)) if said else 1
