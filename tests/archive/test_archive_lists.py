"""Lists: order, filters, segments and counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from archive_samples import NOW
from msgspec.structs import replace

from pressdesk.press.listing import BucketCounts, PageKey, Query
from pressdesk.press.release import Edition, Embargo, Release

ENGINES = ("file", "server")


def titles(desk, **query: str) -> list[str]:
    """The titles a query lists, in order."""
    rows = desk.releases.page(Query(**query), now=NOW)
    assert list(desk.releases.keys(Query(**query), now=NOW)) == [row.id for row in rows]
    return [row.first.title for row in rows]


def test_newest_first_then_last_made(desk, add) -> None:
    for title, day in (("b", 2), ("a", 1), ("c", 2), ("d", 3)):
        add(title, date=date(2024, 5, day))
    assert titles(desk) == ["d", "c", "b", "a"]


def test_an_undated_release_sorts_by_the_day_it_was_made(desk, add) -> None:
    filed = add("undated")
    row = desk.releases.rows((filed.release.id,))[0]
    assert (row.first.date, abs(row.sort_date - datetime.now(UTC).date()) <= timedelta(1)) == (
        None,
        True,
    )
    saved = desk.releases.save(filed.release, replace(filed.edition, date=date(2020, 1, 2)))
    assert desk.releases.rows((saved.release.id,))[0].sort_date == date(2020, 1, 2)


def test_pages_follow_one_another_without_gap_or_repeat(desk, add) -> None:
    for number in range(25):
        add(str(number), date=date(2024, 1, 1 + number // 7))
    seen, after = [], None
    while rows := desk.releases.page(Query(), after=after, limit=4, now=NOW):
        seen += [row.id for row in rows]
        after = PageKey(rows[-1].sort_date, rows[-1].id)
    assert seen == list(desk.releases.keys(Query(), now=NOW))
    assert len(seen) == 25


def test_rows_come_in_the_order_asked_and_skip_what_is_gone(desk, add) -> None:
    one, two, three = (add(t).release.id for t in "abc")
    desk.trash.put(two)
    assert [row.id for row in desk.releases.rows((three, 99, two, one))] == [three, one]
    assert desk.releases.rows(()) == ()


def test_kind_language_and_state_narrow(desk, add, issue) -> None:
    issue(add("out"))
    speech = add("speech", kind="speech")
    desk.releases.add_language(speech.release.id, Edition("ru", title="речь"))
    add("вода", language="ru")
    assert titles(desk, kind="speech") == ["speech"]
    assert titles(desk, language="ru") == ["вода", "speech"]
    assert titles(desk, state="issued") == ["out"]
    assert titles(desk, kind="news", language="ru", state="draft") == ["вода"]
    lines = desk.releases.list_editions(Query(language="ru"), now=NOW)
    assert [(row.id, line.language, line.title) for row, line in lines] == [
        (3, "ru", "вода"),
        (2, "ru", "речь"),
    ]
    assert len(desk.releases.list_editions(Query(), now=NOW)) == 4


def test_the_languages_of_the_house_come_first(desk, add) -> None:
    filed = add("Wasser", language="de")
    for tag in ("ru", "en", "be"):
        desk.releases.add_language(filed.release.id, Edition(tag))
    row = desk.releases.rows((filed.release.id,))[0]
    assert [line.language for line in row.languages] == ["en", "ru", "be", "de"]


def test_segments_and_their_counts(desk, add, issue) -> None:
    until = NOW + timedelta(hours=1)
    add("draft")
    held = add("held", kind="speech")
    issue(desk.releases.save(replace(held.release, embargo=Embargo(until, "UTC")), held.edition))
    free = issue(add("free"))
    desk.releases.next_edition(free.release.id, "en")
    assert titles(desk, bucket="drafts") == ["free", "draft"]
    assert titles(desk, bucket="embargo") == ["held"]
    assert titles(desk, bucket="issued") == ["free"]
    assert desk.releases.counts(Query(), now=NOW) == BucketCounts(3, 2, 1, 1)
    assert desk.releases.counts(Query(bucket="issued"), now=until) == BucketCounts(3, 2, 0, 2)
    assert desk.releases.counts(Query(kind="speech"), now=NOW) == BucketCounts(1, 0, 1, 0)
    assert desk.releases.counts(Query(kind="advisory"), now=NOW) == BucketCounts()


def test_a_draft_with_an_embargo_is_a_draft(desk, add) -> None:
    until = NOW + timedelta(hours=1)
    filed = add()
    desk.releases.save(replace(filed.release, embargo=Embargo(until, "UTC")), filed.edition)
    assert desk.releases.counts(Query(), now=NOW) == BucketCounts(1, 1, 0, 0)
    assert desk.releases.rows((filed.release.id,))[0].embargo_until == until


def test_lists_follow_the_kept_text(desk, add) -> None:
    filed = add("Saved")
    kept = replace(filed.edition, title="Kept", date=date(2020, 1, 1))
    desk.releases.keep(filed.release, kept)
    row = desk.releases.rows((filed.release.id,))[0]
    assert (row.first.title, row.first.date) == ("Kept", date(2020, 1, 1))
    assert desk.releases.editions(filed.release.id, "en")[0].title == "Kept"
    desk.releases.discard(filed.edition.id)
    assert titles(desk) == ["Saved"]


def test_topics_in_use(desk) -> None:
    for topics in (("water", "Session"), ("water",), ()):
        desk.releases.add(Release("news", topics=topics), Edition("en"))
    assert desk.releases.topics() == ("Session", "water")
