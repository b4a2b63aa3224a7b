"""A colour for each kind in charts, for both themes; never the only cue."""

from __future__ import annotations

from types import MappingProxyType

from pressdesk.gui.kit.tokens import Tokens
from pressdesk.press.kinds import kinds

LIGHT = MappingProxyType(
    {
        "news": "#2f6db5",
        "statement": "#b5502a",
        "speech": "#1a8069",
        "interview": "#7a4fb0",
        "advisory": "#8f6a10",
    }
)

DARK = MappingProxyType(
    {
        "news": "#6aa7ea",
        "statement": "#e08a5e",
        "speech": "#4fc3a1",
        "interview": "#b08ae0",
        "advisory": "#d6b04c",
    }
)


def kind_colour(kind: str, shown: Tokens) -> str:
    """The colour of a kind as #rrggbb; kinds without one share the muted colour."""
    return (DARK if shown.dark else LIGHT).get(kind, shown.muted)


def in_order(found: set[str]) -> list[str]:
    """Kinds as charts stack and legends list them: always in the same order."""
    known = [name for name in kinds() if name in found]
    return known + sorted(found.difference(known))
