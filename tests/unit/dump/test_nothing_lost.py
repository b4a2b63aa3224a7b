"""Whatever a file holds, no paragraph of it is lost, and no bytes break the reader."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pressdesk.base.errors import ReadFailed
from pressdesk.document.tools import plain
from pressdesk.formats.dump import groups, tidying
from pressdesk.formats.registry import Context, readers
from tests.unit.dump.corpus import EN, RU

READER = readers()["text"]
CONTEXT = Context(today=date(2026, 11, 23))

LINES = [
    *(text for item in (*EN[:5], *RU[:5]) for text in (item.title, *item.text, *item.contact)),
    "Go back", "Назад", "Print", "Share", "25 July 2024", "30 февраля 2024", "07/08/2024",
    "press@river.example", "Press contact", "Maria Hofer", "- one", "- two", "• dot", "Q: Why?",
    "A: So.", "Why?", "8 (495) 123-45-67 доб. 12", "\u202egnp.exe", "\u200f", "\xa0", " ", "",
]  # fmt: skip
ends = st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n\r\n", "\n \n", "\n\n\n\n", "\f", "\u2029"])
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
files = st.lists(st.tuples(st.sampled_from(LINES) | texts, ends), max_size=25).map(
    lambda parts: "".join(line + end for line, end in parts)
)


@given(files)
def test_every_paragraph_is_in_one_item_or_set_aside_in_order(text: str) -> None:
    tidy, _remarks = tidying.tidy(text)
    whole = [paragraph for group in groups.groups(tidy) for paragraph in group]
    found = READER.read(text.encode(), CONTEXT)
    kept = [paragraph for draft in found.drafts for paragraph in draft.paragraphs]
    removed = [line.text for line in found.removed]
    assert Counter(kept + removed) == Counter(whole)
    assert in_order(kept, whole) and in_order(removed, whole)


def in_order(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(paragraph in rest for paragraph in part)


@given(files)
def test_no_letter_of_the_text_is_lost(text: str) -> None:
    tidy, _remarks = tidying.tidy(text)
    whole = [paragraph for group in groups.groups(tidy) for paragraph in group]
    assert "".join("".join(whole).split()) == "".join(tidy.split())


@given(files)
def test_what_is_in_the_body_or_above_or_below_it_was_in_the_file(text: str) -> None:
    for draft in READER.read(text.encode(), CONTEXT).drafts:
        words = set(" ".join(draft.paragraphs).split())
        assert set(plain(draft.body).split()) <= words


@given(st.binary(max_size=400) | texts.map(lambda text: text.encode("utf-16")))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        found = READER.read(data, CONTEXT)
    except ReadFailed as refused:
        assert refused.what and refused.hint
    else:
        assert all(draft.paragraphs for draft in found.drafts)


def test_long_paragraphs_and_words_are_parted_and_kept() -> None:
    sentence = "The river rose by one metre in the night. "
    text = sentence * 1_200 + "\n\n" + "x" * 9_000
    found = READER.read(text.encode(), CONTEXT)
    kept = [paragraph for draft in found.drafts for paragraph in draft.paragraphs]
    assert max(map(len, kept)) <= tidying.LONGEST_PARAGRAPH
    assert max(len(word) for text in kept for word in text.split()) <= tidying.LONGEST_WORD
    assert "".join("".join(kept).split()) == "".join(text.split())
    assert any("long words" in remark for remark in found.remarks)


def test_an_empty_file_gives_a_remark_and_no_item() -> None:
    for data in (b"", b"\n\n \n", b"\xef\xbb\xbf"):
        found = READER.read(data, CONTEXT)
        assert found.drafts == () and found.remarks
