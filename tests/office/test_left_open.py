"""The administrator is told what a login can still do, its limit and the SQL that ends it."""

from __future__ import annotations

from click.testing import CliRunner
from test_office_roles import furnished

from pressdesk.archive.checking import check
from pressdesk.archive.server import rights
from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.base.address import split
from pressdesk.cli import shell

FUNCTIONS = [one for kind in rights.OPEN.values() for one in kind]


def _said(url: str) -> str:
    with_roles = open_office(url)
    try:
        report = check(with_roles)
    finally:
        with_roles.close()
    assert report.sound
    return "\n".join(report.left_open)


def test_an_owner_is_told_of_each_function_that_is_open(cluster) -> None:
    url = cluster.owned()
    create_office(url, roles=True).close()
    said = _said(url)
    assert [one for one in FUNCTIONS if one not in said] == []
    orders = [line.partition("superuser: ")[2] for line in said.splitlines()]
    cluster.run(*(order for order in orders if order), url=cluster.url(split(url)[0].name))
    assert "REVOKE EXECUTE" not in _said(url)


def test_a_superuser_has_closed_them(cluster) -> None:
    url = cluster.fresh()
    create_office(url, roles=True).close()
    said = _said(url)
    assert "REVOKE EXECUTE" not in said
    assert "NOTIFY" in said and "pg_terminate_backend" in said and "_editor" in said


def test_who_owns_nothing_is_told_nothing(cluster) -> None:
    assert _said(furnished(cluster, plain=True)[0]) == ""


def test_it_is_printed_where_a_desk_is_made_and_checked(cluster) -> None:
    url = cluster.owned()
    done = CliRunner().invoke(shell, ["office", "init", url])
    assert done.exit_code == 0
    assert "REVOKE EXECUTE ON FUNCTION lo_create(oid)" in done.output
    looked = CliRunner().invoke(shell, ["--desk", url, "check"])
    assert looked.exit_code == 0
    assert "REVOKE EXECUTE ON FUNCTION lo_create(oid)" in looked.output
