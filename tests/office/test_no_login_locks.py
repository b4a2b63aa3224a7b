"""A login that may only read keeps nobody from writing, and says nothing in another's name."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from test_office_roles import furnished

from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.archive.server.presence import Presence
from pressdesk.base.address import split
from pressdesk.base.errors import DeskLocked, DeskUnavailable
from pressdesk.press.release import Edition, Release

ONCE = 0.3
"""Seconds an editor waits: enough for a lock that nobody holds."""

NUMBERS = (0x50444B31_00000001, 0x50444B31_00000002, 0x50444B32 << 32 | 2)
"""Under which editions, numbers and the turn were locked once."""

KINDS = ("pg_advisory_lock", "pg_advisory_lock_shared")


@pytest.fixture(params=["owner", "superuser"])
def office(cluster, request: pytest.FixtureRequest) -> tuple[str, str]:
    """URLs of an editor and of a reader; the owner has the rights the README asks for, or all."""
    return furnished(cluster, plain=request.param == "owner")


@pytest.fixture
def editor(office: tuple[str, str]) -> Iterator[Archive]:
    desk = open_office(office[0], busy_seconds=ONCE)
    yield desk
    desk.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_with_every_lock_keeps_nobody_out(
    office: tuple[str, str], editor: Archive, cluster, kind: str
) -> None:
    database = split(office[1])[0].name
    cluster.run(f"GRANT EXECUTE ON FUNCTION {kind}(bigint) TO PUBLIC", url=cluster.url(database))
    with psycopg.connect(office[1], autocommit=True) as reader:
        for number in NUMBERS:
            reader.execute(f"SELECT {kind}(%s)", (number,))
        open_office(office[0], busy_seconds=ONCE).close()
        filed = editor.releases.add(Release("news"), Edition("en", title="While he holds it"))
        editor.releases.keep(*filed.current())
        presence = Presence(editor, "Maria")
        assert presence.begin(2) is None
        presence.close()


def test_whoever_writes_is_waited_for(office: tuple[str, str], editor: Archive) -> None:
    other = open_office(office[0])
    with other._store.write():
        with pytest.raises(DeskLocked):
            editor.releases.add(Release("news"), Edition("en", title="Too early"))
        assert editor.releases.find(1).edition.title == "Out"
    editor.releases.add(Release("news"), Edition("en", title="Now"))
    other.close()


@pytest.mark.parametrize(
    "order",
    [
        "SELECT 1 FROM public.turn FOR UPDATE",
        "LOCK TABLE public.turn IN SHARE MODE",
        "SELECT public.begin_work(2)",
        "SELECT * FROM public.at_work",
    ],
)
def test_a_reader_has_no_turn(office: tuple[str, str], order: str) -> None:
    with psycopg.connect(office[1]) as bare, pytest.raises(psycopg.errors.InsufficientPrivilege):
        bare.execute(order)


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE public.turn SET whose = false",
        "DELETE FROM public.turn",
        "INSERT INTO public.turn VALUES (NULL)",
        "INSERT INTO public.at_work VALUES (2, 1, 'postgres', 'PressDesk John-')",
        "DELETE FROM public.at_work",
    ],
)
def test_an_editor_takes_the_turn_and_nothing_more(office: tuple[str, str], order: str) -> None:
    with psycopg.connect(office[0], autocommit=True) as bare:
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)):
            bare.execute(order)
        assert bare.execute("SELECT count(*) FROM public.turn").fetchone() == (1,)


def test_of_two_who_begin_a_desk_one_can(cluster) -> None:
    url = cluster.fresh()
    with ThreadPoolExecutor() as both:
        done = list(both.map(lambda _n: _begun(url), range(2)))
    assert sorted(done) == ["begun", "taken"]
    open_office(url).close()


def _begun(url: str) -> str:
    try:
        create_office(url).close()
    except DeskUnavailable:
        return "taken"
    return "begun"
