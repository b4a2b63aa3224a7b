"""What the window says of its own accord: texts kept in a crash, desks refused, templates found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressdesk.base.i18n import _
from pressdesk.gui.frame.notice import Notice

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow


def kept_texts(window: DeskWindow) -> None:
    """What a crash left is in the draft rows: say so, and offer the newest."""
    kept = window.session.kept
    if kept:
        release_id = kept[0][0]
        show = (_("Show it"), lambda: window.writing.open(release_id))
        what = _("PressDesk ended unexpectedly. What was typed has been kept.")
        window.middle.notices.show_notice(Notice(what, tone="warning", buttons=(show,)))


def refused(window: DeskWindow, what: str, hint: str) -> None:
    """A desk could not be opened: what now."""
    buttons = (
        (_("Open another desk"), window.desks.choose),
        (_("Make a new desk"), window.desks.make),
    )
    window.middle.notices.show_notice(Notice(what, hint, "bad", buttons))


def templates(window: DeskWindow, folder: Path) -> None:
    """Templates are programs of a kind: they are used only once the person agrees."""

    def agree() -> None:
        window.preferences.agree(folder)
        window.previewing.use_templates(folder)

    what = _("This desk has templates of its own for web pages.")
    hint = _("Use those in {folder}?").format(folder=folder.name)
    window.middle.notices.show_notice(Notice(what, hint, buttons=((_("Use them"), agree),)))
