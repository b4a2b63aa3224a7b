"""Single items: kinds, bodies, headlines, dates and the questions they leave."""

from __future__ import annotations

from datetime import date

import pytest

from pressdesk.document.nodes import BulletList, LineBreak, Paragraph, Text
from pressdesk.document.tools import plain
from pressdesk.formats.dump.drafting import draft_of
from pressdesk.formats.registry import Context, Found, readers
from tests.unit.dump.corpus import EN, RU, Item, paragraphs

TODAY = date(2026, 11, 23)


def read(text: str) -> Found:
    return readers()["text"].read(text.encode(), Context(today=TODAY))


@pytest.mark.parametrize("item", [*EN, *RU], ids=lambda item: item.title[:20] or item.kind)
def test_each_sample_is_of_its_kind(item: Item) -> None:
    draft = draft_of(paragraphs(item), today=TODAY)
    assert (draft.kind, draft.language) == (item.kind, "en" if item in EN else "ru")
    assert ("title" in draft.questions) == (not item.title)
    assert draft.title == item.title or not item.title


def test_headline_date_and_contact_are_not_repeated_in_the_body() -> None:
    draft = draft_of(
        ["Library opens its doors", "2 June 2025", "The library is open.", "Press Office",
         "press@river.example"], today=TODAY
    )  # fmt: skip
    assert plain(draft.body) == "The library is open."
    assert (draft.title, draft.date) == ("Library opens its doors", "2025-06-02")
    assert "date" not in draft.questions
    assert len(draft.paragraphs) == 5


def test_questions_and_answers_get_their_roles() -> None:
    draft = draft_of(
        ["An interview with Elena Marin", "She spoke in Vienna.", "Q: Why publish it?",
         "A: It helps.", "And more to say.", "Q: At once?", "A: No."], today=TODAY
    )  # fmt: skip
    spoken = [(block.role, plain_of(block)) for block in draft.body.blocks]
    assert spoken == [
        ("body", "She spoke in Vienna."),
        ("question", "Why publish it?"),
        ("answer", "It helps."),
        ("answer", "And more to say."),
        ("question", "At once?"),
        ("answer", "No."),
    ]


def test_unmarked_questions_are_seen_by_their_sign() -> None:
    draft = draft_of(
        ["Интервью Елены Марин", "Зачем публиковать?", "Это помогает.", "Все согласились?", "Нет."]
    )
    assert [block.role for block in draft.body.blocks] == ["question", "answer"] * 2


def plain_of(block: object) -> str:
    assert isinstance(block, Paragraph)
    return "".join(part.text for part in block.content if isinstance(part, Text))


def test_lines_become_breaks_and_lists() -> None:
    draft = draft_of(["The council:\nfirst line\nsecond line.", "- one\n- two", "• three"])
    first, points = draft.body.blocks
    assert isinstance(first, Paragraph) and first.content[1] == LineBreak()
    assert isinstance(points, BulletList) and len(points.items) == 3


def test_wrapped_lines_are_joined_and_verses_are_not() -> None:
    wrapped = "\n".join(["The river rose in the night and the people of the lower"] * 4)
    assert "\n" not in read(wrapped).drafts[0].paragraphs[0]
    verse = "One line\nand another line that is longer\nand a third"
    assert read(verse).drafts[0].paragraphs == (verse,)


def test_a_proposed_headline_is_the_beginning_of_the_text() -> None:
    draft = draft_of(["On 25 July 2024, staff met graduates. They talked for an hour."])
    assert draft.title == "Staff met graduates"
    assert len(draft_of(["word " * 100]).title) <= 91


def test_direction_signs_are_reported_and_never_in_a_headline() -> None:
    found = read("Council\u200f adopts\u202e the plan\n\nIt was adopted by all of them.\n")
    assert found.drafts[0].title == "Council adopts the plan"
    assert any("direction" in remark for remark in found.remarks)


def test_a_date_to_come_is_not_proposed() -> None:
    draft = draft_of(["The bridge will open on 3 May 2027, as planned by all."], today=TODAY)
    assert draft.date is None and "date" in draft.questions


def test_a_contact_block_without_an_item_is_kept() -> None:
    found = read("Press Office\n\n+43 1 534 08 112\n")
    assert sum(len(draft.paragraphs) for draft in found.drafts) == 2
