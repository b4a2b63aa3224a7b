"""Colours of the window, named by purpose; no other colours are used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. Text colours stand at 4.5:1 or better on every ground they are used on.

    ``faint`` is for decoration and for placeholders that are not the only label.
    """

    dark: bool
    ground: str
    pane: str
    side: str
    line: str
    ink: str
    muted: str
    faint: str
    filled: str
    on_filled: str
    filled_hover: str
    accent: str
    accent_ground: str
    selection: str
    hover: str
    good: str
    good_ground: str
    warning: str
    warning_ground: str
    bad: str
    bad_ground: str
    shadow: str


LIGHT = Tokens(
    dark=False,
    ground="#f4f5f7",
    pane="#ffffff",
    side="#f8f9fb",
    line="#e1e4ea",
    ink="#1b2430",
    muted="#5b6475",
    faint="#98a2b3",
    filled="#1d4f91",
    on_filled="#ffffff",
    filled_hover="#173f75",
    accent="#1d4f91",
    accent_ground="#e8f0fa",
    selection="#dfeaf8",
    hover="#eef1f6",
    good="#17714a",
    good_ground="#e2f4ea",
    warning="#8a5a00",
    warning_ground="#fdf1d8",
    bad="#a1261f",
    bad_ground="#fce8e6",
    shadow="#c9ced8",
)

DARK = Tokens(
    dark=True,
    ground="#14181f",
    pane="#1b212b",
    side="#171c25",
    line="#2b3340",
    ink="#e6eaf0",
    muted="#9aa5b5",
    faint="#6b7686",
    filled="#1d4f91",
    on_filled="#ffffff",
    filled_hover="#2a63ad",
    accent="#7db2f0",
    accent_ground="#1e2f46",
    selection="#22344d",
    hover="#232b37",
    good="#6fd3a1",
    good_ground="#15332a",
    warning="#f0c36a",
    warning_ground="#3a2f17",
    bad="#f2a19b",
    bad_ground="#41211f",
    shadow="#0b0e13",
)


def tokens(dark: bool) -> Tokens:
    """The tokens of one theme."""
    return DARK if dark else LIGHT
