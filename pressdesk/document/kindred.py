"""Related words without a common stem: a short list, and fleeting vowels."""

from __future__ import annotations

import re

KINDRED = (
    "день дня дней",
    "год года годов лет",
    "человек люди людей людьми",
    "ребенок ребенка дети детей детьми",
    "друг друзья друзей",
    "сын сыновья сыновей",
    "мать матери матерей",
    "дочь дочери дочерей",
    "время времени времен",
    "имя имени имен",
    "знамя знамени знамен",
    "хозяин хозяева хозяев",
    "судно > суда судов",
    "вода > водный",
    "армения армянский армяне",
    "россия российский россияне",
    "беларусь белоруссия белорусский беларусский",
    "казахстан казахстанский",
    "киргизия кыргызстан киргизский кыргызский",
    "таджикистан таджикский",
    "узбекистан узбекский",
    "украина украинский",
    "китай китайский",
    "европа европейский",
    "сша > американский",
    "письмо писем",
    "число чисел",
    "окно окон",
    "земля земель",
    "сестра сестер",
    "деревня деревень",
    "судьба судеб",
    "отец отца отцов",
    "день > дневной",
    "грузия грузинский",
    "молдавия молдова молдавский",
    "германия немецкий",
    "франция французский",
    "идти шел шла шли",
    "person persons people",
    "child children",
    "man men",
    "woman women",
    "foot feet",
    "meet met",
    "say said",
    "hold held",
    "speak spoke spoken",
    "begin began begun",
    "russia russian",
    "armenia armenian",
    "europe european",
)
"""Rows of forms, each accepted for every other; those after > only for those before it."""

_DROPPED = re.compile(r"^(\w*[аеиоуыэюя]\w*?)([^аеиоуыэюяйь])[ео]к$")
_DROPPED_EC = re.compile(r"^(\w+)ец$")
_ADJECTIVE = re.compile("([^аеиоуыэюя]|е)ск$")


def fleeting(stem: str) -> tuple[str, ...]:
    """The other stem of a Russian noun whose last vowel comes and goes, () of any other word.

    рынок and рынк(а), украинец and украинц(а), поездк(а) and поездок. What comes out may be no
    word at all: nothing is found by it then.
    """
    if len(stem) < 3 or stem[-1] not in "кц":
        return ()
    if stem[-1] == "ц":
        return _without_ec(stem)
    with_vowel = _DROPPED.match(stem)
    if with_vowel:
        return (f"{with_vowel[1]}{with_vowel[2]}к",)
    if stem.endswith("ек") and stem[-3] in "аеиоуыэюя":
        return (f"{stem[:-2]}йк",)
    if stem[-2] in "аеиоуыэюя" or _ADJECTIVE.search(stem):
        return ()
    head, before = stem[:-1], stem[-2]
    if before in "йь":
        return (f"{head[:-1]}ек",)
    return (f"{head}{'е' if before in 'жчшщц' else 'о'}к",)


def _without_ec(stem: str) -> tuple[str, ...]:
    whole = _DROPPED_EC.match(stem)
    if whole:
        head = whole[1]
        soft = "й" if head[-1] in "аеиоуыэюя" else "ь" if head[-1] == "л" else ""
        return (f"{head}{soft}ц",)
    if stem[-2] in "аеиоуыэюя":
        return ()
    return (f"{stem[:-2] if stem[-2] in 'йь' else stem[:-1]}ец",)
