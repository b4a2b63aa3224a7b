"""Signatures under checkpoints: Ed25519, by a key whose public half somebody was given."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64

from msgspec import Struct

from pressdesk.base.errors import BadInput, Incomplete
from pressdesk.base.i18n import _
from pressdesk.press.register.checkpoint import ALGORITHM, Checkpoint, key_id

_LENGTH = 32


class PublicKey(Struct, frozen=True):
    """The public half of a key."""

    key: bytes
    """32 bytes."""
    name: str = ""
    """Who signs with it; "" for whoever does."""


def public_key(said: str) -> PublicKey:
    """A public key: 32 bytes in base64, or with its name as C2SP signed-note writes it.

    raises  BadInput for anything else, also where the name does not belong to the key
    """
    name, plus, rest = said.strip().partition("+")
    known, second, data = rest.partition("+")
    if plus and second and len(known) == 8 and (found := _bytes(data))[:1] == ALGORITHM:
        key = PublicKey(found[1:], name)
        if len(key.key) == _LENGTH and key_id(name, key.key).hex() == known:
            return key
    elif len(found := _bytes(said.strip())) == _LENGTH:
        return PublicKey(found)
    raise BadInput(
        _("This is not a public key."),
        hint=_("It is given in base64, with or without a name: name+hash+key."),
    )


def is_signed(checkpoint: Checkpoint, by: PublicKey) -> bool:
    """Whether one of its signatures is by this key.

    raises  Incomplete where the part of the program that knows signatures is not installed
    """
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as error:
        raise Incomplete(
            _("This copy of PressDesk cannot verify signatures."),
            hint=_("Install it with them: pip install pressdesk[seal]"),
        ) from error
    try:
        key = Ed25519PublicKey.from_public_bytes(by.key)
    except ValueError:
        return False
    for one in checkpoint.signatures:
        if one.key != key_id(one.name, by.key) or by.name not in ("", one.name):
            continue
        try:
            key.verify(one.signed, checkpoint.body.encode())
        except InvalidSignature:
            continue
        return True
    return False


def _bytes(said: str) -> bytes:
    """What base64 stands for, b"" for what is none to the last bit."""
    try:
        data = b64decode(said, validate=True)
    except (NoBase64, ValueError):
        return b""
    return data if b64encode(data).decode() == said else b""
