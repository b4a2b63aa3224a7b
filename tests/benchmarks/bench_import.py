"""How fast 100,000 releases are taken in, beside sqlite3 fed with rows and stems made before."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from pressdesk.archive.file.desk_file import create
from pressdesk.archive.releases import bulk, bulk_pool
from pressdesk.archive.releases.bulk_pool import Given
from pressdesk.archive.search import docs
from pressdesk.formats.seedfile import load_seeds
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from tests.benchmarks import invented_texts
from tests.benchmarks.figures import Row, row
from tests.benchmarks.invented_texts import RECORDED, TextPlan

NUMBER, AT_ONCE = 100_000, 500
A_THOUSAND_S, OF_BARE = 1000 / 1200, 1 / 0.6
"""1,200 releases a second, and 60 % of what sqlite3 alone does with the same rows and stems."""

Values = Sequence[object]


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
    with tempfile.TemporaryDirectory() as name:
        folder, house = Path(name), load_seeds().house
        source = _stored(folder, house)
        ours = _ours(folder / "ours", source, house)
        theirs = _bare(folder / "bare", source, house)
        same = _same(folder / "same", folder / "ours")
    name = f"import of {NUMBER:,}, 1,000 releases"
    ready = "its rows and stems, ready, by sqlite3"
    return [
        row(name, ours, ready, same, unit="s", goal=OF_BARE, at_most=A_THOUSAND_S),
        row(name, ours, "text, sheet and stems only", theirs, unit="s"),
    ]


def _stored(folder: Path, house: House) -> Stored:
    for begin in range(0, NUMBER, bulk_pool.JOB):
        numbers = range(begin, min(begin + bulk_pool.JOB, NUMBER))
        given = Given(tuple(invented_texts.item(TextPlan(), n, house) for n in numbers))
        (folder / str(begin)).write_bytes(pickle.dumps(given.part(0, len(numbers))))
    return Stored(str(folder))


def _ours(path: Path, source: Stored, house: House) -> float:
    archive = create(path, house)
    begun = time.perf_counter()
    archive.imports.add_many("measure", NUMBER, source, at=RECORDED)
    took = time.perf_counter() - begun
    archive.close()
    return took / NUMBER * 1000


def _fresh(path: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(path, isolation_level=None)
    for order in ("journal_mode = TRUNCATE", "synchronous = FULL", "cache_size = -8192"):
        bare.execute(f"PRAGMA {order}").fetchall()
    return bare


def _bare(path: Path, source: Stored, house: House) -> float:
    """What it takes at the least: text, sheet and index written by two statements a release."""
    bare = _fresh(path)
    bare.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, title, day, body, sheet)")
    bare.execute(
        "CREATE VIRTUAL TABLE stems USING fts5(title, subtitle, body, meta, content='',"
        " columnsize=0, tokenize='ascii')"
    )
    setting = bulk.Setting(house, RECORDED, date(2026, 11, 1), "")
    took = 0.0
    for some in _ready(source, setting):
        texts = [_row(one) for one in some]
        stems = [(one.doc.key, *one.doc.texts) for one in some]
        begun = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?)", texts)
        bare.executemany(
            "INSERT INTO stems (rowid, title, subtitle, body, meta) VALUES (?, ?, ?, ?, ?)", stems
        )
        bare.execute("COMMIT")
        took += time.perf_counter() - begun
    return took / NUMBER * 1000


def _ready(source: Stored, setting: bulk.Setting) -> Iterator[list[bulk.Ready]]:
    """The rows of all, as many at once as are written in one transaction."""
    made: list[bulk.Ready] = []
    for begin in range(0, NUMBER, bulk_pool.JOB):
        for n, item in enumerate(source.items(begin, begin + bulk_pool.JOB), begin + 1):
            made.append(bulk.ready(setting, bulk.FiledIds(n, n, 2 * n), item))
        if len(made) >= AT_ONCE:
            yield made
            made = []
    if made:
        yield made


def _row(one: bulk.Ready) -> tuple[object, ...]:
    sheet = one.sheet["sheet"] if one.sheet else b""
    day = one.edition["sort_date"].isoformat()
    return one.edition["id"], one.edition["title"], day, one.body["body"], sheet


TABLES = (
    *("release", "edition", "edition_body", "edition_contact", "revision", "revision_base"),
    *("issued", "listed", "import_item", "search_doc", "search_terms"),
)


def _same(path: Path, finished: Path) -> float:
    """The same desk without guards and counts, from rows and stems that lie in memory."""
    bare, done = _fresh(path), sqlite3.connect(finished)
    for order in _schema(done):
        bare.execute(order)
    parts = NUMBER // AT_ONCE
    sources = [(table, _slices(done, table, parts)) for table in TABLES]
    took = 0.0
    for _part in range(parts):
        orders = [(into, next(rows)) for into, rows in sources]
        stems = [(row[0], *docs.unsqueezed(row[2])) for row in orders[-1][1]]
        orders.append(("search_text(rowid, title, subtitle, body, meta)", stems))
        begun = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        for into, rows in orders:
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                bare.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)
        bare.execute("COMMIT")
        took += time.perf_counter() - begun
    return took / NUMBER * 1000


def _schema(done: sqlite3.Connection) -> Iterator[str]:
    made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite%'"
    for (order,) in done.execute(f"{made} AND type IN ('table', 'index') ORDER BY type DESC"):
        if "search_text_" not in order:
            yield order


def _slices(done: sqlite3.Connection, table: str, parts: int) -> Iterator[list[Values]]:
    """The rows of a table in as many parts, in the order they were made in."""
    (number,) = done.execute(f"SELECT count(*) FROM {table}").fetchone()
    made = {
        "search_doc": "SELECT * FROM search_doc ORDER BY edition_id",
        "search_terms": "SELECT t.* FROM search_doc AS d JOIN search_terms AS t USING (key)"
        " ORDER BY d.edition_id",
    }
    found = done.cursor().execute(made.get(table, f"SELECT * FROM {table}"))
    for part in range(parts):
        yield found.fetchmany(number * (part + 1) // parts - number * part // parts)


if __name__ == "__main__":
    for figure in rows():
        print(figure)
