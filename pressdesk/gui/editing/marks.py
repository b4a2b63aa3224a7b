"""Marks and links on the selected characters."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat

from pressdesk.document.nodes import Mark
from pressdesk.gui.bridge.read import marks_of

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


def put_link(cursor: QTextCursor, address: str | None, text: str = "") -> None:
    """Link what is selected, or the whole link the cursor is in; None takes the link off.

    Where there is neither, ``text`` (else the address) is written and linked.
    """
    cursor.beginEditBlock()
    if not cursor.hasSelection():
        select_link(cursor)
    if not cursor.hasSelection() and address:
        start = cursor.position()
        cursor.insertText(text or address.removeprefix("mailto:").removeprefix("tel:"))
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
    for part in _fragments(cursor):
        style = part.charFormat()
        style.clearProperty(QTextFormat.Property.IsAnchor)
        style.clearProperty(QTextFormat.Property.AnchorHref)
        if address:
            style.setAnchor(True)
            style.setAnchorHref(address)
        part.setCharFormat(style)
    cursor.endEditBlock()


def link_at(cursor: QTextCursor) -> str:
    """The address of the link at the cursor, or ""."""
    style = first_format(cursor)
    return style.anchorHref() if style.isAnchor() else ""


def select_link(cursor: QTextCursor) -> None:
    """Select all of the link the cursor stands in; nothing where there is none."""
    address = cursor.charFormat().anchorHref()
    if not address:
        return
    places = cursor.block().begin()
    low = high = -1
    while not places.atEnd():
        fragment = places.fragment()
        begin, end = fragment.position(), fragment.position() + fragment.length()
        if fragment.charFormat().anchorHref() == address:
            low = begin if high != begin else low
            high = end
        if high >= cursor.position() and low <= cursor.position():
            cursor.setPosition(low)
            cursor.setPosition(high, QTextCursor.MoveMode.KeepAnchor)
        places += 1


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
    block = document.findBlock(low)
    while block.isValid() and block.position() < high:
        places = block.begin()
        while not places.atEnd():
            fragment = places.fragment()
            begin = max(low, fragment.position())
            end = min(high, fragment.position() + fragment.length())
            if begin < end and not fragment.charFormat().isImageFormat():
                spans.append((begin, end))
            places += 1
        block = block.next()
    for begin, end in spans:
        part = QTextCursor(document)
        part.setPosition(begin)
        part.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        # charFormat() of a selection is that of the character before its position.
        yield part
