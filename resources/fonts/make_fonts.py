"""Makes the eight faces of the page and the editor from Debian's Noto packages.

    apt install fonts-noto-core fonts-noto-extra
    python resources/fonts/make_fonts.py

Each face is Noto Serif or Noto Sans, cut to the scripts a press desk of our region writes,
with Armenian (upright: Noto has no Armenian italic), mathematical signs, arrows and check
marks merged in. Writes the .ttf files and coverage.json beside this script. The same
packages give the same bytes. Needs fontTools; takes half a minute.
"""

from __future__ import annotations

import io
import json
import sys
from itertools import pairwise
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
NOTO = Path("/usr/share/fonts/truetype/noto")

STYLES = {  # our style: (Noto's style, the style its Armenian is taken from)
    "Regular": ("Regular", "Regular"),
    "Bold": ("Bold", "Bold"),
    "Italic": ("Italic", "Regular"),
    "BoldItalic": ("BoldItalic", "Bold"),
}
FAMILIES = {"Serif": "NotoSerif", "Sans": "NotoSans"}


def _points(text: str) -> set[int]:
    """Code points of "0020-007E 00A0 ..."."""
    found: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


LETTERS = _points(
    "0020-007E 00A0-017F 018F 0218-021B 0259 02BB-02BC 02C6-02C7 02D8-02DB 02DD"
    " 0300-0304 0306-0308 030A-030C 0326-0328"
    " 0394 03A3 03A9 03B1-03B5 03BB-03BC 03C0 03C1 03C3 03C6 03C9"  # Greek of formulas
    " 0401-040C 040E-044F 0451-045C 045E-045F 0490-0493 0496-049B 04A0-04A3 04AA-04AB"
    " 04AE-04B3 04B6-04BB 04C0 04CF-04D1 04D6-04D9 04E2-04E3 04E6-04E9 04EE-04F3"
    " 1E9E 2010-2015 2018-201E 2020-2022 2026 2002-200A 202F 2030 2032-2033 2039-203A 2044"
    " 2070 2074-2079 207B 2080-2089 20AC 20AE 20B4 20B8 20BA 20BC-20BF"
    " 2103 2116-2117 2122 2126 2150-215E FB01-FB02"
)
ARMENIAN = _points("0531-0556 0559-058A 058D-058F FB13-FB17")
SIGNS = _points(
    "2190-2195 21D2 21D4 2202 2206 2211-2212 2215 221A 221E 222B 2248 2260-2261 2264-2265 22C5"
    " 25A0-25A1 25AA-25AB 25B2 25BA 25BC 25CA 25CB 25CF 25E6 2605 2610-2612 2713-2714 2717-2718"
)
INVISIBLE = _points("00AD 200B-200F 202A-202E 2060 2066-2069 FEFF")
"""Never drawn, so never missing: the writer treats them as marks of line breaking and order."""


def main() -> None:
    """Write the faces and the table of what all of them cover."""
    common: set[int] | None = None
    for family, noto in FAMILIES.items():
        for style, (latin, armenian) in STYLES.items():
            face = _face(noto, latin, armenian)
            _name(face, family, style)
            covered = set(face.getBestCmap())
            common = covered if common is None else common & covered
            target = HERE / f"PressDesk{family}-{style}.ttf"
            face.save(target, reorderTables=True)
            print(f"{target.name}  {target.stat().st_size / 1024:.0f} K  {len(covered)} characters")
    _write_coverage((common or set()) | INVISIBLE)


def _face(noto: str, latin: str, armenian: str) -> TTFont:
    """One merged face; all metrics of lines are those of the Latin one."""
    base = _cut(f"{noto}-{latin}", LETTERS, hints=True)
    parts = [base, _cut(f"{noto}Armenian-{armenian}", ARMENIAN, hints=False)]
    missing = (SIGNS | LETTERS) - set(base.getBestCmap()) - INVISIBLE
    for source in ("NotoSansMath-Regular", "NotoSansSymbols2-Regular"):
        part = _cut(source, missing, hints=False, layout=False)
        missing -= set(part.getBestCmap())
        parts.append(part)
    metrics = {name: _lines(base, name) for name in ("head", "hhea", "OS/2", "post")}
    merged = _merged(parts)
    for name, values in metrics.items():
        for key, value in values.items():
            setattr(merged[name], key, value)
    _add_minus(merged)
    return merged


