"""Deeds of the register in words, and in their place among the revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.base.errors import UnknownFormat
from pressdesk.base.i18n import _, interface, word
from pressdesk.desk.clock import SLIGHT
from pressdesk.press.filed import DeedInfo, RevisionInfo
from pressdesk.press.leaving import Early, WayOut
from pressdesk.press.register.deeds import Deed, Record, row_of


class DeedTold(Struct, frozen=True):
    """A deed in words."""

    deed: DeedInfo
    words: str
    """A sentence in the language of the interface; "" for what nobody is told."""
    edition: int
    """The number of the edition it stands with."""


def told(one: DeedInfo, zone: tzinfo) -> DeedTold:
    """A deed in words; ``zone`` is that of the desk. Cost: some milliseconds the first time."""
    words = _words(one, zone)
    if words and one.said:
        words = _("{deed}: {why}").format(deed=words, why=one.said)
    return DeedTold(one, words, one.edition)


def _words(one: DeedInfo, zone: tzinfo) -> str:
    record = one.record
    if record is None:
        return _("An entry of the register that was damaged or altered")
    details = dict(record.details)
    kind = record.deed
    match kind:
        case Deed.ISSUED | Deed.RECORDED if record.afterwards:
            return _("Issued before the desk had a register")
        case Deed.ISSUED if record.reference:
            return _("Issued as {reference}").format(reference=record.reference)
        case Deed.EXPORTED:
            return _left(record, details)
        case Deed.RESTORED:
            return _("The desk was restored from a backup")
        case Deed.MOVED:
            if details.get("to") == "server":
                return _("The desk was moved to a server")
            return _("The desk was moved from a server to a file")
        case Deed.CLOCK:
            return _set_back(details, zone)
        case Deed.REPAIRED if details.get("what"):
            return _("{deed}: {why}").format(deed=row_of(kind).label(), why=details["what"])
        case Deed.ISSUED | Deed.RECORDED | Deed.BLANK | Deed.UNDONE | Deed.REPAIRED:
            return row_of(kind).label()
        case _:
            assert_never(kind)


def _left(record: Record, details: Mapping[str, str]) -> str:
    """As what, how and why too early a text left."""
    try:
        way, early = WayOut(details["way"]), Early(details["early"])
    except (KeyError, ValueError):  # of a newer version
        return row_of(Deed.EXPORTED).label()
    match way:
        case WayOut.EXPORTED:
            draft = _("Draft exported as {format}")
            held = _("Exported as {format} before the embargo ended")
        case WayOut.PRINTED:
            draft, held = _("Draft printed"), _("Printed before the embargo ended")
        case WayOut.BROWSED:
            draft = _("Draft opened in the browser")
            held = _("Opened in the browser before the embargo ended")
        case _:
            assert_never(way)
    match early:
        case Early.DRAFT:
            words = draft
        case Early.EMBARGO:
            words = held
        case _:
            assert_never(early)
    words = words.format(format=_format(details.get("format", "")))
    if early is Early.EMBARGO and _over(record, details):
        return _("{deed} (it has ended if the clock was right)").format(deed=words)
    return words


def _over(record: Record, details: Mapping[str, str]) -> bool:
    """The embargo had ended by the clock, which was not believed."""
    try:
        until, noted = (datetime.fromisoformat(at) for at in (details["until"], record.noted))
        return until <= noted
    except (KeyError, ValueError, TypeError):
        return False


def _format(name: str) -> str:
    from pressdesk.formats import registry

    try:
        return word(registry.form(name).label, interface())
    except UnknownFormat:
        return name


def _set_back(details: Mapping[str, str], zone: tzinfo) -> str:
    try:
        before, now = (datetime.fromisoformat(details[name]) for name in ("before", "now"))
        if before - now < SLIGHT:
            return ""
    except (KeyError, ValueError, TypeError):
        return row_of(Deed.CLOCK).label()
    words = _("The clock was set back from {before} to {now}")
    at = (f"{one.astimezone(zone):%Y-%m-%d %H:%M}" for one in (before, now))
    return words.format(before=next(at), now=next(at))


# --- among the revisions


def in_order(
    found: Sequence[RevisionInfo], deeds: Sequence[DeedTold]
) -> tuple[RevisionInfo | DeedTold, ...]:
    """Both, the newest first, each deed with its edition; revisions in the order they came in.

    A deed of the whole desk stands with the newest edition that was begun by then.
    """
    begun = {one.edition: one.at for one in found}  # the oldest of an edition comes last
    placed: dict[int, list[DeedTold]] = {number: [] for number in begun}
    for one in deeds:
        whose = one.edition
        if whose not in begun:
            earlier = (number for number, at in begun.items() if at <= one.deed.at)
            whose = next(earlier, min(begun, default=0))
        placed.setdefault(whose, []).append(replace(one, edition=whose))
    return tuple(
        entry
        for number, some in placed.items()
        for entry in _merged([one for one in found if one.edition == number], some)
    )


def _merged(
    found: Sequence[RevisionInfo], deeds: Sequence[DeedTold]
) -> Iterator[RevisionInfo | DeedTold]:
    waiting = list(deeds)
    for one in found:
        while waiting and waiting[0].deed.at > one.at:
            yield waiting.pop(0)
        yield one
    yield from waiting
