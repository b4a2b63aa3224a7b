"""Stores releases and their editions; takes and returns values, never rows."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from pressdesk.archive.releases import drafts, ground, sealing, writing
from pressdesk.archive.releases.release_history import ReleaseHistory
from pressdesk.archive.releases.release_lists import ReleaseLists
from pressdesk.archive.releases.sealing import Compose
from pressdesk.archive.releases.writing import derive
from pressdesk.archive.rows import filing, list_query, register, revisions
from pressdesk.archive.search.index import erase, reindex
from pressdesk.archive.store import values
from pressdesk.archive.store.engine import Store
from pressdesk.archive.store.tables import edition, issued, release, revision
from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.press.differing import alike
from pressdesk.press.filed import Autosaved, Filed, Issued, Stands
from pressdesk.press.register.checkpoint import Sign
from pressdesk.press.release import Edition, Release


class Releases(ReleaseLists, ReleaseHistory):
    """The releases of one desk; every method is one transaction and may run in any thread.

    Writing methods raise, besides what they name, DeskLocked, DeskReadOnly, DeskFull and
    DeskForeign (damaged); then nothing of theirs is stored.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
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
            there = list_query.rows(connection, (release_id,))[0].languages
            if any(line.language == first.language for line in there):
                what = _("Release {id} already has this language.").format(id=release_id)
                raise BadInput(what, hint=_("Open the release in that language instead."))
            made = writing.new_edition(connection, parent, first, 1, _now())
            derive(connection, release_id)
        return Filed(parent, made)

    def begin_anew(self, given: Release, blank: Edition, first: Edition) -> Filed | None:
        """Replace a wordless draft with a first draft in another language.

        given  the release as it stands in the window: it keeps its number and its place
        None, and nothing is done, when something would be lost with the blank draft: there is
        another language or edition, or a word in it, kept, or in an earlier save.
        raises  EditConflict as ``save`` does; NotFound
        """
        now = _now()
        with self._store.write() as connection:
            saved = filing.stored(connection, blank.id)
            self._seen.check(connection, blank.id, blank.title)
            if not writing.only_blank(connection, saved, self._store.place):
                return None
            parent = writing.put_release(connection, given, saved.release)
            made = writing.new_edition(connection, parent, first, 1, now)
            writing.drop_edition(connection, saved.edition)
            derive(connection, parent.id)
        return Filed(parent, made)

    def next_edition(self, release_id: int, language: str) -> Filed:
        """Open the next edition of an issued one: a draft that begins as its copy.

        It begins from the text that went out, whatever the rows say that show it.
        raises  BadInput when a draft is open already; NotFound; DeskForeign when the text that
                went out is not what its sheet vouches for
        """
        with self._store.write() as connection:
            last = filing.stored(connection, filing.pick(connection, release_id, language, None))
            if not last.edition.state.out:
                what = _("“{title}” is already a draft.").format(title=last.edition.title)
                raise BadInput(what, hint=_("Continue in that draft."))
            _then, text = ground.sealed_text(connection, last.edition.id, self._store.place)
            number = last.edition.number + 1
            made = writing.new_edition(connection, last.release, text, number, _now())
            derive(connection, release_id)
        return Filed(last.release, made)

    def find(
        self, release_id: int, *, language: str | None = None, number: int | None = None
    ) -> Filed:
        """One edition with its release: the newest of the only language unless named.

        raises  NotFound, also when it is in the trash; BadInput when the language is needed;
                DeskForeign when an issued one does not read as it went out any more
        cost    half a millisecond for an ordinary draft, 2 ms for an issued one
        """
        with self._store.read() as connection:
            edition_id = filing.pick(connection, release_id, language, number)
            saved = filing.stored(connection, edition_id)
            ground.vouch(connection, saved, self._store.place)
            found, token = filing.with_kept(connection, saved)
        self._seen.note(edition_id, token)
        return found

    def look(self, release_id: int, language: str) -> Filed:
        """The newest edition of a language, in the trash or not, only to be looked at.

        Unlike with ``find``, what somebody else kept there is not replaced by a later save of
        this archive unless ``save_over`` is told what was looked at.
        raises  NotFound when it is gone for good; DeskForeign as ``find``
        """
        with self._store.read() as connection:
            edition_id = filing.pick(connection, release_id, language, None, trashed=True)
            saved = filing.stored(connection, edition_id, trashed=True)
            ground.vouch(connection, saved, self._store.place)
            return filing.with_kept(connection, saved)[0]

    def stands(self, edition_id: int) -> Stands | None:
        """The current versions of an edition, without its text; None if it is gone."""
        versions = (
            select(release.c.id, release.c.version, edition.c.version.label("own"))
            .join(edition, edition.c.release_id == release.c.id)
            .where(edition.c.id == edition_id, release.c.trashed_at.is_(None))
        )
        authors = select(revision.c.author).join(edition, edition.c.id == revision.c.edition_id)
        with self._store.read() as connection:
            row = connection.execute(versions).first()
            if row is None:
                return None
            last = authors.where(edition.c.release_id == row.id).order_by(revision.c.id.desc())
            author = connection.execute(last.limit(1)).scalar()
        return Stands(row.version, row.own, author or "")

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
                done = writing.put_both(connection, given, changed, saved, now)
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
        """Save over a text by someone else, which is kept as a revision.

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
            done = writing.put_both(connection, given, text, saved, now)
            revisions.put(connection, done.release, done.edition, now, note=note)
            derive(connection, done.release.id)
        return done

    def keep(self, given: Release, changed: Edition) -> Autosaved:
        """Autosave: store this text beside the last save.

        raises  EditConflict as ``save`` does; NotFound
        cost    one commit to the disk, whatever else the desk holds
        """
        now = _now()
        with self._store.write() as connection:
            self._seen.check(connection, changed.id, changed.title)
            moved = drafts.keep(connection, given, changed, now, self._seen.new())
            reindex(connection, given.id)
        return Autosaved(now, moved)

    def discard(self, edition_id: int) -> Filed:
        """Drop what autosave kept and return the last save; in a file no byte of it remains.

        raises  EditConflict when another window kept something nobody read here; NotFound
        """
        with self._store.write() as connection:
            saved = filing.stored(connection, edition_id, trashed=True)
            self._seen.check(connection, edition_id, saved.edition.title)
            writing.drop_draft(connection, edition_id)
            derive(connection, saved.release.id)
            erase(connection)
        return saved

    def set_aside(self, given: Release, text: Edition, *, note: str) -> None:
        """Store a text among the revisions of its draft; the draft does not change.

        For the text that gives way when two persons wrote at once. No version moves.
        raises  NotFound; BadInput when the edition is issued: nothing is added to it then
        """
        now = _now()
        with self._store.write() as connection:
            saved = filing.stored(connection, text.id, trashed=True)
            if saved.edition.state.out:
                what = _("“{title}” has been issued and can no longer change.")
                raise BadInput(what.format(title=saved.edition.title))
            values_ = filing.identified(given, text, saved)
            revisions.put(connection, *values_, now, note=note)

    def issue(
        self,
        given: Release,
        changed: Edition,
        compose: Compose,
        *,
        at: datetime,
        recorded: bool = False,
        uid: str = "",
        note: str = "",
        sign: Sign | None = None,
    ) -> Filed:
        """Save an edition, give the release its reference, freeze the sheet: one transaction.

        compose   makes the sheet of the release and edition as issued, from the house style
                  and the contacts of this very moment; runs inside the transaction
        at        the moment of issue, aware; of recording for a past item
        recorded  take a past item in as issued on its own date, without a new reference
        uid       as for ``save``: repeated with it, the edition is issued once
        note      what the history says of the issue besides
        sign      signs the checkpoint of this moment, which the edition keeps for ever
        raises    as ``save`` does; IssueRefused when it is issued already or a past item has
                  no full date; whatever ``compose`` raises. Nothing is stored then.
        """
        now = _now()
        with self._store.write() as connection:
            again = revisions.saved_as(connection, uid, changed.id, self._store.place)
            if again is not None:
                return again
            saved = filing.stored(connection, changed.id)
            if not saved.edition.state.out:
                self._seen.check(connection, changed.id, changed.title)
                sealing.refuse_unsaved_embargo(connection, given, saved)
                saved = writing.put_both(connection, given, changed, saved, now)
            done = sealing.issue(
                connection, saved, compose, at, recorded=recorded, uid=uid, note=note
            )
            if sign is not None:
                register.sign(connection, done.edition.uid, sign, at)
            derive(connection, done.release.id)
        return done

    def issued(self, edition_id: int) -> Issued | None:
        """The issued sheet, None for a draft; raises DeskForeign if its bytes were altered."""
        query = select(issued).where(issued.c.edition_id == edition_id)
        with self._store.read() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            return values.issued(row.sheet, row.house, row.sha256, self._store.place)


def _nothing_new(given: Release, changed: Edition, saved: Filed) -> bool:
    """True when this very text of a draft is what is saved."""
    same = changed.version == saved.edition.version and saved.edition.state.writable
    return same and alike((given, changed), (saved.release, saved.edition))


def _now() -> datetime:
    return datetime.now(UTC)
