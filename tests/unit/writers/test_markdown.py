"""Markdown: read again by another program it has the same words, and nothing else."""

from __future__ import annotations

import html
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pressdesk.document.nodes import Document, Figure, LineBreak, Mark, Paragraph, Text
from pressdesk.document.tools import inlines, line
from pressdesk.formats.marked import escaped
from pressdesk.formats.prelude import clean
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.markdown import write
from pressdesk.press.sheet import Sheet
from tests.unit.writers.sheets import SHEETS
from tests.unit.writers.trees import characters, documents

PARSER = MarkdownIt("commonmark").enable("table")


def read(markdown: str) -> list[str]:
    """The words of each paragraph, heading and cell."""
    return [_words(token.children or []) for token in PARSER.parse(markdown) if token.children]


def _words(tokens: list[Token]) -> str:
    out = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            out.append(token.content)
        elif token.type in ("hardbreak", "softbreak") or token.content == "<br>":
            out.append("\n")
        elif token.type == "html_inline":
            assert re.fullmatch("</?(u|sub|sup)>", token.content)
    return "".join(out)


def body_of(sheet: Sheet) -> tuple[str, Context]:
    """What is written below the front matter."""
    context = Context()
    text = write(sheet, context).decode()
    return text.split("\n---\n", 1)[1], context


BARE = Sheet(language="en", kind="news", kind_label="News", state=SHEETS["empty"].state)


@given(documents)
def test_the_words_survive(document: Document) -> None:
    pictures = [b for b in document.blocks if isinstance(b, Figure)]
    kept = Document(tuple(b for b in document.blocks if not isinstance(b, Figure)))
    text, _context = body_of(msgspec.structs.replace(BARE, body=kept))
    expected = [
        clean(line(content)).rstrip("\n") for block in kept.blocks for content in inlines(block)
    ]
    got = [part for part in read(text) if not part.startswith("— ")]
    wanted = [part for part in expected if part and not part.startswith("— ")]
    assert [part for part in got if part] == wanted
    assert len(pictures) + len(kept.blocks) == len(document.blocks)


@given(documents)
def test_bold_and_italic_survive(document: Document) -> None:
    text, _context = body_of(msgspec.structs.replace(BARE, body=document))
    shown = PARSER.render(text)
    for tag, mark in (("strong", Mark.STRONG), ("em", Mark.EMPH), ("sup", Mark.SUP)):
        used = any(
            isinstance(part, Text) and mark in part.marks
            for block in document.blocks
            for content in inlines(block)
            for part in content
        )
        assert (f"<{tag}>" in shown) == used


@given(st.text(characters, max_size=40))
def test_any_text_stays_that_text(text: str) -> None:
    shown = PARSER.render("# a\n\n" + escaped(clean(text)))
    found = re.fullmatch(r"<h1>a</h1>\n(?:<p>(.*)</p>\n)?", shown, re.DOTALL)
    assert found
    assert html.unescape(found[1] or "") == clean(text)


@pytest.mark.parametrize(
    "start",
    ["# a", "- a", "+ a", "> a", "12. a", "1) a", "--- ", "===", "~~~", "    code", "| a |"],
)
def test_a_paragraph_stays_a_paragraph(start: str) -> None:
    sheet = msgspec.structs.replace(BARE, body=Document((Paragraph((Text(start),)),)))
    text, _context = body_of(sheet)
    assert PARSER.render(text) == f"<p>{html.escape(start.lstrip(), quote=False)}</p>\n" or read(
        text
    ) == [start]


def test_marks_inside_words_hold() -> None:
    runs = (Text("un"), Text("believ", Mark.STRONG), Text("able"), LineBreak(), Text("x"))
    sheet = msgspec.structs.replace(BARE, body=Document((Paragraph(runs),)))
    text, _context = body_of(sheet)
    assert "<p>un<strong>believ</strong>able<br />\nx</p>" in PARSER.render(text)


def test_front_matter_is_quoted() -> None:
    sheet = msgspec.structs.replace(SHEETS["news-en"], title='a: "b"\n---\nc: !!python/x')
    front = write(sheet, Context()).decode().split("\n---\n")[0]
    assert 'title: "a: \\"b\\"\\n---\\nc: !!python/x"' in front
    assert all(re.match(r'[a-z_]+: "|topics:$|  - "|---$', one) for one in front.split("\n"))


def test_warning_and_embargo_stand_first() -> None:
    text, _context = body_of(SHEETS["statement-ru"])
    assert text.strip().startswith("**ПРОЕКТ – НЕ ДЛЯ РАСПРОСТРАНЕНИЯ**\\\n**ПОД ЭМБАРГО ДО")


def test_a_link_that_may_not_leave_is_words_and_a_loss() -> None:
    run = Text("here", link="javascript:alert(1)")
    sheet = msgspec.structs.replace(BARE, body=Document((Paragraph((run,)),)))
    text, context = body_of(sheet)
    assert (text.strip(), len(context.losses)) == ("here", 1)
