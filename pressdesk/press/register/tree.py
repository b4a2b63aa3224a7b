"""The Merkle tree over the deeds of a book: its root, and short proofs of what it holds.

Leaves are numbered from 0. Only nodes over a full 2^level leaves are kept; they never change.
source  RFC 6962, section 2.1; the verifying algorithms are those of RFC 9162, section 2.1
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from hmac import compare_digest

from msgspec import Struct

Hash = bytes
"""32 bytes of SHA-256."""

EMPTY: Hash = sha256(b"").digest()
"""The root of a tree without leaves."""

LONGEST = 64
"""No path is longer: so many levels has a tree that no number of 64 bits could count."""


class Node(Struct, frozen=True):
    """A kept node: over the leaves from ``place`` times 2^``level`` on."""

    level: int
    place: int
    hash: Hash


Read = Callable[[int, int], Hash]
"""The kept node of a level at a place; raises KeyError where it is missing."""


def leaf_hash(record: bytes) -> Hash:
    """The leaf over the bytes of a record."""
    return sha256(b"\x00" + record).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """The node over two."""
    return sha256(b"\x01" + left + right).digest()


def peaks(size: int) -> tuple[tuple[int, int], ...]:
    """Level and place of the kept nodes that together cover a tree, the largest first."""
    return tuple(_peaks(0, size))


def _peaks(start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        level = (end - start).bit_length() - 1
        while start % (1 << level):
            level -= 1
        yield level, start >> level
        start += 1 << level


def grown(size: int, read: Read, leaves: Iterable[Hash]) -> Iterator[Node]:
    """The nodes to keep when leaves are added to a tree of ``size``, in the order they arise.

    cost  two hashes a leaf, and one read for each bit of ``size``
    """
    edge = {level: read(level, place) for level, place in peaks(size)}
    for place, leaf in enumerate(leaves, size):
        level, top = 0, leaf
        yield Node(0, place, leaf)
        while (place >> level) & 1:
            top = node_hash(edge.pop(level), top)
            level += 1
            yield Node(level, place >> level, top)
        edge[level] = top


def root(size: int, read: Read) -> Hash:
    """The root of the tree as it was when it had ``size`` leaves."""
    return _over(0, size, read)


def _over(start: int, end: int, read: Read) -> Hash:
    """The hash over some leaves that begin where a subtree may begin."""
    top: Hash | None = None
    for level, place in reversed(tuple(_peaks(start, end))):
        one = read(level, place)
        top = one if top is None else node_hash(one, top)
    return EMPTY if top is None else top


def inclusion(number: int, size: int, read: Read) -> tuple[Hash, ...]:
    """What proves that leaf ``number`` is in the tree of ``size``: from the leaf up.

    raises  ValueError for a leaf that is not in it
    """
    if not 0 <= number < size:
        raise ValueError(f"no leaf {number} in a tree of {size}")
    path: list[Hash] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _half(end - start)
        if number < middle:
            path.append(_over(middle, end, read))
            end = middle
        else:
            path.append(_over(start, middle, read))
            start = middle
    return tuple(reversed(path))


def consistency(old: int, size: int, read: Read) -> tuple[Hash, ...]:
    """What proves that the tree of ``old`` leaves is the beginning of that of ``size``.

    raises  ValueError unless 0 <= old <= size
    """
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {old} is no part of one of {size}")
    if old in (0, size):
        return ()
    path: list[Hash] = []
    start, end, whole = 0, size, True
    while old != end:
        middle = start + _half(end - start)
        if old <= middle:
            path.append(_over(middle, end, read))
            end = middle
        else:
            path.append(_over(start, middle, read))
            start, whole = middle, False
    if not whole:
        path.append(_over(start, end, read))
    return tuple(reversed(path))


def _half(count: int) -> int:
    """The largest power of two below ``count``, which is at least 2."""
    return 1 << ((count - 1).bit_length() - 1)


def includes(leaf: Hash, number: int, size: int, path: Sequence[Hash], top: Hash) -> bool:
    """Whether a path leads from leaf ``number`` to the root of a tree of ``size``."""
    if not 0 <= number < size or len(path) > LONGEST:
        return False
    place, last, found = number, size - 1, leaf
    for one in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(one, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    return last == 0 and compare_digest(found, top)


def continues(old: int, before: Hash, size: int, top: Hash, path: Sequence[Hash]) -> bool:
    """Whether a path proves that the tree of ``size`` begins with that of ``old`` leaves."""
    if not 0 <= old <= size or len(path) > 2 * LONGEST:
        return False
    if old == size:
        return not path and compare_digest(before, top)
    if old == 0:
        return not path and compare_digest(before, EMPTY)
    proof = list(path)
    if old & (old - 1) == 0:
        proof.insert(0, before)
    if not proof:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = proof[0]
    for one in proof[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(one, first), node_hash(one, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, one)
        place, last = place >> 1, last >> 1
    return last == 0 and compare_digest(first, before) and compare_digest(second, top)
