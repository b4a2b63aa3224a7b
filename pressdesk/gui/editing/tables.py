"""Tables: inserted, extended and cut down."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QTextCursor, QTextTable
from shiboken6 import isValid

from pressdesk.document.nodes import Cell, Document, Table
from pressdesk.document.tools import heads
from pressdesk.gui.bridge.fill import insert, table_format
from pressdesk.gui.bridge.forms import cell_format
from pressdesk.gui.bridge.walk import blocks, one_step, select


def insert_table(cursor: QTextCursor, rows: int, columns: int) -> None:
    """Put an empty table in; the cursor ends in its first cell. Never inside another table."""
    if cursor.currentTable() is not None:
        return
    start = cursor.selectionStart()
    empty = tuple((Cell(),) * columns for _ in range(rows))
    insert(cursor, Document((Table(empty),)))
    below = blocks(cursor.document().findBlock(start))
    first = next(block for block in below if QTextCursor(block).currentTable() is not None)
    cursor.setPosition(first.position())


def change_table(cursor: QTextCursor, change: str) -> None:
    """One of the changes of ``CHANGES`` at the cell of the cursor; nothing outside a table."""
    table = cursor.currentTable()
    if table is None:
        return
    cell = table.cellAt(cursor)
    with one_step(cursor):
        CHANGES[change](table, cell.row(), cell.column())
        if _is_left(table):
            _settle_header(table)


def next_cell(cursor: QTextCursor, *, back: bool = False) -> None:
    """To the next cell; behind the last one a row is added."""
    table = cursor.currentTable()
    if table is None:
        return
    cell = table.cellAt(cursor)
    number = cell.row() * table.columns() + cell.column() + (-1 if back else 1)
    if number < 0:
        return
    if number >= table.rows() * table.columns():
        _rows(table, table.rows())
    target = table.cellAt(*divmod(number, table.columns()))
    begin, end = target.firstCursorPosition(), target.lastCursorPosition()
    select(cursor, begin.position(), end.position())


def _rows(table: QTextTable, at: int) -> None:
    table.insertRows(at, 1)
    for column in range(table.columns()):
        table.cellAt(at, column).firstCursorPosition().setBlockFormat(cell_format())


def _columns(table: QTextTable, at: int) -> None:
    table.insertColumns(at, 1)
    for row in range(table.rows()):
        table.cellAt(row, at).firstCursorPosition().setBlockFormat(cell_format())
    _even(table)


def _less_columns(table: QTextTable, at: int) -> None:
    table.removeColumns(at, 1)
    if _is_left(table):
        _even(table)


def _is_left(table: QTextTable) -> bool:
    """False when its last row or column has gone: Qt drops such a table, sooner or later."""
    return isValid(table) and table.rows() > 0 and table.columns() > 0


def _even(table: QTextTable) -> None:
    table.setFormat(table_format(table.format().headerRowCount(), table.columns()))


def _set_header(table: QTextTable, rows: int) -> None:
    style = table.format()
    if style.headerRowCount() != rows:
        style.setHeaderRowCount(rows)
        table.setFormat(style)


def _settle_header(table: QTextTable) -> None:
    """A heading that was left without rows is shown as the row it will be printed as."""
    _set_header(table, heads(table.format().headerRowCount(), table.rows()))


CHANGES: Mapping[str, Callable[[QTextTable, int, int], None]] = {
    "row above": lambda table, row, column: _rows(table, row),
    "row below": lambda table, row, column: _rows(table, row + 1),
    "delete row": lambda table, row, column: table.removeRows(row, 1),
    "column before": lambda table, row, column: _columns(table, column),
    "column after": lambda table, row, column: _columns(table, column + 1),
    "delete column": lambda table, row, column: _less_columns(table, column),
    "header": lambda table, row, column: _set_header(
        table, 0 if table.format().headerRowCount() else 1
    ),
    "delete table": lambda table, row, column: table.removeRows(0, table.rows()),
}
"""What can be done to a table, by name."""
