"""For readers: facets count what is out, and tell nothing of what is beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

from archive_samples import compose
from msgspec.structs import replace
from reading_samples import LONG_AGO, PAST, Canaries

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.press.periods import Period
from pressdesk.press.query import All, Dimension, Filter, Not, Question, Word
from pressdesk.press.query import Any as Either
from pressdesk.press.release import Edition, Release


def test_facets_count_what_is_out_and_tell_nothing_else(
    reader: Archive, canaries: Canaries
) -> None:
    now = datetime.now(UTC)
    for tree in (None, Word("gauge"), Filter("state", "draft"), Filter("kind", "news")):
        for on in ((), (Period(LONG_AGO.date(), LONG_AGO.date()),)):
            found = reader.search.facets(Question(tree, on=on), now=now)
            assert not [word for word in canaries.hidden if word in repr(found)]
            shown = {f.name: {c.value: c.number for c in f.counts} for f in found.facets}
            assert set(shown) == {"kind", "state", "language", "year", "topic", "place", "speaker"}
            assert set(shown["state"]) <= {"issued"} and sum(shown["language"].values()) <= 3
    for word in canaries.hidden:  # nor can it be asked whether a release has it
        for dimension in get_args(Dimension):
            asked = Filter(dimension, word)
            assert not reader.search.page(Question(asked), now=now).hits, (dimension, word)
            other = Either((asked, Word("kaolinshownfirstbody")))
            assert len(reader.search.page(Question(other), now=now).hits) <= 1
            out = All((Word("gauge"), Not(asked)))
            ids = {hit.release_id for hit in reader.search.page(Question(out), now=now).hits}
            assert ids <= {1, 2, 4} and 4 in ids


def test_topics_are_counted_as_they_went_out(desk: Archive) -> None:
    made = {}
    for name in ("Ice", "Flood", "Ice"):
        filed = desk.releases.add(
            Release("news", topics=(name,), people=("Ada Berg",)), Edition("en", title=name)
        )
        made[name] = desk.releases.issue(filed.release, filed.edition, compose, at=LONG_AGO)
    reader = open_desk(desk.path, reading=True)
    shown = _values(reader, "topic")
    assert shown == {"Ice": 2, "Flood": 1}
    assert _values(reader, "speaker") == {"Ada Berg": 3}
    assert reader.search.count(Question(Filter("topic", "flood")), now=PAST) == 1
    following = desk.releases.next_edition(made["Flood"].release.id, "en")
    desk.releases.save(replace(following.release, topics=("Secret",)), following.edition)
    assert _values(reader, "topic") == shown
    assert reader.search.count(Question(Filter("topic", "flood")), now=PAST) == 1
    assert not reader.search.count(Question(Filter("topic", "secret")), now=PAST)
    assert reader.search.count(Question(Not(Filter("topic", "secret"))), now=PAST) == 3
    assert reader.search.count(Question(), now=PAST) == 3
    reader.close()


def _values(archive: Archive, name: str) -> dict[str, int]:
    found = archive.search.facets(Question(), now=datetime.now(UTC))
    facet = next(facet for facet in found.facets if facet.name == name)
    return {count.value: count.number for count in facet.counts}
