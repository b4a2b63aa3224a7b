"""Lists: created, removed, indented and outdented."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtGui import QTextBlock, QTextCursor, QTextList

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.forms import BlockForm, block_format
from pressdesk.gui.bridge.walk import blocks, one_step
from pressdesk.gui.editing.blocks import chosen

DEEPEST = 6
"""Levels of nesting the keys can make."""


def toggle_list(cursor: QTextCursor, *, ordered: bool) -> None:
    """Make the chosen paragraphs a list; or paragraphs again, where all are such a list."""
    items = chosen(cursor)
    if not items:
        return
    with one_step(cursor):
        if all(in_list(block) and _ordered(block) == ordered for block in items):
            for block in items:
                leave_list(block)
        else:
            for block in items:
                _put(block, indent=max(indent_of(block), 1), ordered=ordered)
            _part(items[-1].next())


def indent_items(cursor: QTextCursor) -> None:
    """One level deeper, with what hangs below, where there is an item above to hang on."""
    items = _items(cursor)
    if not items:
        return
    above = items[0].previous()
    deepest = max(indent_of(block) for block in items)
    if indent_of(above) >= indent_of(items[0]) and deepest < DEEPEST:
        _shift(cursor, items, 1)


def outdent_items(cursor: QTextCursor) -> None:
    """One level up, with what hangs below; an item of the first level leaves the list."""
    items = _items(cursor)
    if not items:
        return
    if indent_of(items[0]) > 1:
        _shift(cursor, items, -1)
        return
    with one_step(cursor):
        leave_list(items[0])
        if items[1:]:
            _shift(cursor, items[1:], -1)


def outdent(cursor: QTextCursor, block: QTextBlock) -> None:
    """The item of the cursor one level up; on the first level it alone leaves the list."""
    if indent_of(block) > 1:
        outdent_items(cursor)
    else:
        leave_list(block)


def leave_list(block: QTextBlock) -> None:
    """Turn one item into a paragraph; the items after it are renumbered."""
    with one_step(QTextCursor(block)):
        QTextCursor(block).setBlockFormat(block_format(BlockForm()))
        _part(block.next())


def in_list(block: QTextBlock) -> bool:
    """True for an item of a list."""
    return block.isValid() and block.blockFormat().objectIndex() != -1 and bool(block.textList())


def indent_of(block: QTextBlock) -> int:
    """The level of an item, from 1; 0 for anything else."""
    held = block.textList() if in_list(block) else None
    return max(held.format().indent(), 1) if held is not None else 0


def _ordered(block: QTextBlock) -> bool:
    held = block.textList()
    return held is not None and forms.is_ordered(held.format())


def _shift(cursor: QTextCursor, items: list[QTextBlock], by: int) -> None:
    with one_step(cursor):
        for block in items:
            _put(block, indent=indent_of(block) + by, ordered=_ordered(block))
        _part(items[-1].next())


def _put(block: QTextBlock, *, indent: int, ordered: bool) -> None:
    """Make a block an item: of the list it goes on with, else of a new one."""
    fresh, held = QTextCursor(block), _list_above(block, indent)
    fresh.setBlockFormat(forms.item_format())
    if held is not None and forms.is_ordered(held.format()) == ordered:
        held.add(block)
    else:
        fresh.createList(forms.list_format(ordered=ordered, indent=indent))


def _list_above(block: QTextBlock, indent: int) -> QTextList | None:
    """The list an item of this level goes on with."""
    above = block.previous()
    while indent_of(above) > indent:
        above = above.previous()
    return above.textList() if in_list(above) and indent_of(above) == indent else None


def _part(block: QTextBlock) -> None:
    """Give the items from here on lists of their own where they no longer go on above.

    Qt would count on across the gap; the tree, and so the printed page, would not.
    """
    items = list(takewhile(in_list, blocks(block)))
    for item, indent, ordered in [(item, indent_of(item), _ordered(item)) for item in items]:
        if not _goes_on(item, indent):
            _put(item, indent=indent, ordered=ordered)


def _goes_on(block: QTextBlock, indent: int) -> bool:
    held, before = block.textList(), _list_above(block, indent)
    if held is None or before is None:
        return held is not None and held.item(0) == block
    return before.objectIndex() == held.objectIndex()


def _items(cursor: QTextCursor) -> list[QTextBlock]:
    """The chosen items, with those that hang below the last."""
    here = [block for block in chosen(cursor) if in_list(block)]
    if not here:
        return []
    level = indent_of(here[-1])
    return here + list(takewhile(lambda item: indent_of(item) > level, blocks(here[-1].next())))
