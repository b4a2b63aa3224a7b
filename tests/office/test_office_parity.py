"""Both databases find the same texts in the same order, whatever is asked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from office_samples import NOW

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.archive.search import tsvector
from pressdesk.archive.server.postgres import create_office
from pressdesk.desk import samples
from pressdesk.document.analyser import words
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph, plain
from pressdesk.formats.seedfile import load_seeds
from pressdesk.press.compose import compose
from pressdesk.press.listing import Query
from pressdesk.press.periods import year_of
from pressdesk.press.query import All, Any, Filter, Node, Not, Phrase, Question, Word
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.selecting import together
from pressdesk.press.translated import Translated

Pair = tuple[Archive, Archive]
QUESTIONS = 300


def _fill(desk: Archive, texts: list[str]) -> None:
    """The samples, and sentences of theirs dealt out anew; the same for the same desk."""
    dealt = random.Random(7)
    person = desk.contacts.save(Contact(name=Translated.of(en="Ольга Фомина", ru="Ольга Фомина")))
    sentences = [s.strip() for text in texts for s in text.split(". ") if len(s) > 20]
    for number in range(60):
        some = dealt.sample(sentences, 4)
        held = Embargo(NOW + timedelta(days=dealt.choice((-9, 9))), "UTC")
        release = Release(
            dealt.choice(("news", "statement", "speech")),
            topics=tuple(dealt.sample(("water", "Рыболовство", "budget talks"), 2)),
            places=(dealt.choice(("Vienna", "Москва")),),
            people=("Anna Berg",) if number % 5 == 0 else (),
            embargo=held if number % 9 == 0 else None,
        )
        edition = Edition(
            dealt.choice(("en", "ru")),
            title=some[0][:60],
            subtitle=some[1][:40],
            body=Document((paragraph(some[2]), paragraph(some[3]))),
            date=date(2024, 1, 1) + timedelta(days=dealt.randrange(900)),
            contacts=(person.id,) if number % 4 == 0 else (),
        )
        filed = desk.releases.add(release, edition)
        if number % 3 == 0:
            now = datetime(2024, 1, 1, tzinfo=NOW.tzinfo)
            desk.releases.issue(filed.release, filed.edition, partial(compose, now=now), at=NOW)
        elif number % 10 == 7:
            desk.trash.put(filed.release.id)


@pytest.fixture(scope="module")
def both(cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pair, list[str]]]:
    """The same desk twice, and the texts on it."""
    file = create(tmp_path_factory.mktemp("parity") / "desk.pressdesk")
    server = create_office(cluster.fresh())
    seeds = load_seeds()
    samples.fill(file, seeds, step=lambda: None)
    samples.fill(server, seeds, step=lambda: None)
    texts = [
        plain(file.releases.find(row.id, language=line.language).edition.body)
        for row, line in file.releases.list_editions(Query(), now=NOW)
    ]
    for desk in (file, server):
        _fill(desk, texts)
    yield (file, server), texts
    file.close()
    server.close()


def _nodes(texts: list[str]) -> Iterator[Node]:
    """Words, phrases, beginnings, filters and what joins them, for ever and always the same."""
    dealt = random.Random(20)
    known = [[word for word, _b, _e in words(text)] for text in texts]

    def leaf() -> Node:
        text = dealt.choice(known)
        at = dealt.randrange(max(1, len(text) - 4))
        match dealt.randrange(8):
            case 0 | 1 | 2:
                return Word(text[at], title=dealt.random() < 0.2)
            case 3:
                size = dealt.randint(1, 6)
                return Word(text[at][:size], prefix=True, title=dealt.random() < 0.2)
            case 4:
                run = " ".join(text[at : at + dealt.randint(2, 4)])
                return Phrase(run, title=dealt.random() < 0.1)
            case 5:
                return Word("-".join(text[at : at + 2]))
            case 6:
                return Filter(*dealt.choice(_FILTERS))
            case _:
                return Word(
                    dealt.choice(("it's", "a'b\\c", "%", "нет:*", "& | !", "ёлка", "xknews"))
                )

    def tree(depth: int) -> Node:
        if depth == 0 or dealt.random() < 0.3:
            return leaf()
        parts = tuple(tree(depth - 1) for _ in range(dealt.randint(2, 3)))
        match dealt.randrange(3):
            case 0:
                return Any(parts)
            case 1:
                return All((*parts[:-1], Not(parts[-1])))
            case _:
                return All(parts)

    while True:
        yield tree(dealt.randrange(3))


_FILTERS = [
    ("kind", "news"), ("kind", "speech"), ("kind", "nothing"), ("language", "ru"),
    ("language", "en"), ("state", "draft"), ("state", "issued"), ("state", "embargo"),
    ("topic", "рыболовства"), ("topic", "talks"), ("place", "Vienna"), ("place", "москвы"),
    ("speaker", "Berg"), ("contact", "Фомина"),
]  # fmt: skip


def _questions(texts: list[str]) -> list[Question]:
    dealt = random.Random(3)
    made = []
    for tree in _nodes(texts):
        since = date(2024, 1, 1) + timedelta(days=dealt.randrange(600))
        ranged = dealt.random() < 0.25
        made.append(
            Question(
                tree,
                since if ranged else None,
                since + timedelta(days=200) if ranged and dealt.random() < 0.5 else None,
                "relevance" if dealt.random() < 0.2 else "date",
            )
        )
        if len(made) == QUESTIONS:
            return made
    raise AssertionError


def test_both_find_the_same(both: tuple[Pair, list[str]]) -> None:
    (file, server), texts = both
    found = 0
    for question in _questions(texts):
        one = file.search.page(question, now=NOW, limit=500)
        two = server.search.page(question, now=NOW, limit=500)
        assert one == two, question
        assert file.search.keys(question, now=NOW) == server.search.keys(question, now=NOW)
        found += bool(one.hits)
    assert found > QUESTIONS / 3  # the questions are such as have answers


def test_pages_follow_one_another_alike(both: tuple[Pair, list[str]]) -> None:
    (file, server), texts = both
    for question in _questions(texts)[:40]:
        after = None
        for _turn in range(50):
            one = file.search.page(question, now=NOW, after=after, limit=7)
            assert one == server.search.page(question, now=NOW, after=after, limit=7), question
            after = one.after
            if after is None:
                break


def test_what_is_not_among_the_newest_is_found_by_the_index(
    both: tuple[Pair, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk of the tests is small: without this, only the newest would ever be looked at."""
    (file, server), texts = both
    monkeypatch.setattr(tsvector, "NEAR", 0)
    found = 0
    for question in _questions(texts)[:150]:
        after = None
        for _turn in range(50):
            one = file.search.page(question, now=NOW, after=after, limit=7)
            assert one == server.search.page(question, now=NOW, after=after, limit=7), question
            found += len(one.hits)
            after = one.after
            if after is None:
                break
    assert found > 200


