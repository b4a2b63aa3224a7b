"""Notes what leaves the desk before its time, and asks why where an embargo stands.

Out leads an export, a print, and the page in the browser. What is read, in the window or by
``pressdesk show``, has not left; nor has a selection that is copied from the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from pressdesk.base.errors import DeskReadOnly, EmbargoStands
from pressdesk.base.i18n import _
from pressdesk.desk import witness
from pressdesk.desk.issuing import reason
from pressdesk.press.leaving import Leaving, WayOut, early, embargoed

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.press.sheet import Sheet


def guard(archive: Archive, sheets: Sequence[Sheet], *, now: datetime, despite: str = "") -> None:
    """Refuse what may not leave: while an embargo stands, without a reason or unnoted.

    despite  why it may go out before then
    raises   EmbargoStands, naming the first; DeskReadOnly where the desk cannot note it;
             BadInput for a reason that is too long
    """
    why = reason(despite)
    held = next((one for one in sheets if embargoed(one, now)), None)
    if held is None:
        return
    title = held.title or _("Untitled")
    what = _("“{title}” is under embargo: {line}.")
    what = what.format(title=title, line=held.embargo_line)
    if archive.read_only:
        raise DeskReadOnly(
            what, hint=_("It cannot leave a desk that is only read: nobody could note that it did.")
        )
    if not why:
        raise EmbargoStands(what, hint=_("Give a reason why it may go out before then."))


def note(
    archive: Archive,
    edition: str,
    sheet: Sheet,
    way: WayOut,
    form: str,
    data: bytes,
    *,
    now: datetime,
    despite: str = "",
) -> None:
    """Enter in the register that these bytes leave, if that is before their time.

    Call it when they are finished, before anybody can have them. A draft leaves a desk that is
    only read unnoted: whoever rescues texts from such a desk is not kept from it.
    edition  its uid
    form     the name of the format
    raises   as ``guard``; DeskUnavailable and its kind where it cannot be noted
    cost     one transaction for what is early, and the ``witness`` is told; else nothing
    """
    guard(archive, (sheet,), now=now, despite=despite)
    why = early(sheet, now)
    if why is None or archive.read_only:
        return
    digest = sha256(data).hexdigest()
    said = reason(despite)
    archive.deeds.left(Leaving(edition, sheet, why, way, form, digest, said))
    witness.as_it_is(archive, now=now)
