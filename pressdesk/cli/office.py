"""Commands for a desk on a server: creating it, storing its password, copying a desk there."""

from __future__ import annotations

from pathlib import Path

import click

from pressdesk.base import passwords
from pressdesk.base.address import Address
from pressdesk.cli import desks, output
from pressdesk.desk import looking_after, opening


@click.group()
def office() -> None:
    """Desks on a PostgreSQL server, for several people at once."""


@office.command("init")
@click.argument("url", type=desks.DESK)
@click.option("--no-roles", is_flag=True, help="Do not create roles for editors and readers.")
def init_office(url: Address, no_roles: bool) -> None:
    """Create a desk in an empty database, with roles for editors and readers."""
    if isinstance(url, Path):
        raise click.UsageError("URL must have the form postgresql://name@host/database")
    left = desks.asking(url, lambda _place: opening.make_office(url, roles=not no_roles))
    output.say(str(url))
    if not no_roles:
        name = url.name
        output.say(f'Editors:  GRANT "{name}_editor" TO somebody;', err=True)
        output.say(f'Readers:  GRANT "{name}_reader" TO somebody;', err=True)
    for line in left:
        output.say(f"Possible: {line}", err=True)


@office.command()
@click.argument("url", type=desks.DESK)
def password(url: Address) -> None:
    """Store the password of a server in the system keyring."""
    if isinstance(url, Path):
        raise click.UsageError("URL must have the form postgresql://name@host/database")
    typed = click.prompt(f"Password for {url}", hide_input=True, err=True)
    passwords.keep(url, typed)


@click.command()
@click.argument("source", metavar="FROM", type=desks.DESK)
@click.argument("target", metavar="TO", type=desks.DESK)
@click.option("--no-roles", is_flag=True, help="On a server, do not create roles.")
def move(source: Address, target: Address, no_roles: bool) -> None:
    """Copy the desk FROM to TO; either can be a file or a server, and TO must be empty.

    The copy is kept only if row counts and hashes match on both sides. FROM is not changed.
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
    output.say(f"{target}: {done['release'].rows} releases, {rows} rows, identical on both sides")
