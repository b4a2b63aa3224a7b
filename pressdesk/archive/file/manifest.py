"""The manifest beside a backup: what the file was when it was made, and how far its register."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

import msgspec
from msgspec import Struct

from pressdesk.archive.file.backup import Contents
from pressdesk.archive.file.taking_place import before
from pressdesk.base.errors import BadInput, DeskForeign, ReadFailed, WriteFailed
from pressdesk.base.files import UNREADABLE, atomic_write
from pressdesk.base.i18n import _
from pressdesk.press.register import heads
from pressdesk.press.register.heads import Heads

_LARGEST = 4096
"""Bytes."""


class Manifest(Struct, frozen=True):
    """What is known of a backup without opening it."""

    at: datetime
    """When it was made."""
    contents: Contents
    sha256: str
    """Of the file."""
    proven: bool
    """What was issued in it had its hashes then; False of a mere copy."""
    heads: Heads | None = None
    """None of a desk without a register, or with one that could not be read."""


class _Written(Struct, frozen=True, forbid_unknown_fields=True):
    at: datetime
    contents: Contents
    sha256: str
    proven: bool
    out: str = ""
    desk: str = ""


def beside(file: Path) -> Path:
    """Where the manifest of a backup lies."""
    return file.with_suffix(".json")


def put(file: Path, held: Contents, *, at: datetime, proven: bool = True) -> None:
    """Write the manifest of a backup that has its name; where that fails it has none.

    cost  the file is read once: half a second a gigabyte
    """
    known = before(file).heads
    said = (str(known.out), str(known.desk)) if known else ("", "")
    with suppress(WriteFailed, ReadFailed):
        written = _Written(at, held, _digest(file), proven, *said)
        atomic_write(beside(file), msgspec.json.encode(written), private=True)


def of(file: Path) -> Manifest | None:
    """The manifest of a backup; None where there is none that can be read."""
    try:
        with beside(file).open("rb") as stream:
            found = msgspec.json.decode(stream.read(_LARGEST + 1), type=_Written)
        known = heads.read(found.out, found.desk, found.contents.uid) if found.out else None
    except (msgspec.DecodeError, BadInput, *UNREADABLE):
        return None
    return Manifest(found.at, found.contents, found.sha256, found.proven, known)


def agrees(file: Path, held: Contents) -> bool | None:
    """Whether a backup still holds what its manifest says; None where it has none.

    cost  some milliseconds: the bytes are not read
    """
    said = of(file)
    if said is None:
        return None
    return said.contents == held and said.heads == before(file).heads


def vouch(file: Path) -> None:
    """Raise DeskForeign where a backup has other bytes than its manifest says.

    cost  as ``put``
    """
    said = of(file)
    if said is not None and said.sha256 != _digest(file):
        what = _("The backup “{path}” was changed after it was made.").format(path=file)
        hint = _("Choose another one. If you changed it yourself, restore a copy of the file.")
        raise DeskForeign(what, hint=hint)


def remove(file: Path) -> None:
    """Delete a backup with its manifest."""
    beside(file).unlink(missing_ok=True)  # first: a backup without one still is a backup
    file.unlink(missing_ok=True)


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        what = _("“{path}” could not be read.").format(path=file)
        raise ReadFailed(what, hint=f"{error.strerror}.") from error
