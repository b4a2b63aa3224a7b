"""An answer that comes after its dialog was left reaches the window, and nobody that is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import drafting
from pressdesk.gui.desks.house_dialog import HouseDialog
from pressdesk.gui.desks.settings_dialog import SettingsDialog
from pressdesk.gui.desks.trash_dialog import TrashDialog
from pressdesk.gui.details.contacts_dialog import ContactsDialog
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.frame.tasks import Tasks
from pressdesk.gui.importing.review import ImportReview
from pressdesk.gui.output.export_dialog import ExportDialog
from pressdesk.gui.paper.issue_dialog import IssueDialog
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.translated import Translated

FIRST, SECOND, THROWN = 1, 2, 3


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    archive.contacts.save(Contact(name=Translated.of(en="Maria Hofer")))
    for uid in ("a", "b", "c"):
        archive.releases.add(
            Release(kind="news", uid=f"r{uid}"), Edition("en", uid=f"e{uid}", title=f"On {uid}")
        )
    drafting.trash(archive, THROWN)
    archive.close()
    return path


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as shown:
        shown.writing.open(FIRST)
        qtbot.waitUntil(lambda: on_paper(shown) == FIRST and shown.settled(), timeout=10_000)
        yield shown


def on_paper(window: DeskWindow) -> int:
    current = window.writing.current
    return current.release.id if current is not None else 0


@contextmanager
def held(qtbot: QtBot, window: DeskWindow) -> Iterator[None]:
    """Every lane stands still until the block ends; then all that was asked for is answered."""
    gate, lanes = Event(), window.session.lanes
    every = (lanes.read, lanes.write, lanes.render, lanes.outside, lanes.background)
    for lane, turn in zip(every, ("", "", "", "import", "copies"), strict=True):
        lane.run(window.session, gate.wait, lambda _done: None, window.session.failed, turn=turn)
    try:
        yield
    finally:
        gate.set()
    qtbot.waitUntil(lambda: all(lane.idle() for lane in every), timeout=20_000)
    qtbot.waitUntil(window.settled, timeout=20_000)


def shown(qtbot: QtBot, window: DeskWindow, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: window.main.findChild(kind) is not None, timeout=10_000)
    found = window.main.findChild(kind)
    assert found is not None
    qtbot.waitUntil(found.isVisible, timeout=10_000)
    return found


def gone(dialog: QDialog) -> None:
    """Left, and deleted as the event loop would."""
    dialog.close()
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not Shiboken.isValid(dialog)


def stored(desk: Path) -> tuple[str, ...]:
    archive = open_desk(desk)
    found = tuple(one.name.into("en") for one in archive.contacts.all())
    archive.close()
    return found


def press(dialog: QDialog, words: str) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == words)
    button.click()


def new_contact(qtbot: QtBot, window: DeskWindow) -> ContactsDialog:
    window.form.new_contact_requested.emit()
    dialog = shown(qtbot, window, ContactsDialog)
    assert isinstance(dialog, ContactsDialog)
    QTest.keyClicks(dialog.page.lines[("name", "en")], "Anna Berg")
    return dialog


def names(window: DeskWindow) -> list[str]:
    return [one.name.into("en") for one in window.session.contacts]


def contacts_of(window: DeskWindow, release_id: int) -> tuple[int, ...]:
    assert window.session.archive is not None
    return window.session.archive.releases.find(release_id).current()[1].contacts


def test_a_new_contact_lands_on_its_release_though_the_dialog_is_left(
    qtbot: QtBot, window: DeskWindow, desk: Path
) -> None:
    dialog = new_contact(qtbot, window)
    with held(qtbot, window):
        press(dialog, "Save")
        gone(dialog)
    assert names(window) == ["Anna Berg", "Maria Hofer"] and len(stored(desk)) == 2
    current = window.writing.current
    assert current is not None and current.edition.contacts == (2,)
    window.writing.flush()
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert contacts_of(window, FIRST) == (2,)


def test_a_new_contact_lands_on_its_release_though_another_is_open_by_then(
    qtbot: QtBot, window: DeskWindow
) -> None:
    dialog = new_contact(qtbot, window)
    with held(qtbot, window):
        window.writing.open(SECOND)
        press(dialog, "Save")
        gone(dialog)
    qtbot.waitUntil(lambda: on_paper(window) == SECOND and window.settled(), timeout=10_000)
    assert contacts_of(window, FIRST) == (2,) and contacts_of(window, SECOND) == ()


def test_a_contact_that_is_not_saved_is_not_stored(
    qtbot: QtBot, window: DeskWindow, desk: Path
) -> None:
    dialog = new_contact(qtbot, window)
    dialog.close()
    press(dialog, "Discard")
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert stored(desk) == ("Maria Hofer",) and contacts_of(window, FIRST) == ()


def test_a_contact_that_is_refused_after_the_dialog_was_left_is_told(
    qtbot: QtBot, window: DeskWindow, desk: Path
) -> None:
    window.people.contacts()
    dialog = shown(qtbot, window, ContactsDialog)
    assert isinstance(dialog, ContactsDialog)
    told: list[str] = []
    window.session.trouble.connect(lambda what, _hint: told.append(what))
    with held(qtbot, window):
        QTest.keyClicks(dialog.page.lines[("role", "en")], "Spokeswoman")
        press(dialog, "Save")
        gone(dialog)
        other = open_desk(desk)
        other.contacts.save(replace(other.contacts.all()[0], public=False))
        other.close()
    assert told == ["This contact was changed elsewhere since you opened it."]


def retire(dialog: QDialog) -> None:
    press(dialog, "Retire")


def rename(dialog: QDialog) -> None:
    assert isinstance(dialog, HouseDialog)
    named = Translated.of(en="River Office")
    dialog.save_requested.emit(replace(dialog.house(), organisation=named))


def restore(dialog: QDialog) -> None:
    press(dialog, "Restore")


def drop_folder(dialog: QDialog) -> None:
    assert isinstance(dialog, SettingsDialog)
    dialog.copies.folder_dropped.emit()


def reread(dialog: QDialog) -> None:
    assert isinstance(dialog, ImportReview)
    dialog.encoding_chosen.emit("cp1251")


def write_files(dialog: QDialog) -> None:
    press(dialog, "Export")


def issue(dialog: QDialog) -> None:
    press(dialog, "Issue")


Open = Callable[[DeskWindow, Path], object]
STORIES: dict[str, tuple[type[QDialog], Open, Callable[[QDialog], None]]] = {
    "contacts": (ContactsDialog, lambda w, _p: w.people.contacts(), retire),
    "house": (HouseDialog, lambda w, _p: w.house_style.ask(), rename),
    "trash": (TrashDialog, lambda w, _p: w.trash.ask(), restore),
    "settings": (SettingsDialog, lambda w, _p: w.preferences.ask(), drop_folder),
    "import": (ImportReview, lambda w, p: w.importing.files([str(p / "dump.txt")]), reread),
    "export": (ExportDialog, lambda w, _p: w.exporting.export(), write_files),
    "issue": (IssueDialog, lambda w, _p: w.issuing.ask(), issue),
}


@pytest.mark.parametrize("story", list(STORIES))
def test_no_answer_reaches_a_dialog_that_is_gone(
    qtbot: QtBot, window: DeskWindow, tmp_path: Path, story: str
) -> None:
    (tmp_path / "dump.txt").write_text("On the river\n\nIt rises.\n\nPress Office")
    kind, open_it, begin = STORIES[story]
    open_it(window, tmp_path)
    dialog = shown(qtbot, window, kind)
    with qtbot.captureExceptions() as caught:
        with held(qtbot, window):
            begin(dialog)
            gone(dialog)
        QTest.qWait(0)
    assert caught == []
    if story == "contacts":
        assert [one.retired for one in window.session.contacts] == [True]
    if story == "house":
        assert window.session.house.organisation.into("en") == "River Office"
    if story == "trash":
        qtbot.waitUntil(lambda: on_paper(window) == THROWN, timeout=10_000)
        qtbot.waitUntil(lambda: window.panel.count() == 3, timeout=10_000)


@pytest.mark.parametrize("change", ["contact", "house"])
def test_one_s_own_change_is_nobody_elses(qtbot: QtBot, window: DeskWindow, change: str) -> None:
    """Issuing follows the change at once: nothing of it was read again by then."""
    told: list[str] = []
    window.session.trouble.connect(lambda what, _hint: told.append(what))
    if change == "contact":
        dialog: QDialog = new_contact(qtbot, window)
    else:
        window.house_style.ask()
        dialog = shown(qtbot, window, HouseDialog)
    gate, reads = Event(), window.session.lanes.read
    reads.run(window.session, gate.wait, lambda _done: None, window.session.failed)
    if change == "contact":
        press(dialog, "Save")
    else:
        rename(dialog)
    gone(dialog)
    window.issuing.ask()
    try:
        qtbot.waitUntil(lambda: bool(told or window.main.findChild(IssueDialog)), timeout=10_000)
    finally:
        gate.set()
    assert told == []
    shown(qtbot, window, IssueDialog).close()


def test_another_windows_change_is_told_before_issuing(
    qtbot: QtBot, window: DeskWindow, desk: Path
) -> None:
    other = open_desk(desk)
    other.contacts.save(replace(other.contacts.all()[0], public=False))
    other.close()
    with qtbot.waitSignal(window.session.trouble, timeout=10_000) as told:
        window.issuing.ask()
    assert "in another window" in told.args[0]


@contextmanager
def another_desk(qtbot: QtBot, window: DeskWindow, lane: Tasks, turn: str = "") -> Iterator[None]:
    """What is asked for inside is answered when another desk is open."""
    session, gate = window.session, Event()
    lane.run(session, gate.wait, lambda _done: None, session.failed, turn=turn)
    assert session.archive is not None
    other = session.archive.path.with_name("other.pressdesk")
    create(other).close()
    try:
        yield
        window.desks.open(other)
        qtbot.waitUntil(lambda: window.desk_path() == other, timeout=20_000)
    finally:
        gate.set()
    qtbot.waitUntil(lambda: lane.idle(turn), timeout=20_000)
    qtbot.waitUntil(window.settled, timeout=20_000)


def dialogs(window: DeskWindow) -> list[str]:
    return [type(one).__name__ for one in window.main.findChildren(QDialog) if one.isVisible()]


def test_no_export_of_the_desk_before_is_asked_for(qtbot: QtBot, window: DeskWindow) -> None:
    with another_desk(qtbot, window, window.session.lanes.render):
        window.exporting.export()
    assert dialogs(window) == []


def test_no_backup_of_the_desk_before_can_be_put_in_the_place_of_this_one(
    qtbot: QtBot, window: DeskWindow
) -> None:
    with another_desk(qtbot, window, window.session.lanes.background, "backup"):
        window.care.choose_backup()
    assert dialogs(window) == []


def test_no_check_of_the_desk_before_speaks_of_this_one(qtbot: QtBot, window: DeskWindow) -> None:
    told: list[Notice] = []
    with another_desk(qtbot, window, window.session.lanes.background, "backup"):
        window.care.check()
        window.care.notice.connect(told.append)
    assert told == []


def test_no_page_of_a_release_that_was_left_is_shown(qtbot: QtBot, window: DeskWindow) -> None:
    window.main.show_side("page")
    qtbot.waitUntil(lambda: window.page.pages.position()[1] > 0, timeout=20_000)
    session, gate = window.session, Event()
    session.lanes.render.run(session, gate.wait, lambda _done: None, session.failed)
    window.previewing.refresh()
    window.writing.close()
    gate.set()
    qtbot.waitUntil(window.settled, timeout=20_000)
    assert window.page.pages.position() == (0, 0)


def test_the_trash_shows_what_is_on_its_way_there(qtbot: QtBot, window: DeskWindow) -> None:
    gate, lanes = Event(), window.session.lanes
    lanes.write.run(window.session, gate.wait, lambda _done: None, window.session.failed)
    try:
        window.starting.trash(SECOND)
        window.trash.ask()
        qtbot.waitUntil(lanes.read.idle, timeout=10_000)
    finally:
        gate.set()
    dialog = shown(qtbot, window, TrashDialog)
    titles = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"On b", "On c"} <= set(titles)
    dialog.close()
