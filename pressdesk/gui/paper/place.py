"""Remembers the place in a text, and finds it again after others changed the text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextCursor, QTextDocument

from pressdesk.gui.bridge.walk import blocks


@dataclass(frozen=True)
class Spot:
    """The paragraph of the cursor, how far into it, and how far the page is scrolled."""

    paragraph: int
    words: str
    column: int
    scrolled: int


def spot(cursor: QTextCursor, scrolled: int) -> Spot:
    """Where this cursor is."""
    block = cursor.block()
    return Spot(block.blockNumber(), block.text(), cursor.positionInBlock(), scrolled)


def found(document: QTextDocument, was: Spot) -> int:
    """The position of the spot: in the nearest paragraph that reads the same, else at its place."""
    same = [block for block in blocks(document.begin()) if block.text() == was.words]
    same.sort(key=lambda block: abs(block.blockNumber() - was.paragraph))
    last = document.blockCount() - 1
    block = same[0] if same else document.findBlockByNumber(min(was.paragraph, last))
    return block.position() + min(was.column, block.length() - 1)
