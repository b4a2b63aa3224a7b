"""Stories of the whole window on a real desk: nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import changes, issuing
from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.document.tools import plain
from pressdesk.gui.paper.find_bar import FindBar
from pressdesk.press.release import Edition, Release
from pressdesk.press.translated import Translated

FIRST, SECOND = 1, 2


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "office.pressdesk"
    archive = create(path)
    for uid, title, text in (("a", "On the gauge", ""), ("b", "On the river", "It rises.")):
        body = Document((Paragraph((Text(text),)),)) if text else Document()
        archive.releases.add(
            Release(kind="news", uid=f"r{uid}"),
            Edition(language="en", uid=f"e{uid}", title=title, body=body),
        )
    archive.releases.add_language(FIRST, Edition(language="ru", uid="ru", title="О посте"))
    archive.close()
    return path


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as shown:
        yield shown


Go = Callable[..., None]


@pytest.fixture
def go(qtbot: QtBot, window: DeskWindow) -> Go:
    """Open a release and wait until it is on the paper."""

    def opened(release_id: int, language: str = "en") -> None:
        window.writing.open(release_id, language)
        qtbot.waitUntil(lambda: on_paper(window) == (release_id, language), timeout=10_000)
        qtbot.waitUntil(window.settled, timeout=10_000)

    return opened


def on_paper(window: DeskWindow) -> tuple[int, str]:
    current = window.writing.current
    return (current.release.id, current.edition.language) if current else (0, "")


def stored(window: DeskWindow, release_id: int, language: str = "en") -> str:
    assert window.session.archive is not None
    return plain(
        window.session.archive.releases.find(release_id, language=language).current()[1].body
    )


def other_window_saves(desk: Path) -> None:
    archive = open_desk(desk)
    release, edition = archive.releases.find(FIRST, language="en").current()
    archive.releases.save(release, replace(edition, title="Theirs"))
    archive.close()


def test_keys_that_fall_while_another_release_is_read_stay_with_the_first(
    window: DeskWindow, go: Go
) -> None:
    go(FIRST)
    window.writing.open(SECOND)
    QTest.keyClicks(window.paper.text, "late")
    go(SECOND)
    assert stored(window, FIRST) == "late" and stored(window, SECOND) == "It rises."


def test_languages_switched_while_typing_keep_every_key(
    window: DeskWindow, go: Go, qtbot: QtBot
) -> None:
    go(FIRST)
    for number, language in enumerate(("ru", "en", "ru", "en")):
        window.paper.head.language_chosen.emit(language)
        QTest.keyClicks(window.paper.text, str(number))
        qtbot.wait(5)
    qtbot.waitUntil(window.settled, timeout=10_000)
    window.writing.flush()
    qtbot.waitUntil(window.settled, timeout=10_000)
    both = stored(window, FIRST, "en") + stored(window, FIRST, "ru")
    assert sorted(both) == list("0123")


def test_a_date_still_being_typed_is_saved(window: DeskWindow, go: Go, qtbot: QtBot) -> None:
    go(FIRST)
    field = window.form.field("date")
    assert field is not None
    line = field.line  # type: ignore[attr-defined]  # the date's field has one line
    line.setFocus()
    QTest.keyClicks(line, "7 Dec 2026")
    window.commands["save"].trigger()
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert window.session.archive is not None
    date = window.session.archive.releases.find(FIRST, language="en").edition.date
    assert str(date) == "2026-12-07"


def test_a_desk_that_cannot_be_opened_leaves_the_paper_alone(
    window: DeskWindow, go: Go, tmp_path: Path, qtbot: QtBot
) -> None:
    go(FIRST)
    QTest.keyClicks(window.paper.text, "kept")
    foreign = tmp_path / "foreign.pressdesk"
    foreign.write_bytes(b"no desk at all" * 300)
    with qtbot.waitSignal(window.desks.notice, timeout=10_000):
        window.desks.open(foreign)
    assert on_paper(window) == (FIRST, "en") and plain(window.paper.tree()) == "kept"


def test_another_desk_takes_paper_title_and_list_with_it(
    window: DeskWindow, go: Go, tmp_path: Path, qtbot: QtBot
) -> None:
    go(FIRST)
    QTest.keyClicks(window.paper.text, "kept")
    with qtbot.waitSignal(window.session.entered, timeout=10_000):
        window.desks.open(tmp_path / "empty.pressdesk", create=True)
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert window.writing.current is None and window.panel.count() == 0
    assert window.main.windowTitle() == "empty – PressDesk"
    with qtbot.waitSignal(window.session.entered, timeout=10_000):
        window.desks.open(tmp_path / "office.pressdesk")
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert stored(window, FIRST) == "kept"


def test_what_cannot_go_to_the_trash_stays_on_the_paper(
    window: DeskWindow, go: Go, qtbot: QtBot
) -> None:
    go(SECOND)
    issue(window)
    go(SECOND)
    window.starting.next_edition()
    qtbot.waitUntil(lambda: bool(window.writing.current and window.writing.current.editable))
    with qtbot.waitSignal(window.session.trouble, timeout=10_000):
        window.commands["trash"].trigger()
    assert on_paper(window) == (SECOND, "en")


def issue(window: DeskWindow) -> None:
    archive = window.session.archive
    assert archive is not None
    filed = archive.releases.find(SECOND)
    issuing.issue(archive, filed.release, filed.edition, now=window.session.now())


def test_the_trash_gives_back_what_it_took(window: DeskWindow, go: Go, qtbot: QtBot) -> None:
    go(FIRST)
    QTest.keyClicks(window.paper.text, "kept")
    window.commands["trash"].trigger()
    qtbot.waitUntil(lambda: window.writing.current is None, timeout=10_000)
    window.starting.restore(FIRST)
    qtbot.waitUntil(lambda: on_paper(window)[0] == FIRST, timeout=10_000)
    assert plain(window.paper.tree()) == "kept"


def test_a_blank_draft_changes_its_language_instead_of_gaining_one(
    window: DeskWindow, go: Go, qtbot: QtBot
) -> None:
    troubles: list[str] = []
    window.session.trouble.connect(lambda what, _hint: troubles.append(what))
    window.starting.new("statement")
    qtbot.waitUntil(lambda: on_paper(window)[0] > SECOND, timeout=10_000)
    qtbot.waitUntil(window.settled, timeout=10_000)
    begun = on_paper(window)[0]
    window.paper.head.language_chosen.emit("ru")
    assert window.paper.text.isReadOnly()  # what was typed now would be in the draft that goes
    qtbot.waitUntil(lambda: on_paper(window) == (begun, "ru"), timeout=10_000)
    current = window.writing.current
    assert current is not None and current.release.kind == "statement"
    assert [row.language for row in current.languages] == ["ru"]
    qtbot.waitUntil(lambda: window.settled() and window.panel.count() == 3, timeout=10_000)
    assert window.session.archive is not None
    assert troubles == [] and window.session.archive.trash.all() == ()
    QTest.keyClicks(window.paper.text, "begun")
    window.writing.flush()
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert stored(window, begun, "ru") == "begun"


def test_a_release_that_goes_to_the_trash_elsewhere_is_no_trouble_of_its_history(
    window: DeskWindow, go: Go, qtbot: QtBot
) -> None:
    go(FIRST)
    troubles: list[str] = []
    window.session.trouble.connect(lambda what, _hint: troubles.append(what))
    assert window.session.archive is not None
    window.session.archive.trash.put(FIRST)
    window.session.touched.emit(changes.whole(FIRST))
    qtbot.waitUntil(window.settled, timeout=10_000)
    assert troubles == []


def test_a_written_draft_gains_the_language(window: DeskWindow, go: Go, qtbot: QtBot) -> None:
    go(SECOND)
    window.paper.head.language_chosen.emit("ru")
    qtbot.waitUntil(lambda: on_paper(window) == (SECOND, "ru"), timeout=10_000)
    current = window.writing.current
    assert current is not None and len(current.languages) == 2


def test_what_is_issued_shows_the_house_it_went_out_with(
    window: DeskWindow, go: Go, qtbot: QtBot
) -> None:
    go(SECOND)
    issue(window)
    archive = window.session.archive
    assert archive is not None
    house = archive.houses.get()
    archive.houses.save(replace(house, boilerplate=Translated((("en", "Another text"),))))
    with qtbot.waitSignal(window.session.house_changed, timeout=10_000):
        window.session.refresh_people()
    go(SECOND)
    field = window.form.field("boilerplate")
    assert field is not None
    said = [part.text() for part in field.findChildren(QLabel)]
    assert "Another text" not in said


def test_esc_closes_the_drawer(window: DeskWindow, go: Go) -> None:
    go(FIRST)
    window.main.resize(1100, 700)
    window.main.show_side("details")
    drawer = window.main.findChild(QFrame, "drawer")
    assert isinstance(drawer, QFrame) and drawer.isVisible()
    field = window.form.field("place")
    assert field is not None and field.main is not None
    QTest.keyClick(field.main, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert window.main.focusWidget() is window.paper.text


def test_tab_goes_from_what_is_sought_to_what_replaces_it(window: DeskWindow, go: Go) -> None:
    go(FIRST)
    window.commands["search"].trigger()
    bar = window.main.findChild(FindBar)
    assert bar is not None
    bar.open("river", True)
    first, second = bar.findChildren(QLineEdit)
    assert first.nextInFocusChain() is second
