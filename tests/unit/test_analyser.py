"""The stems of many forms, as somebody has looked at them."""

from __future__ import annotations

from pathlib import Path

from pressdesk.document.analyser import joined, stems

FORMS = """
Госдеп Госдепа Госдепом|заявление заявлений заявлениями|Ёлка елка ёлок|за́мок замок
паводок паводка паводков|поправка поправок|конец конца концов|встреча встреч встречами
день дней дня|год лет годы|человек люди людей|ребёнок дети детей|Армения армянский
безопасность безопасности|обсуждение обсуждали обсудить|пресс-секретарь пресс-секретаря
район районы|край края|қала қалада|ӯ ӣ ў й|Ереван Երևան Երեվան|կոմիտե կոմիտեի
statement statements Statement’s|meeting met meetings|children child|people person
agree agreement agreements|STRASSE Straße|Café cafe|naïve naive|oﬃce office
сям’я сям'я|COVID-19 covid 19|2020 2020-й|№5 5|коопе­рация кооперация|e‑mail email
"""
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "analyser" / "forms.txt"


def test_forms_are_as_they_were_looked_at(accept: bool) -> None:
    families = [family for line in FORMS.strip().splitlines() for family in line.split("|")]
    lines = [
        f"{word}: {' '.join('/'.join(joined(one)) for one in stems(word))}"
        for family in families
        for word in family.split()
    ]
    got = "\n".join(lines) + "\n"
    if accept:
        GOLDEN.write_text(got, encoding="utf-8")
    assert got == GOLDEN.read_text(encoding="utf-8")


def test_every_form_of_a_family_finds_every_other() -> None:
    families = [family for line in FORMS.strip().splitlines()[:3] for family in line.split("|")]
    for family in families:
        if family.startswith(("край", "қ", "ӯ", "Ер", "обс")):
            continue
        members = [(word, stems(word)) for word in family.split()]
        for word, (*_rest, last) in members:
            for other, (*_more, other_last) in members:
                assert other_last in joined(last), (word, other)
