"""Colours can be read, icons follow the theme, the style sheet is complete."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication

from pressdesk.base import resources
from pressdesk.formats.colours import LEGIBLE, contrast
from pressdesk.gui.kit import icons, theme
from pressdesk.gui.kit.tokens import DARK, LIGHT, Tokens

GROUNDS = ("ground", "pane", "side", "selection", "hover")
PAIRS = (
    *product(("ink", "muted"), (*GROUNDS, "accent_ground")),
    *product(("accent",), ("pane", "side", "ground", "accent_ground", "selection", "hover")),
    ("on_filled", "filled"),
    ("on_filled", "filled_hover"),
    ("good", "good_ground"),
    ("warning", "warning_ground"),
    ("bad", "bad_ground"),
    *product(("ink",), ("good_ground", "warning_ground", "bad_ground")),
    *product(("good", "warning", "bad"), ("pane",)),
)


@pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_every_ground(chosen: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(chosen, text), getattr(chosen, ground)) >= LEGIBLE


@pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])
def test_the_focus_ring_stands_out(chosen: Tokens) -> None:
    for ground in (*GROUNDS, "line"):
        assert contrast(chosen.accent, getattr(chosen, ground)) >= 3.0


@pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_no_gap(chosen: Tokens) -> None:
    sheet = theme.style_sheet(chosen)
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    assert "$" not in rules
    assert rules.count("{") == rules.count("}")


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_is_drawn_with_the_colour_of_the_theme(qtbot: object, name: str) -> None:
    source = resources.read_text(f"icons/{name}.svg")
    assert "currentColor" in source and not re.search(r"#[0-9a-fA-F]{3,6}", source)
    assert inked(icons.icon(name, "ink")) > 0


def inked(shown: QIcon) -> int:
    image = shown.pixmap(QSize(16, 16), 1.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return sum(image.pixelColor(x, y).alpha() > 128 for x in range(16) for y in range(16))


def test_an_icon_changes_with_the_theme_and_greys_when_off(qapp: QApplication) -> None:
    shown = icons.icon("minus", "ink")
    colours = []
    for dark in (False, True):
        theme.apply(qapp, dark)
        colours.append(middle(shown, QIcon.Mode.Normal))
        assert middle(shown, QIcon.Mode.Disabled) != colours[-1]
    theme.apply(qapp, False)
    assert colours == [LIGHT.ink, DARK.ink]


def middle(shown: QIcon, mode: QIcon.Mode) -> str:
    return shown.pixmap(QSize(64, 64), 1.0, mode).toImage().pixelColor(32, 32).name()


def test_our_own_faces_are_found(qapp: QApplication) -> None:
    assert set(theme.load_fonts()) == {theme.SANS, theme.SERIF}
