"""Single items: kinds, bodies, headlines, dates and the questions they leave."""

from __future__ import annotations

from datetime import date

import pytest

from pressdesk.document.nodes import BulletList, LineBreak, Paragraph, Text
from pressdesk.document.tools import plain
from pressdesk.formats.dump.drafting import draft_of
from pressdesk.formats.registry import Context, ReadDrafts, readers
from tests.unit.dump.corpus import EN, RU, Item, paragraphs

TODAY = date(2026, 11, 23)


def read(text: str) -> ReadDrafts:
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


def test_a_compound_broken_behind_its_hyphen_is_one_word_again() -> None:
    long = "The river rose in the night and the people of the Upper and the Lower-"
    text = "\n".join(
        [long, "Bridge villages waited for the morning while the ice went down to the"] * 2
    )
    assert "Lower-Bridge" in read(text).drafts[0].paragraphs[0]


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


def test_rows_of_signs_part_items_and_are_set_aside() -> None:
    found = read("The first one ended well.\n\n* * *\n\nThe second one began.\n\n-----\n\nThird.\n")
    assert [draft.paragraphs for draft in found.drafts] == [
        ("The first one ended well.",),
        ("The second one began.",),
        ("Third.",),
    ]
    assert {line.why for line in found.removed} == {"separator"}


@pytest.mark.parametrize(
    "text",
    ["VIENNA, 6 October 2025 – The council met.", "Вена, 6 октября 2025 года — Совет собрался.",
     "(Vienna, 06.10.2025) The council met."],
)  # fmt: skip
def test_the_dateline_is_the_day_it_went_out(text: str) -> None:
    draft = draft_of([text], today=TODAY)
    assert draft.date == "2025-10-06" and "date" not in draft.questions
    assert "2025" not in draft.title


def test_a_salutation_on_its_own_begins_the_speech() -> None:
    found = read("It was over.\n\n\nDear colleagues,\n\n\nI am glad to see my friends. I am.\n")
    assert found.drafts[1].paragraphs == (
        "Dear colleagues,",
        "I am glad to see my friends. I am.",
    )
    assert found.drafts[1].title == "I am glad to see my friends"


def test_an_address_in_a_contact_block_is_not_a_headline() -> None:
    block = (
        "Press contact\nMaria Hofer, Press Secretary\nInterstate River Commission\n"
        "Handelskai 1, 1200 Vienna\nTel.: +43 1 534 08 112"
    )
    for between in ("\n\n", "\n\n\n"):
        (draft,) = read(f"The council met for two days.{between}{block}\n").drafts
        assert (draft.contacts[0].name, draft.contacts[0].role) == (
            "Maria Hofer",
            "Press Secretary",
        )
        assert "contact" in draft.questions and len(draft.body.blocks) == 1


def test_a_headline_that_names_the_press_secretary_stays_one() -> None:
    draft = draft_of(["Press Secretary Maria Hofer on the flood forecast", "It will rain."])
    assert draft.title == "Press Secretary Maria Hofer on the flood forecast"
