"""Differences between two versions of a release: its fields and its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _, interface
from pressdesk.document.diff import Difference, DiffPiece, compare, words
from pressdesk.press.embargo import zone_of
from pressdesk.press.kinds import Kind, kind
from pressdesk.press.release import Edition, Embargo, Release

Version = tuple[Release, Edition]


class FieldDiff(Struct, frozen=True):
    """A particular that changed: its key, its name for the person, both texts, word by word."""

    key: str
    label: str
    old: str
    new: str
    pieces: tuple[DiffPiece, ...] = ()


class VersionDiff(Struct, frozen=True):
    """What one version became in another."""

    fields: tuple[FieldDiff, ...] = ()
    body: Difference = Difference()

    @property
    def same(self) -> bool:
        """True when nothing a person wrote or chose differs."""
        return not self.fields and self.body.same


def differ(old: Version, new: Version, people: Mapping[int, str] | None = None) -> VersionDiff:
    """What changed from ``old`` to ``new``, in the order of the form.

    people  names of contacts by id; one that is not named is shown by its number
    """
    return VersionDiff(_fields(old, new, people or {}), compare(old[1].body, new[1].body))


def alike(one: Version, other: Version) -> bool:
    """True when a person wrote and chose the same in both, whatever their versions."""
    return _written(*one) == _written(*other)


def _written(release: Release, edition: Edition) -> tuple[object, ...]:
    shared = tuple(read(release) for read in _OF_RELEASE.values())
    own = tuple(read(edition) for read in _OF_EDITION.values())
    return (*shared, *own, edition.questions, edition.body)


_OF_RELEASE: dict[str, Callable[[Release], object]] = {
    "kind": lambda release: release.kind,
    "reference": lambda release: release.reference,
    "embargo": lambda release: release.embargo,
    "planned": lambda release: release.planned,
    "occasion": lambda release: release.occasion,
    "topics": lambda release: release.topics,
    "places": lambda release: release.places,
    "people": lambda release: release.people,
    "slug": lambda release: release.slug,
}
_OF_EDITION: dict[str, Callable[[Edition], object]] = {
    "title": lambda edition: edition.title,
    "subtitle": lambda edition: edition.subtitle,
    "date": lambda edition: edition.date,
    "place": lambda edition: edition.place,
    "summary": lambda edition: edition.summary,
    "notes": lambda edition: edition.notes,
    "boilerplate": lambda edition: edition.boilerplate,
    "contacts": lambda edition: edition.contacts,
    "fields": lambda edition: edition.fields,
}


def label(key: str) -> str:
    """What a particular is called."""
    return {
        "title": _("Headline"),
        "subtitle": _("Subtitle"),
        "kind": _("Kind"),
        "reference": _("Reference"),
        "embargo": _("Release time"),
        "planned": _("Planned"),
        "date": _("Date"),
        "place": _("Place"),
        "occasion": _("Occasion"),
        "topics": _("Topics"),
        "places": _("Places"),
        "people": _("People"),
        "slug": _("Name in web address"),
        "contacts": _("Press contact"),
        "summary": _("Summary"),
        "notes": _("Notes to editors"),
        "boilerplate": _("Boilerplate"),
    }.get(key, key)


_ORDER = (
    "title", "subtitle", "kind", "reference", "date", "place", "embargo", "planned", "occasion",
    "topics", "places", "people", "slug", "contacts", "summary", "notes", "boilerplate",
)  # fmt: skip


def _fields(old: Version, new: Version, people: Mapping[int, str]) -> tuple[FieldDiff, ...]:
    found: list[FieldDiff] = []
    for key in _ORDER:
        before, after = _value(old, key), _value(new, key)
        if before != after:
            found.append(_told(key, label(key), _said(before, people), _said(after, people)))
    return (*found, *_of_kind(old, new))


def _value(version: Version, key: str) -> object:
    if key == "boilerplate" and version[1].boilerplate is None:
        return _("Standard text")
    if key == "embargo" and version[0].embargo is None:
        return _("For immediate release")
    if key == "kind":
        return _kind_label(version[0].kind)
    if key in _OF_RELEASE:
        return _OF_RELEASE[key](version[0])
    return _OF_EDITION[key](version[1])


def _told(key: str, name: str, old: str, new: str) -> FieldDiff:
    return FieldDiff(key, name, old, new, words(old, new))


def _said(value: object, people: Mapping[int, str]) -> str:
    """A value in words."""
    if value is None:
        return ""
    if isinstance(value, Embargo):
        local = value.instant.astimezone(zone_of(value.zone))
        return f"{local:%Y-%m-%d %H:%M} {value.zone}"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if isinstance(value, tuple):
        named = (people.get(each, f"#{each}") if isinstance(each, int) else each for each in value)
        return ", ".join(str(each) for each in named)
    return str(value)


def _of_kind(old: Version, new: Version) -> tuple[FieldDiff, ...]:
    """The kind's own fields, in the order of the newer kind, then those it has not."""
    before, after = dict(old[1].fields), dict(new[1].fields)
    kinds = [found for version in (new, old) if (found := _kind(version[0].kind))]
    known = [field.key for found in kinds for field in found.fields]
    keys = [
        key for key in dict.fromkeys((*known, *after, *before)) if key in after or key in before
    ]
    names = {f.key: f.label.into(interface()) for found in kinds[::-1] for f in found.fields}
    return tuple(
        _told(f"fields.{key}", names.get(key, key), before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key, "") != after.get(key, "")
    )


def _kind(name: str) -> Kind | None:
    try:
        return kind(name)
    except BadInput:  # a revision may be older than the kinds of today
        return None


def _kind_label(name: str) -> str:
    found = _kind(name)
    return found.label.into(interface()) if found else name
