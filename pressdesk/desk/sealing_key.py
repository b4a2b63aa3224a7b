"""The key with which this computer signs what a desk issues; its secret half is in the keyring.

Each desk has one of its own: what somebody tries out elsewhere is not signed with it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import replace

from pressdesk.base import passwords, settings
from pressdesk.base.errors import BadInput, IssueRefused
from pressdesk.base.i18n import _
from pressdesk.desk.signatures import PublicKey, public_key, secret_key, signed, written
from pressdesk.press.register.checkpoint import Sign

_NAME = re.compile(r"[!-*,-~]{1,60}")


def known(uid: str) -> PublicKey | None:
    """The public half of the key of a desk; None where it has none on this computer."""
    for line in settings.load().seals:
        desk, _space, said = line.partition(" ")
        if desk == uid:
            return public_key(said)
    return None


def new(uid: str, name: str) -> PublicKey:
    """Make a key for a desk and keep it; from now on what this computer issues there is signed.

    name    who signs, such as the domain of an organisation
    raises  BadInput for another name, or where there is a key already; Incomplete; WriteFailed
            where there is no keyring
    """
    if not _NAME.fullmatch(name):
        what = _("“{name}” cannot be the name of a key.").format(name=name)
        raise BadInput(what, hint=_("Use letters, digits and dots, such as press.example.org."))
    if known(uid) is not None:
        raise BadInput(_("This desk already has a key on this computer."))
    secret, public = secret_key(name)
    passwords.keep_secret(_place(uid), b64encode(secret).decode())
    line = f"{uid} {written(public)}"
    settings.change(lambda now: replace(now, seals=(*now.seals, line)))
    return public


def forget(uid: str) -> None:
    """Sign nothing more of a desk on this computer; the secret half is thrown away."""
    settings.change(
        lambda now: replace(
            now, seals=tuple(one for one in now.seals if one.partition(" ")[0] != uid)
        )
    )
    passwords.drop_secret(_place(uid))


def signer(uid: str) -> Sign | None:
    """What signs for a desk; None where it has no key on this computer.

    raises  IssueRefused where there is one and the keyring does not give it; Incomplete
    cost    nothing without a key; the keyring may ask the person
    """
    public = known(uid)
    if public is None:
        return None
    secret = b64decode(passwords.secret(_place(uid)) or "")
    made = signed(secret, public) if secret else None
    if made is None:
        what = _("The key that signs what this desk issues cannot be used.")
        hint = _("Unlock the keyring. If the key is lost: pressdesk seal forget.")
        raise IssueRefused(what, hint=hint)
    return made


def _place(uid: str) -> str:
    return f"seal {uid}"
