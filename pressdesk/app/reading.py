"""Care and reading in the window: where nothing can be changed, nothing is there to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressdesk.gui.desks.upkeep import Care

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow

WRITERS = (
    "new",
    "save",
    "save_note",
    "issue",
    "duplicate",
    "trash",
    "contacts",
    "house",
    "see-trash",
    "back-up",
    "restore-backup",
    "check-desk",
)
"""Commands of those who write."""


def care_of(window: DeskWindow) -> Care:
    """The care of the desk, wired: before a backup takes its place the paper is kept."""
    care = Care(window.session, window.main)
    care.notice.connect(window.middle.notices.show_notice)
    care.leaving.connect(window.writing.close)
    care.leaving.connect(window.importing.finish)
    care.reopened.connect(window.session.enter)
    return care


def arrange(window: DeskWindow) -> None:
    """Take out of sight, or bring back, whatever changes a desk."""
    archive = window.session.archive
    only = window.session.read_only
    reading = archive is not None and archive.reading
    window.commands.show(not only, *WRITERS)
    window.commands.show(not reading, "history", "reading-copy", "make-desk")
    window.topbar.set_reading(only)
    window.panel.set_reading(only, only_out=reading)
    window.middle.pane.set_reading(only)
    window.main.side.show_tab("history", not reading)
    window.status.show_reading(only)
