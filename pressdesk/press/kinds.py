"""Kinds of release, read from resources/kinds: their fields, labels, advice and layout hints."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

import msgspec
from msgspec import Struct

from pressdesk.base import resources
from pressdesk.base.errors import BadInput
from pressdesk.press.translated import NOTHING, Translated

FieldType = Literal["text", "lines", "date", "datetime", "choice", "url"]
Block = Literal["none", "speaker", "rows", "credit"]


class Choice(Struct, frozen=True):
    """One value a field may take."""

    value: str
    label: Translated


class KindField(Struct, frozen=True):
    """A field of one kind. "lines" is longer text; "datetime" is "2026-11-23T10:00" plus zone."""

    key: str
    label: Translated
    type: FieldType = "text"
    hint: Translated = NOTHING
    choices: tuple[Choice, ...] = ()
    required: bool = False
    row: Translated = NOTHING
    """The label this field has in the printed who-what-when-where block."""


class Kind(Struct, frozen=True):
    """A kind of release."""

    name: str
    label: Translated
    plural: Translated
    advice: Translated
    order: int = 0
    fields: tuple[KindField, ...] = ()
    block: Block = "none"
    """What is printed of the fields above the text."""
    dateline: bool = True
    centred: bool = False
    contacts_first: bool = False
    release_line: str = ""
    """Replaces FOR IMMEDIATE RELEASE where the kind has its own, in English."""

    def field(self, key: str) -> KindField | None:
        """The field of this key, None when the kind has none."""
        return next((field for field in self.fields if field.key == key), None)


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by name, in the order menus show them."""
    found = [_read(file.read_text("utf-8")) for file in resources.path("kinds").glob("*.toml")]
    return MappingProxyType({kind.name: kind for kind in sorted(found, key=lambda k: k.order)})


def kind(name: str) -> Kind:
    """The kind called ``name``; raises BadInput when there is none."""
    try:
        return kinds()[name]
    except KeyError:
        known = ", ".join(kinds())
        what = f"There is no kind of release called “{name}”."
        raise BadInput(what, hint=f"Known: {known}.") from None


def _read(source: str) -> Kind:
    return msgspec.convert(_translated(tomllib.loads(source)), Kind)


def _translated(raw: object) -> object:
    """Tables whose keys are all language tags become Translated."""
    if isinstance(raw, list):
        return [_translated(item) for item in raw]
    if not isinstance(raw, dict):
        return raw
    if raw and all(isinstance(v, str) and len(k) in (2, 3) for k, v in raw.items()):
        return {"entries": sorted(raw.items())}
    return {key: _translated(value) for key, value in raw.items()}
