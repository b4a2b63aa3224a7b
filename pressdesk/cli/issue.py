"""The command that issues a release and prints its findings: issue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click

from pressdesk.base.address import Address
from pressdesk.base.errors import IssueRefused
from pressdesk.cli import desks, output
from pressdesk.cli.desks import EDITION, LANGUAGE
from pressdesk.cli.output import AS_JSON
from pressdesk.cli.show import state_of_sheet
from pressdesk.desk import clock, exporting, issuing, opening
from pressdesk.press.checks import Finding, refusing
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release


def reason(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    """A reason in words, "" for none; a callback of an option."""
    if value is None:
        return ""
    if not value.isprintable() or not any(map(str.isalpha, value)):
        raise click.BadParameter("Give a reason, in words.")
    return value


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.option("--on", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Record as issued.")
@click.option(
    "--despite",
    metavar="REASON",
    callback=reason,
    help="Issue despite open questions from an import; REASON is kept in the history.",
)
@AS_JSON
@LANGUAGE
@EDITION
@click.pass_obj
def issue(
    desk: Address | None,
    number: int,
    on: datetime | None,
    despite: str,
    as_json: bool,
    language: str | None,
    edition: int | None,
) -> None:
    """Issue a draft now or, with --on, record it as issued on a past day.

    Findings of the checks are printed. Errors prevent issuing; so do open questions from an
    import, until they are answered or a reason is given.
    """
    now, day = desks.now(), on.date() if on else None
    with desks.opened(desk, to_write=True) as archive:
        filed = desks.find(archive, number, language, edition)
        release, draft = filed.current()
        found = _findings(archive, release, draft, day, now)
        try:
            done = _issued(archive, release, draft, day, now, despite)
        except IssueRefused as error:
            if as_json:
                stands = state_of_sheet(exporting.sheet_of(archive, filed, now=now), now)
                output.print_json(_entry(release, draft, found, stands))
            _tell(found, refused=True, despite=despite)
            raise _with_a_way_out(error, found, despite) from error
        state = state_of_sheet(exporting.sheet_of(archive, done, now=now), now)
    if as_json:
        output.print_json(_entry(done.release, done.edition, found, state))
    else:
        output.say(done.release.reference or str(done.release.id))
    _tell(found, refused=False, despite=despite)


def _findings(
    archive: opening.Desk, release: Release, draft: Edition, day: date | None, now: datetime
) -> tuple[Finding, ...]:
    """What the checks say of a draft as it would go out."""
    if draft.state.out:
        return ()
    text = issuing.on_day(draft, day) if day else draft
    return issuing.findings(archive, release, text, now=now, record=day is not None)


def _issued(
    archive: opening.Desk,
    release: Release,
    draft: Edition,
    day: date | None,
    now: datetime,
    despite: str,
) -> Filed:
    if day is None:
        sure = clock.of(archive, now=now).sure(now)
        return issuing.issue(archive, release, draft, now=now, despite=despite, sure=sure)[0]
    done, _changes = issuing.record_as_issued(
        archive, release, draft, on=day, now=now, despite=despite
    )
    return done


def _entry(
    release: Release, edition: Edition, found: Sequence[Finding], state: str
) -> dict[str, object]:
    return {
        "id": release.id,
        "language": edition.language,
        "edition": edition.number,
        "reference": release.reference or None,
        "state": state,
        "findings": [
            {"severity": one.severity, "where": one.where, "what": one.what} for one in found
        ],
    }


def _tell(found: Sequence[Finding], *, refused: bool, despite: str) -> None:
    """Print one line per finding; those that prevent issuing are in the error message."""
    stop = refusing(found, despite=despite) if refused else ()
    for one in found:
        if one not in stop:
            output.say(f"{one.severity}: {one.what}", err=True)


def _with_a_way_out(error: IssueRefused, found: Sequence[Finding], despite: str) -> IssueRefused:
    """The error, with a hint on open questions for the shell."""
    if not any(one.severity == "question" for one in refusing(found, despite=despite)):
        return error
    way = "Answer them in the window, or give a reason for issuing anyway: --despite REASON."
    return type(error)(error.what, hint=f"{error.hint} {way}")
