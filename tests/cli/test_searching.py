"""``search`` and ``facets``, as a script reads them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.program import Shell


def found(shell: Shell, *arguments: str) -> dict[str, Any]:
    done = shell("search", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_search_gives_hits_with_a_snippet(shell: Shell) -> None:
    answer = found(shell, "resumed")
    assert set(answer) == {"total", "hits"}
    assert answer["total"] == len(answer["hits"]) > 0
    assert {frozenset(hit) for hit in answer["hits"]} == {
        frozenset({"id", "title", "date", "kind", "language", "state", "snippet"})
    }
    assert all(hit["language"] == "en" for hit in answer["hits"])
    assert any("resum" in hit["snippet"] for hit in answer["hits"])


def test_russian_words_are_found_in_any_form(shell: Shell) -> None:
    one = {hit["id"] for hit in found(shell, "комиссия")["hits"]}
    other = {hit["id"] for hit in found(shell, "комиссией")["hits"]}
    assert one == other != set()


def test_filters_limit_and_order(shell: Shell) -> None:
    every = found(shell, "river", "--limit", "100")
    some = found(shell, "river", "--limit", "2")
    assert some["hits"] == every["hits"][:2] and some["total"] == every["total"]
    dates = [hit["date"] for hit in every["hits"]]
    assert dates == sorted(dates, reverse=True)
    best = found(shell, "river", "--sort", "relevance", "--limit", "100")
    assert {hit["id"] for hit in best["hits"]} == {hit["id"] for hit in every["hits"]}
    statements = found(shell, "river", "kind:statement")["hits"]
    assert statements and all(hit["kind"] == "statement" for hit in statements)


def test_what_is_held_by_an_embargo_says_so(shell: Shell) -> None:
    held = found(shell, "state:embargo")["hits"]
    assert held and {hit["state"] for hit in held} == {"embargo"}
    assert {hit["state"] for hit in found(shell, "state:issued")["hits"]} == {"issued"}


def test_search_for_people_is_one_line_each(shell: Shell) -> None:
    lines = shell("search", "gauge", "data").stdout.splitlines()
    assert len(lines) == len(found(shell, "gauge", "data")["hits"])


def test_nothing_found_is_no_fault(shell: Shell) -> None:
    assert found(shell, "zebra") == {"total": 0, "hits": []}
    assert shell("search", "zebra").stdout == ""


def test_a_phrase_is_taken_by_its_word(shell: Shell) -> None:
    phrase = found(shell, '"suspension of gauge data exchange"')
    assert {hit["id"] for hit in phrase["hits"]} <= {
        hit["id"] for hit in found(shell, "suspension gauge")["hits"]
    }
    assert phrase["hits"] and not found(shell, '"data gauge of suspension"')["hits"]


def test_facets_count_the_desk_or_what_is_found(shell: Shell) -> None:
    whole = json.loads(shell("facets", "--json").stdout)
    assert whole["total"] == sum(each["number"] for each in whole["facets"]["kind"])
    assert whole["total"] == sum(each["number"] for each in whole["months"])
    some = json.loads(shell("facets", "--json", "gauge", "lang:en").stdout)
    assert 0 < some["total"] < whole["total"]
    every = json.loads(shell("facets", "--json", "gauge").stdout)
    assert some["facets"]["language"] == every["facets"]["language"]  # what "or" would add
    assert sum(each["number"] for each in some["facets"]["kind"]) == some["total"]
    two = json.loads(shell("facets", "--json", "gauge", "lang:en", "lang:ru").stdout)
    assert some["total"] < two["total"] <= every["total"]
    assert "kind" in shell("facets").stdout


def test_a_limit_of_nothing_is_wrong_usage(shell: Shell) -> None:
    done = shell("search", "river", "--limit", "0")
    assert done.returncode == 2 and "--limit" in done.stderr


def test_what_was_meant_is_offered_when_nothing_is_found(shell: Shell) -> None:
    done = shell("search", "zayavlenie")
    assert done.stdout == "" and "Did you mean: заявление" in done.stderr
    assert "mean" not in shell("search", "zebra").stderr
    assert found(shell, "-river")["total"] > 0


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("kind:zzz", "statement"),
        ("state:lost", "embargo"),
        ("lang:klingonish", "en or ru"),
        ("before:201x", "09.2020"),
        ("on:30.02.2024", "2020-09-27"),
        ('"unclosed', "quotation mark"),
        ("foo:bar", "speaker"),
        ("kind:", "kind:news"),
        ('topic:""', "kind:news"),
        ("(river", "bracket"),
        ("river OR", "OR"),
        ("—", "no word"),
        ("-on:2020", "minus"),
        ("river OR before:2020", "whole query"),
        ("--jsn", "--jsn"),
        ("\udcff", "UTF-8"),
    ],
)
@pytest.mark.parametrize("command", ["search", "facets"])
def test_a_query_that_is_not_understood_is_wrong_usage(
    shell: Shell, command: str, query: str, known: str
) -> None:
    done = shell(command, query, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage:") and known in " ".join(done.stderr.split())


@pytest.mark.parametrize("query", ["", "-harbour", "-river", "https://harbour.example", "10:30"])
def test_what_is_understood_stays_a_question(shell: Shell, query: str) -> None:
    done = shell("search", query, "--json")
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) == {"total", "hits"}
