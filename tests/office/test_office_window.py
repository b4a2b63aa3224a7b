"""The window hears what others change on a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from office_samples import NOW, filled, listening
from PySide6.QtCore import QObject, Signal

from pressdesk.archive.office_presence import Presence
from pressdesk.archive.postgres import create_office, open_office
from pressdesk.base.address import split
from pressdesk.desk import opening
from pressdesk.desk.changes import View
from pressdesk.desk.editions import read
from pressdesk.gui.flows.cowriters import OtherWriters
from pressdesk.gui.flows.open_edition import OpenEdition
from pressdesk.gui.flows.room import Room
from pressdesk.press.release import Edition, Release


class _Writing(QObject):
    """Says what is on the paper."""

    shown = Signal(object)


class Renderer:
    """Draws nothing."""

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def room(qtbot, office_url: str) -> Iterator[Room]:
    desk = create_office(office_url)
    filled(desk)
    desk.close()
    parent = QObject()
    made = Room(Renderer(), parent)
    yield made
    made.leave()


def test_a_change_by_others_is_told(qtbot, room: Room, office_url: str) -> None:
    room.enter(opening.enter(split(office_url)[0], now=NOW))
    qtbot.waitUntil(room.lanes.idle, timeout=30_000)
    other = open_office(office_url)
    with qtbot.waitSignal(room.touched, timeout=30_000) as told:
        other.releases.add(Release("news"), Edition("en", title="By somebody else"))
    other.close()
    assert told.args[0].moves(View.LIST) and len(told.args[0].releases) == 1


def test_what_is_saved_behind_the_first_look_is_told(qtbot, room: Room, office_url: str) -> None:
    other = open_office(office_url)

    def look() -> None:
        room.read(lambda _desk: other.releases.add(Release("news"), Edition("en")), added.append)

    added: list[object] = []
    room.entered.connect(look)
    with qtbot.waitSignal(room.others, timeout=10_000):
        room.enter(opening.enter(split(office_url)[0], now=NOW))
    qtbot.waitUntil(room.lanes.idle, timeout=30_000)
    assert added
    other.close()


def test_another_desk_ends_the_listening(qtbot, room: Room, office_url: str, tmp_path) -> None:
    before = listening()
    room.enter(opening.enter(split(office_url)[0], now=NOW))
    qtbot.waitUntil(lambda: len(listening() - before) == 1, timeout=30_000)
    room.enter(opening.enter(tmp_path / "own.pressdesk", now=NOW, create=True))
    qtbot.waitUntil(room.lanes.idle, timeout=30_000)
    assert not listening() - before


def test_who_writes_the_same_edition_is_named(
    qtbot, room: Room, office_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.enter(opening.enter(split(office_url)[0], now=NOW))
    assert room.archive is not None
    found = room.archive.releases.add(Release("news"), Edition("en", title="Written by two"))
    other = open_office(office_url)
    anna = Presence(other, "Анна Петрова")
    assert anna.begin(found.edition.id) is None
    writing = _Writing()
    writers = OtherWriters(room, writing)  # type: ignore[arg-type]  # only its signal is used
    current = OpenEdition(read(room.archive, found.release.id, "en"))
    with qtbot.waitSignal(writers.notice, timeout=30_000) as told:
        writing.shown.emit(current)
    assert "Анна Петрова" in told.args[0].what
    anna.end(found.edition.id)
    with qtbot.assertNotEmitted(writers.notice):
        writing.shown.emit(current)
        qtbot.waitUntil(writers._lane.idle, timeout=30_000)
    assert anna.begin(found.edition.id) is not None
    writers.end()
    qtbot.waitUntil(lambda: anna.begin(found.edition.id) is None, timeout=30_000)
    anna.close()
    other.close()
