"""The large desk that benchmarks share, questions of every class, and times in turns."""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pressdesk.archive.file.desk_file import open_desk
from pressdesk.archive.search import finding, fts5
from pressdesk.archive.search.expression import expression
from pressdesk.archive.store.schema_number import REVISION
from pressdesk.base.errors import PressDeskError
from pressdesk.press.query import All, Filter, Phrase, Question, Word
from tests.benchmarks import invented_desk
from tests.benchmarks.figures import BUILD
from tests.benchmarks.invented_texts import PHRASE, TextPlan
from tests.benchmarks.invented_words import forms, names

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LARGE = 100_000
MILLION = os.environ.get("PRESSDESK_BENCH_MILLION") == "1"
ROUNDS = 5

HIT = """SELECT d.key, d.edition_id, d.release_id, d.kind, d.language, e.state, e.title, e.number,
    r.reference, e.embargo_at
    FROM search_doc d JOIN edition e ON e.id = d.edition_id JOIN release r ON r.id = d.release_id
    WHERE d.key IN ({}) ORDER BY d.key DESC"""


def large(number: int = LARGE, *, short: bool = False) -> Path:
    """A desk of so many invented releases, made once and kept in build/."""
    BUILD.mkdir(exist_ok=True)
    path = BUILD / f"large-{number}{'-short' if short else ''}-{REVISION}.pressdesk"
    if path.exists() and not _fits(path):
        path.unlink()
    if not path.exists():
        print(f"making a desk of {number} releases ...", file=sys.stderr, flush=True)
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        invented_desk.make(making, number, plan=TextPlan(short=short))
        making.replace(path)
    return path


def _fits(path: Path) -> bool:
    """The desk is of this version, index and all."""
    try:
        archive = open_desk(path)
    except PressDeskError:
        return False
    try:
        return not archive.search.stale()
    finally:
        archive.close()


def questions() -> dict[str, list[Question]]:
    """Some questions of each class, in both languages."""
    out: dict[str, list[Question]] = {}
    for language in ("en", "ru"):
        known = forms(language)
        common = [word for word in known[8:60] if len(word) > 2][:10]
        middle = [word for word in known[200:] if len(word) > 4][:10]
        rare = names(language)[1000:1010]
        filters = (Filter("kind", "statement"), Filter("state", "issued"))
        filters += (Filter("language", language),)
        triples = zip(common, middle, middle[1:] + middle[:1], strict=True)
        words_said = PHRASE[language].split()
        for name, asked in (
            ("common word", [Word(word) for word in common]),
            ("word", [Word(word) for word in middle]),
            ("rare word", [Word(word) for word in rare]),
            ("two words", [All((Word(a), Word(b))) for a, b in zip(common, middle, strict=True)]),
            ("three words, filters", [All((*map(Word, three), *filters)) for three in triples]),
            ("phrase", [Phrase(" ".join(words_said[n : n + 3])) for n in range(5)]),
            ("prefix", [Word(word[:4], prefix=True) for word in middle]),
            ("prefix of two", [Word(word[:2], prefix=True) for word in middle]),
        ):
            out.setdefault(name, []).extend(Question(one) for one in asked)
    return out


def bare_search(path: Path, asked: Sequence[Question]) -> list[Callable[[], object]]:
    """The same questions asked of FTS5 by sqlite3 alone: match, then the rows of 60 hits."""
    archive = open_desk(path)
    with archive._store.read() as connection:
        terms = finding.terms_of(connection, NOW)
        matches = [fts5.rendered(expression(one.tree, terms)) for one in asked]
    archive.close()
    bare = sqlite3.connect(path)
    bare.execute("PRAGMA cache_size = -8192")
    sql = f"SELECT rowid FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH ? ORDER BY rowid DESC LIMIT 60"

    def ask(match: str) -> list[Any]:
        keys = [row[0] for row in bare.execute(sql, (match,))]
        return bare.execute(HIT.format(",".join("?" * len(keys))), keys).fetchall()

    return [lambda match=match: ask(match) for match in matches]


def spent(work: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each call in each round; a round before warms what can be warm."""
    out = []
    for turn in range(rounds + 1):
        for one in work:
            took = _once(one)
            if turn:
                out.append(took)
    return out


def in_turns(
    ours: Sequence[Callable[[], object]], theirs: Sequence[Callable[[], object]]
) -> tuple[list[float], list[float]]:
    """The best time of each call of two that take turns: what others do on the machine would
    else be told of the one or the other. The spread that is left is that of the questions."""
    spent(ours, 0)
    spent(theirs, 0)
    turns = [(_times(ours), _times(theirs)) for _turn in range(ROUNDS)]
    first, second = zip(*turns, strict=True)
    return list(map(min, *first)), list(map(min, *second))


def _times(work: Sequence[Callable[[], object]]) -> list[float]:
    return [_once(one) for one in work]


def _once(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def p95(times: Sequence[float]) -> float:
    """The time that 95 of 100 calls do not exceed."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def middle(times: Sequence[float]) -> float:
    """The median."""
    return statistics.median(times)
