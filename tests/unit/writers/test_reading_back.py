"""The text is read back from every format and is that of the sheet; any other word is found."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pressdesk.base import resources
from pressdesk.base.errors import ReadFailed
from pressdesk.document.nodes import Cell, Document, Table, Text
from pressdesk.document.tools import normalise, paragraph
from pressdesk.formats import registry
from pressdesk.formats.readback.comparing import differs
from pressdesk.formats.readback.other_text import OtherText
from pressdesk.press.sheet import Section, Sheet
from tests.gui import documents
from tests.unit.pdf import sheets as printed
from tests.unit.writers import sheets, trees
from tests.unit.writers.sheets import ATTACHMENTS

FORMATS = tuple(registry.formats())
SHEETS = {f"printed {name}": sheet for name, sheet in printed.SHEETS.items()} | {
    f"written {name}": sheet for name, sheet in sheets.SHEETS.items()
}
NEWS = sheets.SHEETS["news-en"]
STATEMENT = printed.SHEETS["statement"]


def written(name: str, sheet: Sheet) -> bytes:
    return registry.writer(name).write(sheet, registry.Context(attachments=ATTACHMENTS))


def equal(name: str, sheet: Sheet) -> None:
    difference = differs(name, written(name, sheet), sheet)
    assert difference is None, difference.said()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("which", SHEETS)
def test_a_sheet_is_read_back_whole(which: str, name: str) -> None:
    equal(name, SHEETS[which])


# --- sheets nobody thought of

SIGNS = trees.characters | st.sampled_from(re.sub(r"[\t\n\u2028]", "", documents.ALPHABET))
WORDS = st.text(SIGNS, max_size=14).map(str.strip)
LONG = st.text(st.sampled_from("abcйц-\u00ad/–שא"), min_size=60, max_size=200)
BODIES = documents.documents.map(normalise) | trees.documents


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=150)
@given(
    st.sampled_from(list(SHEETS.values())),
    BODIES,
    WORDS,
    WORDS | LONG,
    st.lists(WORDS | LONG, max_size=3).map(tuple),
)
def test_any_sheet_is_read_back(
    name: str, base: Sheet, body: Document, title: str, dateline: str, notes: tuple[str, ...]
) -> None:
    equal(
        name,
        replace(base, body=body, title=title, dateline=dateline, notes=Section("Notes", notes)),
    )


@pytest.mark.parametrize("name", FORMATS)
def test_cells_that_no_page_can_hold_are_put_together(name: str) -> None:
    left, right = (" ".join(f"{side}{n}" for n in range(900)) for side in ("left", "right"))
    row = (Cell((Text(left),)), Cell((Text(right),)))
    head = (Cell((Text("Left"),)), Cell((Text("Right"),)))
    sheet = replace(
        STATEMENT,
        body=Document(
            (
                Table(
                    (head, row, head),
                ),
                paragraph("After."),
            )
        ),
    )
    equal(name, sheet)
    other = replace(sheet, body=Document((Table((head, row[::-1], head)), paragraph("After."))))
    assert differs(name, written(name, other), sheet) is not None


def test_headings_of_a_table_are_repeated_on_later_pages_and_nothing_else_is() -> None:
    rows = tuple((Cell((Text(f"{n}"),)), Cell((Text(f"{n * 7}"),))) for n in range(120))
    head = (Cell((Text("Station"),)), Cell((Text("Level"),)))
    sheet = replace(STATEMENT, body=Document((Table((head, *rows)),)))
    equal("pdf", sheet)
    data = redrawn(written("pdf", sheet), page=1, change=lambda code: code + AN_ARTIFACT)
    difference = differs("pdf", data, sheet)
    assert difference is not None and difference.part is None


AN_ARTIFACT = b"\n/Artifact<</Type/Layout>>BDC BT /F1 9 Tf 90 400 Td [<0042>]TJ ET EMC"


# --- a word changed, dropped, doubled, swapped


def redrawn(data: bytes, page: int, change: Callable[[bytes], bytes]) -> bytes:
    """The file with the drawing of a page changed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        target = pdf.pages[page]
        code = change(target.Contents.read_bytes())
        target.Contents = pdf.make_stream(code)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def mutated(units: list[str], dice: random.Random) -> list[str]:
    """The same with one unit changed, dropped, doubled or two neighbours swapped."""
    out = list(units)
    at = dice.randrange(len(out) - 1)
    match dice.choice(("change", "drop", "double", "swap")):
        case "change":
            out[at] = dice.choice([unit for unit in units if unit != units[at]])
        case "drop":
            del out[at]
        case "double":
            out.insert(at, out[at])
        case _:
            out[at], out[at + 1] = out[at + 1], out[at]
    return out


