"""Compares a file from elsewhere with a sheet: the target of a child, which may take little."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from pressdesk.base.errors import ReadFailed
from pressdesk.formats.readback.comparing import differs
from pressdesk.press.sheet import Sheet

MEMORY, CPU_S, WALL_S = 512 * 2**20, 20, 60.0
"""What the child may take: bytes, seconds of CPU, seconds in all."""


class _Asked(Struct, frozen=True):
    format: str
    data: bytes
    sheet: Sheet


class Said(Struct, frozen=True):
    """The first difference in words, "" without one; or why the file cannot be read."""

    difference: str = ""
    unreadable: str = ""


_said = msgspec.msgpack.Decoder(Said)


def request(name: str, data: bytes, sheet: Sheet) -> bytes:
    """What ``compare`` takes; ``name`` is that of the format."""
    return msgspec.msgpack.encode(_Asked(name, data, sheet))


def compare(payload: bytes) -> bytes:
    """In the child; ``answer`` reads what it returns."""
    asked = msgspec.msgpack.decode(payload, type=_Asked)
    try:
        found = differs(asked.format, asked.data, asked.sheet)
    except ReadFailed as error:
        return msgspec.msgpack.encode(Said(unreadable=error.what))
    return msgspec.msgpack.encode(Said(found.said() if found else ""))


def answer(data: bytes) -> Said:
    """What the child found."""
    return _said.decode(data)
