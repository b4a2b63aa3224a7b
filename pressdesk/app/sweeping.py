"""Runs Python's garbage collector on the GUI thread only, just before the event loop waits."""

from __future__ import annotations

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt, QTimer

from pressdesk.base.garbage import Garbage

SETTLED_MS, ASLEEP_MS = 5_000, 1_000
"""The window is furnished by then, and what it is made of stays; a window that nothing happens
in is looked after all the same, as its lanes may be busy."""


class Sweeping(QObject):
    """Keeps Python from collecting in a background thread, until ``end``.

    Python collects in whichever thread makes an object too many. A QObject of a cycle that
    dies in the thread of a lane leaves its timer behind in the GUI thread's list, and the
    program dies at the timer's next tick. Nothing is collected while the window is furnished:
    there is no garbage to speak of, and looking for it takes 70 ms of the start.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._garbage, self._begun = Garbage(), False
        self._settled, self._asleep = QTimer(self), QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._begin)
        self._asleep.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._asleep.setInterval(ASLEEP_MS)
        self._asleep.timeout.connect(self._sweep)
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None  # made by the application
        dispatcher.aboutToBlock.connect(self._about_to_wait)
        self._settled.start()

    def furnish_again(self) -> None:
        """Another window is made in the place of one that goes, and is garbage soon."""
        self._asleep.stop()
        self._garbage.look_at_all()
        self._settled.start()

    def _begin(self) -> None:
        if self._begun:
            self._garbage.collect_all()
        self._begun = True
        self._garbage.keep_all()
        self._asleep.start()

    def _about_to_wait(self) -> None:
        if not self._settled.isActive():
            self._sweep()

    def _sweep(self) -> None:
        self._garbage.collect_due()

    def end(self) -> None:
        """Return to Python's automatic garbage collection."""
        self._settled.stop()
        self._asleep.stop()
        self._garbage.end()
        self.deleteLater()
