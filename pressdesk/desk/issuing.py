"""Issuing an edition, recording a past one, and what stands in the way."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pressdesk.base.errors import IssueRefused
from pressdesk.base.i18n import _
from pressdesk.desk import changes
from pressdesk.desk.changes import Changes
from pressdesk.press.release import Contact, Edition, Release, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressdesk.archive.desk_file import Archive
    from pressdesk.press.checks import Finding
    from pressdesk.press.filed import Filed

_ANSWERED_BY_A_DATE = frozenset({"date", "year"})


def contacts_of(archive: Archive, edition: Edition) -> tuple[Contact, ...]:
    """The edition's contacts as they are in the list today, in printing order."""
    known = {contact.id: contact for contact in archive.contacts.all()}
    return tuple(known[number] for number in edition.contacts if number in known)


def findings(
    archive: Archive, release: Release, edition: Edition, *, now: datetime, record: bool = False
) -> tuple[Finding, ...]:
    """What is wrong or doubtful about the edition, errors first."""
    from pressdesk.press.checks import check

    contacts = contacts_of(archive, edition)
    return check(release, edition, contacts, now=now, record=record)


def issue(
    archive: Archive, release: Release, edition: Edition, *, now: datetime, uid: str = ""
) -> tuple[Filed, Changes]:
    """Issue the edition as it reads here, now: it gets its reference and never changes again.

    uid     the same for every attempt: an edition is issued once, also when an answer was lost
    raises  IssueRefused, naming each error, when a check forbids it or it is issued already;
            EditConflict when another saved first. Nothing is changed then.
    """
    _refuse(edition, findings(archive, release, edition, now=now))
    return _issue(archive, release, edition, now=now, recorded=False, uid=uid)


def record_as_issued(
    archive: Archive,
    release: Release,
    edition: Edition,
    *,
    on: date | None,
    now: datetime,
    uid: str = "",
) -> tuple[Filed, Changes]:
    """Take a past item in as issued on its own day, marked as recorded now.

    on      the day it was issued; None takes the date the edition bears.
    raises  IssueRefused as ``issue`` does, also without a full date or for one to come.
    """
    dated = edition
    if on:
        left = tuple(q for q in edition.questions if q not in _ANSWERED_BY_A_DATE)
        dated = replace(edition, date=on, questions=left)
    _refuse(dated, findings(archive, release, dated, now=now, record=True))
    return _issue(archive, release, dated, now=now, recorded=True, uid=uid)


def _issue(
    archive: Archive,
    release: Release,
    edition: Edition,
    *,
    now: datetime,
    recorded: bool,
    uid: str,
) -> tuple[Filed, Changes]:
    from pressdesk.press.compose import compose

    filed = archive.releases.issue(
        release, edition, partial(compose, now=now), at=now, recorded=recorded, uid=uid
    )
    return filed, changes.of(release.id)


def _refuse(edition: Edition, found: Sequence[Finding]) -> None:
    title = edition.title_or_placeholder(_("Untitled"))
    if edition.state is State.ISSUED:
        what = _("“{title}” is issued already.").format(title=title)
        raise IssueRefused(what, hint=_("Make a new edition to change it."))
    errors = [finding.what for finding in found if finding.severity == "error"]
    if errors:
        what = _("“{title}” cannot be issued.").format(title=title)
        raise IssueRefused(what, hint=" ".join(errors))
