"""Two wrote one release: both texts are shown, and whatever is chosen neither is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.desk import issuing, rescue, running, settling
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.gui.office.conflict_dialog import ConflictDialog
from pressdesk.press.listing import Query
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State
from tests.gui.people import DRAFT, NOW, rival

FIRST, SECOND = 1, 2
ONE, TWO = paragraph("The gauge is open."), paragraph("It stands on the left bank.")


# --- the dialog


def two_texts(how: settling.How = "saved") -> settling.Other:
    mine = replace(DRAFT, title="Mine", body=Document((ONE, paragraph("It stands on my bank."))))
    return rival(mine, replace(DRAFT, title="Theirs", body=Document((ONE, TWO))), how)


def press(dialog: ConflictDialog, words: str) -> None:
    found = next(b for b in dialog.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def said(dialog: ConflictDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def shown(qtbot: QtBot, other: settling.Other) -> ConflictDialog:
    dialog = ConflictDialog(other, "Saved text · 14:02 · Maria Hofer")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_both_texts_are_shown_word_by_word_with_author_and_time(qtbot: QtBot) -> None:
    dialog = shown(qtbot, two_texts())
    assert "Saved text · 14:02 · Maria Hofer" in said(dialog)
    text = dialog.pane.view.toPlainText()
    assert "Headline" in text and "It stands on the left\u200amy bank." in text
    dialog.pane.beside.setChecked(True)
    text = dialog.pane.view.toPlainText()
    assert "It stands on the left bank." in text and "It stands on my bank." in text


@pytest.mark.parametrize(
    ("how", "button", "signal"),
    [
        ("saved", "Keep mine", "mine_chosen"),
        ("saved", "Use theirs", "theirs_chosen"),
        ("saved", "Save mine as a new release", "both_chosen"),
        ("issued", "Save mine as the next edition", "mine_chosen"),
        ("issued", "Keep the issued text", "theirs_chosen"),
        ("trashed", "Leave in trash", "theirs_chosen"),
    ],
)
def test_each_button_says_what_it_does(
    qtbot: QtBot, how: settling.How, button: str, signal: str
) -> None:
    dialog = shown(qtbot, two_texts(how))
    with qtbot.waitSignal(getattr(dialog, signal)):
        press(dialog, button)
    assert not dialog.isVisible()


def test_no_key_decides_by_accident(qtbot: QtBot) -> None:
    dialog = shown(qtbot, two_texts())
    heard: list[str] = []
    for signal in (dialog.mine_chosen, dialog.theirs_chosen, dialog.both_chosen):
        signal.connect(lambda: heard.append("chosen"))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(dialog.pane.view, key)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not heard and not dialog.isVisible()


# --- the whole window


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    for title in ("On the gauge", "On the river"):
        archive.releases.add(Release("news"), Edition("en", title=title, body=Document((ONE, TWO))))
    archive.close()
    return path


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as made:
        made.writing.open(FIRST, "en")
        qtbot.waitUntil(lambda: on_paper(made) == FIRST and made.settled(), timeout=10_000)
        yield made


@pytest.fixture
def other(desk: Path) -> Iterator[Archive]:
    """Another program on the same desk."""
    archive = open_desk(desk)
    archive.sign("Maria Hofer")
    yield archive
    archive.close()


def on_paper(window: DeskWindow) -> int:
    return window.writing.current.release.id if window.writing.current else 0


def save_theirs(other: Archive, title: str = "Theirs") -> None:
    release, edition = other.releases.find(FIRST, language="en").current()
    other.releases.save(release, replace(edition, title=title))


def asked(window: DeskWindow, qtbot: QtBot) -> ConflictDialog:
    """The dialog, once it is there."""

    def found() -> ConflictDialog | None:
        shown = [d for d in window.main.findChildren(ConflictDialog) if d.isVisible()]
        return shown[0] if shown else None

    qtbot.waitUntil(lambda: found() is not None, timeout=10_000)
    dialog = found()
    assert dialog is not None
    return dialog


def type_mine(window: DeskWindow, text: str = "mine ") -> None:
    QTest.keyClicks(window.paper.text, text)
    window.writing.flush()


def titles_and_texts(other: Archive) -> str:
    """Everything that can be found in the desk, as one text."""
    out = []
    for row in other.releases.page(Query(), now=NOW):
        there = other.releases.look(row.id, "en")
        for number in range(1, there.edition.number + 1):
            edition = other.releases.find(row.id, language="en", number=number).edition
            for one in other.releases.revisions(edition.id):
                text = other.releases.revision(one.id)[1]
                out += [text.title, plain(text.body)]
        out += [there.current()[1].title, plain(there.current()[1].body)]
    return "\n".join(out)


def done(window: DeskWindow, qtbot: QtBot, title: str) -> None:
    """The text of this headline is on the paper and everything is written."""
    qtbot.waitUntil(
        lambda: (
            window.settled()
            and window.writing.current is not None
            and window.writing.current.edition.title == title
        ),
        timeout=10_000,
    )


def files() -> list[Path]:
    return list(rescue.folder().glob("*.json"))


@pytest.mark.parametrize(
    ("button", "title"),
    [
        ("Keep mine", "On the gauge"),
        ("Use theirs", "Theirs"),
        ("Save mine as a new release", "On the gauge"),
    ],
)
def test_whatever_is_chosen_both_texts_are_in_the_desk_and_the_file_goes(
    window: DeskWindow, other: Archive, qtbot: QtBot, button: str, title: str
) -> None:
    save_theirs(other)
    type_mine(window)
    dialog = asked(window, qtbot)
    assert "Maria Hofer" in said(dialog)
    qtbot.waitUntil(lambda: len(files()) == 1, timeout=10_000)
    press(dialog, button)
    done(window, qtbot, title)
    found = titles_and_texts(other)
    assert "mine The gauge" in found and "Theirs" in found
    assert files() == []
    window.writing.put("place", "Vienna")  # and writing goes on
    window.commands["save"].trigger()
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert not any(d.isVisible() for d in window.main.findChildren(ConflictDialog))


def test_decided_later_the_text_stays_and_every_word_is_in_the_file(
    window: DeskWindow,
    other: Archive,
    qtbot: QtBot,
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save_theirs(other)
    type_mine(window)
    press(asked(window, qtbot), "Decide later")
    notice = window.middle.notices.current()
    assert notice is not None and "Choose which one to keep" in notice.what
    QTest.keyClicks(window.paper.text, "still ")
    qtbot.waitUntil(lambda: "mine still" in read_file(), timeout=10_000)
    assert plain(window.paper.tree()).startswith("mine still The gauge")
    assert other.releases.find(FIRST).edition.title == "Theirs"
    # killed now, the text comes back at the next opening as a release of its own
    monkeypatch.setattr(running, "alive", lambda _pid: False)
    reader = open_desk(desk)
    assert rescue.take_in(reader) == ("On the gauge",)
    reader.close()
    assert "mine still The gauge" in titles_and_texts(other)


def read_file() -> str:
    """The one file of the text that waits, "" before there is one."""
    found = files()
    assert len(found) < 2
    return found[0].read_text(encoding="utf-8") if found else ""


def test_a_second_window_does_not_take_the_file_of_one_that_still_runs(
    window: DeskWindow, other: Archive, qtbot: QtBot
) -> None:
    save_theirs(other)
    type_mine(window)
    press(asked(window, qtbot), "Decide later")
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert rescue.take_in(other) == ()
    assert len(files()) == 1


def test_a_save_after_deciding_later_asks_again_and_overwrites_nothing(
    window: DeskWindow, other: Archive, qtbot: QtBot
) -> None:
    release, edition = other.releases.find(FIRST, language="en").current()
    other.releases.keep(release, replace(edition, title="Only kept"))
    type_mine(window)
    dialog = asked(window, qtbot)
    assert "another window" in said(dialog)
    dialog.reject()
    qtbot.wait(10)
    window.commands["save"].trigger()
    again = asked(window, qtbot)
    kept = other.releases.find(FIRST, language="en").kept
    assert kept is not None and kept.edition.title == "Only kept"
    press(again, "Keep mine")
    qtbot.waitUntil(lambda: "Only kept" in titles_and_texts(other), timeout=10_000)
    done(window, qtbot, "On the gauge")


def test_a_third_save_while_the_dialog_is_open_is_shown_too(
    window: DeskWindow, other: Archive, qtbot: QtBot
) -> None:
    save_theirs(other)
    type_mine(window)
    first = asked(window, qtbot)
    save_theirs(other, "Third")
    press(first, "Keep mine")
    qtbot.waitUntil(lambda: not first.isVisible(), timeout=10_000)
    second = asked(window, qtbot)
    assert "Third" in second.pane.view.toPlainText()
    assert "mine" not in titles_and_texts(other)
    press(second, "Keep mine")
    done(window, qtbot, "On the gauge")
    found = titles_and_texts(other)
    assert all(text in found for text in ("Theirs", "Third", "mine The gauge"))


@pytest.mark.parametrize("button", ["Save mine as the next edition", "Keep the issued text"])
def test_issued_while_the_dialog_is_open(
    window: DeskWindow, other: Archive, qtbot: QtBot, button: str
) -> None:
    save_theirs(other)
    type_mine(window)
    first = asked(window, qtbot)
    filed = other.releases.find(FIRST, language="en")
    issuing.issue(other, filed.release, filed.edition, now=NOW)
    press(first, "Keep mine")
    press(asked(window, qtbot), button)
    done(window, qtbot, "On the gauge")
    out = other.releases.find(FIRST, language="en", number=1).edition
    assert (out.title, out.state) == ("Theirs", State.ISSUED)
    assert "mine The gauge" in titles_and_texts(other)
    assert on_paper(window) == (FIRST if "next" in button else 3)


def test_trashed_while_the_dialog_is_open(window: DeskWindow, other: Archive, qtbot: QtBot) -> None:
    save_theirs(other)
    type_mine(window)
    first = asked(window, qtbot)
    other.trash.put(FIRST)
    press(first, "Use theirs")
    qtbot.waitUntil(lambda: on_paper(window) == 3, timeout=10_000)
    assert "mine The gauge" in titles_and_texts(other)
    other.trash.restore(FIRST)
    assert "Theirs" in titles_and_texts(other)


def test_deleted_for_good_while_the_dialog_is_open(
    window: DeskWindow, other: Archive, qtbot: QtBot
) -> None:
    save_theirs(other)
    type_mine(window)
    first = asked(window, qtbot)
    other.trash.put(FIRST)
    other.trash.purge(NOW.replace(year=2100))
    press(first, "Keep mine")
    qtbot.waitUntil(lambda: on_paper(window) == 3, timeout=10_000)
    assert "mine The gauge" in titles_and_texts(other)


def test_the_same_text_saved_twice_asks_nobody(
    window: DeskWindow, other: Archive, qtbot: QtBot
) -> None:
    save_theirs(other, "Same")
    window.writing.put("title", "Same")
    window.writing.flush()
    done(window, qtbot, "Same")
    qtbot.waitUntil(lambda: files() == [], timeout=10_000)
    assert not window.main.findChildren(ConflictDialog)
    assert len(other.releases.revisions(FIRST)) == 2


@pytest.mark.parametrize("put_off", [False, True], ids=["not yet asked", "decided later"])
def test_left_undecided_the_text_is_a_release_of_its_own(
    window: DeskWindow, other: Archive, qtbot: QtBot, put_off: bool
) -> None:
    save_theirs(other)
    QTest.keyClicks(window.paper.text, "mine ")
    if put_off:
        window.writing.flush()
        asked(window, qtbot).reject()
        QTest.keyClicks(window.paper.text, "too ")
    window.writing.open(SECOND)
    qtbot.waitUntil(lambda: on_paper(window) == SECOND and window.settled(), timeout=10_000)
    rows = other.releases.page(Query(), now=NOW)
    assert len(rows) == 3
    assert "mine" in titles_and_texts(other)
    assert ("mine too" in titles_and_texts(other)) is put_off
    assert not any(d.isVisible() for d in window.main.findChildren(ConflictDialog))
    assert files() == []
    notice = window.middle.notices.current()
    assert notice is None or "decision" not in notice.what


def test_a_program_that_ends_undecided_leaves_one_file_with_the_last_word(
    window: DeskWindow, other: Archive, qtbot: QtBot
) -> None:
    save_theirs(other)
    type_mine(window)
    asked(window, qtbot).reject()
    QTest.keyClicks(window.paper.text, "last ")
    window.end()
    assert "mine last" in read_file()
    assert rescue.take_in(other) == ("On the gauge",)
    assert files() == []
