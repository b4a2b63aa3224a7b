"""Lists: order, filters, segments, search and counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from archive_samples import NOW
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressdesk.archive.folding import fold
from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.document.tools import paragraph
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
    assert desk.releases.counts(Query(text="none"), now=NOW) == BucketCounts()


def test_a_draft_with_an_embargo_is_a_draft(desk, add) -> None:
    until = NOW + timedelta(hours=1)
    filed = add()
    desk.releases.save(replace(filed.release, embargo=Embargo(until, "UTC")), filed.edition)
    assert desk.releases.counts(Query(), now=NOW) == BucketCounts(1, 1, 0, 0)
    assert desk.releases.rows((filed.release.id,))[0].embargo_until == until


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Уровень ВОДЫ", "уровень воды", True),
        ("Hauptstraße", "STRASSE", True),
        ("Ёлка", "ёлка", True),
        ("Ёлка", "елка", False),
        ("Cafe\u0301", "CAFÉ", True),
        ("10 000 m³", "10 000", True),
        ("hy\u00adphen", "hyphen", True),
        ("100 %", "%", True),
        ("100", "%", False),
        ("a_b", "_", True),
        ('it\'s "so"', "'s \"", True),
        ("two\nlines", "two lines", True),
        ("anything", "   ", True),
    ],
)
def test_search_folds_alike(desk, add, text: str, query: str, found: bool) -> None:
    add("title", body=Document((paragraph(text),)))
    assert titles(desk, text=query) == (["title"] if found else [])


def test_search_looks_at_headline_subtitle_body_reference(desk, add, issue) -> None:
    text = Document((Paragraph((Text("inter"), Text("state"))),))
    issue(add("Headline", subtitle="Sub", body=text))
    for words in ("headline", "sub", "interstate", "pr 2026/001"):
        assert titles(desk, text=words) == ["Headline"]
    assert titles(desk, text="headline sub") == []  # never across two parts
    assert titles(desk, text="sub", language="ru") == []


def test_lists_and_search_follow_the_kept_text(desk, add) -> None:
    filed = add("Saved")
    kept = replace(filed.edition, title="Kept", date=date(2020, 1, 1))
    desk.releases.keep(filed.release, kept)
    assert titles(desk, text="kept") == ["Kept"]
    assert titles(desk, text="saved") == []
    row = desk.releases.rows((filed.release.id,))[0]
    assert row.first.date == date(2020, 1, 1)
    assert desk.releases.editions(filed.release.id, "en")[0].title == "Kept"
    desk.releases.discard(filed.edition.id)
    assert titles(desk, text="saved") == ["Saved"]


def test_search_finds_what_an_older_issued_edition_said(desk, add, issue) -> None:
    out = issue(add("Old words"))
    second = desk.releases.next_edition(out.release.id, "en")
    desk.releases.save(second.release, replace(second.edition, title="New"))
    assert titles(desk, text="old words") == ["New"]


def test_topics_in_use(desk) -> None:
    for topics in (("water", "Session"), ("water",), ()):
        desk.releases.add(Release("news", topics=topics), Edition("en"))
    assert desk.releases.topics() == ("Session", "water")


@given(st.text(), st.text())
def test_folding_is_stable_and_keeps_parts(one: str, other: str) -> None:
    assert fold(fold(one)) == fold(one)
    assert "\n" not in fold(one)
