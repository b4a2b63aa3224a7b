"""Random trees: any characters, any marks, every node."""

from __future__ import annotations

from hypothesis import strategies as st

from pressdesk.document.nodes import (
    BulletList,
    Cell,
    Document,
    Figure,
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
from pressdesk.document.tools import normalise

TRICKY = "*_`#-+>=|~[]()<>&!\\$:.1 9)\"'«é ß\u00a0—…\u3000🙂a\u0301"
characters = st.sampled_from(TRICKY) | st.characters(exclude_categories=["Cs", "Cc"])
texts = st.text(characters, min_size=1, max_size=12)
marks = st.integers(0, 31).map(Mark)
addresses = st.none() | st.sampled_from(
    ["https://river.example/a_b*c?x=1&lt=2", "tel:+43153408112", "javascript:alert(1)"]
)
runs = st.builds(Text, texts, marks, addresses, st.sampled_from([None, "fr", "ar"]))
contents = st.lists(runs | st.builds(LineBreak), max_size=5).map(tuple)
roles = st.sampled_from(["body", "lead", "question", "answer", "address"])
paragraphs = st.builds(Paragraph, contents, roles)
items = st.builds(ListItem, contents)
lists = st.recursive(
    st.builds(BulletList, st.lists(items, min_size=1, max_size=3).map(tuple)),
    lambda inner: st.builds(
        NumberedList,
        st.lists(
            st.builds(ListItem, contents, st.lists(inner, max_size=2).map(tuple)),
            min_size=1,
            max_size=3,
        ).map(tuple),
        st.integers(-5, 10**10),
    ),
    max_leaves=3,
)
tables = st.builds(
    Table,
    st.lists(
        st.lists(st.builds(Cell, contents), min_size=1, max_size=3).map(tuple), max_size=3
    ).map(tuple),
    st.integers(0, 2),
)
blocks = st.one_of(
    paragraphs,
    st.builds(Heading, st.sampled_from([2, 3, 4]), contents),
    st.builds(Quote, st.lists(paragraphs, max_size=2).map(tuple), st.text(characters, max_size=9)),
    lists,
    tables,
    st.builds(Figure, st.just("0" * 64), st.text(characters, max_size=9), contents),
    st.builds(Rule),
)
documents = st.lists(blocks, max_size=6).map(lambda made: normalise(Document(tuple(made))))
