"""Paragraph styles: what the chosen blocks are."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.forms import BlockForm, block_format, form_of
from pressdesk.gui.bridge.read import quotes_in

STYLES = (
    "paragraph",
    "lead",
    "heading2",
    "heading3",
    "heading4",
    "question",
    "answer",
    "address",
    "quote",
    "attribution",
)
"""Names of the styles a block can be given; lists are made by ``lists.toggle_list``."""

_FIXED = (forms.FIGURE, forms.RULE)


def chosen(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks a command acts on: those of the selection, outside tables, not pictures."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    end = cursor.selectionEnd()
    out: list[QTextBlock] = []
    while block.isValid() and (block.position() < end or not out):
        loose = QTextCursor(block).currentTable() is None
        if loose and block.blockFormat().stringProperty(forms.ROLE) not in _FIXED:
            out.append(block)
        elif not loose and not cursor.hasSelection():
            return []
        block = block.next()
        if not cursor.hasSelection():
            break
    return out


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
    blocks = chosen(cursor)
    if not blocks:
        return
    if style == "quote" and all(style_of(block) == "quote" for block in blocks):
        style = "paragraph"
    cursor.beginEditBlock()
    group = _group(cursor, blocks, style)
    for block in blocks:
        put_form(block, _form(style, group))
    cursor.endEditBlock()


def put_form(block: QTextBlock, form: BlockForm) -> None:
    """Make one block what ``form`` says; it leaves its list, and keeps room for a dateline."""
    style = block_format(form)
    if form.role in ("body", "lead", forms.VACANT) and not form.level and not form.group:
        style.setTextIndent(block.blockFormat().textIndent())
    QTextCursor(block).setBlockFormat(style)


def part_quote(block: QTextBlock) -> None:
    """Give the rest of a quote from this block on a number of its own: it was cut in two."""
    group = form_of(block).group
    if not group:
        return
    fresh = quotes_in(block.document()) + 1
    while block.isValid() and form_of(block).group == group:
        form = form_of(block)
        put_form(block, BlockForm(form.role, form.level, fresh, form.glued))
        block = block.next()


def insert_rule(cursor: QTextCursor) -> None:
    """Put a break in the text behind the current block, and a paragraph behind it."""
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertBlock(block_format(BlockForm(forms.RULE)), QTextCharFormat())
    cursor.insertBlock(block_format(BlockForm()), QTextCharFormat())
    cursor.endEditBlock()


def _form(style: str, group: int) -> BlockForm:
    if style.startswith("heading"):
        return BlockForm(level=int(style[-1]))
    if style == "quote":
        return BlockForm(group=group)
    if style == "attribution":
        return BlockForm(forms.ATTRIBUTION, group=group)
    return BlockForm(style if style != "paragraph" else "body")


def _group(cursor: QTextCursor, blocks: list[QTextBlock], style: str) -> int:
    if style not in ("quote", "attribution"):
        return 0
    own = form_of(blocks[0]).group
    above = form_of(blocks[0].previous()).group if blocks[0].previous().isValid() else 0
    if style == "attribution" and (own or above):
        return own or above
    return own or quotes_in(cursor.document()) + 1
