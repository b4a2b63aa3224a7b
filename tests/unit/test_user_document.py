"""The document PressDesk was made for is read as a person would sort it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pressdesk.formats.registry import Context, Draft, ReadDrafts, reader_for
from pressdesk.press.release import Way

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> ReadDrafts:
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        missing = "NOT RUN: the user's document does not lie in ../shared/seeds"
        capture = request.config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            print(f"\n{missing}")  # a skip alone is not seen in a quiet run
        pytest.skip(missing)
    context = Context(today=date(2026, 11, 23))
    return reader_for(files[0]).read(files[0].read_bytes(), context)


@pytest.fixture(scope="module")
def statement(found: ReadDrafts) -> Draft:
    return found.drafts[4]


def test_there_are_five_items_of_their_kinds(found: ReadDrafts) -> None:
    kinds = [draft.kind for draft in found.drafts]
    assert kinds == ["news", "speech", "news", "interview", "statement"]
    assert [len(draft.paragraphs) for draft in found.drafts] == [1, 2, 1, 1, 7]
    assert {draft.language for draft in found.drafts} == {"en"}


def test_navigation_is_set_aside_and_shown(found: ReadDrafts) -> None:
    assert [line.text for line in found.removed] == [
        "Go back",
        "Back to the section",
        "Back to the all news",
    ]


def test_dates_are_proposed_and_asked_about(found: ReadDrafts) -> None:
    dates = [draft.date for draft in found.drafts]
    assert dates == ["2024-07-25", None, "2024-07-19", None, "--09-27"]
    assert all("date" in draft.questions for draft in found.drafts[:4])
    assert "year" in found.drafts[4].questions


def test_only_the_statement_has_its_headline(found: ReadDrafts, statement: Draft) -> None:
    assert ["title" in draft.questions for draft in found.drafts] == [True] * 4 + [False]
    assert all(draft.title for draft in found.drafts)
    assert statement.title.startswith("On the situation that arose in connection with")
    assert len(statement.body.blocks) == 3


def test_the_statement_has_its_press_contact(found: ReadDrafts, statement: Draft) -> None:
    (contact,) = statement.contacts
    assert (contact.name, contact.role) == ("Vladimir Zaynetdinov", "CSTO Press Secretary")
    assert contact.ways == (
        Way("phone", "+7 495-795-27-10", "tel:+74957952710"),
        Way("phone", "+7 495-621-33-23", "tel:+74956213323"),
    )
    assert not any(draft.contacts for draft in found.drafts[:4])
