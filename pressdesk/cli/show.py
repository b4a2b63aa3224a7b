"""Commands that change nothing: list, show, contacts."""

from __future__ import annotations

from datetime import datetime

import click
import msgspec

from pressdesk.base.address import Address
from pressdesk.cli import desks, output
from pressdesk.cli.desks import EDITION, LANGUAGE
from pressdesk.cli.output import AS_JSON
from pressdesk.desk import contents, exporting, opening, people
from pressdesk.document import codec
from pressdesk.document.tools import plain
from pressdesk.press.filed import Filed
from pressdesk.press.kinds import kinds
from pressdesk.press.listing import LanguageRow, Query, ReleaseRow
from pressdesk.press.release import Contact
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import STATUSES, status_of


def _state(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    if value is not None and value not in STATUSES:
        raise click.BadParameter(f"{value!r} is not one of {', '.join(STATUSES)}.")
    return value or ""


@click.command("list")
@AS_JSON
@click.option("--kind", metavar="K", help="Only this kind, such as statement.")
@click.option(
    "--state", metavar="S", callback=_state, help="Only in this state: draft, issued or embargo."
)
@LANGUAGE
@click.pass_obj
def list_(
    desk: Address | None, as_json: bool, kind: str | None, state: str, language: str | None
) -> None:
    """List the releases of the desk, newest first, one line per language.

    Releases issued under an embargo that has not ended are listed as embargo, not as issued.
    """
    query = Query(kind=_known(kind), state=state, language=language or "")
    now = desks.now()
    with desks.opened(desk) as archive:
        found = contents.editions(archive, query, now=now)
    if as_json:
        output.print_json([_entry(release, row, now) for release, row in found])
    else:
        output.print_rows([_line(release, row, now) for release, row in found])


def _entry(release: ReleaseRow, row: LanguageRow, now: datetime) -> dict[str, object]:
    return {
        "id": release.id,
        "kind": release.kind,
        "title": row.title,
        "language": row.language,
        "date": row.date,
        "state": status_of(row.state, row.embargo_until, now),
    }


def _line(release: ReleaseRow, row: LanguageRow, now: datetime) -> tuple[str, ...]:
    day = row.date.isoformat() if row.date else ""
    state = status_of(row.state, row.embargo_until, now)
    return (str(release.id), row.language, day, release.kind, state, row.title)


def _known(kind: str | None) -> str:
    if kind and kind not in kinds():
        raise click.BadParameter(
            f"{kind!r} is not one of {', '.join(kinds())}.", param_hint="--kind"
        )
    return kind or ""


@click.command()
@click.argument("number", metavar="ID", type=int)
@AS_JSON
@LANGUAGE
@EDITION
@click.pass_obj
def show(
    desk: Address | None, number: int, as_json: bool, language: str | None, edition: int | None
) -> None:
    """Print one release as plain text: as issued or, for a draft, as it reads now."""
    with desks.opened(desk) as archive:
        filed = desks.find(archive, number, language, edition)
        if as_json:
            output.print_json(_everything(archive, filed))
        else:
            output.say(_text(archive, filed), nl=False)


def _text(archive: opening.Desk, filed: Filed) -> str:
    parcel = exporting.ready(archive, filed, now=desks.now())
    return exporting.in_process()("text", parcel).data.decode()


def _everything(archive: opening.Desk, filed: Filed) -> dict[str, object]:
    now = desks.now()
    release, edition = filed.current()
    sheet = exporting.sheet_of(archive, filed, now=now)
    embargo = release.embargo
    return {
        "id": release.id,
        "kind": release.kind,
        "title": edition.title,
        "language": edition.language,
        "date": sheet.date or None,
        "state": state_of_sheet(sheet, now),
        "edition": edition.number,
        "reference": sheet.reference or None,
        "subtitle": edition.subtitle,
        "summary": edition.summary,
        "place": edition.place,
        "embargo": {"until": embargo.instant, "zone": embargo.zone} if embargo else None,
        "issued_at": edition.issued_at,
        "recorded_at": edition.recorded_at,
        "topics": release.topics,
        "fields": dict(edition.fields),
        "contacts": [people.sheet_contact_as_json(one) for one in sheet.contacts],
        "questions": edition.questions,
        "text": plain(sheet.body),
        "notes": edition.notes,
        "body": msgspec.Raw(codec.dumps(edition.body)),
        "sheet": people.sheet_as_json(sheet),
    }


def state_of_sheet(sheet: Sheet, now: datetime) -> str:
    """The state of the edition printed on this sheet, in the word that lists use."""
    until = datetime.fromisoformat(sheet.embargo_until) if sheet.embargo_until else None
    return status_of(sheet.state, until, now)


@click.command()
@AS_JSON
@click.pass_obj
def contacts(desk: Address | None, as_json: bool) -> None:
    """List the contacts of the desk."""
    with desks.opened(desk) as archive:
        house, found = people.known(archive)
    language = house.languages[0]
    if as_json:
        output.print_json([_person(contact, language) for contact in found])
    else:
        output.print_rows([_person_line(contact, language) for contact in found])


def _person(contact: Contact, language: str) -> dict[str, object]:
    from pressdesk.desk import people

    return {
        "id": contact.id,
        "name": contact.name.into(language),
        "role": contact.role.into(language),
        "organisation": contact.organisation.into(language),
        **people.ways_as_json(contact.ways, language),
        "public": contact.public,
        "retired": contact.retired,
    }


def _person_line(contact: Contact, language: str) -> tuple[str, ...]:
    ways = ", ".join(way.printed for way in contact.ways)
    name, role = contact.name.into(language), contact.role.into(language)
    return (str(contact.id), name, role, ways)
