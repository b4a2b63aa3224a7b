"""The difference of two texts: nothing lost, nothing invented, readable, and never slow."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.document import diff
from pressdesk.document.aligning import common
from pressdesk.document.diff import Difference, DiffPiece, LineDiff, compare, words
from pressdesk.document.lines import lines
from pressdesk.document.nodes import (
    BulletList,
    Document,
    Figure,
    Heading,
    ListItem,
    Mark,
    Paragraph,
    Rule,
    Text,
)
from pressdesk.document.tools import paragraph, plain
from tests.unit.writers.trees import documents


def doc(*texts: str) -> Document:
    return Document(tuple(paragraph(text) for text in texts))


def text_of(found: Difference, *changes: str) -> list[str]:
    """The text of each line that one side has, out of these pieces."""
    place = "moved" if "added" in changes else "away"
    out = []
    for line in found.lines:
        if line.change in ("changed", place, *changes):
            out.append("".join(piece.text for piece in line.pieces if piece.change in changes))
    return out


def changed(line: LineDiff) -> list[tuple[str, str]]:
    return [(piece.change, piece.text) for piece in line.pieces]


@given(documents, documents)
def test_kept_and_added_are_the_new_text_kept_and_removed_the_old(
    old: Document, new: Document
) -> None:
    found = compare(old, new)
    assert text_of(found, "kept", "restyled", "added") == [line.text for line in lines(new)]
    assert text_of(found, "kept", "restyled", "removed") == [line.text for line in lines(old)]


few = st.lists(st.sampled_from(["river", "level", "gauge", "the", "Комиссия", "вода", ",", "."]))
sentences = st.lists(few.map(" ".join), max_size=6)


@given(sentences, sentences)
def test_texts_with_many_equal_words_are_rebuilt_from_their_difference(
    old: list[str], new: list[str]
) -> None:
    found = compare(doc(*old), doc(*new))
    assert text_of(found, "kept", "restyled", "added") == [text for text in new if text]
    assert text_of(found, "kept", "restyled", "removed") == [text for text in old if text]


@given(documents)
def test_a_text_does_not_differ_from_itself(tree: Document) -> None:
    found = compare(tree, tree)
    assert found.same
    assert not any(line.was for line in found.lines)


@given(documents)
def test_lines_hold_every_word_of_the_text(tree: Document) -> None:
    def word_list(text: str) -> list[str]:
        return re.findall(r"\w+", text)

    shown = [line.text for line in lines(tree) if line.form != "picture"]
    assert word_list("\n".join(shown)) == word_list(plain(tree))


@given(st.text("abc", max_size=300), st.text("abc", max_size=300))
def test_what_is_in_common_rises_on_both_sides_and_is_equal(old: str, new: str) -> None:
    pairs = common(old, new)
    assert all(old[a] == new[b] for a, b in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_one_word_changed_is_one_word_shown() -> None:
    found = compare(
        doc("Same.", "The level fell by two metres."),
        doc("Same.", "The level fell by three metres."),
    )
    assert [line.change for line in found.lines] == ["kept", "changed"]
    assert changed(found.lines[1]) == [
        ("kept", "The level fell by "),
        ("removed", "two"),
        ("added", "three"),
        ("kept", " metres."),
    ]


def test_russian_words_are_words() -> None:
    assert words("Уровень воды упал", "Уровень воды поднялся") == (
        DiffPiece("kept", "Уровень воды "),
        DiffPiece("removed", "упал"),
        DiffPiece("added", "поднялся"),
    )


def test_a_paragraph_put_between_changes_no_other() -> None:
    old = doc("One about the dam.", "Two about the ice.", "Three about fish.")
    new = doc(
        "One about the dam.", "Wholly other words here.", "Two about the ice.", "Three about fish."
    )
    assert [line.change for line in compare(old, new).lines] == ["kept", "added", "kept", "kept"]


def test_rewritten_paragraphs_find_each_other_past_a_new_one() -> None:
    old = doc("The Council meets on Monday in Vienna.", "Journalists are welcome at ten.")
    new = doc(
        "A word of thanks to observers.",
        "The Council meets on Tuesday in Vienna.",
        "Journalists are welcome at noon.",
    )
    found = compare(old, new)
    assert [line.change for line in found.lines] == ["added", "changed", "changed"]


def test_a_sentence_wholly_rewritten_is_no_patchwork() -> None:
    old = doc("We thank all who measured, wrote and carried the water of rivers.")
    new = doc("Nobody of the commission has spoken about a date, the secretary said.")
    found = compare(old, new)
    assert [line.change for line in found.lines] == ["removed", "added"]


def test_a_scrap_between_two_longer_changes_joins_them() -> None:
    got = words(
        "Kept begin alpha beta of gamma delta end kept", "Kept begin one two of three four end kept"
    )
    assert got == (
        DiffPiece("kept", "Kept begin "),
        DiffPiece("removed", "alpha beta of gamma delta"),
        DiffPiece("added", "one two of three four"),
        DiffPiece("kept", " end kept"),
    )


def test_bold_alone_is_no_other_word() -> None:
    old = Document((Paragraph((Text("The level fell."),)),))
    new = Document((Paragraph((Text("The "), Text("level", Mark.STRONG), Text(" fell."))),))
    found = compare(old, new)
    assert not found.same
    assert changed(found.lines[0]) == [("kept", "The "), ("restyled", "level"), ("kept", " fell.")]


def test_a_link_moved_to_another_address_shows() -> None:
    old = Document((Paragraph((Text("gauges", link="https://river.example/a"),)),))
    new = Document((Paragraph((Text("gauges", link="https://river.example/b"),)),))
    assert changed(compare(old, new).lines[0]) == [("restyled", "gauges")]


def test_a_paragraph_made_a_heading_says_what_it_was() -> None:
    found = compare(doc("Background"), Document((Heading(2, (Text("Background"),)),)))
    (line,) = found.lines
    assert (line.change, line.was, line.form, line.detail) == (
        "changed",
        "paragraph",
        "heading",
        "2",
    )


def test_another_picture_under_the_same_words_shows() -> None:
    old, new = (Document((Figure(sign * 64, alt="Dam"),)) for sign in "ab")
    found = compare(old, new)
    assert [line.change for line in found.lines] == ["changed"]


def test_list_items_and_rules_are_lines() -> None:
    old = Document((BulletList((ListItem((Text("ice"),)), ListItem((Text("fish"),)))),))
    new = Document((BulletList((ListItem((Text("ice"),)),)), Rule()))
    found = compare(old, new)
    assert [(line.change, line.form) for line in found.lines] == [
        ("kept", "bullet"),
        ("removed", "bullet"),
        ("added", "rule"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("a b " * 5000, "b a " * 5000), ("the " * 9000, "The " * 9000 + "end")],
    ids=["two words for ever", "one word for ever"],
)
def test_monotonous_text_is_compared_with_few_comparisons(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    whole = diff.common

    def counted(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
        compared.append(len(one) * len(other))
        return whole(one, other)

    monkeypatch.setattr(diff, "common", counted)
    found = compare(doc(old), doc(new))
    assert len(compared) <= 2
    assert text_of(found, "kept", "restyled", "added") == [new]


def test_a_long_text_with_every_paragraph_changed_pairs_them_all() -> None:
    chance = random.Random(7)
    vocabulary = [f"word{number}" for number in range(900)]
    old = [" ".join(chance.choices(vocabulary, k=40)) for _ in range(90)]
    new = [re.sub(r"^\S+", "Changed", text) for text in old]
    found = compare(doc(*old), doc(*new))
    assert [line.change for line in found.lines] == ["changed"] * 90
