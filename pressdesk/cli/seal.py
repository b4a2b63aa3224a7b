"""Commands for the key that signs what a desk issues: making it, showing its public half."""

from __future__ import annotations

import click

from pressdesk.base.address import Address
from pressdesk.base.errors import NotFound
from pressdesk.cli import desks, output
from pressdesk.desk import sealing_key, signatures


@click.group()
def seal() -> None:
    """The key with which this computer signs what the desk issues."""


@seal.command("new")
@click.argument("name")
@click.pass_obj
def new_key(desk: Address | None, name: str) -> None:
    """Make a key called NAME, such as press.example.org, and print its public half.

    The secret half is kept in the system keyring. What is issued from now on is signed; the
    signature is stored with the edition and leaves in its files.
    """
    with desks.opened(desk, whole=True) as archive:
        output.say(signatures.written(sealing_key.new(archive.uid, name)))


@seal.command()
@click.pass_obj
def public(desk: Address | None) -> None:
    """Print the public half of the key, for whoever verifies: verify FILE --key KEY."""
    with desks.opened(desk, whole=True) as archive:
        key = sealing_key.known(archive.uid)
    if key is None:
        raise NotFound("This desk has no key on this computer.", hint="Make one: seal new NAME")
    output.say(signatures.written(key))


@seal.command()
@click.confirmation_option(prompt="Throw the secret half of the key away?")
@click.pass_obj
def forget(desk: Address | None) -> None:
    """Sign nothing more: throw the secret half away. What was signed stays signed."""
    with desks.opened(desk, whole=True) as archive:
        sealing_key.forget(archive.uid)
