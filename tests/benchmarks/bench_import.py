"""How fast a large collection is taken in, beside sqlite3 fed with rows and stems made before."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from pressdesk.archive import bulk, bulk_pool
from pressdesk.archive.bulk_pool import Given
from pressdesk.archive.desk_file import create
from pressdesk.desk import bench_texts
from pressdesk.desk.bench_texts import RECORDED, Plan
from pressdesk.formats.seedfile import load_seeds
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from tests.benchmarks.figures import Row, row

NUMBER = 6000
A_THOUSAND_S, OF_BARE = 1000 / 1200, 1 / 0.6
"""1,200 releases a second, and 60 % of what sqlite3 alone does with ready stems."""


class Stored(Struct, frozen=True):
    """Items in files, one for each job: reading them costs next to nothing."""

    folder: str

    def part(self, begin: int, end: int) -> Stored:
        """The same."""
        return self

    def items(self, begin: int, end: int) -> Sequence[ImportItem]:
        """The items of one job."""
        part = pickle.loads((Path(self.folder) / str(begin)).read_bytes())
        return part.items(begin, end)


def rows() -> list[Row]:
    """Seconds for a thousand releases, which is a rate turned over."""
    with tempfile.TemporaryDirectory() as folder:
        house = load_seeds().house
        items = tuple(bench_texts.item(Plan(), n, house) for n in range(NUMBER))
        source = _stored(items, Path(folder))
        ours = min(_ours(Path(folder) / f"ours{n}", source, house) for n in range(2))
        theirs = min(_bare(Path(folder) / f"bare{n}", items, house) for n in range(2))
    name = f"import of {NUMBER:,}, 1,000 releases"
    baseline = "ready rows and stems by sqlite3"
    figure = row(name, ours, baseline, theirs, unit="s", goal=OF_BARE, at_most=A_THOUSAND_S)
    return [figure]


def _stored(items: tuple[ImportItem, ...], folder: Path) -> Stored:
    given = Given(items)
    for begin in range(0, len(items), bulk_pool.JOB):
        part = given.part(begin, begin + bulk_pool.JOB)
        (folder / str(begin)).write_bytes(pickle.dumps(part))
    return Stored(str(folder))


def _ours(path: Path, source: Stored, house: House) -> float:
    archive = create(path, house)
    begun = time.perf_counter()
    archive.imports.add_many("measure", NUMBER, source, at=RECORDED)
    took = time.perf_counter() - begun
    archive.close()
    return took / NUMBER * 1000


def _bare(path: Path, items: Sequence[ImportItem], house: House) -> float:
    """What it takes at the least: text, sheet and index written by two statements a release."""
    setting = bulk.Setting(house, RECORDED, date(2026, 11, 1), "")
    ready = [bulk.ready(setting, bulk.Place(n, n, 2 * n), item) for n, item in enumerate(items, 1)]
    bare = sqlite3.connect(path, isolation_level=None)
    for order in ("journal_mode = TRUNCATE", "synchronous = FULL", "cache_size = -8192"):
        bare.execute(f"PRAGMA {order}").fetchall()
    bare.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, title, day, body, sheet, folded)")
    bare.execute(
        "CREATE VIRTUAL TABLE stems USING fts5(title, subtitle, body, meta, content='',"
        " columnsize=0, tokenize='ascii')"
    )
    begun = time.perf_counter()
    for start in range(0, len(ready), 500):
        some = ready[start : start + 500]
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?, ?)", map(_row, some))
        bare.executemany(
            "INSERT INTO stems (rowid, title, subtitle, body, meta) VALUES (?, ?, ?, ?, ?)",
            [(one.doc.key, *one.doc.texts) for one in some],
        )
        bare.execute("COMMIT")
    return (time.perf_counter() - begun) / len(ready) * 1000


def _row(one: bulk.Ready) -> tuple[object, ...]:
    sheet = one.sheet["sheet"] if one.sheet else b""
    day = one.edition["sort_date"].isoformat()
    body = one.body["body"]
    return one.edition["id"], one.edition["title"], day, body, sheet, one.body["folded"]


if __name__ == "__main__":
    for figure in rows():
        print(figure)
