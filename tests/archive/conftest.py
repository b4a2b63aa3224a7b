"""A desk in a temporary folder, and short ways to make what is filed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from archive_samples import BODY, NOW, compose
from msgspec.structs import replace
from reading_fixtures import busy, canaries, copy, reader

from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.press.filed import Filed
from pressdesk.press.house import House
from pressdesk.press.release import Edition, Release

__all__ = ["busy", "canaries", "copy", "reader"]


@pytest.fixture
def now() -> datetime:
    """A Monday in November."""
    return NOW


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Files that say ``ENGINES = ("file", "server")`` run on both kinds of desk."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize(
            "engine", getattr(metafunc.module, "ENGINES", ("file",)), indirect=True
        )


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """What the desk of this test is kept in: "file" or "server"."""
    return str(request.param)


@pytest.fixture
def desk(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Archive]:
    """A new desk in Vienna."""
    house = House(zone="Europe/Vienna")
    if engine == "server":
        archive = create_office(request.getfixturevalue("office_url"), house)
    else:
        archive = create(tmp_path / "test.pressdesk", house)
    yield archive
    archive.close()


@pytest.fixture
def other(desk: Archive) -> Iterator[Archive]:
    """The same desk in a second window."""
    if isinstance(desk.place, Path):
        archive = open_desk(desk.place, busy_seconds=0.2)
    else:
        archive = open_office(str(desk.place), busy_seconds=0.2)
    yield archive
    archive.close()


@pytest.fixture
def add(desk: Archive) -> Callable[..., Filed]:
    """Files a release: ``add("Title", language="ru", kind="speech", ...)``."""

    def file(title: str = "Water level falls", *, kind: str = "news", **rest: object) -> Filed:
        edition = Edition(**{"language": "en", "title": title} | rest)
        return desk.releases.add(Release(kind), edition)

    return file


@pytest.fixture
def issue(desk: Archive) -> Callable[..., Filed]:
    """Issues what was filed."""

    def out(filed: Filed, *, at: datetime = NOW, recorded: bool = False) -> Filed:
        return desk.releases.issue(filed.release, filed.edition, compose, at=at, recorded=recorded)

    return out


@pytest.fixture
def written(desk: Archive, add: Callable[..., Filed]) -> Filed:
    """A draft of 25 revisions, titled 1 to 25."""
    filed = add("1", body=BODY)
    for number in range(2, 26):
        text = replace(filed.edition, title=str(number))
        filed = desk.releases.save(filed.release, text)
    return filed
