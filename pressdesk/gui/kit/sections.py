"""Rows and sections of a form: labels at the left, fields at the right, heads over groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QWidget,
)

from pressdesk.base.i18n import interface
from pressdesk.gui.kit.date_field import IsoDateField, MomentField
from pressdesk.gui.kit.fields import ChoiceField, Field, LineField, TextField
from pressdesk.gui.kit.parts import Around, column, label, row
from pressdesk.press.kinds import Kind, KindField

LABEL_WIDTH, GAP = 104, 9


def labelled(
    *, across: int, down: int, width: int = LABEL_WIDTH, around: Around = (0, 0, 0, 0)
) -> QGridLayout:
    """A grid with names in its first column; the second one takes the room that is left."""
    made = QGridLayout()
    made.setContentsMargins(*around)
    made.setHorizontalSpacing(across)
    made.setVerticalSpacing(down)
    made.setColumnMinimumWidth(0, width)
    made.setColumnStretch(1, 1)
    return made


class FieldRows(QWidget):
    """Labels of 104 px beside fields, 9 px apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = labelled(across=10, down=GAP)
        self.setLayout(self._grid)
        self.fields: list[Field] = []

    def add(self, title: str, field: Field) -> None:
        """One row; the label leads to the field by its name only, never as HTML."""
        said = label(title, "muted", wrap=True)
        said.setFixedWidth(LABEL_WIDTH)
        said.setMinimumHeight(30)
        said.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        said.setBuddy(field.main if field.main is not None else field)
        line = len(self.fields)
        self._grid.addWidget(said, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, line, 1)
        self.fields.append(field)


class FieldSection(QWidget):
    """A head with something under it, and perhaps a button at the right of the head."""

    def __init__(self, title: str, inside: QWidget, action: QPushButton | None = None) -> None:
        super().__init__()
        head = row(label(title, "head"), None, gap=7)
        if action is not None:
            head.addWidget(action)
        self.setLayout(column(head, inside, gap=7))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


def follow_the_eye(root: QWidget) -> None:
    """Set the tab order in ``root`` to the order of its layout.

    cost  about a millisecond for fifty widgets
    """
    for before, after in pairwise(_stops(root)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        if isinstance(widget, QComboBox):
            return
    if isinstance(widget, QScrollArea):
        yield from _stops(widget.widget())
    elif isinstance(widget, QTabWidget):
        yield widget.tabBar()
        for place in range(widget.count()):
            yield from _stops(widget.widget(place))
    else:
        layout = widget.layout()
        yield from _laid_out(layout) if layout is not None else ()


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _laid_out(inner)


def kind_rows(kind: Kind) -> FieldRows:
    """The rows of a kind's own fields, named "fields.KEY"."""
    rows = FieldRows()
    for wanted in kind.fields:
        rows.add(wanted.label.into(interface()), kind_field(wanted))
    return rows


def kind_field(wanted: KindField) -> Field:
    """The widget of one of a kind's fields."""
    name, title = f"fields.{wanted.key}", wanted.label.into(interface())
    hint = wanted.hint.into(interface())
    match wanted.type:
        case "lines":
            return TextField(name, title, hint, lines=2)
        case "date":
            return IsoDateField(name, title, hint)
        case "datetime":
            return MomentField(name, title)
        case "choice":
            return ChoiceField(name, title, [("", "–"), *_choices(wanted)])
        case "url":
            return LineField(name, title, hint or "https://")
        case "text":
            return LineField(name, title, hint)


def _choices(wanted: KindField) -> Sequence[tuple[str, str]]:
    return [(choice.value, choice.label.into(interface())) for choice in wanted.choices]
