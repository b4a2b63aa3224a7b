"""A draft on paper: a word that cannot be overlooked, and that no reader or copy takes for text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import pikepdf
import pytest
from msgspec.structs import replace

from pressdesk.formats.colours import LEGIBLE, WASH, contrast
from pressdesk.formats.writers.pdf.theme import theme
from pressdesk.press.sheet import Sheet
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.reading import pages, told
from tests.unit.pdf.sheet_parts import BASE
from tests.unit.pdf.sheets import DRAFT, EMBARGOED
from tests.unit.pdf.written import written

RUSSIAN = replace(DRAFT, language="ru", watermark="ПРОЕКТ", embargo_line="")
ODD = replace(DRAFT, watermark="ESBOÇO – НАЦРТ 草案")
DRAFTS = (DRAFT, RUSSIAN, ODD)


def code_of(sheet: Sheet) -> list[str]:
    """What each page is drawn with."""
    with pikepdf.open(io.BytesIO(written(sheet))) as pdf:
        return [page.Contents.read_bytes().decode("ascii") for page in pdf.pages]


@pytest.mark.parametrize("sheet", DRAFTS, ids=lambda sheet: sheet.watermark)
def test_the_word_lies_under_every_page_and_is_told_to_nobody(sheet: Sheet) -> None:
    code = code_of(sheet)
    assert len(code) > 2
    for page in code:
        under, rest = page.split("EMC", 1)
        assert under.startswith("/Artifact<</Type/Pagination/Subtype/Watermark>>BDC")
        assert under.split()[-2:] == ["f", "Q"]
        assert "BT" not in under
        assert "Watermark" not in rest


@pytest.mark.parametrize("sheet", DRAFTS, ids=lambda sheet: sheet.watermark)
def test_a_draft_conforms_and_reads_as_without_its_word(sheet: Sheet) -> None:
    data, bare = written(sheet), written(replace(sheet, watermark=""))
    assert faults(data) == []
    assert told(data) == told(bare)
    assert [page.strip() for page in pages(data)] == [page.strip() for page in pages(bare)]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not here")
@pytest.mark.parametrize("way", ["-raw", "-layout"])
def test_the_word_is_not_copied_with_the_text(way: str) -> None:
    reader = str(shutil.which("pdftotext"))
    texts = [
        subprocess.run([reader, way, "-", "-"], input=written(one), capture_output=True, check=True)
        for one in (DRAFT, replace(DRAFT, watermark=""))
    ]
    assert texts[0].stdout == texts[1].stdout


@pytest.mark.parametrize("word", ["DRAFT", "ПРОЕКТ", "BROUILLON", "I", "ZUR INTERNEN VORLAGE"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_word_stands_whole_on_the_page_and_is_large(word: str, paper: str) -> None:
    sheet = replace(DRAFT, watermark=word, look=replace(DRAFT.look, page=paper))
    looks = theme(sheet.look)
    under = code_of(sheet)[0].split("EMC")[0]
    a, b, c, d, e, f = map(float, re.findall(r"q ([-0-9. ]+) cm", under)[0].split())
    path = under.split("rg", 1)[1]
    pairs = [tuple(map(float, pair)) for pair in re.findall(r"(-?\d+) (-?\d+)", path)]
    xs = [a * x + c * y + e for x, y in pairs]
    ys = [b * x + d * y + f for x, y in pairs]
    assert 0 < min(xs) < max(xs) < looks.width
    assert 0 < min(ys) < max(ys) < looks.height
    assert word == "I" or max(ys) - min(ys) > looks.height * 0.5


def test_what_is_issued_bears_no_word() -> None:
    for sheet in (BASE, EMBARGOED):
        assert all("Watermark" not in page for page in code_of(sheet))


def test_text_keeps_its_contrast_upon_the_word() -> None:
    for accent in ("#1d4f91", "#ffff00", "#808080", "#c02020"):
        looks = theme(replace(DRAFT.look, accent=accent), draft=True)
        for style in looks.styles.values():
            ink = "#" + "".join(f"{round(part * 255):02x}" for part in style.colour)
            assert contrast(ink, WASH) >= LEGIBLE


def test_the_title_over_the_page_of_a_draft_says_that_it_is_one() -> None:
    with pikepdf.open(io.BytesIO(written(DRAFT))) as pdf:
        assert str(pdf.docinfo.Title) == f"{DRAFT.warning} – {DRAFT.title}"
        assert f"{DRAFT.warning} – {DRAFT.title}" in pdf.Root.Metadata.read_bytes().decode()
    with pikepdf.open(io.BytesIO(written(EMBARGOED))) as pdf:
        assert str(pdf.docinfo.Title) == EMBARGOED.title


def test_the_warning_stands_once_on_the_first_page() -> None:
    plain = replace(DRAFT, embargo_line="", embargo_until="", release_line=DRAFT.warning)
    first, *later = pages(written(plain))
    assert first.count(DRAFT.warning) == 1
    assert all(page.count(DRAFT.warning) == 1 for page in later)
