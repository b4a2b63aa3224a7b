"""Sizes a dialog to its contents, never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from pressdesk.gui.kit.parts import scrolled
from pressdesk.gui.kit.screen import inside, room_on
from pressdesk.gui.kit.sections import follow_the_eye

LEAST, CLEAR = 96, 8
"""Pixels: the height that is left for what scrolls on the smallest screen, and between it and
its bar."""


class Fitting(QDialog):
    """Grows with what is in it, up to its screen; what has no room then scrolls.

    Whatever can be long goes into ``scrolling``, the buttons stand below it: they stay in
    sight on any screen.
    width, height   what it has where there is room for it, even if it needs less
    """

    def __init__(self, parent: QWidget | None, *, width: int = 0, height: int = 0) -> None:
        super().__init__(parent)
        self._wanted = QSize(width, height)
        self._areas: list[Scrolling] = []

    def scrolling(self, inside: QWidget) -> QScrollArea:
        """An area that shows all of this where the screen allows it."""
        area = Scrolling(inside)
        area.grown.connect(self._grow)
        self._areas.append(area)
        return area

    def showEvent(self, event: QShowEvent) -> None:
        """Come up in the middle of the window it belongs to, with Tab in order."""
        super().showEvent(event)
        follow_the_eye(self)
        self._fit(self._wanted)
        parent = self.parentWidget()
        over = parent.window().geometry() if parent is not None else self.screen().geometry()
        middle = over.center() - self.rect().center()
        self.move(inside(self, middle))

    def _grow(self) -> None:
        if self.isVisible():
            self._fit(self.size())
            self.move(inside(self, self.pos()))

    def _fit(self, wanted: QSize) -> None:
        """At least so large, and with room for all that is in it, if the screen has it."""
        room, layout = room_on(self), self.layout()
        self.setMinimumSize(self.minimumSize().boundedTo(room))
        self.resize(self.size().expandedTo(wanted).boundedTo(room))
        if layout is None:
            return
        layout.activate()
        lacking = [area.lacking() for area in self._areas if area.isVisible()]
        high = max(self.height() + max(lacking, default=0), self._least())
        self.resize(self.size().expandedTo(QSize(0, high)).boundedTo(room))

    def _least(self) -> int:
        """What the layout needs beside the areas: wrapped texts ask for it by no size hint."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return 0
        return layout.totalHeightForWidth(self.width())


class Scrolling(QScrollArea):
    """Out: ``grown()`` what is inside asks for another size."""

    grown = Signal()

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        scrolled(inside, self)
        self.verticalScrollBar().rangeChanged.connect(self._keep_clear)

    def lacking(self) -> int:
        """How many pixels higher it would have to be to show everything; below 0 for fewer."""
        layout, width = self._inside.layout(), self.viewport().width()
        if layout is None:
            return 0
        wrapped = layout.hasHeightForWidth()
        needed = layout.totalHeightForWidth(width) if wrapped else layout.totalSizeHint().height()
        # A scroll area gives what is inside its least size, whatever height its width asks for.
        needed = max(needed, layout.totalMinimumSize().height())
        return needed - self.viewport().height()

    def _keep_clear(self, _least: int, most: int) -> None:
        """What scrolls stands clear of its bar."""
        self.setViewportMargins(0, 0, CLEAR if most else 0, 0)

    def sizeHint(self) -> QSize:
        """All of it."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """All its width, beside the bar; of its height, two fields."""
        least = self._inside.minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(least.width() + bar + CLEAR, min(least.height(), LEAST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words that come and go ask for room."""
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self.updateGeometry()
            self.grown.emit()
        return done