def other_pdf(data: bytes, dice: random.Random) -> bytes:
    """The letters of one line changed: codes of its glyphs."""

    def change(code: bytes) -> bytes:
        text = code.decode("ascii")
        # Of the lines around the text of a page, letters are compared and spaces are not.
        shown = text[: text.index("/Artifact<</Type/Pagination")]
        lines = [m for m in re.finditer(r"<((?:[0-9A-F]{4})+)>", shown) if len(m[1]) >= 16]
        line = dice.choice(lines)
        glyphs = re.findall("....", line[1])
        made = "".join(mutated(glyphs, dice))
        return (text[: line.start(1)] + made + text[line.end(1) :]).encode("ascii")

    return redrawn(data, 0, change)


def other_text(data: bytes, dice: random.Random, begin: str, end: str) -> bytes:
    """The words between two places changed."""
    text = data.decode()
    start = text.index(begin)
    stop = text.index(end, start)
    words = list(re.finditer(r"(?<![<\w/&#;:@.=\"-])[A-Za-z]{2,}(?![\w>=:@;/\"-])", text))
    words = [m for m in words if start <= m.start() and m.end() <= stop]
    at = dice.randrange(len(words) - 3)
    some = words[at : at + 3]
    made = mutated([m[0] for m in some], dice)
    gaps = [text[a.end() : b.start()] for a, b in pairwise(some)]
    joined = made[0]
    for number, word in enumerate(made[1:]):
        joined += (gaps[number] if number < len(gaps) else " ") + word
    return (
        text[: some[0].start()] + joined + "".join(gaps[len(made) - 1 :]) + text[some[-1].end() :]
    ).encode()


PLACES = {
    "html": ('<div class="text">', "</article>"),
    "text": (NEWS.subtitle, "[1] "),
    "markdown": (f"# {NEWS.title}", "Interstate River Commission · PR 2025"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_of_200_altered_files_each_is_found(name: str) -> None:
    dice = random.Random(f"altered {name}")
    data, missed, made = written(name, NEWS), [], 0
    whole = differs(name, data, NEWS)
    assert whole is None
    while made < 200:
        if name == "pdf":
            other = other_pdf(data, dice)
            if one_space(drawn(other)) == one_space(drawn(data)):
                continue
        else:
            other = other_text(data, dice, *PLACES[name])
            if other.split() == data.split():
                continue
        made += 1
        if differs(name, other, NEWS) is None:
            missed.append(other)
    assert missed == []


def one_space(code: bytes) -> bytes:
    """The drawing of a page with one glyph of a space where there are several, none at an end."""
    return re.sub(rb"0001(?=>)|(?<=<)0001", b"", re.sub(rb"(0001)+", b"0001", code))


def drawn(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def said(name: str, data: bytes, sheet: Sheet) -> OtherText:
    found = differs(name, data, sheet)
    assert found is not None
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_a_difference_is_said_with_its_place(name: str) -> None:
    sealed = replace(
        STATEMENT, body=Document((paragraph("We agree."), paragraph("We do not agree.")))
    )
    sent = replace(sealed, body=Document((paragraph("We agree."), paragraph("We do agree."))))
    found = said(name, written(name, sent), sealed)
    assert (found.part, found.block) == ("text", 2)
    assert (found.sealed, found.found) == ("not agree.", "")
    assert found.said() == "Text, block 2: “not agree.” is missing."
    found = said(name, written(name, sealed), sent)
    assert (found.part, found.sealed, found.found[:9]) == ("text", "", "not agree")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("one", "other"), [("(a)", ")a("), ("m²", "m2"), ("é", "e"), ("№", "No")])
def test_small_differences_count(name: str, one: str, other: str) -> None:
    sealed = replace(STATEMENT, body=Document((paragraph(f"Said {one} there."),)))
    sent = replace(STATEMENT, body=Document((paragraph(f"Said {other} there."),)))
    equal(name, sealed)
    if (name, one) != ("text", "m²"):  # a text raises characters by itself
        assert said(name, written(name, sent), sealed).block == 1


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("title", {"title": "Another headline"}),
        ("letterhead", {"letterhead": ("12 Quay Street, 1020 Vienna", "other.example")}),
        ("boilerplate", {"boilerplate": Section("About the Commission", ("Ten countries.",))}),
        ("contacts", {"contact_heading": "Press office"}),
        ("embargo", {"embargo_line": "EMBARGOED UNTIL noon"}),
    ],
)
def test_each_part_is_compared(name: str, part: str, other: dict[str, object]) -> None:
    sealed = replace(NEWS, **other)
    assert said(name, written(name, NEWS), sealed).part == part


