"""The bar above the paper: what is said now, what waits, and what is never lost or hidden."""

from __future__ import annotations

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from pressdesk.gui.frame.notice import Notice, NoticeBar
from tests.gui.seen import click, said


def test_an_error_waits_behind_an_error_and_remarks_never_hide_one(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    pressed: list[str] = []
    again = ("Try", lambda: pressed.append("again"))
    bar.show_notice(Notice("The disk is full.", "Free some room.", "bad", (again,)))
    bar.remark("Saved.")
    bar.trouble("The desk is locked.", "")
    bar.trouble("The desk is locked.", "")
    assert "The disk is full." in said(bar)
    click(qtbot, bar, "Try")
    assert pressed and "The desk is locked." in said(bar)
    bar.dismiss()
    assert bar.current() is None and bar.isHidden()


ISSUED = Notice("Issued as 2026/001.", tone="good", passing=True)
CUT = Notice("The server cannot be reached.", "Go on writing.", "warning", key="server")


@pytest.mark.parametrize("first, second", [(CUT, ISSUED), (ISSUED, CUT)])
def test_what_is_done_is_said_before_what_lasts_stands_there_again(
    qtbot: QtBot, first: Notice, second: Notice
) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice(first)
    bar.show_notice(second)
    assert "Issued as 2026/001." in said(bar)
    bar._timer.timeout.emit()  # some seconds later
    assert "The server cannot be reached." in said(bar)
    bar.withdraw("server")
    assert bar.isHidden()


def test_an_error_is_said_before_what_is_done(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice(ISSUED)
    bar.trouble("The disk is full.", "")
    assert "The disk is full." in said(bar)
    bar.dismiss()
    assert "Issued as 2026/001." in said(bar)


def test_a_remark_waits_for_what_is_done_and_only_the_latest_does(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice(ISSUED)
    bar.remark("Search is ready: 9 texts.")
    bar.remark("Search is ready: 10 texts.")
    assert "Issued as 2026/001." in said(bar)
    bar._timer.timeout.emit()
    assert "10 texts" in said(bar)
    bar._timer.timeout.emit()
    assert bar.isHidden()


def test_what_was_done_on_another_desk_is_told_no_more(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.trouble("The disk is full.", "")
    bar.show_notice(ISSUED)
    bar.leave()
    assert "The disk is full." in said(bar)
    bar.dismiss()
    assert bar.isHidden()


def test_what_is_over_while_something_else_is_said_does_not_come_back(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice(CUT)
    bar.show_notice(ISSUED)
    bar.withdraw("server")
    assert "Issued as 2026/001." in said(bar)
    bar._timer.timeout.emit()
    assert bar.isHidden()


@pytest.mark.parametrize("behind", [False, True])
def test_the_same_words_said_again_do_what_belongs_to_the_later_ones(
    qtbot: QtBot, behind: bool
) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    if behind:
        bar.trouble("The disk is full.", "")
    back: list[int] = []
    for number in (1, 2):
        undo = ("Undo", partial(back.append, number))
        bar.show_notice(Notice("Moved to the trash.", buttons=(undo,)))
    if behind:
        bar.dismiss()
    click(qtbot, bar, "Undo")
    assert back == [2]
    assert bar.isHidden()
