"""Readers see what went out and write nothing; editors write and cannot undo what was issued."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import psycopg
import pytest
from msgspec.structs import replace
from office_samples import NOW, filled

from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.archive.store.tables import metadata
from pressdesk.base.address import split
from pressdesk.base.errors import DeskReadOnly
from pressdesk.desk.opening import opened
from pressdesk.press.compose import compose
from pressdesk.press.listing import Query
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.translated import Translated

SECRET = "Canary4711"
READING = [f"SELECT 1 FROM public.{name}" for name in metadata.tables]
WRITES = [
    "INSERT INTO public.release SELECT * FROM public.release",
    "INSERT INTO public.edition SELECT * FROM public.edition",
    "INSERT INTO public.edition_body SELECT * FROM public.edition_body",
    "INSERT INTO public.draft SELECT * FROM public.draft",
    "INSERT INTO public.revision SELECT * FROM public.revision",
    "INSERT INTO public.contact SELECT * FROM public.contact",
    "INSERT INTO public.blob VALUES ('x', 'image/png', 0, '')",
    "INSERT INTO public.meta VALUES ('x', 'y')",
    "INSERT INTO public.setting VALUES ('x', 1, '')",
    "UPDATE public.release SET kind = 'x'",
    "UPDATE public.edition SET title = 'x'",
    "UPDATE public.edition_body SET summary = ''",
    "UPDATE public.issued SET sheet = ''",
    "UPDATE public.contact SET retired = true",
    "UPDATE public.setting SET data = ''",
    "UPDATE public.meta SET value = ''",
    "DELETE FROM public.release",
    "DELETE FROM public.edition",
    "DELETE FROM public.draft",
    "DELETE FROM public.listed",
    "DELETE FROM public.blob",
    "TRUNCATE public.blob",
    "TRUNCATE public.release CASCADE",
    "DROP TABLE public.meta",
    "ALTER TABLE public.meta ADD COLUMN x int",
    "CREATE INDEX ON public.meta (value)",
    "SELECT nextval('public.release_id_seq')",
    "SELECT setval('public.release_id_seq', 1)",
    "SELECT * FROM public.release FOR UPDATE",
    "INSERT INTO reading.meta VALUES ('x', 'y')",
    "UPDATE reading.meta SET value = 'x'",
    "UPDATE reading.edition SET title = 'x'",
    "DELETE FROM reading.meta",
    "DELETE FROM reading.issued",
    "DROP VIEW reading.meta",
    "CREATE TABLE reading.x (y int)",
    "CREATE TABLE public.x (y int)",
    "CREATE TEMP TABLE x (y int)",
    "CREATE SCHEMA x",
    "CREATE VIEW reading.x AS SELECT 1",
    "CREATE FUNCTION public.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE x",
    "CREATE DATABASE x",
    "ALTER DATABASE {database} SET default_transaction_read_only = off",
    "GRANT SELECT ON public.meta TO PUBLIC",
    "COPY public.meta FROM STDIN",
    "COPY (SELECT 1) TO '/srv/everything'",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_notify('pressdesk', 'x')",
    "SET ROLE postgres",
    "CREATE TRIGGER x BEFORE UPDATE ON public.meta EXECUTE FUNCTION guard_blob_update()",
    "ALTER TABLE public.issued DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
]


@pytest.fixture(scope="module")
def office(cluster) -> tuple[str, str]:
    """As ``furnished``; nobody writes in it."""
    return furnished(cluster)


def furnished(cluster, *, plain: bool = False) -> tuple[str, str]:
    """URLs of an editor and of a reader of a desk with one issued release, a draft, an embargo.

    plain   its owner may make roles and is no superuser
    """
    owner = cluster.owned() if plain else cluster.fresh()
    desk = create_office(owner, roles=True)
    filled(desk)
    add, issue = desk.releases.add, desk.releases.issue
    held = Release("news", embargo=Embargo(datetime(2999, 1, 1, tzinfo=UTC), "UTC"))
    made = add(held, Edition("en", title=f"Embargoed {SECRET}"))
    issue(made.release, made.edition, partial(compose, now=NOW), at=NOW)
    add(Release("news", occasion=SECRET), Edition("en", title=f"Draft {SECRET}"))
    next_ = desk.releases.next_edition(1, "en")
    shared = dict.fromkeys(("topics", "places", "people"), (SECRET,))
    given = replace(next_.release, occasion=SECRET, slug=SECRET, **shared)
    next_ = desk.releases.save(given, next_.edition)
    desk.releases.keep(next_.release, replace(next_.edition, title=f"Kept {SECRET}"))
    desk.contacts.save(Contact(name=Translated.of(en=f"Private {SECRET}")))
    desk.blobs.put(SECRET.encode(), "image/png")
    house = desk.houses.get()
    named = replace(house, organisation=Translated.of(en="Commission"), zone="Europe/Vienna")
    desk.houses.save(replace(named, boilerplate=Translated.of(en=SECRET), end_mark=named.unit))
    desk.close()
    database = owner.partition("?")[0].rpartition("/")[2]
    cluster.run(
        f"CREATE ROLE {database}_ed LOGIN IN ROLE {database}_editor",
        f"CREATE ROLE {database}_re LOGIN IN ROLE {database}_reader",
    )
    return cluster.url(database, f"{database}_ed"), cluster.url(database, f"{database}_re")


@pytest.mark.parametrize("order", [*WRITES, *READING])
def test_a_reader_may_not(office: tuple[str, str], order: str) -> None:
    database = split(office[1])[0].name
    with psycopg.connect(office[1], autocommit=True) as bare:
        bare.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            bare.execute(order.format(database=database))


def test_a_reader_sees_what_went_out(office: tuple[str, str]) -> None:
    with pytest.raises(DeskReadOnly):
        open_office(office[1])
    desk = opened(split(office[1])[0])[0]
    assert desk.read_only
    rows = desk.releases.page(Query(), now=NOW)
    assert [(row.id, row.first.title, row.first.number) for row in rows] == [(1, "Out", 1)]
    assert desk.releases.find(1).edition.title == "Out"
    assert desk.releases.issued(1).sheet.title == "Out"
    house = desk.houses.get()
    assert (house.organisation.into("en"), house.zone) == ("Commission", "Europe/Vienna")
    assert house.languages == ("en", "ru") and desk.contacts.all() == ()
    assert desk.releases.kept_editions() == () and desk.releases.revisions(1) == ()
    assert desk.releases.counts(Query(), now=NOW).drafts == 0
    with pytest.raises(DeskReadOnly):
        desk.releases.add(Release("news"), Edition("en"))
    desk.close()


def test_no_byte_of_what_did_not_go_out_is_readable(office: tuple[str, str]) -> None:
    with psycopg.connect(office[1]) as bare:
        views = bare.execute("SELECT viewname FROM pg_views WHERE schemaname = 'reading'")
        names = [name for (name,) in views.fetchall()]
        assert set(names) == {*metadata.tables, "search_text", "change", "shown"}
        everything = [bare.execute(f"SELECT * FROM reading.{n}").fetchall() for n in names]
    readable = str(everything) + str(list(unpacked(everything)))
    assert SECRET not in readable and SECRET.lower() not in readable
    assert "Out" in readable


def unpacked(everything: list[list[tuple[object, ...]]]) -> Iterator[bytes]:
    """What the index was fed is kept packed."""
    for value in (value for rows in everything for row in rows for value in row):
        if isinstance(value, bytes):
            with suppress(zlib.error):
                yield zlib.decompress(value)


def test_a_leaky_function_is_shown_nothing_more(office: tuple[str, str], cluster) -> None:
    database = split(office[1])[0].name
    cluster.run(
        "CREATE FUNCTION public.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001"
        " AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$",
        f"GRANT USAGE ON SCHEMA public TO {database}_re",
        url=cluster.url(database),
    )
    heard: list[str] = []
    with psycopg.connect(office[1]) as bare:
        bare.add_notice_handler(lambda said: heard.append(said.message_primary or ""))
        bare.execute("SELECT 1 FROM reading.edition WHERE public.leak(title)")
    cluster.run(
        f"REVOKE USAGE ON SCHEMA public FROM {database}_re",
        "DROP FUNCTION public.leak",
        url=cluster.url(database),
    )
    assert heard == ["Out"]


def test_an_editor_writes_and_cannot_take_the_guards_out(cluster) -> None:
    office = furnished(cluster)
    desk = open_office(office[0])
    filed = desk.releases.add(Release("news"), Edition("en", title="By an editor"))
    saved = desk.releases.save(filed.release, replace(filed.edition, title="Again"))
    done = desk.releases.issue(saved.release, saved.edition, partial(compose, now=NOW), at=NOW)
    desk.close()
    orders = [
        "ALTER TABLE issued DISABLE TRIGGER ALL",
        "DROP TRIGGER guard_issued_update ON issued",
        "DROP TABLE issued",
        "TRUNCATE issued",
        "CREATE TEMP TABLE edition (id int)",
        "UPDATE alembic_version SET version_num = 'x'",
        "SET session_replication_role = replica",
    ]
    with psycopg.connect(office[0]) as bare:
        for order in orders:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(order)
            bare.rollback()
        with pytest.raises(psycopg.errors.IntegrityError):
            bare.execute("DELETE FROM edition WHERE id = %s", (done.edition.id,))


def test_the_embargo_passes_by_itself(cluster) -> None:
    owner = cluster.fresh()
    desk = create_office(owner, roles=True)
    past = Embargo(datetime(2026, 1, 1, tzinfo=UTC), "UTC")
    made = desk.releases.add(Release("news", embargo=past), Edition("en", title="Free"))
    before = partial(compose, now=datetime(2025, 1, 1, tzinfo=UTC))
    desk.releases.issue(made.release, made.edition, before, at=NOW)
    desk.close()
    with psycopg.connect(owner) as bare:
        assert bare.execute("SELECT embargo_at IS NOT NULL FROM edition").fetchone() == (True,)
        assert bare.execute("SELECT title FROM reading.listed").fetchone() == ("Free",)
