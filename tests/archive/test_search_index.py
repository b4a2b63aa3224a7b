"""The index moves with the editions: random lives of a desk leave both saying the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from archive_samples import NOW, compose
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive
from pressdesk.base.errors import PressDeskError
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.asking import parse
from pressdesk.press.filed import Filed, ImportItem
from pressdesk.press.query import All, Any, Filter, Not, Phrase, Question, Word
from pressdesk.press.release import Edition, Embargo, Release

ENGINES = ("file", "server")

WORDS = ("река", "уровень", "воды", "заявление", "комиссия", "паводок", "ёлка")
WORDS += ("River", "Commission", "statement", "flood")


def _text(chance: random.Random) -> Document:
    lines = (" ".join(chance.choices(WORDS, k=12)) for _ in range(3))
    return Document(tuple(paragraph(line) for line in lines))


def _edition(chance: random.Random) -> Edition:
    return Edition(
        language=chance.choice(("en", "ru")),
        title=" ".join(chance.choices(WORDS, k=4)),
        place=chance.choice(("Vienna", "Вена", "")),
        date=date(2020, 1, 1) + timedelta(days=chance.randrange(2000)),
        body=_text(chance),
    )


class _Life:
    """A desk and what a person does to it, at random."""

    def __init__(self, desk: Archive, chance: random.Random) -> None:
        self.desk, self.chance = desk, chance
        self.ids: list[int] = []
        self.batches: list[int] = []

    def step(self) -> None:
        deeds = (self.add, self.save, self.keep, self.redate, self.issue, self.trash)
        deeds += (self.restore, self.take_in, self.undo, self.next, self.language, self.discard)
        with suppress(PressDeskError):
            self.chance.choice(deeds if self.ids else [self.add])()

    def _some(self) -> Filed:
        number = self.chance.choice(self.ids or [1])
        row = self.chance.choice(self.desk.releases.languages(number))
        return self.desk.releases.find(number, language=row.language)

    def add(self) -> None:
        topics = tuple(self.chance.sample(("Water", "Floods", "Вода и климат"), 2))
        kind = self.chance.choice(("news", "statement"))
        made = self.desk.releases.add(Release(kind, topics=topics), _edition(self.chance))
        self.ids.append(made.release.id)

    def save(self) -> None:
        found = self._some()
        release, edition = found.current()
        topics = tuple(self.chance.sample(("Water", "Rain"), 1))
        self.desk.releases.save(
            replace(release, topics=topics), replace(edition, body=_text(self.chance))
        )

    def keep(self) -> None:
        release, edition = self._some().current()
        self.desk.releases.keep(release, replace(edition, title="kept " + edition.title))

    def redate(self) -> None:
        release, edition = self._some().current()
        day = None if self.chance.random() < 0.3 else date(2024, 1, self.chance.randrange(1, 28))
        self.desk.releases.save(release, replace(edition, date=day))

    def issue(self) -> None:
        release, edition = self._some().current()
        self.desk.releases.issue(release, edition, compose, at=NOW)

    def next(self) -> None:
        found = self._some()
        self.desk.releases.next_edition(found.release.id, found.edition.language)

    def language(self) -> None:
        self.desk.releases.add_language(self._some().release.id, _edition(self.chance))

    def discard(self) -> None:
        self.desk.releases.discard(self._some().edition.id)

    def trash(self) -> None:
        self.desk.trash.put(self.chance.choice(self.ids))

    def restore(self) -> None:
        self.desk.trash.restore(self.chance.choice(self.ids))

    def take_in(self) -> None:
        items = [ImportItem(Release("news"), _edition(self.chance)) for _ in range(3)]
        batch = self.desk.imports.add("dump.txt", b"bytes", items, at=NOW)
        self.batches.append(batch.id)
        self.ids += batch.releases

    def undo(self) -> None:
        self.desk.imports.undo(self.chance.choice(self.batches or [0]))


def test_whatever_is_done_index_and_editions_agree(desk: Archive) -> None:
    chance = random.Random(3)
    life = _Life(desk, chance)
    for number in range(240):
        life.step()
        if number % 40 == 39:
            assert desk.search.faults() == ()
    assert len(life.ids) > 20
    before = desk.search.page(Question(Word("комиссии")), now=NOW, limit=500)
    assert before.hits
    assert desk.search.rebuild() == len(desk.search.page(Question(), now=NOW, limit=5000).hits)
    assert desk.search.faults() == ()
    assert desk.search.page(Question(Word("комиссии")), now=NOW, limit=500) == before


def test_a_fault_is_found(desk: Archive, add: Callable[..., Filed]) -> None:
    add("Water level falls")
    with desk._store.write() as connection:
        connection.exec_driver_sql("UPDATE facet_cube SET number = 5")
        connection.exec_driver_sql("UPDATE edition SET title = 'Otherwise'")
    assert len(desk.search.faults()) == 2
    desk.search.rebuild()
    assert desk.search.faults() == ()


def _ids(desk: Archive, *tree: object, **rest: object) -> list[int]:
    question = Question(tree[0] if tree else None, **rest)  # type: ignore[arg-type]
    return [hit.release_id for hit in desk.search.page(question, now=NOW).hits]


def test_questions_of_every_shape(desk: Archive, add: Callable[..., Filed]) -> None:
    body = Document((paragraph("Комиссия приняла заявление об уровне воды."),))
    one = add("Заявление комиссии", language="ru", date=date(2020, 9, 27), body=body).release.id
    two = add("The Commission met", date=date(2021, 1, 1), place="Vienna", kind="statement")
    three = add("A statement of the Commission", date=date(2021, 5, 1)).release.id
    two = two.release.id
    assert _ids(desk) == [three, two, one]
    assert _ids(desk, Word("заявлений")) == [one]
    assert _ids(desk, Word("commissions")) == [three, two]
    assert _ids(desk, All((Word("commission"), Not(Word("statements"))))) == [two]
    assert _ids(desk, Any((Word("воде"), Word("meet")))) == [two, one]
    assert _ids(desk, Not(Word("commission"))) == [one]
    assert _ids(desk, Phrase("the commission")) == [three, two]
    assert _ids(desk, Phrase("commission the")) == []
    assert _ids(desk, Phrase("заявления комиссии")) == []
    assert _ids(desk, Not(Phrase("заявления комиссии"))) == [three, two, one]
    assert _ids(desk, Any((Phrase("commission met"), Word("вода")))) == [two, one]
    assert _ids(desk, Word("comm", prefix=True)) == [three, two]
    assert _ids(desk, Word("ко", prefix=True)) == [one]
    assert _ids(desk, Word("заявлени", prefix=True)) == [one]
    assert _ids(desk, Word("уровня", title=True)) == []
    assert _ids(desk, Filter("kind", "statement")) == [two]
    assert _ids(desk, Filter("language", "ru")) == [one]
    assert _ids(desk, Filter("place", "vienna")) == [two]
    assert _ids(desk, Filter("state", "issued")) == []
    assert _ids(desk, since=date(2021, 1, 1), until=date(2021, 4, 30)) == [two]
    assert _ids(desk, Word("commission"), until=date(2021, 1, 1)) == [two]
    assert _ids(desk, Word("— …")) == [three, two, one]


def test_relevance_puts_titles_first_and_pages_go_on(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    body = Document((paragraph("The statement is short."),))
    days = [date(2020, 1, day) for day in range(1, 21)]
    plain = [add("Meeting", date=day, body=body).release.id for day in days]
    titled = [add("Statement", date=day).release.id for day in days]
    wanted = [*reversed(titled), *reversed(plain)]
    for sort, order in (("relevance", wanted), ("date", None)):
        question = Question(Word("statements"), sort=sort)  # type: ignore[arg-type]
        seen: list[int] = []
        after = None
        while True:
            page = desk.search.page(question, now=NOW, after=after, limit=7)
            seen += [hit.release_id for hit in page.hits]
            after = page.after
            if after is None:
                break
        assert sorted(seen) == sorted(wanted)
        if order:
            assert seen == order


def test_facets_with_and_without_a_question(desk: Archive, add: Callable[..., Filed]) -> None:
    add("One", date=date(2020, 3, 1), place="Vienna")
    add("Two", date=date(2020, 3, 5), kind="statement", language="ru")
    add("Three one", date=date(2021, 1, 1))
    everything = desk.search.facets(Question(), now=NOW)
    shown = {f.name: {c.value: c.number for c in f.counts} for f in everything.facets}
    assert everything.total == 3
    assert shown["kind"] == {"news": 2, "statement": 1}
    assert shown["year"] == {"2020": 2, "2021": 1}
    assert shown["place"] == {"Vienna": 1}
    some = desk.search.facets(Question(Word("one")), now=NOW)
    assert some.total == 2 and not some.more
    by_kind = desk.search.facets(Question(Filter("kind", "news")), now=NOW)
    assert by_kind.total == 2
    assert [(m.month, m.number) for m in by_kind.months] == [(2020 * 12 + 2, 1), (2021 * 12, 1)]


def _shown(desk: Archive, typed: str) -> dict[str, dict[str, int]]:
    found = desk.search.facets(parse(typed, NOW.date()), now=NOW)
    shown = {f.name: {c.value: c.number for c in f.counts} for f in found.facets}
    months: dict[str, int] = {}
    for each in found.months:
        months[str(each.month)] = months.get(str(each.month), 0) + each.number
    return shown | {"total": {"": found.total}, "months": months}


def test_values_widen_and_are_counted_as_if_not_chosen(desk: Archive) -> None:
    for kind, language, day, place, *topics in (
        ("news", "en", date(2020, 3, 1), "Vienna", "Ice"),
        ("statement", "ru", date(2021, 3, 5), "", "Ice", "Flood"),
        ("news", "en", date(2021, 4, 1), "Oslo", "Flood"),
        ("speech", "en", date(2023, 1, 1), "Oslo", "Low water"),
    ):
        text = Edition(language, title="Level", date=day, place=place)
        desk.releases.add(Release(kind, topics=tuple(topics)), text)
    assert _shown(desk, "topic:Ice topic:Flood")["total"] == {"": 3}
    assert _shown(desk, "topic:Ice AND topic:Flood")["total"] == {"": 1}
    some = _shown(desk, "topic:Ice place:Oslo")  # nothing has both
    assert some["total"] == {"": 0}
    assert some["topic"] == {"Flood": 1, "Low water": 1}  # those of Oslo
    assert some["place"] == {"Vienna": 1}  # those of Ice
    assert some["kind"] == {} and some["year"] == {}
    two = _shown(desk, "kind:news kind:speech")
    assert two["total"] == {"": 3} and two["kind"] == {"news": 2, "speech": 1, "statement": 1}
    assert two["topic"] == {"Flood": 1, "Ice": 1, "Low water": 1}
    days = _shown(desk, "on:2020 on:2023")
    assert days["total"] == {"": 2} and days["year"] == {"2023": 1, "2021": 2, "2020": 1}
    assert sum(days["months"].values()) == 4 and days["kind"] == {"news": 1, "speech": 1}
    assert _shown(desk, "on:2020 after:2020")["year"] == {"2023": 1, "2021": 2, "2020": 1}
    assert _shown(desk, "on:2020 after:2021")["total"] == {"": 0}
    assert _shown(desk, "on:15.03.2020..31.12.2021 state:draft")["total"] == {"": 2}


def test_an_embargo_that_stands_is_a_state_of_its_own(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    for number, hours in enumerate((-5, 5, None)):
        filed = add(f"River {number}", date=date(2024, 1, 1))
        held = Embargo(NOW + timedelta(hours=hours), "UTC") if hours else None
        desk.releases.issue(replace(filed.release, embargo=held), filed.edition, compose, at=NOW)
    add("River draft")
    for typed in ("", "river"):
        assert _shown(desk, typed)["state"] == {"issued": 2, "draft": 1, "embargo": 1}
        chosen = _shown(desk, f"{typed} state:issued state:embargo")
        assert chosen["total"] == {"": 3} and chosen["state"] == _shown(desk, typed)["state"]
    assert _shown(desk, "kind:news")["state"] == {"issued": 2, "draft": 1, "embargo": 1}
    assert _shown(desk, "kind:speech")["state"] == {}


def test_counts_are_those_of_asking_for_each_value(desk: Archive) -> None:
    """What is shown beside a value is what a question for it, or for it too, would find."""
    chance = random.Random(5)
    life = _Life(desk, chance)
    for _number in range(120):
        life.step()
    fields = {
        "kind": ("news", "statement"),
        "language": ("en", "ru"),
        "topic": ("Water", "Floods", "Rain", '"Вода и климат"'),
        "place": ("Vienna", "Вена"),
        "state": ("draft", "issued"),
        "on": ("2020", "2021", "2022", "2023", "2024"),
    }
    for _number in range(40):
        asked = {
            name: chance.sample(values, chance.randint(1, 2))
            for name, values in fields.items()
            if chance.random() < 0.4
        }
        word = chance.choice(("", "river", "комиссия"))

        def typed(of: dict[str, list[str]], word: str = word) -> str:
            parts = [f"{name}:{value}" for name, values in of.items() for value in values]
            return " ".join((word, *parts))

        shown = _shown(desk, typed(asked))
        assert shown["total"][""] == _total(desk, typed(asked))
        for name, values in fields.items():
            facet = "year" if name == "on" else name
            for value in values:
                number = shown[facet].get(value.strip('"'), 0)
                assert number == _total(desk, typed(asked | {name: [value]})), typed(asked)


def _total(desk: Archive, typed: str) -> int:
    return desk.search.count(parse(typed, NOW.date()), now=NOW)


def test_a_correction_is_offered_when_it_finds_something(
    desk: Archive, add: Callable[..., Filed]
) -> None:
    add("Пресс-служба сделала заявление", language="ru")
    assert desk.search.suggest("ghtcc", now=NOW) == "пресс"
    assert desk.search.suggest("zayavleniya", now=NOW) == "заявления"
    assert desk.search.suggest("nothing", now=NOW) == ""
