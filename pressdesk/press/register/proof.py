"""What a file carries of the register: its record, the path to a root, and a checkpoint."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64

import msgspec
from msgspec import Struct

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.press.register import deeds, tree
from pressdesk.press.register.checkpoint import Checkpoint, parsed
from pressdesk.press.register.deeds import Record

FORMAT = "pressdesk-proof-1"

LARGEST = 16_384
"""Bytes; a proof in the largest book has a tenth of it."""

NAMESPACE = "urn:uuid:5e76bca5-2b93-44fc-87a8-adad6325a150#"
"""Of the property ``proof`` in the XMP of a PDF."""

BLOCK = "pressdesk-proof"
"""The id of the data block in a web page."""

_AS_NUMBERS = {ord(c): f"\\u{ord(c):04x}" for c in "\u2014<>&"}
"""Nothing of a proof means anything in XML or HTML."""


class Proof(Struct, frozen=True):
    """That a record is in a book, as the book was when it was written."""

    record: Record
    path: tuple[tree.Hash, ...]
    checkpoint: Checkpoint

    @property
    def holds(self) -> bool:
        """The path leads from the record to the root of the checkpoint."""
        leaf = tree.leaf_hash(deeds.canonical(self.record))
        return tree.includes(
            leaf, self.record.number, self.checkpoint.size, self.path, self.checkpoint.root
        )


class _Said(Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    number: int
    record: str
    proof: tuple[str, ...]
    checkpoint: str


def written(proof: Proof) -> str:
    """A proof as text: JSON of format, number, record, proof and checkpoint, in ASCII.

    cost  about 1.5 KB in a book of 100,000 deeds
    """
    said = _Said(
        FORMAT,
        proof.record.number,
        b64encode(deeds.canonical(proof.record)).decode(),
        tuple(b64encode(one).decode() for one in proof.path),
        str(proof.checkpoint),
    )
    return msgspec.json.encode(said).decode().translate(_AS_NUMBERS)


def read(said: str) -> Proof:
    """A proof as it was written.

    raises  BadInput for anything else; whether it ``holds`` is another question
    """
    if len(said) > LARGEST:
        raise _no_proof()
    try:
        found = msgspec.json.decode(said, type=_Said)
        record = deeds.read(b64decode(found.record, validate=True))
        path = tuple(b64decode(one, validate=True) for one in found.proof)
    except (msgspec.DecodeError, NoBase64, ValueError, RecursionError):
        raise _no_proof() from None
    known = found.format == FORMAT and found.number == record.number
    if not known or any(len(one) != len(tree.EMPTY) for one in path):
        raise _no_proof()
    proof = Proof(record, path, parsed(found.checkpoint))
    if written(proof) != said:  # nothing else may say the same
        raise _no_proof()
    return proof


def _no_proof() -> BadInput:
    return BadInput(
        _("The proof in this file cannot be read."),
        hint=_("The file was altered after it left, or comes from a newer version."),
    )
