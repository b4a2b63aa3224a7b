"""Pasted HTML becomes the tree a person meant, whoever wrote it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from walked import walk

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
from pressdesk.document.tools import line, normalise, plain
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
    "<ul>a<li>b</li>c<ol>d</ol></ul>": (
        BulletList((li("a"), li("b"), li("c", NumberedList((li("d"),))))),
    ),
    "<h1><div>a</div><p>b</p></h1>": (Heading(2, (Text("a"), LineBreak(), Text("b"))),),
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
    "<b style='mso-bidi-font-weight:normal'>a</b>": (p("a", Mark.STRONG),),
    "<span style='mso-bidi-font-weight:bold;mso-bidi-font-style:italic'>a</span>": (p("a"),),
    "<i style='mso-bidi-font-style:normal'>a</i>": (p("a", Mark.EMPH),),
    "<SPAN STYLE='FONT-WEIGHT: BOLD !important'>a</SPAN>": (p("a", Mark.STRONG),),
    "<span style='font:italic bold 12pt/1.5 \"a;b\"'>a</span>": (p("a", Mark.STRONG | Mark.EMPH),),
    "<span style='font-family:\"x;font-weight:bold\"'>a</span>": (p("a"),),
    "<b><span style='font-weight:normal'>a</span></b>": (p("a"),),
    "<i><span style='font-style:normal;font-weight:600'>a</span></i>": (p("a", Mark.STRONG),),
    "<span style='text-decoration:none;font-weight:500'>a</span>": (p("a"),),
    "<table><!--StartFragment--><tr><td>a<td>b</tr><!--EndFragment--></table>": (
        Table(((Cell((Text("a"),)), Cell((Text("b"),))),), 0),
    ),
    "<del><!--StartFragment-->a<!--EndFragment--></del>": (),
    "<p>x<b>y<!--StartFragment-->a</b>b<!--EndFragment-->z": (
        Paragraph((Text("a", Mark.STRONG), Text("b"))),
    ),
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


def cells(html: str) -> list[list[str]]:
    (table,) = from_html(html).tree.blocks
    assert isinstance(table, Table)
    return [[line(cell.content) for cell in row] for row in table.rows]


TABLES = {
    "<tr><td rowspan=2>a<td>b<tr><td>c": [["a", "b"], ["", "c"]],
    "<tr><td>a<td rowspan=2>b<td>c<tr><td>d<td>e": [["a", "b", "c"], ["d", "", "e"]],
    "<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e": [["a", "", "b"], ["c", "d", "e"]],
    "<tr><td colspan=2 rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f": [
        ["a", "", "b"],
        ["", "", "c"],
        ["d", "e", "f"],
    ],
    "<tr><td>a<td>b<tr><td colspan=99>c": [["a", "b"], ["c", ""]],
    "<tr><td colspan=2>a<td colspan=2>b<tr><td colspan=2>c<td colspan=2>d": [
        ["a", "b"],
        ["c", "d"],
    ],
    "<td>a<td>b<tr><td>c": [["a", "b"], ["c", ""]],
    "<tr><td colspan=0 rowspan=x>a<td colspan=-1>b": [["a", "b"]],
    "<tfoot><tr><td>z<td>z</tfoot><tbody><tr><td>a<td>b": [["a", "b"], ["z", "z"]],
    "<tr><td><table><tr><td>a<td>b<tr><td>c</table><td>d": [["a\nb\nc", "d"]],
    "<tr><td>a<td>b<tr><td>x<table><tr><td><table><tr><td>y<td>z</table></table><td>c": [
        ["a", "b"],
        ["x\ny\nz", "c"],
    ],
}


@pytest.mark.parametrize("rows", TABLES)
def test_every_cell_comes_once_and_in_its_column(rows: str) -> None:
    assert cells(f"<table>{rows}</table>") == TABLES[rows]


def test_spans_beyond_measure_are_cut() -> None:
    wide = "<table>" + "<tr><td colspan=65535 rowspan=65535>a</td></tr>" * 300 + "</table>"
    assert plain(from_html(wide).tree).count("a") == 300


@pytest.mark.parametrize("sign", ["&", "&nbsp;", "\u00a0"])
def test_more_signs_than_the_cleaner_can_take_are_pasted_as_words(sign: str) -> None:
    """Read, they would take minutes and run into the limit of every test."""
    assert from_html(sign * 2_000_000).tree == Document()


def test_a_table_too_large_to_be_one_becomes_paragraphs() -> None:
    long = "<tr><td>b</td></tr>" * 3000
    pasted = from_html(f"<table><tr>{'<td>a</td>' * 1000}</tr>{long}</table>")
    assert len(pasted.tree.blocks) == 4000


FLAT = [
    "<img src=a>",
    "<source srcset=a>",
    "<param name=a>",
    "<input>",
    "<wbr>",
    "<p>a",
    "<option>a",
    "</b>",
    "<svg><path d='m'><path d='n'><g></svg>",
    "<script>if (a<b) document.write('<div><div>')</script>",
    "<!-- <div> -->",
    "<p><b>a</p></b>",
]


@pytest.mark.parametrize("tag", FLAT)
def test_what_is_not_nested_is_not_deep(tag: str) -> None:
    pasted = from_html(f"<h2>x</h2>{tag * 1500}<p><i>y</i>")
    assert pasted.tree.blocks[0] == Heading(2, (Text("x"),))
    assert not any("nested" in said for said in pasted.remarks)


NESTED = ["<div>", "<div></x>", "<div><table><td></div>", "<b><div></b>", "<rt>", "<optgroup>"]


@pytest.mark.parametrize("tags", NESTED)
def test_true_depth_is_limited_whatever_the_ends_say(tags: str) -> None:
    assert plain(from_html(tags * 40 + "x").tree) == "x"
    assert from_html(tags * 400 + "x").tree == Document()


UNSEEN = [
    *(f"<svg>{f'<{tag}>' * 50_000}" for tag in ("tr", "link", "option", "p", "wbr", "x")),
    *(f"<{tag}>" * 50_000 for tag in ("command", "rp", "x-y", "o:p", "label")),
    ("<svg>" + "<g>" * 900 + "</svg>" + "<div></g>" * 900) * 60,
    f"<select><iframe></select>{'<div>' * 50_000}",
    f"<noscript>{'<div>' * 50_000}",
    f"<select><style></select>{'<div>' * 50_000}",
    f"<math><mi><script>{'<div>' * 50_000}",
]


@pytest.mark.parametrize("html", UNSEEN, ids=range(len(UNSEEN)))
def test_nothing_nests_unseen(html: str) -> None:
    """Unseen, it would take minutes and run into the limit of every test."""
    from_html(html)


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
    begun = time.process_time()
    pasted = from_html(f"<{tag}>" * 20_000 + "x")
    assert time.process_time() - begun < 2
    assert pasted.tree == Document()
    assert pasted.remarks


def test_a_large_page_is_quick() -> None:
    begun = time.process_time()
    pasted = from_html("<p>some <b>words</b> of a page</p>" * 20_000)
    assert time.process_time() - begun < 5
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
