"""Enter, Backspace, Delete and letters at borders where Qt's own answer is wrong."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.forms import BlockForm, block_format, form_of
from pressdesk.gui.bridge.walk import one_step, over
from pressdesk.gui.editing.blocks import leave_quote, put_form
from pressdesk.gui.editing.lists import in_list, outdent
from pressdesk.gui.editing.marks import after_link

_AFTER = {"question": "answer", "answer": "answer", "lead": "body", "address": "body"}
_CAPTIONS = (forms.ATTRIBUTION, forms.CAPTION, forms.CREDIT)


def enter(cursor: QTextCursor) -> None:
    """A new paragraph of the kind that follows this one, as one undo step."""
    with one_step(cursor):
        cursor.removeSelectedText()
        if cursor.currentTable() is not None:
            cursor.insertText("\u2028")
        elif in_list(cursor.block()):
            _enter_item(cursor)
        else:
            _enter_block(cursor)


def backspace(cursor: QTextCursor) -> bool:
    """Backspace at the start of a block; False when Qt's own answer will do."""
    block = cursor.block()
    if cursor.hasSelection() or not cursor.atBlockStart() or cursor.currentTable() is not None:
        return False
    form = form_of(block)
    if in_list(block):
        outdent(cursor, block)
        return True
    if form.glued:
        return False
    if form.level or form.group or form.role not in ("body", forms.VACANT):
        with one_step(cursor):
            if form.role in (forms.RULE, forms.FIGURE, forms.CAPTION):
                _remove_special(block, form)
            elif form.group:
                leave_quote(block)
            else:
                put_form(block, BlockForm())
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
        leave_quote(block)
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
    if form.role == forms.VACANT:
        put_form(block, BlockForm())
        form = BlockForm()
    if form.level:
        following = BlockForm() if at_end else BlockForm(level=form.level)
    else:
        role = _AFTER.get(form.role, form.role) if at_end else form.role
        following = BlockForm(role, group=form.group)
    _new(cursor, following)


def _enter_item(cursor: QTextCursor) -> None:
    block = cursor.block()
    if block.length() > 1:
        cursor.insertBlock(forms.item_format(), after_link(cursor.charFormat()))
        held = block.textList()
        if held is not None and not in_list(cursor.block()):
            held.add(cursor.block())
    else:
        outdent(cursor, block)


def _new(cursor: QTextCursor, form: BlockForm) -> None:
    before = cursor.charFormat()
    bare = form.level or before.isImageFormat()
    cursor.insertBlock(block_format(form), QTextCharFormat() if bare else after_link(before))


def _remove_special(block: QTextBlock, form: BlockForm) -> None:
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
    below = block.next()
    if not below.isValid():
        put_form(block, BlockForm(forms.VACANT))
        return
    kept, gone = below.blockFormat(), over(block.document(), block.position(), below.position())
    with one_step(gone):
        gone.removeSelectedText()
        gone.setBlockFormat(kept)


def before_typing(text: QTextEdit) -> None:
    """What is typed behind a link, or into the place of a break or picture, is not part of it."""
    cursor = text.textCursor()
    if cursor.hasSelection():
        return
    style = cursor.charFormat()
    if style.isAnchor():
        ahead = QTextCursor(cursor)
        ahead.movePosition(QTextCursor.MoveOperation.NextCharacter)
        same = ahead.charFormat().anchorHref() == style.anchorHref()
        if cursor.atBlockEnd() or not same:
            text.setCurrentCharFormat(after_link(style))
    if cursor.block().blockFormat().stringProperty(forms.ROLE) in (forms.RULE, forms.FIGURE):
        enter(cursor)
        text.setTextCursor(cursor)
