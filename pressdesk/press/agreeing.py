"""Tells where a sealed sheet does not say what the edition says that it was composed from."""

from __future__ import annotations

from pressdesk.base.errors import BadInput
from pressdesk.document.tools import normalise
from pressdesk.press.compose import compose
from pressdesk.press.house import House
from pressdesk.press.release import Edition, Release
from pressdesk.press.sheet import Sheet

_OF_EDITION = ("language", "state", "date", "issued_at", "title", "subtitle", "summary")
_OF_RELEASE = ("reference", "embargo_until", "topics")


def disagreeing(
    sheet: Sheet, house: House, edition: Edition, release: Release | None
) -> tuple[str, ...]:
    """Names of what the sheet says otherwise than the edition and release it was made from.

    Only what persons wrote or set is compared. Labels, names of months and the order of lines
    are the program's, and a later version may print them another way.

    house    as it is sealed with the sheet
    release  as it was when the edition went out; None where that is not known, and what
             languages share is not compared
    cost     0.2 ms for an ordinary release
    """
    if edition.issued_at is None or not edition.state.out:
        return ("state",)
    if release is not None and release.kind != sheet.kind:
        return ("kind",)
    try:
        # In the moment of issue the embargo of a release stood or not.
        made = compose(release or Release(sheet.kind), edition, house, (), now=edition.issued_at)
    except BadInput:  # a kind this version does not have, a zone the system lost
        return ()
    same = _OF_EDITION if release is None else (*_OF_EDITION, *_OF_RELEASE)
    found = [name for name in same if getattr(sheet, name) != getattr(made, name)]
    # A seal from before normalising learned something new is no other text.
    if normalise(sheet.body) != made.body:
        found.append("body")
    for name in ("notes", "boilerplate"):
        if getattr(sheet, name).paragraphs != getattr(made, name).paragraphs:
            found.append(name)
    if not _printed(edition, made) <= _printed(edition, sheet):
        found.append("fields")
    return tuple(found)


def _printed(edition: Edition, sheet: Sheet) -> set[tuple[str, str]]:
    """The lines of the kind's fields, and of the place, that stand in the sheet word for word."""
    rows = (row.value for row in sheet.rows)
    head = (*sheet.speaker, *rows, sheet.credit, sheet.credit_url, sheet.reference_line)
    text = "\n".join(head)
    values = (*edition.fields, ("place", edition.place))
    lines = {(key, line.strip()) for key, value in values for line in value.splitlines()}
    return {(key, line) for key, line in lines if line in text}
