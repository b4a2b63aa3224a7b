"""Empty states: an empty desk, an empty search, no open release."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pressdesk.base.i18n import _, interface
from pressdesk.gui.kit import words
from pressdesk.gui.kit.parts import button, column, label, no_key, row, short
from pressdesk.press.kinds import kinds
from pressdesk.press.listing import Bucket, Query
from pressdesk.press.misread import misread

_QUOTES = frozenset('"«»“”„')


class EmptyList(QWidget):
    """Shown in the list when a search found nothing, with a way out.

    In:   ``show_query(query, filters)``, ``show_correction(text)``, ``show_preparing(text)``
    Out:  ``cleared()``  show everything again; ``corrected(text)``  search that instead.
    """

    cleared = Signal()
    corrected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "head", wrap=True)
        self._text = label("", "muted", wrap=True)
        self._clear = button("", does=self.cleared.emit)
        self._meant = self._preparing = ""
        self._looking = False
        self._correction = button("", "link", does=lambda: self.corrected.emit(self._meant))
        self._correction.hide()
        ways = (row(self._correction, None), row(self._clear, None))
        parts = (self._title, self._text, 4, *ways, None)
        self.setLayout(column(*parts, gap=8, around=(20, 36, 20, 20)))
        self.show_query(Query())

    @Slot(object)
    def show_query(self, query: Query, filters: tuple[str, ...] = ()) -> None:
        """Say what was asked for; ``filters`` are the names of those that were on besides."""
        self.show_correction("")
        narrowed = query != Query() or bool(filters)
        self._clear.setVisible(narrowed)
        if not narrowed:
            self._title.setText(_("No releases yet"))
            self._text.setText(_("Releases you write or import appear here."))
            return
        self._clear.setText(_("Clear the search") if query.text else _("Show all releases"))
        title, words = _("No matching releases"), _bare(query.text)
        if query.text and self._looking:
            title = _("No results yet for “{text}”").format(text=short(words, 60))
        elif query.text:
            title = _("No results for “{text}”").format(text=words[:80])
        self._title.setText(title)
        among = [*_among(query), *filters]
        looked = self._preparing or _("All texts in this desk were searched, in any word form.")
        looked = _not_understood(query.text) or looked
        looked = looked if query.text and not self._looking else ""
        asked = _("Showing only: {list}.").format(list=", ".join(among)) if among else ""
        self._text.setText("\n".join(part for part in (looked, asked) if part))
        self._text.setVisible(bool(looked or asked))

    def show_looking(self, on: bool) -> None:
        """Whether an exact phrase is still looked for: then nothing is said of every text."""
        self._looking = on

    def show_preparing(self, text: str) -> None:
        """How far the index is that is being made: until then not every text was searched."""
        self._preparing = text

    def show_correction(self, text: str) -> None:
        """Offer to search something else that was perhaps meant; "" for nothing."""
        self._meant = text
        self._correction.setText(no_key(_("Search for “{text}”").format(text=short(text, 28))))
        self._correction.setVisible(bool(text))


def _not_understood(text: str) -> str:
    """What nobody knows in a question, with what is known; what may be half typed is let be."""
    found = [one for one in misread(text, date.today()) if not one.unfinished]
    return f"{found[0].what} {found[0].hint}".strip() if found else ""


def _bare(text: str) -> str:
    """A question that is one phrase, without the marks around it: the sentence has its own."""
    inner = text.strip()[1:-1]
    phrase = text.strip()[:1] in _QUOTES and text.strip()[-1:] in _QUOTES
    return inner if phrase and not _QUOTES & set(inner) and inner.strip() else text


def _among(query: Query) -> list[str]:
    known = kinds().get(query.kind)
    found = [_segment(query.bucket), known.plural.into(interface()) if known else ""]
    found.append(words.language_name(query.language) if query.language else "")
    return [part for part in found if part]


def _segment(bucket: Bucket) -> str:
    match bucket:
        case "all":
            return ""
        case "drafts":
            return _("drafts")
        case "embargo":
            return _("under embargo")
        case "issued":
            return _("issued")


class EmptyDesk(QWidget):
    """In the middle of an empty desk: three ways to begin.

    Out:  ``new_requested(kind)``, ``import_requested()``, ``samples_requested()``.
    """

    new_requested = Signal(str)
    import_requested = Signal()
    samples_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptydesk")
        box = QWidget()
        box.setFixedWidth(470)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        advice = _(
            "Write your first statement, import past releases, or look around in a "
            "desk of sample releases."
        )
        said = label(advice, "muted", wrap=True)
        said.setMinimumHeight(said.fontMetrics().lineSpacing() * 3)
        said.setAlignment(Qt.AlignmentFlag.AlignTop)
        ways = row(
            button(_("New statement"), "filled", does=lambda: self.new_requested.emit("statement")),
            button(_("Import past releases"), does=self.import_requested.emit),
            button(_("Open samples"), does=self.samples_requested.emit),
            None,
        )
        inside, outer = QVBoxLayout(box), QVBoxLayout(self)
        inside.addLayout(column(label(_("This desk is empty"), "title"), said, ways, gap=10))
        outer.addStretch(2)
        outer.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)


class NothingOpen(QWidget):
    """In the middle when releases are listed but none is on the paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nothingopen")
        said = label(_("Choose a release on the left, or press Ctrl+N for a new one."), "muted")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(said)
