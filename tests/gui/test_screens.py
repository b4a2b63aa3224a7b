"""The window and every dialog fit the screen they are on, with their buttons in sight."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAction, QGuiApplication, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pressdesk import gui
from pressdesk.archive.file.backup import Contents
from pressdesk.base import i18n
from pressdesk.base.address import Server
from pressdesk.base.settings import Settings
from pressdesk.desk import proposals
from pressdesk.desk.care import Backup
from pressdesk.desk.copies import Copies
from pressdesk.desk.exporting import formats
from pressdesk.desk.verifying import FileVerdict, Said
from pressdesk.formats.registry import Context, readers
from pressdesk.gui.desks.backups_dialog import BackupsDialog
from pressdesk.gui.desks.house_dialog import HouseDialog
from pressdesk.gui.desks.repair_dialog import RepairDialog
from pressdesk.gui.desks.settings_dialog import SettingsDialog
from pressdesk.gui.desks.trash_dialog import TrashDialog
from pressdesk.gui.desks.verdict_dialog import VerdictDialog
from pressdesk.gui.details.contacts_dialog import ContactsDialog
from pressdesk.gui.frame.keys_dialog import KeysDialog
from pressdesk.gui.frame.new_release import NewRelease
from pressdesk.gui.frame.window import MainWindow
from pressdesk.gui.history.compare_dialog import CompareDialog
from pressdesk.gui.history.note_dialog import NoteDialog
from pressdesk.gui.importing.review import ImportReview
from pressdesk.gui.kit import theme
from pressdesk.gui.kit.calendar_popup import Calendar
from pressdesk.gui.kit.screen import room_on
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.office.conflict_dialog import ConflictDialog
from pressdesk.gui.office.password_dialog import PasswordDialog
from pressdesk.gui.office.server_dialog import ServerDialog
from pressdesk.gui.output.export_dialog import ExportDialog, ExportOffer
from pressdesk.gui.output.exporting import choices
from pressdesk.gui.output.reason_dialog import ReasonDialog
from pressdesk.gui.paper.issue_dialog import IssueDialog
from pressdesk.press.checks import Finding
from pressdesk.press.filed import TrashRow
from tests.gui.people import DRAFT, HOUSE, NOW, PEOPLE, STATEMENT, rival
from tests.unit.dump.corpus import CHROME, EN, text_of
from tests.unit.made_up_proof import made_up

LONG = "The text says something that the checks of this office know for a mistake. " * 2
FINDINGS = tuple(Finding("warning", f"{number}. {LONG}", "body") for number in range(1, 13))
SERVER = Server("postgresql+psycopg://anna@server.example/press")


def exporting(folder: Path, parent: QWidget) -> ExportDialog:
    """With all there can be to decide: every file is there, and an embargo stands."""
    every = choices(formats())
    offer = ExportOffer("On gauge data " * 12, every, tuple(one.name for one in every), folder,
                        "PR-2026-041-en", "Embargo until 3 December 2026")  # fmt: skip
    for each in offer.formats:
        (folder / (offer.stem + each.suffix)).touch()
    return ExportDialog(offer, parent)


def exported(folder: Path, parent: QWidget) -> ExportDialog:
    made = exporting(folder, parent)
    made.finished_with([folder / f"{number}.pdf" for number in range(4)], [LONG] * 12)
    return made


def importing(_folder: Path, parent: QWidget) -> ImportReview:
    text = text_of(EN[:5], headlines="glued", chrome=CHROME["en"])
    found = readers()["text"].read(text.encode(), Context(today=date(2026, 11, 23)))
    return ImportReview(proposals.review(found, today=date(2026, 11, 23)), "dump.txt", parent)


def contacts(_folder: Path, parent: QWidget) -> ContactsDialog:
    made = ContactsDialog(PEOPLE, ("en", "ru", "hy"), parent)
    made.page.lines[("name", "en")].insert("x")
    made.reject()  # it asks
    return made


def keys(_folder: Path, parent: QWidget) -> KeysDialog:
    """As many as the window has."""
    actions = [QAction(f"{LONG[:40]} {number}") for number in range(22)]
    for number, action in enumerate(actions):
        action.setShortcut(f"Ctrl+Shift+{chr(65 + number)}")
    return KeysDialog(actions, parent)


OTHER = rival(DRAFT, replace(DRAFT, title="Theirs"))
BACKUP = Backup(Path("a.pressdesk"), NOW, "start", 2**20, Contents("u", 2, 2**20, 3, 1, 2))
VERDICT = FileVerdict(made_up(), tuple(Said("text", LONG, one) for one in (True, False, None) * 3))
Make = Callable[[Path, QWidget], QDialog]

DIALOGS: dict[str, Make] = {
    "backups": lambda _f, p: BackupsDialog([BACKUP] * 9, p),
    "calendar": lambda _f, p: Calendar(NOW.date(), p),
    "compare": lambda _f, p: CompareDialog(OTHER.difference, "Old", "New", p, restoring="Restore"),
    "conflict": lambda _f, p: ConflictDialog(OTHER, "", p),
    "contacts": contacts,
    "export": exporting,
    "exported": exported,
    "house": lambda _f, p: HouseDialog(HOUSE, PEOPLE, p),
    "import": importing,
    "issue": lambda _f, p: IssueDialog(STATEMENT, DRAFT, HOUSE, FINDINGS, (), p),
    "keys": keys,
    "kinds": lambda _f, p: NewRelease(p),
    "note": lambda _f, p: NoteDialog(p),
    "password": lambda _f, p: PasswordDialog(SERVER, p, can_keep=True, why=LONG),
    "reason": lambda _f, p: ReasonDialog("Print before the embargo ends?", LONG, "Print", p),
    "repair": lambda f, p: RepairDialog([LONG] * 9, [LONG] * 3, f / "backup.pressdesk", p),
    "server": lambda _f, p: ServerDialog(SERVER, p),
    "settings": lambda _f, p: SettingsDialog(Settings(), p),
    "trash": lambda _f, p: TrashDialog([TrashRow(n, "Old", "news", NOW) for n in range(9)], p),
    "verdict": lambda _f, p: VerdictDialog("PR-2026-014-en.pdf", VERDICT, p),
}


def every(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    """Every dialog of the window; one that others are made of is none."""
    for one in kind.__subclasses__():
        yield from every(one)
        if one.__module__.startswith(f"{gui.__name__}.") and not one.__subclasses__():
            yield one


def test_every_dialog_is_tried_on_each_screen(
    qtbot: QtBot, tmp_path: Path, window: QWidget
) -> None:
    for module in pkgutil.walk_packages(gui.__path__, f"{gui.__name__}."):
        importlib.import_module(module.name)
    tried = set()
    for make in DIALOGS.values():
        dialog = make(tmp_path, window)
        qtbot.addWidget(dialog)
        tried.add(type(dialog))
    assert set(every(QDialog)) == tried


@pytest.fixture(scope="module")
def look(qapp: QApplication) -> None:
    """Fonts and theme of the program: a second of CPU, so once for all."""
    theme.load_fonts()
    theme.apply(qapp, False)


@pytest.fixture(params=["2 laptop", "3 small"], ids=["laptop", "small"])
def screen(look: None, request: pytest.FixtureRequest) -> Iterator[QScreen]:
    yield next(one for one in QGuiApplication.screens() if one.name() == request.param)
    i18n.use("en")


@pytest.fixture
def window(qtbot: QtBot, screen: QScreen) -> QWidget:
    """A window as large as the screen, for dialogs to stand over."""
    made = QWidget()
    made.setScreen(screen)
    made.setGeometry(screen.availableGeometry().adjusted(20, 40, -20, -20))
    qtbot.addWidget(made)
    made.show()
    assert made.screen() is screen
    return made


def in_sight(button: QWidget, dialog: QWidget) -> bool:
    there = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
    return dialog.rect().contains(there)


def scrolls(widget: QWidget, dialog: QWidget) -> bool:
    """True for what is in an area that can be scrolled."""
    parent = widget.parentWidget()
    while parent is not None and parent is not dialog:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", list(DIALOGS))
def test_a_dialog_fits_its_screen(
    qtbot: QtBot, tmp_path: Path, screen: QScreen, window: QWidget, name: str, language: str
) -> None:
    i18n.use(language)
    dialog = DIALOGS[name](tmp_path, window)
    qtbot.addWidget(dialog)
    if isinstance(dialog, NewRelease):
        dialog.popup(window.mapToGlobal(QPoint(14, 40)))
    else:
        dialog.open()
    qtbot.waitExposed(dialog)
    QApplication.processEvents()
    assert screen.availableGeometry().contains(dialog.frameGeometry()), dialog.frameGeometry()
    buttons = [b for b in dialog.findChildren(QAbstractButton) if b.isVisible()]
    assert buttons
    for button in buttons:
        if not scrolls(button, dialog):
            assert in_sight(button, dialog), button.text()
    for area in dialog.findChildren(QScrollArea):
        inside = area.widget()
        if inside is not None and area.isVisible():
            assert inside.width() <= area.viewport().width(), "cut at the right"


def test_the_window_comes_up_inside_its_screen(qtbot: QtBot, screen: QScreen) -> None:
    class Elsewhere(MainWindow):
        def screen(self) -> QScreen:
            return screen

    main = Elsewhere(tokens(False))
    qtbot.addWidget(main)
    room = screen.availableGeometry().size()
    assert main.width() < room.width() and main.height() < room.height()
    assert main.minimumHeight() < room.height()


def test_a_large_screen_has_the_window_as_it_was_drawn(qtbot: QtBot) -> None:
    main = MainWindow(tokens(False))
    qtbot.addWidget(main)
    assert (main.width(), main.height()) == (1440, 900)


def test_what_is_too_long_for_a_screen_scrolls(
    qtbot: QtBot, screen: QScreen, window: QWidget
) -> None:
    dialog = IssueDialog(STATEMENT, DRAFT, HOUSE, FINDINGS, (), window)
    qtbot.addWidget(dialog)
    dialog.open()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    labels = [each for each in dialog.findChildren(QLabel) if each.isVisible()]
    last = next(each for each in labels if each.text().startswith("12."))

    def at_its_end() -> bool:
        bar.setValue(bar.maximum())
        return bar.maximum() > 0 and in_sight(last, area.viewport())

    qtbot.waitUntil(at_its_end)


def test_a_dialog_grows_with_what_comes_and_is_not_cut(qtbot: QtBot, window: QWidget) -> None:
    dialog = IssueDialog(STATEMENT, DRAFT, HOUSE, (), FINDINGS[:2], window)
    qtbot.addWidget(dialog)
    dialog.open()
    before = dialog.height()
    dialog.then.setChecked(True)
    area = dialog.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: dialog.height() > before)
    full = dialog.height() == room_on(dialog).height()
    assert full or area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("language", ["en", "ru"])
def test_settings_have_room_for_the_copies_that_are_told_later(
    qtbot: QtBot, window: QWidget, language: str
) -> None:
    i18n.use(language)
    dialog = SettingsDialog(Settings(), window)
    qtbot.addWidget(dialog)
    dialog.open()
    told = datetime(2026, 11, 28, 9, 28, tzinfo=UTC)
    dialog.copies.show_copies(Copies(Path("/home/anna/pressdesk/backups"), backed_up=told))
    QTest.qWait(50)
    area = dialog.findChild(QScrollArea)
    assert area is not None
    full = dialog.height() == room_on(dialog).height()
    assert full or area.verticalScrollBar().maximum() == 0
