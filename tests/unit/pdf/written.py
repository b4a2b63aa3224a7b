"""Sheets written as PDF, for the tests of pages, pictures and strain."""

from __future__ import annotations

from pressdesk.document.nodes import (
    Block,
    Document,
)
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf import WRITER
from pressdesk.press.sheet import Sheet
from tests.unit.pdf.sheet_parts import BASE


def written(sheet: Sheet, **attachments: bytes) -> bytes:
    """The file of a sheet; attachments by hash."""
    return WRITER.write(sheet, Context(attachments=attachments))


def bodied(*blocks: Block) -> Sheet:
    """A sheet with these blocks and nothing after them."""
    return Sheet("en", "news", "News", BASE.state, title="Title", body=Document(blocks))
