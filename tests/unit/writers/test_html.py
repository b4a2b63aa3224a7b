"""The web page: what it says, what it is made of, and what no text can put into it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import lxml.html
import msgspec
import pytest
from hypothesis import given
from lxml.html import HtmlElement

from pressdesk.document.nodes import Document, Figure, Heading, Paragraph, Quote, Text
from pressdesk.document.tools import inlines, line
from pressdesk.formats import htmlhead, pagecheck
from pressdesk.formats.colours import WASH, WASH_IN_DARK, contrast, legible
from pressdesk.formats.prelude import clean
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.html import DARK, LIGHT, preview, write
from pressdesk.press.sheet import Row, Section, Sheet, SheetContact, SheetWay
from tests.unit.writers.sheets import ATTACHMENTS, PICTURE_KEY, SHEETS
from tests.unit.writers.trees import documents

BARE = SHEETS["empty"]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
VECTORS = (FIXTURES / "html" / "vectors.txt").read_text("utf-8").splitlines()


def page(sheet: Sheet, context: Context | None = None) -> tuple[HtmlElement, str]:
    source = write(sheet, context or Context(attachments=ATTACHMENTS)).decode()
    return lxml.html.document_fromstring(source), source


def policy_of(tree: HtmlElement) -> str:
    return str(tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0])


def data_of(source: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


@pytest.mark.parametrize("name", SHEETS)
def test_every_kind_is_one_clean_page(name: str) -> None:
    tree, source = page(SHEETS[name])
    assert pagecheck.fault(source, policy_of(tree)) == ""
    assert tree.get("lang") == SHEETS[name].language
    assert len(tree.xpath("//h1")) == bool(SHEETS[name].title)
    assert not re.search(r"(?:src|href)=\"(?!data:image/|mailto:|tel:|https://)", source)


def test_the_style_is_the_one_its_policy_names() -> None:
    tree, source = page(SHEETS["news-en"])
    style = source.split("<style>")[1].split("</style>")[0]
    assert policy_of(tree) == htmlhead.policy(style, own=False)
    assert "default-src 'none'" in policy_of(tree) and "unsafe" not in policy_of(tree)


def test_the_contact_block_can_be_dialled() -> None:
    tree, _source = page(SHEETS["news-en"])
    addresses = tree.xpath("//section[@class='contacts']//a/@href")
    assert addresses == ["tel:+43153408112", "tel:+436641234567", "mailto:press@river.example"]


def test_machines_read_a_news_article() -> None:
    data = data_of(page(SHEETS["news-en"])[1])
    assert (data["@type"], data["inLanguage"]) == ("NewsArticle", "en")
    assert data["datePublished"] == "2025-10-06T09:00:00Z"
    assert data["identifier"] == "PR 2025/041"
    publisher = data["publisher"]
    assert isinstance(publisher, dict)
    assert publisher["contactPoint"][0]["telephone"] == ["+43153408112", "+436641234567"]
    tree, _source = page(SHEETS["news-en"])
    assert tree.xpath("//meta[@property='og:title']/@content") == ["High water in the upper basin"]
    assert not tree.xpath("//meta[@name='robots']")


def test_a_recorded_item_has_its_own_date_and_a_draft_none() -> None:
    assert data_of(page(SHEETS["speech-en"])[1])["datePublished"] == "2025-05-12"
    assert "datePublished" not in data_of(page(SHEETS["statement-ru"])[1])


def test_warning_and_embargo_are_in_the_head_at_the_top_and_on_paper() -> None:
    sheet = SHEETS["statement-ru"]
    tree, source = page(sheet)
    assert tree.findtext(".//title", "").startswith(f"{sheet.warning} – {sheet.embargo_line} – ")
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow, noarchive"]
    assert tree.xpath("//meta[@name='embargoed-until']/@content") == [sheet.embargo_until]
    first = tree.body[0]
    assert first.get("class") == "running"
    assert (sheet.warning in first.text_content()) and (sheet.embargo_line in first.text_content())
    assert '@top-right { content: "\\41f ' in source


@pytest.mark.parametrize("name", ["statement-ru", "advisory-en"])
def test_the_word_under_a_draft_is_looks_and_not_text(name: str) -> None:
    tree, source = page(SHEETS[name])
    bare, _source = page(msgspec.structs.replace(SHEETS[name], watermark=""))
    assert tree.body.text_content() == bare.body.text_content()
    (style,) = tree.xpath("//style/text()")
    assert htmlhead.css_text(SHEETS[name].watermark) in style
    assert re.search(r"body::before \{[^}]*position: fixed[^}]*user-select: none", style)
    assert pagecheck.fault(source, policy_of(tree)) == ""


def test_the_preview_of_a_draft_has_its_band() -> None:
    assert 'class="draft"' in preview(SHEETS["advisory-en"], Context())
    assert 'class="draft"' not in preview(SHEETS["news-en"], Context(attachments=ATTACHMENTS))


def test_what_is_issued_bears_no_word_under_it() -> None:
    assert "watermark" not in page(SHEETS["news-en"])[1]


def test_a_shared_draft_says_so_in_its_card() -> None:
    sheet = SHEETS["advisory-en"]
    tree, source = page(sheet)
    (title,) = tree.xpath("//meta[@property='og:title']/@content")
    assert title == f"{sheet.warning} – {sheet.title}"
    assert data_of(source)["creativeWorkStatus"] == "Draft"


def test_accents_can_be_read_upon_the_word_under_a_draft() -> None:
    for colour in ("#1d4f91", "#ffff00", "#808080"):
        draft = SHEETS["advisory-en"]
        looks = msgspec.structs.replace(draft.look, accent=colour)
        source = page(msgspec.structs.replace(draft, look=looks))[1]
        light, dark = re.findall(r"--accent(?:-in-dark)?: (#[0-9a-f]{6})", source)
        assert contrast(light, WASH) >= 4.5
        assert contrast(dark, WASH_IN_DARK) >= 4.5


def test_text_keeps_its_contrast_upon_the_word_under_a_draft() -> None:
    source = page(SHEETS["advisory-en"])[1]
    inks = re.findall(r"--(?:ink|soft|muted): (#[0-9a-f]{6})", source)
    assert len(inks) == 6
    for ink, ground in zip(inks, [WASH] * 3 + [WASH_IN_DARK] * 3, strict=True):
        assert contrast(ink, ground) >= 4.5


def test_foreign_words_say_their_language_and_direction() -> None:
    tree, _source = page(SHEETS["news-en"])
    spans = [(s.get("lang"), s.get("dir"), s.text) for s in tree.xpath("//span[@lang]")]
    assert spans == [("fr", None, "la rivière"), ("ar", "rtl", "النهر")]


def test_missing_pictures_leave_their_words_and_a_loss() -> None:
    context = Context(attachments={PICTURE_KEY: b"<svg onload=alert(1)>"})
    tree, _source = page(SHEETS["news-en"], context)
    assert not tree.xpath("//img")
    assert "[A gauge]" in tree.text_content()
    assert len(context.losses) == 2


def test_accents_can_be_read_in_both_schemes() -> None:
    for colour in ("#1d4f91", "#ffff00", "#000000", "#ffffff", "#808080", "red;}", ""):
        assert contrast(legible(colour, LIGHT), LIGHT) >= 4.5
        assert contrast(legible(colour, DARK), DARK) >= 4.5
    assert legible("#1d4f91", LIGHT) == "#1d4f91"


@given(documents)
def test_every_word_of_every_tree_is_there(document: Document) -> None:
    sheet = msgspec.structs.replace(BARE, body=document)
    tree, source = page(sheet, Context())
    shown = re.sub(r"\s+", " ", tree.text_content())
    for block in document.blocks:
        for content in inlines(block):
            said = re.sub(r"\s+", " ", clean(line(content))).strip()
            assert said in shown
    assert pagecheck.fault(source, policy_of(tree)) == ""
    assert "javascript:" not in "".join(tree.xpath("//@href"))


def poisoned(text: str) -> Sheet:
    """A sheet with the text in every place a text can be."""
    run = Text(text or "-", link=text)
    return msgspec.structs.replace(
        SHEETS["advisory-en"],
        organisation=text,
        unit=text,
        letterhead=(text,),
        title=text,
        subtitle=text,
        summary=text,
        reference=text,
        embargo_line=text,
        embargo_until=text,
        issued_at=text,
        speaker=(text,),
        rows=(Row(text, text),),
        credit=text,
        credit_url=text,
        body=Document(
            (
                Heading(2, (run,)),
                Paragraph((Text(text or "-", language=text), run)),
                Quote((Paragraph((run,)),), text),
                Figure(PICTURE_KEY, text, (run,), text),
            )
        ),
        notes=Section(text, (text,)),
        contacts=(SheetContact(text, text, text, (SheetWay(text, text, text, text),), text),),
        contact_heading=text,
        footer=text,
        page_label=text,
        topics=(text,),
        look=msgspec.structs.replace(SHEETS["news-en"].look, accent=text, logo_alt=text),
    )


@pytest.mark.parametrize("vector", VECTORS)
def test_no_text_becomes_markup(vector: str) -> None:
    tree, source = page(poisoned(vector))
    assert pagecheck.fault(source, policy_of(tree)) == ""
    assert len(tree.xpath("//script")) == 1
    assert len(tree.xpath("//style")) == 1
    assert data_of(source)["@type"] == "NewsArticle"
    shown = preview(poisoned(vector), Context(attachments=ATTACHMENTS))
    assert not lxml.html.document_fromstring(shown).xpath("//script|//iframe|//@onerror|//@onload")


def test_there_are_enough_vectors() -> None:
    assert len(set(VECTORS)) >= 60


def test_the_preview_is_html_of_old() -> None:
    shown = preview(SHEETS["news-en"], Context(attachments=ATTACHMENTS))
    assert "var(" not in shown and "<script" not in shown and "http-equiv" not in shown
    words = lxml.html.document_fromstring(shown).text_content()
    assert "High water in the upper basin" in words and "Maria Hofer" in words


def test_no_machine_is_told_of_a_time_before_the_embargo() -> None:
    sheet = msgspec.structs.replace(
        SHEETS["news-en"],
        issued_at="2026-11-23T21:00:00Z",
        embargo_line="EMBARGOED UNTIL 25 November 2026",
        embargo_until="2026-11-25T08:00:00Z",
    )
    data = data_of(page(sheet)[1])
    assert data["datePublished"] == data["dateModified"] == "2026-11-25T08:00:00Z"
