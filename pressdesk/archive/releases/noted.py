"""The deeds of a text: those it has, and the one that it leaves before its time."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, select

from pressdesk.archive.rows import register
from pressdesk.archive.rows.course import UNREADABLE
from pressdesk.archive.store import values
from pressdesk.archive.store.engine import DeskPart
from pressdesk.archive.store.tables import deed, edition
from pressdesk.press.filed import DeedInfo
from pressdesk.press.leaving import Leaving
from pressdesk.press.register import deeds
from pressdesk.press.register.deeds import Book, Deed, Private, Record


class Deeds(DeskPart):
    """The deeds of one desk, as far as they are no part of another action."""

    def of(self, release_id: int, language: str) -> tuple[DeedInfo, ...]:
        """Those of the editions of a language, and of the whole desk since it has them, the
        newest first.

        cost  a millisecond, and some for thousands of deeds of the desk
        """
        query = select(edition.c.uid, edition.c.number, edition.c.created_at)
        query = query.where(edition.c.release_id == release_id, edition.c.language == language)
        with self._store.read() as connection:
            if not register.is_there(connection):
                return ()
            rows = connection.execute(query).all()
            if not rows:
                return ()
            numbers = {str(row.uid): int(row.number) for row in rows}
            # Publications without an edition are none: only blanks have none in that book.
            begun = min(row.created_at for row in rows)
            wide = and_(deed.c.book == Book.DESK, deed.c.edition.is_(None), deed.c.noted >= begun)
            found = _read(connection, deed.c.edition.in_(tuple(numbers)), numbers)
            found += _read(connection, wide, numbers)
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def last(self) -> datetime | None:
        """When the last deed was written down, by the clock of that computer."""
        with self._store.read() as connection:
            return register.last_noted(connection) if register.is_there(connection) else None

    def left(self, leaving: Leaving) -> None:
        """Enter that a text leaves before its time; who exports it has to wait for this.

        Of the text there is only the hash of its sheet; the reason is among what is private.
        raises  DeskReadOnly and its kind; then it must not leave
        cost    one transaction
        """
        sheet = leaving.sheet
        details = {"early": str(leaving.early), "way": str(leaving.way)}
        details |= {"format": leaving.format, "file": leaving.file}
        if sheet.embargo_until:
            details["until"] = sheet.embargo_until
        record = Record(
            0,
            Deed.EXPORTED,
            "",
            edition=leaving.edition,
            language=sheet.language,
            reference=sheet.reference,
            sheet=values.digest(values.full(sheet)),
            details=tuple(sorted(details.items())),
        )
        with self._store.write() as connection:
            # Inside, where nobody else writes: by any earlier moment the clock would seem set back.
            now = datetime.now(UTC)
            entry = register.Entry(Deed.EXPORTED, now, record, leaving.said)
            register.enter(connection, (entry,))


def _read(
    connection: Connection, which: ColumnElement[bool], numbers: dict[str, int]
) -> list[DeedInfo]:
    query = select(deed).where(which).order_by(deed.c.noted.desc(), deed.c.number.desc())
    return [_info(row, numbers) for row in connection.execute(query).all()]


def _info(row: Row[tuple[object, ...]], numbers: dict[str, int]) -> DeedInfo:
    whose = numbers.get(row.edition or "", 0)
    try:
        record = deeds.read(row.data)
        kept = None if row.private is None else msgspec.json.decode(row.private, type=Private)
        if row.private is not None and not deeds.is_of(row.private, record):
            raise ValueError("other words than the record has the hash of")
    except UNREADABLE:
        return DeedInfo(Book(row.book), row.number, row.noted, None, edition=whose)
    kept = kept or Private("")
    author = _author(kept.actor, row.login)
    return DeedInfo(Book(row.book), row.number, row.noted, record, author, kept.said, whose)


def _author(actor: str, login: str) -> str:
    """Who did it; on a server the login stands behind a name that is another one."""
    if not login or login == actor:
        return actor
    return f"{actor} ({login})" if actor else login
