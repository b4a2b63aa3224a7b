"""The office: what a desk on a server adds to a window, put together."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pressdesk.gui.desks.desks import Desks
from pressdesk.gui.frame.commands import Command
from pressdesk.gui.frame.notice import NoticeBar
from pressdesk.gui.frame.session import Session
from pressdesk.gui.frame.statusline import StatusLine
from pressdesk.gui.office.conflicts import Conflicts
from pressdesk.gui.office.cowriters import OtherWriters
from pressdesk.gui.office.joining import Joining
from pressdesk.gui.office.mirroring import Mirroring
from pressdesk.gui.office.others import Others
from pressdesk.gui.office.outage import Outage
from pressdesk.gui.office.unlocking import Unlocking
from pressdesk.gui.paper.paper import Paper
from pressdesk.gui.paper.writing import Writing


class Office(QObject):
    """Other people, a line that is cut, a password, an offline copy.

    Has:  ``joining``, ``unlocking``, ``outage``, ``others``, ``conflicts``, ``cowriters``,
          ``mirroring``; ``end()``. What they tell stands in the notices and the status line.
    """

    def __init__(
        self,
        session: Session,
        writing: Writing,
        desks: Desks,
        paper: Paper,
        notices: NoticeBar,
        status: StatusLine,
        window: QWidget,
    ) -> None:
        super().__init__(session)
        self.joining = Joining(session, desks, window)
        self.unlocking = Unlocking(session, desks, window)
        self.outage = Outage(session, writing)
        self.others = Others(session, writing, paper)
        self.conflicts = Conflicts(session, writing, window)
        self.cowriters = OtherWriters(session, writing)
        self.mirroring = Mirroring(session)
        lasting = (self.outage, self.unlocking, self.conflicts, self.others, self.mirroring)
        for story in lasting:
            story.notice.connect(notices.show_notice)
            story.over.connect(notices.withdraw)
        self.cowriters.notice.connect(notices.show_notice)
        self.unlocking.refused.connect(desks.refuse)
        self.mirroring.said.connect(status.show_mirror)
        session.reachable.connect(status.show_reachable)

    def commands(self) -> tuple[Command, ...]:
        """A desk on a server."""
        return self.joining.commands()

    def end(self) -> None:
        """Nothing waits for a server any more."""
        self.cowriters.end()
        self.mirroring.end()
