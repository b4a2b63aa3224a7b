"""The sample desk: every state and kind is in it, and every writer can print all of it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pressdesk.base import resources
from pressdesk.base.errors import ReadFailed
from pressdesk.document.nodes import Paragraph
from pressdesk.document.tools import count, plain
from pressdesk.formats import registry
from pressdesk.formats.registry import Context
from pressdesk.formats.seedfile import Seed, load_seeds
from pressdesk.press.compose import compose
from pressdesk.press.kinds import kinds
from pressdesk.press.release import Edition
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SEEDS = load_seeds()
SHEETS = [(seed, edition) for seed in SEEDS.releases for edition in seed.editions]


def composed(seed: Seed, edition: Edition) -> Sheet:
    contacts = [SEEDS.contact(key) for key in seed.contact_keys]
    if seed.issue_on:
        at = datetime.combine(seed.issue_on, NOW.timetz())
        edition = msgspec.structs.replace(edition, state=State.ISSUED, issued_at=at)
    return compose(seed.release, edition, SEEDS.house, contacts, now=NOW)


@pytest.mark.parametrize("name", registry.writers())
@pytest.mark.parametrize(
    ("seed", "edition"), SHEETS, ids=[f"{s.name}-{e.language}" for s, e in SHEETS]
)
def test_every_writer_prints_every_sample(name: str, seed: Seed, edition: Edition) -> None:
    context = Context()
    data = registry.writers()[name].write(composed(seed, edition), context)
    assert len(data) > 300
    assert context.losses == []


def test_every_kind_is_there_in_both_languages() -> None:
    found = {(seed.release.kind, edition.language) for seed, edition in SHEETS}
    assert found == {(kind, language) for kind in kinds() for language in ("en", "ru")}


def test_every_state_is_there() -> None:
    drafts = [seed for seed in SEEDS.releases if seed.issue_on is None]
    embargoed = [s for s in SEEDS.releases if s.release.embargo and s.release.embargo.instant > NOW]
    assert len(drafts) >= 2 and len(SEEDS.releases) - len(drafts) >= 8
    assert [seed.issue_on is not None for seed in embargoed] == [True]


def test_lengths_of_the_long_speech_and_the_interview() -> None:
    words = {(s.name, e.language): count(plain(e.body)).words for s, e in SHEETS}
    assert words["02-protocol-day", "en"] >= 2500
    assert words["02-protocol-day", "ru"] >= 800
    interview = next(e for s, e in SHEETS if s.name == "03-river-courier")
    roles = [block.role for block in interview.body.blocks if isinstance(block, Paragraph)]
    assert roles.count("question") == roles.count("answer") >= 6


def test_samples_are_in_the_order_of_their_days_and_dated_no_later_than_issued() -> None:
    days = [seed.issue_on for seed in SEEDS.releases if seed.issue_on]
    assert days == sorted(days)


def test_typography_is_that_of_a_printer() -> None:
    for _seed, edition in SHEETS:
        text = f"{edition.title}\n{edition.subtitle}\n{edition.notes}\n{plain(edition.body)}"
        assert not set(text) & set("\"'*`")


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("releases/05-gauge-data.toml", 'kind = "statement"', "kind = 5", "kind"),
        ("releases/05-gauge-data.toml", 'kind = "statement"', 'kind = "poem"', "poem"),
        ("releases/05-gauge-data.toml", "[en]", "[en", "line 1"),
        ("releases/05-gauge-data.toml", '"hofer"', '"nobody"', "nobody"),
        ("releases/05-gauge-data.toml", "place = ", "plaze = ", "en: "),
        ("releases/05-gauge-data.toml", 'document = "statement"', 'document = "x"', "en.fields"),
        ("releases/11-low-water-rule.toml", "Europe/Vienna", "Mars/Olympus", "Mars"),
        ("releases/01-gauging-stations.toml", "(https://", "(file://", "en.body"),
        ("contacts.toml", 'key = "office"', 'key = "hofer"', "same key"),
        ("house.toml", "zone = ", "sone = ", "sone"),
    ],
)
def test_a_fault_names_file_and_place(
    tmp_path: Path, file: str, old: str, new: str, place: str
) -> None:
    folder = shutil.copytree(resources.seed(), tmp_path / "seeds")
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ReadFailed) as failed:
        load_seeds(folder)
    assert Path(file).name in failed.value.what
    assert place in failed.value.hint
