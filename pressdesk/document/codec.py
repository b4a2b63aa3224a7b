"""The stored form of a tree: JSON with a format number."""

from __future__ import annotations

import msgspec

from pressdesk.base.errors import ReadFailed
from pressdesk.document.nodes import Block, Document

FORMAT = 1


class _Stored(msgspec.Struct, frozen=True):
    format: int
    blocks: tuple[Block, ...] = ()


class _Numbered(msgspec.Struct, frozen=True):
    format: int


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Stored)
_number = msgspec.json.Decoder(_Numbered)


def dumps(document: Document) -> bytes:
    """The tree as UTF-8 JSON; the same tree always gives the same bytes.

    cost  about 3 ms for 25,000 words.
    """
    return _encoder.encode(_Stored(FORMAT, document.blocks))


def loads(data: bytes) -> Document:
    """The tree that ``dumps`` stored.

    raises  ReadFailed when the bytes are not a stored tree, naming the place, or were
            written by a newer PressDesk.
    cost    about 9 ms for 25,000 words.
    """
    try:
        number = _number.decode(data).format
        if number > FORMAT:
            raise ReadFailed(
                "This text was written by a newer PressDesk.", hint="Update PressDesk to open it."
            )
        return Document(_decoder.decode(data).blocks)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReadFailed(
            "The stored text of this release is damaged.", hint=f"Detail: {error}"
        ) from error
