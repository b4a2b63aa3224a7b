"""Records, checkpoints and proofs as texts: read back whole, and believed to the last bit."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.base.errors import BadInput
from pressdesk.press.register import checkpoint, deeds, proof, tree
from pressdesk.press.register.checkpoint import Checkpoint, Signature, parsed
from pressdesk.press.register.deeds import Book, Deed, Record
from pressdesk.press.register.proof import Proof

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)
RECORDS = st.builds(
    Record,
    number=st.integers(0, 2**53 - 1),
    deed=st.sampled_from(Deed),
    salt=HEX,
    at=st.datetimes(timezones=st.just(UTC)).map(deeds.instant),
    reference=TEXTS,
    language=TEXTS,
    blobs=st.lists(HEX, max_size=3).map(tuple),
    details=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
)
ROOT = bytes(range(32))
BARE = Checkpoint(checkpoint.origin("0123abcd", Book.OUT), 20_050, ROOT)
SIGNED = Checkpoint(BARE.origin, 7, ROOT, (Signature("river.example", b"keyi", bytes(64)),))


@given(RECORDS)
def test_a_record_reads_back_and_is_canonical(record: Record) -> None:
    data = deeds.canonical(record)
    assert deeds.read(data) == record
    # RFC 8785 for names in ASCII and whole numbers, by the standard library.
    plain = json.dumps(json.loads(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert data == plain.encode()


@pytest.mark.parametrize("bend", [b" ", b'{"x":1}'])
def test_other_bytes_for_the_same_record_are_refused(bend: bytes) -> None:
    data = deeds.canonical(Record(1, Deed.ISSUED, "00", reference="PR 1"))
    with pytest.raises(ValueError, match=r"."):
        deeds.read(data + bend)
    with pytest.raises(ValueError, match="not as a record is written"):
        deeds.read(data.replace(b'"PR 1"', b'"PR\\u00201"'))


def test_every_deed_has_its_row_and_its_words() -> None:
    for kind in Deed:
        assert deeds.row_of(kind).label() or kind is Deed.BLANK
    assert {deeds.row_of(kind).book for kind in Deed} == set(Book)


def test_an_instant_keeps_its_microseconds() -> None:
    at = datetime(2026, 11, 28, 9, 0, 0, 17, tzinfo=UTC)
    assert deeds.instant(at) == "2026-11-28T09:00:00.000017Z"


@pytest.mark.parametrize("one", [BARE, SIGNED, Checkpoint("a b", 0, tree.EMPTY)])
def test_a_checkpoint_reads_back(one: Checkpoint) -> None:
    assert parsed(str(one)) == one


@pytest.mark.parametrize("one", [BARE, SIGNED])
def test_no_altered_bit_of_a_checkpoint_says_the_same(one: Checkpoint) -> None:
    said = str(one).encode()
    for place in range(8 * len(said)):
        bent = bytearray(said)
        bent[place // 8] ^= 1 << place % 8
        try:
            found = parsed(bytes(bent).decode())
        except (BadInput, UnicodeDecodeError):
            continue
        assert found != one and str(found).encode() == bytes(bent)


@pytest.mark.parametrize(
    "said",
    [
        "",
        str(BARE)[:-1],
        str(BARE) + "\n",
        str(BARE).replace("\n", "\r\n"),
        str(BARE).replace("20050", "020050"),
        str(BARE).replace("20050", "+20050"),
        str(BARE).replace("20050", "２００５０"),
        str(BARE).replace("=", ""),
        str(BARE).replace("8=", "9="),
        str(BARE).replace("\n20050", "\x85\n20050"),
        str(BARE) + "more\n",
        f"{BARE.origin}\n5\nAAAA\n",
        str(SIGNED).replace("\u2014", "-"),
        str(SIGNED)[:-2] + "\n",
    ],
)
def test_what_a_lenient_reader_would_take(said: str) -> None:
    with pytest.raises(BadInput):
        parsed(said)


def _proof() -> Proof:
    record = Record(0, Deed.ISSUED, deeds.salt(), reference="PR 2026/001", language="ru")
    other = tree.leaf_hash(b"other")
    top = tree.node_hash(tree.leaf_hash(deeds.canonical(record)), other)
    return Proof(record, (other,), Checkpoint(BARE.origin, 2, top))


def test_a_proof_reads_back_and_holds() -> None:
    one = _proof()
    said = proof.written(one)
    assert said.isascii() and proof.read(said) == one and one.holds


def test_no_altered_bit_of_a_proof_holds() -> None:
    said = proof.written(_proof()).encode()
    for place in range(8 * len(said)):
        bent = bytearray(said)
        bent[place // 8] ^= 1 << place % 8
        try:
            found = proof.read(bytes(bent).decode())
        except (BadInput, UnicodeDecodeError):
            continue
        # The name of the register is no part of what the path proves: whoever compares with a
        # checkpoint of his own compares it.
        assert not found.holds or found.checkpoint.origin != BARE.origin


def test_a_proof_beyond_all_measure_is_not_read() -> None:
    with pytest.raises(BadInput):
        proof.read(" " * 10**6)
