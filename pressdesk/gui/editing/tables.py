"""Tables: put in, grown and cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QTextCursor, QTextTable

from pressdesk.document.nodes import Cell, Document, Table
from pressdesk.document.tools import heads
from pressdesk.gui.bridge.fill import insert, table_format
from pressdesk.gui.bridge.forms import cell_format


def insert_table(cursor: QTextCursor, rows: int, columns: int) -> None:
    """Put an empty table in; the cursor ends in its first cell. Never inside another table."""
    if cursor.currentTable() is not None:
        return
    start = cursor.selectionStart()
    empty = tuple((Cell(),) * columns for _ in range(rows))
    insert(cursor, Document((Table(empty),)))
    block = cursor.document().findBlock(start)
    while block.isValid():
        if QTextCursor(block).currentTable() is not None:
            cursor.setPosition(block.position())
            return
        block = block.next()


def change_table(cursor: QTextCursor, change: str) -> None:
    """One of the changes of ``CHANGES`` at the cell of the cursor; nothing outside a table."""
    table = cursor.currentTable()
    if table is None:
        return
    cell = table.cellAt(cursor)
    row, column = cell.row(), cell.column()
    cursor.beginEditBlock()
    CHANGES[change](table, row, column)
    _settle_header(table)
    cursor.endEditBlock()


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
    target = table.cellAt(number // table.columns(), number % table.columns())
    cursor.setPosition(target.firstCursorPosition().position())
    cursor.setPosition(target.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)


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
    last = table.columns() == 1
    table.removeColumns(at, 1)
    if not last:
        _even(table)


def _even(table: QTextTable) -> None:
    table.setFormat(table_format(table.format().headerRowCount(), table.columns()))


def _header(table: QTextTable) -> None:
    style = table.format()
    style.setHeaderRowCount(0 if style.headerRowCount() else 1)
    table.setFormat(style)


def _settle_header(table: QTextTable) -> None:
    """A heading that was left without rows is shown as the row it will be printed as."""
    style = table.format()
    wanted = style.headerRowCount()
    if table.rows() and heads(wanted, table.rows()) != wanted:
        style.setHeaderRowCount(heads(wanted, table.rows()))
        table.setFormat(style)


CHANGES: Mapping[str, Callable[[QTextTable, int, int], None]] = {
    "row above": lambda table, row, column: _rows(table, row),
    "row below": lambda table, row, column: _rows(table, row + 1),
    "delete row": lambda table, row, column: table.removeRows(row, 1),
    "column before": lambda table, row, column: _columns(table, column),
    "column after": lambda table, row, column: _columns(table, column + 1),
    "delete column": lambda table, row, column: _less_columns(table, column),
    "header": lambda table, row, column: _header(table),
    "delete table": lambda table, row, column: table.removeRows(0, table.rows()),
}
"""What can be done to a table, by name."""
