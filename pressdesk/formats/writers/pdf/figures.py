"""Embeds each picture once, and reports those that could not be shown."""

from __future__ import annotations

from pressdesk.base.i18n import _
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf.boxes import PictureBox
from pressdesk.formats.writers.pdf.canvas import Canvas
from pressdesk.formats.writers.pdf.images import pixels
from pressdesk.formats.writers.pdf.struct import Elem

_POINTS_A_PIXEL = 72 / 150
"""A picture is shown at 150 dots an inch unless there is no room for that."""


class Figures:
    """The pictures of one document."""

    def __init__(self, canvas: Canvas, context: Context) -> None:
        self._canvas = canvas
        self._context = context
        self._known: dict[str, tuple[int, int, int] | None] = {}

    def picture(
        self, sha: str, alt: str, parent: Elem, room: tuple[float, float]
    ) -> PictureBox | None:
        """A box for an attachment; None, and a loss recorded, when it cannot be shown.

        alt   what is read out in its place; without any it is shown, but not read out
        room  the most it may take in width and height, in points
        """
        if sha not in self._known:
            self._known[sha] = self._take_in(sha)
        found = self._known[sha]
        if found is None:
            self._context.lost(_("A picture is missing or cannot be read; it was left out."))
            return None
        number, wide, tall = found
        scale = min(_POINTS_A_PIXEL, room[0] / wide, room[1] / tall)
        elem = parent.add("Figure", Alt=alt) if alt else None
        if elem is None:
            self._context.lost(_("A picture has no description; screen readers skip it."))
        return PictureBox(sha, number, wide * scale, tall * scale, elem, after=5.0)

    def _take_in(self, sha: str) -> tuple[int, int, int] | None:
        data = self._context.attachments.get(sha)
        found = pixels(data) if data else None
        if found is None:
            return None
        entries = f"/Width {found.width}/Height {found.height}"
        if found.mask:
            grey = "/ColorSpace/DeviceGray/Filter/FlateDecode"
            mask = self._canvas.picture(entries + grey, found.mask)
            entries += f"/SMask {mask} 0 R"
        number = self._canvas.picture(entries + found.entries, found.data)
        return number, found.width, found.height
