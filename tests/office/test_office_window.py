"""The window hears what others change on a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from office_samples import NOW, filled, listening
from PySide6.QtCore import QObject, Signal

from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.archive.server.presence import Presence
from pressdesk.base.address import split
from pressdesk.desk import opening
from pressdesk.desk.changes import View
from pressdesk.desk.editions import read
from pressdesk.gui.frame.session import Session
from pressdesk.gui.office.cowriters import OtherWriters
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.press.release import Edition, Release


class _Writing(QObject):
    """Says what is on the paper."""

    shown = Signal(object)


class Renderer:
    """Draws nothing."""

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def session(qtbot, office_url: str) -> Iterator[Session]:
    desk = create_office(office_url)
    filled(desk)
    desk.close()
    parent = QObject()
    made = Session(Renderer(), parent)
    yield made
    made.leave()


def test_a_change_by_others_is_told(qtbot, session: Session, office_url: str) -> None:
    session.enter(opening.enter(split(office_url)[0], now=NOW))
    qtbot.waitUntil(session.lanes.idle, timeout=30_000)
    other = open_office(office_url)
    with qtbot.waitSignal(session.touched, timeout=30_000) as told:
        other.releases.add(Release("news"), Edition("en", title="By somebody else"))
    other.close()
    assert told.args[0].moves(View.LIST) and len(told.args[0].releases) == 1


def test_the_house_style_of_others_is_told(qtbot, session: Session, office_url: str) -> None:
    """In a list it says in which order the languages of a row come."""
    session.enter(opening.enter(split(office_url)[0], now=NOW))
    qtbot.waitUntil(session.lanes.idle, timeout=30_000)
    other = open_office(office_url)
    house = other.houses.get()
    with qtbot.waitSignal(session.touched, timeout=30_000) as told:
        other.houses.save(replace(house, languages=("ru", "en")))
    other.close()
    assert told.args[0].moves(View.LIST) and not told.args[0].releases


def test_what_is_saved_behind_the_first_look_is_told(
    qtbot, session: Session, office_url: str
) -> None:
    other = open_office(office_url)

    def look() -> None:
        session.read(lambda _desk: other.releases.add(Release("news"), Edition("en")), added.append)

    added: list[object] = []
    session.entered.connect(look)
    with qtbot.waitSignal(session.others, timeout=10_000):
        session.enter(opening.enter(split(office_url)[0], now=NOW))
    qtbot.waitUntil(session.lanes.idle, timeout=30_000)
    assert added
    other.close()


def test_another_desk_ends_the_listening(
    qtbot, session: Session, office_url: str, tmp_path
) -> None:
    before = listening()
    session.enter(opening.enter(split(office_url)[0], now=NOW))
    qtbot.waitUntil(lambda: len(listening() - before) == 1, timeout=30_000)
    session.enter(opening.enter(tmp_path / "own.pressdesk", now=NOW, create=True))
    qtbot.waitUntil(session.lanes.idle, timeout=30_000)
    assert not listening() - before


def test_who_writes_the_same_edition_is_named(
    qtbot, session: Session, office_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.enter(opening.enter(split(office_url)[0], now=NOW))
    assert session.archive is not None
    found = session.archive.releases.add(Release("news"), Edition("en", title="Written by two"))
    other = open_office(office_url)
    anna = Presence(other, "Анна Петрова")
    assert anna.begin(found.edition.id) is None
    writing = _Writing()
    writers = OtherWriters(session, writing)  # type: ignore[arg-type]  # only its signal is used
    current = OpenEdition(read(session.archive, found.release.id, "en"))
    with qtbot.waitSignal(writers.notice, timeout=30_000) as told:
        writing.shown.emit(current)
    assert "Анна Петрова" in told.args[0].what
    anna.end(found.edition.id)
    with qtbot.assertNotEmitted(writers.notice):
        writing.shown.emit(current)
        qtbot.waitUntil(session.lanes.outside.idle, timeout=30_000)
    assert anna.begin(found.edition.id) is not None
    writers.end()
    qtbot.waitUntil(lambda: anna.begin(found.edition.id) is None, timeout=30_000)
    anna.close()
    other.close()
