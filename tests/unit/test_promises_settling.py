"""Two windows wrote one edition of a desk in a file: neither text is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pressdesk.archive.file.desk_file import Archive, create, open_desk
from tests.settling_promises import *  # noqa: F403  # the promises are tests of their own


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Archive, Archive]]:
    mine = create(tmp_path / "office.pressdesk")
    theirs = open_desk(tmp_path / "office.pressdesk")
    yield mine, theirs
    theirs.close()
    mine.close()
