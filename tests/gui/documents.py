"""Strategies and seeded samples of document trees, shared by the tests of tree and editor."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    LineBreak,
    ListItem,
    Mark,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)

ALPHABET = "aбЖ é\u00a0\t\u2028\n-–’«»1٣שלוםمرحبا😀\u200d\u0301ﬁ.,"
"""Latin, Cyrillic, Hebrew, Arabic, emoji, combining and soft characters, spaces, line ends."""

LINKS = ("https://river.example/", "mailto:press@river.example", "tel:+43153408112")
LANGUAGES = ("ru", "de-AT")
ROLES = ("body", "lead", "question", "answer", "address")

words = st.text(st.sampled_from(ALPHABET), max_size=12)
names = st.text(st.sampled_from("aбé 1😀שл-"), max_size=12).map(str.strip)
marks = st.integers(0, 31).map(Mark)
texts = st.builds(
    Text,
    words,
    marks,
    st.none() | st.sampled_from(LINKS),
    st.none() | st.sampled_from(LANGUAGES),
)
inlines = st.lists(texts | st.builds(LineBreak), max_size=6).map(tuple)
paragraphs = st.builds(Paragraph, inlines, st.sampled_from(ROLES))


def _lists(of: st.SearchStrategy[ListItem]) -> st.SearchStrategy[BulletList | NumberedList]:
    held = st.lists(of, max_size=3).map(tuple)
    return st.builds(BulletList, held) | st.builds(NumberedList, held, st.integers(1, 40))


items = st.recursive(
    st.builds(ListItem, inlines),
    lambda deeper: st.builds(ListItem, inlines, st.lists(_lists(deeper), max_size=2).map(tuple)),
    max_leaves=6,
)
cells = st.builds(Cell, inlines)
figures = st.builds(Figure, st.sampled_from(["ab" * 32, "0" * 64]), names, inlines, names)
tables = st.builds(
    Table,
    st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple),
    st.integers(0, 4),
)


blocks: st.SearchStrategy[Block] = (
    paragraphs
    | st.builds(Heading, st.sampled_from([2, 3, 4]), inlines)
    | st.builds(Quote, st.lists(paragraphs, max_size=3).map(tuple), names)
    | _lists(items)
    | tables
    | figures
    | st.builds(Rule)
)
documents = st.lists(blocks, max_size=8).map(tuple).map(Document)


def sample(seed: int) -> Document:
    """One tree made from a seed: quicker than a strategy where many are needed."""
    dice = random.Random(seed)
    return Document(tuple(_block(dice) for _ in range(dice.randint(0, 9))))


def prose(words: int, seed: int = 1) -> Document:
    """A long plain text of about this many words in paragraphs of about 57."""
    dice = random.Random(seed)
    stock = ("river", "gauge", "level", "the", "of", "a", "commission", "flood", "water", "bank")
    out: list[Block] = []
    while words > 0:
        size = min(words, dice.randint(35, 80))
        text = " ".join(dice.choice(stock) for _ in range(size)).capitalize() + "."
        out.append(Paragraph((Text(text),)))
        words -= size
    return Document(tuple(out))


def _block(dice: random.Random) -> Block:
    roll = dice.randrange(9)
    if roll == 0:
        return Heading(dice.choice([2, 3, 4]), _content(dice))
    if roll == 1:
        said = tuple(_paragraph(dice) for _ in range(dice.randint(0, 3)))
        return Quote(said, dice.choice(["", "Elena Marin", "Мария Хофер 😀"]))
    if roll in (2, 3):
        return _list(dice, 3)
    if roll == 4:
        columns = dice.randint(0, 3)
        rows = tuple(
            tuple(Cell(_content(dice)) for _ in range(dice.randint(0, columns)))
            for _ in range(dice.randint(0, 3))
        )
        return Table(rows, dice.randint(0, 2))
    if roll == 5:
        return Figure("ab" * 32, dice.choice(["", "Dam"]), _content(dice), dice.choice(["", "IRC"]))
    if roll == 6:
        return Rule()
    return _paragraph(dice)


def _paragraph(dice: random.Random) -> Paragraph:
    return Paragraph(_content(dice), dice.choice(["body", "body", *ROLES]))  # type: ignore[arg-type] # roles come from the list above


def _list(dice: random.Random, depth: int) -> BulletList | NumberedList:
    held = []
    for _ in range(dice.randint(0, 3)):
        deeper = dice.randint(0, 2) if depth and dice.random() < 0.4 else 0
        children = tuple(_list(dice, depth - 1) for _ in range(deeper))
        held.append(ListItem(_content(dice), children))
    if dice.random() < 0.5:
        return BulletList(tuple(held))
    return NumberedList(tuple(held), dice.choice([1, 1, 7]))


def _content(dice: random.Random) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for _ in range(dice.randint(0, 5)):
        if dice.random() < 0.15:
            out.append(LineBreak())
            continue
        text = "".join(dice.choice(ALPHABET) for _ in range(dice.randint(0, 9)))
        mark = Mark(dice.choice([0, 0, 1, 2, 4, 8, 16, 3, 17, 31]))
        link = dice.choice([None, None, *LINKS])
        out.append(Text(text, mark, link, dice.choice([None, None, None, "ru"])))
    return tuple(out)
