"""Two persons wrote one edition of a desk on a server: neither text is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server.postgres import create_office, open_office
from tests.settling_promises import *  # noqa: F403  # the promises are tests of their own


@pytest.fixture
def two(office_url: str) -> Iterator[tuple[Archive, Archive]]:
    mine = create_office(office_url)
    theirs = open_office(office_url)
    yield mine, theirs
    theirs.close()
    mine.close()
