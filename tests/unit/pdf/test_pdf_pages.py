"""Pages: what stays together, what is repeated, what may be followed, and rude input."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest
from msgspec.structs import replace

from pressdesk.document.nodes import (
    Cell,
    Document,
    Heading,
    Quote,
    Table,
    Text,
)
from pressdesk.press.sheet import SheetContact, SheetWay
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.reading import expected, pages, told
from tests.unit.pdf.sheet_parts import BASE, HOFER, p
from tests.unit.pdf.sheets import CONTACTS, DRAFT, EMBARGOED, LONG_LINE
from tests.unit.pdf.written import bodied, written


def links(data: bytes) -> list[tuple[int, str, str]]:
    """Page, address and words of each link."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            (number, str(link.A.URI), str(link.Contents))
            for number, page in enumerate(pdf.pages, 1)
            for link in page.obj.get("/Annots", [])
        ]


# --- what stays together


def split_points(text_lines: int) -> Iterator[tuple[int, int]]:
    """Lines of a paragraph before and after the turn, pushed down line by line."""
    for above in range(36, 46):
        spacer = p(*_forced("spacer", above))
        data = written(bodied(spacer, p(*_forced("line", text_lines))))
        found = [len(re.findall(r"line\d", page)) for page in pages(data)]
        assert sum(found) == text_lines
        yield found[0], sum(found[1:])


def _forced(word: str, count: int) -> list[str | Text]:
    from pressdesk.document.nodes import LineBreak

    out: list[object] = []
    for number in range(count):
        out += [f"{word}{number}", LineBreak()]
    return out[:-1]  # type: ignore[return-value]


@pytest.mark.parametrize("count", [2, 3, 4, 9])
def test_two_lines_at_least_stand_on_either_side_of_a_turn(count: int) -> None:
    points = set(split_points(count))
    assert len(points) > 1
    for before, after in points:
        assert before != 1
        assert after != 1


@pytest.mark.parametrize("level", [2, 3, 4])
def test_a_heading_never_ends_a_page(level: int) -> None:
    for above in range(34, 46):
        heading = Heading(level, (Text("HEADING"),))  # type: ignore[arg-type]
        data = written(bodied(p(*_forced("spacer", above)), heading, p(*_forced("line", 5))))
        page = next(page for page in pages(data) if "HEADING" in page)
        assert len(re.findall(r"line\d", page)) >= 2


def test_a_contact_block_is_never_parted() -> None:
    for above in range(14, 40, 3):
        data = written(replace(CONTACTS, body=Document((p(*_forced("spacer", above)),))))
        assert faults(data) == []
        assert len([page for page in pages(data) if "press@river.example" in page[200:]]) == 1


def test_a_contact_block_taller_than_a_page_loses_nothing() -> None:
    many = tuple(replace(HOFER, name=f"Person {number}") for number in range(40))
    sheet = replace(BASE, contacts=many)
    data = written(sheet)
    assert faults(data) == []
    assert [one.text.strip() for one in told(data)] == expected(sheet)


def test_a_quote_keeps_its_attribution() -> None:
    for above in range(34, 44):
        quote = Quote((p(*_forced("line", 4)),), "SPEAKER")
        data = written(bodied(p(*_forced("spacer", above)), quote))
        page = next(page for page in pages(data) if "SPEAKER" in page)
        assert len(re.findall(r"line\d", page)) >= 2


def test_an_end_mark_is_not_alone_on_a_page() -> None:
    for above in range(30, 46):
        sheet = replace(bodied(p(*_forced("line", above))), end_mark="– ENDS –")
        page = next(page for page in pages(written(sheet)) if "ENDS" in page)
        assert re.search(r"line\d", page)


def test_no_line_begins_with_a_dash() -> None:
    (page,) = pages(written(bodied(p("река — общий дом – так"))), held="_")
    assert "река_— общий дом_– так" in page


# --- what is repeated


def test_a_long_table_repeats_its_headings_and_tells_them_once() -> None:
    head = (Cell((Text("NUMBER"),)), Cell((Text("REMARK"),)))
    rows = tuple((Cell((Text(f"r{n}"),)), Cell((Text(LONG_LINE),))) for n in range(60))
    sheet = bodied(Table((head, *rows)))
    data = written(sheet)
    assert faults(data) == []
    assert all("NUMBER" in page for page in pages(data))
    assert len(pages(data)) > 2
    assert [one.text.strip() for one in told(data)] == expected(sheet)


