"""What may be wrong with an embedded font, and the words its codes stand for."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

_ROW = re.compile(r"<([0-9A-F]{4})><([0-9A-F]+)>\n")


def font_faults(font: Dictionary, used: set[int]) -> Iterator[str]:
    """The faults of a font, as far as the codes that are used go."""
    name = str(font.BaseFont)
    if font.Subtype != Name.Type0:
        yield f"{name} is not a composite font"
        return
    inner = font.DescendantFonts[0]
    if "/FontFile2" not in inner.FontDescriptor:
        yield f"6.2.11.4 {name} is not embedded"
        return
    if "/CIDToGIDMap" not in inner:
        yield f"6.2.11.3 {name} has no CIDToGIDMap"
        return
    if "/ToUnicode" not in font:
        yield f"6.2.11.7 {name} has no ToUnicode"
        return
    yield from _code_faults(font, inner, used)


def _code_faults(font: Dictionary, inner: Dictionary, used: set[int]) -> Iterator[str]:
    name = str(font.BaseFont)
    words = to_unicode(font)
    program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
    scale = 1000 / program["head"].unitsPerEm
    advances = program["hmtx"].metrics
    order = program.getGlyphOrder()
    places = inner.CIDToGIDMap.read_bytes()
    widths = _widths(inner)
    for code in sorted(used):
        glyph = int.from_bytes(places[2 * code : 2 * code + 2])
        if glyph == 0:
            yield f"6.2.11.8 .notdef drawn in {name}"
            continue
        declared = widths.get(code, float(inner.get("/DW", 1000)))
        if abs(declared - advances[order[glyph]][0] * scale) > 1:
            yield f"6.2.11.5 width of code {code} in {name}"
        text = words.get(code, "")
        if not text or text in "\0\ufeff\ufffe":
            yield f"6.2.11.7.2 code {code} of {name} stands for nothing"
        if any("\ue000" <= character <= "\uf8ff" for character in text):
            yield f"6.2.11.7.3 private use in {name}"


def _widths(inner: Dictionary) -> dict[int, float]:
    found: dict[int, float] = {}
    parts = list(inner.W)
    for first, run in zip(parts[::2], parts[1::2], strict=True):
        for offset, width in enumerate(run):
            found[int(first) + offset] = float(width)
    return found


def to_unicode(font: Dictionary) -> dict[int, str]:
    """The text each code of a font stands for."""
    table = font.ToUnicode.read_bytes().decode("ascii") + "\n"
    rows = _ROW.findall(table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}
