"""How well dumps are split and sorted, measured on dumps whose truth is known."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

from pressdesk.formats.registry import Context, ReadDrafts, readers
from tests.unit.dump.corpus import Dump, dumps

CONTEXT = Context(today=date(2026, 11, 23))


def read(dump: Dump) -> ReadDrafts:
    return readers()["text"].read(dump.data, CONTEXT)


def boundaries(counts: list[int]) -> set[int]:
    """Where items begin, in paragraphs from the first; the first beginning is no merit."""
    return set(accumulate(counts[:-1]))


def test_items_and_kinds_are_found_in_the_corpus() -> None:
    hits = found = wanted = right = items = 0
    wrong = []
    corpus = list(dumps())
    for dump in corpus:
        drafts = read(dump).drafts
        got = boundaries([len(draft.paragraphs) for draft in drafts])
        true = boundaries([len(texts) for _, texts in dump.items])
        hits, found, wanted = hits + len(got & true), found + len(got), wanted + len(true)
        kinds = {draft.paragraphs[:1]: draft.kind for draft in drafts}
        for kind, texts in dump.items:
            items += 1
            right += kinds.get(texts[:1]) == kind
        if got != true or [d.kind for d in drafts] != [kind for kind, _ in dump.items]:
            wrong.append(dump.name)
    f1 = 2 * hits / (found + wanted)
    assert len(corpus) >= 60
    assert f1 >= 0.95, (f1, wrong)
    assert right / items >= 0.90, (right / items, wrong)


def test_no_paragraph_of_the_corpus_is_lost() -> None:
    for dump in dumps():
        kept = [flat(text) for draft in read(dump).drafts for text in draft.paragraphs]
        assert kept == [text for _, texts in dump.items for text in texts], dump.name


def flat(text: str) -> str:
    return " ".join(text.split())
