"""Commands on revisions: history, diff, restore."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from pressdesk.base.errors import NotFound
from pressdesk.cli import desks, output
from pressdesk.cli.desks import LANGUAGE
from pressdesk.cli.output import AS_JSON, clean
from pressdesk.desk import history as use
from pressdesk.desk.telling import DeedTold, in_order
from pressdesk.document.diff import DiffPiece, LineDiff
from pressdesk.press.differing import VersionDiff
from pressdesk.press.filed import RevisionInfo

NOW = "now"

BEGINNING = 60
"""Characters shown of a moved paragraph at its old place."""

_MARKS = {
    "removed": ("[-", "-]", "red"),
    "added": ("{+", "+}", "green"),
    "restyled": ("[~", "~]", "yellow"),
}
_REVISION = re.compile(r"(?:(\d{1,6})\.)?(\d{1,9})")


def _revision(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value != NOW and not _REVISION.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not a revision such as 3, 1.3 or {NOW}.")
    return value


@click.command()
@click.argument("number", metavar="ID", type=int)
@AS_JSON
@LANGUAGE
@click.pass_obj
def history(desk: Path | None, number: int, as_json: bool, language: str | None) -> None:
    """List every save and what was done with the text, one per line, newest first.

    Revisions of earlier editions are shown with the edition number: 1.3. Lines without a number
    are deeds: what was issued, exported or printed before its time, repaired, or restored.
    """
    with desks.opened(desk) as archive:
        filed = desks.find(archive, number, language, None)
        found = use.history(archive, number, filed.edition.language)
        deeds = use.deeds(archive, number, filed.edition.language)
        zone = use.zone(archive)
    all_ = in_order(found, deeds)
    if as_json:
        output.print_json([_entry(one, found) for one in all_])
    else:
        output.print_rows([_line(one, found, zone) for one in all_])


def _called(one: RevisionInfo, found: Sequence[RevisionInfo]) -> str:
    newest = found[0].edition
    return str(one.number) if one.edition == newest else f"{one.edition}.{one.number}"


def _entry(one: RevisionInfo | DeedTold, found: Sequence[RevisionInfo]) -> dict[str, object]:
    if isinstance(one, DeedTold):
        return _deed(one)
    return {
        "revision": _called(one, found),
        "edition": one.edition,
        "number": one.number,
        "at": one.at,
        "author": one.author,
        "note": one.note,
        "name": one.name,
        "issued": one.issued,
        "deed": None,
    }


def _deed(one: DeedTold) -> dict[str, object]:
    deed, record = one.deed, one.deed.record
    about = {"book": deed.book, "entry": deed.number, "kind": record.deed if record else None}
    about |= {"details": dict(record.details) if record else {}, "text": one.words}
    return {
        "revision": None,
        "edition": one.edition,
        "number": None,
        "at": deed.at,
        "author": deed.author,
        "note": deed.said,
        "name": "",
        "issued": False,
        "deed": about,
    }


def _line(
    one: RevisionInfo | DeedTold, found: Sequence[RevisionInfo], zone: ZoneInfo
) -> tuple[str, ...]:
    if isinstance(one, DeedTold):
        at = f"{one.deed.at.astimezone(zone):%Y-%m-%d %H:%M}"
        return ("", at, one.deed.author, one.words)
    said = [f"“{one.name}”"] if one.name else []
    said += ["issued"] if one.issued else []
    said += [one.said] if one.said else []
    at = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}"
    return (_called(one, found), at, one.author, ", ".join(said))


def _id(found: Sequence[RevisionInfo], called: str) -> int:
    """The id of a revision; raises NotFound."""
    if called == NOW:
        return use.CURRENT
    match = _REVISION.fullmatch(called)
    assert match is not None, "checked when the arguments were read"
    newest = found[0].edition if found else 0  # a reading copy has no revisions
    edition = int(match[1]) if match[1] else newest
    for one in found:
        if (one.edition, one.number) == (edition, int(match[2])):
            return one.id
    raise NotFound(f"There is no revision {called}.", hint="List them with: pressdesk history ID")


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.argument("old", metavar="A", callback=_revision)
@click.argument("new", metavar="B", callback=_revision, default=NOW)
@AS_JSON
@LANGUAGE
@click.pass_obj
def diff(
    desk: Path | None, number: int, old: str, new: str, as_json: bool, language: str | None
) -> None:
    """Compare revisions A and B word by word; without B, compare A with the current text.

    Removed words are shown as [-this-], added words as {+this+}. A moved paragraph is marked "<"
    at its old place and ">" at its new one, both with the number of the move.
    """
    with desks.opened(desk) as archive:
        filed = desks.find(archive, number, language, None)
        found = use.history(archive, number, filed.edition.language)
        one, other = _id(found, old), _id(found, new)
        made = use.compare(archive, one, other, current=filed.current())
    if as_json:
        output.print_json({"same": made.same, "fields": made.fields, "text": made.body.lines})
        return
    for line in _lines(made):
        output.say_styled(line)


def _lines(made: VersionDiff) -> Iterator[str]:
    for field in made.fields:
        yield f"{clean(field.label)}: {_words(field.pieces)}"
    if made.fields and not made.body.same:
        yield ""
    kept = 0
    for line in made.body.lines:
        if line.change == "kept":
            kept += 1
            continue
        yield from _passed_over(kept)
        kept = 0
        yield _said(line)
    if not made.body.same:
        yield from _passed_over(kept)


def _passed_over(kept: int) -> Iterator[str]:
    if kept:
        yield click.style(f"  ({kept} unchanged)", dim=True)


def _said(line: LineDiff) -> str:
    sign = {"removed": "- ", "added": "+ ", "away": "< ", "moved": "> "}.get(line.change, "  ")
    form = "" if line.form == "paragraph" else str(line.form)
    form = f"{line.was} > {line.form}" if line.was else form
    text = f"({form}) {_text(line)}" if form else _text(line)
    if line.move:
        text = f"(moved {line.way}, {line.move}) {text}"
    colour = {"removed": "red", "added": "green", "away": "cyan", "moved": "cyan"}.get(line.change)
    return click.style(f"{sign}{text}", fg=colour) if colour else f"{sign}{text}"


def _text(line: LineDiff) -> str:
    """The words of a line, marked where some of them changed; where it was, its beginning."""
    if line.change == "away":
        was = "".join(piece.text for piece in line.pieces if piece.change != "added")
        return clean(textwrap.shorten(was, BEGINNING, placeholder=" …"))
    if line.change in ("removed", "added"):
        return clean("".join(piece.text for piece in line.pieces))
    return _words(line.pieces)


def _words(pieces: Sequence[DiffPiece]) -> str:
    return "".join(_marked(piece) for piece in pieces)


def _marked(piece: DiffPiece) -> str:
    if piece.change == "kept":
        return clean(piece.text)
    before, after, colour = _MARKS[piece.change]
    return click.style(f"{before}{clean(piece.text)}{after}", fg=colour)


@click.command()
@click.argument("number", metavar="ID", type=int)
@click.argument("revision", metavar="N", callback=_revision)
@LANGUAGE
@click.pass_obj
def restore(desk: Path | None, number: int, revision: str, language: str | None) -> None:
    """Restore the text of revision N as the draft; for an issued edition, in a new edition.

    The current text is kept as a revision. The embargo, topics and everything else shared by all
    languages stay unchanged.
    """
    if revision == NOW:
        raise click.BadParameter(f"{NOW} is already the current text.", param_hint="N")
    with desks.opened(desk, to_write=True) as archive:
        filed = desks.find(archive, number, language, None)
        found = use.history(archive, number, filed.edition.language)
        use.restore(archive, _id(found, revision))
        newest = use.history(archive, number, filed.edition.language)[0]
    output.say(f"{newest.number}  {newest.note}")
