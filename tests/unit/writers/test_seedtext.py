"""The markup of the samples."""

from __future__ import annotations

import pytest

from pressdesk.base.errors import BadInput
from pressdesk.document.nodes import (
    BulletList,
    Cell,
    Heading,
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
from pressdesk.formats.seedtext import parse


def cell(text: str) -> Cell:
    return Cell((Text(text),))


def item(text: str, *children: BulletList | NumberedList) -> ListItem:
    return ListItem((Text(text),), children)


def test_blocks() -> None:
    source = """
!lead First
line.

## Head

> Words.
>
> More.
> — Elena Marin

- one
  goes on
  2. nested
- two

| a | b |
|---|---|
| 1 | 2 |

---

Q: Why?

A: So.
"""
    assert parse(source).blocks == (
        Paragraph((Text("First line."),), "lead"),
        Heading(2, (Text("Head"),)),
        Quote((Paragraph((Text("Words."),)), Paragraph((Text("More."),))), "Elena Marin"),
        BulletList((item("one goes on", NumberedList((item("nested"),), 2)), item("two"))),
        Table(((cell("a"), cell("b")), (cell("1"), cell("2")))),
        Rule(),
        Paragraph((Text("Why?"),), "question"),
        Paragraph((Text("So."),), "answer"),
    )


def test_runs() -> None:
    (block,) = parse("a **b *c*** [d](https://river.example) [e]{fr}\\\nf").blocks
    assert block == Paragraph(
        (
            Text("a "),
            Text("b ", Mark.STRONG),
            Text("c", Mark.STRONG | Mark.EMPH),
            Text(" "),
            Text("d", link="https://river.example"),
            Text(" "),
            Text("e", language="fr"),
            LineBreak(),
            Text("f"),
        )
    )


def test_nothing_is_nothing() -> None:
    assert parse("").blocks == parse(" \n\n").blocks == ()


def test_an_address_of_another_scheme_is_refused() -> None:
    with pytest.raises(BadInput, match="file:///x"):
        parse("[a](file:///x)")
