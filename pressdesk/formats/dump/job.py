"""Reads a file to be imported inside a child process: bytes in, bytes out."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from pressdesk.formats import registry
from pressdesk.formats.registry import Context, ReadDrafts


class Request(Struct, frozen=True):
    """What to read, with which reader, on which day, and the encoding a person chose."""

    reader: str
    data: bytes
    today: date
    encoding: str | None = None


def read(payload: bytes) -> bytes:
    """A Request in MessagePack to what was Found; raises ReadFailed as the reader does."""
    request = msgspec.msgpack.decode(payload, type=Request)
    context = Context(today=request.today, encoding=request.encoding)
    return msgspec.msgpack.encode(registry.readers()[request.reader].read(request.data, context))


def request(reader: str, data: bytes, today: date, encoding: str | None) -> bytes:
    """The payload of ``read``."""
    return msgspec.msgpack.encode(Request(reader, data, today, encoding))


def answer(payload: bytes) -> ReadDrafts:
    """What ``read`` gave, as a value."""
    return msgspec.msgpack.decode(payload, type=ReadDrafts)
