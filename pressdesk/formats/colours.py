"""The accent colour on light and dark backgrounds, adjusted so that it stays readable."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls

STANDARD = "#1d4f91"
"""Used where the house style holds something that is no colour."""

LEGIBLE = 4.5
"""The least contrast of text by WCAG 2.2, success criterion 1.4.3."""

WASH, WASH_IN_DARK = "#f3e3e3", "#2e1d21"
"""The watermark of a draft, pale or dark enough for all text to keep its contrast upon it."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEPS = 100


def contrast(one: str, other: str) -> float:
    """The contrast of two #rrggbb colours, from 1 to 21, by WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def legible(colour: str, ground: str, *, least: float = LEGIBLE) -> str:
    """The colour, made lighter or darker until it can be read on ``ground``.

    colour  "#rrggbb"; anything else is replaced by the standard accent
    least   the contrast wanted
    """
    known = colour.lower() if _COLOUR.fullmatch(colour.lower()) else STANDARD
    hue, light, strength = rgb_to_hls(*channels(known))
    goal = 0.0 if _luminance(ground) > 0.5 else 1.0
    for step in range(_STEPS + 1):
        share = step / _STEPS
        tried = _hex(hls_to_rgb(hue, light + (goal - light) * share, strength))
        if contrast(tried, ground) >= least:
            return tried
    return "#000000" if goal == 0.0 else "#ffffff"


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of #rrggbb, each from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
