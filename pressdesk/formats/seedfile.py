"""Reads the sample desk: the house style, the contacts and the releases under seeds/.

The samples are what ``pressdesk init --samples`` fills a desk with, and test input alike.
Contacts are named by short keys there, as they have no ids before they are stored.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from pressdesk.base import resources
from pressdesk.base.errors import BadInput, ReadFailed
from pressdesk.base.files import UNREADABLE
from pressdesk.base.i18n import _
from pressdesk.formats import seedtext
from pressdesk.press import embargo
from pressdesk.press.house import House, Look
from pressdesk.press.kinds import kind
from pressdesk.press.release import Contact, Edition, Embargo, Release, Way
from pressdesk.press.translated import Translated


class Seed(Struct, frozen=True):
    """One sample release with its language versions; ids, uids and contacts are not set."""

    name: str
    """The file's name without suffix, such as "03-gauge-data"."""
    release: Release
    editions: tuple[Edition, ...]
    contact_keys: tuple[str, ...]
    """The contacts of every edition, in printing order."""
    issue_on: date | None = None
    """The day it is issued on; None stays a draft."""


class Seeds(Struct, frozen=True):
    """The whole sample desk."""

    house: House
    contacts: tuple[Contact, ...]
    contact_keys: tuple[str, ...]
    """The key of each contact, in the same order."""
    default_contact_keys: tuple[str, ...]
    """What becomes ``House.default_contacts`` once the contacts have ids."""
    releases: tuple[Seed, ...]

    def contact(self, key: str) -> Contact:
        """The contact of this key; it is always there for the keys of a seed."""
        return self.contacts[self.contact_keys.index(key)]


Words = dict[str, str]


class _House(Struct, frozen=True, forbid_unknown_fields=True):
    organisation: Words
    unit: Words
    letterhead: Words
    about: Words
    boilerplate: Words
    end_mark: Words
    zone: str
    reference_pattern: str
    default_contacts: tuple[str, ...]
    look: Look = Look()


