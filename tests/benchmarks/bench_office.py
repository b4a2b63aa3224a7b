"""Searches of 100,000 releases on a private PostgreSQL, beside psycopg driven bare."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from pressdesk.archive.copies import moving
from pressdesk.archive.file.desk_file import open_desk
from pressdesk.archive.search import finding, tsvector
from pressdesk.archive.search.expression import expression
from pressdesk.archive.server.postgres import open_office
from pressdesk.base import address
from pressdesk.press.query import Question
from tests.benchmarks.figures import Row, row
from tests.benchmarks.large import HIT, LARGE, NOW, in_turns, large, middle, p95, questions
from tests.benchmarks.private_server import binaries, private_server

GOAL_MS = 40.0


def rows() -> list[Row]:
    """The first page of each class of question; none where there is no PostgreSQL."""
    place = binaries()
    if place is None:
        print("PostgreSQL is not installed here: no figures of it", file=sys.stderr)
        return []
    with private_server(place) as cluster:
        url = cluster.fresh()
        begun = time.perf_counter()
        source = open_desk(large(), read_only=True)
        moving.move(source, address.split(url)[0], roles=False)
        source.close()
        print(f"moved in {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
        return _searches(url)


def _searches(url: str) -> list[Row]:
    out = []
    archive = open_office(url)
    with psycopg.connect(url) as bare:
        for name, asked in questions().items():
            ours = [lambda one=one: archive.search.page(one, now=NOW) for one in asked]
            mine, theirs = in_turns(ours, _bare(url, bare, asked))
            title = f"server, search {name}, {LARGE:,}"
            baseline = "tsvector by psycopg"
            out.append(row(title + ", p95", p95(mine), baseline, p95(theirs), at_most=GOAL_MS))
            out.append(row(title + ", p50", middle(mine), baseline, middle(theirs)))
    archive.close()
    return out


def _bare(
    url: str, bare: psycopg.Connection[Any], asked: Sequence[Question]
) -> list[Callable[[], object]]:
    """The same questions as one condition, then the rows of 60 hits."""
    archive = open_office(url)
    with archive._store.read() as connection:
        terms = finding.terms_of(connection, NOW)
        matches = [tsvector.rendered(expression(one.tree, terms)) for one in asked]
    archive.close()
    sql = f"SELECT key FROM {tsvector.TABLE} WHERE tsv @@ %s::tsquery ORDER BY key DESC LIMIT 60"

    def ask(match: str) -> list[Any]:
        keys = [key for (key,) in bare.execute(sql, (match,))]
        marks = ",".join(["%s"] * len(keys)) or "NULL"
        return bare.execute(HIT.format(marks), keys).fetchall()

    return [lambda match=match: ask(match) for match in matches]


if __name__ == "__main__":
    for figure in rows():
        print(figure)
