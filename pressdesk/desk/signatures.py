"""Signatures under checkpoints: Ed25519, made with a key and verified with its public half."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64

from msgspec import Struct

from pressdesk.base.errors import BadInput, Incomplete
from pressdesk.base.i18n import _
from pressdesk.press.register.checkpoint import (
    ALGORITHM,
    Checkpoint,
    Sign,
    Signature,
    key_id,
)

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


def written(key: PublicKey) -> str:
    """A public key as C2SP signed-note writes it; ``public_key`` reads it back."""
    data = b64encode(ALGORITHM + key.key).decode()
    return f"{key.name}+{key_id(key.name, key.key).hex()}+{data}"


def secret_key(name: str) -> tuple[bytes, PublicKey]:
    """A new key: 32 secret bytes, and its public half; raises Incomplete as ``is_signed``."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError as error:
        raise _not_installed() from error
    made = Ed25519PrivateKey.generate()
    return made.private_bytes_raw(), PublicKey(made.public_key().public_bytes_raw(), name)


def signed(secret: bytes, public: PublicKey) -> Sign | None:
    """What signs with a key; None where the one half is not of the other.

    raises  Incomplete as ``is_signed``
    """
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError as error:
        raise _not_installed() from error
    try:
        own = Ed25519PrivateKey.from_private_bytes(secret)
    except ValueError:
        return None
    if own.public_key().public_bytes_raw() != public.key:
        return None
    number = key_id(public.name, public.key)
    return lambda body: Signature(public.name, number, own.sign(body.encode()))


def is_signed(checkpoint: Checkpoint, by: PublicKey) -> bool:
    """Whether one of its signatures is by this key.

    raises  Incomplete where the part of the program that knows signatures is not installed
    """
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as error:
        raise _not_installed() from error
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


def _not_installed() -> Incomplete:
    return Incomplete(
        _("This copy of PressDesk knows no signatures."),
        hint=_("Install it with them: pip install pressdesk[seal]"),
    )


def _bytes(said: str) -> bytes:
    """What base64 stands for, b"" for what is none to the last bit."""
    try:
        data = b64decode(said, validate=True)
    except (NoBase64, ValueError):
        return b""
    return data if b64encode(data).decode() == said else b""
