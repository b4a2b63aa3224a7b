"""Converts between the document tree and QTextDocument, in both directions.

``fill`` writes a tree into a document, ``read`` walks it back, ``Reading`` re-reads only what
changed, ``insert`` puts a tree in at a cursor and ``read_selection`` takes one out. The document
carries meaning only; ``looks`` paints headings, quotes and links without touching it.
"""

from __future__ import annotations

from pressdesk.gui.bridge.fill import fill, insert
from pressdesk.gui.bridge.read import read, read_selection
from pressdesk.gui.bridge.rereading import Reading

__all__ = ["Reading", "fill", "insert", "read", "read_selection"]
