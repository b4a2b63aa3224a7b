"""The issue dialog: what will be locked, the findings, and recording a past release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton
from PySide6.QtWidgets import QWidget as Widget

from pressdesk.base.i18n import _, interface
from pressdesk.desk.issuing import LONGEST_REASON
from pressdesk.gui.details.embargo_field import local_time
from pressdesk.gui.kit import words
from pressdesk.gui.kit.date_field import DateField
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.fields import OneLine
from pressdesk.gui.kit.parts import IconLabel, card, column, empty, label, row, short
from pressdesk.press.checks import Finding, refusing
from pressdesk.press.house import House
from pressdesk.press.kinds import kind
from pressdesk.press.release import Contact, Edition, Release

_LOOKS = {
    "error": ("error", "bad"),
    "question": ("question", "warning"),
    "warning": ("warning", "warning"),
    "note": ("info", "accent"),
}


class IssueDialog(DialogFrame):
    """Issue now, or record as issued on its own day.

    fresh   the findings for issuing now;  past  those for recording
    Out:    ``issue_requested()``, ``record_requested(date)``; the dialog closes by itself.
    ``despite()`` then says why it goes out although something is open.
    """

    issue_requested = Signal()
    record_requested = Signal(object)

    def __init__(
        self,
        release: Release,
        edition: Edition,
        house: House,
        fresh: Sequence[Finding],
        past: Sequence[Finding],
        parent: Widget | None = None,
        *,
        contacts: Sequence[Contact] = (),
    ) -> None:
        super().__init__(_("Issue this edition?"), parent, width=540)
        self._fresh, self._past = tuple(fresh), tuple(past)
        self.body.addWidget(label(short(edition.title) or _("Untitled"), "head", wrap=True))
        fixed = _(
            "Issuing locks this edition: text, contacts and house style can no longer "
            "change. To correct it, make a new edition."
        )
        self.body.addWidget(label(fixed, "muted", wrap=True))
        self.body.addWidget(_facts(release, edition, house, contacts))
        self.now = QRadioButton(_("Issue now"))
        self.then = QRadioButton(_("Record as issued on"))
        self.day = DateField("day", _("Issued on"), _("6 October 2025"))
        self.day.setFixedWidth(180)
        self.day.show_value(edition.date)
        self._choice()
        self._findings = column(gap=6)
        self.body.addLayout(self._findings)
        self.reason = OneLine()
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.setPlaceholderText(_("Reason for issuing anyway"))
        self.reason.setAccessibleName(_("Reason for issuing anyway"))
        self.reason.textChanged.connect(self._decide)
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        self.add_button(_("Cancel"), self.reject)
        self.go = self.add_button(_("Issue"), self._go, "filled")
        self.now.setChecked(True)
        self._refresh()

    def _choice(self) -> None:
        group = QButtonGroup(self)
        for button in (self.now, self.then):
            group.addButton(button)
            button.toggled.connect(self._refresh)
        self.body.addLayout(row(self.now, None))
        self.body.addLayout(row(self.then, self.day, None))
        self.day.edited.connect(self._dated)
        self.day.line.textEdited.connect(lambda _text: self.then.setChecked(True))

    def _dated(self, _day: object) -> None:
        self.then.setChecked(True)
        self._refresh()

    def _date(self) -> date | None:
        day = self.day.value()
        return day if not self.day.pending() else None

    def _found(self) -> tuple[Finding, ...]:
        if self.now.isChecked():
            return self._fresh
        # The day is chosen here: what the edition's own date was found to lack may be answered.
        day = self._date()
        others = tuple(finding for finding in self._past if finding.where != "date")
        if day is None:
            wrong = _("A past item needs its full date.")
        elif day > date.today():
            wrong = _("The date of a past item cannot be in the future.")
        else:
            return others
        return (Finding("error", wrong, "date"), *others)

    def _refresh(self) -> None:
        empty(self._findings)
        found = self._found()
        for finding in found:
            self._findings.addWidget(_finding(finding))
        self.reason.setVisible(any(finding.severity == "question" for finding in found))
        self.go.setText(_("Issue") if self.now.isChecked() else _("Record as issued"))
        self._decide()

    def despite(self) -> str:
        """The reason given for issuing despite open questions, "" if none."""
        return "" if self.reason.isHidden() else " ".join(self.reason.text().split())

    def _decide(self) -> None:
        stop = refusing(self._found(), despite=self.despite())
        self.go.setEnabled(not stop)
        said = _("Answer the open questions from the import, or give a reason for issuing anyway.")
        if any(finding.severity == "error" for finding in stop):
            said = _("Fix the errors below first.")
        self.go.setToolTip(said if stop else "")

    def _go(self) -> None:
        self.day.commit()
        self._refresh()
        if not self.go.isEnabled():
            return
        day = self._date()
        recording = self.then.isChecked()
        self.accept()
        if not recording:
            self.issue_requested.emit()
        elif day is not None:
            self.record_requested.emit(day)


def _facts(release: Release, edition: Edition, house: House, contacts: Sequence[Contact]) -> Widget:
    frame = card()
    grid = QGridLayout(frame)
    grid.setContentsMargins(14, 11, 14, 11)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    embargo = release.embargo
    line = _("For immediate release")
    if embargo is not None:
        at = local_time(embargo)
        line = _("Under embargo until {day}, {time} ({zone})").format(
            day=words.full_day(at.date()), time=f"{at:%H:%M}", zone=embargo.zone
        )
    rows = [
        (_("Kind"), kind(release.kind).label.into(interface())),
        (_("Language"), words.language_name(edition.language)),
        (_("Reference"), release.reference or _("Assigned on issue")),
        (_("Release time"), line),
        (_("Date"), words.full_day(edition.date) if edition.date else _("None")),
    ]
    names = [person.name.into(edition.language) for person in contacts]
    if names:
        rows.append((_("Press contact"), ", ".join(names)))
    organisation = house.organisation.into(edition.language)
    if organisation:
        rows.append((_("Organisation"), organisation))
    for number, (title, value) in enumerate(rows):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(title, "muted"), number, 0, top)
        grid.addWidget(label(value, wrap=True), number, 1, top)
    return frame


def _finding(finding: Finding) -> Widget:
    severities = {
        "error": _("Error"),
        "question": _("Question"),
        "warning": _("Warning"),
        "note": _("Note"),
    }
    frame = card("notice")
    picture, ink = _LOOKS[finding.severity]
    tone = {"bad": "bad", "warning": "warning"}.get(ink, "info")
    frame.setProperty("tone", tone)
    frame.setAccessibleName(f"{severities[finding.severity]}: {finding.what}")
    shown = IconLabel(picture, ink)
    shown.setToolTip(severities[finding.severity])
    said, mark = label(finding.what, wrap=True), (shown, Qt.AlignmentFlag.AlignTop)
    frame.setLayout(row(mark, said, gap=9, around=(12, 7, 12, 7), fill=said))
    return frame
