"""Repair of what is not derived: what would be done, in words, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pressdesk.base.i18n import _
from pressdesk.desk import care, witness

if TYPE_CHECKING:
    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.archive.repair.acts import Act
    from pressdesk.archive.repair.acts import Plan as Plan
    from pressdesk.press.register.heads import Heads

Told = Callable[[str], None]


def plan(archive: Archive, *, file: Path | None, told: Told = lambda _part: None) -> Plan:
    """What would be put back of the texts, the register and the pictures; nothing is changed.

    file    a backup to take from what the desk itself does not prove any more
    told    called with each part that is looked at
    raises  as ``archive.repair.repairing.plan``
    """
    from pressdesk.archive.repair import repairing

    return repairing.plan(archive, file=file, seen=_seen(archive), told=told)


def repair(
    archive: Archive,
    planned: Plan,
    *,
    file: Path | None,
    now: datetime,
    told: Told = lambda _part: None,
) -> Path:
    """Copy the desk as it is, then do what was planned; returns where the copy lies.

    raises  as ``archive.repair.repairing.repair``; DeskFull, WriteFailed where there is no room
            for the copy: nothing is changed then
    """
    from pressdesk.archive.repair import repairing

    copy = care.keep_damaged(archive.path, archive.uid, now=now)
    repairing.repair(archive, planned, now=now, file=file, seen=_seen(archive), told=told)
    return copy


def _seen(archive: Archive) -> Heads | None:
    last = witness.last(archive.uid)
    return last.heads if last is not None else None


def line(act: Act) -> str:
    """One thing that would be done, as a person reads it."""
    of = f" ({act.name})" if act.name else ""
    what = ", ".join(act.what) or _("all of it")
    return f"{act.where}{of}: {what}; {_source(act.source)}"


def _source(source: str) -> str:
    return {
        "sealed": _("from its last revision, which matches the sealed sheet"),
        "revision": _("from its last revision"),
        "hash": _("from what is stored beside it and has its hash"),
        "register": _("from its entry in the register"),
        "tree": _("computed from the entries of the register"),
        "twice": _("deleted, as the same is stored where it belongs"),
        "backup": _("from the backup, which has the same hash"),
    }[source]
