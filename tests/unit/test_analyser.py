"""Words as the searches see them: folded forms and stems as somebody has looked at them."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pressdesk.document import analyser
from pressdesk.document.kindred import KINDRED

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "analyser" / "forms.txt"

FORMS = """
Ёлка елка ёлки за́мок замка́ всѐ Госдеп Госдепа Госдепом заявление заявлений заявлениями
день дня дней год года лет человек людей ребёнок детей рынок рынка рынки поездка поездок
украинец украинца китайцы владелец владельцев копеек письмо писем отец отца
судно суда суд России российский Армения армянского армяне водный вода
паводок паводка поправок ёлок район районы
край краи йод сям'я сям’я сямʼя їжак ґанок ўзбек узбек Қазақстан қазақ ӯрта тоҷикӣ Беларусі
statement statements Statement’s Commission Commission’s EU’s don't O’Brien person people children
women café cafe naïve Łódź Straße STRASSE oﬃce ﬁnal коопера\u00adция пресс-служба COVID-19 3,5
ինչո՞ւ ինչու Հայաստանի Հայաստանում և ԵՎ եւ հայերեն ½ x² ΑΘΉΝΑ Αθήνα １２ ｶﾞ 中文
हिन्दी عربيّ snake_case
"""


def _line(form: str) -> str:
    """The form, its words folded, their stems, and what a question for them accepts as well."""
    folded = [word for word, _begin, _end in analyser.words(form)]
    stems = [analyser.stem(word) for word in folded]
    more = [other for one in stems for other in analyser.joined(one)[1:]]
    return "\t".join((form, " ".join(folded), " ".join(stems), " ".join(more))).rstrip()


def test_forms_are_as_they_were_looked_at(accept: bool) -> None:
    got = "\n".join(_line(form) for form in FORMS.split()) + "\n"
    if accept:
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(got, "utf-8")
    assert got == GOLDEN.read_text("utf-8"), "look at the forms, then run --accept"


@pytest.mark.parametrize(
    ("sought", "stands"),
    [
        ("день", "дней"),
        ("год", "лет"),
        ("люди", "человека"),
        ("рынок", "рынках"),
        ("поездка", "поездок"),
        ("украинцы", "украинец"),
        ("копейка", "копеек"),
        ("судно", "суда"),
        ("письма", "писем"),
        ("российский", "Россией"),
        ("person", "people"),
    ],
)
def test_a_question_accepts_what_no_stem_joins(sought: str, stands: str) -> None:
    (one,), (other,) = analyser.stems(sought), analyser.stems(stands)
    assert other in analyser.joined(one)


FAMILIES = """
Госдеп Госдепа Госдепом|заявление заявлений заявлениями|Ёлка елка ёлок|за́мок замок
паводок паводка паводков|поправка поправок|конец конца концов|встреча встреч встречами
день дней дня|год лет годы|человек люди людей|ребёнок дети детей|Армения армянский
безопасность безопасности|пресс-секретарь пресс-секретаря|район районы
statement statements Statement’s|children child|people person|e‑mail e-mail
"""


@pytest.mark.parametrize("family", FAMILIES.strip().replace("\n", "|").split("|"))
def test_every_form_of_a_family_finds_every_other(family: str) -> None:
    members = [analyser.stems(word)[-1] for word in family.split()]
    for one in members:
        assert set(members) <= set(analyser.joined(one))


@pytest.mark.parametrize(("sought", "stands"), [("суд", "судно"), ("сложный", "сложность")])
def test_a_question_accepts_no_more_than_that(sought: str, stands: str) -> None:
    (one,), (other,) = analyser.stems(sought), analyser.stems(stands)
    assert other != one
    assert other not in analyser.joined(one)


def test_every_row_of_the_table_joins_something() -> None:
    for row in KINDRED:
        first, *others = analyser.stems(row.replace(">", " "))
        assert set(others) - {first} <= set(analyser.joined(first)), row
        assert set(others) - {first}, row


@given(st.text())
@example("ﷺ ½ ª ʼ _'_ İ ŉ")
def test_words_are_letters_and_digits_where_they_stand(text: str) -> None:
    ends = 0
    for word, begin, end in analyser.words(text):
        assert ends <= begin < end <= len(text)
        ends = end
        assert not [c for c in word if c.isspace() or (c.isascii() and not c.isalnum())]
        assert word == analyser.fold(text[begin:end])


@given(st.text(max_size=30))
def test_a_folded_word_stays_as_it_is(text: str) -> None:
    for word, _begin, _end in analyser.words(text):
        assert analyser.fold(word) == word


@given(
    st.text() | st.text(st.sampled_from("abcXYZёЁжЖйЙ'’‘`-_\u00ad\u0301іўЎµ№™ªß1² \x00\x98\n.,«…ʼ"))
)
@example("a" * 70 + " " + "Б" * 65)
@example("'tis the Commission's 'own' — d’accord '")
def test_the_quick_way_to_folded_words_gives_the_same(text: str) -> None:
    assert analyser.folded(text) == [word for word, _begin, _end in analyser.words(text)]


@given(st.text())
def test_stems_are_those_of_the_words(text: str) -> None:
    stems = [analyser.stem(word) for word, _begin, _end in analyser.words(text)]
    assert analyser.stems(text) == stems


@given(st.text(st.sampled_from("аеёйАЁЙ'’ zZ\u0301\u0306-é№»9\u00ad")))
def test_composed_or_not_is_the_same(text: str) -> None:
    composed, parted = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert analyser.stems(composed) == analyser.stems(parted)


@given(st.text(st.sampled_from("аеёйАЁЙ'’ zZ-»—9№")))
def test_even_folds_in_place(text: str) -> None:
    even = analyser.even(text)
    assert even is not None and len(even) == len(text)
    for word, begin, end in analyser.words(text):
        assert even[begin:end].startswith(word[:1])
        if not set(text[begin:end]) & set("'’"):
            assert even[begin:end] == word


@pytest.mark.parametrize(
    "text", ["за́мок", "ўзбек", "коопера\u00adция", "café", "ﬁnal", "հայ", "x²"]
)
def test_what_takes_more_than_case_is_not_even(text: str) -> None:
    assert analyser.even(text) is None


def test_threads_agree() -> None:
    text = " ".join(f"заявление{n} statements{n} комиссиями" for n in range(3000))
    alone = [analyser.stem.__wrapped__(word) for word, _b, _e in analyser.words(text)]
    got: list[list[str]] = []

    def work() -> None:
        got.append([analyser.stem.__wrapped__(word) for word, _b, _e in analyser.words(text)])

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [alone] * 4


def test_the_stemmer_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, pressdesk.press.asking, pressdesk.press.found, pressdesk.press.correcting;"
        "assert 'Stemmer' not in sys.modules;"
        "from pressdesk.document.analyser import stem; stem('words');"
        "assert 'Stemmer' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
