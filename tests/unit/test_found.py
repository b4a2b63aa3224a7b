"""Words in every form, marked where they stand; exact phrases compared word for word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.document import analyser
from pressdesk.press.found import line_of, snippet, spans, wanted
from pressdesk.press.query import All, Not, Phrase, Question, Word


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Госдеп", "Госдепа"),
        ("заявление", "заявлений"),
        ("елка", "Ёлка"),
        ("statements", "statement"),
        ("замок", "за́мок"),
        ("café", "Cafe"),
        ("сям'я", "сям’я"),
        ("դև", "ԴԵՒ"),
        ("Commission", "Commission’s"),
        ("Straße", "STRASSE"),
        ("oﬃce", "office"),
        ("коопера\u00adция", "Кооперации"),
    ],
)
def test_one_form_finds_another(typed: str, stands: str) -> None:
    assert analyser.stems(typed) == analyser.stems(stands) != []


@pytest.mark.parametrize(("one", "other"), [("край", "краи"), ("қала", "кала"), ("ӯ", "у")])
def test_letters_that_matter_are_kept(one: str, other: str) -> None:
    assert analyser.fold(one) != analyser.fold(other)


def test_what_stems_cannot_join() -> None:
    (day,), (days,) = analyser.stems("день"), analyser.stems("дней")
    assert days in analyser.joined(day)
    assert analyser.joined(day)[0] == day
    assert analyser.stems("лет")[0] in analyser.joined(analyser.stems("год")[0])
    assert analyser.stems("people")[0] in analyser.joined(analyser.stems("person")[0])


@given(st.text())
def test_any_text_has_tokens_an_index_can_hold(text: str) -> None:
    for word, begin, end in analyser.words(text):
        assert 0 <= begin < end <= len(text)
        for char in analyser.stem(word):
            assert char.isalnum() or char >= "\u0900"
    assert analyser.stems(text) == analyser.stems(text)


def _marked(text: str, *parts: object) -> list[str]:
    tree = All(parts)  # type: ignore[arg-type]
    return [text[b:e] for b, e in spans(text, wanted(Question(tree)))]


def test_every_form_is_marked_and_nothing_that_is_excluded() -> None:
    text = "Заявления комиссии: о заявлении, пресс-службы и «Заявление»."
    assert _marked(text, Word("заявление")) == ["Заявления", "заявлении", "Заявление"]
    assert _marked(text, Word("пресс-служба")) == ["пресс-службы"]
    assert _marked(text, Word("ком", prefix=True)) == ["комиссии"]
    assert _marked(text, Phrase("о заявлении")) == ["о заявлении"]
    assert _marked(text, Not(Word("комиссия"))) == []


PIECES = (
    "заявление заявления дня день ёлка Елка о’брайен O'Brien Commission’s dying die news « - a_b"
)
pieces = st.lists(st.sampled_from(PIECES.split()) | st.text(max_size=3), max_size=12)
sought_parts = st.sampled_from(PIECES.split()[:-3]).flatmap(
    lambda text: st.sampled_from(
        [Word(text), Word(text[:2], prefix=True), Phrase(f"{text} дня"), Word(f"{text}-день")]
    )
)


@given(pieces, st.lists(sought_parts, min_size=1, max_size=3))
def test_the_quick_look_misses_nothing(text: list[str], parts: list[Word | Phrase]) -> None:
    sought = wanted(Question(All(tuple(parts))))
    quick = " ".join(text) + " ."
    slow = quick[:-1] + "é"  # one letter that takes more than case: every word is looked at
    assert spans(quick, sought) == spans(slow, sought)


def test_forms_that_no_stem_joins_are_marked() -> None:
    text = "Прошло пять лет и десять дней; рынка нет, people say he is dying."
    assert _marked(text, Word("год"), Word("день")) == ["лет", "дней"]
    assert _marked(text, Word("рынок"), Word("person"), Word("die")) == ["рынка", "people", "dying"]
    assert _marked("Il’ya, d'Ilya, Ilya’s", Word("ilya")) == ["Il’ya", "Ilya’s"]


def _holds(text: str, phrase: str) -> bool:
    return line_of(phrase) in line_of(text)


def test_a_phrase_is_these_words_in_this_order() -> None:
    assert _holds("The Council’s  «very»\nwords.", "very words")
    assert not _holds("very many words", "very words")
    assert not _holds("every words", "very words")
    assert _holds("Ёлка стоит", "елка")


def test_the_densest_piece_with_its_matches() -> None:
    text = "Beginning. " + "filler " * 100 + "the river rose, the rivers fell " + "end " * 90
    found = snippet(text, wanted(Question(Word("river"))), 120)
    assert [found.text[b:e] for b, e in found.spans] == ["river", "rivers"]
    assert found.text.startswith("… ") and found.text.endswith(" …") and len(found.text) < 130
    assert snippet("Short text", wanted(Question()), 50).text == "Short text"


@given(st.text(max_size=400), st.text(max_size=20), st.integers(10, 200))
def test_any_snippet_marks_inside_itself(text: str, sought: str, width: int) -> None:
    found = snippet(text, wanted(Question(Word(sought))), width)
    last = 0
    for begin, end in found.spans:
        assert last <= begin < end <= len(found.text)
        last = end
