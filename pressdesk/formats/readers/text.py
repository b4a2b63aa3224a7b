"""Plain text: a dump of past items as it was copied from a web archive or a mail."""

from __future__ import annotations

from pressdesk.formats.dump.reading import read
from pressdesk.formats.registry import Reader

READER = Reader(name="text", label="Plain text", suffixes=(".txt", ".text"), read=read)
