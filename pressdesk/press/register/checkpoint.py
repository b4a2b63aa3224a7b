"""A checkpoint: how many deeds a book had at some moment, and the root of the tree over them.

source  C2SP tlog-checkpoint and signed-note: an origin, the size, the root in base64, an empty
        line, and signatures. Read strictly: any other bytes than those written are refused.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Callable
from hashlib import sha256

from msgspec import Struct

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.press.register.tree import Hash

ALGORITHM = b"\x01"
"""Ed25519, in the id of a key."""

_B64 = r"[A-Za-z0-9+/]+={0,2}"
_TEXT = re.compile(
    rf"(?P<origin>[!-~]+(?: [!-~]+)*)\n(?P<size>0|[1-9][0-9]{{0,18}})\n(?P<root>{_B64})\n"
    rf"(?:\n(?P<signatures>(?:\u2014 [!-*,-~]+ {_B64}\n)+))?",
)
_SIGNED = re.compile(rf"\u2014 ([!-*,-~]+) ({_B64})\n")


class Signature(Struct, frozen=True):
    """A signature under a checkpoint."""

    name: str
    """Of the key."""
    key: bytes
    """Its id: 4 bytes."""
    signed: bytes
    """64 bytes of Ed25519."""

    def __str__(self) -> str:
        """As it is written down; ``signature`` reads it back."""
        return f"{self.name} {b64encode(self.key + self.signed).decode()}"


Sign = Callable[[str], Signature]
"""Signs the body of a checkpoint."""


class Checkpoint(Struct, frozen=True):
    """The state of a book at one moment."""

    origin: str
    """Which register and book; see ``origin``."""
    size: int
    root: Hash
    signatures: tuple[Signature, ...] = ()

    @property
    def body(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    def __str__(self) -> str:
        """As it is written down; ``parsed`` reads it back."""
        if not self.signatures:
            return self.body
        lines = (f"\u2014 {one}\n" for one in self.signatures)
        return f"{self.body}\n{''.join(lines)}"


def origin(desk: str, book: str) -> str:
    """What the checkpoints of a book of a desk begin with."""
    return f"pressdesk/{desk}/{book}"


def key_id(name: str, public: bytes) -> bytes:
    """The id of a key: the same key under another name is another one."""
    return sha256(name.encode() + b"\n" + ALGORITHM + public).digest()[:4]


def parsed(said: str) -> Checkpoint:
    """A checkpoint as it was written.

    raises  BadInput for anything else, also where only one bit of base64 has no meaning
    """
    found = _TEXT.fullmatch(said)
    if found is None:
        raise _no_checkpoint()
    root = _bytes(found["root"])
    if len(root) != sha256().digest_size:
        raise _no_checkpoint()
    lines = _SIGNED.findall(found["signatures"] or "")
    signatures = tuple(_signature(name, _bytes(data)) for name, data in lines)
    return Checkpoint(found["origin"], int(found["size"]), root, signatures)


def signature(said: str) -> Signature:
    """A signature as it was written; raises BadInput for anything else."""
    found = _SIGNED.fullmatch(f"\u2014 {said}\n")
    if found is None:
        raise _no_checkpoint()
    return _signature(found[1], _bytes(found[2]))


def _signature(name: str, data: bytes) -> Signature:
    if len(data) != 68:
        raise _no_checkpoint()
    return Signature(name, data[:4], data[4:])


def _bytes(said: str) -> bytes:
    try:
        data = b64decode(said, validate=True)
    except NoBase64:
        raise _no_checkpoint() from None
    if b64encode(data).decode() != said:  # bits behind the last byte
        raise _no_checkpoint()
    return data


def _no_checkpoint() -> BadInput:
    return BadInput(
        _("This is not a checkpoint of a register."),
        hint=_("Copy it again, with all its lines and nothing added."),
    )
