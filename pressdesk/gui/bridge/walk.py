"""Ways through a document: its blocks, what is in one of them, and stretches of characters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFragment


def blocks(first: QTextBlock) -> Iterator[QTextBlock]:
    """This block and all behind it, the next one looked up when it is its turn."""
    while first.isValid():
        yield first
        first = first.next()


def blocks_to(first: QTextBlock, last: QTextBlock) -> Iterator[QTextBlock]:
    """These two blocks and all between them."""
    for block in blocks(first):
        yield block
        if block == last:
            return


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The stretches of equal format in a block."""
    places = block.begin()
    while not places.atEnd():
        yield places.fragment()
        places += 1


def select(cursor: QTextCursor, begin: int, end: int) -> QTextCursor:
    """The same cursor, with these characters selected."""
    cursor.setPosition(begin)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def over(document: QTextDocument, begin: int, end: int) -> QTextCursor:
    """A new cursor over these characters."""
    return select(QTextCursor(document), begin, end)


@contextmanager
def one_step(cursor: QTextCursor) -> Iterator[None]:
    """What is done within is undone as one."""
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()
