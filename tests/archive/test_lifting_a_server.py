"""An older desk on a server: its owner brings it up to date, while no older program is in it."""

from __future__ import annotations

from contextlib import closing, suppress

import psycopg
import published
import pytest
from office_cluster import Cluster

from pressdesk.archive.server.postgres import connect, open_office
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.base.address import split
from pressdesk.base.errors import DeskLocked, DeskReadOnly

OLDER = 2
"""The last whose contacts were stored in another form: a lift can be seen by them."""
OWNER, OTHER = "lifting_owner", "lifting_other"


@pytest.fixture
def url(cluster: Cluster, office_url: str) -> str:
    """A desk of the schema before, by the name of an owner who is no administrator."""
    for name in (OWNER, OTHER):
        with suppress(psycopg.errors.DuplicateObject):  # roles are the whole server's
            cluster.run(f"CREATE ROLE {name} LOGIN")
    database = office_url.partition("?")[0].rpartition("/")[2]
    cluster.run(f"ALTER DATABASE {database} OWNER TO {OWNER}")
    owned = cluster.url(database, OWNER)
    published.restore(OLDER, cluster, owned)
    cluster.run(
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {OTHER}",
        url=owned,
    )
    return owned


def _by(name: str, url: str) -> str:
    return url.replace(OWNER, name)


def _stored(url: str) -> tuple[str, bool]:
    """The schema there is, and whether contacts are stored as it has them."""
    with psycopg.connect(url) as bare:
        schema = bare.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        old = "position('\"phones\"' IN convert_from(data, 'UTF8')) > 0"
        found = bare.execute(f"SELECT count(*) FROM contact WHERE {old}").fetchone()
    assert schema is not None and found is not None
    return str(schema[0]), found[0] == 0


@pytest.mark.parametrize("name", ["PressDesk", f"PressDesk schema {OLDER}"])
def test_not_while_an_older_program_has_it_open(name: str, url: str) -> None:
    with (
        psycopg.connect(_by(OTHER, url), application_name=name),
        pytest.raises(DeskLocked, match="older PressDesk"),
    ):
        open_office(url)
    assert _stored(url) == (str(OLDER), False)
    open_office(url).close()
    assert _stored(url) == (str(SCHEMA), True)


def test_whoever_knows_the_new_schema_stands_in_nobodys_way(url: str) -> None:
    server, _password = split(url)
    with (
        closing(open_office(_by(OTHER, url), read_only=True)) as reader,
        psycopg.connect(url, application_name="psql"),
        connect(server, None),
        closing(open_office(url)) as desk,
    ):
        assert reader.contacts.all() == desk.contacts.all()
    assert _stored(url) == (str(SCHEMA), True)


def test_an_editor_is_told_that_the_owner_has_to_open_it(cluster: Cluster, url: str) -> None:
    with pytest.raises(DeskReadOnly, match="owner"):
        open_office(_by(OTHER, url))
    assert _stored(url) == (str(OLDER), False)
    open_office(url).close()
    # Rights of his own, beside those of a role, are his who gave them.
    cluster.run(f"GRANT SELECT, UPDATE ON public.turn TO {OTHER}", url=url)
    open_office(_by(OTHER, url)).close()
