"""A desk opened read-only; in a shared one, only what is published is visible."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from datetime import date, datetime

from msgspec.structs import replace
from sqlalchemy import select

from pressdesk.archive.releases import ground
from pressdesk.archive.releases.imports import Imports
from pressdesk.archive.releases.registered import Register, Testimony
from pressdesk.archive.releases.releases import Releases
from pressdesk.archive.releases.trash import Trash
from pressdesk.archive.rows import visible
from pressdesk.archive.rows.contacts import Contacts
from pressdesk.archive.rows.houses import Houses
from pressdesk.archive.search.search import Search
from pressdesk.archive.store import faults
from pressdesk.archive.store.tables import edition, release
from pressdesk.base.errors import NotFound
from pressdesk.base.i18n import _
from pressdesk.press.filed import Filed, Issued, RevisionInfo, Stands, TrashRow
from pressdesk.press.house import House
from pressdesk.press.listing import BucketCounts, LanguageRow, PageKey, Query, ReleaseRow
from pressdesk.press.query import Filter, Question, Snippet
from pressdesk.press.register.checkpoint import Checkpoint
from pressdesk.press.register.deeds import Record
from pressdesk.press.register.heads import Course, Heads
from pressdesk.press.register.proof import Proof
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.states import Status

_OUT = Filter("state", Status.ISSUED)


class ReadingReleases(Releases):
    """What of the releases is out at the moment of asking; everything else is not there."""

    def find(
        self, release_id: int, *, language: str | None = None, number: int | None = None
    ) -> Filed:
        with self._store.read() as connection:
            found = visible.find(connection, release_id, language, number, visible.moment())
            ground.vouch(connection, found, self._store.place)
            return found

    def look(self, release_id: int, language: str) -> Filed:
        return self.find(release_id, language=language)

    def stands(self, edition_id: int) -> Stands | None:
        with self._store.read() as connection:
            if not visible.can_be_seen(connection, edition_id, visible.moment()):
                return None
        return super().stands(edition_id)

    def saved_as(self, uid: str, edition_id: int) -> Filed | None:
        return None

    def languages(self, release_id: int) -> tuple[LanguageRow, ...]:
        with self._store.read() as connection:
            found = visible.rows(connection, (release_id,), visible.moment())
            if not found:
                visible.editions(connection, release_id, visible.moment())  # raises NotFound
            return found[0].languages

    def editions(self, release_id: int, language: str) -> tuple[LanguageRow, ...]:
        with self._store.read() as connection:
            return visible.editions(connection, release_id, visible.moment(), language)

    def kept_editions(self) -> tuple[tuple[int, int], ...]:
        return ()

    def revisions(self, edition_id: int) -> tuple[RevisionInfo, ...]:
        return ()

    def history(self, release_id: int, language: str) -> tuple[RevisionInfo, ...]:
        return ()

    def revision(self, revision_id: int) -> tuple[Release, Edition]:
        what = _("There is no revision {id} in this desk.").format(id=revision_id)
        raise NotFound(what, hint=_("Only editors can see revisions."))

    def issued(self, edition_id: int) -> Issued | None:
        with self._store.read() as connection:
            out = visible.can_be_seen(connection, edition_id, visible.moment())
        return super().issued(edition_id) if out else None

    def page(
        self, query: Query, *, after: PageKey | None = None, limit: int = 100, now: datetime
    ) -> tuple[ReleaseRow, ...]:
        with self._store.read() as connection:
            ids, _months = visible.keys(connection, query, now)
            if after is not None:
                begin = ids.index(after.id) + 1 if after.id in ids else len(ids)
                ids = ids[begin:]
            return visible.rows(connection, ids[:limit], now)

    def keys(self, query: Query, *, now: datetime) -> array[int]:
        return self.keys_by_month(query, now=now)[0]

    def keys_by_month(self, query: Query, *, now: datetime) -> tuple[array[int], array[int]]:
        with self._store.read() as connection:
            return visible.keys(connection, query, now)

    def rows(self, ids: Sequence[int]) -> tuple[ReleaseRow, ...]:
        with self._store.read() as connection:
            return visible.rows(connection, ids, visible.moment())

    def counts(self, query: Query, *, now: datetime) -> BucketCounts:
        number = len(self.keys(replace(query, bucket="all"), now=now))
        return BucketCounts(all=number, issued=number)

    def list_editions(
        self, query: Query, *, now: datetime
    ) -> tuple[tuple[ReleaseRow, LanguageRow], ...]:
        with self._store.read() as connection:
            ids, _months = visible.keys(connection, query, now)
            found = visible.rows(connection, ids, now)
        return tuple(
            (row, line)
            for row in found
            for line in row.languages
            if query.language in ("", line.language)
        )

    def topics(self) -> tuple[str, ...]:
        return ()


class ReadingSearch(Search):
    """Every question is asked of what is out only."""

    _fence = _OUT

    def days(self, release_ids: Collection[int]) -> tuple[date, ...]:
        query = (
            select(edition.c.sort_date)
            .join(release, release.c.id == edition.c.release_id)
            .where(release.c.id.in_(release_ids), visible.out(visible.moment()))
        )
        with self._store.read() as connection:
            found = set(connection.execute(query).scalars().all())
        return tuple(sorted(found, reverse=True))

    def snippets(self, question: Question, edition_ids: Sequence[int]) -> dict[int, Snippet]:
        now = visible.moment()
        with self._store.read() as connection:
            seen = [one for one in edition_ids if visible.can_be_seen(connection, one, now)]
        return super().snippets(question, seen)

    def suggest(self, text: str, *, now: datetime) -> str:
        """The index knows the words of drafts, too: none of them is offered."""
        return ""


class ReadingContacts(Contacts):
    """Readers see the contacts that sheets print, and not the list."""

    def all(self, *, retired: bool = True) -> tuple[Contact, ...]:
        return ()

    def get(self, contact_id: int) -> Contact:
        what = _("There is no contact {id} in this desk.").format(id=contact_id)
        raise NotFound(what, hint=_("The contacts are printed in the releases."))

    def used_by(self, contact_id: int) -> tuple[ReleaseRow, ...]:
        return ()


class ReadingHouses(Houses):
    """What is needed to show a list: languages, zone and the name of the organisation."""

    def get(self) -> House:
        return shown(super().get())


def shown(house: House) -> House:
    """What a reader needs of a house style; the look is stored with each issued edition."""
    return House(
        organisation=house.organisation,
        zone=house.zone,
        languages=house.languages,
        version=house.version,
    )


class ReadingImports(Imports):
    """Originals are for those who write."""

    def original(self, release_id: int) -> tuple[str, bytes] | None:
        return None


class ReadingTrash(Trash):
    """An empty trash: readers do not see deleted releases."""

    def holds(self, release_id: int) -> bool:
        return False

    def all(self) -> tuple[TrashRow, ...]:
        return ()


class ReadingRegister(Register):
    """Proofs of what is out; the rest of the register tells of what is not."""

    def proof(self, edition_id: int) -> Proof | None:
        with self._store.read() as connection:
            out = visible.can_be_seen(connection, edition_id, visible.moment())
        return super().proof(edition_id) if out else None

    def heads(self) -> Heads | None:
        raise faults.part_only(self._store.place)

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        raise faults.part_only(self._store.place)

    def course(self, seen: Heads) -> Course:
        raise faults.part_only(self._store.place)

    def testimony(self, seen: Checkpoint, record: Record | None = None) -> Testimony:
        raise faults.part_only(self._store.place)
