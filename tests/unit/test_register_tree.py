"""The tree over the deeds: roots and proofs as RFC 6962 has them, and nothing else is believed."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.press.register import tree
from pressdesk.press.register.tree import Hash, Node

# The inputs and roots that implementations of Certificate Transparency share.
LEAVES = tuple(
    bytes.fromhex(one)
    for one in (
        *("", "00", "10", "2021", "3031", "40414243"),
        *("5051525354555657", "606162636465666768696a6b6c6d6e6f"),
    )
)
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


class Kept:
    """The nodes of a tree, as a desk keeps them."""

    def __init__(self, leaves: tuple[bytes, ...]) -> None:
        self.nodes: dict[tuple[int, int], Hash] = {}
        self.leaves = [tree.leaf_hash(one) for one in leaves]
        self.add(tree.grown(0, self, self.leaves))

    def add(self, nodes: object) -> None:
        for one in nodes:  # type: ignore[attr-defined]
            assert isinstance(one, Node)
            self.nodes[one.level, one.place] = one.hash

    def __call__(self, level: int, place: int) -> Hash:
        return self.nodes[level, place]


def _plainly(leaves: list[Hash]) -> Hash:
    """The root by its definition."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while 2 * half < len(leaves):
        half *= 2
    return tree.node_hash(_plainly(leaves[:half]), _plainly(leaves[half:]))


@pytest.mark.parametrize("size", ROOTS)
def test_roots_are_those_everybody_finds(size: int) -> None:
    assert tree.root(size, Kept(LEAVES)).hex() == ROOTS[size]
    assert tree.root(size, Kept(LEAVES[:size])).hex() == ROOTS[size]


@given(st.integers(0, 70), st.integers(0, 70))
def test_growing_twice_is_growing_once(first: int, second: int) -> None:
    leaves = tuple(bytes([n]) for n in range(first + second))
    kept = Kept(leaves[:first])
    kept.add(list(tree.grown(first, kept, [tree.leaf_hash(one) for one in leaves[first:]])))
    assert kept.nodes == Kept(leaves).nodes
    assert tree.root(len(leaves), kept) == _plainly([tree.leaf_hash(one) for one in leaves])


@given(st.integers(1, 130), st.data())
def test_a_leaf_is_proved_at_its_place_and_no_other(size: int, data: st.DataObject) -> None:
    kept = Kept(tuple(n.to_bytes(2, "big") for n in range(size)))
    number = data.draw(st.integers(0, size - 1))
    path, top = tree.inclusion(number, size, kept), tree.root(size, kept)
    leaf = kept.leaves[number]
    assert tree.includes(leaf, number, size, path, top)
    assert not any(tree.includes(leaf, n, size, path, top) for n in range(size) if n != number)
    assert not tree.includes(tree.leaf_hash(b"other"), number, size, path, top)
    assert not tree.includes(leaf, number, size, (*path, top), top)
    if path:
        assert not tree.includes(leaf, number, size, path[:-1], top)
        assert not tree.includes(leaf, number, size, (tree.EMPTY, *path[1:]), top)


@given(st.integers(0, 130), st.data())
def test_the_beginning_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    kept = Kept(tuple(n.to_bytes(2, "big") for n in range(size)))
    old = data.draw(st.integers(0, size))
    before, top = tree.root(old, kept), tree.root(size, kept)
    path = tree.consistency(old, size, kept)
    assert tree.continues(old, before, size, top, path)
    other = tree.leaf_hash(b"other")
    assert not tree.continues(old, other, size, top, path)
    if 0 < old < size:
        assert not tree.continues(old, before, size, other, path)
        for place in range(len(path)):
            bent = (*path[:place], other, *path[place + 1 :])
            assert not tree.continues(old, before, size, top, bent)


@pytest.mark.parametrize(
    "ask",
    [
        lambda kept: tree.inclusion(8, 8, kept),
        lambda kept: tree.inclusion(-1, 8, kept),
        lambda kept: tree.consistency(9, 8, kept),
    ],
)
def test_what_is_not_there_has_no_proof(ask: Callable[[Kept], object]) -> None:
    with pytest.raises(ValueError, match="tree of"):
        ask(Kept(LEAVES))


def test_sizes_without_sense_are_not_believed() -> None:
    assert not tree.includes(tree.EMPTY, 0, 0, (), tree.EMPTY)
    assert not tree.includes(tree.EMPTY, 0, 2**63, (tree.EMPTY,) * 100, tree.EMPTY)
    assert not tree.continues(3, tree.EMPTY, 2, tree.EMPTY, ())
    assert not tree.continues(1, tree.EMPTY, 2, tree.EMPTY, ())
