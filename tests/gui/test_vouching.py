"""A row that says something else than what was issued is told of, in the list and among hits."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import contents, issuing
from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Two issued, of which the second has a next edition begun, and a draft."""
    path = tmp_path / "office.pressdesk"
    with closing(create(path)) as archive:
        for number in (1, 2, 3):
            body = Document((Paragraph((Text("The river falls."),)),))
            day = date(2026, 11, number)
            text = Edition("en", title=f"Water {number}", date=day, body=body)
            filed = archive.releases.add(Release("news"), text)
            if number < 3:
                issuing.issue(archive, filed.release, filed.edition, now=NOW)
        archive.releases.next_edition(2, "en")
    return path


def alter(path: Path, order: str) -> None:
    """By somebody who knows how: the guards are put back as they were."""
    with closing(sqlite3.connect(path)) as bare, bare:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        guards = bare.execute(query).fetchall()
        for name, _sql in guards:
            bare.execute(f'DROP TRIGGER "{name}"')
        bare.execute(order)
        for _name, sql in guards:
            bare.execute(sql)


FORGED = (
    "UPDATE listed SET title = 'Forged' WHERE release_id = 1",
    "UPDATE listed SET date = '2026-10-31' WHERE release_id = 1",
    "UPDATE listed SET state = 'draft' WHERE release_id = 1",
    "UPDATE listed SET language = 'ru' WHERE release_id = 1",
    "UPDATE release SET kind = 'speech' WHERE id = 1",
    "UPDATE release SET reference = 'PR 9999/1' WHERE id = 1",
    "UPDATE edition SET embargo_at = '2030-01-01 00:00:00.000000' WHERE release_id = 1",
    "UPDATE listed SET state = 'issued' WHERE release_id = 3",
)


@pytest.mark.parametrize("order", FORGED)
def test_what_a_row_says_otherwise_is_found(desk: Path, order: str) -> None:
    with closing(open_desk(desk)) as archive:
        whole = archive.releases.page(Query(), now=NOW)
        assert len(whole) == 3
        assert contents.altered(archive, whole) == ()
    alter(desk, order)
    with closing(open_desk(desk, read_only=True)) as archive:
        rows = archive.releases.page(Query(), now=NOW)
        named = 3 if "= 3" in order else 1
        assert [row.id for row in contents.altered(archive, rows)] == [named]


def test_a_row_that_was_read_before_its_text_was_issued_is_no_forgery(desk: Path) -> None:
    with closing(open_desk(desk)) as archive:
        late = archive.releases.page(Query(), now=NOW)
        filed = archive.releases.find(3)
        typed = replace(filed.edition, title="Typed on")
        issuing.issue(archive, filed.release, typed, now=NOW)
        assert contents.altered(archive, late) == ()


def test_the_list_warns_once(qtbot: QtBot, desk: Path) -> None:
    alter(desk, FORGED[0])
    with window_on(qtbot, desk) as window:
        told: list[str] = []
        window.session.trouble.connect(lambda what, _hint: told.append(what))
        window.browsing.listing.refresh()
        window.browsing.listing.refresh()
        qtbot.waitUntil(lambda: window.session.lanes.background.idle("vouching"))
        assert told == []  # it was told when the desk came up
        notice = window.middle.notices.current()
        assert notice is not None and "Forged" in notice.what


def test_hits_warn_too(qtbot: QtBot, desk: Path) -> None:
    with window_on(qtbot, desk) as window:
        told: list[str] = []
        window.session.trouble.connect(lambda what, _hint: told.append(what))
        alter(desk, "UPDATE edition SET title = 'Forged' WHERE release_id = 1")
        window.search.setText("water")
        window.search.searched.emit("water")
        qtbot.waitUntil(lambda: bool(told))
        assert "Forged" in told[0]
