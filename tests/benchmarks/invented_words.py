"""Words for a desk to measure with: stems of our own, inflected, in the frequencies of speech."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

_ENDINGS: dict[str, str] = {
    # Russian: a dash is the stem alone.
    "муж": "- а у ом е ы ов ам ами ах",
    "муж_к": "- а у ом е и ов ам ами ах",
    "муж_ь": "ь я ю ем е и ей ям ями ях",
    "жен_а": "а ы е у ой ам ами ах",
    "жен_к": "а и е у ой ам ами ах",
    "жен_ия": "я и ю ей й ям ями ях",
    "жен_ость": "ь и ью ей ям ями ях",
    "ср_ие": "е я ю ем и й ям ями ях",
    "ср_о": "о а у ом е ам ами ах",
    "прил_ый": "ый ая ое ые ого ой ому ым ом ую ых ыми",
    "прил_ий": "ий ая ое ие ого ой ому им ом ую их ими",
    "гл_ать": "ать ает ают ал ала али ающий ающие ая",
    "гл_овать": "овать ует уют овал овала овали уя",
    "гл_ить": "ить ит ят ил ила или ив",
    # English.
    "noun": "- s",
    "noun_y": "y ies",
    "verb": "- s ed ing",
    "verb_e": "e es ed ing",
    "adj": "- ly",
}
_STEMS = Path(__file__).with_name("words")
_SMALL = ("служебные", "small")

_SLOTS = 1 << 16
"""Slots of the table a word is drawn from with two random bytes."""

_NAMES = {
    "en": (
        """Ash Birch Black Bram Cal Cold Dun East Fair Fen Glen Gold Hal Heron High Iron Kings
        Lang Lin Long Mar Mill Nor Oak Old Quay Raven Red Sand Silver Stan Stone Sut Thorn
        Upper Wal Wen West White Wil Win Wood""",
        """bank beck borough bridge brook burn bury cliff combe dale den field ford gate ham
        haven hill holm hurst land leigh lock mere mouth pool port shaw stead stow thorpe ton
        vale water well wick worth""",
    ),
    "ru": (
        """Бел Бор Вели Верх Вод Вязо Глуб Горо Дальне Добро Дубо Заво Залес Зелено Злато Ива
        Камено Кедро Крас Криво Лес Липо Луго Малино Медве Ново Озеро Оль Остро Пере Под При
        Раз Рыбо Свето Северо Сосно Старо Сухо Тиха Черно Ясно""",
        """берегск водск горск градово дольск донск заводск зерск каменск ключевск ковск ладск
        лесск лугов мостовск мысов никольск озёрск польск портовск реченск родниково саровск
        слободск славск станово устьевск холмск ярово ярск""",
    ),
}


@cache
def forms(language: str) -> tuple[str, ...]:
    """Every form of every word of a language, the small words first; no form twice."""
    small: list[str] = []
    others: list[str] = []
    for line in (_STEMS / f"{language}.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        pattern, stems = line.split(": ", 1)
        if pattern in _SMALL:
            small += stems.split()
            continue
        for stem in stems.split():
            if "_" not in stem:
                others += _inflected(stem, _ENDINGS[pattern].split())
    # Neighbours in the list would share a stem, and so a frequency.
    random.Random(language).shuffle(others)
    return tuple(dict.fromkeys((*small, *others)))


def _inflected(stem: str, endings: list[str]) -> list[str]:
    """``паводок|паводк``: what the first ending is added to, and what the others are."""
    first, _bar, others = stem.partition("|")
    stems = [first, *[others or first] * (len(endings) - 1)]
    return [one + ending.strip("-") for one, ending in zip(stems, endings, strict=True)]


@cache
def slots(language: str) -> tuple[str, ...]:
    """The forms in a table where each has room by its rank, as Zipf found it in real texts."""
    words = forms(language)
    weights = [1 / (rank + 2.7) for rank in range(len(words))]
    share = _SLOTS / sum(weights)
    out: list[str] = []
    due = 0.0
    for word, weight in zip(words, weights, strict=True):
        due += weight * share
        out += [word] * (round(due) - len(out))
    return tuple(out)


@cache
def names(language: str) -> tuple[str, ...]:
    """Over a thousand places that are on no map: the rare words of the texts."""
    first, second = (parts.split() for parts in _NAMES[language])
    every = [one + two for one in first for two in second]
    random.Random(f"names {language}").shuffle(every)
    return tuple(every)


@cache
def name_slots(language: str) -> tuple[str, ...]:
    """The names, each as often as its rank lets expect."""
    every = names(language)
    chosen = random.Random(f"slots {language}")
    return tuple(chosen.choices(every, [1 / (n + 5) for n in range(len(every))], k=_SLOTS))
