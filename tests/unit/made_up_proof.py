"""A proof with made-up values, the same every time."""

from __future__ import annotations

from hashlib import sha256

from pressdesk.press.register import checkpoint, deeds, tree
from pressdesk.press.register.checkpoint import Checkpoint
from pressdesk.press.register.deeds import Book, Deed, Record
from pressdesk.press.register.proof import Proof, written


def made_up(number: int = 5, size: int = 11, reference: str = "PR 2026/14") -> Proof:
    """The proof of a record in a book of blanks, as long as a real one."""

    def salt(place: int) -> str:
        return sha256(b"salt %d" % place).hexdigest()[:32]

    mine = Record(
        number,
        Deed.ISSUED,
        salt(number),
        noted="2026-11-23T12:00:00.000000Z",
        at="2026-11-23T12:00:00.000000Z",
        edition=sha256(b"edition").hexdigest()[:32],
        language="en",
        reference=reference,
        sheet=sha256(b"sheet").hexdigest(),
        house=sha256(b"house").hexdigest(),
    )
    records = [
        mine if place == number else Record(place, Deed.BLANK, salt(place)) for place in range(size)
    ]
    leaves = [tree.leaf_hash(deeds.canonical(one)) for one in records]
    nodes: dict[tuple[int, int], bytes] = {}
    for place, leaf in enumerate(leaves):
        for one in tree.grown(place, lambda *at: nodes[at], (leaf,)):
            nodes[one.level, one.place] = one.hash

    def read(level: int, place: int) -> bytes:
        return nodes[level, place]

    seen = Checkpoint(checkpoint.origin("ab" * 16, Book.OUT), size, tree.root(size, read))
    return Proof(mine, tree.inclusion(number, size, read), seen)


PROOF = written(made_up())
