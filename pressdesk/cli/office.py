"""Commands for a desk on a server: making it, keeping its password, copying a desk there."""

from __future__ import annotations

from pathlib import Path

import click

from pressdesk.base import passwords
from pressdesk.base.address import Address
from pressdesk.cli import desks, output
from pressdesk.desk import looking_after, opening


@click.group()
def office() -> None:
    """Desks on a PostgreSQL server, for several persons at once."""


@office.command("init")
@click.argument("url", type=desks.DESK)
@click.option("--no-roles", is_flag=True, help="Without the roles of editors and readers.")
def init_office(url: Address, no_roles: bool) -> None:
    """Make a desk in an empty database, with a role for editors and one for readers."""
    if isinstance(url, Path):
        raise click.UsageError("Name a database: postgresql://name@host/database")
    desks.asking(url, lambda _place: opening.make_office(url, roles=not no_roles))
    click.echo(str(url))
    if not no_roles:
        name = url.name
        click.echo(f'Editors:  GRANT "{name}_editor" TO somebody;', err=True)
        click.echo(f'Readers:  GRANT "{name}_reader" TO somebody;', err=True)


@office.command()
@click.argument("url", type=desks.DESK)
def password(url: Address) -> None:
    """Put the password of a server into the system's keyring."""
    if isinstance(url, Path):
        raise click.UsageError("Name a server: postgresql://name@host/database")
    typed = click.prompt(f"Password for {url}", hide_input=True, err=True)
    passwords.keep(url, typed)


@click.command()
@click.argument("source", metavar="FROM", type=desks.DESK)
@click.argument("target", metavar="TO", type=desks.DESK)
@click.option("--no-roles", is_flag=True, help="On a server: without roles.")
def move(source: Address, target: Address, no_roles: bool) -> None:
    """Copy the desk FROM, a file or a server, to TO, where nothing is yet.

    Every row is counted and hashed on both sides before the copy is kept. FROM stays as it is.
    """
    with (
        desks.opened(source, whole=True) as archive,
        output.progress("Copying", total=100) as step,
    ):
        told = output.percent(step)
        done = desks.asking(
            target,
            lambda place: looking_after.move(archive, place, roles=not no_roles, told=told),
        )
    rows = sum(one.rows for one in done.values())
    click.echo(f"{target}: {done['release'].rows} releases, {rows} rows, the same on both sides")
