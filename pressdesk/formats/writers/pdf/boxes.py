"""Composite boxes: stacks kept together, columns, frames, lines and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressdesk.formats.writers.pdf.canvas import END, Canvas
from pressdesk.formats.writers.pdf.flow import Box
from pressdesk.formats.writers.pdf.struct import Elem
from pressdesk.formats.writers.pdf.theme import Colour


def stack_height(boxes: Sequence[Box], width: float) -> float:
    """The height of boxes under each other."""
    total, gap = 0.0, 0.0
    for at, box in enumerate(boxes):
        total += (max(gap, box.before) if at else 0.0) + box.height(width)
        gap = box.after
    return total


def draw_stack(boxes: Sequence[Box], canvas: Canvas, x: float, top: float, width: float) -> None:
    """Draw boxes under each other."""
    gap = 0.0
    for at, box in enumerate(boxes):
        top -= max(gap, box.before) if at else 0.0
        box.draw(canvas, x, top, width)
        top -= box.height(width)
        gap = box.after


def split_stack(
    boxes: Sequence[Box], width: float, room: float, *, torn: bool = False
) -> tuple[list[Box], list[Box]]:
    """Those that fit, and the rest; either may be empty."""
    head: list[Box] = []
    gap = 0.0
    for at, box in enumerate(boxes):
        room -= max(gap, box.before) if at else 0.0
        tall = box.height(width)
        if tall <= room + 0.01:
            head.append(box)
            room -= tall
            gap = box.after
            continue
        parts = box.split(width, room)
        if parts is None and torn and not head:
            parts = box.split(width, room, torn=True)
        if parts is not None:
            return [*head, parts[0]], [parts[1], *boxes[at + 1 :]]
        return head, list(boxes[at:])
    return head, []


@dataclass(slots=True, kw_only=True)
class Whole:
    """A box that stands alone only as a whole, and is not parted unless it says how."""

    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float) -> float:
        """Nothing, until it says so."""
        return 0.0

    def least(self, width: float) -> float:
        """All of it."""
        return self.height(width)

    def split(self, width: float, room: float, *, torn: bool = False) -> tuple[Box, Box] | None:
        """Never."""
        return None


@dataclass(slots=True)
class Keep(Whole):
    """Boxes that stay on one page; parted only when no page could hold them."""

    boxes: Sequence[Box]

    def height(self, width: float) -> float:
        """All of them."""
        return stack_height(self.boxes, width)

    def split(self, width: float, room: float, *, torn: bool = False) -> tuple[Keep, Keep] | None:
        """Only when it must be: between boxes where that is possible."""
        if not torn:
            return None
        head, tail = split_stack(self.boxes, width, room, torn=True)
        if not head or not tail:
            return None
        return replace(self, boxes=head, after=0.0), replace(self, boxes=tail, before=0.0)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """One under the other."""
        draw_stack(self.boxes, canvas, x, top, width)


@dataclass(frozen=True, slots=True)
class Column:
    """A part of a row: where it begins, how wide it is, and what stands in it."""

    x: float
    width: float
    boxes: Sequence[Box]


@dataclass(slots=True)
class ColumnsBox(Whole):
    """Columns side by side, with a line below; parted only when taller than a page."""

    columns: Sequence[Column]
    pad: float = 0.0
    """Above and below what stands in it."""
    low: bool = False
    """Columns stand on the same foot instead of hanging from the same head."""
    line: Colour | None = None

    def height(self, width: float) -> float:
        """The tallest column."""
        tallest = max((stack_height(c.boxes, c.width) for c in self.columns), default=0.0)
        return tallest + 2 * self.pad

    def split(
        self, width: float, room: float, *, torn: bool = False
    ) -> tuple[ColumnsBox, ColumnsBox] | None:
        """Split each column separately."""
        if not torn:
            return None
        heads, tails = [], []
        for column in self.columns:
            head, tail = split_stack(column.boxes, column.width, room - 2 * self.pad, torn=True)
            heads.append(replace(column, boxes=head))
            tails.append(replace(column, boxes=tail))
        if not any(c.boxes for c in heads) or not any(c.boxes for c in tails):
            return None
        return (
            replace(self, columns=heads, after=0.0, line=None),
            replace(self, columns=tails, before=0.0),
        )

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Columns, line."""
        tall = self.height(width)
        for column in self.columns:
            own = top - self.pad
            if self.low:
                own -= tall - 2 * self.pad - stack_height(column.boxes, column.width)
            draw_stack(column.boxes, canvas, x + column.x, own, column.width)
        if self.line:
            canvas.rule(x, top - tall, width, self.line, 0.5)


@dataclass(slots=True)
class Framed(Whole):
    """A box with a frame and a tinted background, for important notices."""

    box: Box
    line: Colour
    ground: Colour
    pad: float = 5.0

    def height(self, width: float) -> float:
        """With the frame."""
        return self.box.height(width - 2 * self.pad) + 2 * self.pad

    def split(
        self, width: float, room: float, *, torn: bool = False
    ) -> tuple[Framed, Framed] | None:
        """Two frames, when it is taller than a page."""
        inner = width - 2 * self.pad
        parts = self.box.split(inner, room - 2 * self.pad, torn=True) if torn else None
        if parts is None:
            return None
        return replace(self, box=parts[0]), replace(self, box=parts[1])

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Ground and frame first."""
        tall = self.height(width)
        canvas.block(x, top - tall, width, tall, self.ground)
        canvas.frame(x, top - tall, width, tall, self.line)
        self.box.draw(canvas, x + self.pad, top - self.pad, width - 2 * self.pad)


@dataclass(slots=True)
class Stroke(Whole):
    """A horizontal line over the whole measure, or a short one in the middle."""

    colour: Colour
    share: float = 1.0
    thick: float = 0.75

    def height(self, width: float) -> float:
        """Its own thickness."""
        return self.thick

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """An artifact."""
        long = width * self.share
        canvas.rule(x + (width - long) / 2, top - self.thick / 2, long, self.colour, self.thick)


@dataclass(slots=True)
class PictureBox(Whole):
    """An embedded picture; an artifact if it has no element."""

    sha: str
    number: int
    wide: float
    tall: float
    elem: Elem | None

    def height(self, width: float) -> float:
        """As asked."""
        return self.tall

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """With its place on the page told to the reader."""
        low = top - self.tall
        if self.elem is None:
            opening = canvas.artifact()
        else:
            box = f"{x:.2f} {low:.2f} {x + self.wide:.2f} {top:.2f}"
            self.elem.raw = f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
            opening = canvas.elem(self.elem)
        drawing = canvas.image(self.sha, self.number, (x, low, self.wide, self.tall))
        canvas.page.code.append(f"{opening} {drawing} {END}")
