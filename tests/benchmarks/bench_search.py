"""Searches, facets and lists of 100,000 releases, each beside FTS5 or SQLite driven bare."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from array import array
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.press.listing import PageKey, Query, ReleaseRow
from pressdesk.press.query import Filter, Question, Word
from tests.benchmarks.figures import Row, row
from tests.benchmarks.large import (
    LARGE,
    MILLION,
    NOW,
    bare_search,
    in_turns,
    large,
    middle,
    p95,
    questions,
    spent,
)

SEARCH_MS, FIND_RATIO, MILLION_MS = 30.0, 2.0, 150.0
PAGE_MS, FACETS_MS, FOUND_FACETS_MS, MODEL_MS, SAVE_MS = 2.0, 20.0, 30.0, 4.0, 40.0

SCREEN = 30
"""Rows of the list that are seen at once."""


def rows() -> list[Row]:
    """All of it on one desk; a million short releases as well where that is asked for."""
    path = large()
    archive = open_desk(path)
    out = [
        *searches(archive, path, SEARCH_MS, f"{LARGE:,}"),
        *facets(archive, path),
        *lists(archive, path),
        *scrolling(archive),
    ]
    archive.close()
    out += saves(path)
    if MILLION:
        path = large(1_000_000, short=True)
        archive = open_desk(path)
        out += searches(archive, path, MILLION_MS, "1,000,000")
        archive.close()
    return out


def searches(archive: Archive, path: Path, goal: float, size: str) -> list[Row]:
    """The first page of each class of question."""
    out = []
    for name, asked in questions().items():
        ours = [lambda one=one: archive.search.page(one, now=NOW) for one in asked]
        mine, theirs = in_turns(ours, bare_search(path, asked))
        title, bare = f"search {name}, {size}", "FTS5 by sqlite3"
        compared = name == "phrase"  # the words of each text are compared besides
        ratio = None if compared else FIND_RATIO
        out.append(row(title + ", p95", p95(mine), bare, p95(theirs), at_most=goal, goal=ratio))
        out.append(row(title + ", p50", middle(mine), bare, middle(theirs)))
    return out


def facets(archive: Archive, path: Path) -> list[Row]:
    """Counts beside a list, with nothing sought and with a common word."""
    bare = sqlite3.connect(path)
    columns = ("kind", "state", "language", "month / 12")
    grouped = [f"SELECT {one}, count(*) FROM search_doc GROUP BY 1" for one in columns]

    def by_sqlite() -> None:
        for order in grouped:
            bare.execute(order).fetchall()

    theirs = middle(spent([by_sqlite], 3))
    out = []
    for name, question, goal in (
        ("nothing sought", Question(), FACETS_MS),
        ("one kind", Question(Filter("kind", "news")), FACETS_MS),
        ("a common word", Question(Word("commission")), FOUND_FACETS_MS),
    ):
        ours = spent([lambda q=question: archive.search.facets(q, now=NOW)], 15)
        out.append(
            row(f"facets, {name}", middle(ours), "GROUP BY, four of them", theirs, at_most=goal)
        )
    return out


def lists(archive: Archive, path: Path) -> list[Row]:
    """Pages of a list at the top, in the middle and at the end."""
    query = Query()
    keys = archive.releases.keys(query, now=NOW)
    bare = sqlite3.connect(path)
    sql = "SELECT id, kind, reference, sort_date FROM release WHERE trashed_at IS NULL"
    sql += " ORDER BY sort_date DESC, id DESC LIMIT 60 OFFSET ?"
    out = []
    for name, share in (("top", 0.0), ("middle", 0.5), ("nine tenths", 0.9)):
        at = int(len(keys) * share)
        (last,) = archive.releases.rows(keys[at : at + 1])
        after = PageKey(last.sort_date, last.id) if share else None

        def page(after: PageKey | None = after) -> object:
            return archive.releases.page(query, after=after, limit=60, now=NOW)

        ours = middle(spent([page], 30))
        theirs = middle(spent([lambda at=at: bare.execute(sql, (at,)).fetchall()], 30))
        out.append(row(f"list page, {name}", ours, "OFFSET by sqlite3", theirs, at_most=PAGE_MS))
    return out


def scrolling(archive: Archive) -> list[Row]:
    """What the model of the list costs for each screen that is scrolled to."""
    from PySide6.QtCore import Qt

    from pressdesk.gui.list.release_model import ReleaseModel

    keys, months = archive.releases.keys_by_month(Query(), now=NOW)
    model = ReleaseModel(lambda row: row.languages[0].title)
    model.show_keys(array("q", keys), array("q", months))
    screens = iter(_screens(archive, model._cells))
    next_rows = archive.releases.rows

    def screen() -> None:
        at, rows_ = next(screens)
        model.take_rows(rows_)
        for line in range(at, at + SCREEN):
            index = model.index(line, 0)
            model.data(index, int(Qt.ItemDataRole.DisplayRole))
            model.data(index, int(Qt.ItemDataRole.AccessibleTextRole))

    ours, theirs = spent([screen], 50), spent([lambda: next_rows(keys[500:530])], 50)
    name, baseline = "model, a screen scrolled to", "its rows out of the desk"
    return [row(name, middle(ours), baseline, middle(theirs), at_most=MODEL_MS)]


def _screens(archive: Archive, cells: array[int]) -> list[tuple[int, tuple[ReleaseRow, ...]]]:
    """Places all over the list with the rows that a background lane would bring."""
    step = max(1, len(cells) // 60)
    out = []
    for at in range(0, len(cells) - SCREEN, step):
        wanted = [cell for cell in cells[at : at + SCREEN] if cell > 0]
        out.append((at, archive.releases.rows(wanted)))
    return out


def saves(path: Path) -> list[Row]:
    """An explicit save of a draft, with all that follows from it, on a copy of the desk."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        archive = open_desk(copy)
        drafts = list(archive.releases.keys(Query(bucket="drafts"), now=NOW))
        numbers = iter(drafts[:: max(1, len(drafts) // 70)])

        def save() -> None:
            found = archive.releases.find(next(numbers))
            text = replace(found.edition, title=f"{found.edition.title} again")
            archive.releases.save(found.release, text)

        ours = spent([save], 60)
        archive.close()
        theirs = spent([_committing(Path(folder) / "bare.db")], 60)
    return [
        row("save and index anew, p95", p95(ours), "8 KB by sqlite3, p95", p95(theirs),
            at_most=SAVE_MS),
        row("save and index anew, p50", middle(ours), "8 KB by sqlite3", middle(theirs)),
    ]  # fmt: skip


def _committing(path: Path) -> Callable[[], object]:
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode = TRUNCATE").fetchall()
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, body BLOB)")
    return lambda: bare.execute("INSERT INTO text (body) VALUES (?)", (os.urandom(8192),))


if __name__ == "__main__":
    for figure in rows():
        print(figure)
