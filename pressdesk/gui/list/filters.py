"""Quick filters over the list: segments with counts, chips for kind and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import get_args

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.kit import words
from pressdesk.gui.kit.icons import icon
from pressdesk.gui.kit.menus import Choice, choice_menu
from pressdesk.gui.kit.parts import button, column, look, retool, row, tool
from pressdesk.gui.kit.theme import SANS, font
from pressdesk.press.kinds import kinds
from pressdesk.press.listing import Bucket, BucketCounts, Query

COUNTED = ("drafts", "embargo")
"""Segments that show their number; the others have it in the tool tip."""


class Filters(QWidget):
    """Segments and chips.

    In:   ``show_query(query)`` without a signal, ``show_counts(counts)``, ``set_languages(tags)``
          ``show_active(number)`` how many filters of the panel are on, ``change(kind=...)``,
          ``show_several(kinds, languages, states)`` more than one was chosen in the panel
    Out:  ``changed(Query, member)`` when the person chose another bucket, kind or language,
          and nothing but this one of that;
          ``facets_wanted()`` the panel with all filters is to open.
    """

    changed = Signal(object, str)
    facets_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = Query()
        self._languages: tuple[str, ...] = ("en", "ru")
        self._segments: dict[Bucket, QPushButton] = {}
        self._counts = BucketCounts()
        self._several: dict[str, tuple[str, ...]] = {}
        self._frame = QFrame()
        self._frame.setObjectName("segments")
        self._line = row(gap=1, around=(2, 2, 2, 2))
        self._frame.setLayout(self._line)
        group = QButtonGroup(self)
        for bucket in get_args(Bucket):
            made = button(_name(bucket), "segment")
            made.setCheckable(True)
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _on=False, b=bucket: self.change(bucket=b))
            group.addButton(made)
            self._segments[bucket] = made
            self._line.addWidget(made)
        self._kind = _chip(_("Any kind"), self._kinds)
        self._language = _chip(_("Any language"), self._spoken)
        self._all = tool("filter", _("Filters"), does=self.facets_wanted.emit)
        self.show_active(0)
        chips = row(self._kind, self._language, None, self._all, gap=6)
        self.setLayout(column(self._frame, chips, gap=8, around=(12, 0, 12, 0)))
        self.show_query(self._query)
        self.show_counts(BucketCounts())

    def set_languages(self, tags: tuple[str, ...]) -> None:
        """The languages the menu offers."""
        self._languages = tags

    @Slot(object)
    def show_query(self, query: Query) -> None:
        """Show what is being asked."""
        self._query = query
        self._segments[query.bucket].setChecked(True)
        for chip, member, named, none, what in (
            (self._kind, "kind", words.kind_plural, _("Any kind"), _("Kind: {name}")),
            (self._language, "language", words.language_name,
             _("Any language"), _("Language: {name}")),
        ):  # fmt: skip
            chosen = _counted(map(named, self._picked(member)))
            chip.setText(chosen or none)
            chip.setAccessibleName(what.format(name=chosen or none))
            look(chip, "chosen", bool(chosen))

    def _picked(self, member: str) -> tuple[str, ...]:
        one = getattr(self._query, member)
        return self._several.get(member) or ((one,) if one else ())

    def show_several(self, **values: tuple[str, ...]) -> None:
        """What is chosen of kind, language and bucket where that is more than one."""
        if values != self._several:
            self._several = values
            self.show_query(self._query)

    @Slot(object)
    def show_segments(self, on: bool) -> None:
        """Hide the segments where everything is published."""
        self._frame.setVisible(on)

    def show_counts(self, counts: BucketCounts) -> None:
        """Show how many releases each segment holds."""
        self._counts = counts
        self._fit()
        for bucket, made in self._segments.items():
            number = int(getattr(counts, bucket))
            full = ngettext("{n} release", "{n} releases", number).format(n=number)
            made.setToolTip(full)
            made.setAccessibleName(f"{_name(bucket)}, {full}")

    def show_active(self, number: int) -> None:
        """How many filters of the panel are on."""
        said = ngettext("Filters, {n} active", "Filters, {n} active", number).format(n=number)
        ink = "accent" if number else "muted"
        retool(self._all, "filter", said if number else _("Filters"), ink)
        look(self._all, "chosen", number > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the counts to the tool tips if there is no room for them."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Now the width is known."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        numbered = {bucket: self._words(bucket) for bucket in self._segments}
        wide = {bucket: self._width(text) for bucket, text in numbered.items()}
        # Before the first layout the width means nothing: numbers are assumed to fit.
        if self.isVisible() and sum(wide.values()) > self.width() - 34:
            numbered = {bucket: _name(bucket) for bucket in self._segments}
            wide = {bucket: self._width(text) for bucket, text in numbered.items()}
        for place, (bucket, made) in enumerate(self._segments.items()):
            made.setText(numbered[bucket])
            self._line.setStretch(place, wide[bucket])

    def _words(self, bucket: Bucket) -> str:
        number = int(getattr(self._counts, bucket))
        counted = bucket in COUNTED and number > 0
        return f"{_name(bucket)} {words.count(number)}" if counted else _name(bucket)

    def _width(self, text: str) -> int:
        return QFontMetrics(font(SANS, 12, bold=True)).horizontalAdvance(text) + 6

    def change(self, **members: str) -> None:
        """Another bucket, kind or language, as if chosen here; in place of all of that."""
        query, (member,) = replace(self._query, **members), members
        if query != self._query or self._several.get(member):
            self._several = self._several | {member: ()}
            self.show_query(query)
            self.changed.emit(query, member)

    def _kinds(self) -> list[Choice]:
        return self._choices(
            "kind", [("", _("Any kind")), *((k, words.kind_plural(k)) for k in kinds())]
        )

    def _spoken(self) -> list[Choice]:
        named = ((tag, words.language_name(tag)) for tag in self._languages)
        return self._choices("language", [("", _("Any language")), *named])

    def _choices(self, member: str, offered: list[tuple[str, str]]) -> list[Choice]:
        picked = self._picked(member) or ("",)
        return [(n, v in picked, partial(self.change, **{member: v})) for v, n in offered]


def _chip(name: str, choices: Callable[[], Sequence[Choice]]) -> QPushButton:
    made = button(name, "chip")
    made.setIcon(icon("chevron"))
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the words
    choice_menu(made, choices)
    return made


def _counted(names: Iterable[str]) -> str:
    """The first of some names, and how many more there are."""
    first, *rest = list(names) or [""]
    return f"{first} +{len(rest)}" if rest else first


def _name(bucket: Bucket) -> str:
    match bucket:
        case "all":
            return _("All")
        case "drafts":
            return _("Drafts")
        case "embargo":
            return _("Embargo")
        case "issued":
            return _("Issued")
