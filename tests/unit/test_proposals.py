"""The review of an import: every step is undoable, and none loses a paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.desk import proposals
from pressdesk.desk.proposals import Review
from pressdesk.formats.registry import Context, readers
from tests.unit.dump.corpus import CHROME, EN, text_of

TODAY = date(2026, 11, 23)


def reviewed() -> Review:
    text = text_of(EN[:5], headlines="glued", chrome=CHROME["en"])
    found = readers()["text"].read(text.encode(), Context(today=TODAY))
    return proposals.review(found, today=TODAY)


BEGUN = reviewed()


def held(review: Review) -> Counter[str]:
    texts = [text for p in review.proposals for text in p.draft.paragraphs]
    return Counter([*texts, *(line.text for line in review.removed)])


numbers = st.integers(0, 6)
Step = Callable[[Review], Review]


def at(n: int, size: int) -> int:
    return n % size if size else 0


def steps(name: str, a: int, b: int) -> Step:
    """One step of a person with places taken modulo what there is."""

    def go(review: Review) -> Review:
        if not review.proposals and name != "put back":
            return review
        one = at(a, len(review.proposals))
        size = len(review.proposals[one].draft.paragraphs) if review.proposals else 1
        match name:
            case "split":
                return proposals.split(review, one, at(b, size))
            case "merge":
                return proposals.merge(review, one)
            case "move":
                return proposals.move(review, one, at(b, size), one + (1 if a % 2 else -1))
            case "aside":
                return proposals.set_aside(review, one, at(b, size))
            case "put back":
                if not review.removed:
                    return review
                return proposals.put_back(review, at(b, len(review.removed)), one)
            case "kind":
                return proposals.change_kind(review, one, "interview")
            case _:
                return proposals.rename(review, one, "Another title")

    return go


NAMES = ("split", "merge", "move", "aside", "put back", "kind", "rename")
stories = st.lists(st.builds(steps, st.sampled_from(NAMES), numbers, numbers), max_size=12)


@given(stories)
def test_no_step_loses_or_doubles_a_paragraph(story: list[Step]) -> None:
    review = BEGUN
    for step in story:
        review = step(review)
        assert held(review) == held(BEGUN)
        assert all(p.draft.paragraphs for p in review.proposals)


def test_merging_what_was_split_gives_the_same_proposal() -> None:
    cut = proposals.split(BEGUN, 4, 2)
    assert len(cut.proposals) == 6
    whole = proposals.merge(cut, 4).proposals[4].draft
    assert whole.body == BEGUN.proposals[4].draft.body
    assert whole.contacts == BEGUN.proposals[4].draft.contacts


def test_a_headline_is_moved_back_to_the_item_before() -> None:
    moved = proposals.move(BEGUN, 4, 0, 3)
    assert moved.proposals[3].draft.paragraphs[-1] == EN[4].title
    assert "title" in moved.proposals[4].draft.questions


def test_decisions_outlast_a_new_cut() -> None:
    review = proposals.rename(BEGUN, 1, "Debate on data")
    review = proposals.change_kind(review, 1, "statement")
    review = proposals.set_date(review, 1, date(2024, 7, 19))
    draft = proposals.merge(review, 1).proposals[1].draft
    assert (draft.title, draft.kind, draft.date) == ("Debate on data", "statement", "2024-07-19")
    assert not {"title", "kind", "date", "year"} & set(draft.questions)


def test_a_year_completes_the_date_and_opens_the_way_to_record() -> None:
    assert not proposals.record(BEGUN, 4, True).proposals[4].record
    dated = proposals.set_date(BEGUN, 4, date(2020, 9, 27))
    assert dated.proposals[4].draft.date == "2020-09-27"
    assert "year" not in dated.proposals[4].draft.questions
    assert proposals.record(dated, 4, True).proposals[4].record


def test_what_is_recorded_without_its_date_again_is_a_draft() -> None:
    review = proposals.record(proposals.set_date(BEGUN, 4, date(2020, 9, 27)), 4, True)
    assert not proposals.set_date(review, 4, None).proposals[4].record


@pytest.mark.parametrize("day", [date(2027, 1, 1), None])
def test_a_day_to_come_cannot_be_recorded(day: date | None) -> None:
    review = proposals.set_date(BEGUN, 0, day)
    assert not review.proposals[0].can_be_recorded(TODAY)
    assert not proposals.record(review, 0, True).proposals[0].record


def test_impossible_steps_change_nothing() -> None:
    assert proposals.split(BEGUN, 0, 0) == BEGUN
    assert proposals.merge(BEGUN, 4) == BEGUN
    assert proposals.move(BEGUN, 0, 0, -1) == BEGUN
