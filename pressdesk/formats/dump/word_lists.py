"""Word lists of the import, read once from resources/import, and small text tools."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pressdesk.base import resources

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def flat(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """Folded, without arrows, dots and quotation marks around it: for looking up in a list."""
    return _EDGES.sub("", flat(text).casefold())


@cache
def table(name: str) -> Mapping[str, Any]:
    """One of the lists, such as "people"."""
    return MappingProxyType(tomllib.loads(resources.read_text(f"import/{name}.toml")))


@cache
def listed(name: str, key: str) -> frozenset[str]:
    """One list of a table, each entry as ``bare`` makes it."""
    return frozenset(bare(entry) for entry in table(name)[key])
