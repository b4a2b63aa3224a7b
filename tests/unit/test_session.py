"""When a draft is written, and what the title says of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.desk.autosave import LIMIT_S, QUIET_S, RETRY_S, Autosave, Standing

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_nothing_typed_is_never_due() -> None:
    assert not Autosave().due(1e9)
    assert Autosave().wait(1e9) is None


def test_due_after_a_pause() -> None:
    state = Autosave().edited(10.0)
    assert not state.due(10.0 + QUIET_S - 0.01)
    assert state.due(10.0 + QUIET_S)


def test_unbroken_typing_is_due_at_the_limit() -> None:
    state = Autosave()
    for step in range(15):
        state = state.edited(10.0 + step * 0.1)
    assert state.wait(11.4) == pytest.approx(LIMIT_S - 1.4)
    assert state.due(10.0 + LIMIT_S)


def test_one_write_at_a_time_and_later_typing_is_not_forgotten() -> None:
    writing = Autosave().edited(0.0).started()
    typed = writing.edited(0.5)
    assert not typed.due(100.0)
    assert typed.done().due(100.0)
    assert writing.done().wait(100.0) is None


def test_a_failed_write_is_tried_again_later() -> None:
    failed = Autosave().edited(0.0).started().failed(1.0)
    assert not failed.due(1.0 + RETRY_S - 0.1)
    assert failed.due(1.0 + RETRY_S)
    typed = failed.edited(2.0)
    assert not typed.due(1.0 + RETRY_S - 0.1)


@given(st.lists(st.floats(0.0, 0.39), min_size=1, max_size=40))
def test_no_text_waits_longer_than_the_limit(gaps: list[float]) -> None:
    state, now, oldest = Autosave(), 0.0, 0.0
    for gap in gaps:
        now += gap
        if state.due(now):
            state = state.started().done()
            oldest = now
        if state.first_edit is None:
            oldest = now
        state = state.edited(now)
        assert now - oldest <= LIMIT_S + 0.39


def test_the_title_knows_what_is_not_yet_a_revision() -> None:
    fresh = Standing(open=True, saved=NOON)
    typed = fresh.edited()
    kept = typed.was_kept(NOON)
    assert [s.tone for s in (Standing(), fresh, typed, kept)] == [
        "empty",
        "saved",
        "unsaved",
        "kept",
    ]
    assert [s.starred for s in (fresh, typed, kept)] == [False, True, True]
    assert kept.was_saved(NOON) == fresh


def test_typing_during_a_write_still_counts_as_unsaved() -> None:
    kept = Standing(open=True).edited().was_kept(NOON, typed_since=True)
    assert kept.tone == "unsaved"


def test_a_failure_is_said_until_a_write_succeeds() -> None:
    failed = Standing(open=True).edited().went_wrong("The disk is full.")
    assert failed.tone == "failed"
    assert failed.edited().tone == "failed"
    assert failed.was_kept(NOON).tone == "kept"


def test_an_issued_edition_is_never_starred() -> None:
    assert Standing(open=True, issued=True).tone == "issued"
    assert not Standing(open=True, issued=True).starred
