"""Pasted HTML becomes the tree a person meant, whoever wrote it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.document.links import meant_link, safe_link
from pressdesk.document.nodes import (
    BulletList,
    Cell,
    Document,
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
from pressdesk.document.tools import normalise, plain, walk
from pressdesk.formats.pasted import from_html, from_text, to_html


def p(text: str, marks: Mark = Mark.NONE, link: str | None = None) -> Paragraph:
    return Paragraph((Text(text, marks, link),))


def li(text: str, *children: BulletList | NumberedList) -> ListItem:
    return ListItem((Text(text),), children)


WORD = """<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'>
<!--[if !supportLists]--><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><!--[endif]-->One</p>
<p style='mso-list:l0 level2 lfo1'><![if !supportLists]><span><span style='mso-list:Ignore'>o<span>
&nbsp;</span></span></span><![endif]>Deep</p>
<p style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span style='mso-list:Ignore'>1.<span>
&nbsp;</span></span><!--[endif]-->First</p><p class=MsoNormal>After<o:p></o:p></p>"""

CASES = {
    "<p>a <b>b</b> <i>c</i> <u>d</u> H<sub>2</sub><sup>3</sup></p>": (
        Paragraph(
            (
                Text("a "),
                Text("b", Mark.STRONG),
                Text(" "),
                Text("c", Mark.EMPH),
                Text(" "),
                Text("d", Mark.UNDERLINE),
                Text(" H"),
                Text("2", Mark.SUB),
                Text("3", Mark.SUP),
            )
        ),
    ),
    "<h1>a</h1><h2>b</h2><h3>c</h3><h6>d</h6>": (
        Heading(2, (Text("a"),)),
        Heading(2, (Text("b"),)),
        Heading(3, (Text("c"),)),
        Heading(4, (Text("d"),)),
    ),
    "<ul><li>a<ol start=3><li>b</ol><li>c</ul>": (
        BulletList((li("a", NumberedList((li("b"),), 3)), li("c"))),
    ),
    "<ol><li><p>a</p></li><ul><li>b</li></ul></ol>": (
        NumberedList((li("a", BulletList((li("b"),))),)),
    ),
    "<table><tr><th>a<tr><td>b<br>c</table>": (
        Table(
            ((Cell((Text("a"),)),), (Cell((Text("b"), LineBreak(), Text("c"))),)),
            1,
        ),
    ),
    "<table><tr><th>Only heads<th>Two</table>": (
        Table(((Cell((Text("Only heads"),)), Cell((Text("Two"),))),), 0),
    ),
    "<table></table><table><tr></tr></table>": (),
    "<blockquote><p>a</p>b</blockquote>": (Quote((p("a"), p("b"))),),
    "a<hr>b": (p("a"), Rule(), p("b")),
    "<div>a<div>b</div>c</div>": (p("a"), p("b"), p("c")),
    "<font color=red face=Comic>a</font>": (p("a"),),
    "<span style='font-weight:700;color:red'>a</span>": (p("a", Mark.STRONG),),
    "<b style='font-weight:normal' id='docs-internal'><p>a</p></b>": (p("a"),),
    "<a href='https://river.example/x'>a</a>": (p("a", link="https://river.example/x"),),
    "<a href='javascript:alert(1)'>a</a>": (p("a"),),
    "<a href='file:///etc/passwd'>a</a>": (p("a"),),
    "<a href='data:text/html,x'>a</a>": (p("a"),),
    "<a href='java&#10;script:x'>a</a>": (p("a"),),
    "<script>x</script><style>y</style><title>z</title>a": (p("a"),),
    "<p>  a \n b  </p><p> </p>": (p("a b"),),
    "<p>a&nbsp;b</p>": (p("a\u00a0b"),),
    WORD: (
        BulletList((li("One", BulletList((li("Deep"),))),)),
        NumberedList((li("First"),)),
        p("After"),
    ),
    "": (),
    "<!--StartFragment-->a<!--EndFragment--><p>b": (p("a"),),
}


@pytest.mark.parametrize("html", CASES)
def test_html_becomes_the_tree_meant(html: str) -> None:
    assert from_html(html).tree == Document(CASES[html])


@given(st.text(st.sampled_from("<>/=\"' apbiuloltrd&;#1\n\u00a0й"), max_size=60))
def test_no_html_breaks_it(html: str) -> None:
    tree = from_html(html).tree
    assert normalise(tree) == tree


@given(st.text(max_size=80))
def test_every_word_of_a_plain_text_is_kept(text: str) -> None:
    tree = from_text(text)
    assert normalise(tree) == tree
    clean = plain(normalise(Document((Paragraph((Text(text),)),))))
    assert plain(tree).split() == clean.split()


@pytest.mark.parametrize("tag", ["div", "blockquote", "table><tr><td", "ul><li", "span", "b"])
def test_deep_nesting_is_refused_at_once(tag: str) -> None:
    begun = time.monotonic()
    pasted = from_html(f"<{tag}>" * 20_000 + "x")
    assert time.monotonic() - begun < 2
    assert pasted.tree == Document()
    assert pasted.remarks


def test_a_large_page_is_quick() -> None:
    begun = time.monotonic()
    pasted = from_html("<p>some <b>words</b> of a page</p>" * 20_000)
    assert time.monotonic() - begun < 5
    assert len(pasted.tree.blocks) == 20_000


def test_what_is_copied_comes_back_through_html() -> None:
    tree = Document(
        (
            Heading(2, (Text("a & b"),)),
            p("<c>", Mark.STRONG | Mark.EMPH, "https://river.example/?a=1&b=2"),
            BulletList((li("d", NumberedList((li("e"),), 4)),)),
            Table(((Cell((Text("f"),)),), (Cell((Text("g"),)),)), 1),
            Quote((p("h"),)),
            Rule(),
        )
    )
    assert from_html(to_html(tree)).tree == tree


LINKS = {
    "https://river.example/a": "https://river.example/a",
    "HTTP://River.example": "HTTP://River.example",
    "mailto:press@river.example": "mailto:press@river.example",
    "tel:+43153408112": "tel:+43153408112",
    "java\tscript:x": None,
    "\x01javascript:x": None,
    "vbscript:x": None,
    "file:///x": None,
    "//host/share": None,
    "https://": None,
    "http://[::1": None,
    "\u200bhttps://river.example": "https://river.example",
    "mailto:": None,
    "relative/path": None,
}


@pytest.mark.parametrize("address", LINKS)
def test_only_four_schemes_pass(address: str) -> None:
    assert safe_link(address) == LINKS[address]


def test_a_typed_address_is_completed() -> None:
    assert meant_link(" river.example/x ") == "https://river.example/x"
    assert meant_link("press@river.example") == "mailto:press@river.example"
    assert meant_link("+43 1 534 08 112") == "tel:+43153408112"
    assert meant_link("javascript:x") is None
    assert meant_link("no address") is None


@given(st.text(max_size=40))
def test_no_run_of_a_pasted_text_has_another_scheme(address: str) -> None:
    quoted = address.replace('"', "&quot;")
    for part in walk(from_html(f'<a href="{quoted}">x</a>').tree):
        if isinstance(part, Text) and part.link:
            assert part.link.split(":")[0].lower() in ("http", "https", "mailto", "tel")
