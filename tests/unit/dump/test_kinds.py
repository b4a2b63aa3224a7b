"""Items the cues were not written for are sorted well enough."""

from __future__ import annotations

from pressdesk.document.nodes import Paragraph
from pressdesk.formats.dump.drafting import draft_of
from tests.unit.dump.corpus import FIXTURES


def items() -> list[tuple[str, list[str]]]:
    """Kind and paragraphs of each line of the fixture."""
    lines = (FIXTURES / "kinds.txt").read_text("utf-8").splitlines()
    rows = [line.split(" | ") for line in lines]
    return [(kind, paragraphs) for kind, *paragraphs in rows]


def test_nine_of_ten_are_of_the_right_kind() -> None:
    wrong = [(kind, texts[0]) for kind, texts in items() if draft_of(texts).kind != kind]
    assert len(wrong) <= len(items()) / 10, wrong


def test_what_is_not_sure_is_asked_when_it_is_wrong() -> None:
    for kind, texts in items():
        draft = draft_of(texts)
        assert draft.kind == kind or "kind" in draft.questions, texts[0]


def test_dashes_in_an_interview_are_questions_and_answers() -> None:
    spoken = [draft_of(texts) for kind, texts in items() if kind == "interview"][:2]
    for draft in spoken:
        roles = [block.role for block in draft.body.blocks if isinstance(block, Paragraph)]
        assert roles == ["question", "answer"] * 2
