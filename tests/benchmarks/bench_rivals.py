"""One word of each kind among 10,000 releases: ours beside LIKE, FTS5, Whoosh and tantivy."""

from __future__ import annotations

import importlib.util
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pressdesk.archive.file.desk_file import open_desk
from pressdesk.archive.search import docs
from pressdesk.document.analyser import stems
from pressdesk.press.query import Word
from tests.benchmarks.figures import Row, row
from tests.benchmarks.large import NOW, bare_search, large, middle, questions, spent

NUMBER, FEW = 10_000, 1_000
"""Whoosh writes a hundred texts a second: it gets a few only."""

Texts = list[tuple[int, str, str]]
Ask = Callable[[str], object]


def rows() -> list[Row]:
    """Each class of words asked of each."""
    path = large(NUMBER)
    archive = open_desk(path)
    kinds = questions()
    out = []
    with tempfile.TemporaryDirectory() as folder:
        rivals = _rivals(path, Path(folder))
        for kind in ("common word", "rare word"):
            asked = kinds[kind]
            ours = middle(spent([lambda q=q: archive.search.page(q, now=NOW) for q in asked]))
            name = f"search {kind}, 10,000"
            bare = middle(spent(bare_search(path, asked)))
            out.append(row(name, ours, "FTS5 by sqlite3", bare))
            words = [one.tree.text for one in asked if isinstance(one.tree, Word)]
            for rival, ask in rivals.items():
                theirs = middle(spent([lambda w=w, ask=ask: ask(w) for w in words], 1))
                out.append(row(name, ours, rival, theirs))
    archive.close()
    return out


def _rivals(path: Path, folder: Path) -> dict[str, Ask]:
    texts = _texts(path)
    found = {"LIKE by sqlite3": _like(path, folder)}
    if importlib.util.find_spec("whoosh"):
        found[f"Whoosh, {FEW:,} texts"] = _whoosh(texts[:FEW], folder)
    if importlib.util.find_spec("tantivy"):
        found["tantivy"] = _tantivy(texts)
    return found


def _texts(path: Path) -> Texts:
    """Key, title and everything, as the stems our own index was fed."""
    bare = sqlite3.connect(path)
    found = []
    for key, terms in bare.execute("SELECT key, terms FROM search_terms"):
        title, subtitle, body, _meta = docs.unsqueezed(terms)
        found.append((key, title, f"{title} {subtitle} {body}"))
    return found


def _like(path: Path, folder: Path) -> Ask:
    bare = sqlite3.connect(folder / "like.db")
    bare.execute("CREATE TABLE text (key INTEGER PRIMARY KEY, words TEXT)")
    kept = sqlite3.connect(path).execute("SELECT key, words FROM search_terms")
    rows = ((key, docs.unsqueezed_words(words)) for key, words in kept)
    bare.executemany("INSERT INTO text VALUES (?, ?)", rows)
    bare.commit()
    sql = "SELECT key FROM text WHERE words LIKE ? LIMIT 60"
    return lambda word: bare.execute(sql, (f"%{word}%",)).fetchall()


def _whoosh(texts: Texts, folder: Path) -> Ask:
    from whoosh import analysis, fields, index, query

    split = analysis.SpaceSeparatedTokenizer()
    schema = fields.Schema(
        key=fields.NUMERIC(int, 64, sortable=True, stored=True), body=fields.TEXT(analyzer=split)
    )
    made = index.create_in(folder, schema)
    writer = made.writer()
    for key, _title, body in texts:
        writer.add_document(key=key, body=body)
    writer.commit()
    searcher = made.searcher()

    def ask(word: str) -> list[Any]:
        term = query.Term("body", stems(word)[0])
        return list(searcher.search(term, limit=60, sortedby="key", reverse=True))

    return ask


def _tantivy(texts: Texts) -> Ask:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", stored=True, fast=True)
    builder.add_text_field("body", tokenizer_name="whitespace")
    schema = builder.build()
    made = tantivy.Index(schema)
    writer = made.writer(num_threads=1)
    for key, _title, body in texts:
        document = tantivy.Document(body=body)
        document.add_unsigned("key", key)
        writer.add_document(document)
    writer.commit()
    made.reload()
    searcher = made.searcher()

    def ask(word: str) -> list[Any]:
        term = tantivy.Query.term_query(schema, "body", stems(word)[0])
        hits = searcher.search(term, 60, order_by_field="key").hits
        return [searcher.doc(address) for _score, address in hits]

    return ask


if __name__ == "__main__":
    for figure in rows():
        print(figure)
