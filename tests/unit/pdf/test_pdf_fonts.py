"""The faces in resources/fonts: names that clash with nothing, licence, hints, size."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from pressdesk.base import resources

STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
FACES = [(family, style) for family in ("Serif", "Sans") for style in STYLES]


@pytest.mark.parametrize(("family", "style"), FACES)
def test_each_face_is_named_licensed_hinted_and_small(family: str, style: str) -> None:
    path = resources.path(f"fonts/PressDesk{family}-{style}.ttf")
    assert path.stat().st_size < 140_000
    with TTFont(path) as font:
        names = font["name"]
        assert names.getDebugName(1) == f"PressDesk {family}"
        assert names.getDebugName(2) == style.replace("BoldI", "Bold I")
        assert "SIL Open Font License" in names.getDebugName(13)
        assert {"fpgm", "prep", "cvt ", "GPOS", "GSUB"} <= set(font.keys())
        assert font["OS/2"].usWeightClass == (700 if "Bold" in style else 400)
        assert bool(font["OS/2"].fsSelection & 1) == ("Italic" in style)


def test_lines_of_all_faces_of_a_family_are_equally_high() -> None:
    for family in ("Serif", "Sans"):
        heights = set()
        for style in STYLES:
            with TTFont(resources.path(f"fonts/PressDesk{family}-{style}.ttf")) as font:
                heights.add((font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap))
        assert len(heights) == 1


def test_the_minus_is_as_wide_as_the_equals_sign() -> None:
    with TTFont(resources.path("fonts/PressDeskSerif-Bold.ttf")) as font:
        cmap, metrics = font.getBestCmap(), font["hmtx"].metrics
        assert metrics[cmap[0x2212]][0] == metrics[cmap[ord("=")]][0]


def test_the_licence_travels_with_the_faces() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in resources.read_text("fonts/OFL.txt")
