"""The states of an edition: what may be done in each, and its label.

``State`` is stored. ``Status`` is what a person and a program are told of it, which also
depends on the clock: what is issued and still held is under its embargo. Whoever must know
more than "is it out?" asks a row. A state without a row is an error of types, here and nowhere
else; ``tests/house`` adds one and looks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Literal, assert_never

from msgspec import Struct

from pressdesk.base.i18n import _

Bucket = Literal["drafts", "embargo", "issued"]
"""The segments of the list that are not all of it. ``drafts``: at least one language is being
written. ``embargo``: it is out with its instant still ahead. ``issued``: it is out and free."""

Tone = Literal["warning", "accent", "good"]
"""The colour of a tag: of the ink by this name, on the ground by this name."""


class State(StrEnum):
    """Where an edition stands by what was done with it."""

    DRAFT = "draft"
    ISSUED = "issued"

    @property
    def out(self) -> bool:
        """Whether it was issued: text, contacts and look are sealed and never change again."""
        return row_of(self).out

    @property
    def writable(self) -> bool:
        """Its text may be changed."""
        return row_of(self).writable


class Status(StrEnum):
    """Where an edition stands now: the word that lists, filters and programs use."""

    DRAFT = "draft"
    ISSUED = "issued"
    EMBARGO = "embargo"


class StateRow(Struct, frozen=True):
    """What a state means."""

    out: bool
    writable: bool
    status: Status
    """What it is called while nothing holds it."""
    follow: tuple[State, ...]
    """What it may become."""
    schema_org: str
    """Its creativeWorkStatus."""
    warning: str = ""
    """Printed on each page, in English; "" for what may be published."""
    watermark: str = ""
    """Lies under each page, in English."""
    prefix: str = ""
    """What the name of its files begins with."""


class StatusRow(Struct, frozen=True):
    """What is said of it."""

    label: Callable[[], str]
    """In the language of the interface."""
    tone: Tone
    bucket: Bucket
    asked: tuple[str, ...]
    """Words a question may ask for it by, in any language."""


_DRAFT = StateRow(
    out=False,
    writable=True,
    status=Status.DRAFT,
    follow=(State.ISSUED,),
    schema_org="Draft",
    warning="DRAFT – NOT FOR RELEASE",
    watermark="DRAFT",
    prefix="DRAFT",
)
_ISSUED = StateRow(
    out=True, writable=False, status=Status.ISSUED, follow=(), schema_org="Published"
)


def row_of(state: State) -> StateRow:
    """The row of a state."""
    match state:
        case State.DRAFT:
            return _DRAFT
        case State.ISSUED:
            return _ISSUED
        case _:
            assert_never(state)


_SAID_DRAFT = StatusRow(
    lambda: _("Draft"), "warning", "drafts", ("draft", "drafts", "черновик", "черновики")
)
_SAID_ISSUED = StatusRow(
    lambda: _("Issued"),
    "good",
    "issued",
    (
        *("issued", "published", "released"),
        *("выпущено", "выпущен", "выпущенные", "опубликовано", "вышло"),
    ),
)
_SAID_EMBARGO = StatusRow(
    lambda: _("Embargo"),
    "accent",
    "embargo",
    ("embargo", "embargoed", "under embargo", "под эмбарго", "эмбарго"),
)


def said_of(status: Status) -> StatusRow:
    """The row of a status."""
    match status:
        case Status.DRAFT:
            return _SAID_DRAFT
        case Status.ISSUED:
            return _SAID_ISSUED
        case Status.EMBARGO:
            return _SAID_EMBARGO
        case _:
            assert_never(status)


def status_of(state: State, until: datetime | None, now: datetime) -> Status:
    """What an edition is called at a moment.

    until  the end of the embargo it was issued under, aware; None without one
    """
    if state.out and until is not None and now < until:
        return Status.EMBARGO
    return row_of(state).status


def called(status: str) -> tuple[State, ...]:
    """The states that are called so while nothing holds them; none for another word."""
    return tuple(state for state in State if row_of(state).status == status)


OUT: tuple[State, ...] = tuple(state for state in State if state.out)
"""The states of what went out."""

STATUSES: tuple[str, ...] = tuple(Status)
"""Every word there is for where an edition stands."""


def in_bucket(bucket: str) -> tuple[Status, ...]:
    """The statuses in a segment of the list; none for the segment that holds all."""
    return tuple(status for status in Status if said_of(status).bucket == bucket)


def bucket_of(status: str) -> Bucket | None:
    """The segment that holds this and nothing else; None where there is none."""
    found = said_of(Status(status)).bucket if status in STATUSES else None
    return found if found is not None and len(in_bucket(found)) == 1 else None


def sql_out(column: str, *, out: bool = True) -> str:
    """SQL condition: the state in this column is of an issued edition, or of one that is not.

    Both databases keep it in their guards and indexes, so its form is part of the schema.
    """
    if len(OUT) == 1:
        return f"{column} {'=' if out else '<>'} '{OUT[0]}'"
    listed = ", ".join(f"'{state}'" for state in OUT)
    return f"{column} {'IN' if out else 'NOT IN'} ({listed})"