def _chosen() -> list[Question]:
    """Two values of several facets each, as they are ticked, and years that do not touch."""
    dealt = random.Random(11)
    values: dict[str, list[str]] = {}
    for dimension, value in _FILTERS:
        values.setdefault(dimension, []).append(value)
    made = []
    for _number in range(60):
        fields = dealt.sample(sorted(values), 3)
        of = [Filter(f, v) for f in fields for v in dealt.sample(values[f], min(2, len(values[f])))]  # type: ignore[arg-type]
        years = dealt.sample((2024, 2025, 2026), 2) if dealt.random() < 0.4 else ()
        tree = together([*of, Word("вода")] if dealt.random() < 0.3 else of)
        made.append(Question(tree, on=tuple(year_of(year) for year in sorted(years))))
    return made


def test_both_count_the_same(both: tuple[Pair, list[str]]) -> None:
    (file, server), texts = both
    for question in (Question(), *_chosen(), *_questions(texts)[:60]):
        assert file.search.facets(question, now=NOW) == server.search.facets(question, now=NOW)


def test_both_find_the_same_under_values_that_widen(both: tuple[Pair, list[str]]) -> None:
    (file, server), _texts = both
    found = 0
    for question in _chosen():
        after = None
        for _turn in range(50):
            one = file.search.page(question, now=NOW, after=after, limit=9)
            assert one == server.search.page(question, now=NOW, after=after, limit=9), question
            found += len(one.hits)
            after = one.after
            if after is None:
                break
    assert found > 200


def test_neither_has_faults_and_a_rebuild_changes_nothing(both: tuple[Pair, list[str]]) -> None:
    (file, server), texts = both
    assert file.search.faults() == server.search.faults() == ()
    asked = _questions(texts)[:30]
    before = [server.search.page(question, now=NOW) for question in asked]
    assert server.search.rebuild() == file.search.rebuild() > 60
    assert [server.search.page(question, now=NOW) for question in asked] == before
    assert server.search.faults() == () and not server.search.stale()


@pytest.mark.parametrize(
    "body",
    [
        "one two " * 20_000,
        " ".join(f"w{n}" for n in range(30_000)),
        "q" * 5000 + " end",
        " ".join("".join(random.Random(n).choices("abcdef", k=24)) for n in range(40_000)),
    ],
    ids=["often", "many", "long", "huge"],
)
def test_a_text_of_any_size_is_taken(cluster, body: str, tmp_path: Path) -> None:
    desk = create_office(cluster.fresh())
    text = Edition("en", title="Large", body=Document((paragraph(body),)))
    desk.releases.add(Release("news"), text)
    assert desk.search.count(Question(Word("large")), now=NOW) == 1
    assert desk.search.count(Question(Word(body.split()[0][:9], prefix=True)), now=NOW) == 1
    desk.close()


def test_a_vector_is_a_literal_of_quoted_tokens() -> None:
    assert tsvector.vector(("#xa", "b c b", "c")) == "'#xa':1 'b':3,5 'c':4,7"
    assert tsvector.vector(("it's a\\b",)) == "'it''s':1 'a\\\\b':2"
