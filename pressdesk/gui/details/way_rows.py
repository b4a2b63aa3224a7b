"""Rows for the ways a contact is reached over: what is typed is checked by its channel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.fields import Combo, OneLine
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.parts import button, label, look, tool
from pressdesk.gui.kit.sections import follow_the_eye
from pressdesk.press import channels
from pressdesk.press.channels import Channel, bare, channel
from pressdesk.press.release import Way
from pressdesk.press.translated import Translated

PAUSE_MS = 250


class WayRow(QWidget):
    """One way: its channel, what is printed, a label for each language, public or not.

    In:   ``show_way(way)``, ``check()``
    Out:  ``changed()``, ``removed()``; ``way()`` as it is now.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        self._stored = Way(channels.CHANNELS[0].kind, "")
        self.kind = Combo()
        self.kind.setAccessibleName(_("Kind of contact detail"))
        self.kind.setMinimumContentsLength(11)
        for row in channels.CHANNELS:
            self._offer(row)
        self.line = OneLine()
        self.line.setMaxLength(200)
        self.line.setMinimumWidth(150)
        self.labels = {tag: OneLine() for tag in languages}
        self.public = QCheckBox(_("Public"))
        self.public.setToolTip(_("Printed on releases"))
        self.public.setChecked(True)
        self.said = label("", "muted", wrap=True)
        self.said.hide()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.check)
        self.kind.activated.connect(lambda _at: self._chosen())
        self.line.textEdited.connect(lambda _text: self._typed())
        self.public.toggled.connect(lambda _on: self.changed.emit())
        self._name()

    def _lay_out(self) -> None:
        """The labels below: so an address is read as a whole, however many languages there are."""
        named = QHBoxLayout()
        named.setSpacing(6)
        for tag, line in self.labels.items():
            line.setPlaceholderText(_("Label ({language})").format(language=tag.upper()))
            line.setMaxLength(80)
            line.setMinimumWidth(70)
            line.textEdited.connect(lambda _text: self.changed.emit())
            named.addWidget(line, 1)
        named.addWidget(self.public)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.kind, 0, 0)
        grid.addWidget(self.line, 0, 1)
        grid.addLayout(named, 1, 1, 1, 2)
        grid.addWidget(tool("close", _("Remove"), does=self.removed.emit), 0, 2)
        grid.addWidget(self.said, 2, 1, 1, 2)

    def text(self) -> str:
        """What is printed, without blanks at its ends."""
        return " ".join(self.line.text().split())

    def show_way(self, way: Way) -> None:
        """Show a stored way without a signal."""
        self._stored = way
        if self.kind.findData(way.kind) < 0:
            self._offer(channel(way.kind))
        self.kind.setCurrentIndex(self.kind.findData(way.kind))
        self.line.setText(way.printed)
        self.line.setCursorPosition(0)
        for tag, line in self.labels.items():
            line.setText(way.label.exactly(tag))
        self.public.blockSignals(True)
        self.public.setChecked(way.public)
        self.public.blockSignals(False)
        self._name()
        if way.address:
            self._say_address()

    def way(self) -> Way:
        """The way as it is now; without an address when what is typed leads nowhere."""
        return Way(
            self.kind.currentData(),
            self.text(),
            self._address()[0],
            self._label(),
            self.public.isChecked(),
        )

    def check(self) -> None:
        """Say where it leads, or why it cannot be followed."""
        wrong = self._address()[1]
        if wrong:
            self._say(wrong, wrong=True)
        else:
            self._say_address()

    def _label(self) -> Translated:
        """The labels; those of languages not shown here stay as they were."""
        made = self._stored.label
        for tag, line in self.labels.items():
            made = made.put(tag, line.text().strip())
        return made

    def _address(self) -> tuple[str, str]:
        """The address, and what is wrong with what is typed."""
        kind, text, stored = self.kind.currentData(), self.text(), self._stored
        if not text:
            return "", ""
        if (kind, text) == (stored.kind, stored.printed) and stored.address:
            return stored.address, ""
        try:
            return channel(kind).form.address(text), ""
        except BadInput as error:
            return "", str(error)

    def _say_address(self) -> None:
        kind, (address, _wrong) = self.kind.currentData(), self._address()
        said = channel(kind).form.said() if address else ""
        self._say(said.format(number=bare(Way(kind, "", address))), wrong=False)

    def _say(self, text: str, *, wrong: bool) -> None:
        """Words below the line."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        look(self.said, "part", "bad" if wrong else "muted")
        look(self.line, "wrong", wrong)
        self.line.setAccessibleDescription(text)

    def _offer(self, row: Channel) -> None:
        self.kind.addItem(icon(row.icon), row.name(), row.kind)

    def _name(self) -> None:
        """What the lines are called depends on the channel."""
        row = channel(self.kind.currentData())
        self.line.setAccessibleName(row.name())
        self.line.setPlaceholderText(row.hint)
        named = _("{what}: label in {language}")
        for tag, line in self.labels.items():
            line.setAccessibleName(named.format(what=row.name(), language=words.language_name(tag)))

    def _chosen(self) -> None:
        self._name()
        self.check()
        self.changed.emit()

    def _typed(self) -> None:
        self._say("", wrong=False)
        self._pause.start()
        self.changed.emit()


class WayRows(QWidget):
    """Any number of such rows with a button below that adds one.

    Out:  ``changed()``.
    """

    changed = Signal()

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        self._languages = tuple(languages)
        self.rows: list[WayRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self.add_button = button(
            _("Add a number or address"), "link", picture="plus", does=self._add
        )
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(self._column)
        outer.addLayout(line)

    def show_ways(self, ways: Sequence[Way]) -> None:
        """Show stored ways without a signal."""
        for row in list(self.rows):
            self._take(row)
        for way in ways:
            self._put().show_way(way)

    def ways(self) -> tuple[Way, ...]:
        """Those that say something, as they are now."""
        return tuple(row.way() for row in self.rows if row.text())

    def check(self) -> None:
        """Check every row now."""
        for row in self.rows:
            row.check()

    def _put(self) -> WayRow:
        row = WayRow(self._languages)
        row.changed.connect(self.changed)
        row.removed.connect(partial(self._remove, row))
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _add(self) -> None:
        row = self._put()
        row.show()
        follow_the_eye(self.window())
        row.line.setFocus()

    def _remove(self, row: WayRow) -> None:
        self._take(row)
        self.changed.emit()

    def _take(self, row: WayRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
