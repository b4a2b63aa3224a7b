"""The weekly check in the window: quiet when all is well, plain words and a way out when not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pressdesk.archive.file import triggers
from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.base import i18n
from pressdesk.desk import looks
from pressdesk.desk.opening import OpenDesk
from pressdesk.desk.rendering import Renderer
from pressdesk.gui.desks import upkeep
from pressdesk.gui.desks.upkeep import Care
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.session import Session
from pressdesk.press.release import Edition, Release


@pytest.fixture
def desk(tmp_path: Path) -> Archive:
    made = create(tmp_path / "office.pressdesk")
    made.releases.add(Release("news"), Edition("en", title="The river rises"))
    return made


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def flow(
    desk: Archive, told: list[Notice], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Care]:
    monkeypatch.setattr(upkeep, "QUIET_MS", 50)
    window = QWidget()
    qtbot.addWidget(window)
    session = Session(Renderer())
    made = Care(session, window)
    made.notice.connect(told.append)
    session.enter(OpenDesk(desk, desk.houses.get(), ()))
    yield made
    made.end()
    session.leave()
    session.lanes.close()


def alter(desk: Archive, order: str) -> None:
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        bare.execute(order)


def test_soundness_is_quiet(flow: Care, desk: Archive, told: list[Notice], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: looks.last_look(desk.uid) is not None, timeout=30_000)
    assert looks.last_look(desk.uid).sound and told == []  # type: ignore[union-attr]


def test_what_can_be_made_anew_is_offered_to_be(
    flow: Care, desk: Archive, told: list[Notice], qtbot: QtBot
) -> None:
    alter(desk, "UPDATE listed SET title = 'Another'")
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told[0].what == "Damage was found in this desk."
    assert told[0].hint.startswith("List of releases: release 1. The texts are intact")
    assert [words for words, _does in told[0].buttons] == ["Repair"]
    told[0].buttons[0][1]()
    qtbot.waitUntil(lambda: told[-1].what == "No problems found in this desk.", timeout=30_000)
    assert desk.releases.rows([1])[0].first.title == "The river rises"


@pytest.mark.parametrize(("language", "said"), [("en", "Revisions"), ("ru", "Версии")])
def test_what_cannot_leads_to_the_repair_and_the_backups(
    flow: Care, desk: Archive, told: list[Notice], qtbot: QtBot, language: str, said: str
) -> None:
    i18n.use(language)
    try:
        guard = "guard_revision_update"
        alter(desk, f"DROP TRIGGER {guard}")
        alter(desk, "UPDATE revision SET data = x'00' WHERE id = 1")
        alter(desk, dict(triggers.guards())[guard])
        qtbot.waitUntil(lambda: bool(told), timeout=30_000)
        assert told[0].tone == "bad" and told[0].hint.startswith(said)
        ways = [i18n._("Repair…"), i18n._("Restore backup…")]
        assert [words for words, _does in told[0].buttons] == ways
    finally:
        i18n.use("en")


def test_the_window_closes_while_it_looks(flow: Care, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: flow._looker.pid() is not None, timeout=30_000)
    flow.end()
    qtbot.waitUntil(lambda: flow._looker.pid() is None)
