"""Autosaved text: one row for each edition being edited."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import uuid4

from msgspec.structs import replace
from sqlalchemy import Connection, literal, or_, select, update

from pressdesk.archive.releases.writing import conflict
from pressdesk.archive.rows import filing
from pressdesk.archive.rows.list_rows import is_out
from pressdesk.archive.store import dialects, values
from pressdesk.archive.store.tables import draft, edition, listed, release
from pressdesk.press.release import Edition, Release


class Seen:
    """Which kept texts this archive wrote itself or handed out.

    Two windows may write the same edition between two saves, when no version moves. Whoever
    has not seen the other's text must not replace it. Reading and writing threads share this:
    a text that was seen once stays seen, in whichever order they say so.
    """

    def __init__(self) -> None:
        self._writer = uuid4().hex
        self._read: defaultdict[int, set[str]] = defaultdict(set)

    def new(self) -> str:
        """A token for a text this archive is about to keep."""
        return f"{self._writer}-{uuid4().hex}"

    def note(self, edition_id: int, token: str) -> None:
        """A text with this token was handed out; "" for none."""
        if token and not token.startswith(self._writer):
            self._read[edition_id].add(token)

    def check(self, connection: Connection, edition_id: int, title: str) -> None:
        """Raise EditConflict if an unseen autosaved text would be overwritten."""
        row = filing.kept_row(connection, edition_id)
        if row is None:
            return
        token = str(row.token)
        if not token.startswith(self._writer) and token not in self._read[edition_id]:
            raise conflict(title)


def keep(connection: Connection, given: Release, text: Edition, now: datetime, token: str) -> bool:
    """Replace the kept text of an edition, if no version moved, in one statement.

    True when lists show another title or date of it now.
    raises  EditConflict when one did, also by issuing; NotFound when the edition is gone
    """
    saved = filing.parent_of(connection, text.id)
    packed = values.pack(given, text)
    touched = replace(given, id=saved.id, uid=saved.uid, version=saved.version) != saved
    row = {
        "edition_id": edition.c.id,
        "token": literal(token),
        "release_version": release.c.version,
        "release_touched": literal(touched),
        "at": literal(now, draft.c.at.type),
        "title": literal(text.title),
        "date": literal(text.date, draft.c.date.type),
        "data": literal(packed),
        "sha256": literal(values.digest(packed)),
    }
    current = (
        select(*row.values())
        .join(release, release.c.id == edition.c.release_id)
        .where(
            edition.c.id == text.id,
            edition.c.version == text.version,
            ~is_out(edition.c.state),
            release.c.version == given.version,
        )
    )
    order = dialects.upsert(connection, draft).from_select(list(row), current)
    fresh = {name: order.excluded[name] for name in row if name != "edition_id"}
    done = connection.execute(
        order.on_conflict_do_update(index_elements=["edition_id"], set_=fresh).returning(
            draft.c.edition_id
        )
    )
    if done.first() is None:
        raise conflict(text.title)
    # By the key of the table: looked for by its edition it would be read from end to end.
    line = (listed.c.release_id == saved.id, listed.c.edition_id == text.id)
    other = or_(listed.c.title != text.title, listed.c.date.is_distinct_from(text.date))
    shown = update(listed).where(*line, other).values(title=text.title, date=text.date)
    return connection.execute(shown).rowcount > 0
