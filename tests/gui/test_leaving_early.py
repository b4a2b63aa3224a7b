"""Print, export and the page in the browser ask why where an embargo stands, and are noted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot
from windows import window_on

from pressdesk.app.desk_window import DeskWindow
from pressdesk.archive.file.desk_file import create, open_desk
from pressdesk.desk import issuing
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.gui.output import printer
from pressdesk.gui.output.export_dialog import ExportDialog
from pressdesk.gui.output.reason_dialog import ReasonDialog
from pressdesk.press.register import deeds
from pressdesk.press.register.deeds import Private
from pressdesk.press.release import Edition, Embargo, Release

WHY = "The minister asked to see it"
FREE, HELD = 1, 2


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "office.pressdesk"
    ahead = Embargo(datetime(2126, 12, 1, 9, 0, tzinfo=UTC), "UTC")
    with closing(create(path)) as archive:
        archive.releases.add(Release("news", uid="a"), Edition("en", title="On a gauge"))
        held = Release("news", uid="b", embargo=ahead)
        archive.releases.add(held, Edition("en", title="Held back"))
    return path


@pytest.fixture
def window(qtbot: QtBot, desk: Path) -> Iterator[DeskWindow]:
    with window_on(qtbot, desk) as shown:
        yield shown


def open_(qtbot: QtBot, window: DeskWindow, number: int) -> None:
    def there() -> bool:
        current = window.writing.current
        return current is not None and current.release.id == number and window.settled()

    window.writing.open(number)
    qtbot.waitUntil(there, timeout=10_000)


def noted(desk: Path) -> list[tuple[str, str, str]]:
    """How each left, why it was before its time, and what the person gave as the reason."""
    query = "SELECT data, private FROM deed WHERE deed = 'exported' ORDER BY number"
    with closing(sqlite3.connect(desk)) as bare:
        rows = bare.execute(query).fetchall()
    told = [(dict(deeds.read(data).details), private) for data, private in rows]
    return [
        (one["way"], one["early"], msgspec.json.decode(private, type=Private).said)
        for one, private in told
    ]


def asked(qtbot: QtBot, window: DeskWindow, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: window.main.findChild(kind) is not None, timeout=10_000)
    found = window.main.findChild(kind)
    assert found is not None
    return found


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a printer that was chosen prints."""
    file = tmp_path / "printed.pdf"

    def ask(_parent: object, _title: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setResolution(72)
        made.setOutputFileName(str(file))
        return made

    monkeypatch.setattr(printer, "ask", ask)
    return file


def test_a_draft_is_printed_without_a_question_and_noted(
    qtbot: QtBot, window: DeskWindow, desk: Path, paper: Path
) -> None:
    open_(qtbot, window, FREE)
    window.printing.ask()
    qtbot.waitUntil(lambda: paper.exists() and window.settled(), timeout=20_000)
    assert noted(desk) == [("printed", "draft", "")]


def test_an_embargoed_text_is_printed_once_a_reason_is_given(
    qtbot: QtBot, window: DeskWindow, desk: Path, paper: Path
) -> None:
    open_(qtbot, window, HELD)
    window.printing.ask()
    dialog = asked(qtbot, window, ReasonDialog)
    assert isinstance(dialog, ReasonDialog) and not dialog.go.isEnabled()
    dialog.field.setText(WHY)
    dialog.go.click()
    qtbot.waitUntil(lambda: paper.exists() and window.settled(), timeout=20_000)
    assert noted(desk) == [("printed", "embargo", WHY)]


def test_the_browser_gets_an_embargoed_page_for_a_reason_only(
    qtbot: QtBot, window: DeskWindow, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    open_(qtbot, window, FREE)
    window.exporting.browse(window.copies)
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=20_000)
    open_(qtbot, window, HELD)
    window.exporting.browse(window.copies)
    dialog = asked(qtbot, window, ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.field.setText(WHY)
    dialog.go.click()
    qtbot.waitUntil(lambda: len(opened) == 2, timeout=20_000)
    assert noted(desk) == [("browsed", "draft", ""), ("browsed", "embargo", WHY)]


def test_the_reason_of_the_export_dialog_is_kept(
    qtbot: QtBot, window: DeskWindow, desk: Path, tmp_path: Path
) -> None:
    open_(qtbot, window, HELD)
    window.exporting.export()
    dialog = asked(qtbot, window, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog._reason.setText(WHY)
    dialog._folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(dialog.export_requested):
        dialog._go.click()
    qtbot.waitUntil(lambda: (tmp_path / "out").exists() and window.settled(), timeout=20_000)
    qtbot.waitUntil(lambda: len(noted(desk)) == 2, timeout=20_000)
    assert noted(desk) == [("exported", "embargo", WHY)] * 2


def test_of_a_desk_that_is_only_read_nothing_embargoed_is_offered(
    qtbot: QtBot, desk: Path, paper: Path
) -> None:
    with closing(sqlite3.connect(desk)) as other:  # opened for reading only, as it is not ours
        other.execute("CREATE TRIGGER sly AFTER INSERT ON deed BEGIN SELECT 1; END")
        other.commit()
    with window_on(qtbot, desk) as window:
        open_(qtbot, window, HELD)
        with qtbot.waitSignal(window.session.trouble, timeout=10_000) as told:
            window.printing.ask()
        assert "nobody could note" in told.args[1]
        assert not paper.exists() and window.main.findChild(ReasonDialog) is None
    assert noted(desk) == []


def test_a_clock_that_jumps_ahead_does_not_end_an_embargo(
    qtbot: QtBot, window: DeskWindow, desk: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_(qtbot, window, HELD)
    ahead = datetime(2127, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(type(window.session), "now", lambda _session: ahead)
    window.printing.ask()
    dialog = asked(qtbot, window, ReasonDialog)
    said = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "This computer’s clock shows 2127-01-01" in said
    dialog.reject()
    with qtbot.waitSignal(window.session.trouble, timeout=10_000) as told:
        window.session.doubt_told()
    assert "clock shows" in told.args[0] and not paper.exists()


def test_the_list_says_what_the_paper_says_while_the_clock_is_in_doubt(
    qtbot: QtBot, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_desk(desk)) as archive:
        filed = archive.releases.find(HELD)
        text = replace(filed.edition, date=date(2026, 11, 2), body=Document((paragraph("Text."),)))
        issuing.issue(archive, filed.release, text, now=datetime.now(UTC))
    with window_on(qtbot, desk) as window:
        open_(qtbot, window, HELD)
        ahead = datetime(2127, 1, 1, tzinfo=UTC)
        monkeypatch.setattr(type(window.session), "now", lambda _session: ahead)
        index = window.panel._model.index(window.panel._model.place(HELD), 0)
        assert "Embargo" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
