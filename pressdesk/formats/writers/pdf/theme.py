"""The design of a page from the house style: sizes, fonts and colours; values only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from pressdesk.formats.colours import WASH, channels, legible
from pressdesk.press.house import Family, Look

Colour = tuple[float, float, float]


MM = 72 / 25.4
_PAGES = {"A4": (595.276, 841.89), "Letter": (612.0, 792.0)}

INK: Colour = (0.086, 0.114, 0.169)
MUTED: Colour = (0.349, 0.388, 0.447)
PALE: Colour = (0.8, 0.816, 0.839)
TINT: Colour = (0.949, 0.957, 0.969)
ALARM: Colour = (0.604, 0.11, 0.11)
WATERMARK = channels(WASH)

NARROWEST = 70 * MM
"""No margins make the text narrower than this."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks; distances in points."""

    family: Family
    size: float
    leading: float
    colour: Colour = INK
    strong: bool = False
    emph: bool = False
    align: str = "left"
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    spacing: float = 0.0
    """Added after each letter."""
    keep: bool = False
    """Stays on the page of what follows."""
    whole: bool = False
    """Is never split over pages."""
    balanced: bool = False
    """Its lines are about equally long."""
    bar: Colour | None = None
    """A vertical line at the left."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The page and one style for each role on it."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    accent: Colour
    styles: dict[str, Style]

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right


@lru_cache(16)
def theme(look: Look, *, draft: bool = False) -> Theme:
    """The looks of a page. Margins that leave no room for text are drawn in.

    draft  the accent colour has to be read upon the watermark too
    """
    width, height = _PAGES.get(look.page, _PAGES["A4"])
    margins = look.margins
    left, right = (_within(m * MM, 20.0, width) for m in (margins.left, margins.right))
    over = left + right + NARROWEST - width
    if over > 0:
        left, right = (m - over * m / (left + right) for m in (left, right))
    accent = channels(legible(look.accent, WASH if draft else "#ffffff"))
    return Theme(
        width=width,
        height=height,
        left=left,
        right=right,
        top=_within(margins.top * MM, 44.0, height / 4),
        bottom=_within(margins.bottom * MM, 46.0, height / 4),
        accent=accent,
        styles=_styles(look, accent),
    )


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most) if value == value else least


def _styles(look: Look, accent: Colour) -> dict[str, Style]:
    # Noto Sans runs wider and taller than Noto Serif: a half point less gives the same measure.
    size = 11.0 if look.body == "serif" else 10.5
    body = Style(look.body, size, 16.0, after=8.0)
    head = Style(look.headings, 20.0, 25.0, strong=True, keep=True, whole=True)
    small = Style("sans", 8.6, 12.75)
    muted = replace(small, size=8.0, leading=11.25, colour=MUTED)
    return {
        "organisation": Style("sans", 11.25, 14.5, accent, strong=True, whole=True),
        "unit": replace(small, size=8.75, leading=12.0),
        "letterhead": replace(muted, align="right"),
        "release": Style("sans", 8.0, 11.25, accent, strong=True, spacing=0.55),
        "embargo": Style("sans", 9.5, 13.0, strong=True),
        "warning": Style("sans", 8.5, 11.5, ALARM, strong=True, align="center", spacing=0.6),
        "reference": replace(muted, align="right"),
        "title": replace(head, after=3.0, balanced=True),
        "subtitle": Style(look.headings, 12.0, 16.5, MUTED, balanced=True, whole=True),
        "speaker": Style("sans", 9.0, 13.5, MUTED),
        "speaker name": Style("sans", 10.0, 14.5, strong=True, keep=True),
        "credit": replace(small, size=9.0, leading=13.0, colour=MUTED),
        "label": Style("sans", 8.6, 16.0, strong=True),
        "value": replace(body, after=0.0),
        "body": body,
        "lead": replace(body, size=size + 1, leading=17.5),
        "question": replace(body, strong=True, before=4.0, after=3.0, keep=True),
        "answer": body,
        "address": replace(body, keep=True),
        "heading 2": replace(head, size=14.0, leading=19.0, before=9.0, after=4.0),
        "heading 3": replace(head, size=12.0, leading=17.0, before=7.0, after=3.0),
        "heading 4": replace(head, size=11.0, leading=16.0, before=5.0, after=2.0, emph=True),
        "item": replace(body, after=3.0),
        "quote": replace(body, emph=True, left=13.5, bar=accent, after=4.0),
        "attribution": replace(small, colour=MUTED, left=13.5, bar=accent),
        "cell": Style(look.body, 9.5, 13.5),
        "head cell": Style("sans", 8.6, 13.5, strong=True),
        "caption": replace(small, colour=MUTED),
        "end": replace(muted, align="center", spacing=0.6, before=13.0, after=18.0),
        "small heading": replace(small, strong=True, after=3.0, keep=True, whole=True),
        "small": replace(small, after=4.0),
        "contact name": replace(small, strong=True),
        "contact": small,
        "furniture": replace(muted, size=7.25, leading=10.0),
    }
