"""How far both books of a register had come, and what became of them since."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.press.register.checkpoint import Checkpoint, origin, parsed
from pressdesk.press.register.deeds import Book

_Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class Heads(Struct, frozen=True):
    """A checkpoint of each book, of the same moment."""

    out: Checkpoint
    desk: Checkpoint


def read(out: str, desk: str, uid: str) -> Heads:
    """The heads of this desk, as they were written down; raises BadInput for anything else."""
    heads = Heads(parsed(out), parsed(desk))
    of = heads.out.origin, heads.desk.origin
    if of != (origin(uid, Book.OUT), origin(uid, Book.DESK)):
        raise BadInput(_("These are checkpoints of another desk."))
    return heads


class Anchor(Struct, frozen=True):
    """Where a desk stood when a check of all of it began: what came later has higher numbers."""

    heads: Heads
    revision: _Id
    """The last there was; also of the others."""
    edition: _Id
    batch: _Id
    """Of imports."""

    def head(self, book: Book) -> Checkpoint:
        """Of one of the books."""
        return self.heads.out if book is Book.OUT else self.heads.desk


class Course(StrEnum):
    """What a register did since its heads were last seen."""

    ON = "on"
    """It goes on from there, or stands there still."""
    RESTORED = "restored"
    """A backup took its place, and it says so."""
    BACK = "back"
    """It is shorter than it was."""
    REWRITTEN = "rewritten"
    """It is as long or longer, and begins otherwise."""
