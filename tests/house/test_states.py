"""A state of an edition is told the same everywhere, and a new one cannot be forgotten."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pikepdf
import pytest
from msgspec.structs import replace

from pressdesk.archive.file import triggers
from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.archive.releases.writing import derive
from pressdesk.base import i18n
from pressdesk.desk.filename import stem
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.formats import registry
from pressdesk.gui.kit.tokens import tokens
from pressdesk.gui.list.facet_row import value_words
from pressdesk.gui.list.release_delegate import tags
from pressdesk.press import states
from pressdesk.press.asking import parse
from pressdesk.press.compose import compose
from pressdesk.press.house import House
from pressdesk.press.listing import Bucket, LanguageRow, Query, ReleaseRow
from pressdesk.press.narrowing import Narrowing, narrowed
from pressdesk.press.query import Filter, Question
from pressdesk.press.release import Edition, Release
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State, Status, row_of, said_of, status_of

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
EVERY = pytest.mark.parametrize("state", State, ids=lambda state: f"of {state}")
EVERY_STATUS = pytest.mark.parametrize("status", Status)


def edition(state: State) -> Edition:
    """An edition as it stands in this state."""
    text = Edition("en", title="Budget", place="Vienna", date=date(2026, 11, 20), state=state)
    text = replace(text, body=Document((paragraph("The Council met on Monday."),)))
    return replace(text, issued_at=NOW if state.out else None)


def sheet(state: State) -> Sheet:
    return compose(Release("news", id=3), edition(state), House(), (), now=NOW)


@EVERY
@pytest.mark.parametrize("form", ["html", "text", "markdown"])
def test_no_format_calls_it_published_unless_it_is_out(state: State, form: str) -> None:
    made = registry.writer(form).write(sheet(state), registry.Context()).decode()
    assert ("FOR IMMEDIATE RELEASE" in made) is state.out
    assert ("NOT FOR RELEASE" in made) is (not state.out)


@EVERY
def test_machines_are_told_the_same(state: State) -> None:
    page = registry.writer("html").write(sheet(state), registry.Context()).decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    article = json.loads(found)
    assert article["creativeWorkStatus"] == row_of(state).schema_org
    assert (article["creativeWorkStatus"] == "Published") is state.out
    assert ("datePublished" in article) is state.out


@EVERY
def test_the_pages_of_a_pdf_bear_its_word(state: State) -> None:
    data = registry.writer("pdf").write(sheet(state), registry.Context())
    assert (b"/Watermark" in _unpacked(data)) is bool(row_of(state).watermark)
    assert bool(row_of(state).watermark) is (not state.out)


def _unpacked(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return b"".join(page.Contents.read_bytes() for page in pdf.pages)


@EVERY
def test_a_file_is_named_by_it(state: State) -> None:
    named = stem(sheet(state), release_id=3, number=1)
    assert named.startswith(f"{row_of(state).prefix}-" if row_of(state).prefix else "3-")
    assert bool(row_of(state).prefix) is (not state.out)


@EVERY
@pytest.mark.parametrize("language", i18n.INTERFACES)
def test_the_list_has_a_tag_for_it(state: State, language: str) -> None:
    line = LanguageRow("en", 1, 1, state, "Budget", None, issued=state.out)
    i18n.use(language)
    try:
        (tag,) = tags(ReleaseRow(1, "news", "", date(2026, 11, 20), (line,)), NOW)
        assert tag.words == said_of(row_of(state).status).label()
        assert value_words("state", row_of(state).status) == tag.words
    finally:
        i18n.use("en")


@EVERY_STATUS
@pytest.mark.parametrize("dark", [False, True])
def test_it_has_a_colour(status: Status, dark: bool) -> None:
    ink, ground = (getattr(tokens(dark), said_of(status).tone + part) for part in ("", "_ground"))
    assert ink != ground


@EVERY_STATUS
def test_it_is_in_one_segment_and_found_by_every_name(status: Status) -> None:
    bucket = said_of(status).bucket
    assert bucket in get_args(Bucket) and status in states.in_bucket(bucket)
    asked = narrowed(Question(), Query(bucket=bucket), Narrowing())
    assert asked.tree is not None
    for name in said_of(status).asked:
        tree = parse(f'state:"{name}"', NOW.date()).tree
        assert tree == Filter("state", status), name


@EVERY
def test_what_it_is_called_depends_on_the_hour_only_when_it_is_out(state: State) -> None:
    before, after = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    assert status_of(state, None, NOW) is row_of(state).status
    assert status_of(state, before, NOW) is row_of(state).status
    assert (status_of(state, after, NOW) is Status.EMBARGO) is state.out
    assert status_of(state, None, NOW) in states.STATUSES


@EVERY
def test_what_may_follow_is_a_state_and_nothing_that_is_out_is_written_on(state: State) -> None:
    assert set(row_of(state).follow) <= set(State)
    assert not (state.out and state.writable)


# --- the desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Archive]:
    made = create(tmp_path / "a.pressdesk")
    yield made
    made.close()


@EVERY
def test_the_guards_of_the_file_know_it(desk: Archive, state: State) -> None:
    """A text is free in one state and stands still in another, whoever writes to the file."""
    desk.releases.add(Release("news"), replace(edition(State.DRAFT), issued_at=None))
    with closing(sqlite3.connect(desk.path)) as bare:
        for name, _sql in triggers.guards():
            bare.execute(f"DROP TRIGGER {name}")
        bare.execute("UPDATE edition SET state = ?", (state.value,))
        for _name, sql in triggers.guards():
            bare.execute(sql)
        bare.commit()
        orders = [
            "UPDATE edition SET title = 'Another'",
            "UPDATE edition_body SET notes = 'Another'",
            "DELETE FROM edition",
        ]
        refused = 0
        for order in orders:
            try:
                bare.execute(order)
            except sqlite3.IntegrityError:
                refused += 1
        (stands,) = bare.execute("SELECT state FROM edition").fetchone() or ("gone",)
    assert refused == (len(orders) if state.out else 0)
    assert stands == (state.value if state.out else "gone")


@EVERY
def test_lists_counts_and_the_search_know_it(desk: Archive, state: State) -> None:
    filed = desk.releases.add(Release("news"), replace(edition(State.DRAFT), issued_at=None))
    with closing(sqlite3.connect(desk.path)) as bare, bare:
        for name, _sql in triggers.guards():
            bare.execute(f"DROP TRIGGER {name}")
        bare.execute("UPDATE edition SET state = ?", (state.value,))
        for _name, sql in triggers.guards():
            bare.execute(sql)
    with desk._store.write() as connection:
        derive(connection, filed.release.id)
    status = row_of(state).status
    (found,) = desk.releases.list_editions(Query(state=status), now=NOW)
    assert found[1].state is state
    bucket = said_of(status).bucket
    assert len(desk.releases.keys(Query(bucket=bucket), now=NOW)) == 1
    assert getattr(desk.releases.counts(Query(), now=NOW), bucket) == 1
    asked = parse(f"state:{status}", NOW.date())
    assert desk.search.count(asked, now=NOW, limit=9) == 1
    (facet,) = [f for f in desk.search.facets(Question(), now=NOW).facets if f.name == "state"]
    assert [(one.value, one.number) for one in facet.counts] == [(status, 1)]


# --- and when there is one more

_MEMBER = """    ISSUED = "issued"

    @property
    def out("""
_ROW = """        case State.REVIEW:
            return StateRow(
                out=False,
                writable=False,
                status=Status.DRAFT,
                follow=(State.DRAFT, State.ISSUED),
                schema_org="Pending",
                warning=_DRAFT.warning,
                watermark=_DRAFT.watermark,
                prefix="REVIEW",
            )
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, for states to be added to."""
    folder = tmp_path_factory.mktemp("house")
    for part in ("pressdesk", "resources"):
        ignored = shutil.ignore_patterns("__pycache__", "pictures")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in ("conftest.py", "office_cluster.py", "fixtures/screens.json"):
        (folder / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / "tests" / name).exists():
            shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    shutil.copytree(ROOT / "tests" / "house", folder / "tests" / "house")
    return folder


def add_review(house: Path, *, row: str = "") -> None:
    """In the copy an edition can also be in review, with this row."""
    text = (ROOT / "pressdesk" / "press" / "states.py").read_text("utf-8")
    mark = "        case State.ISSUED:\n            return _ISSUED\n"
    assert text.count(_MEMBER) == text.count(mark) == 1
    text = text.replace(_MEMBER, '    REVIEW = "review"\n' + _MEMBER).replace(mark, mark + row)
    (house / "pressdesk" / "press" / "states.py").write_text(text, "utf-8")


def test_types_name_the_place_where_a_new_state_is_missing(house: Path) -> None:
    add_review(house)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
    command += ["--follow-imports=silent", "pressdesk/press/states.py", "--config-file="]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if "error" in line]
    assert len(found) == 1 and "assert_never" in found[0] and "State.REVIEW" in found[0], (
        done.stdout
    )


def test_with_its_row_a_new_state_is_told_everywhere(house: Path) -> None:
    add_review(house, row=_ROW)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly"]
    command += ["tests/house/test_states.py", "-k", "not new_state"]
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    env["PYTHONPATH"] = str(house)
    done = subprocess.run(command, cwd=house, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) >= 3 * 13
