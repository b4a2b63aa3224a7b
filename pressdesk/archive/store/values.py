"""Converts values to the bytes and columns they are stored as, and back."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from pressdesk.archive.store import faults
from pressdesk.archive.store.before import lifted
from pressdesk.archive.store.limits import LONGEST
from pressdesk.base.address import Address
from pressdesk.base.errors import DeskForeign, ReadFailed
from pressdesk.base.i18n import _
from pressdesk.document import codec
from pressdesk.document.nodes import Document
from pressdesk.press.filed import Issued
from pressdesk.press.house import House
from pressdesk.press.release import Edition, Embargo, Release
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State

FORMAT = 1


class Saved(Struct, frozen=True):
    """What is noted of a revision beside its text."""

    number: int
    at: datetime
    note: str
    author: str


class _Snapshot(Struct, frozen=True, omit_defaults=True):
    """A release with one edition; the tree apart, as its codec knows how to lift old ones."""

    format: int
    release: Release
    edition: Edition
    body: msgspec.Raw
    saved: Saved | None = None
    """As its columns say; None in what autosave kept, and in revisions of before."""


_snapshots = msgspec.json.Decoder(_Snapshot)
_texts = msgspec.json.Decoder(tuple[str, ...])
_pairs = msgspec.json.Decoder(tuple[tuple[str, str], ...])
_encode = msgspec.json.Encoder().encode


def pack(release: Release, edition: Edition, saved: Saved | None = None) -> bytes:
    """One snapshot as JSON."""
    bare = msgspec.structs.replace(edition, body=Document())
    body = msgspec.Raw(codec.dumps(edition.body))
    return _encode(_Snapshot(FORMAT, release, bare, body, saved))


def unpack(data: bytes) -> tuple[Release, Edition]:
    """What ``pack`` made; raises ReadFailed when it is damaged or from a newer PressDesk."""
    found = _snapshot(data)
    body = codec.loads(bytes(found.body))
    return found.release, msgspec.structs.replace(found.edition, body=body)


def unpack_saved(data: bytes) -> Saved | None:
    """Of what ``pack`` made what was noted beside it; raises as ``unpack``."""
    return _snapshot(data).saved


def unpack_kept(data: object, sha256: str | None) -> tuple[Release, Edition]:
    """What autosave kept, packed as by ``pack``; raises ReadFailed when it is another text.

    sha256  of what was kept; None where an earlier PressDesk kept it
    """
    if not isinstance(data, bytes) or sha256 not in (None, digest(data)):
        what = _("What was autosaved of this release is damaged.")
        raise ReadFailed(what, hint=_("Discard it, or restore a backup of the desk."))
    return unpack(data)


def unpack_shared(data: bytes) -> Release:
    """Of what ``pack`` made the release alone; raises as ``unpack``."""
    return _snapshot(data).release


def _snapshot(data: bytes) -> _Snapshot:
    try:
        return _snapshots.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, TypeError) as error:
        raise ReadFailed(
            _("A text stored in this desk is damaged."),
            hint=_("Details: {error}").format(error=error),
        ) from error


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


_PACKED = 4
"""The level revisions are compressed with: two thirds of the time of 6 for 3 % more."""


def squeeze(data: bytes, base: bytes = b"") -> bytes:
    """A revision's bytes, a third of the size; a twentieth against those of one like it."""
    if not base:
        return zlib.compress(data, _PACKED)
    packer = zlib.compressobj(_PACKED, zdict=base)
    return packer.compress(data) + packer.flush()


def unsqueeze(data: object, sha256: str, base: bytes = b"") -> bytes | None:
    """The bytes of a revision, None when they are not the ones stored.

    base  what they were squeezed against
    """
    try:
        plain = inflated(data, base)
    except ValueError:
        return None
    return plain if digest(plain) == sha256 else None


def raw(data: object) -> bytes:
    """A value that must be bytes; raises ValueError where a foreign hand left another kind."""
    if not isinstance(data, bytes):  # of a number bytes() would make as many zeros
        raise ValueError("no bytes")
    return data


def inflated(data: object, base: bytes = b"") -> bytes:
    """Decompressed bytes: never more than LONGEST, whatever is in the desk of somebody else.

    raises  ValueError for what is none or would be longer
    """
    data = raw(data)
    unpacker = zlib.decompressobj(zdict=base) if base else zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, LONGEST)
    except zlib.error as error:
        raise ValueError("not packed by us") from error
    if not unpacker.eof:
        raise ValueError("too long, or its end is missing")
    return plain


def full(value: object) -> bytes:
    """A frozen value as JSON with every member, so that no later default can change it."""
    return _encode(_full(value))


def _full(value: object) -> object:
    if isinstance(value, Struct):
        config = value.__struct_config__
        out = {config.tag_field: config.tag} if config.tag_field else {}
        names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
        return out | {stored: _full(getattr(value, name)) for name, stored in names}
    if isinstance(value, tuple):
        return [_full(item) for item in value]
    return value


