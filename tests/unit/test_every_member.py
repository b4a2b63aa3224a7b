"""No member of a sheet is forgotten: each writer prints it, or is excused here by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, get_args, get_origin

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.formats import registry
from pressdesk.press.compose import compose
from pressdesk.press.house import House, Look
from pressdesk.press.release import Contact, Edition, Release, Way
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State
from pressdesk.press.translated import Translated
from tests.unit.test_same_in_every_format import FORMATS, read
from tests.unit.writers.sheets import ATTACHMENTS, PICTURE_KEY

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
ALL = frozenset(FORMATS)
WITHOUT_LOOKS = frozenset({"text", "markdown"})
WITHOUT_DATA = frozenset({"text", "pdf"})
"""Formats for people only, the PDF but for a few words in its catalogue."""

EXCUSED: Mapping[str, frozenset[str]] = {
    # of the way it is stored
    "format": ALL,
    # for machines: data of the web page, front matter, catalogue of the PDF
    "kind": WITHOUT_DATA,
    "state": WITHOUT_DATA,
    "embargo_until": WITHOUT_DATA,
    "reference": WITHOUT_DATA,
    "issued_at": frozenset({"text", "html"}),  # with an embargo the page names its end instead
    "date": ALL - {"markdown"},
    "language": frozenset({"text"}),
    "summary": frozenset({"text"}),
    "topics": frozenset({"text"}),
    "kind_label": ALL - {"html"},  # it is a part of the reference line
    "contacts.ways.kind": ALL - {"html"},
    "contacts.ways.address": frozenset({"text"}),  # as printed it is all there
    # looks
    "watermark": WITHOUT_LOOKS,
    "page_label": WITHOUT_LOOKS,
    "centred": WITHOUT_LOOKS,
    "look.accent": WITHOUT_LOOKS,
    "look.page": WITHOUT_LOOKS,
    "look.margins.top": WITHOUT_LOOKS,
    "look.margins.right": WITHOUT_LOOKS,
    "look.margins.bottom": WITHOUT_LOOKS,
    "look.margins.left": WITHOUT_LOOKS,
    "look.body": WITHOUT_LOOKS,
    "look.headings": WITHOUT_LOOKS,
    "look.logo": WITHOUT_LOOKS,
    "look.logo_alt": WITHOUT_LOOKS,
}
"""Members that change nothing in the files of these formats."""

UNREAD: Mapping[str, frozenset[str]] = {
    "kind": ALL - {"markdown"},
    "kind_label": ALL,
    "embargo_until": ALL - {"markdown"},
    "reference": ALL - {"markdown"},
    "date": ALL - {"markdown"},
    "issued_at": ALL - {"markdown"},
    "summary": ALL - {"markdown"},
    "topics": ALL - {"markdown"},
    "credit_url": frozenset({"pdf", "html"}),  # its host is
    "contacts.ways.kind": ALL,
    "contacts.ways.address": ALL - {"markdown"},
    "watermark": ALL,  # it lies under the text
    "page_label": ALL,
    "look.accent": ALL,
    "look.logo": ALL,
    "look.logo_alt": ALL,
}
"""Members that are no words for those who read the text of these formats."""

GIVEN: Mapping[str, tuple[object, object]] = {
    "language": ("en", "ru"),
    "kind": ("news", "statement"),
    "state": (State.ISSUED, State.DRAFT),
    "format": (2, 1),
    "embargo_until": ("2027-06-01T08:00:00Z", "2027-06-02T08:00:00Z"),
    "date": ("2026-10-06", "2026-10-07"),
    "issued_at": ("2026-10-06T09:00:00Z", "2026-10-06T10:00:00Z"),
    "credit_url": ("https://river.example/credit", "https://river.example/other"),
    "page_label": ("{page} / {pages}", "{page} of {pages}"),
    "body": (Document((paragraph("bodyone"),)), Document((paragraph("bodytwo"),))),
    "contacts.ways.kind": ("phone", "email"),
    "contacts.ways.address": ("tel:+43153408112", "tel:+43153408100"),
    "look.accent": ("#1d4f91", "#8a2be2"),
    "look.logo": (PICTURE_KEY, ""),
    "look.body": ("serif", "sans"),
    "look.headings": ("serif", "sans"),
    "look.page": ("A4", "Letter"),
}
"""Of what not any words will do: one value, and another."""


def leaves(kind: type[Struct], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every member of a struct and of the structs in it, by its path, with its type."""
    for field in msgspec.structs.fields(kind):
        path, inner = f"{above}{field.name}", field.type
        if get_origin(inner) is tuple:
            inner = get_args(inner)[0]
        if isinstance(inner, type) and issubclass(inner, Struct) and path not in GIVEN:
            yield from leaves(inner, f"{path}.")
        else:
            yield path, field.type


