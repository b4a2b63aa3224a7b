"""Every run and line break of a tree, in reading order."""

from __future__ import annotations

from pressdesk.document.nodes import Document, Inline
from pressdesk.document.tools import inlines


def walk(tree: Document) -> list[Inline]:
    """All of them in one list."""
    return [part for block in tree.blocks for content in inlines(block) for part in content]
