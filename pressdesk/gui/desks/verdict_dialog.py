"""What is known of an exported file: which edition it is, and what holds of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pressdesk.base.i18n import _
from pressdesk.desk.verifying import FileVerdict, Said
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.parts import IconLabel, card, column, label, row, short

_LOOKS: dict[bool | None, tuple[str, str]] = {
    True: ("check", "good"),
    False: ("error", "bad"),
    None: ("info", "muted"),
}


class VerdictDialog(DialogFrame):
    """Shows a verdict."""

    def __init__(self, name: str, found: FileVerdict, parent: QWidget | None = None) -> None:
        super().__init__(_("Verify exported file"), parent, width=560)
        ink = "good" if found.sound else "bad"
        told = label(_verdict(found), "head", wrap=True)
        about = label(" · ".join(filter(None, (found.edition, short(name)))), "muted", wrap=True)
        head, inside = card(), column(told, about, gap=2)
        picture = IconLabel(_LOOKS[found.sound][0], ink, 20), Qt.AlignmentFlag.AlignTop
        head.setLayout(row(picture, inside, gap=10, around=(12, 10, 12, 10), fill=inside))
        self.body.addWidget(head)
        self.body.addLayout(column(*map(_row, found.said), None, gap=8))
        self.add_button(_("Close"), self.reject).setFocus()


def _verdict(found: FileVerdict) -> str:
    if not found.sound:
        return _("This file is not confirmed by this desk.")
    if all(one.holds for one in found.said if one.about == "text"):
        return _("This file is genuine.")
    return _("The proof in this file is genuine; its text was not compared.")


def _row(one: Said) -> QHBoxLayout:
    words = label(one.words, "bad" if one.holds is False else "", wrap=True)
    return row((IconLabel(*_LOOKS[one.holds]), Qt.AlignmentFlag.AlignTop), words, fill=words)