class _Way(Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    printed: str
    address: str = ""
    label: Words = {}
    public: bool = True


class _Contact(Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    name: Words
    role: Words = {}
    organisation: Words = {}
    hours: Words = {}
    ways: tuple[_Way, ...] = ()
    public: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    retired: bool = False


class _Contacts(Struct, frozen=True, forbid_unknown_fields=True):
    contact: tuple[_Contact, ...]


class _Edition(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    body: str
    subtitle: str = ""
    summary: str = ""
    place: str = ""
    date: date | None = None
    notes: str = ""
    boilerplate: str | None = None
    fields: dict[str, str] = {}


class _Release(Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    slug: str
    contacts: tuple[str, ...]
    occasion: str = ""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    issue_on: date | None = None
    embargo: datetime | None = None
    embargo_zone: str = "UTC"


_T = TypeVar("_T")


def load_seeds(folder: Path | None = None) -> Seeds:
    """The sample desk, releases in the order of their file names.

    folder  holds house.toml, contacts.toml and releases/; None takes the shipped one
    raises  ReadFailed naming the file and the place in it
    cost    some ten milliseconds
    """
    base = folder or resources.seed()
    house, defaults = _house(base / "house.toml")
    contacts, keys = _contacts(base / "contacts.toml")
    files = sorted((base / "releases").glob("*.toml"))
    seeds = tuple(_seed(file, keys) for file in files)
    _check_keys(base / "house.toml", defaults, keys)
    return Seeds(house, contacts, keys, defaults, seeds)


def _house(file: Path) -> tuple[House, tuple[str, ...]]:
    raw = _convert(file, _table(file), _House)
    house = House(
        organisation=_translated(raw.organisation),
        unit=_translated(raw.unit),
        letterhead=_translated(raw.letterhead),
        about=_translated(raw.about),
        boilerplate=_translated(raw.boilerplate),
        end_mark=_translated(raw.end_mark),
        look=raw.look,
        reference_pattern=raw.reference_pattern,
        zone=raw.zone,
    )
    return house, raw.default_contacts


def _contacts(file: Path) -> tuple[tuple[Contact, ...], tuple[str, ...]]:
    raw = _convert(file, _table(file), _Contacts).contact
    keys = tuple(one.key for one in raw)
    if len(set(keys)) < len(keys):
        raise _failed(file, _("two contacts have the same key"))
    return tuple(_contact(one) for one in raw), keys


def _contact(raw: _Contact) -> Contact:
    return Contact(
        name=_translated(raw.name),
        role=_translated(raw.role),
        organisation=_translated(raw.organisation),
        hours=_translated(raw.hours),
        ways=tuple(
            Way(one.kind, one.printed, one.address, _translated(one.label), one.public)
            for one in raw.ways
        ),
        public=raw.public,
        valid_from=raw.valid_from,
        valid_to=raw.valid_to,
        retired=raw.retired,
    )


def _seed(file: Path, keys: tuple[str, ...]) -> Seed:
    table = _table(file)
    languages = [key for key, value in table.items() if isinstance(value, dict)]
    head = {key: value for key, value in table.items() if key not in languages}
    raw = _convert(file, head, _Release)
    if not languages:
        raise _failed(file, _("there is no language section, such as [en]"))
    _check_keys(file, raw.contacts, keys)
    editions = tuple(_edition(file, tag, table[tag], raw.kind) for tag in languages)
    return Seed(file.stem, _release(file, raw), editions, raw.contacts, raw.issue_on)


def _release(file: Path, raw: _Release) -> Release:
    return Release(
        kind=raw.kind,
        slug=raw.slug,
        occasion=raw.occasion,
        topics=raw.topics,
        places=raw.places,
        people=raw.people,
        embargo=_embargo(file, raw),
    )


def _embargo(file: Path, raw: _Release) -> Embargo | None:
    if raw.embargo is None:
        return None
    try:
        return embargo.embargo(raw.embargo.replace(tzinfo=None), raw.embargo_zone)
    except BadInput as error:
        raise _failed(file, f"embargo: {error.what}") from error


def _edition(file: Path, tag: str, table: dict[str, Any], kind_name: str) -> Edition:
    raw = _convert(file, table, _Edition, place=tag)
    _check_fields(file, tag, raw.fields, kind_name)
    try:
        body = seedtext.parse(raw.body)
    except BadInput as error:
        raise _failed(file, f"{tag}.body: {error.what}") from error
    return Edition(
        language=tag,
        title=raw.title,
        subtitle=raw.subtitle,
        summary=raw.summary,
        place=raw.place,
        date=raw.date,
        body=body,
        notes=raw.notes.strip(),
        boilerplate=raw.boilerplate,
        fields=tuple(sorted(raw.fields.items())),
    )


def _check_fields(file: Path, tag: str, fields: dict[str, str], kind_name: str) -> None:
    try:
        sort = kind(kind_name)
    except BadInput as error:
        raise _failed(file, error.what) from error
    for key, value in fields.items():
        field = sort.field(key)
        if field is None:
            what = _("{kind} has no field “{key}”").format(kind=kind_name, key=key)
            raise _failed(file, f"{tag}.fields: {what}")
        if field.choices and value not in [choice.value for choice in field.choices]:
            what = _("“{value}” is not one of the choices for “{key}”").format(value=value, key=key)
            raise _failed(file, f"{tag}.fields: {what}")


def _check_keys(file: Path, wanted: tuple[str, ...], known: tuple[str, ...]) -> None:
    for key in wanted:
        if key not in known:
            raise _failed(file, _("there is no contact with the key “{key}”").format(key=key))


def _translated(words: Words) -> Translated:
    return Translated.of(**{tag: text.strip() for tag, text in words.items()})


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except UNREADABLE as error:
        raise _failed(file, str(error)) from error


def _convert(file: Path, table: dict[str, Any], wanted: type[_T], *, place: str = "") -> _T:
    try:
        return msgspec.convert(table, wanted)
    except msgspec.ValidationError as error:
        raise _failed(file, f"{place}: {error}" if place else str(error)) from error


def _failed(file: Path, place: str) -> ReadFailed:
    what = _("The sample “{file}” cannot be read.").format(file=file.name)
    return ReadFailed(what, hint=_("Details: {place}").format(place=place))
