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

NUMBER = 20_000
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
        ready = _ready(items, house)
        theirs = min(_bare(Path(folder) / f"bare{n}", ready) for n in range(2))
        same = _same(Path(folder) / "same", Path(folder) / "ours0", ready)
    name = f"import of {NUMBER:,}, 1,000 releases"
    baseline = "text, sheet and stems by sqlite3"
    return [
        row(name, ours, baseline, theirs, unit="s", goal=OF_BARE, at_most=A_THOUSAND_S),
        row(name, ours, "all our rows, ready, by sqlite3", same, unit="s"),
    ]


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


def _ready(items: Sequence[ImportItem], house: House) -> list[bulk.Ready]:
    setting = bulk.Setting(house, RECORDED, date(2026, 11, 1), "")
    return [bulk.ready(setting, bulk.Place(n, n, 2 * n), item) for n, item in enumerate(items, 1)]


def _fresh(path: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(path, isolation_level=None)
    for order in ("journal_mode = TRUNCATE", "synchronous = FULL", "cache_size = -8192"):
        bare.execute(f"PRAGMA {order}").fetchall()
    return bare


def _bare(path: Path, ready: Sequence[bulk.Ready]) -> float:
    """What it takes at the least: text, sheet and index written by two statements a release."""
    bare = _fresh(path)
    bare.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, title, day, body, sheet)")
    bare.execute(
        "CREATE VIRTUAL TABLE stems USING fts5(title, subtitle, body, meta, content='',"
        " columnsize=0, tokenize='ascii')"
    )
    begun = time.perf_counter()
    for start in range(0, len(ready), 500):
        some = ready[start : start + 500]
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?)", map(_row, some))
        bare.executemany(
            "INSERT INTO stems (rowid, title, subtitle, body, meta) VALUES (?, ?, ?, ?, ?)",
            [(one.doc.key, *one.doc.texts) for one in some],
        )
        bare.execute("COMMIT")
    return (time.perf_counter() - begun) / len(ready) * 1000


TABLES = (
    *("release", "edition", "edition_body", "edition_contact", "revision", "revision_base"),
    *("issued", "listed", "import_item", "search_doc", "search_terms"),
)


def _same(path: Path, finished: Path, ready: Sequence[bulk.Ready]) -> float:
    """The same desk without guards and counts, from rows and stems that lie in memory."""
    bare, parts = _fresh(path), len(ready) // 500
    done = sqlite3.connect(finished)
    made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite%'"
    for (order,) in done.execute(f"{made} AND type IN ('table', 'index') ORDER BY type DESC"):
        if "search_text_" not in order:
            bare.execute(order)
    orders = [("search_text(rowid, title, subtitle, body, meta)", _stems(ready))]
    orders += [(table, done.execute(f"SELECT * FROM {table}").fetchall()) for table in TABLES]
    begun = time.perf_counter()
    for part in range(parts):
        bare.execute("BEGIN IMMEDIATE")
        for into, rows in orders:
            some = rows[len(rows) * part // parts : len(rows) * (part + 1) // parts]
            if some:
                marks = ", ".join("?" * len(some[0]))
                bare.executemany(f"INSERT INTO {into} VALUES ({marks})", some)
        bare.execute("COMMIT")
    return (time.perf_counter() - begun) / len(ready) * 1000


def _stems(ready: Sequence[bulk.Ready]) -> list[tuple[object, ...]]:
    return [(one.doc.key, *one.doc.texts) for one in ready]


def _row(one: bulk.Ready) -> tuple[object, ...]:
    sheet = one.sheet["sheet"] if one.sheet else b""
    day = one.edition["sort_date"].isoformat()
    body = one.body["body"]
    return one.edition["id"], one.edition["title"], day, body, sheet


if __name__ == "__main__":
    for figure in rows():
        print(figure)
