"""Commands that ask the whole archive: search, facets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressdesk.cli import desks, output
from pressdesk.cli.reading import AS_JSON

if TYPE_CHECKING:
    from pressdesk.archive.desk_file import Archive
    from pressdesk.press.searching import Facets, Hit, Question, Snippet, Sort

MOST = 1000

# "-harbour" leaves that word out; with -h for help it would be four options.
_QUERY = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command(context_settings=_QUERY)
@click.argument("query", nargs=-1, required=True)
@AS_JSON
@click.option(
    "--limit", metavar="N", type=click.IntRange(1, MOST), default=20, help="Hits at most; 20."
)
@click.option(
    "--sort",
    type=click.Choice(["date", "relevance"]),
    default="date",
    help="Newest first, or hits in titles before others.",
)
@click.pass_obj
def search(
    desk: Path | None, query: tuple[str, ...], as_json: bool, limit: int, sort: Sort
) -> None:
    """Texts that hold the words of QUERY in any form, with the place they were found at.

    Quotation marks keep words together; -word, kind:news, topic:ice, on:2025 narrow.
    """
    with desks.opened(desk) as archive:
        _indexed(archive)
        question = _question(archive, query, sort)
        hits = _hits(archive, question, limit)
        snippets = archive.search.snippets(question, [hit.edition_id for hit in hits])
        total = archive.search.facets(question, now=desks.now()).total
        meant = "" if hits else archive.search.suggest(" ".join(query), now=desks.now())
    if not hits:
        offer = f" Did you mean: {meant}" if meant else ""
        click.echo(f"Nothing was found.{offer}", err=True)
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
    """How many texts there are by kind, state, language, year, topic, place and speaker.

    With QUERY: how many of those it finds.
    """
    with desks.opened(desk) as archive:
        _indexed(archive)
        found = archive.search.facets(_question(archive, query, "date"), now=desks.now())
    if as_json:
        output.print_json(_everything(found))
    else:
        more = "+" if found.more else ""
        rows = [("total", "", f"{found.total}{more}")]
        rows += [(f.name, c.value, f"{c.number}{more}") for f in found.facets for c in f.counts]
        output.print_rows(rows)


def _indexed(archive: Archive) -> None:
    """A desk from before the search gets its index first."""
    from pressdesk.desk.indexing import BATCH, index_anew
    from pressdesk.press.listing import Query

    if archive.read_only or not archive.search.stale():
        return
    number = archive.releases.counts(Query(), now=desks.now()).all
    with output.progress("Preparing the search", number // BATCH + 2) as step:

        def going(_done: int, _all: int) -> bool:
            step()
            return True

        index_anew(archive, going)


def _question(archive: Archive, query: tuple[str, ...], sort: Sort) -> Question:
    from pressdesk.desk import searching
    from pressdesk.press.listing import Query

    today = _today(archive.houses.get().zone)
    text = " ".join(query)
    _refuse_misread(query, text, today)
    asked = searching.Asked(Query(text=text), sort=sort)
    return searching.question_of(asked, today)


def _refuse_misread(query: tuple[str, ...], text: str, today: date) -> None:
    """A program that asks cannot see that it was taken for something else: it is told."""
    from pressdesk.press.misread import misread

    for word in query:
        if word.startswith("--") and word[2:3].isalpha():
            raise click.NoSuchOption(word)
        if not _is_text(word):
            raise click.BadParameter(f"{word!r} is no UTF-8 text.", param_hint="QUERY")
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


def _today(zone: str) -> date:
    from pressdesk.press.embargo import zone_of

    return desks.now().astimezone(zone_of(zone)).date()


def _hits(archive: Archive, question: Question, limit: int) -> list[Hit]:
    """The first hits; an exact phrase is looked for until there are enough or the end is met."""
    hits: list[Hit] = []
    after = None
    while len(hits) < limit:
        left = limit - len(hits)
        page = archive.search.page(question, now=desks.now(), after=after, limit=left)
        hits += page.hits
        after = page.after
        if after is None:
            break
    return hits


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
    from pressdesk.press.states import status_of

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
