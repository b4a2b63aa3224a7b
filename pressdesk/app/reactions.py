"""Small answers of the window that need several of its parts at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from pressdesk.base.i18n import _
from pressdesk.desk import contents
from pressdesk.press.listing import ReleaseRow

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow


def reads_well(window: DeskWindow, *names: str) -> bool:
    """Nothing goes out past an embargo that was typed and could not be read."""
    form = window.form
    form.commit()
    for name in names:
        field = form.field(name)
        if field is not None and field.pending():
            window.main.show_side("details")
            form.focus_field(name)
            what = _("“{field}” is not complete.").format(field=form.label_of(name))
            window.middle.notices.trouble(what, _("Complete or clear it, then issue."))
            return False
    return True


def copy_reference(window: DeskWindow, release_id: int) -> None:
    """The reference of a release onto the clipboard, if it has one."""

    def found(rows: tuple[ReleaseRow, ...]) -> None:
        if rows and rows[0].reference:
            QGuiApplication.clipboard().setText(rows[0].reference)
            window.middle.notices.remark(_("Copied {text}").format(text=rows[0].reference))

    window.session.read(partial(contents.rows, ids=[release_id]), found)


def next_pane(window: DeskWindow) -> None:
    """F6: list, paper, right pane, and round again."""
    focus = window.main.focusWidget()
    if focus is not None and window.panel.isAncestorOf(focus):
        window.paper.text.setFocus()
    elif focus is not None and window.middle.isAncestorOf(focus):
        window.main.focus_side()
    else:
        window.panel.focus_list()


def add_contact(window: DeskWindow, contact_id: int) -> None:
    """A contact made from the form belongs on the open edition."""
    current = window.writing.current
    if current is not None and contact_id not in current.edition.contacts:
        people = (*current.edition.contacts, contact_id)
        window.form.choose("contacts", people)
