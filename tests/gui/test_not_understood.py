"""Where a search finds nothing: what nobody knows in it is said, and nothing half typed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from seen import said

from pressdesk.gui.frame.empty import EmptyList
from pressdesk.press.listing import Query


@pytest.fixture
def empty(qtbot: QtBot) -> EmptyList:
    made = EmptyList()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "known"),
    [("kind:zzz", "statement"), ("before:201x", "09.2020"), ("foo:bar", "topic")],
)
def test_what_is_known_is_said(empty: EmptyList, typed: str, known: str) -> None:
    empty.show_query(Query(text=typed))
    assert typed in said(empty) and known in said(empty)
    assert "All texts" not in said(empty)


@pytest.mark.parametrize("typed", ['"rive', "(rive", "kind:", "river OR", "river"])
def test_nobody_is_told_off_while_typing(empty: EmptyList, typed: str) -> None:
    empty.show_query(Query(text=typed))
    assert "All texts in this desk were searched" in said(empty)
