"""The desk to measure with is the same every time, and as varied as a real one."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pressdesk.archive.file.desk_file import open_desk
from pressdesk.base.errors import DeskUnavailable
from pressdesk.document.tools import count, plain
from pressdesk.press.house import House
from pressdesk.press.listing import Query
from pressdesk.press.states import State
from tests.benchmarks import invented_desk, invented_texts, invented_words
from tests.benchmarks.invented_texts import TextPlan

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def contents(path: Path) -> str:
    """The digest of everything a person could read there, in list order."""
    archive = open_desk(path)
    seen = hashlib.sha256()
    for number in archive.releases.keys(Query(), now=NOW):
        for row in archive.releases.languages(number):
            filed = archive.releases.find(number, language=row.language)
            release = msgspec.structs.replace(filed.release, uid="")
            edition = msgspec.structs.replace(filed.edition, uid="")
            out = archive.releases.issued(edition.id)
            seen.update(msgspec.json.encode((release, edition.title, edition.date, edition.fields)))
            seen.update(plain(edition.body).encode())
            seen.update(out.sha256.encode() if out else b"-")
    archive.close()
    return seen.hexdigest()


@pytest.mark.slow
def test_the_same_desk_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        invented_desk.make(tmp_path / name, 40)
    invented_desk.make(tmp_path / "three", 40, plan=TextPlan(seed=8))
    one, two, three = (contents(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two != three


def test_a_larger_desk_begins_with_the_smaller_one() -> None:
    house = House()
    assert invented_texts.item(TextPlan(), 17, house) == invented_texts.item(TextPlan(), 17, house)
    assert invented_texts.item(TextPlan(), 17, house) != invented_texts.item(TextPlan(), 18, house)


def test_the_texts_have_the_lengths_and_shares_they_promise() -> None:
    items = [invented_texts.item(TextPlan(), n, House()) for n in range(1200)]
    lengths = [count(plain(item.edition.body)).words for item in items]
    assert 470 < sum(lengths) / len(lengths) < 560
    assert min(lengths) >= 195 and max(lengths) <= 1520
    phrase = list(invented_texts.PHRASE.values())
    held = sum(any(p in plain(item.edition.body) for p in phrase) for item in items)
    assert 0.52 < held / len(items) < 0.62
    out = sum(item.record is not None for item in items)
    assert 0.87 < out / len(items) < 0.93
    assert {item.edition.language for item in items} == {"en", "ru"}
    assert len({item.edition.date.year for item in items if item.edition.date}) == 27


def test_short_texts_are_short() -> None:
    item = invented_texts.item(TextPlan(short=True), 3, House())
    assert count(plain(item.edition.body)).words <= 150 + 17


@pytest.mark.parametrize("language", ["en", "ru"])
def test_words_come_by_rank_and_none_is_left_out(language: str) -> None:
    forms, slots = invented_words.forms(language), invented_words.slots(language)
    assert len(forms) > 1000 and len(set(forms)) == len(forms)
    assert len(slots) == 1 << 16 and set(slots) == set(forms)
    assert slots.count(forms[0]) > 5 * slots.count(forms[40])


def test_words_are_inflected() -> None:
    assert {"река", "реки", "рекой", "паводок", "паводка", "уровень", "уровня"} <= set(
        invented_words.forms("ru")
    )
    assert {"city", "cities", "reports", "reported"} <= set(invented_words.forms("en"))


def test_what_was_issued_is_issued(tmp_path: Path) -> None:
    invented_desk.make(tmp_path / "desk", 30)
    archive = open_desk(tmp_path / "desk")
    found = archive.releases.list_editions(Query(), now=NOW)
    states = {row.state for _release, row in found}
    archive.close()
    assert len(found) == 30
    assert states == {State.DRAFT, State.ISSUED}


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk"
    path.write_bytes(b"mine")
    with pytest.raises(DeskUnavailable):
        invented_desk.make(path, 5)
    assert path.read_bytes() == b"mine"
