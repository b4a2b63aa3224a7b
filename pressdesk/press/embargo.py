"""When an embargo applies, and which instant a local time means."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.press.release import Embargo


def stands(embargo: Embargo | None, now: datetime) -> bool:
    """True while the release may not leave. ``now`` is aware."""
    return embargo is not None and now < embargo.instant


def zone_of(name: str) -> ZoneInfo:
    """The time zone of an IANA name; raises BadInput for an unknown name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        what = _("There is no time zone called “{name}”.").format(name=name)
        raise BadInput(what, hint=_("Use a name such as Europe/Vienna or UTC.")) from error


def instant(local: datetime, zone: str, *, fold: int | None = None) -> datetime:
    """The UTC instant that a clock on the wall of ``zone`` shows as ``local``.

    local    a naive date and time
    fold     0 for the first, 1 for the second of two equal times when clocks go back
    raises   BadInput for an unknown zone, for a time that is skipped when clocks go
             forward, and for one that occurs twice unless ``fold`` says which is meant
    """
    place = zone_of(zone)
    early, late = (local.replace(tzinfo=place, fold=f) for f in (0, 1))
    if early.astimezone(UTC).astimezone(place).replace(tzinfo=None) != local:
        what = _("{time} does not exist in {zone} on that day: the clocks go forward.")
        raise BadInput(
            what.format(time=f"{local:%H:%M}", zone=zone), hint=_("Choose a time one hour later.")
        )
    if early.utcoffset() != late.utcoffset() and fold is None:
        what = _("{time} occurs twice in {zone} on that day: the clocks go back.")
        raise BadInput(
            what.format(time=f"{local:%H:%M}", zone=zone),
            hint=_("Choose a time one hour earlier or later, or give it in UTC."),
        )
    return (late if fold else early).astimezone(UTC)


def embargo(local: datetime, zone: str, *, fold: int | None = None) -> Embargo:
    """The embargo of a local time; raises as ``instant`` does."""
    return Embargo(instant(local, zone, fold=fold), zone)
