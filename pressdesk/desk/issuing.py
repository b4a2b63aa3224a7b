"""Issues an edition, records a past one, and finds what prevents it."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pressdesk.base.errors import BadInput, IssueRefused
from pressdesk.base.i18n import _
from pressdesk.desk import changes, clock, people, witness
from pressdesk.desk.changes import Changes
from pressdesk.press.questions import in_words
from pressdesk.press.release import Contact, Edition, Release

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressdesk.archive.file.desk_file import Archive
    from pressdesk.desk.people import People
    from pressdesk.press.checks import Finding
    from pressdesk.press.filed import Filed

_ANSWERED_BY_A_DATE = frozenset({"date", "year"})

LONGEST_REASON = 500
"""Characters of a reason to issue although something is open, or to export before its time."""


def contacts_of(archive: Archive, edition: Edition) -> tuple[Contact, ...]:
    """The edition's contacts from the current list, in printing order."""
    known = {contact.id: contact for contact in archive.contacts.all()}
    return tuple(known[number] for number in edition.contacts if number in known)


def findings(
    archive: Archive, release: Release, edition: Edition, *, now: datetime, record: bool = False
) -> tuple[Finding, ...]:
    """What is wrong or doubtful about the edition, errors first."""
    from pressdesk.press.checks import check

    contacts = contacts_of(archive, edition)
    found = check(release, edition, contacts, now=now, record=record)
    return (*found, *_clock(archive, now))


def _clock(archive: Archive, now: datetime) -> Iterator[Finding]:
    """What is issued bears the time of a clock that stands before what was done already."""
    from pressdesk.press.checks import Finding

    last = archive.deeds.last()
    if last is not None and last - now > clock.SLIGHT:
        words = _(
            "This computer’s clock shows {now}, but the last entry of the register is of {last}."
            " Set it right first: what is issued bears its time."
        )
        told = words.format(now=clock.shown(now), last=clock.shown(last))
        yield Finding("warning", told, "clock")


def examine(
    archive: Archive, release: Release, edition: Edition, *, now: datetime
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], People]:
    """What is found if it is issued now, if it is recorded as of its date, and what with.

    Without a date the day it is now is taken: the person is asked for one.
    """
    fresh = findings(archive, release, edition, now=now)
    dated = on_day(edition, edition.date or now.date())
    past = findings(archive, release, dated, now=now, record=True)
    return fresh, past, people.known(archive)


def issue(
    archive: Archive,
    release: Release,
    edition: Edition,
    *,
    now: datetime,
    uid: str = "",
    despite: str = "",
    noted: bool = True,
    sure: datetime | None = None,
) -> tuple[Filed, Changes]:
    """Issue the edition as it reads here, now: it gets its reference and never changes again.

    sure     by when its embargo has to have ended, to be none; None takes ``now``
    uid      the same for every attempt: an edition is issued once, also when an answer was lost
    despite  why it goes out although an import left something open; the history keeps it, with
             what was open, as the note of the revision that went out
    noted    False for one of many, after the last of which the ``witness`` is told
    raises   IssueRefused, naming each error and open question, when a check forbids it or it
             is issued already; EditConflict when another saved first; BadInput for a reason
             longer than LONGEST_REASON. Nothing is changed then.
    """
    _refuse(edition, findings(archive, release, edition, now=now), despite)
    done = _issue(
        archive, release, edition, now=now, recorded=False, uid=uid, despite=despite, sure=sure
    )
    if noted:
        witness.as_it_is(archive, now=now)
    return done


def record_as_issued(
    archive: Archive,
    release: Release,
    edition: Edition,
    *,
    on: date | None,
    now: datetime,
    uid: str = "",
    despite: str = "",
) -> tuple[Filed, Changes]:
    """Take a past item in as issued on its own day, marked as recorded now.

    on      the day it was issued; None takes the date the edition bears.
    raises  as ``issue`` does; IssueRefused also without a full date or for one to come.
    """
    dated = on_day(edition, on) if on else edition
    _refuse(dated, findings(archive, release, dated, now=now, record=True), despite)
    done = _issue(archive, release, dated, now=now, recorded=True, uid=uid, despite=despite)
    witness.as_it_is(archive, now=now)
    return done


def on_day(edition: Edition, day: date) -> Edition:
    """The edition with its day, which answers what an import asked of it."""
    left = tuple(q for q in edition.questions if q not in _ANSWERED_BY_A_DATE)
    return replace(edition, date=day, questions=left)


def _issue(
    archive: Archive,
    release: Release,
    edition: Edition,
    *,
    now: datetime,
    recorded: bool,
    uid: str,
    despite: str,
    sure: datetime | None = None,
) -> tuple[Filed, Changes]:
    from pressdesk.press.compose import compose

    note = ""
    if edition.questions and despite.strip():
        note = _("Open questions from the import: {list}").format(list=in_words(edition.questions))
        because = _("Reason: {reason}").format(reason=reason(despite))
        note = f"{note} {because}"
    made = partial(compose, now=sure or now)
    filed = archive.releases.issue(
        release, edition, made, at=now, recorded=recorded, uid=uid, note=note
    )
    return filed, changes.whole(release.id)


def reason(typed: str) -> str:
    """A reason on one line, "" for none; raises BadInput for one longer than LONGEST_REASON."""
    said = " ".join(typed.split())
    if len(said) > LONGEST_REASON:
        what = _("The reason is longer than {n} characters.").format(n=LONGEST_REASON)
        raise BadInput(what, hint=_("Keep it to a sentence or two."))
    return said


def _refuse(edition: Edition, found: Sequence[Finding], despite: str) -> None:
    from pressdesk.press.checks import refusing

    title = edition.title_or_placeholder(_("Untitled"))
    if edition.state.out:
        what = _("“{title}” has already been issued.").format(title=title)
        raise IssueRefused(what, hint=_("To change it, make a new edition."))
    stop = refusing(found, despite=despite)
    if stop:
        what = _("“{title}” cannot be issued.").format(title=title)
        if all(finding.severity == "question" for finding in stop):
            what = _("“{title}” cannot be issued while questions are open.").format(title=title)
        raise IssueRefused(what, hint=" ".join(finding.what for finding in stop))
