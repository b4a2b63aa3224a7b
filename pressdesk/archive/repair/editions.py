"""Puts editions and releases back from revisions that prove themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Column, Connection, RowMapping, Table, delete, select

from pressdesk.archive.file.texts import UNREADABLE
from pressdesk.archive.releases import draft_ground, ground
from pressdesk.archive.releases.sealing import issued_columns, until
from pressdesk.archive.repair.acts import Act, Source
from pressdesk.archive.repair.backing import Backing
from pressdesk.archive.repair.rows import NO_VALUE, Row, make_way, put, put_contacts
from pressdesk.archive.rows import filing, revisions
from pressdesk.archive.rows.houses import day_of
from pressdesk.archive.store import values
from pressdesk.archive.store.tables import (
    draft,
    edition,
    edition_body,
    issued,
    release,
    revision,
    revision_base,
    search_doc,
)
from pressdesk.base.address import Address
from pressdesk.base.errors import DeskForeign, DeskUnavailable
from pressdesk.press.agreeing import other_print
from pressdesk.press.filed import Filed, Issued
from pressdesk.press.register import deeds
from pressdesk.press.register.deeds import Deed, Record
from pressdesk.press.release import Edition, Release


class Site(Struct, frozen=True):
    """Where it is done: one transaction, and what vouches for what is put back."""

    connection: Connection
    place: Address
    seals: Mapping[str, Record]
    """By the uid of an edition the entry that seals it, borne out by its leaf."""
    backing: Backing | None = None


def uid_of(site: Site, one: int) -> str:
    """Of which edition the rows of this id are; "" where nothing says so any more."""
    query = select(edition.c.uid).where(edition.c.id == one)
    found = site.connection.execute(query).scalar()
    said = [filed.edition.uid for _key, filed in _saves(site, one)]
    if said and (found not in said or found not in site.seals):
        return said[-1]
    return found if isinstance(found, str) else ""


def _saves(site: Site, one: int) -> list[tuple[int, Filed]]:
    """The readable revisions of an edition, the oldest first."""
    found = []
    for key in reversed(revisions.ids(site.connection, revisions.of_edition(one))):
        try:
            found.append((key, Filed(*revisions.one(site.connection, key, site.place))))
        except (DeskUnavailable, *UNREADABLE):
            continue
    return [(key, filed) for key, filed in found if filed.edition.id == one]


# --- the sealed sheet


def sheet(site: Site, one: int, uid: str) -> Act | None:
    """The sealed sheet: the one whose bytes are in the register, wherever it is stored."""
    record = site.seals.get(uid)
    if record is None:
        return None
    query = select(issued.c.edition_id, issued.c.sheet, issued.c.house)
    mine = site.connection.execute(query.where(issued.c.edition_id == one)).mappings().first()
    others = select(edition.c.id)
    found, source = mine, Source.REGISTER
    if not _is_sealed(mine, record):
        stray = query.where(issued.c.edition_id.not_in(others))
        rows = site.connection.execute(stray).mappings().all()
        found = next((row for row in rows if _is_sealed(row, record)), None)
    if found is None and site.backing is not None:
        found, source = site.backing.sheet(uid), Source.BACKUP
    if found is None or not _is_sealed(found, record):
        return None
    at = record.noted if record.deed is Deed.RECORDED and not record.afterwards else record.at
    row = {
        "edition_id": one,
        "at": deeds.moment(at),
        "sha256": values.sealed(found["sheet"], found["house"]),
        "house": found["house"],
        "sheet": found["sheet"],
    }
    if record.deed is Deed.RECORDED and record.afterwards:
        row["at"] = _recorded(site, one) or row["at"]
    what = put(site.connection, issued, row)
    return None if what == () else Act("issued", f"edition {one}", what or (), source, uid)


def _recorded(site: Site, one: int) -> Any:
    """When a past item was taken in that the register saw afterwards only."""
    saved = revisions.last(site.connection, (one,)).get(one)
    return saved.edition.recorded_at if saved is not None else None


def _is_sealed(row: RowMapping | None, record: Record) -> bool:
    if row is None or not isinstance(row["sheet"], bytes) or not isinstance(row["house"], bytes):
        return False
    return (values.digest(row["sheet"]), values.digest(row["house"])) == (
        record.sheet,
        record.house,
    )


# --- revisions


def saves(site: Site, one: int, uid: str) -> Iterator[Callable[[], Act | None]]:
    """The revisions of an edition: each by its hash, from what is stored beside it or a backup."""
    backed = site.backing.saves(uid, one) if site.backing is not None and uid else {}
    there = revisions.ids(site.connection, revisions.of_edition(one))
    yield from (partial(_save, site, one, uid, key, backed.get(key)) for key in there)
    leaning = select(revision_base.c.revision_id, revision_base.c.keyframe_id)
    known = {key for row in site.connection.execute(leaning).all() for key in row}
    for key in sorted(backed.keys() - set(there)):
        # What was thinned left nothing behind that leans on it or says what it leaned on.
        if uid in site.seals or key in known:
            yield partial(_gone, site, uid, *backed[key])


def _save(site: Site, one: int, uid: str, key: int, backed: tuple[Row, bytes] | None) -> Act | None:
    source = Source.HASH
    try:
        _text, row = revisions.noted_otherwise(site.connection, key, site.place)
        if not row:
            return None
        what = put(site.connection, revision, row | {"id": key}) or ()
    except (DeskUnavailable, *UNREADABLE, *NO_VALUE):
        plain = None if _leans_on_nothing(site, key) else _plain(site, one, key)
        if plain is not None:
            what = _put_save(site.connection, {"id": key}, plain)
        elif backed is not None and _is_same(site, key, backed[0]):
            source = Source.BACKUP
            what = _put_save(site.connection, *backed)
        else:
            return None
    return Act("revisions", f"revision {key}", what, source, uid)


def _leans_on_nothing(site: Site, key: int) -> bool:
    """What it was packed against is gone, and nothing but this row says that it was there."""
    there = select(revision.c.id)
    query = select(revision_base.c.keyframe_id).where(revision_base.c.revision_id == key)
    gone = query.where(revision_base.c.keyframe_id.not_in(there))
    return site.connection.execute(gone).first() is not None


def _gone(site: Site, uid: str, row: Row, plain: bytes) -> Act:
    """A revision that is not there, or under another id."""
    mine = (revision.c.edition_id == row["edition_id"]) & (revision.c.number == row["number"])
    same = (revision.c.sha256 == row["sha256"]) | (revision.c.data == row["data"])
    site.connection.execute(delete(revision).where(mine, same))
    _put_save(site.connection, row, plain)
    return Act("revisions", f"revision {row['id']}", (), Source.BACKUP, uid)


def _put_save(connection: Connection, row: Row, plain: bytes) -> tuple[str, ...]:
    """Store a revision whole: what leaned on another leans on nothing then."""
    key = revision_base.c.revision_id == row["id"]
    connection.execute(delete(revision_base).where(key))
    saved = values.unpack_saved(plain)
    noted = msgspec.structs.asdict(saved) if saved is not None else {}
    row = {**row, **noted, "sha256": values.digest(plain), "data": values.squeeze(plain)}
    return put(connection, revision, row) or ()


def _is_same(site: Site, key: int, backed: Row) -> bool:
    """What is left of a damaged revision is of the one in the backup."""
    query = select(revision.c.sha256, revision.c.data).where(revision.c.id == key)
    row = site.connection.execute(query).one()
    return bool(row.sha256 == backed["sha256"] or row.data == backed["data"])


def _plain(site: Site, one: int, key: int) -> bytes | None:
    """The bytes of a damaged revision, where others have the hash or the bytes it has."""
    connection = site.connection
    query = select(revision.c.sha256, revision.c.data).where(revision.c.id == key)
    row = connection.execute(query).one()
    rest = [other for other, _filed in _saves(site, one) if other != key]
    wholes = [connection.execute(_DATA.where(revision.c.id == other)).one() for other in rest]
    bases = [b"", *(plain for other in wholes if (plain := values.unsqueeze(*other)) is not None)]
    for base in bases:
        plain = values.unsqueeze(row.data, row.sha256, base)
        if plain is not None:
            return plain
    for packed in _packed(site, one, key):
        if values.digest(packed) == row.sha256 or any(
            _inflated(row.data, base) == packed for base in bases
        ):
            return packed
    return None


_DATA = select(revision.c.data, revision.c.sha256)


def _inflated(data: object, base: bytes) -> bytes | None:
    try:
        return values.inflated(data, base)
    except ValueError:
        return None


def _packed(site: Site, one: int, key: int) -> Iterator[bytes]:
    """What the last revision of an edition would be, by its rows; those of before said less."""
    columns = revision.c.number, revision.c.at, revision.c.note, revision.c.author
    try:
        filed = filing.stored(site.connection, one, trashed=True)
        row = site.connection.execute(select(*columns).where(revision.c.id == key)).one()
    except (DeskUnavailable, *UNREADABLE, *NO_VALUE):
        return
    noted = values.Saved(*row)
    siblings = select(edition.c.id).where(edition.c.release_id == filed.release.id)
    ids = site.connection.execute(siblings).scalars().all()
    others = revisions.last_shared(site.connection, ids).values()
    for shared in (filed.release, *(other for other in others if other is not None)):
        yield values.pack(shared, filed.edition, noted)
        yield values.pack(shared, filed.edition)


# --- the rows


def parent(site: Site, of: int) -> Act | None:
    """What the languages of a release share: as the newest version of it was saved first."""
    connection = site.connection
    found = _shared(site, of)
    if found is None or _is_ahead(site, release, of, found[1]):
        return None
    key, saved = found
    row = values.release_columns(saved) | {"id": of, "uid": saved.uid, "version": saved.version}
    moved = make_way(connection, release, saved.uid, of)
    out = select(edition.c.id).where(edition.c.release_id == of, edition.c.uid.in_(site.seals))
    if connection.execute(out).first() is not None or _is_found(site, of):
        row["trashed_at"] = None
    elif _is_lost_row(connection, of):
        row["trashed_at"] = _trashed(site, of, saved.uid)
    if not _is_read(connection, release.c.created_at, of):
        row["created_at"] = _at(connection, key)
    if not _is_read(connection, release.c.sort_date, of):  # until it is made from the editions
        row |= {"sort_date": day_of(connection, _at(connection, key))}
        row |= {"drafts": True, "issued": False}
    if not _is_read(connection, release.c.issued_embargo, of, lacking=True):
        row["issued_embargo"] = None
    what = put(connection, release, row)
    if what is not None and not moved + what:
        return None
    return Act("drafts", f"release {of}", moved + (what or ()), Source.REVISION)


def _is_lost_row(connection: Connection, of: int) -> bool:
    """A release is not there, or nobody can read when it was trashed."""
    there = connection.execute(select(release.c.id).where(release.c.id == of)).first()
    return there is None or not _is_read(connection, release.c.trashed_at, of, lacking=True)


def _trashed(site: Site, of: int, uid: str) -> datetime | None:
    """When a release was trashed whose row is gone and that no search finds. Where nothing says
    when, now, so that it stays there as long as ever."""
    backed = site.backing and site.backing.row(release, release.c.uid == uid)
    return (backed and backed["trashed_at"]) or datetime.now(UTC)


def _is_found(site: Site, of: int) -> bool:
    """A search finds the release: when it went into the trash, that forgot it."""
    query = select(search_doc.c.key).where(search_doc.c.release_id == of)
    return site.connection.execute(query).first() is not None


def _shared(site: Site, of: int) -> tuple[int, Release] | None:
    """A typed text that gave way is a revision, too, with the version it began from: after it."""
    mine = select(edition.c.id).where(edition.c.release_id == of)
    stray = select(revision.c.edition_id).where(revision.c.edition_id.not_in(select(edition.c.id)))
    ids = site.connection.execute(mine.union(stray)).scalars().all()
    if any(_is_lost(site, one) for one in ids):
        return None
    found = [(key, filed.release) for one in ids for key, filed in _saves(site, one)]
    found = [(key, one) for key, one in found if one.id == of]
    return min(found, key=lambda pair: (-pair[1].version, pair[0]), default=None)


def rows(site: Site, one: int, uid: str) -> Act | None:
    """The rows of an edition, from its last revision, if that proves itself."""
    found = _saves(site, one)
    if not found:
        return None
    if uid in site.seals:
        saved = found[-1][1]
        sealed = _sealed(site, one, saved, site.seals[uid])
        return _put(site, saved.edition, found, sealed) if sealed is not None else None
    saved = min(found, key=lambda pair: (-pair[1].edition.version, pair[0]))[1]
    if saved.edition.state.out or _is_lost(site, one):
        return None
    ahead = _is_ahead(site, edition, one, saved.edition)
    return None if ahead else _put(site, saved.edition, found, None)


def _is_lost(site: Site, one: int) -> bool:
    """The last revision cannot be read: what it said is in those before it no more."""
    saved = revisions.last(site.connection, (one,))
    return one in saved and saved[one] is None


def _is_ahead(site: Site, table: Table, key: int, saved: Release | Edition) -> bool:
    """The rows say something newer than any revision: that is what was written last."""
    query = select(table.c.version).where(table.c.id == key)
    version = site.connection.execute(query).scalar()
    if not isinstance(version, int) or version <= saved.version:
        return False
    try:
        if isinstance(saved, Edition):
            there = filing.stored(site.connection, key, trashed=True).edition
            return replace(there, version=saved.version) != saved
        row = filing.release_row(site.connection, key, trashed=True)
        return replace(values.release_of(row), version=saved.version) != saved
    except (DeskUnavailable, *UNREADABLE, *NO_VALUE):
        return True


def _sealed(site: Site, one: int, saved: Filed, record: Record) -> Issued | None:
    """The sheet, where it and this revision are what the register has sealed."""
    row: Any = site.connection.execute(select(issued).where(issued.c.edition_id == one)).first()
    text = saved.edition
    said = (text.uid, text.language, text.issued_at and deeds.instant(text.issued_at))
    if row is None or said != (record.edition, record.language, record.at):
        return None
    try:
        sealed = values.issued(row.sheet, row.house, row.sha256, site.place)
    except (DeskForeign, *UNREADABLE):
        return None
    if (values.digest(row.sheet), values.digest(row.house)) != (record.sheet, record.house):
        return None
    other = other_print(sealed.sheet, sealed.house, text, saved.release)
    return None if other else sealed


def _put(
    site: Site, text: Edition, found: list[tuple[int, Filed]], sealed: Issued | None
) -> Act | None:
    connection = site.connection
    narrow = values.edition_columns(text) | {
        "id": text.id,
        "uid": text.uid,
        "release_id": text.release_id,
        "language": text.language,
        "number": text.number,
    }
    narrow |= issued_columns(text, until(sealed.sheet) if sealed else None)
    day = ground.day_listed(text, sealed.house) if sealed else text.date
    if day is not None:
        narrow["sort_date"] = day
    moved = make_way(connection, edition, text.uid, text.id)
    for name, place in (("created_at", 0), ("saved_at", -1)):
        if not _is_read(connection, edition.c[name], text.id):
            narrow[name] = _at(connection, found[place][0])
    if not _is_read(connection, edition.c.sort_date, text.id):
        narrow = {"sort_date": day_of(connection, _at(connection, found[0][0]))} | narrow
    names = put(connection, edition, narrow)
    wide = put(connection, edition_body, values.body_columns(text) | {"edition_id": text.id})
    what = moved + (names or ()) + (wide if wide is not None else ("text",))
    if put_contacts(connection, text.id, text.contacts):
        what += ("contacts",)
    if names is not None and not what:
        return None
    part, source = ("issued", Source.SEALED) if sealed else ("drafts", Source.REVISION)
    said = what if names is not None else ()
    return Act(part, f"edition {text.id}", said, source, text.uid)  # type: ignore[arg-type]


def _is_read(
    connection: Connection, column: Column[Any], key: int, *, lacking: bool = False
) -> bool:
    """A day or an instant in the row of this id can be read; ``lacking`` it is as good."""
    try:
        query = select(column).where(column.table.c.id == key)
        return lacking | (connection.execute(query).scalar() is not None)
    except NO_VALUE:
        return False


def _at(connection: Connection, key: int) -> Any:
    return connection.execute(select(revision.c.at).where(revision.c.id == key)).scalar_one()


def kept(site: Site, one: int) -> Act | None:
    """What autosave kept: its columns from its bytes, its bytes from a backup by their hash."""
    connection, source = site.connection, Source.HASH
    query: Any = select(draft.c.data, draft.c.sha256).where(draft.c.edition_id == one)
    row = connection.execute(query).first()
    if row is None:
        return None
    data, sha256 = row.data, row.sha256
    if not isinstance(data, bytes) or values.digest(data) != sha256:
        query = (draft.c.edition_id == one) & ((draft.c.data == data) | (draft.c.sha256 == sha256))
        backed = site.backing and site.backing.row(draft, query)
        if not backed or values.digest(backed["data"]) != backed["sha256"]:
            return None
        data, sha256, source = backed["data"], backed["sha256"], Source.BACKUP
    given, text = values.unpack_kept(data, sha256)
    if text.id != one:
        return None
    columns: dict[str, Any] = {"title": text.title, "date": text.date, "data": data}
    columns["sha256"] = sha256
    columns["release_version"] = given.version
    saved = filing.parent_of(connection, one)
    if saved.version == given.version:
        columns["release_touched"] = draft_ground.touches(given, saved)
    what = put(connection, draft, columns | {"edition_id": one})
    return Act("drafts", f"edition {one}", what, source, text.uid) if what else None
