"""Python's garbage is collected on the GUI thread only, just before the event loop waits."""

from __future__ import annotations

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer

from pressdesk.base.garbage import Garbage

SETTLED_MS = 5_000
"""The window is furnished by then, and what it is made of stays."""


class Sweeping(QObject):
    """Keeps Python from collecting in a background thread, until ``end``.

    Python collects in whichever thread makes an object too many. A QObject of a cycle that
    dies in the thread of a lane leaves its timer behind in the GUI thread's list, and the
    program dies at the timer's next tick. Nothing is collected while the window is furnished:
    there is no garbage to speak of, and looking for it takes 70 ms of the start.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._garbage = Garbage()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._begin)
        self._settled.start(SETTLED_MS)

    def _begin(self) -> None:
        self._garbage.keep_all()
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None  # the timer came by it
        dispatcher.aboutToBlock.connect(self._about_to_wait)

    def _about_to_wait(self) -> None:
        self._garbage.collect_due()

    def end(self) -> None:
        """Python collects by itself again, as behind the window's end."""
        self._garbage.end()
        self.deleteLater()