def value(path: str, kind: Any, at: int) -> object:
    """One of two values for a member: words with its name in them where any will do."""
    if path in GIVEN:
        return GIVEN[path][at]
    word = f"{path.replace('.', '').replace('_', '')}{'ab'[at]}"
    if kind is str:
        return word
    if kind == tuple[str, ...]:
        return (word,)
    if kind in (bool, int, float):
        return kind(at if kind is bool else 30 + at)
    raise AssertionError(f"{path}: there is no value here for a {kind}")


def filled(kind: type[Struct], above: str = "") -> Any:
    """A struct with every member, lists with one thing in them."""
    made = {}
    for field in msgspec.structs.fields(kind):
        path, inner, listed = f"{above}{field.name}", field.type, get_origin(field.type) is tuple
        if listed:
            inner = get_args(inner)[0]
        if isinstance(inner, type) and issubclass(inner, Struct) and path not in GIVEN:
            one = filled(inner, f"{path}.")
            made[field.name] = (one,) if listed else one
        else:
            made[field.name] = value(path, field.type, 0)
    return kind(**made)


def changed(whole: Any, path: str, new: object) -> Any:
    """The struct with another value of one member."""
    name, _dot, rest = path.partition(".")
    old = getattr(whole, name)
    if not rest:
        return replace(whole, **{name: new})
    inner = (changed(old[0], rest, new),) if isinstance(old, tuple) else changed(old, rest, new)
    return replace(whole, **{name: inner})


BASE: Sheet = filled(Sheet)
MEMBERS = dict(leaves(Sheet))


def written(sheet: Sheet, name: str) -> bytes:
    return registry.writer(name).write(sheet, registry.Context(attachments=ATTACHMENTS))


@pytest.mark.parametrize("name", FORMATS)
def test_each_writer_takes_every_member_of_the_sheet(name: str) -> None:
    before = written(BASE, name)
    same = {
        path
        for path, kind in MEMBERS.items()
        if written(changed(BASE, path, value(path, kind, 1)), name) == before
    }
    assert same == {path for path, formats in EXCUSED.items() if name in formats}


@pytest.mark.parametrize("name", FORMATS)
def test_each_writer_shows_every_word_of_the_sheet(name: str) -> None:
    seen = "".join(read(BASE, name).split()).casefold()
    words = {path for path, kind in MEMBERS.items() if kind in (str, tuple[str, ...])}
    hidden = {path for path in words if _word(path).casefold() not in seen}
    assert hidden == {path for path, formats in UNREAD.items() if name in formats}


def _word(path: str) -> str:
    found = value(path, MEMBERS[path], 0)
    return "".join(str(found[0] if isinstance(found, tuple) else found).split())


# --- what a sheet is made of

HOUSE_EXCUSED = {"default_contacts", "reference_pattern", "languages", "version"}
"""For what is written next; what was issued has its own."""

CONTACT_EXCUSED = {"id", "uid", "valid_from", "valid_to", "retired", "version"}
"""Whom to print is the choice of the person who writes."""

WAY = Way("phone", "+43 1 534 08 112", "tel:+43153408112", Translated.of(en="office"))
CONTACT = Contact(name=Translated.of(en="Maria"), ways=(WAY,))


def composed(house: House, contact: Contact) -> Sheet:
    at = datetime(2026, 11, 27, 20, tzinfo=UTC)
    text = Edition("en", title="T", place="Vienna", state=State.ISSUED, issued_at=at)
    return compose(Release("news"), text, house, (contact,), now=NOW)


def others(kind: type[Struct], given: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Another value for each member."""
    for field in msgspec.structs.fields(kind):
        found = given.get(field.name)
        if found is None and field.type is Translated:
            found = Translated.of(en=f"other{field.name}")
        assert found is not None, f"{field.name}: there is no other value here for it"
        yield field.name, found


def test_every_member_of_the_house_style_reaches_the_sheet() -> None:
    house = House(boilerplate=Translated.of(en="We measure."))
    given = {"look": Look(page="Letter"), "zone": "Asia/Tokyo", "default_contacts": (7,),
             "reference_pattern": "{n}", "languages": ("ru",), "version": 5}  # fmt: skip
    before = composed(house, CONTACT)
    same = {
        name
        for name, other in others(House, given)
        if composed(replace(house, **{name: other}), CONTACT) == before
    }
    assert same == HOUSE_EXCUSED


def test_every_member_of_a_contact_reaches_the_sheet() -> None:
    given = {"id": 7, "uid": "u", "ways": (), "public": False, "retired": True, "version": 5,
             "valid_from": date(2030, 1, 1), "valid_to": date(2000, 1, 1)}  # fmt: skip
    before = composed(House(), CONTACT)
    same = {
        name
        for name, other in others(Contact, given)
        if composed(House(), replace(CONTACT, **{name: other})) == before
    }
    assert same == CONTACT_EXCUSED


def test_every_member_of_a_way_reaches_the_sheet() -> None:
    given = {"kind": "fax", "printed": "1", "address": "tel:+431", "public": False}
    before = composed(House(), CONTACT)
    for name, other in others(Way, given):
        contact = replace(CONTACT, ways=(replace(WAY, **{name: other}),))
        assert composed(House(), contact) != before, name
