"""What autosave keeps: one row for each edition being written."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from msgspec.structs import replace
from sqlalchemy import Connection, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from pressdesk.archive import filing, values
from pressdesk.archive.folding import folded
from pressdesk.archive.listed import ISSUED
from pressdesk.archive.tables import draft, edition, listed, release
from pressdesk.archive.writing import conflict
from pressdesk.press.release import Edition, Release


class Seen:
    """Which kept text of each edition this archive wrote or handed out last.

    Two windows may write the same edition between two saves, when no version moves. Whoever
    has not seen the other's text must not replace it.
    """

    def __init__(self) -> None:
        self._tokens: dict[int, str] = {}

    def token(self, edition_id: int) -> str:
        """The token of the text seen last, "" for none."""
        return self._tokens.get(edition_id, "")

    def note(self, edition_id: int, token: str) -> None:
        """This text was handed out or written just now."""
        self._tokens[edition_id] = token

    def check(self, connection: Connection, edition_id: int, title: str) -> None:
        """Raise EditConflict when somebody else's kept text is about to be dropped unseen."""
        row = filing.kept_row(connection, edition_id)
        if row is not None and row.token != self.token(edition_id):
            raise conflict(title)


def keep(connection: Connection, given: Release, text: Edition, now: datetime, *, seen: str) -> str:
    """Replace the kept text of an edition in one statement; returns the token of the new one.

    raises  EditConflict when a version moved or the kept text is not the one ``seen``;
            NotFound when the edition is gone
    """
    token = uuid4().hex
    saved = filing.stored(connection, text.id, trashed=True).release
    touched = replace(given, id=saved.id, uid=saved.uid, version=saved.version) != saved
    row = {
        "edition_id": edition.c.id,
        "token": literal(token),
        "release_version": release.c.version,
        "release_touched": literal(touched),
        "at": literal(now, draft.c.at.type),
        "title": literal(text.title),
        "date": literal(text.date, draft.c.date.type),
        "folded": literal(folded(given, text)),
        "data": literal(values.pack(given, text)),
    }
    current = (
        select(*row.values())
        .join(release, release.c.id == edition.c.release_id)
        .outerjoin(draft, draft.c.edition_id == edition.c.id)
        .where(
            edition.c.id == text.id,
            edition.c.version == text.version,
            edition.c.state != ISSUED,
            release.c.version == given.version,
            or_(draft.c.token.is_(None), draft.c.token == seen),
        )
    )
    order = insert(draft).from_select(list(row), current)
    fresh = {name: order.excluded[name] for name in row if name != "edition_id"}
    done = connection.execute(
        order.on_conflict_do_update(index_elements=["edition_id"], set_=fresh).returning(
            draft.c.edition_id
        )
    )
    if done.first() is None:
        raise conflict(text.title)
    connection.execute(
        update(listed)
        .where(listed.c.edition_id == text.id)
        .values(title=text.title, date=text.date)
    )
    return token
