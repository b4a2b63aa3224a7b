"""The fonts of a page: measured and shaped by HarfBuzz, each word once.

A face lives as long as the process and keeps the words it has shaped; what one document
uses of it is a ``Subset`` (see ``embed``), so that documents never influence each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import uharfbuzz as hb

from pressdesk.base import resources
from pressdesk.press.house import Family

KEPT_WORDS = 30_000
"""Words a face remembers; a desk's whole vocabulary, some ten megabytes."""

LONG_WORD = 60
"""Characters; a longer word is not worth remembering."""

_FEATURES = {"kern": True, "liga": True}
_BOX = "□"
_HYPHEN = "-"
SOFT_HYPHEN = "\u00ad"
ZERO_SPACE = "\u200b"
_UNSPEAKABLE = "\ufffd"


class Glyph(NamedTuple):
    """One drawn shape: ``text`` is what it is copied as, distances are in 1/1000 em."""

    number: int
    text: str
    before: float
    after: float
    rise: float


class ShapedWord:
    """A shaped word; ``plain`` is its code in the page when each glyph stands for itself."""

    __slots__ = ("glyphs", "numbers", "plain", "width")

    def __init__(self, face: Face, glyphs: tuple[Glyph, ...], width: float) -> None:
        self.glyphs = glyphs
        self.width = width
        self.numbers = frozenset(glyph.number for glyph in glyphs)
        own = face.own
        alone = all(own.get(glyph.number) == glyph.text for glyph in glyphs)
        self.plain = code(glyphs, [glyph.number for glyph in glyphs]) if alone else None


def code(glyphs: Iterable[Glyph], cids: Iterable[int]) -> str:
    """The inside of a TJ string, ``<`` and ``>`` left off; a rise is marked by ``\\x01``."""
    out: list[str] = []
    for glyph, cid in zip(glyphs, cids, strict=True):
        hexed = f"{cid:04X}"
        if abs(glyph.before) > 0.5:
            hexed = f">{round(glyph.before)}<{hexed}"
        if glyph.rise:
            hexed = f">]TJ\x01{round(glyph.rise)}\x02[<{hexed}>]TJ\x010\x02[<"
        if abs(glyph.after) > 0.5:
            hexed = f"{hexed}>{round(glyph.after)}<"
        out.append(hexed)
    return "".join(out)


