"""Finds every reader and writer by looking into the two folders next to this file.

To add a format, drop one module into ``readers/`` or ``writers/``. Menus, file dialogs,
the command line and the contract tests pick it up from here; nothing else is edited.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType

from msgspec import Struct

from pressdesk.base.errors import UnknownFormat
from pressdesk.document.nodes import Document
from pressdesk.press.sheet import Sheet


@dataclass(slots=True)
class Context:
    """What a format may know about the world; nothing here touches a clock by itself."""

    attachments: Mapping[str, bytes] = field(default_factory=dict)
    """Bytes of the logo and figures by SHA-256 (hex)."""
    templates: Path | None = None
    """The office's template folder, once the person has agreed to it."""
    today: date | None = None
    """The day an import is read on; bounds guesses about missing years."""
    encoding: str | None = None
    """The encoding a person chose for an import; None lets the reader find it out."""
    losses: list[str] = field(default_factory=list)

    def lost(self, what: str) -> None:
        """Record something the target cannot hold; the export dialog lists it."""
        if what not in self.losses:
            self.losses.append(what)


@dataclass(frozen=True, slots=True)
class Writer:
    """One way out. ``write`` is pure: the same sheet and context give the same bytes."""

    name: str
    label: str
    suffix: str
    write: Callable[[Sheet, Context], bytes]


class FoundPhone(Struct, frozen=True):
    """A telephone number found in a text; ``e164`` is "" when it is not a valid one."""

    e164: str
    printed: str


class FoundContact(Struct, frozen=True):
    """A press contact found in a text; any part may be ""."""

    name: str
    role: str
    phones: tuple[FoundPhone, ...] = ()
    emails: tuple[str, ...] = ()


class Draft(Struct, frozen=True):
    """One past item as a reader proposes it; nothing in it is stored before a person agrees."""

    kind: str
    language: str
    title: str
    body: Document
    date: str | None = None
    """ISO 8601, ``--MM-DD`` when the year is missing, None when nothing was found."""
    subtitle: str = ""
    contacts: tuple[FoundContact, ...] = ()
    paragraphs: tuple[str, ...] = ()
    """The paragraphs as they stood in the file, in order, title and contact lines included."""
    questions: tuple[str, ...] = ()
    """What a person should answer: "title", "date", "year", "kind", "fragment", ..."""


class Removed(Struct, frozen=True):
    """A paragraph that was set aside, and why ("navigation", "empty"...)."""

    text: str
    why: str = "navigation"


class Found(Struct, frozen=True):
    """All a reader made of one file. Every paragraph of it is in one draft or in ``removed``."""

    drafts: tuple[Draft, ...] = ()
    removed: tuple[Removed, ...] = ()
    encoding: str = "utf-8"
    remarks: tuple[str, ...] = ()
    """Plain sentences about guesses the person should see, such as the encoding."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One way in. ``read`` raises ReadFailed when the bytes are not what they claim to be."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, Context], Found]


@cache
def writers() -> Mapping[str, Writer]:
    """All writers by name, in the order of their names."""
    from pressdesk.formats import writers as folder

    found = (module.WRITER for module in _modules(folder))
    return MappingProxyType({writer.name: writer for writer in found})


@cache
def readers() -> Mapping[str, Reader]:
    """All readers by name, in the order of their names."""
    from pressdesk.formats import readers as folder

    found = (module.READER for module in _modules(folder))
    return MappingProxyType({reader.name: reader for reader in found})


def writer(name: str) -> Writer:
    """The writer called ``name``; raises UnknownFormat with the nearest match."""
    try:
        return writers()[name]
    except KeyError:
        raise UnknownFormat(name, writers().keys()) from None


def reader_for(path: Path) -> Reader:
    """The reader for a file by its suffix; raises UnknownFormat for a suffix nobody reads."""
    suffix = path.suffix.lower()
    for reader in readers().values():
        if suffix in reader.suffixes:
            return reader
    raise UnknownFormat(suffix or path.name, [s for r in readers().values() for s in r.suffixes])


def _modules(folder: ModuleType) -> list[ModuleType]:
    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__))
    return [importlib.import_module(f"{folder.__name__}.{name}") for name in names]
