"""The wires of a desk on a server: other people, a line that is cut, a password, a mirror."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pressdesk.app import announce

if TYPE_CHECKING:
    from pressdesk.app.desk_window import DeskWindow


def wire(window: DeskWindow) -> None:
    """What the flows of a server tell goes to the notices and the status line."""
    notices, status = window.middle.notices, window.status
    lasting = (
        window.outage,
        window.unlocking,
        window.conflicts,
        window.others,
        window.mirroring,
    )
    for flow in lasting:
        flow.notice.connect(notices.show_notice)
        flow.over.connect(notices.withdraw)
    window.cowriters.notice.connect(notices.show_notice)
    window.unlocking.refused.connect(partial(announce.refused, window))
    window.session.reachable.connect(status.show_reachable)
    window.mirroring.said.connect(status.show_mirror)
    window.choosing.mirror_chosen.connect(window.mirroring.renew)
    window.preferences.asking.connect(window.choosing.attend)
