"""Restores the text of an older revision as the draft, without losing the current one."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from pressdesk.archive.releases import writing
from pressdesk.archive.rows import contacts, filing, revisions
from pressdesk.archive.store import values
from pressdesk.base.address import Address
from pressdesk.base.i18n import _
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release


def restore(connection: Connection, revision_id: int, now: datetime, place: Address) -> Filed:
    """The text of a revision as the newest draft of its language, as a new revision.

    What autosave kept meanwhile becomes a revision first. Of an issued edition the next one is
    opened with the text. What all languages share (kind, embargo, topics...) stays as it is,
    saved or only typed.
    raises  NotFound, also in the trash; DeskForeign when its bytes are damaged
    """
    edition_id, number = revisions.home(connection, revision_id)
    _then, text = revisions.one(connection, revision_id, place)
    of = filing.stored(connection, edition_id)
    newest = filing.pick(connection, of.release.id, of.edition.language, None)
    last = filing.stored(connection, newest)
    known = contacts.known(connection, text.contacts)
    text = replace(text, contacts=tuple(one for one in text.contacts if one in known))
    if last.edition.state.out:
        following = last.edition.number + 1
        note = _note(number, of.edition, following)
        made = writing.new_edition(connection, last.release, text, following, now, note=note)
        return Filed(last.release, made)
    shared = _shared(connection, last)
    _set_aside(connection, last, now)
    release, draft = filing.identified(shared, text, last)
    done = writing.put_both(connection, release, draft, last, now)
    note = _note(number, of.edition, last.edition.number)
    revisions.put(connection, done.release, done.edition, now, note=note)
    return done


def _note(number: int, of: Edition, into: int) -> str:
    if of.number == into:
        return _("Restored from revision {n}").format(n=number)
    what = _("Restored from revision {n} of edition {edition}")
    return what.format(n=number, edition=of.number)


def _shared(connection: Connection, last: Filed) -> Release:
    """With what was typed of it here and not saved: an embargo above all. What was typed in
    another language is still kept there, and holds here from there."""
    row = filing.shared_row(connection, last)
    if row is None or row.edition_id != last.edition.id:
        return last.release
    return values.unpack_kept(row.data, row.sha256)[0]


def _set_aside(connection: Connection, last: Filed, now: datetime) -> None:
    """What was typed since the last save is a revision before it gives way."""
    found, token = filing.with_kept(connection, last)
    if token and found.kept is not None:
        release, text = found.kept.release, found.kept.edition
        revisions.put(connection, release, text, now, note=_("Before restoring"))
