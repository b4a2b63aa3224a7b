"""With --read a desk on a server shows what is out and nothing else, to editors and owners too."""

from __future__ import annotations

import zlib
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from office_samples import NOW, filled
from sqlalchemy import text

from pressdesk.archive.opening import open_at
from pressdesk.archive.server.postgres import create_office
from pressdesk.archive.store.tables import metadata
from pressdesk.base.address import Server, split
from pressdesk.base.errors import DeskReadOnly, NotFound
from pressdesk.cli import shell
from pressdesk.press.compose import compose
from pressdesk.press.listing import Query
from pressdesk.press.query import Question, Word
from pressdesk.press.release import Contact, Edition, Embargo, Release
from pressdesk.press.translated import Translated

SECRET = "Canary4711"


@pytest.fixture(params=["owner", "owner without roles", "editor", "reader"])
def server(request: pytest.FixtureRequest, cluster) -> Server:
    """A desk as this person reaches it: an issued release, and secrets of every kind."""
    who = str(request.param)
    url = cluster.fresh()
    desk = create_office(url, roles="without" not in who)
    filled(desk)
    add = desk.releases.add
    held = Release("news", embargo=Embargo(datetime(2999, 1, 1, tzinfo=UTC), "UTC"))
    made = add(held, Edition("en", title=f"Embargoed {SECRET}"))
    desk.releases.issue(made.release, made.edition, partial(compose, now=NOW), at=NOW)
    draft = add(Release("news", occasion=SECRET), Edition("en", title=f"Draft {SECRET}"))
    desk.releases.save(draft.release, replace(draft.edition, summary=SECRET), note=SECRET)
    next_ = desk.releases.next_edition(1, "en")
    desk.releases.keep(next_.release, replace(next_.edition, title=f"Kept {SECRET}"))
    binned = add(Release("news"), Edition("en", title=f"Binned {SECRET}"))
    desk.trash.put(binned.release.id)
    desk.contacts.save(Contact(name=Translated.of(en=f"Private {SECRET}")))
    desk.blobs.put(SECRET.encode(), "image/png")
    desk.close()
    database = split(url)[0].name
    if who in ("editor", "reader"):
        cluster.run(f"CREATE ROLE {database}_x LOGIN IN ROLE {database}_{who}")
        return split(cluster.url(database, f"{database}_x"))[0]
    return split(url)[0]


def test_nothing_that_did_not_go_out_is_there(server: Server) -> None:
    desk = open_at(server, reading=True)
    assert desk.read_only and desk.reading
    rows = desk.releases.page(Query(), now=NOW)
    assert [(row.id, row.first.title) for row in rows] == [(1, "Out")]
    assert list(desk.releases.keys(Query(), now=NOW)) == [1]
    counts = desk.releases.counts(Query(), now=NOW)
    assert (counts.drafts, counts.embargo) == (0, 0)
    for number in (2, 3, 4, 5):
        with pytest.raises(NotFound):
            desk.releases.find(number, language="en")
    assert desk.releases.find(1, language="en").kept is None
    assert desk.releases.kept_editions() == () and desk.trash.all() == ()
    assert desk.contacts.all() == () and desk.releases.history(1, "en") == ()
    assert desk.releases.topics() == ()
    assert desk.search.page(Question(Word(SECRET.lower())), now=NOW).hits == ()
    with pytest.raises(DeskReadOnly):
        desk.releases.add(Release("news"), Edition("en"))
    desk.close()


def test_no_statement_of_its_sessions_finds_a_byte(server: Server) -> None:
    desk = open_at(server, reading=True)
    with desk._store.read() as connection:
        found = [
            value
            for name in (*metadata.tables, "search_text", "change", "shown")
            for row in connection.execute(text(f"SELECT * FROM {name}")).all()
            for value in row
        ]
    desk.close()
    for value in found:
        said = repr(value)
        if isinstance(value, bytes | memoryview):
            with suppress(zlib.error):
                said += repr(zlib.decompress(bytes(value)))
        assert SECRET.lower() not in said.lower()
    assert "Out" in repr(found)


def test_the_shell_shows_no_more(server: Server) -> None:
    orders = [("list",), ("search", SECRET), ("list", "--json"), ("topics",), ("show", "3")]
    for order in orders:
        done = CliRunner().invoke(shell, ["--desk", server.url, "--read", *order])
        assert SECRET not in done.output.replace(order[-1], "")
