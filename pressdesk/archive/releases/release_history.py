"""Saved states of releases: revisions, their names, restoring, thinning."""

from __future__ import annotations

from datetime import UTC, datetime

from pressdesk.archive.releases import restore_revision
from pressdesk.archive.releases.writing import derive
from pressdesk.archive.rows import filing, revisions, thinning
from pressdesk.archive.store import faults
from pressdesk.archive.store.engine import DeskPart
from pressdesk.archive.store.tables import edition
from pressdesk.press.filed import Filed, RevisionInfo
from pressdesk.press.release import Edition, Release


class ReleaseHistory(DeskPart):
    """The part of ``Releases`` that looks back."""

    def revisions(self, edition_id: int) -> tuple[RevisionInfo, ...]:
        """The explicit saves of an edition, newest first."""
        with self._store.read() as connection:
            return revisions.listed(connection, edition.c.id == edition_id)

    def revision(self, revision_id: int) -> tuple[Release, Edition]:
        """What was saved then, with the versions of then; raises NotFound, DeskForeign."""
        with self._store.read() as connection:
            return revisions.one(connection, revision_id, self._store.place)

    def history(self, release_id: int, language: str) -> tuple[RevisionInfo, ...]:
        """The revisions of every edition of a language, newest first; raises NotFound."""
        with self._store.read() as connection:
            filing.release_row(connection, release_id)
            whose = (edition.c.release_id == release_id, edition.c.language == language)
            return revisions.listed(connection, *whose)

    def name_revision(self, revision_id: int, name: str) -> None:
        """Call a revision something, or nothing with ""; raises NotFound, BadInput."""
        with self._store.write() as connection:
            revisions.name(connection, revision_id, name)

    def restore(self, revision_id: int) -> Filed:
        """The text of a revision as the new draft; see ``restore_revision.restore``."""
        with self._store.write() as connection:
            done = restore_revision.restore(
                connection, revision_id, datetime.now(UTC), self._store.place
            )
            derive(connection, done.release.id)
        return done

    def thin(self, now: datetime) -> int:
        """Delete old revisions of drafts by the rules of ``thinning``; returns how many.

        now   in the zone of the desk
        cost  some milliseconds where there is nothing to do; a commit for each draft thinned
        """
        if self._store.read_only:
            raise faults.read_only(self._store.place)
        with self._store.read() as connection:
            found = thinning.candidates(connection)
            due = [key for key in found if thinning.spared(connection, key, now)]
        gone = 0
        for edition_id in due:
            with self._store.write() as connection:
                gone += thinning.thin(connection, edition_id, now)
        return gone
