"""What others do on a server is seen in a real window: how soon, and what becomes of one's text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server.postgres import create_office
from pressdesk.base.address import split
from pressdesk.base.settings import Settings
from pressdesk.desk.editions import read
from pressdesk.desk.rendering import Renderer
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.office.conflict_dialog import ConflictDialog
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.press.compose import compose
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.translated import Translated
from tests.house.spent import counted, kept, quiet

SOON = 30_000
CHANGES = 20


@pytest.fixture
def near(office_url: str) -> Iterator[Archive]:
    """What another person has open: the same desk, with thirty drafts."""
    desk = create_office(office_url)
    desk.sign("Anna")
    body = Document(tuple(paragraph(f"Paragraph {n}. " + "It rises. " * 40) for n in range(12)))
    for number in range(30):
        desk.releases.add(Release("news"), Edition("en", title=f"Draft {number}", body=body))
    yield desk
    desk.close()


@pytest.fixture
def window(qtbot: QtBot, near: Archive, office_url: str) -> Iterator[DeskWindow]:
    """A window on it, with release 1 on the paper and the line to the server standing."""
    main = MainWindow(tokens(False))
    qtbot.addWidget(main)
    shown = DeskWindow(main, Renderer(), Settings())
    heard: list[bool] = []
    shown.session.reachable.connect(heard.append)
    main.show()
    shown.start(split(office_url)[0], (1, "en"))
    qtbot.waitUntil(lambda: shown.listed and shown.settled() and bool(heard), timeout=SOON)
    qtbot.waitUntil(lambda: on_paper(shown) == 1 and shown.settled(), timeout=SOON)
    yield shown
    shown.end()


def on_paper(window: DeskWindow) -> int:
    return window.writing.current.release.id if window.writing.current else 0


def listed(window: DeskWindow, release_id: int) -> str:
    row = window.panel._model._row(release_id)
    return row.first.title if row is not None else ""


def notice(window: DeskWindow) -> str:
    shown = window.middle.notices.current()
    return shown.what if shown else ""


def save(desk: Archive, release_id: int, **changed: object) -> None:
    filed = desk.releases.find(release_id)
    desk.releases.save(filed.release, replace(filed.edition, **changed))


@pytest.fixture
def tell(office_url: str, near: Archive) -> Iterator[Callable[[str], None]]:
    """Another process; it answers once it has committed."""
    program = Path(__file__).with_name("other_person.py")
    order = [sys.executable, str(program), office_url]
    pipe = subprocess.PIPE
    with subprocess.Popen(order, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin is not None and other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        stdin, stdout = other.stdin, other.stdout

        def say(line: str) -> None:
            stdin.write(line + "\n")
            stdin.flush()
            assert stdout.readline() == "saved\n"

        yield say
        stdin.close()


def test_a_change_of_another_process_comes_into_the_list_by_itself(
    window: DeskWindow, qtbot: QtBot, tell: Callable[[str], None]
) -> None:
    for number in range(CHANGES):
        release_id, title = number % 29 + 2, f"Changed {number}"
        tell(f"{release_id} {title}")
        qtbot.waitUntil(lambda i=release_id, t=title: listed(window, i) == t, timeout=SOON)


LISTS = {"first", "whole", "counts", "topics", "embargo"}
"""What is read anew when more than a row may have changed."""


def test_a_letter_somebody_else_types_reads_its_row_and_no_list(
    window: DeskWindow, qtbot: QtBot, near: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet(window, qtbot)
    filed = near.releases.find(7)
    with counted(monkeypatch) as spent:
        near.releases.keep(filed.release, replace(filed.edition, title="Being typed"))
        qtbot.waitUntil(lambda: listed(window, 7) == "Being typed", timeout=SOON)
        quiet(window, qtbot)
        assert spent.jobs == ["touched"]
        near.releases.save(filed.release, replace(filed.edition, title="Saved"))
        qtbot.waitUntil(lambda: set(spent.jobs) >= LISTS, timeout=SOON)
    qtbot.waitUntil(lambda: listed(window, 7) == "Saved", timeout=SOON)


def test_what_one_keeps_and_saves_oneself_is_not_read_again(
    window: DeskWindow, qtbot: QtBot, near: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = near.releases.find(7)
    quiet(window, qtbot)
    heard: list[object] = []
    window.session.others.connect(heard.append)
    with counted(monkeypatch) as spent:
        QTest.keyClick(window.paper.text, "x")
        kept(window, qtbot)
        # Told in the order it was done: once this is here, an echo of ours would be, too.
        near.releases.keep(other.release, replace(other.edition, title="Being typed"))
        qtbot.waitUntil(lambda: listed(window, 7) == "Being typed", timeout=SOON)
        quiet(window, qtbot)
    assert spent.jobs == ["Session", "touched"]
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: window.writing.clean, timeout=SOON)
    near.releases.keep(other.release, replace(other.edition, title="Typed on"))
    qtbot.waitUntil(lambda: listed(window, 7) == "Typed on", timeout=SOON)
    # The save itself reads the list again; the call is looked at once a second.
    qtbot.waitUntil(lambda: len(heard) > 1, timeout=SOON)
    assert heard == [(7,), (7,)]


def test_a_text_nobody_types_in_is_shown_as_it_is_saved_elsewhere(
    window: DeskWindow, qtbot: QtBot, near: Archive
) -> None:
    text = window.paper.text
    text.move_to(text.document().findBlockByNumber(6).position() + 5)
    words = text.textCursor().block().text()
    filed = near.releases.find(1)
    more = (paragraph("A new first one."), *filed.edition.body.blocks)
    save(near, 1, title="By Anna", body=Document(more))
    qtbot.waitUntil(lambda: "Changed just now by Anna" in notice(window), timeout=SOON)
    assert window.paper.title() == "By Anna"
    cursor = text.textCursor()
    assert (cursor.block().text(), cursor.positionInBlock()) == (words, 5)
    assert cursor.blockNumber() == 7
    QTest.keyClicks(text, "on ")
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: len(near.releases.revisions(1)) == 3, timeout=SOON)
    assert "Paragon graph" not in plain(near.releases.find(1).edition.body)


def test_a_text_being_written_stays_and_is_told(
    window: DeskWindow, qtbot: QtBot, near: Archive
) -> None:
    window.writing._timer.setInterval(0)
    QTest.keyClicks(window.paper.text, "Mine ")
    window.writing._timer.stop()  # before autosave comes to ask
    save(near, 1, title="Theirs")
    qtbot.waitUntil(lambda: "saved by Anna" in notice(window), timeout=SOON)
    assert plain(window.paper.tree()).startswith("Mine ")
    assert window.paper.title() == "Draft 0"
    window.commands["save"].trigger()
    qtbot.waitUntil(lambda: window.main.findChild(ConflictDialog) is not None, timeout=SOON)
    dialog = window.main.findChild(ConflictDialog)
    assert dialog is not None
    dialog.theirs_chosen.emit()
    dialog.close()
    qtbot.waitUntil(lambda: window.paper.title() == "Theirs", timeout=SOON)
    qtbot.waitUntil(window.settled, timeout=SOON)


def test_ones_own_save_is_nobody_elses(window: DeskWindow, qtbot: QtBot, near: Archive) -> None:
    told: list[object] = []
    window.office.others.notice.connect(told.append)
    for number in range(3):
        QTest.keyClicks(window.paper.text, f"{number} ")
        window.commands["save"].trigger()
        qtbot.waitUntil(lambda n=number: len(near.releases.revisions(1)) == n + 2, timeout=SOON)
        qtbot.wait(300)
    assert told == []


def test_a_release_put_into_the_trash_elsewhere_leaves_the_paper(
    window: DeskWindow, qtbot: QtBot, near: Archive
) -> None:
    near.trash.put(1)
    qtbot.waitUntil(lambda: on_paper(window) == 0, timeout=SOON)
    assert "trash" in notice(window)


def test_an_edition_issued_elsewhere_cannot_be_written_on(
    window: DeskWindow, qtbot: QtBot, near: Archive
) -> None:
    filed = near.releases.find(1)
    now = datetime.now(UTC)
    near.releases.issue(filed.release, filed.edition, partial(compose, now=now), at=now)
    qtbot.waitUntil(
        lambda: bool(window.writing.current and not window.writing.current.editable), timeout=SOON
    )


def test_contacts_and_house_style_of_others_are_taken_in(
    window: DeskWindow, qtbot: QtBot, near: Archive
) -> None:
    near.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    qtbot.waitUntil(lambda: len(window.session.contacts) == 1, timeout=SOON)
    near.houses.save(replace(near.houses.get(), organisation=Translated.of(en="New name")))
    qtbot.waitUntil(
        lambda: window.session.house.organisation.into("en") == "New name", timeout=SOON
    )


def test_the_end_of_an_embargo_is_seen_though_nothing_is_written(
    window: DeskWindow, qtbot: QtBot, near: Archive
) -> None:
    filed, now = near.releases.find(1), datetime.now(UTC)
    until = Embargo((now + timedelta(seconds=4)).replace(microsecond=0), "UTC")
    filed = near.releases.save(replace(filed.release, embargo=until), filed.edition)
    near.releases.issue(filed.release, filed.edition, partial(compose, now=now), at=now)
    tag = window.paper.head._state
    qtbot.waitUntil(lambda: tag.text() == "Embargo", timeout=SOON)
    qtbot.waitUntil(lambda: tag.text() == "Issued", timeout=SOON)
    assert datetime.now(UTC) >= until.instant


def test_what_was_looked_up_before_ones_own_save_is_no_news(near: Archive) -> None:
    mine = OpenEdition(read(near, 1, "en"))
    before = near.releases.stands(mine.edition.id)
    assert before is not None and mine.known.follows(before)
    mine.put("title", "Mine")
    mine.stored.save(near, mine.attempt(""))
    assert mine.known.follows(before)
    save(near, 1, title="Theirs")
    after = near.releases.stands(mine.edition.id)
    assert after is not None and not mine.known.follows(after)
