"""Composes the sheet of an edition from its release, the house style and its contacts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from pressdesk.document.tools import normalise
from pressdesk.press import blocks
from pressdesk.press.channels import channel
from pressdesk.press.embargo import stands, zone_of
from pressdesk.press.house import House
from pressdesk.press.kinds import Kind, kind
from pressdesk.press.printed import day, moment, term
from pressdesk.press.release import SPOKEN, Contact, Edition, Release, Way
from pressdesk.press.sheet import Section, Sheet, SheetContact, SheetWay
from pressdesk.press.states import row_of

_BLANK = re.compile(r"\n\s*\n")


def compose(
    release: Release,
    edition: Edition,
    house: House,
    contacts: Sequence[Contact],
    *,
    now: datetime,
) -> Sheet:
    """What a reader of this edition sees, now.

    contacts  those of the edition, in printing order; private ones, and private numbers
              and addresses, are left out
    now       aware; decides whether an embargo still stands
    cost      well under a millisecond for an ordinary release, Babel loaded
    """
    sort, language = kind(release.kind), edition.language
    shown = edition.date or _issue_day(edition, house)
    embargo = _embargo(release, edition, language, now)
    name = house.organisation.into(language)
    return Sheet(
        language=language,
        kind=release.kind,
        kind_label=sort.label.into(language),
        state=edition.state,
        organisation=name,
        unit=house.unit.into(language),
        letterhead=_lines(house.letterhead.into(language)),
        warning=_warning(edition),
        watermark=_watermark(edition),
        embargo_line=embargo,
        embargo_until=_stamp(release.embargo.instant) if release.embargo and embargo else "",
        release_line=embargo or _release_line(sort, edition),
        reference=release.reference,
        reference_line=_reference_line(sort, release, edition, shown),
        date=shown.isoformat() if shown else "",
        issued_at=_stamp(edition.issued_at) if edition.issued_at else "",
        recorded=_recorded(edition),
        title=edition.title,
        subtitle=edition.subtitle,
        summary=edition.summary,
        speaker=blocks.speaker(edition, sort) if sort.block in ("speaker", "none") else (),
        rows=blocks.rows(edition, sort, house.zone) if sort.block == "rows" else (),
        credit=blocks.credit(edition, sort) if sort.block == "credit" else "",
        credit_url=edition.field("source") if sort.block == "credit" else "",
        dateline=dateline(release, edition, house),
        body=normalise(edition.body),
        end_mark=house.end_mark.into(language),
        notes=Section(term("Notes to editors", language), paragraphs(edition.notes)),
        boilerplate=_boilerplate(edition, house),
        contact_heading=term("Press contact", language),
        contacts=tuple(_contact(c, language) for c in contacts if c.public),
        footer=" · ".join(filter(None, (name, release.reference))),
        centred=sort.centred,
        contacts_first=sort.contacts_first,
        look=house.look,
        topics=release.topics,
    )


def _issue_day(edition: Edition, house: House) -> date | None:
    if edition.issued_at is None or edition.recorded_at is not None:
        return None
    return edition.issued_at.astimezone(zone_of(house.zone)).date()


def _warning(edition: Edition) -> str:
    warning = row_of(edition.state).warning
    return term(warning, edition.language) if warning else ""


def _watermark(edition: Edition) -> str:
    watermark = row_of(edition.state).watermark
    return term(watermark, edition.language) if watermark else ""


def _embargo(release: Release, edition: Edition, language: str, now: datetime) -> str:
    """An item taken in from the past carries no embargo of today."""
    if release.embargo is None or edition.recorded_at or not stands(release.embargo, now):
        return ""
    when = moment(release.embargo.instant, release.embargo.zone, language)
    return term("EMBARGOED UNTIL {when}", language).format(when=when)


def _release_line(sort: Kind, edition: Edition) -> str:
    """What a past item said there is not known, so nothing is printed.

    Nothing but the warning on a draft: no paper says that it may and may not be spread.
    """
    if edition.recorded_at:
        return ""
    if warning := _warning(edition):
        return warning
    return term(sort.release_line or "FOR IMMEDIATE RELEASE", edition.language)


def _reference_line(sort: Kind, release: Release, edition: Edition, shown: date | None) -> str:
    language = edition.language
    number = release.reference
    if not number and not edition.state.out:
        number = term("(reference to follow)", language)
    head = " ".join(filter(None, (sort.label.into(language), number)))
    place = ", ".join(filter(None, (edition.place, day(shown, language) if shown else "")))
    return " · ".join(filter(None, (head, place)))


def _recorded(edition: Edition) -> str:
    if edition.recorded_at is None:
        return ""
    when = day(edition.recorded_at.date(), edition.language)
    return term("Recorded on {date}", edition.language).format(date=when)


def dateline(release: Release, edition: Edition, house: House) -> str:
    """Place and date before the first paragraph, "" for a kind or edition that has none."""
    if not kind(release.kind).dateline or not edition.place:
        return ""
    shown = edition.date or _issue_day(edition, house)
    parts = (edition.place.upper(), day(shown, edition.language) if shown else "")
    return f"{', '.join(filter(None, parts))} –"


def _boilerplate(edition: Edition, house: House) -> Section:
    language = edition.language
    about = house.about.exactly(language)
    text = house.boilerplate.into(language) if edition.boilerplate is None else edition.boilerplate
    if edition.recorded_at and edition.boilerplate is None:
        text = ""
    return Section(about or term("About us", language), paragraphs(text))


def _contact(contact: Contact, language: str) -> SheetContact:
    spoken = {part: getattr(contact, part).into(language) for part in SPOKEN}
    return SheetContact(**spoken, ways=tuple(_way(way, language) for way in contact.public_ways))


def _way(way: Way, language: str) -> SheetWay:
    row = channel(way.kind)
    label = row.label(way.label.into(language), language)
    return SheetWay(way.kind, row.form.prints(way.printed), way.address, label)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a plain text, parted by blank lines."""
    return tuple(part.strip() for part in _BLANK.split(text) if part.strip())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _stamp(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
