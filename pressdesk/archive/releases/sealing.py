"""Issues an edition: reference, sheet and state in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, insert, select, update

from pressdesk.archive.rows import contacts, filing, houses, register, revisions
from pressdesk.archive.rows.register import Entry
from pressdesk.archive.store import dialects, values
from pressdesk.archive.store.tables import counter, edition, issued, release
from pressdesk.base.errors import BadInput, IssueRefused
from pressdesk.base.i18n import _
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.numbering import reference
from pressdesk.press.release import Contact, Edition, Release
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State

Compose = Callable[[Release, Edition, House, tuple[Contact, ...]], Sheet]


def issue(
    connection: Connection,
    saved: Filed,
    compose: Compose,
    at: datetime,
    *,
    recorded: bool,
    uid: str = "",
    note: str = "",
) -> Filed:
    """Freeze an edition that is saved already. Everything or nothing: the caller commits.

    note    what the history says of it besides
    raises  IssueRefused for one issued before, or recorded without its full date
    """
    if saved.edition.state.out:
        what = _("“{title}” has already been issued.").format(title=saved.edition.title)
        raise IssueRefused(what, hint=_("To change it, make a new edition."))
    house = houses.load(connection)
    text = dated(saved.edition, house, at, recorded=recorded)
    parent = saved.release
    if not recorded and not parent.reference:
        parent = numbered(connection, parent, house, at)
    people = contacts.named(connection, text.contacts)
    sheet = compose(parent, text, house, people)
    freeze(connection, parent, text, sheet, house, uid=uid, note=note)
    return Filed(parent, text)


def refuse_unsaved_embargo(connection: Connection, given: Release, saved: Filed) -> None:
    """An embargo typed in one language holds for all, also before it is saved there.

    raises  IssueRefused when the newest unsaved change of the release has another embargo, or
            one that was begun before the last save of it has one
    """
    row = filing.shared_row(connection, saved)
    newest = () if row is None or row.edition_id == saved.edition.id else (row,)
    waiting = [values.unpack_kept(one.data, one.sha256)[0].embargo for one in newest]
    # Somebody may have typed it while somebody else saved the topics: nobody was asked yet.
    began = filing.older_rows(connection, saved)
    older = [values.unpack_kept(one.data, one.sha256)[0].embargo for one in began]
    waiting += [one for one in older if one is not None]
    if any(one != given.embargo for one in waiting):
        what = _("The embargo was changed in another language of this release but not saved there.")
        raise IssueRefused(what, hint=_("Save it there first, then issue this one."))


def dated(text: Edition, house: House, at: datetime, *, recorded: bool) -> Edition:
    """The edition as issued. A past item is issued at the start of its day.

    raises  IssueRefused when a past item has no full date
    """
    if not recorded:
        return replace(
            text, state=State.ISSUED, issued_at=at.astimezone(UTC), version=text.version + 1
        )
    if text.date is None:
        what = _("“{title}” has no full date and cannot be recorded as issued.")
        raise IssueRefused(
            what.format(title=text.title or _("Untitled")),
            hint=_("Enter the day it was published, or keep it as a draft."),
        )
    midnight = datetime.combine(text.date, time(), tzinfo=zone_of(house.zone))
    return replace(
        text,
        state=State.ISSUED,
        issued_at=midnight.astimezone(UTC),
        recorded_at=at.astimezone(UTC),
        version=text.version + 1,
    )


def numbered(connection: Connection, parent: Release, house: House, at: datetime) -> Release:
    """Give a release the next free reference of the year, without gaps.

    The counter moves in the transaction that issues: rolled back with it, and no other
    writer can read it meanwhile. References that past items brought along are passed over.
    """
    pattern = house.reference_pattern
    year = at.astimezone(zone_of(house.zone)).year
    for n in range(_last(connection, pattern, year) + 1, 1_000_000):
        name = reference(pattern, year=year, n=n, kind=parent.kind)
        taken = select(release.c.id).where(release.c.reference == name)
        if connection.execute(taken).first() is None:
            _count(connection, pattern, year, n)
            return _named(connection, parent, name)
    what = _("There are no free references left for {year}.").format(year=year)
    raise BadInput(what, hint=_("Change the reference pattern in the house style."))


def _series(pattern: str, year: int) -> int:
    """A pattern without the year counts on for ever, so that no number comes twice."""
    return year if "{year" in pattern else 0


def _last(connection: Connection, pattern: str, year: int) -> int:
    query = select(counter.c.n).where(counter.c.year == _series(pattern, year))
    return connection.execute(query).scalar() or 0


def _count(connection: Connection, pattern: str, year: int, n: int) -> None:
    row = dialects.upsert(connection, counter).values(year=_series(pattern, year), n=n)
    connection.execute(row.on_conflict_do_update(index_elements=["year"], set_={"n": n}))


def _named(connection: Connection, parent: Release, name: str) -> Release:
    version = parent.version + 1
    connection.execute(
        update(release).where(release.c.id == parent.id).values(reference=name, version=version)
    )
    return replace(parent, reference=name, version=version)


def freeze(
    connection: Connection,
    parent: Release,
    text: Edition,
    sheet: Sheet,
    house: House,
    *,
    uid: str = "",
    note: str = "",
) -> None:
    """Store the sheet with the house style, take the last revision and close the edition."""
    finished(sheet)
    row = sheet_row(text, sheet, house)
    connection.execute(insert(issued).values(row))
    register.enter(connection, (sealed_entry(text, sheet, row, _before(connection, text)),))
    said = _("Recorded as issued") if text.recorded_at else _("Issued")
    assert text.issued_at is not None
    at = text.recorded_at or text.issued_at
    revisions.put(connection, parent, text, at, note=f"{said}. {note}" if note else said, uid=uid)
    day = text.date or text.issued_at.astimezone(zone_of(house.zone)).date()
    columns = issued_columns(text, until(sheet)) | {"sort_date": day}
    connection.execute(update(edition).where(edition.c.id == text.id).values(columns))


def issued_columns(text: Edition, until: datetime | None) -> dict[str, Any]:
    """What changes in the row of an edition once it is issued."""
    return {
        "state": text.state.value,
        "issued_at": text.issued_at,
        "recorded_at": text.recorded_at,
        "embargo_at": until,
        "version": text.version,
    }


def finished(sheet: Sheet) -> None:
    """Raise IssueRefused for the sheet of a draft."""
    if not sheet.state.out:
        raise IssueRefused(
            _("This sheet was composed for a draft and cannot be issued."),
            hint=_("Compose it again."),
        )


def sheet_row(text: Edition, sheet: Sheet, house: House) -> dict[str, Any]:
    """The issued sheet as a table row."""
    printed, looks = values.full(sheet), _looks(house)
    return {
        "edition_id": text.id,
        "at": text.recorded_at or text.issued_at,
        "sha256": values.sealed(printed, looks),
        "sheet": printed,
        "house": looks,
    }


def sealed_entry(text: Edition, sheet: Sheet, row: Mapping[str, Any], before: str) -> Entry:
    """What the register is told of it; ``row`` is that of its sheet."""
    record = register.sealing(text, sheet, row["sheet"], row["house"], before)
    return Entry(record.deed, row["at"], record)


def _before(connection: Connection, text: Edition) -> str:
    """The uid of the edition this one takes the place of, "" for the first."""
    same = edition.c.release_id == text.release_id, edition.c.language == text.language
    query = select(edition.c.uid).where(*same, edition.c.number == text.number - 1)
    return connection.execute(query).scalar() or ""


@lru_cache(maxsize=2)
def _looks(house: House) -> bytes:
    return values.full(house)


def until(sheet: Sheet) -> datetime | None:
    """The end of the embargo that a sheet prints, None without one."""
    return datetime.fromisoformat(sheet.embargo_until) if sheet.embargo_until else None