class Face(dict[str, ShapedWord]):
    """One face, and the words shaped in it: ``face[word]``.

    Distances are in 1/1000 em. A character the face has no shape for is drawn as a box that
    is copied and read out as the character itself; ``missing`` names such characters.
    """

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__()
        self.name = name
        self.harfbuzz = hb.Face(hb.Blob(data))
        self.font = hb.Font(self.harfbuzz)
        self.scale: float = 1000.0 / self.harfbuzz.upem
        lines = self.font.get_font_extents("ltr")
        self.ascent = lines.ascender * self.scale
        self.descent = lines.descender * self.scale
        self.coverage = frozenset(map(chr, self.harfbuzz.unicodes))
        self.own = self._own_characters()
        self.advances: list[float] = [
            self.font.get_glyph_h_advance(glyph) * self.scale
            for glyph in range(self.harfbuzz.glyph_count)
        ]
        self.box: int = self._glyph(_BOX)
        self.hyphen = self._glyph(_HYPHEN)
        self.space: float = self.advances[self._glyph(" ")]

    def __hash__(self) -> int:  # type: ignore[override]  # one object for each face
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __missing__(self, text: str) -> ShapedWord:
        if len(self) >= KEPT_WORDS:
            self.clear()
        word = self.shape(text)
        if len(text) <= LONG_WORD:
            self[text] = word
        return word

    def width(self, text: str) -> float:
        """The width of a line of words parted by spaces."""
        words = text.split(" ")
        return sum(self[word].width for word in words) + (len(words) - 1) * self.space

    def missing(self, text: str) -> str:
        """The characters of a text this face has no shape for, once each, in order."""
        if self.coverage.issuperset(text):
            return ""
        return "".join(c for c in dict.fromkeys(text) if c not in self.coverage)

    def shape(self, text: str) -> ShapedWord:
        """Shape a word; a soft hyphen at its end is drawn, other chances to break are not there."""
        broken = text.endswith(SOFT_HYPHEN)
        text = text.replace(SOFT_HYPHEN, "").replace(ZERO_SPACE, "")
        glyphs = self._glyphs(text)
        if broken:
            glyphs.append(Glyph(self.hyphen, SOFT_HYPHEN, 0.0, 0.0, 0.0))
        width = sum(self.advances[g.number] - g.before - g.after for g in glyphs)
        return ShapedWord(self, tuple(glyphs), width)

    def cuts(self, text: str) -> tuple[list[int], list[float]]:
        """Where a word may be cut between letters, and the width of what stands before."""
        places, widths, width = [0], [0.0], 0.0
        infos, positions = self._shaped(text)
        last = 0
        for info, position in zip(infos, positions, strict=True):
            known = info.codepoint != 0
            if info.cluster != last and (position.x_advance or not known):
                places.append(info.cluster)
                widths.append(width)
            last = info.cluster
            width += position.x_advance * self.scale if known else self.advances[self.box]
        return [*places, len(text)], [*widths, width]

    def _shaped(self, text: str) -> tuple[list[hb.GlyphInfo], list[hb.GlyphPosition]]:
        if not text:
            return [], []
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        # No script of the faces runs right to left; what they lack is boxes in reading order.
        buffer.direction = "ltr"
        hb.shape(self.font, buffer, _FEATURES)
        return buffer.glyph_infos, buffer.glyph_positions

    def _glyphs(self, text: str) -> list[Glyph]:
        out: list[Glyph] = []
        infos, positions = self._shaped(text)
        ends = [info.cluster for info in infos] + [len(text)]
        after_next = len(text)
        clusters: list[str] = [""] * len(infos)
        for at in range(len(infos) - 1, -1, -1):
            if at == 0 or ends[at] != ends[at - 1]:
                clusters[at] = text[ends[at] : after_next]
                after_next = ends[at]
        for info, position, cluster in zip(infos, positions, clusters, strict=True):
            if not info.codepoint:
                shown = _UNSPEAKABLE if _unspeakable(cluster) else cluster
                out.append(Glyph(self.box, shown, 0.0, 0.0, 0.0))
                continue
            natural = self.advances[info.codepoint]
            shift = position.x_offset * self.scale
            after = natural - position.x_advance * self.scale + shift
            rise = position.y_offset * self.scale
            out.append(Glyph(info.codepoint, cluster, -shift, after, rise))
        return out

    def _glyph(self, character: str) -> int:
        found = self.font.get_nominal_glyph(ord(character))
        if not found:
            raise ValueError(f"{self.name} lacks {character!r}: run make_fonts.py again")
        return int(found)

    def _own_characters(self) -> dict[int, str]:
        """The one character each glyph stands for; of several, the lowest."""
        own: dict[int, str] = {}
        for point in sorted(self.harfbuzz.unicodes, reverse=True):
            glyph = self.font.get_nominal_glyph(point)
            if glyph:
                own[glyph] = chr(point)
        return own


def _unspeakable(text: str) -> bool:
    """What no reader may be told: private use, nothing, marks of byte order (PDF/A-2a)."""
    return any(
        0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000 or ord(c) in (0, 0xFEFF, 0xFFFE, 0xFFFF)
        for c in text
    )


_STYLES = {
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "BoldItalic",
}


def face(family: Family, strong: bool = False, emph: bool = False) -> Face:
    """One of the eight faces; about a millisecond the first time."""
    return _face(family, bool(strong), bool(emph))


@cache
def _face(family: Family, strong: bool, emph: bool) -> Face:
    name = f"PressDesk{family.capitalize()}-{_STYLES[strong, emph]}"
    return Face(name, resources.read_bytes(f"fonts/{name}.ttf"))


@cache
def chain(family: Family, strong: bool = False, emph: bool = False) -> tuple[Face, ...]:
    """The faces to look for a character in, best first."""
    other: Family = "sans" if family == "serif" else "serif"
    return (face(family, strong, emph), face(other, strong, emph), face(family))


def covering(text: str, faces: tuple[Face, ...]) -> list[tuple[str, Face]]:
    """The text in pieces, each with the first face that has all of it; the first for the rest."""
    first = faces[0]
    if first.coverage.issuperset(text):
        return [(text, first)]
    pieces: list[tuple[str, Face]] = []
    start, current = 0, first
    for at, character in enumerate(text):
        wanted = current if character in current.coverage else None
        if wanted is None or current is not first:
            wanted = next((f for f in faces if character in f.coverage), first)
        if wanted is not current:
            if at > start:
                pieces.append((text[start:at], current))
            start, current = at, wanted
    pieces.append((text[start:], current))
    return pieces
