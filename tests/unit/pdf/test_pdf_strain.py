"""Rude margins, any tree, and documents of a size nobody writes."""

from __future__ import annotations

import io
import re
import time

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    ListItem,
    Mark,
    Paragraph,
    Quote,
    Table,
    Text,
)
from pressdesk.press.house import Look, Margins
from pressdesk.press.sheet import Row, Section, Sheet, SheetContact
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.reading import expected, told
from tests.unit.pdf.sheet_parts import BASE, p
from tests.unit.pdf.written import bodied, written

ODD = (0.0, -40.0, 5000.0, float("nan"), float("inf"))


@pytest.mark.parametrize("margin", ODD)
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_no_margins_leave_the_page_without_text(margin: float, size: str) -> None:
    margins = Margins(margin, margin, margin, margin)
    sheet = replace(BASE, look=Look(page=size, margins=margins, accent="#ffff00"))  # type: ignore[arg-type]
    data = written(sheet)
    assert faults(data) == []
    assert [one.text.strip() for one in told(data)] == expected(sheet)


RUDE = st.text(max_size=30)
INLINES = st.lists(
    st.builds(
        Text,
        st.text(min_size=1, max_size=20),
        st.sampled_from(list(Mark)),
        st.sampled_from([None, "https://river.example/", "javascript:x"]),
        st.sampled_from([None, "ru", "?"]),
    ),
    max_size=3,
).map(tuple)
PARAGRAPHS = st.builds(
    Paragraph, INLINES, st.sampled_from(["body", "lead", "question", "answer", "address"])
)
BLOCKS = st.one_of(
    PARAGRAPHS,
    st.builds(Heading, st.sampled_from([2, 3, 4]), INLINES),
    st.builds(Quote, st.lists(PARAGRAPHS, max_size=2).map(tuple), RUDE),
    st.builds(BulletList, st.lists(st.builds(ListItem, INLINES), max_size=3).map(tuple)),
    st.builds(
        Table,
        st.lists(st.lists(st.builds(Cell, INLINES), max_size=3).map(tuple), max_size=3).map(tuple),
        st.integers(-1, 4),
    ),
    st.builds(Figure, RUDE, RUDE, INLINES, RUDE),
)


@given(st.lists(BLOCKS, max_size=5), RUDE, RUDE)
def test_any_tree_gives_a_sound_file(blocks: list[Block], one: str, other: str) -> None:
    sheet = Sheet(
        language=one,
        kind="news",
        kind_label=other,
        state=BASE.state,
        title=one,
        warning=other,
        embargo_line=one,
        rows=(Row(one, other),),
        notes=Section(one, (other,)),
        dateline=other,
        contacts=(SheetContact(name=one, hours=other),),
        contact_heading=other,
        footer=one,
        body=Document(tuple(blocks)),
    )
    assert faults(written(sheet)) == []


@pytest.mark.slow
def test_a_book_of_one_word_and_one_of_one_paragraph_take_less_than_five_seconds() -> None:
    for text in ("x" * 200_000, "word " * 100_000):
        start = time.process_time()
        data = written(bodied(p(text), p("Bold", Text(text, Mark.STRONG))))
        assert time.process_time() - start < 5
        assert data.startswith(b"%PDF-1.7")


@pytest.mark.slow
def test_a_table_of_five_thousand_rows_takes_less_than_five_seconds() -> None:
    rows = tuple((Cell((Text(f"r{n}"),)), Cell((Text("a b c"),))) for n in range(5000))
    start = time.process_time()
    data = written(bodied(Table(rows)))
    assert time.process_time() - start < 5
    assert len([one for one in told(data) if one.text.startswith("r")]) == 5000


def test_sixty_columns_stay_on_the_page() -> None:
    row = tuple(Cell((Text(str(n % 7)),)) for n in range(60))
    data = written(bodied(Table((row, row))))
    assert faults(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = re.findall(rb"([0-9.]+) [0-9.]+ (?:Td|Tm)", pdf.pages[0].Contents.read_bytes())
    assert max(map(float, places)) < 512


def test_deep_lists_and_a_thousand_headings_are_survived() -> None:
    deep = BulletList((ListItem((Text("end"),)),))
    for _ in range(60):
        deep = BulletList((ListItem((Text("in"),), (deep,)),))
    headings = [Heading(2, (Text("h"),)) for _ in range(1000)]
    assert faults(written(bodied(deep, *headings))) == []
