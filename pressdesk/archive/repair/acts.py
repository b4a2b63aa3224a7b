"""What a repair does: one row or some, made again from a source that proves itself."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from pressdesk.archive.file.texts import Fault, Part


class Source(StrEnum):
    """What something is put back from."""

    SEALED = "sealed"
    """The last revision of an issued edition, which says what its sealed sheet says."""
    REVISION = "revision"
    """The last revision of a draft, or of what the languages of a release share."""
    HASH = "hash"
    """What is stored beside it, and has the hash that it must have."""
    REGISTER = "register"
    """An entry of the register."""
    TREE = "tree"
    """The entries of the register: a node above, or a checkpoint, vouches for them."""
    TWICE = "twice"
    """Nothing: the same is stored where it belongs."""
    BACKUP = "backup"
    """A backup of the same desk, which has the hash or the entry that this one has."""


class Act(Struct, frozen=True):
    """One thing that is put back."""

    part: Part
    where: str
    """What it is, as faults name it: "edition 4", "release 2", "revision 7", "out 12"."""
    what: tuple[str, ...]
    """The members that change; () where it is not there at all."""
    source: Source
    edition: str = ""
    """The uid of the edition, for the register."""
    name: str = ""
    """What a person calls it: its reference or title, and its language."""


class Plan(Struct, frozen=True):
    """What a repair would do now."""

    acts: tuple[Act, ...] = ()
    left: tuple[Fault, ...] = ()
    """What stays as it is: there is no source that proves itself."""
