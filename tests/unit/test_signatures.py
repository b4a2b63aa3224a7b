"""A checkpoint that a key has signed: believed for that key and those bytes only."""

from __future__ import annotations

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from pressdesk.base.errors import BadInput
from pressdesk.desk import verifying
from pressdesk.desk.signatures import PublicKey, is_signed, public_key
from pressdesk.press.register.checkpoint import ALGORITHM, Checkpoint, Signature, key_id, parsed
from tests.unit.made_up_proof import made_up

NAME = "river.example"
OWN = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = OWN.public_key().public_bytes_raw()
BARE = b64encode(PUBLIC).decode()
NAMED = f"{NAME}+{key_id(NAME, PUBLIC).hex()}+{b64encode(ALGORITHM + PUBLIC).decode()}"


def signed(seen: Checkpoint, by: Ed25519PrivateKey = OWN, name: str = NAME) -> Checkpoint:
    public = by.public_key().public_bytes_raw()
    mine = Signature(name, key_id(name, public), by.sign(seen.body.encode()))
    return replace(seen, signatures=(*seen.signatures, mine))


@pytest.mark.parametrize("said", [BARE, NAMED, f" {NAMED}\n"])
def test_a_signature_by_the_key_is_believed(said: str) -> None:
    key = public_key(said)
    assert key.key == PUBLIC
    seen = signed(signed(made_up().checkpoint, OTHER))
    assert is_signed(parsed(str(seen)), key)
    assert not is_signed(made_up().checkpoint, key)


def test_no_other_bytes_key_or_name_are_believed() -> None:
    seen = signed(made_up().checkpoint)
    for bent in (
        replace(seen, size=seen.size + 1),
        replace(seen, root=bytes(32)),
        replace(seen, origin=f"{seen.origin}x"),
        replace(seen, signatures=(replace(seen.signatures[0], signed=bytes(64)),)),
        replace(seen, signatures=(replace(seen.signatures[0], name="other.example"),)),
    ):
        assert not is_signed(bent, public_key(BARE))
    assert not is_signed(seen, PublicKey(OTHER.public_key().public_bytes_raw()))
    assert not is_signed(signed(made_up().checkpoint, name="other.example"), public_key(NAMED))
    assert not is_signed(seen, PublicKey(b"\xff" * 32))


@pytest.mark.parametrize(
    "said", ["", "key", BARE[:-1], BARE[:-2] + "B=", f"x{NAMED}", NAMED[:-4], "a+b+c", "ключ"]
)
def test_what_is_no_key_is_told(said: str) -> None:
    with pytest.raises(BadInput, match="not a public key"):
        public_key(said)


def test_a_file_is_vouched_for_by_a_signature_in_it_or_under_the_kept_checkpoint() -> None:
    plain, key = made_up(), public_key(NAMED)
    sealed = replace(plain, checkpoint=signed(plain.checkpoint))
    assert verifying.without_desk(sealed, key=key).sound
    assert verifying.without_desk(plain, seen=sealed.checkpoint, key=key).sound
    assert not verifying.without_desk(plain, key=key).sound
    assert not verifying.without_desk(plain, seen=plain.checkpoint, key=key).sound
    later = signed(replace(plain.checkpoint, size=plain.checkpoint.size + 1))
    assert not verifying.without_desk(plain, seen=later, key=key).sound
