"""A table across pages, with its header rows repeated on each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressdesk.formats.writers.pdf.boxes import ColumnsBox, Whole, stack_height
from pressdesk.formats.writers.pdf.canvas import Canvas
from pressdesk.formats.writers.pdf.para import Para

GUTTER = 10.0
_TALLEST_HEAD = 120.0
_NUMBER = re.compile(r"[-−–+≈<>≤≥±]?\s*[0-9][0-9\s.,:%‰\u00a0\u202f]*[%°‰€$₽]?")


@dataclass(slots=True)
class Grid(Whole):
    """Rows as a box; the first ``heads`` are repeated after each turn of the page."""

    rows: Sequence[ColumnsBox]
    heads: int
    total: float | None = None
    """The height of all rows, once it is known."""

    def height(self, width: float) -> float:
        """All rows; added up once, however many pages they take."""
        if self.total is None:
            self.total = stack_height(self.rows, width)
        return self.total

    def least(self, width: float) -> float:
        """The headings and a row."""
        return stack_height(self.rows[: self.heads + 1], width)

    def split(self, width: float, room: float, *, torn: bool = False) -> tuple[Grid, Grid] | None:
        """Between two rows; inside a row only when it is taller than a page."""
        heads = self.heads if self._may_repeat(width) else 0
        used, count = 0.0, 0
        for row in self.rows:
            tall = row.height(width)
            if used + tall > room + 0.01:
                break
            used += tall
            count += 1
        if count > heads and count < len(self.rows):
            parts = self._parted(count, heads, ())
            parts[1].total = self.height(width) - used + stack_height(self.rows[:heads], width)
            return parts
        if not torn or count >= len(self.rows):
            return None
        torn_row = self.rows[count].split(width, room - used, torn=True)
        if torn_row is None:
            return self._parted(count, 0, ()) if count > 0 else None
        return self._parted(count + 1, heads if count >= heads else 0, torn_row)

    def _parted(
        self, count: int, heads: int, torn: tuple[ColumnsBox, ColumnsBox] | tuple[()]
    ) -> tuple[Grid, Grid]:
        head_rows, tail_rows = list(self.rows[:count]), list(self.rows[count:])
        if torn:
            head_rows[-1] = torn[0]
            tail_rows.insert(0, torn[1])
        head = replace(self, rows=head_rows, after=0.0, total=None)
        rows = [*self.rows[:heads], *tail_rows]
        tail = replace(self, rows=rows, heads=heads, before=0.0, total=None)
        return head, tail

    def _may_repeat(self, width: float) -> bool:
        return stack_height(self.rows[: self.heads], width) <= _TALLEST_HEAD

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Row by row."""
        for row in self.rows:
            row.draw(canvas, x, top, width)
            top -= row.height(width)


def gutter(count: int, measure: float) -> float:
    """The room between columns; less where there are very many."""
    return min(GUTTER, measure * 0.3 / max(count - 1, 1))


def shares(cells: Sequence[Sequence[Para]], measure: float) -> list[float]:
    """The width of each column: as it is when it takes no more than its share, else less."""
    count = len(cells[0])
    room = measure - gutter(count, measure) * (count - 1)
    wide = [max(_natural(row[at]) for row in cells) for at in range(count)]
    if sum(wide) <= room:
        spare = (room - sum(wide)) / count
        return [width + spare for width in wide]
    longest = [max(_longest(row[at]) for row in cells) for at in range(count)]
    found = dict.fromkeys(range(count), 0.0)
    open_columns = set(found)
    while open_columns:
        fair = room / len(open_columns)
        small = {at for at in open_columns if wide[at] <= fair}
        if not small:
            break
        for at in small:
            found[at] = wide[at]
            room -= wide[at]
        open_columns -= small
    weights = {at: min(wide[at], 3 * longest[at] + wide[at] ** 0.5) for at in open_columns}
    for at in open_columns:
        found[at] = room * weights[at] / sum(weights.values())
    return [found[at] for at in range(count)]


def numeric(texts: Sequence[str]) -> bool:
    """Whether a column holds numbers, which stand at the right."""
    filled = [text.strip() for text in texts if text.strip() not in ("", "-", "–", "—")]
    return bool(filled) and all(_NUMBER.fullmatch(text) for text in filled)


def _natural(cell: Para) -> float:
    """The width of a cell that is never broken; at least a little."""
    lines = cell.lines(1_000_000.0)
    return max(12.0, *(line.width + 0.5 for line in lines))


def _longest(cell: Para) -> float:
    """The width of the longest word."""
    widest = 12.0
    for run in cell.runs:
        if run is not None:
            scale = run.size * 0.001
            for word in run.text.split(" "):
                widest = max(widest, run.face[word].width * scale + 0.5)
    return widest
