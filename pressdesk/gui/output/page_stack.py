"""Positions of stacked pages: arithmetic only, no widget."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from PySide6.QtCore import QRectF

MARGIN, GAP = 16.0, 14.0
"""Ground around the pages and between them, in pixels of the window."""

PIXELS_PER_POINT = 96 / 72
"""At 100 %: the size of the paper on a screen of the usual 96 dots an inch."""

SMALLEST, LARGEST = 0.25, 4.0

Fit = Literal["width", "page", ""]
Size = tuple[float, float]

A4: Size = (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class PagePoint:
    """A point of the document that stays when pages change: a page and how far down it."""

    page: int = 0
    down: float = 0.0
    """Part of the page's height, below 0 in the gap above it, above 1 in the one below."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Pages of these sizes (points) under each other, centred, at ``zoom`` (1.0 is 100 %)."""

    sizes: tuple[Size, ...]
    zoom: float
    width: float
    """Width of the visible ground; a wider stack is scrolled."""

    @property
    def content(self) -> Size:
        """Width and height of everything, ground included."""
        if not self.sizes:
            return (0.0, 0.0)
        widest = max(width for width, _height in self.sizes) * self._factor
        return (widest + 2 * MARGIN, self._tops()[-1] - GAP + MARGIN)

    def rect(self, page: int) -> QRectF:
        """Where a page lies, from the top left of everything."""
        width, height = (side * self._factor for side in self.sizes[page])
        full = max(self.width, self.content[0])
        return QRectF((full - width) / 2, self._tops()[page], width, height)

    def between(self, top: float, bottom: float) -> range:
        """The pages that show between two heights."""
        tops = self._tops()
        first = max(0, bisect_right(tops, top + GAP) - 1)
        last = min(len(self.sizes), bisect_left(tops, bottom))
        return range(first, last) if first < last else range(0)

    def place(self, y: float) -> PagePoint:
        """The page at this height; the nearest one in a gap."""
        if not self.sizes:
            return PagePoint()
        page = bisect_right(self._tops()[:-1], y + GAP / 2) - 1
        rect = self.rect(max(0, page))
        return PagePoint(max(0, page), (y - rect.top()) / rect.height())

    def height_of(self, place: PagePoint) -> float:
        """The height of a place; of the end of the last page when its page is gone."""
        if not self.sizes:
            return 0.0
        if place.page >= len(self.sizes):
            return self.rect(len(self.sizes) - 1).bottom()
        rect = self.rect(place.page)
        return rect.top() + place.down * rect.height()

    def _tops(self) -> list[float]:
        """Where each page begins, and where one after the last would."""
        heights = (height * self._factor + GAP for _width, height in self.sizes)
        return list(accumulate(heights, initial=MARGIN))

    @property
    def _factor(self) -> float:
        return self.zoom * PIXELS_PER_POINT


def fitting(fit: Fit, sizes: tuple[Size, ...], width: float, height: float) -> float:
    """The zoom at which pages fill a ground of this size."""
    shown = sizes or (A4,)
    across = (width - 2 * MARGIN) / (max(size[0] for size in shown) * PIXELS_PER_POINT)
    down = (height - 2 * MARGIN) / (max(size[1] for size in shown) * PIXELS_PER_POINT)
    return bounded(across if fit == "width" else min(across, down))


def bounded(zoom: float) -> float:
    """The nearest zoom that is offered."""
    return max(SMALLEST, min(LARGEST, zoom))
