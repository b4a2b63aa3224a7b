"""Converts strings and inline nodes to runs: cleaned, in the right font, losses recorded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from pressdesk.base.i18n import _
from pressdesk.document.nodes import Inline, LineBreak, Mark, Text
from pressdesk.formats.links import kept
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf.breaking import Run
from pressdesk.formats.writers.pdf.fonts import Face, chain, covering
from pressdesk.formats.writers.pdf.struct import Elem
from pressdesk.formats.writers.pdf.theme import Colour, Style
from pressdesk.formats.writers.pdf.xmp import language

# Marks of order and joining, byte order, variants: never drawn, and they could hide words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200c-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_SPACES = re.compile("[\t\n\x0b\x0c\r\u2028\u2029]+")
_LINE_ENDS = re.compile("\r\n|[\n\r\u2028\u2029\x0b\x0c]")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")

_SCRIPT_SIZE = 0.62
_SUPERIOR, _INFERIOR = 0.36, -0.14


def clean(value: str) -> str:
    """The text as it can be printed in one line: no controls, no invisible characters."""
    if value.isascii() and value.isprintable():
        return value
    value = _SPACES.sub(" ", value)
    value = _INVISIBLE.sub("", value)
    return _BROKEN.sub("\ufffd", value)


def _held(value: str) -> str:
    """No line begins with a dash: it is held by the word before it."""
    if " – " in value or " — " in value:
        return value.replace(" – ", "\u00a0– ").replace(" — ", "\u00a0— ")
    return value


@dataclass(frozen=True, slots=True)
class Words:
    """Makes runs for one document and tells its context what cannot be printed."""

    context: Context
    accent: Colour

    def plain(self, value: str, style: Style, elem: Elem) -> list[Run | None]:
        """Runs of a string without marks."""
        return self.inlines((Text(value),) if value else (), style, elem)

    def inlines(self, content: Sequence[Inline], style: Style, elem: Elem) -> list[Run | None]:
        """Runs of a paragraph; None is a forced new line."""
        out: list[Run | None] = []
        link: Elem | None = None
        last: Text | None = None
        for part in content:
            match part:
                case LineBreak():
                    out.append(None)
                case Text():
                    link = self._owner(part, last, link, elem)
                    last = part
                    for number, piece in enumerate(_LINE_ENDS.split(part.text)):
                        if number:
                            out.append(None)
                        out.extend(self._runs(piece, part, style, link))
                case _:
                    assert_never(part)
        return out

    def linked(self, value: str, url: str, style: Style, elem: Elem) -> list[Run | None]:
        """Runs of a string that leads somewhere, in the accent colour and not underlined."""
        style = replace(style, colour=self.accent)
        runs = self.inlines((Text(value, link=url),), style, elem)
        for run in runs:
            if run is not None:
                run.underline = False
        return runs

    @staticmethod
    def _owner(part: Text, last: Text | None, link: Elem | None, elem: Elem) -> Elem | None:
        """The link or span this text belongs to; neighbours with the same one share it."""
        url, tongue = kept(part.link), language(part.language)
        if not url and not tongue:
            return None
        if last is not None and link is not None:
            same = (kept(last.link), language(last.language)) == (url, tongue)
            if same:
                return link
        more = {"Lang": tongue} if tongue else {}
        return elem.inline("Link" if url else "Span", **more)

    def _runs(self, value: str, part: Text, style: Style, elem: Elem | None) -> list[Run]:
        marks = part.marks
        strong = style.strong or Mark.STRONG in marks
        # Emphasis within an italic text is upright.
        emph = (Mark.EMPH in marks) != style.emph
        faces = chain(style.family, strong, emph)
        value = _held(clean(value))
        url = kept(part.link)
        size, rise = style.size, 0.0
        if Mark.SUP in marks:
            size, rise = style.size * _SCRIPT_SIZE, style.size * _SUPERIOR
        elif Mark.SUB in marks:
            size, rise = style.size * _SCRIPT_SIZE, style.size * _INFERIOR
        colour = self.accent if url else style.colour
        return [
            Run(
                piece,
                face,
                size,
                colour,
                elem,
                url,
                bool(url) or Mark.UNDERLINE in marks,
                rise,
                style.spacing,
            )
            for piece, face in self._covered(value, faces)
            if piece
        ]

    def _covered(self, value: str, faces: tuple[Face, ...]) -> list[tuple[str, Face]]:
        if faces[0].coverage.issuperset(value):
            return [(value, faces[0])]
        pieces = covering(value, faces)
        for piece, face in pieces:
            for character in face.missing(piece):
                if character not in "\u00ad\u200b":
                    self._lost(character)
        return pieces

    def _lost(self, character: str) -> None:
        what = _("The font has no character “{character}” (U+{code}); a box is shown instead.")
        self.context.lost(what.format(character=character, code=f"{ord(character):04X}"))
