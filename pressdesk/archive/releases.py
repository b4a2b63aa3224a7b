"""Keeps releases and their editions. Values in, values out: no row ever leaves."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from pressdesk.archive import (
    drafts,
    faults,
    filing,
    issuing,
    listing,
    restoring,
    revisions,
    standing,
    thinning,
    values,
    writing,
)
from pressdesk.archive.derived import derive
from pressdesk.archive.engine import Store
from pressdesk.archive.issuing import Compose
from pressdesk.archive.search.index import reindex
from pressdesk.archive.tables import draft, edition, facet_value, issued, release
from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.press.differing import alike
from pressdesk.press.filed import Filed, Issued, RevisionInfo, Stands
from pressdesk.press.listing import BucketCounts, LanguageRow, PageKey, Query, ReleaseRow
from pressdesk.press.release import Edition, Release, State


class Releases:
    """The releases of one desk; every method is one transaction and may run in any thread.

    Writing methods raise, besides what they name, DeskLocked, DeskReadOnly, DeskFull and
    DeskForeign (damaged); then nothing of theirs is stored.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = drafts.Seen()

    def add(self, given: Release, first: Edition) -> Filed:
        """File a new release with its first edition, as a draft; both get ids and version 1."""
        now = _now()
        with self._store.write() as connection:
            parent = writing.new_release(connection, given, now)
            made = writing.new_edition(connection, parent, first, 1, now)
            derive(connection, parent.id)
        return Filed(parent, made)

    def add_language(self, release_id: int, first: Edition) -> Filed:
        """Add the first edition of another language; raises BadInput when it has one."""
        with self._store.write() as connection:
            parent = values.release_of(filing.release_row(connection, release_id))
            if any(r.language == first.language for r in _languages(connection, release_id)):
                what = _("Release {id} has this language already.").format(id=release_id)
                raise BadInput(what, hint=_("Open that version instead."))
            made = writing.new_edition(connection, parent, first, 1, _now())
            derive(connection, release_id)
        return Filed(parent, made)

    def next_edition(self, release_id: int, language: str) -> Filed:
        """Open the next edition of an issued one: a draft that begins as its copy.

        raises  BadInput when a draft is open already; NotFound
        """
        with self._store.write() as connection:
            last = filing.stored(connection, filing.pick(connection, release_id, language, None))
            if last.edition.state is not State.ISSUED:
                what = _("“{title}” is a draft already.").format(title=last.edition.title)
                raise BadInput(what, hint=_("Write in that draft."))
            number = last.edition.number + 1
            made = writing.new_edition(connection, last.release, last.edition, number, _now())
            derive(connection, release_id)
        return Filed(last.release, made)

    def find(
        self, release_id: int, *, language: str | None = None, number: int | None = None
    ) -> Filed:
        """One edition with its release: the newest of the only language unless named.

        raises  NotFound, also when it is in the trash; BadInput when the language is needed
        cost    half a millisecond for an ordinary release
        """
        with self._store.read() as connection:
            edition_id = filing.pick(connection, release_id, language, number)
            found, token = filing.with_kept(connection, filing.stored(connection, edition_id))
        self._seen.note(edition_id, token)
        return found

    def look(self, release_id: int, language: str) -> Filed:
        """The newest edition of a language, in the trash or not, only to be looked at.

        Unlike with ``find``, what somebody else kept there is not replaced by a later save of
        this archive unless ``save_over`` is told what was looked at.
        raises  NotFound when it is gone for good
        """
        with self._store.read() as connection:
            edition_id = filing.pick(connection, release_id, language, None, trashed=True)
            saved = filing.stored(connection, edition_id, trashed=True)
            return filing.with_kept(connection, saved)[0]

    def stands(self, edition_id: int) -> Stands | None:
        """The versions an edition has now, without handing out its text; None when it is gone."""
        with self._store.read() as connection:
            return standing.of(connection, edition_id)

    def next_embargo(self, now: datetime) -> datetime | None:
        """When the next embargo ends and lists read differently, None when none stands."""
        with self._store.read() as connection:
            return standing.next_embargo(connection, now)

    def languages(self, release_id: int) -> tuple[LanguageRow, ...]:
        """The newest edition of each language, those of the house first; raises NotFound."""
        with self._store.read() as connection:
            filing.release_row(connection, release_id)
            return _languages(connection, release_id)

    def editions(self, release_id: int, language: str) -> tuple[LanguageRow, ...]:
        """All editions of one language, newest first; raises NotFound."""
        with self._store.read() as connection:
            filing.release_row(connection, release_id)
            return listing.editions(connection, release_id, language)

    def save(
        self,
        given: Release,
        changed: Edition,
        *,
        note: str = "",
        author: str = "",
        uid: str = "",
    ) -> Filed:
        """Store an edition with its release as a new revision; what autosave kept is dropped.

        Returns both with their new versions; the release's moves only when it changed. Saved
        again without a change and a note, nothing is written and no version moves.
        uid     made anew for each save, stored with its revision: a save whose answer was
                lost may be repeated with it, by any program and at any time. It makes no
                second revision, and what the first attempt stored is returned.
        raises  EditConflict when either was saved, or kept by another window, since these
                values were read: nothing is written then; BadInput for an issued edition, an
                unknown contact, a taken reference; NotFound
        """
        now = _now()
        with self._store.write() as connection:
            again = revisions.saved_as(connection, uid, changed.id, self._store.place)
            if again is not None:
                return again  # the line was cut after the commit, before the answer
            saved = filing.stored(connection, changed.id)
            self._seen.check(connection, changed.id, changed.title)
            if not note and _nothing_new(given, changed, saved):
                writing.drop_draft(connection, changed.id)
                done = saved
            else:
                done = writing.saved_as(connection, given, changed, saved, now)
                revisions.put(
                    connection,
                    done.release,
                    done.edition,
                    now,
                    note=note,
                    author=author,
                    uid=uid,
                )
            derive(connection, done.release.id)
        return done

    def saved_as(self, uid: str, edition_id: int) -> Filed | None:
        """What a save or an issue with this uid stored; None when it never came to that."""
        with self._store.read() as connection:
            return revisions.saved_as(connection, uid, edition_id, self._store.place)

    def save_over(
        self, given: Release, text: Edition, *, seen: Filed, note: str, kept_note: str
    ) -> Filed:
        """Save a text over one that somebody else wrote, which stays among the revisions.

        seen       what was looked at and is to give way, as ``look`` or ``find`` gave it
        note       what is said of the new revision
        kept_note  what is said of the other text where it was only kept and is no revision yet
        One transaction. raises EditConflict when anything else stands there by now, and what
        ``save`` raises; nothing is written then.
        """
        now = _now()
        with self._store.write() as connection:
            saved = filing.stored(connection, seen.edition.id)
            found, token = filing.with_kept(connection, saved)
            if found != seen:
                raise writing.conflict(text.title)
            if token and found.kept is not None:
                kept = found.kept
                revisions.put(connection, kept.release, kept.edition, now, note=kept_note)
            given, text = filing.identified(given, text, saved)
            done = writing.saved_as(connection, given, text, saved, now)
            revisions.put(connection, done.release, done.edition, now, note=note)
            derive(connection, done.release.id)
        return done

    def keep(self, given: Release, changed: Edition) -> datetime:
        """Autosave: keep this text beside the last save and return the time.

        raises  EditConflict as ``save`` does; NotFound
        cost    one commit to the disk
        """
        now = _now()
        with self._store.write() as connection:
            self._seen.check(connection, changed.id, changed.title)
            drafts.keep(connection, given, changed, now, self._seen.new())
            reindex(connection, given.id)
        return now

    def discard(self, edition_id: int) -> Filed:
        """Drop what autosave kept and return the last save.

        raises  EditConflict when another window kept something nobody read here; NotFound
        """
        with self._store.write() as connection:
            saved = filing.stored(connection, edition_id, trashed=True)
            self._seen.check(connection, edition_id, saved.edition.title)
            writing.drop_draft(connection, edition_id)
            derive(connection, saved.release.id)
        return saved

    def set_aside(self, given: Release, text: Edition, *, note: str) -> None:
        """Put a text among the revisions of its draft, which itself stays as it is.

        For the text that gives way when two persons wrote at once. No version moves.
        raises  NotFound; BadInput when the edition is issued: nothing is added to it then
        """
        now = _now()
        with self._store.write() as connection:
            saved = filing.stored(connection, text.id, trashed=True)
            if saved.edition.state is State.ISSUED:
                what = _("“{title}” is issued and never changes.")
                raise BadInput(what.format(title=saved.edition.title))
            values_ = filing.identified(given, text, saved)
            revisions.put(connection, *values_, now, note=note)

    def kept_editions(self) -> tuple[tuple[int, int], ...]:
        """Release and edition of everything autosave holds, newest first."""
        query = (
            select(edition.c.release_id, edition.c.id)
            .join(draft, draft.c.edition_id == edition.c.id)
            .join(release, release.c.id == edition.c.release_id)
            .where(release.c.trashed_at.is_(None))
            .order_by(draft.c.at.desc())
        )
        with self._store.read() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(query).all())

    def revisions(self, edition_id: int) -> tuple[RevisionInfo, ...]:
        """The explicit saves of an edition, newest first."""
        with self._store.read() as connection:
            return revisions.history(connection, edition_id)

    def revision(self, revision_id: int) -> tuple[Release, Edition]:
        """What was saved then, with the versions of then; raises NotFound, DeskForeign."""
        with self._store.read() as connection:
            return revisions.one(connection, revision_id, self._store.place)

    def history(self, release_id: int, language: str) -> tuple[RevisionInfo, ...]:
        """The revisions of every edition of a language, newest first; raises NotFound."""
        with self._store.read() as connection:
            filing.release_row(connection, release_id)
            return revisions.of_language(connection, release_id, language)

    def name_revision(self, revision_id: int, name: str) -> None:
        """Call a revision something, or nothing with ""; raises NotFound, BadInput."""
        with self._store.write() as connection:
            revisions.name(connection, revision_id, name)

    def restore(self, revision_id: int) -> Filed:
        """The text of a revision as the new draft; see ``restoring.restore``."""
        with self._store.write() as connection:
            done = restoring.restore(connection, revision_id, _now(), self._store.place)
            derive(connection, done.release.id)
        return done

    def thin(self, now: datetime) -> int:
        """Let go of old revisions of drafts, by the rules of ``thinning``; says how many.

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

    def issue(
        self,
        given: Release,
        changed: Edition,
        compose: Compose,
        *,
        at: datetime,
        recorded: bool = False,
        uid: str = "",
    ) -> Filed:
        """Save an edition, give the release its reference, freeze the sheet: one transaction.

        compose   makes the sheet of the release and edition as issued, from the house style
                  and the contacts of this very moment; runs inside the transaction
        at        the moment of issue, aware; of recording for a past item
        recorded  take a past item in as issued on its own date, without a new reference
        uid       as for ``save``: repeated with it, the edition is issued once
        raises    as ``save`` does; IssueRefused when it is issued already or a past item has
                  no full date; whatever ``compose`` raises. Nothing is stored then.
        """
        now = _now()
        with self._store.write() as connection:
            again = revisions.saved_as(connection, uid, changed.id, self._store.place)
            if again is not None:
                return again
            saved = filing.stored(connection, changed.id)
            if saved.edition.state is not State.ISSUED:
                self._seen.check(connection, changed.id, changed.title)
                issuing.refuse_unsaved_embargo(connection, given, saved)
                saved = writing.saved_as(connection, given, changed, saved, now)
            done = issuing.issue(connection, saved, compose, at, recorded=recorded, uid=uid)
            derive(connection, done.release.id)
        return done

    def issued(self, edition_id: int) -> Issued | None:
        """What went out, None for a draft; raises DeskForeign when its bytes were altered."""
        query = select(issued).where(issued.c.edition_id == edition_id)
        with self._store.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return values.issued(row.sheet, row.house, row.sha256, self._store.place)

    def page(
        self, query: Query, *, after: PageKey | None = None, limit: int = 100, now: datetime
    ) -> tuple[ReleaseRow, ...]:
        """The next rows of a list below ``after``, newest first; the same cost at any depth."""
        with self._store.read() as connection:
            return listing.page(connection, query, after, limit, now)

    def keys(self, query: Query, *, now: datetime) -> array[int]:
        """The ids of the whole list in its order, for ``rows`` to fetch as they are seen."""
        with self._store.read() as connection:
            return listing.keys(connection, query, now)

    def keys_by_month(self, query: Query, *, now: datetime) -> tuple[array[int], array[int]]:
        """As ``keys``, with the month of each beside it, counted as year * 12 + month."""
        with self._store.read() as connection:
            return listing.keys_by_month(connection, query, now)

    def rows(self, ids: Sequence[int]) -> tuple[ReleaseRow, ...]:
        """The rows of these releases in the order given; those gone or trashed are left out."""
        with self._store.read() as connection:
            return listing.rows(connection, ids)

    def counts(self, query: Query, *, now: datetime) -> BucketCounts:
        """How many releases each segment holds under the other filters of the query."""
        with self._store.read() as connection:
            return listing.counts(connection, query, now)

    def list_editions(
        self, query: Query, *, now: datetime
    ) -> tuple[tuple[ReleaseRow, LanguageRow], ...]:
        """Each release with each of its languages that the query asks for, in list order."""
        with self._store.read() as connection:
            found = listing.rows(connection, listing.keys(connection, query, now))
        return tuple(
            (row, line)
            for row in found
            for line in row.languages
            if query.language in ("", line.language) and query.state in ("", line.state)
        )

    def topics(self) -> tuple[str, ...]:
        """Every topic in use, sorted, for completion: those the index knows."""
        with self._store.read() as connection:
            used = select(facet_value.c.value).where(facet_value.c.facet == "topic")
            found = connection.execute(used.where(facet_value.c.number > 0)).scalars().all()
        return tuple(sorted(found, key=str.casefold))


def _languages(connection: Connection, release_id: int) -> tuple[LanguageRow, ...]:
    return listing.rows(connection, (release_id,))[0].languages


def _nothing_new(given: Release, changed: Edition, saved: Filed) -> bool:
    """True when this very text of a draft is what is saved."""
    same = changed.version == saved.edition.version and saved.edition.state is State.DRAFT
    return same and alike((given, changed), (saved.release, saved.edition))


def _now() -> datetime:
    return datetime.now(UTC)
