"""Shows what two versions differ in: in one text, or the older beside the newer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QEvent
from PySide6.QtGui import (
    QBrush,
    QColor,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from pressdesk.base.i18n import _, ngettext
from pressdesk.document.diff import LineDiff, Piece
from pressdesk.gui.theme import SANS, SERIF, current, font
from pressdesk.press.differing import FieldDiff, VersionDiff

Side = Literal["old", "new"]

CONTEXT = 1
"""Unchanged paragraphs shown on either side of a change."""

LABELS = 16
"""Of a hundred parts of the width, those of the column of names."""

MEASURE, MARGIN = 720, 14
"""Width of a text that is read in one, in pixels, and what stands around any text."""

HAIR = "\u200a"
"""Keeps what went from what came in its place."""

PLUS, MINUS = "+\u2002", "\u2212\u2002"


class Gap(Struct, frozen=True):
    """Unchanged paragraphs that are passed over."""

    number: int


def shortened(lines: Sequence[LineDiff]) -> Iterator[LineDiff | Gap]:
    """The changes with what stands next to them; longer stretches between are a gap."""
    near = {
        number + step
        for number, line in enumerate(lines)
        if line.change != "kept"
        for step in range(-CONTEXT, CONTEXT + 1)
    }
    passed = 0
    for number, line in enumerate(lines):
        if number not in near:
            passed += 1
            continue
        if passed:
            yield Gap(passed)
            passed = 0
        yield line
    if passed:
        yield Gap(passed)


class DiffView(QTextEdit):
    """A text to be read: additions underlined on green, removals struck on red.

    In:   ``show_diff(found, beside=, changes_only=)``
    ``changes()`` says where the changes begin; ``go_to(position)`` brings one into view.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "field")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("What differs"))
        self._found, self._beside, self._only = VersionDiff(), False, True
        self._places: list[int] = []

    def show_diff(self, found: VersionDiff, *, beside: bool, changes_only: bool) -> None:
        """Show a difference, from its beginning."""
        self._found, self._beside, self._only = found, beside, changes_only
        drawn = _Drawn(QTextDocument(self))
        drawn.draw(found, beside=beside, changes_only=changes_only)
        self._places = drawn.places
        self.setDocument(drawn.document)
        self._centre()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def changes(self) -> tuple[int, ...]:
        """Where each changed particular and paragraph begins."""
        return tuple(self._places)

    def go_to(self, position: int) -> None:
        """Bring a place into the upper part of the view."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - self.viewport().height() // 5)

    def _centre(self) -> None:
        """A text read in one keeps a measure that can be read, in the middle."""
        free = self.viewport().width() - MEASURE - 2 * MARGIN
        side = 0 if self._beside else max(0, free // 2)
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        if form.leftMargin() != side + MARGIN:
            form.setLeftMargin(side + MARGIN)
            form.setRightMargin(side + MARGIN)
            frame.setFrameFormat(form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another middle."""
        super().resizeEvent(event)
        self._centre()

    def changeEvent(self, event: QEvent) -> None:
        """Draw it again in the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_places"):
            place = self.verticalScrollBar().value()
            self.show_diff(self._found, beside=self._beside, changes_only=self._only)
            self.verticalScrollBar().setValue(place)


class _Drawn:
    """A document being written; ``places`` are where changes begin."""

    def __init__(self, document: QTextDocument) -> None:
        self.document = document
        self.places: list[int] = []
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(font(SERIF, 15))
        document.setDocumentMargin(MARGIN)
        self._cursor = QTextCursor(document)
        self._fresh = True

    def draw(self, found: VersionDiff, *, beside: bool, changes_only: bool) -> None:
        """Particulars first, then the text."""
        self._cursor.beginEditBlock()
        if found.same:
            self._remark(_("Nothing differs."))
        if found.fields:
            self._fields(found.fields, beside=beside)
        if not found.body.same or (found.body.lines and not changes_only):
            lines = found.body.lines
            shown: list[LineDiff | Gap] = list(shortened(lines) if changes_only else lines)
            if beside:
                self._beside(shown)
            else:
                self._in_one(shown)
        elif found.fields:
            self._remark(_("The text is the same."))
        self._cursor.endEditBlock()

    # --- particulars

    def _fields(self, fields: Sequence[FieldDiff], *, beside: bool) -> None:
        table = self._table(len(fields), ("label", "half", "half") if beside else ("label", "half"))
        for number, field in enumerate(fields):
            self._enter(table, number, 0)
            self._cursor.insertText(field.label, _small())
            self._enter(table, number, 1)
            self.places.append(self._cursor.position())
            if beside:
                self._pieces(field.pieces, "old", _plain(SANS, 13), nothing=True)
                self._enter(table, number, 2)
                self._pieces(field.pieces, "new", _plain(SANS, 13), nothing=True)
            else:
                self._pieces(field.pieces, None, _plain(SANS, 13))
        self._leave(table)

    # --- the text

    def _in_one(self, shown: Sequence[LineDiff | Gap]) -> None:
        for line in shown:
            if isinstance(line, Gap):
                self._gap(line)
                continue
            self._paragraph(line)
            if line.change != "kept":
                self.places.append(self._cursor.position())
            self._line(line, None)

    def _beside(self, shown: Sequence[LineDiff | Gap]) -> None:
        table = self._table(max(1, len(shown)), ("half", "half"))
        for number, line in enumerate(shown):
            self._enter(table, number, 0)
            if isinstance(line, Gap):
                table.mergeCells(number, 0, 1, 2)
                self._gap(line, inside=True)
                continue
            if line.change != "kept":
                self.places.append(self._cursor.position())
            if line.change != "added":
                self._line(line, "old")
            self._enter(table, number, 1)
            if line.change != "removed":
                self._line(line, "new")
        self._leave(table)

    def _line(self, line: LineDiff, side: Side | None) -> None:
        look = _look(line)
        if line.was and side != "old":
            said = _("{was} → {now}").format(was=_form(line.was), now=_form(line.form))
            self._cursor.insertText(f"{said}\u2002", _small())
        elif line.change == "changed" and all(piece.change == "kept" for piece in line.pieces):
            self._cursor.insertText(_("Set differently") + "\u2002", _small())
        sign = {"added": PLUS, "removed": MINUS}.get(line.change, "")
        if sign:
            self._cursor.insertText(sign, _marked(look, line.change, ground=False))
        self._cursor.insertText({"bullet": "•\u2002", "number": "#\u2002"}.get(line.form, ""), look)
        if not line.pieces:
            self._cursor.insertText(f"[{_form(line.form)}]", _small())
        self._pieces(line.pieces, side, look)

    def _pieces(
        self,
        pieces: Sequence[Piece],
        side: Side | None,
        look: QTextCharFormat,
        *,
        nothing: bool = False,
    ) -> None:
        """Words of one side, or of both; ``nothing`` says so where a side has none."""
        gone = {"old": "added", "new": "removed", None: ""}[side]
        mine = [piece for piece in pieces if piece.change != gone]
        for before, piece in zip([None, *mine], mine, strict=False):
            if before is not None and (before.change, piece.change) == ("removed", "added"):
                self._cursor.insertText(HAIR, look)
            text = piece.text.replace("\n", "\u2028")
            self._cursor.insertText(text, _marked(look, piece.change))
        if nothing and not mine:
            self._cursor.insertText(_("None"), _small())

    # --- blocks and tables

    def _paragraph(self, line: LineDiff | None) -> None:
        form = QTextBlockFormat()
        form.setBottomMargin(9)
        form.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if line is not None and line.form in ("bullet", "number", "quote", "attribution"):
            form.setLeftMargin(20)
        if self._fresh:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._fresh = False

    def _gap(self, gap: Gap, *, inside: bool = False) -> None:
        if not inside:
            self._paragraph(None)
        said = ngettext("{n} paragraph unchanged", "{n} paragraphs unchanged", gap.number)
        self._cursor.insertText("⋯\u2002" + said.format(n=gap.number), _small())

    def _remark(self, text: str) -> None:
        self._paragraph(None)
        self._cursor.insertText(text, _small())

    def _table(self, rows: int, columns: Sequence[Literal["label", "half"]]) -> QTextTable:
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(0)
        form.setBottomMargin(12)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        kind = QTextLength.Type
        form.setWidth(QTextLength(kind.PercentageLength, 100))
        rest = 100 - LABELS * columns.count("label")
        share = rest / columns.count("half")
        form.setColumnWidthConstraints(
            [
                QTextLength(kind.PercentageLength, LABELS if name == "label" else share)
                for name in columns
            ]
        )
        return self._cursor.insertTable(rows, len(columns), form)

    def _enter(self, table: QTextTable, row: int, column: int) -> None:
        cell = table.cellAt(row, column)
        form = QTextTableCellFormat()
        form.setPadding(6)
        form.setLeftPadding(0 if column == 0 else 12)
        form.setBottomBorder(1)
        form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBottomBorderBrush(QBrush(QColor(current().line)))
        cell.setFormat(form)
        self._cursor = cell.firstCursorPosition()
        block = QTextBlockFormat()
        block.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self._cursor.setBlockFormat(block)

    def _leave(self, table: QTextTable) -> None:
        self._cursor = table.lastCursorPosition()
        self._cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        self._fresh = True


def _plain(family: str, pixels: float) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(font(family, pixels))
    form.setForeground(QColor(current().ink))
    return form


def _small() -> QTextCharFormat:
    form = _plain(SANS, 12)
    form.setForeground(QColor(current().muted))
    return form


def _look(line: LineDiff) -> QTextCharFormat:
    if line.form in ("caption", "credit", "picture", "row"):
        return _plain(SANS, 13)
    form = _plain(SERIF, 15)
    if line.form in ("heading", "question"):
        form.setFont(font(SERIF, 15, bold=True))
    if line.form == "quote":
        form.setFontItalic(True)
    return form


def _marked(look: QTextCharFormat, change: str, *, ground: bool = True) -> QTextCharFormat:
    """Never by colour alone: added words are underlined, removed ones struck through."""
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


def _form(name: str) -> str:
    """What a paragraph is, in words."""
    return {
        "paragraph": _("Paragraph"),
        "lead": _("Lead"),
        "question": _("Question"),
        "answer": _("Answer"),
        "address": _("Address"),
        "heading": _("Heading"),
        "quote": _("Quote"),
        "attribution": _("Attribution"),
        "bullet": _("Bulleted list"),
        "number": _("Numbered list"),
        "row": _("Table row"),
        "picture": _("Picture"),
        "caption": _("Caption"),
        "credit": _("Credit"),
        "rule": _("Rule"),
    }[name]
