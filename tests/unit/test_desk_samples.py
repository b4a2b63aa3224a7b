"""The sample desk is made whole, as a person would have made it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.base.errors import DeskUnavailable
from pressdesk.desk import exporting, samples
from pressdesk.formats.seedfile import load_seeds
from pressdesk.press.listing import Query
from pressdesk.press.states import State

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("samples") / "samples.pressdesk"
    samples.make(path)
    archive = open_desk(path)
    yield archive
    archive.close()


def test_every_seed_is_there_in_every_language(desk: Archive) -> None:
    wanted = sorted((e.language, e.title) for s in load_seeds().releases for e in s.editions)
    found = desk.releases.list_editions(Query(), now=NOW)
    assert sorted((row.language, row.title) for _release, row in found) == wanted


def test_references_count_on_through_each_year(desk: Archive) -> None:
    issued = desk.releases.list_editions(Query(state="issued"), now=NOW)
    by_age = sorted({(release.sort_date, release.reference) for release, _row in issued})
    references = [reference for _day, reference in by_age]
    assert references == sorted(references)
    assert references[0].endswith("/001")


def test_what_was_issued_carries_the_contacts_and_the_house_of_the_seeds(desk: Archive) -> None:
    for release, row in desk.releases.list_editions(Query(state="issued"), now=NOW):
        filed = desk.releases.find(release.id, language=row.language)
        sheet = exporting.sheet_of(desk, filed, now=NOW)
        assert sheet.state is State.ISSUED
        assert sheet.contacts
        assert sheet.organisation
        assert sheet.reference == release.reference


def test_the_defaults_of_the_house_are_contacts_of_the_desk(desk: Archive) -> None:
    ids = {contact.id for contact in desk.contacts.all()}
    defaults = desk.houses.get().default_contacts
    assert defaults
    assert set(defaults) <= ids


def test_an_interrupted_making_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        samples.make(_folder(tmp_path) / "a.pressdesk", step=interrupted)
    assert list(_folder(tmp_path).iterdir()) == []


def _folder(tmp_path: Path) -> Path:
    """Apart from what this computer remembers of each desk."""
    made = tmp_path / "desks"
    made.mkdir(exist_ok=True)
    return made


def test_what_is_there_is_not_touched_and_each_release_is_a_step(tmp_path: Path) -> None:
    steps: list[int] = []
    tmp_path = _folder(tmp_path)
    samples.make(tmp_path / "a.pressdesk", step=lambda: steps.append(1))
    assert len(steps) == samples.count()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pressdesk"]
    before = (tmp_path / "a.pressdesk").read_bytes()
    with pytest.raises(DeskUnavailable):
        samples.make(tmp_path / "a.pressdesk")
    assert (tmp_path / "a.pressdesk").read_bytes() == before