def _cut(source: str, points: set[int], *, hints: bool, layout: bool = True) -> TTFont:
    """A part of one Noto face. Only one part may keep its hints: they share tables."""
    font = TTFont(NOTO / f"{source}.ttf", recalcTimestamp=False)
    options = Options(hinting=hints, notdef_outline=True)
    options.layout_features = _FEATURES if layout else []
    options.drop_tables = [*options.drop_tables, "MATH", "DSIG", "meta", "STAT"]
    options.name_IDs = ["*"]
    options.legacy_kern = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points & set(font.getBestCmap()))
    subsetter.subset(font)
    return font


_FEATURES = ["ccmp", "locl", "liga", "kern", "mark", "mkmk", "rlig", "calt"]


def _lines(font: TTFont, table: str) -> dict[str, int]:
    keys = {
        "head": ("created", "modified", "fontRevision"),
        "hhea": ("ascent", "descent", "lineGap", "caretSlopeRise", "caretSlopeRun"),
        "OS/2": (
            "sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent",
            "sxHeight", "sCapHeight", "usWeightClass", "fsSelection", "xAvgCharWidth", "panose",
            "yStrikeoutSize", "yStrikeoutPosition", "achVendID", "version", "fsType",
        ),
        "post": ("italicAngle", "underlinePosition", "underlineThickness"),
    }  # fmt: skip
    return {key: getattr(font[table], key) for key in keys[table] if hasattr(font[table], key)}


def _merged(parts: list[TTFont]) -> TTFont:
    """The merger reads files, so each part is written to memory once."""
    files = []
    for part in parts:
        stream = io.BytesIO()
        part.save(stream)
        stream.seek(0)
        files.append(stream)
    merged = Merger(MergeOptions()).merge(files)
    stream = io.BytesIO()
    merged.save(stream)
    stream.seek(0)
    return TTFont(stream, recalcTimestamp=False)


def _add_minus(font: TTFont) -> None:
    """U+2212 as one bar of the equals sign at the height of the plus: right in every weight."""
    cmap, glyphs, glyf = font.getBestCmap(), font.getGlyphSet(), font["glyf"]
    name = cmap[0x2212]
    equal = glyf[cmap[ord("=")]]
    points, ends, _ = equal.getCoordinates(glyf)
    bar = list(points[: ends[0] + 1])
    bounds = BoundsPen(glyphs)
    glyphs[cmap[ord("+")]].draw(bounds)
    middle = (bounds.bounds[1] + bounds.bounds[3]) / 2
    rise = round(middle - (min(y for _, y in bar) + max(y for _, y in bar)) / 2)
    pen = TTGlyphPen(None)
    pen.moveTo((bar[0][0], bar[0][1] + rise))
    for x, y in bar[1:]:
        pen.lineTo((x, y + rise))
    pen.closePath()
    glyf[name] = pen.glyph()
    glyf[name].recalcBounds(glyf)
    font["hmtx"][name] = (font["hmtx"][cmap[ord("=")]][0], glyf[name].xMin)


def _name(font: TTFont, family: str, style: str) -> None:
    """Own family names, so that they never clash with Noto faces of the system."""
    words = {"BoldItalic": "Bold Italic"}.get(style, style)
    full = f"PressDesk {family} {words}"
    table = font["name"]
    kept = {i: table.getDebugName(i) for i in (0, 13, 14)}
    version = f"{table.getDebugName(5)}; cut and merged for PressDesk"
    table.names = []
    values = {
        **kept, 1: f"PressDesk {family}", 2: words, 3: f"{full}; {version}", 4: full,
        5: version, 6: f"PressDesk{family}-{style}",
    }  # fmt: skip
    for number, value in sorted(values.items()):
        if value:
            table.setName(value, number, 3, 1, 0x409)


def _write_coverage(points: set[int]) -> None:
    ordered = sorted(points)
    breaks = [i + 1 for i, (a, b) in enumerate(pairwise(ordered)) if b != a + 1]
    edges = [0, *breaks, len(ordered)]
    ranges = [[ordered[a], ordered[b - 1]] for a, b in pairwise(edges)]
    rows = ",\n    ".join(json.dumps(pair) for pair in ranges)
    text = (
        '{\n  "about": "Code points that every face of the page has, first and last; made by '
        f'make_fonts.py",\n  "characters": {len(ordered)},\n  "ranges": [\n    {rows}\n  ]\n}}\n'
    )
    json.loads(text)
    (HERE / "coverage.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if not NOTO.is_dir():
        sys.exit("Install Debian's fonts-noto-core and fonts-noto-extra first.")
    main()
