"""Selected values of a facet: any of them matches; removing one leaves the others.

One rule for what is typed and what is ticked: values of one field widen, fields narrow.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import get_args

from msgspec.structs import replace

from pressdesk.press.query import All, Any, FacetName, Filter, Node, Question

FACETS: tuple[FacetName, ...] = get_args(FacetName)


def values(node: Node) -> tuple[Filter, ...]:
    """The values of one field of which the node asks for any; () where it asks otherwise."""
    if isinstance(node, Filter):
        return (node,)
    if not isinstance(node, Any):
        return ()
    found: list[Filter] = []
    for part in node.parts:
        inside = values(part)
        if not inside or inside[0].dimension != (found or inside)[0].dimension:
            return ()
        found += inside
    return tuple(dict.fromkeys(found))


def either(chosen: Sequence[Filter]) -> Node:
    """Any of these values; at least one."""
    kept = tuple(dict.fromkeys(chosen))
    return kept[0] if len(kept) == 1 else Any(kept)


def together(parts: Sequence[Node], apart: Collection[int] = ()) -> Node | None:
    """All of the parts, those of one field put together into any of their values.

    apart  the places of parts that are not put together with others
    """
    of = [() if place in apart else values(part) for place, part in enumerate(parts)]
    kept: dict[Node, None] = {}
    for part, chosen in zip(parts, of, strict=True):
        same = [
            v for some in of if some and chosen and _field(some) == _field(chosen) for v in some
        ]
        kept[either(same) if same else part] = None
    return whole(tuple(kept))


def whole(parts: tuple[Node, ...]) -> Node | None:
    """All of the parts as one node; None for none."""
    return All(parts) if len(parts) > 1 else parts[0] if parts else None


def parts_of(tree: Node | None) -> tuple[Node, ...]:
    """What must all hold, at the top."""
    return tree.parts if isinstance(tree, All) else (tree,) if tree is not None else ()


def selected(question: Question) -> tuple[FacetName, ...]:
    """The facets of which a question takes any of some values.

    Of a field named twice every one must hold: such a one only narrows, and is not among them.
    """
    fields = [_field(of) for part in parts_of(question.tree) if (of := values(part))]
    return tuple(
        name
        for name in FACETS
        if (bool(question.on) if name == "year" else fields.count(_dimension(name)) == 1)
    )


def without(question: Question, name: FacetName) -> Question:
    """The question as if nothing were chosen of this facet."""
    if name == "year":
        return replace(question, on=())
    kept = [
        part
        for part in parts_of(question.tree)
        if not (of := values(part)) or _field(of) != _dimension(name)
    ]
    return replace(question, tree=whole(tuple(kept)))


def _field(chosen: Sequence[Filter]) -> str:
    return chosen[0].dimension


def _dimension(name: FacetName) -> str:
    return "" if name == "year" else name
