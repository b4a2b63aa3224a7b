"""Discovers every reader and writer in the two folders next to this file.

To add a format, drop one module into ``readers/`` or ``writers/``. Menus, file dialogs,
the command line and the contract tests pick it up from here; nothing else is edited.
What a writer is called is read from the last statement of its module: the export dialog and
``--to`` name every format, and no PDF or template library is imported for it.
"""

from __future__ import annotations

import ast
import importlib.util
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.abc import InspectLoader
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from msgspec import Struct

from pressdesk.base.errors import Incomplete, UnknownFormat
from pressdesk.base.i18n import _
from pressdesk.document.nodes import Document
from pressdesk.formats.readback.passages import Readback
from pressdesk.press.release import Way
from pressdesk.press.sheet import Sheet


@dataclass(slots=True)
class Context:
    """What a format may know of its surroundings; contains no clock."""

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
class Format:
    """A format that can be exported; known before its writer is imported."""

    name: str
    """What the shell and the settings call it."""
    label: str
    """What a person reads, in English; shown through ``word``."""
    suffix: str
    """With its dot, in lower case."""
    media_type: str


@dataclass(frozen=True, slots=True)
class Writer(Format):
    """One way out. ``write`` is pure: the same sheet and context give the same bytes.

    A writer's module ends in ``WRITER = Writer(...)``, everything but its functions
    given by name and spelled out.
    """

    write: Callable[[Sheet, Context], bytes]
    readback: Readback
    """How its files are read again: each is compared with its sheet before it leaves."""
    framed: Callable[[Sheet, Context], bool] | None = None
    """Whether a template of the office sets the text; None where no format of ours can say more."""


class FoundContact(Struct, frozen=True):
    """A press contact found in a text; any part may be ""."""

    name: str
    role: str
    ways: tuple[Way, ...] = ()


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


class ReadDrafts(Struct, frozen=True):
    """All a reader made of one file. Every paragraph of it is in one draft or in ``removed``."""

    drafts: tuple[Draft, ...] = ()
    removed: tuple[Removed, ...] = ()
    encoding: str = "utf-8"
    remarks: tuple[str, ...] = ()
    """Plain sentences about guesses the person should see, such as the encoding."""


@dataclass(frozen=True, slots=True)
class Reader:
    """An input format. ``read`` raises ReadFailed for bytes that are not in that format."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, Context], ReadDrafts]


@cache
def formats() -> Mapping[str, Format]:
    """All formats that can be exported by name, in the order of their names.

    raises  Incomplete when there is none, or a module of the folder declares none
    cost    reads the modules of the folder, some 2 ms the first time; imports none of them
    """
    return MappingProxyType({name: found for name, (_module, found) in _declared().items()})


def form(name: str) -> Format:
    """The format called ``name``; raises UnknownFormat with the nearest match, Incomplete."""
    try:
        return formats()[name]
    except KeyError:
        raise UnknownFormat(name, formats().keys()) from None


@cache
def writer(name: str) -> Writer:
    """The writer called ``name``; raises UnknownFormat with the nearest match, Incomplete.

    cost  imports its module the first time
    """
    module, _form = _declared()[form(name).name]
    found = importlib.import_module(module).WRITER
    assert isinstance(found, Writer)
    return found


def writers() -> Mapping[str, Writer]:
    """All writers by name, in the order of their names; raises Incomplete, imports them all."""
    return MappingProxyType({name: writer(name) for name in formats()})


@cache
def readers() -> Mapping[str, Reader]:
    """All readers by name, in the order of their names; raises Incomplete when there is none."""
    from pressdesk.formats import readers as folder

    found = (importlib.import_module(name).READER for name in _modules(folder))
    return MappingProxyType({reader.name: reader for reader in found})


def reader_for(path: Path) -> Reader:
    """The reader for a file by its suffix; raises UnknownFormat for an unknown suffix."""
    suffix = path.suffix.lower()
    for reader in readers().values():
        if suffix in reader.suffixes:
            return reader
    raise UnknownFormat(suffix or path.name, [s for r in readers().values() for s in r.suffixes])


def _modules(folder: ModuleType) -> list[str]:
    """Full names of the modules of a folder, sorted; raises Incomplete when there is none."""
    found = sorted(info.name for info in pkgutil.iter_modules(folder.__path__))
    if not found:
        raise _incomplete(_("There are no modules in {folder}."), folder=folder.__name__)
    return [f"{folder.__name__}.{name}" for name in found]


@cache
def _declared() -> Mapping[str, tuple[str, Format]]:
    """The module of each format, and what it declares, by the format's name."""
    from pressdesk.formats import writers as folder

    found: dict[str, tuple[str, Format]] = {}
    for module in _modules(folder):
        says = _declaration(module)
        if says.name in found:
            what = _("{module} and {other} are both called “{name}”.")
            other = found[says.name][0]
            raise _incomplete(what, module=module, other=other, name=says.name)
        found[says.name] = module, says
    return MappingProxyType(dict(sorted(found.items())))


_BEGIN = "WRITER = Writer("
_MADE = ("write", "readback", "framed")
"""What a declaration names that is no text."""


def _declaration(module: str) -> Format:
    """What ``WRITER = Writer(...)`` at the end of a module says, read and not run."""
    try:
        # The last statement is all that is parsed: the whole of a writer takes milliseconds.
        _before, _begin, end = _source(module).rpartition(f"\n{_BEGIN}")
        match ast.parse(_BEGIN + end).body[0]:
            case ast.Assign(value=ast.Call(keywords=given)):
                said = {str(one.arg): one.value for one in given if one.arg not in _MADE}
                texts: dict[str, Any] = {n: ast.literal_eval(value) for n, value in said.items()}
                if all(isinstance(text, str) for text in texts.values()):
                    return _read_back(module, Format(**texts), given)
    except (SyntaxError, ValueError, TypeError) as error:
        raise _no_writer(module) from error
    raise _no_writer(module)


def _read_back(module: str, found: Format, given: list[ast.keyword]) -> Format:
    """The format, if its declaration says how its files are read back."""
    if any(one.arg == "readback" for one in given):
        return found
    raise _incomplete(_("{module} does not say how its files are read back."), module=module)


def _source(module: str) -> str:
    """The text of a module; raises ValueError where only its compiled form is there."""
    spec = importlib.util.find_spec(module)
    loader = spec.loader if spec is not None else None
    text = loader.get_source(module) if isinstance(loader, InspectLoader) else None
    if text is None:
        raise ValueError(module)
    return text


def _no_writer(module: str) -> Incomplete:
    return _incomplete(_("{module} does not end in WRITER = Writer(...)."), module=module)


def _incomplete(what: str, **names: str) -> Incomplete:
    return Incomplete(
        what.format(**names), hint=_("This copy of PressDesk is incomplete: reinstall it.")
    )
