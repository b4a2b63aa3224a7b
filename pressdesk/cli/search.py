"""Commands that search the archive: search, facets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pressdesk.cli import desks, output
from pressdesk.cli.output import AS_JSON
from pressdesk.desk import drafting, opening, people, searching
from pressdesk.desk.indexing import BATCH, due, index_anew
from pressdesk.press.listing import Query
from pressdesk.press.misread import misread
from pressdesk.press.query import Facets, Hit, Snippet, Sort
from pressdesk.press.states import status_of

MOST = 1000

# "-harbour" leaves that word out; with -h for help it would be four options.
_QUERY = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command(context_settings=_QUERY)
@click.argument("query", nargs=-1, required=True)
@AS_JSON
@click.option(
    "--limit", metavar="N", type=click.IntRange(1, MOST), default=20, help="At most N results; 20."
)
@click.option(
    "--sort",
    type=click.Choice(["date", "relevance"]),
    default="date",
    help="Newest first, or matches in headlines first.",
)
@click.pass_obj
def search(
    desk: Path | None, query: tuple[str, ...], as_json: bool, limit: int, sort: Sort
) -> None:
    """Find texts that contain the words of QUERY in any form, with an excerpt.

    Quotation marks search for a phrase; narrow with -word, kind:news, topic:ice or on:2025.
    """
    with desks.opened(desk) as archive:
        _indexed(archive)
        asked, today = _asked(archive, query, sort)
        now = desks.now()
        hits = searching.hits(archive, asked, limit=limit, now=now, today=today)
        editions = [hit.edition_id for hit in hits]
        snippets = searching.snippets(archive, asked, editions, today=today)
        total = searching.shared(archive, asked, now=now, today=today).total
        meant = "" if hits else searching.suggestion(archive, asked, now=now)
    if not hits:
        offer = f" Did you mean: {meant}" if meant else ""
        output.say(f"Nothing was found.{offer}", err=True)
    if as_json:
        found = [_entry(hit, snippets) for hit in hits]
        output.print_json({"total": max(total, len(hits)), "hits": found})
    else:
        output.print_rows([_line(hit, snippets) for hit in hits])


@click.command(context_settings=_QUERY)
@click.argument("query", nargs=-1)
@AS_JSON
@click.pass_obj
def facets(desk: Path | None, query: tuple[str, ...], as_json: bool) -> None:
    """Count texts by kind, state, language, year, topic, place and speaker.

    With QUERY, count only the texts it finds.
    """
    with desks.opened(desk) as archive:
        _indexed(archive)
        asked, today = _asked(archive, query, "date")
        found = searching.shared(archive, asked, now=desks.now(), today=today)
    if as_json:
        output.print_json(_everything(found))
    else:
        more = "+" if found.more else ""
        rows = [("total", "", f"{found.total}{more}")]
        rows += [(f.name, c.value, f"{c.number}{more}") for f in found.facets for c in f.counts]
        output.print_rows(rows)


def _indexed(archive: opening.Desk) -> None:
    """Build the search index first if the desk does not have one yet."""
    number = due(archive)
    if number is None:
        return
    with output.progress("Preparing the search", number // BATCH + 2) as step:

        def going(_done: int, _all: int) -> bool:
            step()
            return True

        index_anew(archive, going)


def _asked(
    archive: opening.Desk, query: tuple[str, ...], sort: Sort
) -> tuple[searching.Asked, date]:
    """The query, and today's date at the desk."""
    house, _contacts = people.known(archive)
    today = drafting.today(house, desks.now())
    text = " ".join(query)
    _refuse_misread(query, text, today)
    return searching.Asked(Query(text=text), sort=sort), today


def _refuse_misread(query: tuple[str, ...], text: str, today: date) -> None:
    """Report a query that would be misunderstood: a calling program could not notice it."""
    for word in query:
        if word.startswith("--") and word[2:3].isalpha():
            raise click.NoSuchOption(word)
        if not _is_text(word):
            raise click.BadParameter(f"{word!r} is not valid UTF-8.", param_hint="QUERY")
    found = misread(text, today)
    if found:
        said = " ".join(part for one in found for part in (one.what, one.hint) if part)
        raise click.BadParameter(said, param_hint="QUERY")


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _entry(hit: Hit, snippets: dict[int, Snippet]) -> dict[str, object]:
    snippet = snippets.get(hit.edition_id)
    return {
        "id": hit.release_id,
        "title": hit.title,
        "date": hit.day,
        "kind": hit.kind,
        "language": hit.language,
        "state": _state(hit),
        "snippet": snippet.text if snippet else "",
    }


def _state(hit: Hit) -> str:
    return status_of(hit.state, hit.embargo_until, desks.now())


def _line(hit: Hit, snippets: dict[int, Snippet]) -> tuple[str, ...]:
    snippet = snippets.get(hit.edition_id)
    found = " ".join(snippet.text.split()) if snippet else ""
    return (
        str(hit.release_id),
        hit.language,
        hit.day.isoformat(),
        hit.kind,
        _state(hit),
        f"{hit.title}: {found}" if found else hit.title,
    )


def _everything(found: Facets) -> dict[str, object]:
    return {
        "total": found.total,
        "more": found.more,
        "facets": {
            facet.name: [{"value": c.value, "number": c.number} for c in facet.counts]
            for facet in found.facets
        },
        "months": [
            {
                "month": f"{each.month // 12:04}-{each.month % 12 + 1:02}",
                "kind": each.kind,
                "number": each.number,
            }
            for each in found.months
        ],
    }
