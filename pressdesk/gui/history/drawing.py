"""Writes the rows of a difference into a text document, in batches."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from pressdesk.base.i18n import _, ngettext
from pressdesk.document.diff import DiffPiece, LineDiff
from pressdesk.gui.history import difference_looks
from pressdesk.gui.history.difference_rows import Gap, Row, ShownRow
from pressdesk.gui.kit.theme import SANS, SERIF, font
from pressdesk.press.differing import FieldDiff

Side = Literal["old", "new"]

LABELS = 16
"""Of a hundred parts of the width, those of the column of names."""

MARGIN = 14
"""What stands around the text, in pixels."""

HAIR = "\u200a"
"""Keeps what went from what came in its place."""

BEGINNING = 80
"""Characters shown of a paragraph where it stood before it moved, in a text read in one."""


class Drawing:
    """A document being written.

    starts   where each row that was written begins
    changes  where each change begins
    """

    def __init__(self, document: QTextDocument, *, beside: bool, several_moves: bool) -> None:
        self.document = document
        self.starts: list[int] = []
        self.changes: list[int] = []
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(font(SERIF, 15))
        document.setDocumentMargin(MARGIN)
        self._beside, self._several = beside, several_moves
        self._cursor = QTextCursor(document)
        self._fresh = True

    def write(self, rows: Sequence[Row], *, last: bool) -> None:
        """Append these rows as one change of the document.

        last  whether particulars among them are the last ones
        """
        self._cursor.beginEditBlock()
        for kind, run in groupby(rows, _kind):
            members = list(run)
            if kind == "field":
                ends = last or members[-1] is not rows[-1]
                self._fields([row for row in members if isinstance(row, ShownRow)], ends=ends)
            elif kind == "remark" or not self._beside:
                self._in_one(members)
            else:
                self._side_by_side(members)
        self._cursor.endEditBlock()

    # --- particulars

    def _fields(self, fields: Sequence[ShownRow], *, ends: bool) -> None:
        texts = 2 if self._beside else 1
        shares = [LABELS, *[(100 - LABELS) / texts] * texts]
        table = self._table(len(fields), shares, below=12 if ends else 0)
        for number, shown in enumerate(fields):
            self._enter(table, number, 0, shown)
            self._begin(shown)
            if shown.begins and isinstance(shown.of, FieldDiff):
                self._cursor.insertText(shown.of.label, difference_looks.small())
            self._enter(table, number, 1, shown)
            look = difference_looks.plain(SANS, 13)
            if self._beside:
                self._pieces(shown.pieces, "old", look, nothing=shown.begins)
                self._enter(table, number, 2, shown)
                self._pieces(shown.pieces, "new", look, nothing=shown.begins)
            else:
                self._pieces(shown.pieces, None, look)
        self._leave(table)

    # --- the text

    def _in_one(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if isinstance(row, ShownRow) and isinstance(row.of, LineDiff):
                if row.of.change == "away" and not row.begins:
                    self.starts.append(self._cursor.position())
                    continue
                if row.of.move:
                    self._boxed(row, row.of)
                    continue
                self._paragraph(difference_looks.paragraph(row.of, ends=row.ends))
                self._begin(row)
                self._line(row, row.of, None)
            else:
                self._paragraph(difference_looks.paragraph(None))
                self._begin(row)
                self._say(row)

    def _boxed(self, row: ShownRow, line: LineDiff) -> None:
        """A paragraph that moved stands in a box of its own."""
        if not self._fresh:
            self._paragraph(difference_looks.paragraph(None))
        table = self._table(1, (100,), below=9 if row.ends else 0)
        cell = table.cellAt(0, 0)
        cell.setFormat(difference_looks.box(begins=row.begins, ends=row.ends))
        self._cursor = cell.firstCursorPosition()
        self._cursor.setBlockFormat(difference_looks.in_cell(line))
        self._begin(row)
        self._line(row, line, None)
        self._leave(table)

    def _side_by_side(self, rows: Sequence[Row]) -> None:
        table = self._table(len(rows), (50, 50))
        for number, row in enumerate(rows):
            self._enter(table, number, 0, row, "old")
            self._begin(row)
            if not isinstance(row, ShownRow) or not isinstance(row.of, LineDiff):
                table.mergeCells(number, 0, 1, 2)
                self._say(row)
                continue
            if row.of.change not in ("added", "moved"):
                self._line(row, row.of, "old")
            self._enter(table, number, 1, row, "new")
            if row.of.change not in ("removed", "away"):
                self._line(row, row.of, "new")
        self._leave(table)

    def _begin(self, row: Row) -> None:
        self.starts.append(self._cursor.position())
        if isinstance(row, ShownRow) and row.is_change:
            self.changes.append(self._cursor.position())

    def _line(self, shown: ShownRow, line: LineDiff, side: Side | None) -> None:
        look = difference_looks.of_line(line)
        if shown.begins:
            self._head(line, side, look)
        if line.change == "away" and side is None:
            was = "".join(piece.text for piece in line.pieces if piece.change != "added")
            beginning = textwrap.shorten(was[: 4 * BEGINNING], BEGINNING, placeholder=" …")
            self._cursor.insertText(beginning, difference_looks.small())
            return
        self._pieces(shown.pieces, side, look)

    def _head(self, line: LineDiff, side: Side | None, look: QTextCharFormat) -> None:
        """What is said before the words of a line."""
        if line.move:
            said = difference_looks.moved_words(line, self._several)
            self._cursor.insertText(f"{said}\u2003", difference_looks.moving())
        if line.was and side != "old":
            forms = difference_looks.form_words(line.was), difference_looks.form_words(line.form)
            said = _("{was} → {now}").format(was=forms[0], now=forms[1])
            self._cursor.insertText(f"{said}\u2002", difference_looks.small())
        elif line.change == "changed" and all(piece.change == "kept" for piece in line.pieces):
            self._cursor.insertText(_("Formatting changed") + "\u2002", difference_looks.small())
        sign = {"added": difference_looks.PLUS, "removed": difference_looks.MINUS}.get(
            line.change, ""
        )
        if sign:
            self._cursor.insertText(sign, difference_looks.marked(look, line.change, ground=False))
        self._cursor.insertText({"bullet": "•\u2002", "number": "#\u2002"}.get(line.form, ""), look)
        if not line.pieces:
            self._cursor.insertText(
                f"[{difference_looks.form_words(line.form)}]", difference_looks.small()
            )

    def _pieces(
        self,
        pieces: Sequence[DiffPiece],
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
            self._cursor.insertText(text, difference_looks.marked(look, piece.change))
        if nothing and not mine:
            self._cursor.insertText(_("None"), difference_looks.small())

    def _say(self, row: Row) -> None:
        if isinstance(row, Gap):
            number = row.number
            said = ngettext("{n} paragraph unchanged", "{n} paragraphs unchanged", number)
            self._cursor.insertText("⋯\u2002" + said.format(n=number), difference_looks.small())
        elif isinstance(row, str):
            self._cursor.insertText(row, difference_looks.small())

    # --- blocks and tables

    def _paragraph(self, form: QTextBlockFormat) -> None:
        if self._fresh:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._fresh = False

    def _table(self, rows: int, shares: Sequence[float], *, below: int = 0) -> QTextTable:
        """Columns by their shares of the width, in per cent."""
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(0)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setBottomMargin(below)
        of_all = QTextLength.Type.PercentageLength
        form.setWidth(QTextLength(of_all, 100))
        form.setColumnWidthConstraints([QTextLength(of_all, share) for share in shares])
        return self._cursor.insertTable(rows, len(shares), form)

    def _enter(
        self, table: QTextTable, number: int, column: int, row: Row, side: Side | None = None
    ) -> None:
        line = row.of if isinstance(row, ShownRow) and isinstance(row.of, LineDiff) else None
        here = {"old": "away", "new": "moved", None: ""}[side]
        at = table.cellAt(number, column)
        form = difference_looks.cell(
            first=column == 0,
            begins=not isinstance(row, ShownRow) or row.begins,
            ends=not isinstance(row, ShownRow) or row.ends,
            moved=line is not None and line.change == here,
        )
        at.setFormat(form)
        self._cursor = at.firstCursorPosition()
        self._cursor.setBlockFormat(difference_looks.in_cell(line))

    def _leave(self, table: QTextTable) -> None:
        self._cursor = table.lastCursorPosition()
        self._cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        self._fresh = True


def _kind(row: Row) -> Literal["field", "line", "remark"]:
    if isinstance(row, str):
        return "remark"
    return "field" if isinstance(row, ShownRow) and isinstance(row.of, FieldDiff) else "line"
