"""The list follows its desk: nothing of another one is shown, or written, and nothing old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import changes
from pressdesk.desk.contents import FIRST
from pressdesk.gui.frame.notice import Notice
from pressdesk.gui.list.release_model import ROW_ROLE
from pressdesk.gui.list.release_view import ReleaseView
from pressdesk.gui.paper.open_edition import OpenEdition
from pressdesk.press.filed import ImportItem
from pressdesk.press.release import Edition, Release

NUMBER = FIRST + 10


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Path, Path]:
    """Two desks of releases with the same numbers and other words."""
    paths = tmp_path / "one.pressdesk", tmp_path / "two.pressdesk"
    for path in paths:
        archive = create(path)
        for number in range(1, NUMBER + 1):
            archive.releases.add(Release("news"), Edition("en", title=f"{path.stem} {number}"))
        archive.close()
    return paths


@pytest.fixture
def window(qtbot: QtBot, desks: tuple[Path, Path]) -> Iterator[DeskWindow]:
    with window_on(qtbot, desks[0]) as shown:
        yield shown


def rows(window: DeskWindow, qtbot: QtBot) -> set[str]:
    """What every row of the list reads, the last ones too."""
    model = window.panel.findChild(ReleaseView).model()

    def read() -> list[str]:
        found = [model.data(model.index(at, 0), ROW_ROLE) for at in range(1, model.rowCount())]
        return [row.first.title.split()[0] for row in found if row is not None]

    qtbot.waitUntil(lambda: len(read()) == NUMBER, timeout=10_000)
    return set(read())


def change(window: DeskWindow, qtbot: QtBot, path: Path) -> None:
    qtbot.waitUntil(lambda: window.desk_path() == path, timeout=10_000)
    qtbot.waitUntil(window.settled, timeout=10_000)
    qtbot.waitUntil(lambda: window.writing.current is not None, timeout=10_000)
    qtbot.waitUntil(window.settled, timeout=10_000)


def test_no_row_of_the_desk_before_stays_in_the_list(
    window: DeskWindow, desks: tuple[Path, Path], qtbot: QtBot
) -> None:
    assert rows(window, qtbot) == {"one"}
    window.desks.open(desks[1])
    change(window, qtbot, desks[1])
    assert rows(window, qtbot) == {"two"}


def test_a_release_chosen_while_another_desk_opens_is_not_taken_along(
    window: DeskWindow, desks: tuple[Path, Path], qtbot: QtBot
) -> None:
    """Its number may be another text's there, and what is typed would go over that."""
    shown = []

    def note(current: OpenEdition | None) -> None:
        desk = window.desk_path()
        if current is not None and desk is not None:
            shown.append((desk.stem, current.edition.title.split()[0]))

    window.writing.shown.connect(note)
    window.desks.open(desks[1])
    window.writing.open(2)
    change(window, qtbot, desks[1])
    assert set(shown) <= {("one", "one"), ("two", "two")} and shown[-1] == ("two", "two")
    QTest.keyClicks(window.paper.text, "typed")
    window.writing.flush()
    qtbot.waitUntil(window.settled, timeout=10_000)
    window.end()
    second = open_desk(desks[1])
    found = [second.releases.find(n).current()[1].title for n in range(1, NUMBER + 1)]
    second.close()
    assert {title.split()[0] for title in found} == {"two"}


def test_a_row_far_down_that_others_changed_reads_anew(
    window: DeskWindow, desks: tuple[Path, Path], qtbot: QtBot
) -> None:
    """Two at once: the second is not read instead of the first."""
    assert rows(window, qtbot) == {"one"}
    other = open_desk(desks[0])
    for number in (1, 2):
        release, edition = other.releases.find(number).current()
        other.releases.save(release, replace(edition, title="theirs"))
        window.session.touched.emit(changes.whole(number))
    qtbot.waitUntil(window.settled, timeout=10_000)
    model = window.panel.findChild(ReleaseView).model()
    far = [model.data(model.index(model.rowCount() - at, 0), ROW_ROLE) for at in (1, 2)]
    assert [row.first.title for row in far] == ["theirs", "theirs"]
    other.close()


def test_what_one_desk_offered_to_undo_is_not_undone_on_another(
    window: DeskWindow, desks: tuple[Path, Path], qtbot: QtBot
) -> None:
    """The first import of each desk has the same number."""
    item = ImportItem(Release("news"), Edition("en", title="imported"))
    other = open_desk(desks[1])
    there = other.imports.add("two", b"", (item,), at=datetime.now(UTC))
    archive, notices = window.session.archive, window.middle.notices
    assert archive is not None
    here = archive.imports.add("one", b"", (item,), at=datetime.now(UTC))
    assert here.id == there.id
    window.importing._filed(here)
    notices.show_notice(Notice("A remark that waits"))
    assert notices.current().buttons
    window.desks.open(desks[1])
    change(window, qtbot, desks[1])
    assert notices.current() == Notice("A remark that waits")
    assert other.releases.find(there.releases[0]).edition.title == "imported"
    other.close()
