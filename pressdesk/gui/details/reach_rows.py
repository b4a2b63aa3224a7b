"""Rows for telephone numbers and e-mail addresses of a contact, checked while they are typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.gui.kit import words
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.parts import button, label, look, tool
from pressdesk.gui.kit.sections import follow_the_eye
from pressdesk.press.release import Email, Phone
from pressdesk.press.translated import NOTHING, Translated

PAUSE_MS = 250

ParsePhone = Callable[[str], str]
"""A number as typed -> E.164; raises BadInput with words for the person."""


class Reach(QWidget):
    """One number or address: what is printed, a label for each language, public or not."""

    changed = Signal()
    removed = Signal()

    def __init__(self, name: str, hint: str, languages: Sequence[str]) -> None:
        super().__init__()
        self._languages = tuple(languages)
        self._rest = NOTHING
        self.line = OneLine()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.line.setMaxLength(200)
        self.labels = {tag: OneLine() for tag in self._languages}
        self.public = QCheckBox(_("Public"))
        self.public.setToolTip(_("Printed on releases"))
        self.public.setChecked(True)
        self.said = label("", "muted", wrap=True)
        self.said.hide()
        top = QHBoxLayout()
        top.setSpacing(6)
        self.line.setMinimumWidth(150)
        top.addWidget(self.line, 3)
        for tag, line in self.labels.items():
            line.setPlaceholderText(_("Label, {language}").format(language=tag.upper()))
            line.setAccessibleName(
                _("{what}: label in {language}").format(
                    what=name, language=words.language_name(tag)
                )
            )
            line.setMaxLength(80)
            line.setMinimumWidth(70)
            line.textEdited.connect(lambda _text: self.changed.emit())
            top.addWidget(line, 2)
        top.addWidget(self.public)
        top.addWidget(tool("close", _("Remove"), does=self.removed.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.said)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.check)
        self.line.textEdited.connect(self._typed)
        self.public.toggled.connect(lambda _on: self.changed.emit())

    def text(self) -> str:
        """What is printed, without blanks at its ends."""
        return " ".join(self.line.text().split())

    def put(self, text: str, labels: Translated, public: bool) -> None:
        """Show stored values without a signal."""
        self._rest = labels
        self.line.setText(text)
        self.line.setCursorPosition(0)
        for tag, line in self.labels.items():
            line.setText(labels.exactly(tag))
        self.public.blockSignals(True)
        self.public.setChecked(public)
        self.public.blockSignals(False)

    def label(self) -> Translated:
        """The labels; those of languages not shown here stay as they were."""
        made = self._rest
        for tag, line in self.labels.items():
            made = made.put(tag, line.text().strip())
        return made

    def check(self) -> None:
        """Say what is wrong with what is typed."""

    def say(self, text: str, *, wrong: bool) -> None:
        """Words below the line."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        look(self.said, "part", "bad" if wrong else "muted")
        look(self.line, "wrong", wrong)
        self.line.setAccessibleDescription(text)

    def _typed(self, _text: str) -> None:
        self.say("", wrong=False)
        self._pause.start()
        self.changed.emit()


class PhoneRow(Reach):
    """A telephone number, shown in E.164 below as soon as it is one."""

    def __init__(self, languages: Sequence[str], parse: ParsePhone) -> None:
        super().__init__(_("Telephone"), "+43 1 534 08 112", languages)
        self._parse = parse
        self._known = ("", "")

    def show_phone(self, phone: Phone) -> None:
        """Show a stored number."""
        self._known = (phone.printed, phone.e164)
        self.put(phone.printed, phone.label, phone.public)
        if phone.e164:
            self.say(_("Dialled as {number}").format(number=phone.e164), wrong=False)

    def phone(self) -> Phone:
        """The number as it is now; without E.164 when it is none that can be dialled."""
        return Phone(self.text(), self._e164()[0], self.label(), self.public.isChecked())

    def check(self) -> None:
        """Say how it is dialled, or why it cannot be."""
        if not self.text():
            self.say("", wrong=False)
            return
        e164, wrong = self._e164()
        self.say(wrong or _("Dialled as {number}").format(number=e164), wrong=bool(wrong))

    def _e164(self) -> tuple[str, str]:
        text = self.text()
        if not text:
            return "", ""
        if text == self._known[0] and self._known[1]:
            return self._known[1], ""
        try:
            found = self._parse(text)
        except BadInput as error:
            return "", str(error)
        self._known = (text, found)
        return found, ""


class MailRow(Reach):
    """An e-mail address."""

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__(_("E-mail"), "press@river.example", languages)

    def show_mail(self, mail: Email) -> None:
        """Show a stored address."""
        self.put(mail.address, mail.label, mail.public)

    def mail(self) -> Email:
        """The address as it is now."""
        return Email(self.text(), self.label(), self.public.isChecked())

    def check(self) -> None:
        """Say when it is no address."""
        name, _at, place = self.text().partition("@")
        wrong = bool(self.text()) and not (name and "." in place and " " not in self.text())
        self.say(_("This is not an e-mail address.") if wrong else "", wrong=wrong)


class ReachRows(QWidget):
    """Any number of such rows with a button below that adds one.

    Out:  ``changed()``.
    """

    changed = Signal()

    def __init__(self, words_: str, make: Callable[[], Reach]) -> None:
        super().__init__()
        self._make = make
        self.rows: list[Reach] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.add_button = button(words_, "link", picture="plus", does=self._add)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(self._column)
        outer.addLayout(line)

    def clear(self) -> None:
        """No rows."""
        for row in list(self.rows):
            self._take(row)

    def put(self) -> Reach:
        """One more row, for a stored value."""
        row = self._make()
        row.changed.connect(self.changed)
        row.removed.connect(partial(self._remove, row))
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def check(self) -> None:
        """Check every row now."""
        for row in self.rows:
            row.check()

    def _add(self) -> None:
        row = self.put()
        row.show()
        follow_the_eye(self.window())
        row.line.setFocus()

    def _remove(self, row: Reach) -> None:
        self._take(row)
        self.changed.emit()

    def _take(self, row: Reach) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
