"""Themes of the window: fonts, palette, style sheet and icons for light and dark."""

from __future__ import annotations

from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from pressdesk.base import resources
from pressdesk.gui.kit.dark import system_is_dark
from pressdesk.gui.kit.icons import colour, current, icon
from pressdesk.gui.kit.tokens import Tokens, tokens

__all__ = [
    "SANS",
    "SERIF",
    "Tokens",
    "apply",
    "colour",
    "current",
    "font",
    "icon",
    "load_fonts",
    "palette",
    "style_sheet",
    "system_is_dark",
    "tokens",
]

SANS, SERIF = "PressDesk Sans", "PressDesk Serif"

_FACES = ("Sans-Regular", "Sans-Bold", "Serif-Regular", "Serif-Bold", "Serif-Italic")
_RARE_FACES = ("Serif-BoldItalic", "Sans-Italic", "Sans-BoldItalic")


def apply(app: QApplication, dark: bool) -> None:
    """Dress the whole application: Fusion, our font, palette and style sheet.

    May be called again at any time to change the theme; icons follow by themselves.
    cost  about 20 ms at the start; 50 ms with the whole window on the screen
    """
    chosen = tokens(dark)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font(SANS, 13))
    app.setPalette(palette(chosen))
    app.setStyleSheet(style_sheet(chosen))


def font(family: str, pixels: float, *, bold: bool = False) -> QFont:
    """A face of ours at a size in pixels, falling back to what the machine has."""
    made = QFont([family, "Noto Serif" if family == SERIF else "Noto Sans", "DejaVu Sans"])
    made.setPixelSize(round(pixels))
    if bold:
        made.setWeight(QFont.Weight.Bold)
    return made


@cache
def load_fonts() -> tuple[str, ...]:
    """Make our faces known to Qt, once; the families that came of it.

    Needs a QGuiApplication. Without the files the fallbacks of ``font`` are used. The three
    faces no window begins with are left to ``load_rare_fonts``.
    """
    return _load(_FACES)


@cache
def load_rare_fonts() -> tuple[str, ...]:
    """The bold italics and the slanted sans; for after the first paint."""
    return _load(_RARE_FACES)


def _load(faces: tuple[str, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for face in faces:
        try:
            file = resources.path(f"fonts/PressDesk{face}.ttf")
        except FileNotFoundError:
            continue
        number = QFontDatabase.addApplicationFont(str(file))
        found.update(dict.fromkeys(QFontDatabase.applicationFontFamilies(number)))
    return tuple(found)


def palette(chosen: Tokens) -> QPalette:
    """The palette of a theme, for what the style sheet does not name and for own painting."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for part, name in {
        role.Window: chosen.ground,
        role.WindowText: chosen.ink,
        role.Base: chosen.pane,
        role.AlternateBase: chosen.side,
        role.Text: chosen.ink,
        role.Button: chosen.pane,
        role.ButtonText: chosen.ink,
        role.BrightText: chosen.on_filled,
        role.ToolTipBase: chosen.pane,
        role.ToolTipText: chosen.ink,
        role.PlaceholderText: chosen.faint,
        role.Highlight: chosen.selection,
        role.HighlightedText: chosen.ink,
        role.Accent: chosen.accent,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.Light: chosen.hover,
        role.Midlight: chosen.line,
        role.Mid: chosen.line,
        role.Dark: chosen.faint,
        role.Shadow: chosen.shadow,
    }.items():
        made.setColor(part, QColor(name))
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, part, QColor(chosen.faint))
    return made


@cache
def style_sheet(chosen: Tokens) -> str:
    """resources/styles/window.qss with the colours of a theme put in."""
    members = {name: str(getattr(chosen, name)) for name in Tokens.__slots__}
    folder = resources.path("styles").as_posix()
    return Template(resources.read_text("styles/window.qss")).substitute(members, folder=folder)
