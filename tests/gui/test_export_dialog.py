"""The export dialog asks before it replaces or leaks anything, and says what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
)

from pressdesk.desk.exporting import formats
from pressdesk.gui.kit import theme
from pressdesk.gui.output import export_dialog
from pressdesk.gui.output.export_dialog import ExportDialog, ExportOffer, FormatChoice
from pressdesk.gui.output.exporting import choices

FORMATS = (
    FormatChoice("pdf", "PDF for print and archive", ".pdf"),
    FormatChoice("html", "Web page (HTML)", ".html"),
)


@pytest.fixture
def make(qtbot, tmp_path: Path):
    def made(**parts) -> ExportDialog:
        given = {"title": "On the <b>level</b> of the river", "folder": tmp_path}
        given |= {"formats": FORMATS, "chosen": ("pdf",), "stem": "PR-2026-041-en", **parts}
        dialog = ExportDialog(ExportOffer(**given))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def button(dialog: QDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def texts(dialog: QDialog) -> str:
    return "\n".join(w.text() for w in dialog.findChildren(QLabel) if w.isVisible())


def tick(dialog: QDialog, text: str) -> None:
    next(b for b in dialog.findChildren(QCheckBox) if b.text() == text).click()


def reason(dialog: QDialog) -> QLineEdit | None:
    """The line that asks for one."""
    lines = dialog.findChildren(QLineEdit)
    return next((one for one in lines if one.accessibleName() == "Reason"), None)


def ask(qtbot, dialog: ExportDialog) -> export_dialog.ExportPlan:
    with qtbot.waitSignal(dialog.export_requested) as asked:
        button(dialog, "Export").click()
    return asked.args[0]


def test_the_plan_is_what_was_chosen(qtbot, make, tmp_path: Path) -> None:
    dialog = make()
    dialog.findChild(QCheckBox, "html").click()
    plan = ask(qtbot, dialog)
    assert plan.formats == ("pdf", "html")
    assert plan.folder == tmp_path
    assert [path.name for _n, path in plan.targets] == ["PR-2026-041-en.pdf", "PR-2026-041-en.html"]
    assert plan.despite == ""


def test_a_name_no_file_may_have_is_mended_and_shown(qtbot, make) -> None:
    dialog = make()
    dialog.findChildren(QLineEdit)[0].setText("../a/b:c\u202e")
    assert "a-b-c.pdf" in texts(dialog)
    plan = ask(qtbot, dialog)
    assert plan.targets[0][1].parent == plan.folder


@pytest.mark.parametrize("what", ["formats", "name", "folder"])
def test_nothing_can_be_exported_without(make, what: str) -> None:
    dialog = make()
    if what == "formats":
        dialog.findChild(QCheckBox, "pdf").click()
    else:
        dialog.findChildren(QLineEdit)[what == "folder"].setText(" ")
    assert not button(dialog, "Export").isEnabled()


def test_a_file_that_is_there_is_asked_about_in_place(qtbot, make, tmp_path: Path) -> None:
    (tmp_path / "PR-2026-041-en.pdf").touch()
    dialog = make()
    assert "This file already exists:\nPR-2026-041-en.pdf" in texts(dialog)
    assert not button(dialog, "Export").isEnabled()
    tick(dialog, "Replace existing files")
    assert button(dialog, "Export").isEnabled()
    line = dialog.findChildren(QLineEdit)[0]
    line.setText("other")
    assert "already" not in texts(dialog)
    line.setText("PR-2026-041-en")
    assert not button(dialog, "Export").isEnabled(), "the yes was for the other name"


def test_a_file_that_came_meanwhile_is_asked_about(qtbot, make, tmp_path: Path) -> None:
    dialog = make()
    (tmp_path / "PR-2026-041-en.pdf").touch()
    with qtbot.assertNotEmitted(dialog.export_requested):
        button(dialog, "Export").click()
    assert "already" in texts(dialog)


def test_a_yes_is_for_the_files_it_was_asked_about(qtbot, make, tmp_path: Path) -> None:
    there = tmp_path / "PR-2026-041-en.pdf"
    there.touch()
    dialog = make(chosen=("pdf", "html"))
    tick(dialog, "Replace existing files")
    assert dialog.plan().replaced == {there}
    (tmp_path / "PR-2026-041-en.html").touch()
    with qtbot.assertNotEmitted(dialog.export_requested):
        button(dialog, "Export").click()
    assert "These files already exist:" in texts(dialog)
    tick(dialog, "Replace existing files")
    assert len(ask(qtbot, dialog).replaced) == 2


def test_two_formats_of_one_suffix_are_two_files(qtbot, make) -> None:
    dialog = make(formats=(*FORMATS, FormatChoice("fax", "Fax", ".PDF")), chosen=("pdf", "fax"))
    plan = ask(qtbot, dialog)
    assert [path.name for _n, path in plan.targets] == [
        "PR-2026-041-en.pdf",
        "PR-2026-041-en-2.PDF",
    ]


def test_an_embargo_wants_a_reason(qtbot, make) -> None:
    dialog = make(embargo="EMBARGOED UNTIL 1 December 2026, 10:00 (Vienna)")
    assert "EMBARGOED UNTIL 1 December" in texts(dialog)
    assert not button(dialog, "Export").isEnabled()
    line = reason(dialog)
    assert line is not None
    line.setText("  ")
    assert not button(dialog, "Export").isEnabled()
    line.setText("The minister asked to see it")
    assert ask(qtbot, dialog).despite == "The minister asked to see it"


def test_a_draft_may_have_a_reason_and_what_is_out_needs_none(qtbot, make) -> None:
    dialog = make(draft=True)
    line = reason(dialog)
    assert line is not None
    assert ask(qtbot, dialog).despite == ""
    dialog.failed("“out.pdf” could not be written.", "The disk is full.")
    line.setText("For Anna to read")
    assert ask(qtbot, dialog).despite == "For Anna to read"
    assert reason(make()) is None


def test_a_title_is_never_read_as_html(make) -> None:
    dialog = make()
    title = next(w for w in dialog.findChildren(QLabel) if "river" in w.text())
    assert title.textFormat() == Qt.TextFormat.PlainText


def test_work_over_a_second_shows_progress_and_can_be_cancelled(
    qtbot, make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_dialog, "PATIENCE_MS", 30)
    dialog = make()
    ask(qtbot, dialog)
    bar = dialog.findChild(QProgressBar)
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    dialog.progress(1, 3)
    assert (bar.value(), bar.maximum()) == (1, 3)
    with qtbot.waitSignal(dialog.cancelled):
        button(dialog, "Cancel").click()
    assert dialog.isVisible()
    assert button(dialog, "Export").isEnabled()


def test_afterwards_it_lists_files_and_losses_and_shows_the_folder(
    qtbot, make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog = make()
    ask(qtbot, dialog)
    files = (tmp_path / "a.pdf", tmp_path / "a.html")
    dialog.finished_with(files, ("The character ꙮ is in no face.",), "Text compared: the same")
    shown = texts(dialog)
    assert "Text compared: the same" in shown
    assert "2 files were exported" in shown
    assert str(files[1]) in shown
    assert "• The character ꙮ is in no face." in shown
    button(dialog, "Show in folder").click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]
    with qtbot.waitSignal(dialog.accepted):
        button(dialog, "Close").click()


def test_of_a_comparison_that_was_not_made_nothing_is_said(qtbot, make, tmp_path: Path) -> None:
    dialog = make()
    ask(qtbot, dialog)
    dialog.finished_with((tmp_path / "a.pdf",), (), "")
    assert "ompared" not in texts(dialog)


def test_a_failure_keeps_everything_chosen(qtbot, make) -> None:
    dialog = make(stem="mine")
    ask(qtbot, dialog)
    dialog.failed("“mine.pdf” could not be written.", "The disk is full.")
    assert "The disk is full." in texts(dialog)
    assert ask(qtbot, dialog).stem == "mine"
    assert "The disk is full." not in texts(dialog)


def test_every_control_has_a_name_and_escape_leaves(qtbot, make) -> None:
    dialog = make()
    for control in (*dialog.findChildren(QLineEdit), *dialog.findChildren(QPushButton)):
        named = QAccessible.queryAccessibleInterface(control)
        assert named.text(QAccessible.Text.Name), control
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_enter_in_a_field_exports(qtbot, make) -> None:
    dialog = make()
    with qtbot.waitSignal(dialog.export_requested):
        qtbot.keyClick(dialog.findChildren(QLineEdit)[1], Qt.Key.Key_Return)


def test_every_format_has_the_same_box(make, qapp: QApplication) -> None:
    """Also the one that has its name in common with a part of the paper."""
    theme.apply(qapp, False)
    dialog = make(formats=tuple(choices(formats())))
    boxes = [one for one in dialog.findChildren(QCheckBox) if one.objectName()]
    assert "text" in {one.objectName() for one in boxes}
    assert len({one.height() for one in boxes}) == 1
