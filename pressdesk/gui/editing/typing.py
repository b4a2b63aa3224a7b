"""What must be seen to before a letter is typed."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from pressdesk.gui.bridge import forms
from pressdesk.gui.editing import breaks, marks


def prepare(text: QTextEdit) -> None:
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
            text.setCurrentCharFormat(marks.after_link(style))
    role = cursor.block().blockFormat().stringProperty(forms.ROLE)
    if role in (forms.RULE, forms.FIGURE):
        breaks.enter(cursor)
        text.setTextCursor(cursor)
