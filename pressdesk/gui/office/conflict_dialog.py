"""Shows two texts of one edition in a conflict and asks which to keep."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pressdesk.base.i18n import _
from pressdesk.desk.settling import How, Other
from pressdesk.gui.history.compare_dialog import room_for_texts
from pressdesk.gui.history.compare_pane import ComparePane, summary
from pressdesk.gui.kit.dialog import DialogFrame
from pressdesk.gui.kit.parts import button, label


class ConflictDialog(DialogFrame):
    """What is on the paper against what another stored first, word by word.

    In:   what stands there; ``theirs``, when and by whom in words, "" where nobody knows
    Out:  ``mine_chosen()`` put mine over it, the other stays among the revisions;
          ``theirs_chosen()`` go on with the other; ``both_chosen()`` mine as a new release.
    "Decide later" and Esc decide nothing: the text stays on the paper. No key decides by
    itself, the keyboard is in the text.
    """

    mine_chosen = Signal()
    theirs_chosen = Signal()
    both_chosen = Signal()

    def __init__(self, other: Other, theirs: str = "", parent: QWidget | None = None) -> None:
        wide, high = room_for_texts(parent)
        super().__init__(_title(other.how), parent, width=max(860, wide), height=high)
        self.body.addWidget(label(_advice(other.how), "muted", wrap=True))
        names = theirs or _stored(other.how), _("Your text, not saved yet")
        self.pane = ComparePane(other.difference, *names)
        self.body.addWidget(self.pane, 1)
        self.body.addWidget(label(summary(other.difference), "muted"))
        self.add_left(button(_("Decide later"), does=self.reject))
        self.add_button(_("Save mine as a new release"), lambda: self._choose("both"))
        self.add_button(_take(other.how), lambda: self._choose("theirs"))
        self.add_button(_keep(other.how), lambda: self._choose("mine"), "filled").setDefault(False)
        self.pane.setFocus()

    def _choose(self, which: str) -> None:
        self.accept()
        signals = {
            "mine": self.mine_chosen,
            "theirs": self.theirs_chosen,
            "both": self.both_chosen,
        }
        signals[which].emit()


def _title(how: How) -> str:
    return {
        "saved": _("Someone else saved this text first"),
        "kept": _("Someone else is editing this text too"),
        "issued": _("This text has been issued in the meantime"),
        "trashed": _("This release has been moved to the trash in the meantime"),
    }[how]


def _advice(how: How) -> str:
    return {
        "saved": _("Whichever you keep, the other stays in the history."),
        "kept": _("Whichever you keep, the other stays in the history."),
        "issued": _(
            "Issued text never changes. Yours can become the next edition or a separate release."
        ),
        "trashed": _("If you keep yours, the release comes back from the trash; nothing is lost."),
    }[how]


def _stored(how: How) -> str:
    return {
        "saved": _("Saved text"),
        "kept": _("Text from another window"),
        "issued": _("Issued text"),
        "trashed": _("Text in the trash"),
    }[how]


def _keep(how: How) -> str:
    return {
        "saved": _("Keep mine"),
        "kept": _("Keep mine"),
        "issued": _("Save mine as the next edition"),
        "trashed": _("Keep mine"),
    }[how]


def _take(how: How) -> str:
    return {
        "saved": _("Use theirs"),
        "kept": _("Use theirs"),
        "issued": _("Keep the issued text"),
        "trashed": _("Leave in trash"),
    }[how]