def test_a_cell_taller_than_a_page_loses_nothing() -> None:
    sheet = bodied(Table(((Cell((Text("a"),)), Cell((Text(LONG_LINE * 60),))),), 0))
    data = written(sheet)
    assert faults(data) == []
    assert [one.text.strip() for one in told(data)] == expected(sheet)


def test_every_page_says_draft_and_embargo_and_its_number() -> None:
    for number, page in enumerate(pages(written(DRAFT)), 1):
        assert "DRAFT – NOT FOR RELEASE" in page
        assert "EMBARGOED UNTIL 6 October 2025, 11:00" in page
        assert f"{number} / 3" in page
    assert all("EMBARGOED UNTIL" in page for page in pages(written(EMBARGOED)))


def test_a_long_embargo_beside_a_warning_is_never_cut_short() -> None:
    embargo = "ЭМБАРГО ДО 30 сентября 2025 г., 11:00 (Новосибирск, 30 сентября, 04:00 UTC)"
    warning = "ПРОЕКТ – НЕ ДЛЯ РАСПРОСТРАНЕНИЯ"
    data = written(replace(DRAFT, warning=warning, embargo_line=embargo, release_line=embargo))
    for page in pages(data):
        assert warning in page
        assert embargo in page


def test_later_pages_repeat_organisation_and_title_but_not_the_letterhead() -> None:
    first, second, *_ = pages(written(EMBARGOED))
    assert "12 Quay Street" in first
    assert "12 Quay Street" not in second
    assert BASE.organisation in second
    assert BASE.title in second


# --- links


def test_phones_and_addresses_of_contacts_can_be_followed() -> None:
    assert [(url, words) for _, url, words in links(written(BASE))] == [
        ("tel:+43153408112", "+43 1 534 08 112"),
        ("tel:+436641234567", "+43 664 123 45 67"),
        ("mailto:press@river.example", "press@river.example"),
    ]


def test_a_link_over_two_lines_and_two_pages_is_one_link_with_several_places() -> None:
    for above in range(30, 46):
        link = Text(LONG_LINE * 6, link="https://river.example/a?b=(1)")
        data = written(bodied(p(*_forced("spacer", above)), p("See ", link, " and go on.")))
        assert faults(data) == []
        if len({page for page, _, _ in links(data)}) == 2:
            break
    else:
        pytest.fail("no link was broken over two pages")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        assert len([one for one in tags if one.get("/S") == pikepdf.Name.Link]) == 1
    assert len(links(data)) >= 8


BAD_LINKS = (
    *("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x", "../x"),
    *("JaVaScRiPt:alert(1)", "https://a\nb", "mailto:", "tel:call me", "//river.example"),
)


@pytest.mark.parametrize("url", BAD_LINKS)
def test_other_addresses_never_become_links(url: str) -> None:
    bad = SheetContact(
        name="N", ways=(SheetWay("email", "a@b\r\nBcc: c@d", "mailto:a@b\r\nBcc: c@d"),)
    )
    sheet = replace(bodied(p(Text("words", link=url))), credit="C", credit_url=url, contacts=(bad,))
    assert links(written(sheet)) == []


def test_addresses_in_other_alphabets_are_written_out() -> None:
    url = "https://река.example/пост?й=1"
    ((_, address, words),) = links(written(bodied(p(Text("пост", link=url)))))
    assert address == "https://xn--80ajpw.example/%D0%BF%D0%BE%D1%81%D1%82?%D0%B9=1"
    assert words == "пост"


def test_what_looks_like_mark_up_is_text() -> None:
    words = "<b>x</b> &amp; <img src='file:///etc/passwd'/> (T*) Tj \\n %% endstream"
    data = written(bodied(p(words)))
    assert faults(data) == []
    assert words in [one.text for one in told(data)]


# --- outline and languages


def test_headings_are_in_the_outline() -> None:
    blocks = [Heading(level, (Text(f"h{level}"),)) for level in (2, 3, 4, 2, 4)]  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(written(bodied(*blocks)))) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Title"
        assert [one.title for one in title.children] == ["h2", "h2"]
        assert [one.title for one in title.children[0].children] == ["h3"]
        assert [one.title for one in title.children[1].children] == ["h4"]


def test_runs_in_another_language_say_so() -> None:
    data = written(
        bodied(p("In Russian: ", Text("река", language="ru"), Text("x", language="a b")))
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spans = [
            str(one.Lang)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.Span
        ]
    assert spans == ["ru"]


# --- pictures
