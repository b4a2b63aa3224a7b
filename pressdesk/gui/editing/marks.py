"""Marks and links on the selected characters."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat

from pressdesk.document.nodes import Mark
from pressdesk.gui.bridge.read import marks_of
from pressdesk.gui.bridge.walk import blocks_to, fragments, one_step, over, select

_PLACES = {
    Mark.SUB: QTextCharFormat.VerticalAlignment.AlignSubScript,
    Mark.SUP: QTextCharFormat.VerticalAlignment.AlignSuperScript,
}


def marked(style: QTextCharFormat, mark: Mark) -> QTextCharFormat:
    """A format to merge that puts ``mark`` on, or takes it off where ``style`` has it."""
    wanted = mark not in marks_of(style)
    change = QTextCharFormat()
    if mark is Mark.STRONG:
        change.setFontWeight(700 if wanted else 400)
    elif mark is Mark.EMPH:
        change.setFontItalic(wanted)
    elif mark is Mark.UNDERLINE:
        change.setFontUnderline(wanted)
    else:
        normal = QTextCharFormat.VerticalAlignment.AlignNormal
        change.setVerticalAlignment(_PLACES[mark] if wanted else normal)
    return change


def first_format(cursor: QTextCursor) -> QTextCharFormat:
    """The format of the first selected character, or the one the next letter will have."""
    if not cursor.hasSelection():
        return cursor.charFormat()
    begin = QTextCursor(cursor.document())
    begin.setPosition(cursor.selectionStart())
    begin.movePosition(QTextCursor.MoveOperation.NextCharacter)
    return begin.charFormat()


def put_link(cursor: QTextCursor, address: str | None) -> None:
    """Link what is selected, or the whole link the cursor is in; None takes the link off.

    Where there is neither, the address is written and linked.
    """
    with one_step(cursor):
        if not cursor.hasSelection():
            _select_link(cursor)
        if not cursor.hasSelection() and address:
            start = cursor.position()
            cursor.insertText(address.removeprefix("mailto:").removeprefix("tel:"))
            select(cursor, start, cursor.position())
        for part in _fragments(cursor):
            style = after_link(part.charFormat())
            if address:
                style.setAnchor(True)
                style.setAnchorHref(address)
            part.setCharFormat(style)


def link_at(cursor: QTextCursor) -> str:
    """The address of the link at the cursor, or ""."""
    style = first_format(cursor)
    return style.anchorHref() if style.isAnchor() else ""


def _select_link(cursor: QTextCursor) -> None:
    """Select the whole link at the cursor; nothing if there is none."""
    address, here = cursor.charFormat().anchorHref(), cursor.position()
    low = high = -1
    for part in fragments(cursor.block()):
        if part.charFormat().anchorHref() != address:
            continue
        low = part.position() if high != part.position() else low
        high = part.position() + part.length()
        if address and low <= here <= high:
            select(cursor, low, high)


def clear_marks(cursor: QTextCursor) -> None:
    """Take marks, links and languages off what is selected; pictures stay."""
    for part in _fragments(cursor):
        part.setCharFormat(QTextCharFormat())


def after_link(style: QTextCharFormat) -> QTextCharFormat:
    """The same without the link: for what is typed behind one."""
    plain = QTextCharFormat(style)
    for name in (QTextFormat.Property.IsAnchor, QTextFormat.Property.AnchorHref):
        plain.clearProperty(name)
    return plain


def _fragments(cursor: QTextCursor) -> Iterator[QTextCursor]:
    """A cursor over each stretch of equal format in the selection, pictures left out."""
    document = cursor.document()
    low, high = cursor.selectionStart(), cursor.selectionEnd()
    spans = []
    for block in blocks_to(document.findBlock(low), document.findBlock(high)):
        for fragment in fragments(block):
            begin = max(low, fragment.position())
            end = min(high, fragment.position() + fragment.length())
            if begin < end and not fragment.charFormat().isImageFormat():
                spans.append((begin, end))
    # charFormat() of a selection is that of the character before its position.
    return (over(document, *span) for span in spans)
