"""Enter, Backspace and Delete at the borders of blocks, where Qt's own answer is wrong."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.forms import BlockForm, block_format, form_of
from pressdesk.gui.editing.blocks import part_quote, put_form
from pressdesk.gui.editing.lists import in_list, indent_of, leave_list, outdent_items
from pressdesk.gui.editing.marks import after_link

_AFTER = {"question": "answer", "answer": "answer", "lead": "body", "address": "body"}
_CAPTIONS = (forms.ATTRIBUTION, forms.CAPTION, forms.CREDIT)


def enter(cursor: QTextCursor) -> None:
    """A new paragraph of the kind that follows this one, as one undo step."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if cursor.currentTable() is not None:
        cursor.insertText("\u2028")
    elif in_list(cursor.block()):
        _enter_item(cursor)
    else:
        _enter_block(cursor)
    cursor.endEditBlock()


def backspace(cursor: QTextCursor) -> bool:
    """Backspace at the start of a block; False when Qt's own answer will do."""
    block = cursor.block()
    if cursor.hasSelection() or not cursor.atBlockStart() or cursor.currentTable() is not None:
        return False
    form = form_of(block)
    if in_list(block):
        _unlist(cursor, block)
        return True
    if form.glued:
        return False
    if form.level or form.group or form.role not in ("body", forms.VACANT):
        cursor.beginEditBlock()
        if form.role in (forms.RULE, forms.FIGURE, forms.CAPTION):
            _remove_special(cursor, block, form)
        else:
            put_form(block, BlockForm())
            if form.group and block.next().isValid():
                part_quote(block.next())
        cursor.endEditBlock()
        return True
    return _backspace_into(cursor, block)


def delete(cursor: QTextCursor) -> bool:
    """Delete at the end of a block; False when Qt's own answer will do."""
    below = cursor.block().next()
    if cursor.hasSelection() or not cursor.atBlockEnd() or not below.isValid():
        return False
    role = form_of(below).role
    if role == forms.RULE and QTextCursor(below).currentTable() is None:
        _erase(below)
        return True
    return role == forms.FIGURE


def _enter_block(cursor: QTextCursor) -> None:
    block = cursor.block()
    form = form_of(block)
    at_end, at_start, empty = cursor.atBlockEnd(), cursor.atBlockStart(), block.length() == 1
    if form.group and empty:
        put_form(block, BlockForm())
        if block.next().isValid():
            part_quote(block.next())
        return
    if form.role == "answer" and empty:
        put_form(block, BlockForm("question"))
        return
    if form.role in _CAPTIONS or form.role in (forms.RULE, forms.FIGURE):
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        _new(cursor, BlockForm())
        return
    if form.level and at_start and not empty:
        style = block.blockFormat()
        put_form(block, BlockForm())
        cursor.insertBlock(style, QTextCharFormat())
        return
    if form.level:
        following = BlockForm() if at_end else BlockForm(level=form.level)
    else:
        role = "body" if form.role == forms.VACANT else form.role
        if form.role == forms.VACANT:
            put_form(block, BlockForm())
        following = BlockForm(_AFTER.get(role, role) if at_end else role, group=form.group)
    _new(cursor, following)


def _enter_item(cursor: QTextCursor) -> None:
    block = cursor.block()
    if block.length() > 1:
        cursor.insertBlock(forms.item_format(), after_link(cursor.charFormat()))
        held = block.textList()
        if held is not None and not in_list(cursor.block()):
            held.add(cursor.block())
    elif indent_of(block) > 1:
        outdent_items(cursor)
    else:
        leave_list(block)


def _new(cursor: QTextCursor, form: BlockForm) -> None:
    carried = QTextCharFormat() if form.level else after_link(cursor.charFormat())
    if carried.isImageFormat():
        carried = QTextCharFormat()
    cursor.insertBlock(block_format(form), carried)


def _unlist(cursor: QTextCursor, block: QTextBlock) -> None:
    if indent_of(block) > 1:
        outdent_items(cursor)
        return
    cursor.beginEditBlock()
    leave_list(block)
    cursor.endEditBlock()


def _remove_special(cursor: QTextCursor, block: QTextBlock, form: BlockForm) -> None:
    """A rule, or a picture with its empty caption, goes as a whole."""
    above = block.previous()
    if form.role == forms.CAPTION and block.length() == 1 and form_of(above).role == forms.FIGURE:
        put_form(block, BlockForm())
        _erase(above)
    elif form.role == forms.RULE:
        put_form(block, BlockForm())
    elif form.role == forms.FIGURE and above.isValid() and above.length() == 1:
        _erase(above)


def _backspace_into(cursor: QTextCursor, block: QTextBlock) -> bool:
    above = block.previous()
    if not above.isValid():
        return True
    if QTextCursor(above).currentTable() is not None:
        cursor.setPosition(above.position() + above.length() - 1)
        return True
    role = form_of(above).role
    if role == forms.RULE and above.length() == 1:
        _erase(above)
        return True
    return role == forms.FIGURE


def _erase(block: QTextBlock) -> None:
    """Take a block out with all that is in it; the next one keeps its form."""
    gone = QTextCursor(block)
    below = block.next()
    if not below.isValid():
        put_form(block, BlockForm(forms.VACANT))
        return
    kept = below.blockFormat()
    gone.beginEditBlock()
    gone.setPosition(below.position(), QTextCursor.MoveMode.KeepAnchor)
    gone.removeSelectedText()
    gone.setBlockFormat(kept)
    gone.endEditBlock()
