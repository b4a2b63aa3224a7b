"""Reads what desks of schema 1 and 2 hold: telephones and e-mail addresses apart from each other.

Sealed sheets of that time are read so for ever, as their bytes never change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pressdesk.press.channels import mail, telephone
from pressdesk.press.release import Contact
from pressdesk.press.sheet import FORMAT, Sheet, SheetContact

_Json = Mapping[str, Any]


class _OldSheet(Struct, frozen=True):
    contacts: tuple[dict[str, Any], ...] = ()


class _Phone(Struct, frozen=True):
    printed: str
    e164: str = ""


class _Email(Struct, frozen=True):
    address: str


class _Before(Struct, frozen=True):
    phones: tuple[_Phone, ...] = ()
    emails: tuple[_Email, ...] = ()


_contacts = msgspec.json.Decoder(Contact)
_sheets = msgspec.json.Decoder(_OldSheet)


def in_ways(contact: _Json) -> dict[str, Any]:
    """The JSON of a contact, in the contact list or on a sheet, with ways over channels.

    raises  msgspec.ValidationError for what was no contact then either
    """
    msgspec.convert(contact, _Before)
    rest = {name: value for name, value in contact.items() if name not in ("phones", "emails")}
    return {**rest, "ways": [*_ways(contact)]} if len(rest) < len(contact) else rest


def _ways(contact: _Json) -> Iterator[_Json]:
    for one in contact.get("phones", ()):
        rest = {name: one[name] for name in ("printed", "label", "public") if name in one}
        yield {"kind": "phone", **rest, "address": telephone(one.get("e164", ""))}
    for one in contact.get("emails", ()):
        rest = {name: one[name] for name in ("label", "public") if name in one}
        yield {"kind": "email", "printed": one["address"], **rest, "address": mail(one["address"])}


def stored_contact(data: bytes) -> Contact:
    """A contact of the list as it is stored, be the desk of an earlier schema.

    raises  msgspec.DecodeError for a damaged one
    """
    if b'"phones"' in data or b'"emails"' in data:
        return msgspec.convert(in_ways(msgspec.json.decode(data)), Contact)
    return _contacts.decode(data)


def contact_anew(data: bytes) -> bytes:
    """The stored bytes of a contact as this schema has them.

    A damaged one stays as it is: checking names it, and all else need not wait for it.
    """
    try:
        return msgspec.json.encode(in_ways(msgspec.json.decode(data)))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return data


def lifted(sheet: Sheet, data: bytes) -> Sheet:
    """A sheet that was decoded from these bytes, with the ways that its format knew otherwise."""
    if sheet.format == FORMAT:
        return sheet
    old = _sheets.decode(data).contacts
    contacts = msgspec.convert([in_ways(one) for one in old], tuple[SheetContact, ...])
    return replace(sheet, format=FORMAT, contacts=contacts)
