"""Marks a file as a desk, and says which schema it has. Imports nothing."""

from __future__ import annotations

APPLICATION_ID = 0x50444B31
"""The bytes "PDK1" in the header of every desk."""

SCHEMA = 4
"""Number of the schema that ``tables`` describes; user_version in the header.

Raised by every migration."""

ALIKE = frozenset({2, 3})
"""Earlier schemas with all that lists, texts and searches read: whoever only reads need not wait
for somebody who brings the desk up to date."""

REVISION = "0004_register"
"""The migration that leads to ``SCHEMA``."""

SCHEMA_KEY = "schema"
"""The row of ``meta`` with the number of the schema on a server, which has no file header."""
