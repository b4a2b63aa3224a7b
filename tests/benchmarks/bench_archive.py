"""Times the archive on a desk of 10,000 releases, each figure beside bare sqlite3's."""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from pressdesk.archive.file.desk_file import Archive, create
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.filed import ImportItem
from pressdesk.press.listing import PageKey, Query
from pressdesk.press.release import Edition, Release

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WORDS = ("river", "commission", "water", "session", "report", "flood", "уровень", "сессия")


def fill(desk: Archive, number: int) -> None:
    """File releases with bodies of some 400 words."""
    chance = random.Random(7)
    for start in range(0, number, 500):
        items = [_item(chance, n) for n in range(start, min(start + 500, number))]
        desk.imports.add(f"batch {start}", b"original", items, at=NOW)


def _item(chance: random.Random, n: int) -> ImportItem:
    text = [paragraph(" ".join(chance.choices(WORDS, k=100))) for _ in range(4)]
    edition = Edition(
        language=chance.choice(("en", "ru")),
        title=f"Water level {n}",
        date=date(2026, 11, 1) - timedelta(days=chance.randrange(3000)),
        body=Document(tuple(text)),
    )
    return ImportItem(Release(chance.choice(("news", "statement", "speech"))), edition)


def timed(name: str, work: Callable[[], object], rounds: int = 30) -> float:
    """Print and return the middle of several runs, in milliseconds."""
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1000)
    middle = statistics.median(spent)
    print(f"{name:44} {middle:8.2f} ms   worst {max(spent):8.2f}")
    return middle


def main(number: int) -> None:
    """Fill a desk and time what the window asks of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.pressdesk"
        desk = create(path)
        begun = time.perf_counter()
        fill(desk, number)
        spent = time.perf_counter() - begun
        print(f"{number} releases, {number / spent:.0f} a second; {path.stat().st_size} B")
        reads(desk, path)
        writes(desk)
        desk.close()


def reads(desk: Archive, path: Path) -> None:
    """Lists, counts, one release."""
    all_ = Query()
    bare = sqlite3.connect(path)
    sql = "SELECT id FROM release WHERE trashed_at IS NULL ORDER BY sort_date DESC, id DESC"
    timed("bare sqlite3: ids", lambda: bare.execute(sql).fetchall())
    keys = desk.releases.keys(all_, now=NOW)
    timed("keys", lambda: desk.releases.keys(all_, now=NOW))
    timed("page of 100", lambda: desk.releases.page(all_, now=NOW))
    middle = desk.releases.rows(keys[len(keys) // 2 : len(keys) // 2 + 1])[0]
    deep = PageKey(middle.sort_date, middle.id)
    timed("page of 100 in the middle", lambda: desk.releases.page(all_, after=deep, now=NOW))
    timed("rows of 50", lambda: desk.releases.rows(keys[100:150]))
    timed("counts", lambda: desk.releases.counts(all_, now=NOW))
    some = Query(kind="speech", language="ru", bucket="drafts")
    timed("keys, kind and language", lambda: desk.releases.keys(some, now=NOW))
    timed("find", lambda: desk.releases.find(keys[0]))
    timed("topics", lambda: desk.releases.topics())


def writes(desk: Archive) -> None:
    """Autosave and explicit save, each a commit to the disk."""
    filed = desk.releases.find(1)
    timed("keep", lambda: desk.releases.keep(filed.release, filed.edition))

    def save() -> None:
        now = desk.releases.find(1)
        desk.releases.save(now.release, replace(now.edition, title=now.edition.title + "x"))

    timed("find and save", save)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
