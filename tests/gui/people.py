"""Releases, contacts and a house for the tests of panels and dialogs."""

from __future__ import annotations

from array import array
from datetime import UTC, date, datetime, timedelta

from pressdesk.desk.settling import How, Other
from pressdesk.press.differing import differ
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.listing import LanguageRow, ReleaseRow
from pressdesk.press.release import Contact, Edition, Embargo, Release, Way
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()

HOFER = Contact(
    id=1,
    name=Translated.of(en="Maria Hofer", ru="Мария Хофер"),
    role=Translated.of(en="Press Secretary", ru="Пресс-секретарь"),
    ways=(
        Way("phone", "+43 1 534 08 112", "tel:+43153408112", Translated.of(en="office")),
        Way(
            "phone",
            "+43 664 123 45 67",
            "tel:+436641234567",
            Translated.of(en="mobile"),
            public=False,
        ),
        Way("email", "press@river.example", "mailto:press@river.example"),
    ),
    version=3,
)
OFFICE = Contact(id=2, name=Translated.of(en="Press Office", ru="Пресс-служба"))
GONE = Contact(id=3, name=Translated.of(en="Anna Lindqvist"), retired=True)
PEOPLE = (HOFER, OFFICE, GONE)

HOUSE = House(
    organisation=Translated.of(en="Interstate River Commission", hy="Միջպետական"),
    about=Translated.of(en="About the Commission"),
    boilerplate=Translated.of(en="The Commission measures the river."),
    zone="Europe/Vienna",
    default_contacts=(1,),
)

STATEMENT = Release("statement", id=41, topics=("Floods",))
DRAFT = Edition(
    "en",
    id=5,
    release_id=41,
    title="On gauge data",
    place="Vienna",
    date=date(2025, 10, 6),
    contacts=(1,),
    fields=(("adopted", "2025-10-05"), ("speaker", "the Commission")),
)
EMBARGO = Embargo(datetime(2026, 12, 3, 10, 0, tzinfo=UTC), "Europe/Moscow")


def spoken(language: str, title: str, state: State = State.ISSUED) -> LanguageRow:
    """One language of a row."""
    return LanguageRow(language, 1, 1, state, title, TODAY, issued=state is State.ISSUED)


def row(number: int, *, days: int = 0, languages: tuple[LanguageRow, ...] = (),
        until: datetime | None = None) -> ReleaseRow:  # fmt: skip
    """A release that many days before today."""
    parts = languages or (spoken("en", f"Release {number}"),)
    day = TODAY - timedelta(days=days)
    return ReleaseRow(number, "news", f"PR {number}", day, parts, until)


def keys_of(rows: tuple[ReleaseRow, ...]) -> tuple[array[int], array[int]]:
    """Ids and months, as the archive gives them."""
    months = [each.sort_date.year * 12 + each.sort_date.month for each in rows]
    return array("q", [each.id for each in rows]), array("q", months)


def rival(mine: Edition, theirs: Edition, how: How = "saved") -> Other:
    """What somebody else stored of the same statement."""
    told = differ((STATEMENT, theirs), (STATEMENT, mine))
    return Other(Filed(STATEMENT, theirs), how, NOW, "Maria Hofer", told)
