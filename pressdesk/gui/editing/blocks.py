"""Paragraph styles of the selected blocks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.forms import BlockForm, block_format, form_of
from pressdesk.gui.bridge.read import quotes_in
from pressdesk.gui.bridge.walk import blocks, one_step

_FIXED = (forms.FIGURE, forms.RULE)


def chosen(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks a command acts on: those of the selection, outside tables, not pictures."""
    first, end = cursor.document().findBlock(cursor.selectionStart()), cursor.selectionEnd()
    if not cursor.hasSelection():
        return [first] if _styled(first) else []
    out: list[QTextBlock] = []
    for block in blocks(first):
        if block.position() >= end:
            break
        if _styled(block):
            out.append(block)
    return out


def _styled(block: QTextBlock) -> bool:
    role = block.blockFormat().stringProperty(forms.ROLE)
    return role not in _FIXED and QTextCursor(block).currentTable() is None


def style_of(block: QTextBlock) -> str:
    """The name of the style a block has; "bullets" or "numbers" in a list."""
    held = block.textList() if block.blockFormat().objectIndex() != -1 else None
    if held is not None:
        return "numbers" if forms.is_ordered(held.format()) else "bullets"
    form = form_of(block)
    if form.level:
        return f"heading{max(2, min(form.level, 4))}"
    if form.role == forms.ATTRIBUTION:
        return "attribution"
    if form.group:
        return "quote"
    return form.role if form.role in forms.BODY_ROLES - {"body"} else "paragraph"


def set_style(cursor: QTextCursor, style: str) -> None:
    """Give the chosen blocks a style; "quote" on a quote takes it away again."""
    here = chosen(cursor)
    if not here:
        return
    if style == "quote" and all(style_of(block) == "quote" for block in here):
        style = "paragraph"
    with one_step(cursor):
        group = _group(here[0], style)
        for block in here:
            put_form(block, _form(style, group))


def put_form(block: QTextBlock, form: BlockForm) -> None:
    """Set the type of one block to ``form``; it leaves its list and keeps room for a dateline."""
    style = block_format(form)
    if form.role in ("body", "lead", forms.VACANT) and not form.level and not form.group:
        style.setTextIndent(block.blockFormat().textIndent())
    QTextCursor(block).setBlockFormat(style)


def leave_quote(block: QTextBlock) -> None:
    """Make one block a paragraph; the rest of its quote, cut in two, has a number of its own."""
    put_form(block, BlockForm())
    group = form_of(block.next()).group
    if not group:
        return
    fresh = quotes_in(block.document()) + 1
    for below in blocks(block.next()):
        form = form_of(below)
        if form.group != group:
            return
        put_form(below, replace(form, group=fresh))


def insert_rule(cursor: QTextCursor) -> None:
    """Put a break in the text behind the current block, and a paragraph behind it."""
    with one_step(cursor):
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(block_format(BlockForm(forms.RULE)), QTextCharFormat())
        cursor.insertBlock(block_format(BlockForm()), QTextCharFormat())


def _form(style: str, group: int) -> BlockForm:
    if style.startswith("heading"):
        return BlockForm(level=int(style[-1]))
    if style == "quote":
        return BlockForm(group=group)
    if style == "attribution":
        return BlockForm(forms.ATTRIBUTION, group=group)
    return BlockForm(style if style != "paragraph" else "body")


def _group(first: QTextBlock, style: str) -> int:
    if style not in ("quote", "attribution"):
        return 0
    own, above = form_of(first).group, form_of(first.previous()).group
    if style == "attribution" and (own or above):
        return own or above
    return own or quotes_in(first.document()) + 1
