"""Places boxes on pages in a single pass.

A box knows its height at a width, may be split, and draws itself downwards from a corner.
Space between boxes is the larger of what the upper wants after and the lower wants before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pressdesk.formats.writers.pdf.canvas import Canvas

LONGEST_CHAIN = 6
"""Boxes that may hold on to each other; a longer chain of headings is a mistake."""

_WORTH_TEARING_FOR = 0.25
"""The share of a page that is not left white before a box no page can hold."""

_HAIR = 0.01


class Box(Protocol):
    """Something that takes room on a page."""

    before: float
    after: float
    keep: bool
    """Its end stays on the page of what follows."""

    def height(self, width: float) -> float:
        """How tall it is at this width."""

    def least(self, width: float) -> float:
        """How tall the smallest part is that may stand alone at the foot of a page."""

    def split(self, width: float, room: float, *, torn: bool = False) -> tuple[Box, Box] | None:
        """What fits into the room, and the rest; None when nothing may be parted there.

        ``torn``: it is too tall for any page, so it is parted wherever it can be.
        """

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw it downwards from the corner."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The text area of a page."""

    x: float
    width: float
    first_top: float
    top: float
    bottom: float


class Flow:
    """Places boxes, one after the other."""

    def __init__(self, canvas: Canvas, frame: Frame) -> None:
        self._canvas = canvas
        self._frame = frame
        self._page = frame.top - frame.bottom
        self._y = frame.first_top
        self._fresh = True
        self._gap = 0.0

    def place(self, boxes: Sequence[Box]) -> None:
        """Draw all boxes, turning pages as needed."""
        for at, box in enumerate(boxes):
            follow = boxes[at + 1 : at + LONGEST_CHAIN] if box.keep else ()
            self._place(box, follow)

    def _place(self, box: Box, follow: Sequence[Box]) -> None:
        width = self._frame.width
        rest: Box | None = box
        while rest is not None:
            rest = self._some(rest, follow, width)

    def _some(self, box: Box, follow: Sequence[Box], width: float) -> Box | None:
        """Draw what fits of a box; what is left for the next page."""
        gap = 0.0 if self._fresh else max(self._gap, box.before)
        room = self._y - self._frame.bottom - gap
        tall = box.height(width)
        needed = tall + self._needed(box, follow, width)
        if needed <= room + _HAIR:
            self._draw(box, gap, width, tall)
            return None
        wanted = min(room, tall - 1) if needed > tall else room
        parts = box.split(width, wanted) if wanted > 0 else None
        if parts is None and room > self._page * _WORTH_TEARING_FOR and self._too_tall(box, width):
            parts = box.split(width, room, torn=True)
        if parts is not None:
            head, rest = parts
            self._draw(head, gap, width, head.height(width))
            self._turn()
            return rest
        if not self._fresh:
            self._turn()
            return box
        # Alone on a page and nothing to part: it is drawn over the edge rather than lost.
        self._draw(box, gap, width, tall)
        return None

    def _needed(self, box: Box, follow: Sequence[Box], width: float) -> float:
        """The room a kept box wants below it.

        Up to where a page may be turned: a box that can be parted holds what comes after it
        with its last lines, so that only its first ones have to stand here. Of a chain that no
        page could hold, only its beginning is held.
        """
        if not follow:
            return 0.0
        own, total, gap = box.least(width), 0.0, box.after
        for one in follow:
            least = one.least(width)
            more = max(gap, one.before) + least
            if own + total + more > self._page + _HAIR:
                return total
            total += more
            if not one.keep or least < one.height(width) - _HAIR:
                return total
            gap = one.after
        return total

    def _too_tall(self, box: Box, width: float) -> bool:
        """No page could hold even the smallest part of it that may stand alone."""
        return box.least(width) > self._page + _HAIR

    def _draw(self, box: Box, gap: float, width: float, tall: float) -> None:
        self._y -= gap
        box.draw(self._canvas, self._frame.x, self._y, width)
        self._y -= tall
        self._gap = box.after
        self._fresh = False

    def _turn(self) -> None:
        self._canvas.turn()
        self._y = self._frame.top
        self._fresh = True
        self._gap = 0.0