@pytest.mark.parametrize("name", ["html", "markdown"])
@pytest.mark.parametrize("address", ["mailto:press@river.example", "https://river.example/a"])
def test_a_link_that_leads_elsewhere_is_found(name: str, address: str) -> None:
    data = written(name, NEWS).decode().replace(address, address.replace("river.", "other."), 1)
    if name == "html" or address.startswith("http"):
        assert said(name, data.encode(), NEWS).part == "links"


def test_the_running_lines_of_a_pdf_are_compared() -> None:
    long = Document(tuple(paragraph(f"Paragraph {n}. " + "Water " * 60) for n in range(30)))
    embargoed = replace(printed.SHEETS["embargoed"], body=long)
    equal("pdf", embargoed)

    def without_strip(code: bytes) -> bytes:
        head = rb"/Artifact<</Type/Pagination/Subtype/Header>>BDC.*?EMC"
        parts = re.findall(head, code, re.S)
        return code.replace(parts[-1], b"")

    data = redrawn(written("pdf", embargoed), 1, without_strip)
    assert said("pdf", data, embargoed).part is None


# --- pages by an office's own template

OWN = """{% extends "built-in/html/base.html" %}
{% block foot %}<p>{{ organisation }} · Quay 12</p>{% endblock %}
"""


def by_template(tmp_path: Path, template: str) -> tuple[bytes, bool]:
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "base.html").write_text(template, "utf-8")
    context = registry.Context(attachments=ATTACHMENTS, templates=tmp_path)
    html = registry.writer("html")
    assert html.framed is not None
    kind = replace(NEWS, kind="letter")
    data = html.write(kind, context)
    assert context.losses == []
    return data, html.framed(kind, context)


def test_a_page_by_an_own_template_may_say_more(tmp_path: Path) -> None:
    data, framed = by_template(tmp_path, OWN)
    assert framed
    assert differs("html", data, NEWS, framed=True) is None
    assert differs("html", data, NEWS) is not None


@pytest.mark.parametrize("part", ["text", "title", "contacts"])
def test_a_page_by_an_own_template_has_to_say_the_text(tmp_path: Path, part: str) -> None:
    base = resources.read_text("templates/html/base.html")
    cuts = {
        "text": ("{{ body }}", ""),
        "title": ("<h1>{{ title }}</h1>", "<h1>Other</h1>"),
        "contacts": ("{{ parts.contacts(contact_heading, contacts) }}", ""),
    }
    data, framed = by_template(tmp_path, base.replace(*cuts[part]))
    found = differs("html", data, NEWS, framed=framed)
    assert found is not None and found.part == part


# --- files from elsewhere


def test_letters_that_are_written_and_not_drawn_are_missing() -> None:
    data = redrawn(written("pdf", NEWS), 0, lambda code: code.replace(b"BT", b"BT 3 Tr", 1))
    assert said("pdf", data, NEWS).part == "letterhead"


def test_a_note_on_a_page_is_found() -> None:
    with pikepdf.open(io.BytesIO(written("pdf", NEWS))) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[100, 100, 200, 200],
            Contents="Not true",
        )
        annotations = pdf.pages[0].obj.get("/Annots", pikepdf.Array())
        annotations.append(pdf.make_indirect(note))
        pdf.pages[0].obj.Annots = annotations
        out = io.BytesIO()
        pdf.save(out)
    assert "a note" in said("pdf", out.getvalue(), NEWS).found


def test_a_pdf_that_was_only_saved_anew_is_the_same() -> None:
    with pikepdf.open(io.BytesIO(written("pdf", NEWS))) as pdf:
        out = io.BytesIO()
        pdf.save(out, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert differs("pdf", out.getvalue(), NEWS) is None


@pytest.mark.parametrize("added", ["<script>alert(1)</script>", "<p hidden>x</p>", "<svg></svg>"])
def test_markup_that_hides_or_runs_something_is_found(added: str) -> None:
    page = written("html", NEWS).decode().replace("</main>", f"{added}</main>")
    assert said("html", page.encode(), NEWS).part is None


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"\xff\xfe\x00", b"<" * 100_000])
def test_bytes_of_another_kind_are_no_text_of_ours(name: str, data: bytes) -> None:
    try:
        assert differs(name, data, NEWS) is not None
    except ReadFailed as error:
        assert error.what


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files_end_in_a_difference_or_are_refused(name: str) -> None:
    dice = random.Random(name)
    data = written(name, NEWS)
    for _n in range(60):
        cut = bytearray(data[: dice.randrange(len(data))] if dice.random() < 0.5 else data)
        for _m in range(dice.randrange(1, 30)):
            if cut:
                cut[dice.randrange(len(cut))] = dice.randrange(256)
        try:
            differs(name, bytes(cut), NEWS)
        except ReadFailed as error:
            assert error.what