def issued(sheet: bytes, house: bytes, sha256: str, place: Address) -> Issued:
    """The issued sheet; raises DeskForeign if its bytes are not those that were issued."""
    _unbroken(sheet, house, sha256, place)
    with faults.telling(place), faults.row("issued", sha256[:8]):
        printed = lifted(msgspec.json.decode(sheet, type=Sheet), sheet)
        if codec.is_deep(printed.body):
            raise ValueError("nested too deeply")
        return Issued(printed, msgspec.json.decode(house, type=House), sha256)


class IssuedLine(Struct, frozen=True):
    """What lists show of an issued sheet."""

    language: str = ""
    kind: str = ""
    title: str = ""
    date: str = ""
    reference: str = ""
    embargo_until: str = ""


_lines = msgspec.json.Decoder(IssuedLine)


def line_of_issued(sheet: bytes, house: bytes, sha256: str, place: Address) -> IssuedLine:
    """What lists show of an issued sheet, at a tenth of the cost; raises as ``issued``."""
    _unbroken(sheet, house, sha256, place)
    with faults.telling(place), faults.row("issued", sha256[:8]):
        return _lines.decode(sheet)


def _unbroken(sheet: bytes, house: bytes, sha256: str, place: Address) -> None:
    # A foreign hand may have left text where bytes were.
    if not (isinstance(sheet, bytes) and isinstance(house, bytes)):
        raise faults.damaged(place)
    if sealed(sheet, house) != sha256:
        raise faults.damaged(place)


def sealed(sheet: bytes, house: bytes) -> str:
    """The hash of an issued sheet with its house style."""
    return digest(sheet + b"\n" + house)


def release_columns(release: Release) -> dict[str, Any]:
    """What a person may change of a release."""
    return {
        "kind": release.kind,
        "reference": release.reference,
        "slug": release.slug,
        "occasion": release.occasion,
        "topics": _encode(release.topics).decode(),
        "places": _encode(release.places).decode(),
        "people": _encode(release.people).decode(),
        "embargo_at": release.embargo.instant if release.embargo else None,
        "embargo_zone": release.embargo.zone if release.embargo else None,
        "planned_at": release.planned,
    }


def release_of(row: Mapping[Any, Any]) -> Release:
    """The release in a row of its table."""
    with faults.row("release", row["id"]):
        _texts_in(row, _RELEASE_TEXTS)
        at: datetime | None = row["embargo_at"]
        return Release(
            kind=row["kind"],
            id=row["id"],
            uid=row["uid"],
            reference=row["reference"],
            slug=row["slug"],
            occasion=row["occasion"],
            topics=_texts.decode(row["topics"]),
            places=_texts.decode(row["places"]),
            people=_texts.decode(row["people"]),
            embargo=Embargo(at, row["embargo_zone"]) if at else None,
            planned=row["planned_at"],
            version=row["version"],
        )


_RELEASE_TEXTS = ("kind", "uid", "reference", "slug", "occasion")
_EDITION_TEXTS = ("language", "uid", "title", "subtitle", "place", "summary", "notes")


def _texts_in(row: Mapping[Any, Any], names: tuple[str, ...]) -> None:
    """Raise ValueError unless these are texts: SQLite stores what it is given."""
    if not all(isinstance(row[name], str) for name in names):
        raise ValueError("no text")


def edition_columns(edition: Edition) -> dict[str, Any]:
    """What a person may change in the narrow row of an edition."""
    return {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "place": edition.place,
        "date": edition.date,
    }


def body_columns(edition: Edition) -> dict[str, Any]:
    """What a person may change in the wide row of an edition."""
    return {
        "summary": edition.summary,
        "notes": edition.notes,
        "boilerplate": edition.boilerplate,
        "fields": _encode(edition.fields).decode(),
        "questions": _encode(edition.questions).decode(),
        "body": codec.dumps(edition.body),
    }


def edition_of(row: Mapping[Any, Any], contacts: tuple[int, ...]) -> Edition:
    """The edition in a row of its two tables."""
    with faults.row("edition", row["id"]):
        _texts_in(row, _EDITION_TEXTS)
        if row["boilerplate"] is not None:
            _texts_in(row, ("boilerplate",))
        return Edition(
            language=row["language"],
            id=row["id"],
            uid=row["uid"],
            release_id=row["release_id"],
            number=row["number"],
            state=State(row["state"]),
            title=row["title"],
            subtitle=row["subtitle"],
            summary=row["summary"],
            place=row["place"],
            date=row["date"],
            body=codec.loads(row["body"]),
            notes=row["notes"],
            boilerplate=row["boilerplate"],
            contacts=contacts,
            fields=_pairs.decode(row["fields"]),
            questions=_texts.decode(row["questions"]),
            issued_at=row["issued_at"],
            recorded_at=row["recorded_at"],
            version=row["version"],
        )


def edition_or_none(row: Mapping[Any, Any], contacts: tuple[int, ...]) -> Edition | None:
    """As ``edition_of``, of tables joined outer; None when the rows cannot be read."""
    if row["edition_id"] is None:
        return None
    try:
        return edition_of(row, contacts)
    except (DeskForeign, msgspec.DecodeError, ReadFailed, ValueError, TypeError, RecursionError):
        return None
