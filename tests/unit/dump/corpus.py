"""Past items of a fictional commission, and the dumps that are made of them with known truth."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Item:
    """One item as its author meant it."""

    kind: str
    text: tuple[str, ...]
    title: str = ""
    contact: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dump:
    """The bytes of a file, and what they hold: paragraphs and kind of each item."""

    name: str
    data: bytes
    items: tuple[tuple[str, tuple[str, ...]], ...]


FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "text"


def items_in(language: str) -> tuple[Item, ...]:
    """The items of one language; the marks are explained at the top of each file."""
    text = (FIXTURES / f"items-{language}.txt").read_text("utf-8").replace("<nbsp>", "\xa0")
    return tuple(_item(part) for part in text.split("\n== ")[1:])


def _item(part: str) -> Item:
    kind, *lines = part.strip("\n").split("\n")
    return Item(
        kind,
        tuple(line for line in lines if line[:1] not in ("#", "@")),
        next((line[2:] for line in lines if line.startswith("#")), ""),
        tuple(line[2:] for line in lines if line.startswith("@")),
    )


EN, RU = items_in("en"), items_in("ru")

CHROME = {
    "en": ("Go back", "Back to the section", "Back to the all news"),
    "ru": ("Назад", "Назад к разделу", "Ко всем новостям"),
}

ROUND = {"en": EN, "ru": RU}


def paragraphs(item: Item) -> tuple[str, ...]:
    """All paragraphs of an item in their order, blanks made plain."""
    return tuple(" ".join(text.split()) for text in (item.title, *item.text, *item.contact) if text)


def text_of(items: Sequence[Item], *, headlines: str, chrome: Sequence[str] = ()) -> str:
    """A dump: one blank line between paragraphs, two between blocks.

    headlines  "glued" at the end of the item before, with two blank lines after it, as in
               the documents people copy; "own" before their text; "lone" with two blank
               lines around them
    """
    out = ""
    for number, item in enumerate(items):
        if item.title:
            glued = headlines == "glued" and number and not items[number - 1].contact
            out = (out.rstrip("\n") + "\n\n" if glued else out) + item.title
            out += "\n\n" if headlines == "own" else "\n\n\n"
        out += "\n\n".join(item.text) + "\n\n\n"
        if item.contact:
            out += "\n\n".join(item.contact) + "\n\n\n"
    return out + "\n\n".join(chrome)


def _same(text: str) -> bytes:
    return text.encode()


def _wrapped(text: str) -> bytes:
    lines = text.replace("\xa0", " ").split("\n")
    return "\n".join(textwrap.fill(line, 72, break_on_hyphens=False) for line in lines).encode()


MUTATIONS: dict[str, Callable[[str], bytes]] = {
    "same": _same,
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "trailing": lambda text: text.replace("\n", "  \n").encode(),
    "nbsp-lines": lambda text: text.replace("\n\n", "\n\xa0\n").encode(),
    "upper-chrome": lambda text: text.replace("Go back", "« GO BACK").encode(),
    "wrapped": _wrapped,
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "form-feeds": lambda text: text.replace("\n\n\n", "\n\n\f").encode(),
    "indented": lambda text: text.replace("\n\n", "\n\n    ").encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "leading": lambda text: ("\n" * 5 + text).encode(),
}


def dumps() -> Iterator[Dump]:
    """Every dump of the corpus: both languages, three ways of headlines, all mutations."""
    for language, items in ROUND.items():
        chrome = CHROME[language]
        for name, change in MUTATIONS.items():
            for headlines in ("glued", "own", "lone"):
                text = text_of(items[:5], headlines=headlines, chrome=chrome)
                yield _dump(f"{language}-{name}-{headlines}", change(text), items[:5])
        yield _dump(f"{language}-bare", _same(text_of(items[:5], headlines="glued")), items[:5])
        twice = text_of(items[:5], headlines="glued", chrome=chrome) + "\n\n\n"
        yield _dump(f"{language}-twice", _same(twice * 2), items[:5] * 2)
        yield from _sizes(language, items)


def _sizes(language: str, items: Sequence[Item]) -> Iterator[Dump]:
    chance = random.Random(language)
    for count in (1, 2, 3, 5, 8, 12, 16, 20):
        chosen = [chance.choice(items) for _ in range(count)]
        headlines = chance.choice(("glued", "own", "lone"))
        text = text_of(chosen, headlines=headlines, chrome=CHROME[language])
        yield _dump(f"{language}-{count}-{headlines}", _same(text), chosen)


def _dump(name: str, data: bytes, items: Sequence[Item]) -> Dump:
    return Dump(name, data, tuple((item.kind, paragraphs(item)) for item in items))
