"""Decides when to autosave and what counts as unsaved; needs no clock, timer or window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

QUIET_S = 0.4
"""Seconds without an edit before a draft is written."""

LIMIT_S = 1.5
"""Seconds of unbroken typing after which it is written anyway."""

RETRY_S, LONGEST_RETRY_S = 1.0, 15.0
"""Seconds before a failed keeping is tried again: at first, and at most."""


@dataclass(frozen=True, slots=True)
class Autosave:
    """The state behind autosave. Times are seconds on one monotonic clock."""

    first_edit: float | None = None
    last_edit: float = 0.0
    not_before: float = 0.0
    writing: bool = False
    tries: int = 0
    """How many failed since one was committed."""

    def edited(self, now: float) -> Autosave:
        """The state after a keystroke or a field change."""
        begun = now if self.first_edit is None else self.first_edit
        return replace(self, first_edit=begun, last_edit=now)

    def due(self, now: float) -> bool:
        """True once the person has paused, or has typed too long without a pause.

        Never while a write is under way: two would race, and the later must win.
        """
        return not self.writing and self.wait(now) == 0.0

    def wait(self, now: float) -> float | None:
        """Seconds until the next write, 0 if due now; None if there is nothing to write."""
        if self.first_edit is None:
            return None
        moment = min(self.last_edit + QUIET_S, self.first_edit + LIMIT_S)
        return max(0.0, max(moment, self.not_before) - now)

    def started(self) -> Autosave:
        """The state once a write has started; later edits belong to the next one."""
        return replace(self, first_edit=None, writing=True)

    def done(self) -> Autosave:
        """The state after the write was committed."""
        return replace(self, writing=False, not_before=0.0, tries=0)

    def failed(self, now: float) -> Autosave:
        """The state after a failed write: the same text is retried with longer pauses."""
        pause = min(RETRY_S * 2**self.tries, LONGEST_RETRY_S)
        begun = now if self.first_edit is None else self.first_edit
        return replace(
            self,
            first_edit=begun,
            last_edit=now,
            writing=False,
            not_before=now + pause,
            tries=self.tries + 1,
        )

    def hurried(self) -> Autosave:
        """The state once there is reason to try again at once."""
        return replace(self, not_before=0.0)


Tone = Literal["empty", "issued", "saved", "kept", "unsaved", "aside", "failed"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How safe the text of the open edition is, for the window's title and status line.

    ``saved`` and ``kept`` are the moments the archive's commit returned, never earlier:
    the last revision and the last autosave after it.
    """

    open: bool = False
    issued: bool = False
    unsaved: bool = False
    saved: datetime | None = None
    kept: datetime | None = None
    failure: str = ""
    aside: datetime | None = None
    """When the text was last put beside a desk that cannot be written to."""

    @property
    def tone(self) -> Tone:
        """The one word that matters most."""
        if not self.open:
            return "empty"
        if self.issued:
            return "issued"
        if self.aside:
            return "aside"
        if self.failure:
            return "failed"
        if self.unsaved:
            return "unsaved"
        return "kept" if self.kept else "saved"

    @property
    def starred(self) -> bool:
        """True while the text differs from the last revision: the title shows it."""
        return self.tone in ("kept", "unsaved", "aside", "failed")

    def edited(self) -> Standing:
        """After a keystroke or a field change."""
        return replace(self, unsaved=True)

    def was_kept(self, at: datetime, *, typed_since: bool = False) -> Standing:
        """After an autosave was committed; ``typed_since`` when an edit came during it."""
        return replace(self, kept=at, unsaved=typed_since, failure="", aside=None)

    def was_saved(self, at: datetime, *, typed_since: bool = False) -> Standing:
        """After an explicit save was committed as a revision."""
        return replace(self, saved=at, kept=None, unsaved=typed_since, failure="", aside=None)

    def was_put_aside(self, at: datetime) -> Standing:
        """The state after the text was stored beside its desk, which cannot be written to."""
        return replace(self, aside=at)

    def went_wrong(self, what: str) -> Standing:
        """After a write failed; the text is still in the editor and still counts as unsaved."""
        return replace(self, unsaved=True, failure=what)
