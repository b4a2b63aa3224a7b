"""Texts of a desk to measure with: release number n of a seed is always the same, letter by letter.

The institution, its places and its people are fictional.
"""

from __future__ import annotations

import random
from array import array
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.document.nodes import Document, Paragraph, Text
from pressdesk.press.compose import compose
from pressdesk.press.embargo import zone_of
from pressdesk.press.filed import ImportItem
from pressdesk.press.house import House
from pressdesk.press.release import Edition, Release
from pressdesk.press.states import State
from tests.benchmarks.invented_words import name_slots, slots

FIRST_DAY, LAST_DAY = date(2000, 1, 3), date(2026, 10, 30)
RECORDED = datetime(2026, 11, 1, 9, tzinfo=UTC)
"""When all of it is taken in."""

SHORTEST, LONGEST, SHORT = 200, 1500, 150
"""Words of a text; the mean of whole texts is about 516."""

ISSUED, BOILERPLATE = 0.9, 0.57
"""The shares of releases that went out, and that hold the phrase below."""

PHRASE = {
    "en": "The Commission keeps the river open to ships and clean for those who live on it.",
    "ru": "Комиссия заботится о том, чтобы река была открыта для судов и чиста для людей.",
}
KINDS = ("news", "news", "news", "statement", "statement", "speech", "advisory", "interview")
TOPICS = {
    "en": ("navigation", "floods", "water quality", "treaty", "fisheries", "harbours", "energy"),
    "ru": ("судоходство", "паводки", "качество воды", "договор", "рыболовство", "порты", "энергия"),
}
PEOPLE = {
    "en": ("Hedda Moorland", "Ivo Lark", "Clara Weir", "Tomas Reed", "Agnes Fairway", "Paul Mere"),
    "ru": ("Анна Плёсова", "Иван Бродов", "Вера Заводская", "Пётр Устьев", "Ольга Ключева"),
}
_SPEAKER = {"speech": "speaker", "interview": "interviewee"}
_SENTENCE = (7, 9, 11, 12, 14, 16, 18, 22)


class TextPlan(Struct, frozen=True):
    """What texts are wanted: the seed, and whether they are short."""

    seed: int = 7
    short: bool = False


def item(plan: TextPlan, n: int, house: House) -> ImportItem:
    """Release number n, with its finished sheet when it went out.

    cost  half a millisecond
    """
    chance = random.Random(f"{plan.seed} {plan.short} {n}")
    language = chance.choice(("en", "ru"))
    release = _release(chance, language)
    length = SHORT if plan.short else SHORTEST + int((LONGEST - SHORTEST) * chance.random() ** 3.11)
    body = _body(chance, language, length)
    days = (LAST_DAY - FIRST_DAY).days
    speaker = _SPEAKER.get(release.kind)
    edition = Edition(
        language=language,
        title=_sentence(chance, language, chance.randint(5, 10)).rstrip("."),
        subtitle=_sentence(chance, language, 9) if chance.random() < 0.4 else "",
        place=chance.choice(name_slots(language)[:400]),
        date=FIRST_DAY + timedelta(days=chance.randint(0, days)),
        body=body,
        fields=((speaker, release.people[0]),) if speaker else (),
    )
    if chance.random() >= ISSUED:
        return ImportItem(release, edition)
    return ImportItem(
        release, edition, record=compose(release, _out(edition, house), house, (), now=RECORDED)
    )


def _release(chance: random.Random, language: str) -> Release:
    kind = chance.choice(KINDS)
    people = (chance.choice(PEOPLE[language]),) if kind in _SPEAKER or chance.random() < 0.3 else ()
    return Release(
        kind=kind,
        topics=tuple(sorted(chance.sample(TOPICS[language], chance.randint(0, 2)))),
        places=(chance.choice(name_slots(language)),) if chance.random() < 0.5 else (),
        people=people,
    )


def _out(edition: Edition, house: House) -> Edition:
    """The edition as it went out at the beginning of its day."""
    assert edition.date is not None
    midnight = datetime.combine(edition.date, time(), tzinfo=zone_of(house.zone))
    return replace(
        edition, state=State.ISSUED, issued_at=midnight.astimezone(UTC), recorded_at=RECORDED
    )


def _body(chance: random.Random, language: str, length: int) -> Document:
    """Paragraphs of two to five sentences, with the phrase at the end of most."""
    paragraphs: list[str] = []
    sentences: list[str] = []
    left, room = length, chance.randint(2, 5)
    while left > 0:
        words = min(left, chance.choice(_SENTENCE))
        sentences.append(_sentence(chance, language, words))
        left -= words
        if len(sentences) == room or left <= 0:
            paragraphs.append(" ".join(sentences))
            sentences, room = [], chance.randint(2, 5)
    if chance.random() < BOILERPLATE:
        paragraphs.append(PHRASE[language])
    return Document(tuple(Paragraph((Text(one),)) for one in paragraphs))


def _sentence(chance: random.Random, language: str, length: int) -> str:
    """Words by their frequency; some sentences end with a place and a number."""
    table = slots(language)
    words = [table[slot] for slot in array("H", chance.randbytes(2 * length))]
    if length > 6 and chance.random() < 0.3:
        words[-2] = name_slots(language)[chance.getrandbits(16)]
        words[-1] = str(chance.randint(2, 999))
    words[0] = words[0].capitalize()
    return " ".join(words) + "."
