"""The first rows of a desk that is not open yet: those of the open one, or none."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from archive_samples import NOW
from msgspec.structs import replace

from pressdesk.archive.file.glance import glance
from pressdesk.press.listing import Query
from pressdesk.press.release import Embargo

MANY = 100


@pytest.fixture
def filled(desk, add, issue):
    """A draft typed into, an issued one with its next edition, an embargo, two languages, trash."""
    draft = add("typed", language="ru", date=date(2024, 5, 1))
    desk.releases.keep(draft.release, replace(draft.edition, title="typed on"))
    issue(add("out", date=date(2024, 5, 3)))
    both = add("both", language="de")
    desk.releases.add_language(both.release.id, replace(both.edition, language="ru", uid="r", id=0))
    held = add("held")
    desk.releases.save(
        replace(held.release, embargo=Embargo(NOW + timedelta(days=400), "Europe/Vienna")),
        held.edition,
    )
    desk.trash.put(add("gone").release.id)
    return desk


def test_it_shows_what_the_open_desk_shows(filled) -> None:
    seen = glance(filled.path, limit=MANY)
    assert seen is not None
    assert seen.rows == filled.releases.page(Query(), limit=MANY, now=NOW)
    assert len(seen.rows) == 4
    house = filled.houses.get()
    assert (seen.languages, seen.zone) == (house.languages, house.zone)
    few = glance(filled.path, limit=2)
    assert few is not None and few.rows == seen.rows[:2]


def test_an_empty_desk_has_no_rows(desk) -> None:
    seen = glance(desk.path, limit=MANY)
    assert seen is not None and seen.rows == ()


@pytest.mark.parametrize(
    "harm",
    [
        "PRAGMA user_version = 3",
        "PRAGMA user_version = 9999",
        "PRAGMA application_id = 7",
        "CREATE VIEW x AS SELECT 1",
        "DROP TABLE listed",
        "UPDATE setting SET data = x'00'",
        "DELETE FROM setting",
        "UPDATE listed SET state = 'no state'",
        "UPDATE release SET sort_date = 'never'",
        "UPDATE listed SET title = x'ff'",
        "DELETE FROM listed WHERE release_id = 1",
        """UPDATE setting SET data = '{"zone":"Nowhere/Nothing"}'""",
    ],
)
def test_what_only_opening_can_tell_shows_nothing(filled, harm: str) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.path)) as bare, bare:
        for (guard,) in bare.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
            bare.execute(f'DROP TRIGGER "{guard}"')
        bare.execute(harm)
    assert glance(filled.path, limit=MANY) is None


def test_no_desk_there_and_none_is_made(tmp_path: Path) -> None:
    nothing, text = tmp_path / "none.pressdesk", tmp_path / "text.pressdesk"
    text.write_text("not a desk " * 1000, encoding="ascii")
    assert glance(nothing, limit=MANY) is None
    assert glance(text, limit=MANY) is None
    assert glance(tmp_path, limit=MANY) is None
    assert not nothing.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pressdesk"
    os.mkfifo(pipe)
    code = "import sys, pathlib; from pressdesk.archive.file.glance import glance;"
    code += "sys.exit(glance(pathlib.Path(sys.argv[1]), limit=1) is not None)"
    done = subprocess.run([sys.executable, "-c", code, str(pipe)], check=False, timeout=60)
    assert done.returncode == 0


def test_a_desk_that_somebody_writes_is_left_to_the_opening(filled) -> None:
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert glance(filled.path, limit=MANY) is None


def test_it_needs_no_sqlalchemy() -> None:
    code = "import sys, pressdesk.archive.file.glance; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
