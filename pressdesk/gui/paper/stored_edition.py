"""The open edition as its desk has it: the versions a write builds upon, and what is unanswered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from msgspec import structs

from pressdesk.base.errors import DeskUnavailable, PressDeskError
from pressdesk.desk import drafting
from pressdesk.desk.changes import Changes
from pressdesk.desk.rescue import RescueFile, rescued
from pressdesk.press.differing import alike
from pressdesk.press.filed import Filed, Stands
from pressdesk.press.release import Edition, Release

if TYPE_CHECKING:
    from pressdesk.desk.opening import Desk


@dataclass(frozen=True)
class Attempt:
    """A save as it was asked for; repeated word for word until it is answered."""

    release: Release
    edition: Edition
    note: str = ""
    typed: int = 0
    """How much had been typed then."""
    uid: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True)
class Known:
    """What is known of an edition in its desk.

    saved       the last save
    versions    of release and edition, which a write has to follow
    kept_at     when the text was last kept, None for never since the last save
    unanswered  saves that may have been done: the line was cut before the answer
    """

    saved: Filed
    versions: tuple[int, int]
    kept_at: datetime | None
    unanswered: tuple[Attempt, ...] = ()

    def follows(self, stands: Stands) -> bool:
        """True while nobody stored another text since this one was read or saved.

        What was looked up before our last save returned is older, and no news.
        """
        of_release, of_edition = self.versions
        return stands.release_version <= of_release and stands.edition_version <= of_edition

    def upon(self, release: Release, edition: Edition) -> tuple[Release, Edition]:
        """A text with the versions it follows."""
        of_release, of_edition = self.versions
        return (
            structs.replace(release, version=of_release),
            structs.replace(edition, version=of_edition),
        )


def known(filed: Filed) -> Known:
    """What is known of an edition that was read or saved just now."""
    versions = filed.release.version, filed.edition.version
    return Known(filed, versions, filed.kept.at if filed.kept else None)


class StoredEdition:
    """Writes one edition into its desk. Its calls belong to the lane of writes.

    ``now`` is a frozen value, put in the place of the one before when a write returns, on that
    lane itself: so a write that was asked for before the last one returned still follows it.
    Other threads read it, and see it before or after a write and never half. When a state of
    the text is stored, it is taken out of the file beside the desk.
    """

    def __init__(self, filed: Filed) -> None:
        self.now = known(filed)
        self.file = RescueFile()

    def keep(
        self, archive: Desk, release: Release, edition: Edition, typed: int
    ) -> tuple[datetime, Changes]:
        """Autosave this text; ``typed`` is the number of this state of it."""
        done = self._settle(archive)
        told, saved = done[1] if done else Changes(), self.now.saved
        if self.now.kept_at is None and alike(
            (release, edition), (saved.release, saved.edition)
        ):  # nothing beyond the save
            kept = datetime.now(UTC)
        else:
            kept, changed = drafting.keep(archive, *self.now.upon(release, edition))
            told |= changed
            self.now = replace(self.now, kept_at=kept)
        self.file.drop(typed)
        return kept, told

    def save(self, archive: Desk, attempt: Attempt) -> tuple[Filed, Changes]:
        """Save a text as a revision, once, however often this is tried."""
        if attempt not in self.now.unanswered:
            self.now = replace(self.now, unanswered=(*self.now.unanswered, attempt))
        done = self._settle(archive)
        assert done is not None
        return done

    def _settle(self, archive: Desk) -> tuple[Filed, Changes] | None:
        """Repeat what was not answered, in its order; what follows builds upon it."""
        done = None
        while self.now.unanswered:
            one, *others = self.now.unanswered
            values = self.now.upon(one.release, one.edition)
            try:
                done = drafting.save(archive, *values, note=one.note, uid=one.uid)
            except DeskUnavailable:
                raise  # says nothing of the attempt before this one
            except PressDeskError:
                self.now = replace(self.now, unanswered=())
                raise
            self.now = replace(known(done[0]), unanswered=tuple(others))
            self.file.drop(one.typed)
        return done

    def put_aside(
        self, archive: Desk, release: Release, edition: Edition, typed: int, *, trying: bool = False
    ) -> None:
        """Put a text beside its desk, for when that opens again; on any thread.

        trying  this program goes on trying to store it
        raises  WriteFailed
        """
        now = self.now
        text = rescued(
            archive.place,
            *now.upon(release, edition),
            uid=archive.uid,
            kept_at=now.kept_at,
            uids=tuple(one.uid for one in now.unanswered),
            trying=trying,
        )
        self.file.put(typed, text)
