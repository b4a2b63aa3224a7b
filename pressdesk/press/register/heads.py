"""How far both books of a register had come, and what became of them since."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from pressdesk.press.register.checkpoint import Checkpoint


class Heads(Struct, frozen=True):
    """A checkpoint of each book, of the same moment."""

    out: Checkpoint
    desk: Checkpoint


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
