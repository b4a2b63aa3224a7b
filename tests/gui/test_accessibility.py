"""Every control that can be seen has a name, can be reached by Tab, and shows where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pressdesk.base.settings import Settings
from pressdesk.gui.desks.house_dialog import HouseDialog
from pressdesk.gui.desks.settings_dialog import SettingsDialog
from pressdesk.gui.desks.trash_dialog import TrashDialog
from pressdesk.gui.details.contacts_dialog import ContactsDialog
from pressdesk.gui.details.form import Form
from pressdesk.gui.frame.empty import EmptyDesk
from pressdesk.gui.frame.new_release import NewRelease
from pressdesk.gui.frame.notice import Notice, NoticeBar
from pressdesk.gui.frame.statusline import StatusLine
from pressdesk.gui.frame.topbar import TopBar
from pressdesk.gui.kit import theme
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.list.facets_panel import FacetsPanel
from pressdesk.gui.list.panel import ReleasePanel
from pressdesk.gui.list.result_line import ResultLine
from pressdesk.gui.list.search_field import SearchField
from pressdesk.gui.list.search_help import SearchHelp
from pressdesk.gui.office.conflict_dialog import ConflictDialog
from pressdesk.gui.output.reason_dialog import ReasonDialog
from pressdesk.gui.paper.hit_bar import HitBar
from pressdesk.gui.paper.issue_dialog import IssueDialog
from pressdesk.press.filed import TrashRow
from pressdesk.press.kinds import kind
from pressdesk.press.query import Count, Facet, Facets
from pressdesk.press.release import Edition, Release
from tests.gui.people import DRAFT, EMBARGO, HOUSE, NOW, PEOPLE, STATEMENT, keys_of, rival, row

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar)


def form() -> Form:
    made = Form()
    advisory = Release("advisory", id=9, embargo=EMBARGO, topics=("Ice",))
    edition = Edition("en", id=9, release_id=9, contacts=(1, 2), questions=("year", "title"))
    made.show_release(advisory, edition, kind("advisory"), PEOPLE, HOUSE)
    return made


def panel() -> ReleasePanel:
    made = ReleasePanel()
    rows = tuple(row(n, days=n) for n in range(1, 9))
    made.show_keys(*keys_of(rows))
    made.take_rows(rows)
    return made


def facets() -> FacetsPanel:
    made = FacetsPanel()
    made.show_facets(Facets(3, facets=(Facet("topic", (Count("Ice", 3),)),)))
    made.open_at(QPoint(0, 0))
    return made


def notice() -> NoticeBar:
    made = NoticeBar()
    made.show_notice(Notice("The disk is full.", "Free some room.", "bad", (("Try", list),)))
    return made


PIECES: dict[str, Callable[[], QWidget]] = {
    "form": form,
    "releases": panel,
    "topbar": lambda: TopBar(SearchField()),
    "statusline": StatusLine,
    "notice": notice,
    "empty": EmptyDesk,
    "kinds": NewRelease,
    "contacts": lambda: ContactsDialog(PEOPLE, ("en", "ru")),
    "house": lambda: HouseDialog(HOUSE, PEOPLE),
    "issue": lambda: IssueDialog(STATEMENT, DRAFT, HOUSE, (), ()),
    "reason": lambda: ReasonDialog("Print?", "An embargo stands.", "Print"),
    "conflict": lambda: ConflictDialog(rival(DRAFT, replace(DRAFT, title="Theirs"))),
    "facets": facets,
    "hits": HitBar,
    "results": ResultLine,
    "help": lambda: SearchHelp((("flood", "in any form"),)),
    "trash": lambda: TrashDialog([TrashRow(1, "Old", "news", NOW)]),
    "settings": lambda: SettingsDialog(Settings()),
}


@pytest.fixture(params=list(PIECES))
def piece(qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QWidget]:
    theme.apply(qapp, False)
    made = PIECES[request.param]()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    yield made


def visible(piece: QWidget) -> Iterator[QWidget]:
    for control in piece.findChildren(QWidget):
        if isinstance(control, CONTROLS) and control.isVisible():
            yield control


def test_the_sweep_finds_a_nameless_control(qtbot: QtBot) -> None:
    bare = QToolButton()
    bare.setIcon(theme.icon("close"))
    qtbot.addWidget(bare)
    assert name_of(bare) == ""


def test_every_control_has_a_name(piece: QWidget) -> None:
    nameless = [
        f"{type(control).__name__} {control.objectName()} in {type(control.parent()).__name__}"
        for control in visible(piece)
        if not control.objectName().startswith("qt_") and not name_of(control)
    ]
    assert not nameless


def name_of(control: QWidget) -> str:
    if isinstance(control.parent(), QComboBox):
        control = control.parent()
    asked = QAccessible.queryAccessibleInterface(control)
    return asked.text(QAccessible.Text.Name).strip() if asked is not None else ""


def test_what_can_be_pressed_or_typed_in_can_be_reached(piece: QWidget) -> None:
    lost = [
        f"{type(control).__name__} {name_of(control)}"
        for control in visible(piece)
        if control.isEnabled()
        and control.focusPolicy() == Qt.FocusPolicy.NoFocus
        # These repeat what their field does by keys: typing a day, Esc in the search.
        and not isinstance(control.parent(), QLineEdit | QAbstractItemView)
    ]
    assert not lost


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("make", [OneLine, lambda: QPushButton("Save")], ids=["line", "button"])
def test_the_keyboard_shows_where_it_is(
    qtbot: QtBot, qapp: QApplication, make: Callable[[], QWidget], dark: bool
) -> None:
    theme.apply(qapp, dark)
    box, one = QWidget(), make()
    other = QLineEdit(box)
    qtbot.addWidget(box)
    one.setParent(box)
    one.setGeometry(10, 10, 120, 30)
    other.setGeometry(10, 60, 120, 30)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    other.setFocus()
    accent = theme.current().accent
    assert ring(one.grab().toImage(), accent) == 0
    one.setFocus()
    assert ring(one.grab().toImage(), accent) >= 2
    theme.apply(qapp, False)


def ring(image: QImage, accent: str) -> int:
    """How thick a line of the accent runs along the upper edge, in pixels."""
    column = [image.pixelColor(image.width() // 2, y).name() for y in range(4)]
    return column.count(accent)
