"""Embeds the used part of a font: its codes, and the subset that goes into the file."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from pressdesk.formats.writers.pdf.file import File
from pressdesk.formats.writers.pdf.fonts import Face, Glyph, code

_DROPPED = (
    *("GSUB", "GPOS", "GDEF", "cmap", "OS/2", "name", "post", "DSIG", "STAT"),
    *("MATH", "BASE", "kern", "gasp", "hdmx", "VDMX", "LTSH", "meta"),
)

_JOINER = "\u200c"


class Subset(dict[str, str]):
    """The codes of a face in one document: ``subset[word]`` is the inside of a TJ string.

    A glyph that stands for its own character has its number as code; ligatures, and glyphs
    that serve several characters, get further codes, so that every text copies right.
    """

    def __init__(self, face: Face, name: str) -> None:
        super().__init__()
        self.face = face
        self.name = name
        self.used: set[int] = set()
        self.further: dict[tuple[int, str], int] = {}

    def __missing__(self, text: str) -> str:
        word = self.face[text]
        found = word.plain
        if found is None:
            found = code(word.glyphs, [self._cid(glyph) for glyph in word.glyphs])
        else:
            self.used |= word.numbers
        self[text] = found
        return found

    def _cid(self, glyph: Glyph) -> int:
        if self.face.own.get(glyph.number) == glyph.text:
            self.used.add(glyph.number)
            return glyph.number
        key = (glyph.number, glyph.text)
        if key not in self.further:
            self.further[key] = len(self.face.advances) + len(self.further)
        return self.further[key]

    def write(self, file: File) -> int:
        """Put the font into the file; its object number."""
        own = [(glyph, glyph, self.face.own[glyph]) for glyph in self.used]
        further = [(cid, glyph, text) for (glyph, text), cid in self.further.items()]
        parts = _parts(self.face, tuple(sorted(own + further)))
        program = file.packed_stream(f"/Length1 {parts.length}", parts.program)
        places = file.packed_stream("", parts.places)
        descriptor = file.add(f"{parts.descriptor}/FontFile2 {program} 0 R>>")
        descendant = file.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{parts.name}/CIDSystemInfo<<"
            f"/Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R"
            f"/DW 1000/W[{parts.widths}]/CIDToGIDMap {places} 0 R>>"
        )
        return file.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{parts.name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]"
            f"/ToUnicode {file.packed_stream('', parts.unicode)} 0 R>>"
        )


class _Parts(NamedTuple):
    """All that goes into the file, streams packed."""

    name: str
    program: bytes
    length: int
    places: bytes
    widths: str
    unicode: bytes
    descriptor: str


@lru_cache(64)
def _parts(face: Face, codes: tuple[tuple[int, int, str], ...]) -> _Parts:
    """The face cut to these (code, glyph, text), without hints.

    Remembered, because a preview is made again after each pause in typing, mostly with the
    letters it had.
    """
    glyphs = sorted({glyph for _, glyph, _ in codes})
    tag = hashlib.md5(repr(glyphs).encode(), usedforsecurity=False).digest()[:6]
    name = "".join(chr(65 + byte % 26) for byte in tag) + "+" + face.name
    program, renumbered = _cut(face, glyphs)
    places = bytearray(2 * (codes[-1][0] + 1))
    for cid, glyph, _text in codes:
        struct.pack_into(">H", places, 2 * cid, renumbered[glyph])
    return _Parts(
        name,
        zlib.compress(program),
        len(program),
        zlib.compress(places),
        "".join(f"{cid}[{face.advances[glyph]:g}]" for cid, glyph, _ in codes),
        zlib.compress(_to_unicode(codes)),
        _descriptor(face, name),
    )


def _descriptor(face: Face, name: str) -> str:
    """The font descriptor but for its last entry."""
    head, os2, post = (_table(face, tag) for tag in ("head", "OS/2", "post"))
    bounds = " ".join(str(round(v * face.scale)) for v in struct.unpack(">4h", head[36:44]))
    (weight,) = struct.unpack(">H", os2[4:6])
    (capital,) = struct.unpack(">h", os2[88:90])
    (slant,) = struct.unpack(">i", post[4:8])
    return (
        f"<</Type/FontDescriptor/FontName/{name}/Flags {4 | (64 if slant else 0)}"
        f"/FontBBox[{bounds}]/ItalicAngle {slant / 65536:g}/Ascent {round(face.ascent)}"
        f"/Descent {round(face.descent)}/CapHeight {round(capital * face.scale)}"
        f"/StemV {round(50 + (weight / 65) ** 2)}"
    )


def _table(face: Face, name: str) -> bytes:
    return bytes(face.harfbuzz.reference_table(name).data)


def _cut(face: Face, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
    """The face with these glyphs only, and their new numbers."""
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING
    wanted.glyph_set.update(glyphs)
    tags = (int.from_bytes(f"{tag:<4}".encode(), "big") for tag in _DROPPED)
    wanted.drop_table_tag_set.update(tags)
    plan = hb.SubsetPlan(face.harfbuzz, wanted)
    data = bytes(plan.execute().blob.data)
    return data, {glyph: int(plan.old_to_new_glyph_mapping[glyph]) for glyph in glyphs}


def _to_unicode(codes: Sequence[tuple[int, int, str]]) -> bytes:
    """The table by which text is copied and read out."""
    # A mark drawn by two glyphs has no text of its own for the second: a joiner is legal there.
    rows = [
        f"<{cid:04X}><{(text or _JOINER).encode('utf-16-be').hex().upper()}>"
        for cid, _, text in codes
    ]
    head = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def /CMapName/Adobe-Identity-UCS def "
        "/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange"
    )
    parts = [head]
    for at in range(0, len(rows), 100):
        some = rows[at : at + 100]
        parts.append(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar")
    parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(parts).encode("ascii")
