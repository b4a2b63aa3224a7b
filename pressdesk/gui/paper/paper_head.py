"""The head of the paper: state, kind and reference, language, headline, subtitle, dateline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.bridge.looks import SANS, SERIF, TEXT_SIZE
from pressdesk.gui.kit.parts import column, label, look, row
from pressdesk.gui.paper.paper_fields import PaperLine
from pressdesk.press.states import Tone


class PaperHead(QWidget):
    """What stands above the text.

    In:   the ``show_...`` slots, ``fit(width)``.
    Out:  ``language_chosen(tag)``; ``resized()`` when it needs another height.
    """

    language_chosen = Signal(str)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = _label("state", 11, QFont.Weight.DemiBold)
        self._state.setFixedHeight(18)
        self._state.hide()
        self._reference = _label("reference", 13)
        self._language = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._language.setObjectName("language")
        self._language.setAccessibleName(_("Text language"))
        self._language.setToolTip(_("Text language"))
        self._language.setMenu(QMenu(self._language))
        self._language.hide()
        bold, plain = QFont.Weight.Bold, QFont.Weight.Normal
        self.headline = PaperLine("headline", _("Headline"), _font(SERIF, 26, bold))
        self.subtitle = PaperLine("subtitle", _("Subtitle"), _font(SERIF, 16, plain))
        self._dateline = _label("dateline", TEXT_SIZE, QFont.Weight.Bold, SERIF)
        self._dateline.setWordWrap(True)
        self._dateline.hide()
        first = row(self._state, self._reference, self._language, fill=self._reference)
        self._column = column(first, 8, self.headline, 5, self.subtitle, 14, self._dateline)
        self.setLayout(self._column)
        for line in (self.headline, self.subtitle):
            line.document().documentLayout().documentSizeChanged.connect(self._refit)

    # --- values in

    @Slot(str, str)
    def show_state(self, text: str, tone: Tone) -> None:
        """The state tag."""
        self._state.setText(text)
        self._state.setVisible(bool(text))
        look(self._state, "part", tone)

    @Slot(str)
    def show_reference(self, text: str) -> None:
        """Kind and reference."""
        self._reference.setText(text)

    @Slot(str)
    def show_dateline(self, text: str) -> None:
        """The dateline as it will print, above the paragraph it will run into."""
        self._dateline.setText(text)
        self._dateline.setVisible(bool(text))
        self._refit()

    def show_languages(self, current: str, choices: Sequence[tuple[str, str]]) -> None:
        """The current language and the menu to switch or add one."""
        self._language.setText(f"{current.upper()}\u2002▾")
        menu = self._language.menu()
        menu.clear()
        for tag, words in choices:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(tag == current)
            action.triggered.connect(lambda _on=False, tag=tag: self.language_chosen.emit(tag))
        self._language.setVisible(bool(current))

    # --- as high as it must be

    def fit(self, width: int) -> None:
        """Take this width and the height that goes with it."""
        self.resize(width, self.height())
        self._refit()

    def sizeHint(self) -> QSize:
        """Width as it is, height of the lines at that width."""
        height = self._column.totalHeightForWidth(self.width())
        return QSize(self.width(), max(height, super().sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rewrap the lines at the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._refit()

    @Slot()
    def _refit(self) -> None:
        layout = self._column
        layout.invalidate()
        layout.activate()
        height = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else -1
        height = height if height > 0 else layout.sizeHint().height()
        if height != self.height():
            self.resize(self.width(), height)
            self.resized.emit()


def _label(
    name: str,
    size: int,
    weight: QFont.Weight = QFont.Weight.Normal,
    families: Sequence[str] = tuple(SANS),
) -> QLabel:
    made = label()
    made.setObjectName(name)
    made.setFont(_font(families, size, weight))
    return made


def _font(families: Sequence[str], size: int, weight: QFont.Weight) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(size)
    font.setWeight(weight)
    return font
