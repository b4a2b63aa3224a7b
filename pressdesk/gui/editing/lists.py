"""Lists: made, taken apart, indented and outdented."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.forms import BlockForm, block_format
from pressdesk.gui.editing.blocks import chosen

DEEPEST = 6
"""Levels of nesting the keys can make."""


def toggle_list(cursor: QTextCursor, *, ordered: bool) -> None:
    """Make the chosen paragraphs a list; or paragraphs again, where all are such a list."""
    blocks = chosen(cursor)
    if not blocks:
        return
    cursor.beginEditBlock()
    if all(in_list(block) and _ordered(block) == ordered for block in blocks):
        for block in blocks:
            leave_list(block)
    else:
        for block in blocks:
            _put(block, indent=max(indent_of(block), 1), ordered=ordered)
        _part(blocks[-1].next())
    cursor.endEditBlock()


def indent_items(cursor: QTextCursor) -> bool:
    """One level deeper, with what hangs below; False when there is no item above to hang on."""
    blocks = _with_children([block for block in chosen(cursor) if in_list(block)])
    if not blocks:
        return False
    above = blocks[0].previous()
    if not in_list(above) or indent_of(above) < indent_of(blocks[0]):
        return False
    if max(indent_of(block) for block in blocks) >= DEEPEST:
        return False
    _shift(cursor, blocks, 1)
    return True


def outdent_items(cursor: QTextCursor) -> bool:
    """One level up, with what hangs below; an item of the first level leaves the list."""
    blocks = _with_children([block for block in chosen(cursor) if in_list(block)])
    if not blocks:
        return False
    if indent_of(blocks[0]) == 1:
        cursor.beginEditBlock()
        leave_list(blocks[0])
        if blocks[1:]:
            _shift(cursor, blocks[1:], -1)
        cursor.endEditBlock()
    else:
        _shift(cursor, blocks, -1)
    return True


def leave_list(block: QTextBlock) -> None:
    """Make one item a paragraph; the items behind it count anew."""
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


def _shift(cursor: QTextCursor, blocks: list[QTextBlock], by: int) -> None:
    cursor.beginEditBlock()
    for block in blocks:
        _put(block, indent=indent_of(block) + by, ordered=_ordered(block))
    _part(blocks[-1].next())
    cursor.endEditBlock()


def _put(block: QTextBlock, *, indent: int, ordered: bool) -> None:
    """Make a block an item: of the list it goes on with, else of a new one."""
    fresh = QTextCursor(block)
    above = block.previous()
    fresh.setBlockFormat(forms.item_format())
    while in_list(above) and indent_of(above) > indent:
        above = above.previous()
    held = above.textList() if in_list(above) and indent_of(above) == indent else None
    if held is not None and _ordered(above) == ordered:
        held.add(block)
    else:
        fresh.createList(forms.list_format(ordered=ordered, indent=indent))


def _part(block: QTextBlock) -> None:
    """Give the items from here on lists of their own where they no longer go on above.

    Qt would count on across the gap; the tree, and so the printed page, would not.
    """
    rest = []
    while in_list(block):
        rest.append((block, indent_of(block), _ordered(block)))
        block = block.next()
    for item, indent, ordered in rest:
        if not _goes_on(item, indent):
            _put(item, indent=indent, ordered=ordered)


def _goes_on(block: QTextBlock, indent: int) -> bool:
    held = block.textList()
    above = block.previous()
    while in_list(above) and indent_of(above) > indent:
        above = above.previous()
    linked = in_list(above) and indent_of(above) == indent and held is not None
    if linked and held is not None:
        before = above.textList()
        return before is not None and before.objectIndex() == held.objectIndex()
    return held is not None and held.item(0) == block


def _with_children(blocks: list[QTextBlock]) -> list[QTextBlock]:
    if not blocks:
        return []
    out = list(blocks)
    level = indent_of(blocks[-1])
    below = blocks[-1].next()
    while in_list(below) and indent_of(below) > level:
        out.append(below)
        below = below.next()
    return out
