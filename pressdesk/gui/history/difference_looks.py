"""The look of changed words, lines and cells; never by colour alone."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextTableCellFormat,
)

from pressdesk.base.i18n import _
from pressdesk.document.diff import LineDiff
from pressdesk.gui.kit.theme import SANS, SERIF, current, font

PLUS, MINUS, UP, DOWN = "+\u2002", "\u2212\u2002", "↑\u2002", "↓\u2002"

READ_FOR_DIRECTION = 200
"""Characters in which the first letter tells whether a paragraph runs from the right."""


def plain(family: str, pixels: float) -> QTextCharFormat:
    """Unchanged words."""
    form = QTextCharFormat()
    form.setFont(font(family, pixels))
    form.setForeground(QColor(current().ink))
    return form


def small() -> QTextCharFormat:
    """What is said about the text, not of it."""
    form = plain(SANS, 12)
    form.setForeground(QColor(current().muted))
    return form


def moving() -> QTextCharFormat:
    """The label of a moved paragraph."""
    form = plain(SANS, 12)
    form.setFontWeight(600)
    form.setForeground(QColor(current().accent))
    return form


def of_line(line: LineDiff) -> QTextCharFormat:
    """The words of a line by what the line is."""
    if line.form in ("caption", "credit", "picture", "row"):
        return plain(SANS, 13)
    form = plain(SERIF, 15)
    if line.form in ("heading", "question"):
        form.setFont(font(SERIF, 15, bold=True))
    if line.form == "quote":
        form.setFontItalic(True)
    return form


def marked(look: QTextCharFormat, change: str, *, ground: bool = True) -> QTextCharFormat:
    """Added words are underlined, removed ones struck through, restyled ones dotted."""
    if change == "kept":
        return look
    shown, form = current(), QTextCharFormat(look)
    tone = {"added": "good", "removed": "bad"}.get(change, "warning")
    form.setForeground(QColor(getattr(shown, tone)))
    if not ground:
        form.setFontWeight(700)
        return form
    form.setBackground(QColor(getattr(shown, f"{tone}_ground")))
    if change == "added":
        form.setFontUnderline(True)
    elif change == "removed":
        form.setFontStrikeOut(True)
    else:
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    form.setProperty(QTextFormat.Property.UserProperty, change)
    return form


def paragraph(line: LineDiff | None, *, ends: bool = True) -> QTextBlockFormat:
    """A paragraph of a text that is read in one; None for a remark."""
    form = _spaced(140, line)
    form.setBottomMargin(9 if ends else 0)
    if line is not None and line.form in ("bullet", "number", "quote", "attribution"):
        form.setLeftMargin(20)
    return form


def box(*, begins: bool, ends: bool) -> QTextTableCellFormat:
    """Around a paragraph that moved."""
    form = QTextTableCellFormat()
    form.setPadding(10)
    form.setTopPadding(5 if begins else 0)
    form.setBottomPadding(5 if ends else 0)
    form.setBackground(QColor(current().accent_ground))
    return form


def in_cell(line: LineDiff | None) -> QTextBlockFormat:
    """The one paragraph of a cell."""
    return _spaced(130, line)


def _spaced(percent: float, line: LineDiff | None) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if line is not None and runs_from_the_right("".join(p.text for p in line.pieces[:9])):
        form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return form


def runs_from_the_right(text: str) -> bool:
    """True when the first letter of a text belongs to a script written from the right."""
    for sign in text[:READ_FOR_DIRECTION]:
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def cell(*, first: bool, begins: bool, ends: bool, moved: bool) -> QTextTableCellFormat:
    """A cell, with a line below it unless the same paragraph continues there."""
    form = QTextTableCellFormat()
    form.setPadding(6)
    form.setLeftPadding(0 if first and not moved else 12)
    form.setTopPadding(6 if begins else 0)
    form.setBottomPadding(6 if ends else 0)
    if ends:
        form.setBottomBorder(1)
        form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBottomBorderBrush(QBrush(QColor(current().line)))
    if moved:
        form.setBackground(QColor(current().accent_ground))
    return form


def moved_words(line: LineDiff, several: bool) -> str:
    """Where a paragraph moved, numbered if several did, so that both ends can be matched."""
    if line.change == "away":
        said = _("Moved further down") if line.way == "down" else _("Moved further up")
    else:
        said = _("Moved here from above") if line.way == "down" else _("Moved here from below")
    number = f" ({line.move})" if several else ""
    return f"{DOWN if line.way == 'down' else UP}{said}{number}"


def form_words(name: str) -> str:
    """What a paragraph is, in words."""
    return {
        "paragraph": _("Paragraph"),
        "lead": _("Lead"),
        "question": _("Question"),
        "answer": _("Answer"),
        "address": _("Salutation"),
        "heading": _("Heading"),
        "quote": _("Quote"),
        "attribution": _("Attribution"),
        "bullet": _("Bulleted list"),
        "number": _("Numbered list"),
        "row": _("Table row"),
        "picture": _("Picture"),
        "caption": _("Caption"),
        "credit": _("Credit"),
        "rule": _("Divider"),
    }[name]
