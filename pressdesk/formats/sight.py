"""Visibility from a style: struck out, off the page, or invisible."""

from __future__ import annotations

import re

from msgspec import Struct

from pressdesk.formats.css import Style

READ = frozenset(
    {
        *("display", "visibility", "mso-hide", "mso-element", "mso-special-character"),
        *("text-decoration", "text-decoration-line", "text-line-through", "font-size", "opacity"),
        *("overflow", "position", "clip", "clip-path", "color", "-webkit-text-fill-color"),
        *("background-clip", "-webkit-background-clip", "height", "max-height"),
        *("left", "top", "text-indent"),
    }
)
"""The properties that say whether something is part of what a page shows."""


_ZERO = re.compile(r"[+-]?(?:0+\.?0*|\.0+)(?:[a-z]+|%)?")
_FLAT = re.compile(r"(?:0+\.?0*|\.0+|1(?=px))(?:[a-z]+|%)?")
_HANDED_DOWN = ("", "inherit", "unset", "revert", "currentcolor")
_SIZE = re.compile(r"([+-]?[\d.]+)(px|pt|em|rem|%|)")
_TINY = {"px": 2.0, "pt": 1.5, "em": 0.1, "rem": 0.1, "%": 10.0, "": 0.0}
"""The largest sizes of letters that nobody can read."""
_AWAY = re.compile(r"-(?:(?:9\d\d|\d{4,})[\d.]*(?:px|pt)|\d{3,}[\d.]*(?:vw|vh|%)|\d{2,}[\d.]*r?em)")
_CLIPPED = re.compile(
    r"rect\(\s*([01])(?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)|"
    r"inset\(\s*(?:[5-9]\d|100)%.*\)|circle\(\s*0.*\)|polygon\(\s*0(?:px|%)? 0(?:px|%)?"
    r"(?:\s*,\s*0(?:px|%)? 0(?:px|%)?)*\s*\)"
)
_CLEAR = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|"
    r"[a-z]+\((?:(?:[^,/()]+,){3}|[^,/()]+/)\s*(?:0+\.?0*|\.0+)%?\s*\)"
)


class Sight(Struct, frozen=True):
    """What an element hands down to those in it, who may take it back."""

    visible: bool = True
    readable: bool = True
    coloured: bool = True


SHOWN = Sight()
"""Of what lies open on the page; ``below`` gives this very value for it."""


def struck(style: Style) -> bool:
    """Whether a line goes through the words."""
    if "line-through" in value(style, "text-decoration") + value(style, "text-decoration-line"):
        return True
    return value(style, "text-line-through") not in ("", "none")


def undisplayed(style: Style) -> bool | None:
    """Whether it is not on the page at all; None where the style does not say."""
    if value(style, "mso-hide") in ("all", "screen"):
        return True
    display = value(style, "display")
    return display == "none" if display else None


def out_of_sight(style: Style) -> bool:
    """Faded, folded, cut or moved away, so that nothing of it can be seen."""
    opacity = value(style, "opacity")
    if opacity and _ZERO.fullmatch(opacity):
        return True
    cut = any(word in value(style, "overflow") for word in ("hidden", "clip"))
    if cut and any(_FLAT.fullmatch(value(style, side)) for side in ("height", "max-height")):
        return True
    away = value(style, "position") in ("absolute", "fixed")
    if away and (_CLIPPED.fullmatch(value(style, "clip")) or _far(style, "left", "top")):
        return True
    return _CLIPPED.fullmatch(value(style, "clip-path")) is not None or _far(style, "text-indent")


def _far(style: Style, *names: str) -> bool:
    found = (_AWAY.match(value(style, name)) for name in names)
    return any(at is not None for at in found)


def below(shown: Sight, style: Style) -> Sight:
    """What an element of this style hands down, lying where ``shown`` holds."""
    visible, readable, coloured = shown.visible, shown.readable, shown.coloured
    visibility = value(style, "visibility")
    if visibility in ("hidden", "collapse"):
        visible = False
    elif visibility in ("visible", "initial"):
        visible = True
    size = _SIZE.fullmatch(value(style, "font-size"))
    if size and float(size[1]) <= _TINY.get(size[2], 0.0):
        readable = False
    elif value(style, "font-size") not in _HANDED_DOWN and not (size and size[2] in ("em", "%")):
        readable = True
    colour = value(style, "-webkit-text-fill-color") or value(style, "color")
    if colour not in _HANDED_DOWN:
        through = "text" in value(style, "background-clip") + value(
            style, "-webkit-background-clip"
        )
        coloured = through or not _CLEAR.fullmatch(colour)
    handed = Sight(visible, readable, coloured)
    return SHOWN if handed == SHOWN else handed


def value(style: Style, name: str) -> str:
    """The value of one property; "" when it is not declared."""
    found = style.get(name)
    return found[0] if found else ""
