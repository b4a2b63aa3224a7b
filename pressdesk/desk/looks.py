"""Remembers when a desk was last checked, and with what result."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Struct

from pressdesk.base import settings
from pressdesk.base.errors import WriteFailed
from pressdesk.base.files import UNREADABLE, atomic_write, own_folder
from pressdesk.press.register.heads import Anchor

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""Aware: one without a zone is compared with nothing."""


class Checked(Struct, frozen=True):
    """When a desk was last checked, and whether it was sound."""

    at: Instant
    sound: bool
    sound_at: Instant | None = None
    """When it was last found sound; None for never."""
    anchor: Anchor | None = None
    """Where the desk stood then, if it was sound: what a look at the rest goes on from."""


def last_look(uid: str) -> Checked | None:
    """The last check, automatic or requested; None before the first."""
    try:
        return msgspec.json.decode(_file(uid).read_bytes(), type=Checked)
    except (msgspec.DecodeError, *UNREADABLE):
        return None


def last_sound(looked: Checked | None) -> datetime | None:
    """When a desk was last found sound; None for never."""
    if looked is None:
        return None
    return looked.at if looked.sound else looked.sound_at


def note_look(uid: str, now: datetime, *, sound: bool, anchor: Anchor | None = None) -> None:
    """Remember a check of a whole desk, or one that found something; if that fails, the check is
    merely repeated."""
    with suppress(WriteFailed):
        own_folder(_file(uid).parent)
        before = last_look(uid)
        sound_at = now if sound else last_sound(before)
        looked = Checked(now, sound, sound_at, anchor if sound else None)
        atomic_write(_file(uid), msgspec.json.encode(looked), private=True)


def _file(uid: str) -> Path:
    return settings.data_folder() / "checked" / f"{uid}.json"
