"""What a page shows as no part of its text never comes in, and is told; what is beside it stays."""

from __future__ import annotations

import random

import pytest
from walked import walk

from pressdesk.base import i18n
from pressdesk.document.nodes import BulletList, Mark, Paragraph, Table, Text
from pressdesk.document.tools import inlines, line, plain
from pressdesk.formats.left_out import LeftOut
from pressdesk.formats.pasted import from_html

STYLED = [
    "display:none",
    "DISPLAY : NONE !important",
    "display:none;display:bogus",
    r"d\69splay:none",
    "color:red;/* shown */display:none",
    "visibility:hidden",
    "visibility:collapse",
    "mso-hide:all",
    "MSO-HIDE: ALL",
    "display:none;mso-hide:all",
    "opacity:0",
    "opacity:0.0",
    "opacity:0%",
    "font-size:0",
    "font-size:0px",
    "font-size:1pt;color:white",
    "font:0/0 a",
    "color:transparent",
    "color:rgba(0, 0, 0, 0)",
    "color:rgba(0,0,0,.0)",
    "color:rgb(0 0 0 / 0%)",
    "color:#0000",
    "height:0;overflow:hidden",
    "max-height:0px;overflow:hidden",
    "position:absolute;left:-9999px",
    "position:absolute;clip:rect(0,0,0,0)",
    "position:absolute;clip-path:inset(50%)",
    "text-indent:-9999px",
    "text-decoration:line-through",
    "text-decoration:underline line-through red",
    "text-decoration-line:line-through",
    "font-family:'a;b';text-decoration:line-through",
    "text-line-through:double",
]

SHEET = """<style><!-- @font-face {font-family:"a}b";} /* p {display:none} */
p.MsoNormal, li.MsoNormal {margin:0cm;font-weight:bold}
span.msoDel {mso-style-type:export-only;text-decoration:line-through;color:red;}
.s1 {text-decoration: line-through} #gone-1 { display:none } .a .b > i.c{visibility:hidden}
.sm\\:off{display:none}[data-x]{display:none}[hidden-x],.d[class~="e"]{display:none}
.loud{display:none}p.loud{display:block}
@media print { .paper {display:none} } @media (max-width:400px){.wide{display:none}}
@media screen { .f {display:none} } --></style>
<style media='print'>p {display:none}</style><style media="screen">.g {display:none}</style>"""

WAYS = [
    "<del>{}</del>",
    "<DEL cite='mailto:a' datetime='2026-11-20T10:01'>{}</DEL>",
    "<s>{}</s>",
    "<Strike>{}</Strike>",
    "<span class=msoDel>{}</span>",
    "<span class='x MSODEL'>{}</span>",
    "<span class=s1>{}</span>",
    "<span id=gone-1>{}</span>",
    "<span class=a><span><b class=b><i class=c>{}</i></b></span></span>",
    "<span class='sm:off'>{}</span>",
    "<span class='d e'>{}</span>",
    "<span class=f>{}</span>",
    "<span class=g>{}</span>",
    "<span class=loud>{}</span>",
    "<span hidden>{}</span>",
    "<span HIDDEN='until-found'>{}</span>",
    "<o:p style='display:none'>{}</o:p>",
    "<mark hidden>{}</mark>",
    "<no-such hidden>{}</no-such>",
    "<template>{}</template>",
    "<span class=MsoCommentReference><span style='font-size:8.0pt'>{}</span></span>",
    "<a class=msocomanchor href='#_msocom_1'>{}</a>",
    "<a href='#_msocom_12'>{}</a>",
    "<a href='file:///C:/clip.htm#_msocom_3'>{}</a>",
    "<span style='mso-special-character:comment'>{}</span>",
    "<sup><a href='#cmnt1' id='cmnt_ref1'>{}</a></sup>",
    *(f'<span style="{style}">{{}}</span>' for style in STYLED),
    *(f'<b STYLE="{style}"><i>{{}}</i></b>' for style in STYLED),
]

LEAVES = [
    "<script>{}</script>",
    "<!-- {} -->",
    "<svg><text>{}</text></svg>",
    "<iframe>{}</iframe>",
    "<noscript>{}</noscript>",
]
"""Ways whose words are not read as tags, or tear when there are tags among them."""

COMMENTS = """<div style='mso-element:comment-list'><hr class=msocomoff>
<div style='mso-element:comment'><div class=msocomtxt><p class=MsoCommentText>
<a href='#_msoanchor_1' class=msocomoff>[A1]</a>{}</p></div></div></div>"""

BLOCK_WAYS = [
    "<del><p>{}</p></del>",
    "<p><del>{}</del></p>",
    "<p class=MsoCommentText>{}</p>",
    COMMENTS,
    "<p>&nbsp;<a href='#_msoanchor_4'>[A4]</a> {}</p>",
    "<p><a name='_msocom_4'></a>{}</p>",
    "<xmp hidden>{}</xmp>",
    "<div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>{}</span></p></div>",
    "<dialog><p>{}</p></dialog>",
    "<p hidden>{}",
    "<h2 style='display:none'>{}</h2>",
    "<ul style='visibility:hidden'><li>{}</ul>",
    "<table style='display:none'><tr><td>{}</table>",
    "<table><tr style='mso-hide:all'><td>{}</table>",
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1;display:none'>{}</p>",
    "<blockquote style='text-decoration:line-through'><p>{}</p></blockquote>",
    "<nav hidden><ul><li>{}</ul></nav>",
    *(f'<div style="{style}"><p>{{}}</p></div>' for style in STYLED),
]


@pytest.mark.parametrize("way", [*WAYS, *LEAVES])
def test_what_is_left_out_of_a_line_leaves_one_space(way: str) -> None:
    pasted = from_html(f"{SHEET}<p>The plan was {way.format('SECRET')} adopted.</p>")
    assert plain(pasted.tree) == "The plan was adopted."
    assert len(pasted.tree.blocks) == 1


@pytest.mark.parametrize("way", [*BLOCK_WAYS, *WAYS, *LEAVES])
def test_what_is_left_out_whole_leaves_no_paragraph(way: str) -> None:
    pasted = from_html(f"{SHEET}<p>One.</p>{way.format('SECRET')}<p>Two.</p>")
    assert pasted.tree.blocks == (Paragraph((Text("One."),)), Paragraph((Text("Two."),)))


SHOWN = [
    "<ins>{}</ins>",
    "<ins><span class=msoIns style='text-decoration:underline;color:teal'>{}</span></ins>",
    "<ins style='text-decoration:underline'>{}</ins>",
    "<span class=msoIns>{}</span>",
    "<span style='mso-comment-reference:AK_1;mso-comment-date:20261120T1000'>{}</span>",
    "<a style='mso-comment-reference:AK_1'>{}</a>",
    "<span style='display:inline'>{}</span>",
    "<span style='display:none;display:inline'>{}</span>",
    "<span hidden style='display:block'>{}</span>",
    "<span style='visibility:hidden'><span style='visibility:visible'>{}</span></span>",
    "<span style='font-size:0'><span style='font-size:12px'>{}</span></span>",
    "<span style='color:transparent'><span style='color:#222'>{}</span></span>",
    "<span style='color:transparent;background-clip:text'>{}</span>",
    "<span style='mso-hide:none'>{}</span>",
    "<span style='opacity:0.9'>{}</span>",
    "<span style='overflow:hidden'>{}</span>",
    "<span style='height:0'>{}</span>",
    "<span style='text-indent:-18.0pt'>{}</span>",
    "<span style='font-family:\"display:none;\"'>{}</span>",
    "<span style='background:url(a;display:none)'>{}</span>",
    "<span title='display:none' data-style='display:none'>{}</span>",
    "<span style='x-display:none;display-x:none'>{}</span>",
    "<span class=paper>{}</span>",
    "<span class=wide>{}</span>",
    "<span class='s10 as1'>{}</span>",
    "<i class=c>{}</i>",
    "<span style='color:white'>{}</span>",
    "<span style='color: rgb(0, 0, 0)'>{}</span>",
    "<span style='color:rgb(34 34 0)'>{}</span>",
    "<span style='color:hsl(0, 0%, 0%)'>{}</span>",
    "<span style='color:rgba(0, 0, 0, 0.87)'>{}</span>",
    "<span style='color:rgb(0 0 0 / 50%)'>{}</span>",
    "<span style='color:#000'>{}</span>",
    "<span style='color:#000000'>{}</span>",
    "<span style='color:var(--ink)'>{}</span>",
    "<span style='max-width:0;overflow:hidden;text-overflow:ellipsis'>{}</span>",
    "<span style='left:-9999px'>{}</span>",
    "<span style='font-size:8.0pt'>{}</span>",
    "<span style='font:12px/1.2 a'>{}</span>",
    "<span style='text-decoration:none'>{}</span>",
    "<a href='https://river.example/#cmnt1'>{}</a>",
    "<dialog open>{}</dialog>",
    "<details><summary>{}</summary></details>",
]


@pytest.mark.parametrize("way", SHOWN)
def test_what_is_shown_stays(way: str) -> None:
    pasted = from_html(f"{SHEET}<p>The</p>{way.format('plan')}<p>stays.</p>")
    assert plain(pasted.tree).split() == ["The", "plan", "stays."]
    assert not pasted.left_out


@pytest.mark.parametrize("way", SHOWN[:4])
def test_an_insertion_is_plain_text(way: str) -> None:
    marks = [part.marks for part in walk(from_html(way.format("x")).tree) if isinstance(part, Text)]
    assert marks == [Mark.NONE]


def test_an_underline_within_an_insertion_is_the_authors() -> None:
    (part,) = walk(from_html("<ins><u>b</u></ins>").tree)
    assert part == Text("b", Mark.UNDERLINE)


SPACES = {
    "unanimously <del>by majority </del>adopted": "unanimously adopted",
    "unanimously <del>by majority</del> adopted": "unanimously adopted",
    "unanimously<del> by majority</del> adopted": "unanimously adopted",
    "unanimously&nbsp;<del>by majority</del> adopted": "unanimously\u00a0adopted",
    "adopted <del>gladly</del>, at last": "adopted, at last",
    "adopted <span hidden>gladly</span>.": "adopted.",
    "(<del>old</del> new)": "(new)",
    "«<s>старый</s> новый»": "«новый»",
    "re<del>ad</del>apted": "reapted",
    "a <del>b</del> <del>c</del> <del>d</del> e": "a e",
    "<b>a </b><del>b</del><i> c</i>": "a c",
    "<del>b</del> c": "c",
    "c <del>b</del>": "c",
    "a<br><del>b</del><br>c": "a\nc",
    "a<br><del>b</del>": "a",
    "a<span hidden></span> b": "a b",
    "a<br><br><del>b</del>c": "a\n\nc",
    "a<br><del>b</del><br><br>c": "a\n\nc",
    "one<div hidden>x</div>two": "onetwo",
    "one<del><p>x</p></del>two": "one\n\ntwo",
    "one<nav class=msodel>x</nav>two": "one\n\ntwo",
}


@pytest.mark.parametrize("html", SPACES)
def test_spaces_are_right_where_something_was(html: str) -> None:
    assert plain(from_html(f"<div>{html}</div>").tree) == SPACES[html]


def test_rows_and_items_that_were_only_deleted_go() -> None:
    html = (
        "<table><tr><td>a<td>b<tr><td><del>c</del><td><s>d</s><tr><td>e<td><del>f</del></table>"
        "<ul><li>a<li><del>b</del><li>c</ul>"
    )
    table, items = from_html(html).tree.blocks
    assert isinstance(table, Table)
    assert [[line(cell.content) for cell in row] for row in table.rows] == [["a", "b"], ["e", ""]]
    assert isinstance(items, BulletList)
    assert len(items.items) == 2


def test_a_column_a_sheet_hides_is_no_part_of_the_table() -> None:
    html = (
        "<table><!--StartFragment--><col><col width=0 style='display:none'>"
        "<col><tr><td>a<td>SECRET<td>c<tr><td colspan=2>d<td>f<tr><td>g<td colspan=2>h"
        "<tr style='display:none'><td>SECRET<td>SECRET<td>SECRET</tr><!--EndFragment--></table>"
    )
    pasted = from_html(html)
    (table,) = pasted.tree.blocks
    assert isinstance(table, Table)
    rows = [[line(cell.content) for cell in row] for row in table.rows]
    assert rows == [["a", "c"], ["d", "f"], ["g", "h"]]
    assert pasted.left_out == LeftOut(0, 0, 2)


COUNTS = {
    "<p>a <del>b</del> c <s>d</s> e <strike>f</strike></p>": LeftOut(3, 0, 0),
    "<del>a<span hidden>b</span></del>": LeftOut(1, 0, 0),
    "<span hidden>a<del>b</del></span>": LeftOut(0, 0, 1),
    "<del>a</del><b><del>b</del></b>": LeftOut(1, 0, 0),
    "<p><del>a</del></p><p><del>b</del></p>": LeftOut(2, 0, 0),
    "<del> </del><span hidden><img src=x></span><p hidden></p>": LeftOut(),
    "<p>a<a class=msocomanchor href='#_msocom_1'>[A1]</a>b<a href='#_msocom_2'>[A2]</a></p>"
    "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>c</p><p>d</p></div>"
    "<div style='mso-element:comment'><p>e</p></div></div>": LeftOut(0, 2, 0),
    "<p>a</p><p class=MsoCommentText>b</p><p class=MsoCommentText>c</p>": LeftOut(0, 1, 0),
    "a<a class=msocomanchor href='#_msocom_1'>[A1]</a>": LeftOut(0, 1, 0),
}


@pytest.mark.parametrize("html", COUNTS)
def test_each_passage_is_counted_once(html: str) -> None:
    assert from_html(html).left_out == COUNTS[html]


SAID = {
    LeftOut(): "",
    LeftOut(1): "1 deletion was left out.",
    LeftOut(3, 1, 2): "3 deletions, 1 comment and 2 hidden passages were left out.",
    LeftOut(0, 1, 1): "1 comment and 1 hidden passage were left out.",
}


@pytest.mark.parametrize("left_out", SAID)
def test_what_was_left_out_is_told_in_a_sentence(left_out: LeftOut) -> None:
    i18n.use("en")
    assert left_out.said() == SAID[left_out]


def test_the_sentence_comes_first() -> None:
    pasted = from_html("<img src=x><del>a</del>b")
    assert pasted.remarks[0] == "1 deletion was left out."
    assert len(pasted.remarks) == 2


def test_a_page_that_cannot_be_read_warns_of_what_its_plain_text_may_hold() -> None:
    deep = "<div>" * 2000
    assert len(from_html(deep + "<del>a</del>").remarks) == 2
    assert len(from_html(deep + "a").remarks) == 1


class Author:
    """Writes a page at random, and knows which words are to come through, in order."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.shown: list[str] = []
        self.hidden = 0

    def page(self) -> str:
        blocks = "".join(self.block(0) for _ in range(self._chance.randint(2, 8)))
        return f"<html><head>{SHEET}</head><body><!--StartFragment-->{blocks}<!--EndFragment-->"

    def block(self, deep: int) -> str:
        pick = self._chance.random()
        if pick < 0.25:
            return self._chance.choice(BLOCK_WAYS).format(self.secret(deep))
        if pick < 0.7 or deep > 2:
            return self._chance.choice(
                ["<p>{}</p>", "<h2>{}</h2>", "<p>{}", "<div>{}</div>"]
            ).format(self.line())
        if pick < 0.8:
            return f"<ul><li>{self.line()}<li>{self.line()}</ul>"
        if pick < 0.9:
            return f"<table><tr><td>{self.line()}<td>{self.line()}</table>"
        return f"<div>{self.block(deep + 1)}{self.block(deep + 1)}</div>"

    def line(self) -> str:
        parts = [self.word()]
        for _ in range(self._chance.randint(0, 4)):
            hide = self._chance.random() < 0.5
            parts.append(self.hide(0) if hide else self.word())
        parts.append(self.word())
        return " ".join(parts)

    def word(self) -> str:
        self.shown.append(f"word{len(self.shown)}")
        way = self._chance.choice(["{}", "{}", "<b>{}</b>", "<ins>{}</ins>", "<o:p>{}</o:p>"])
        return way.format(self.shown[-1])

    def hide(self, deep: int) -> str:
        return self._chance.choice(WAYS).format(self.secret(deep))

    def secret(self, deep: int) -> str:
        self.hidden += 1
        word = f"SECRET{self.hidden}"
        if deep > 2 or self._chance.random() < 0.6:
            leaf = self._chance.random() < 0.2
            return self._chance.choice(LEAVES).format(word) if leaf else word
        inner = self.hide(deep + 1)
        around = self._chance.choice(["{} {}", "{}<b>{}</b>", "<i>{}{}</i>", "<span>{}</span> {}"])
        return around.format(word, inner)


@pytest.mark.parametrize("seed", range(300))
def test_no_secret_gets_through_and_no_word_is_lost(seed: int) -> None:
    author = Author(seed)
    html = author.page()
    tree = from_html(html).tree
    assert "SECRET" not in plain(tree), html
    assert plain(tree).split() == author.shown, html
    for block in tree.blocks:
        for content in inlines(block):
            text = plain(type(tree)((Paragraph(content),)))
            assert content and "  " not in text and text == text.strip(), html


@pytest.mark.parametrize("seed", range(100))
def test_a_torn_page_breaks_nothing(seed: int) -> None:
    """Tags are cut out or doubled at random: the words may then be hidden, but nothing fails."""
    html = Author(seed).page()
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 20)):
        begin = chance.randrange(len(html))
        end = min(len(html), begin + chance.randint(1, 12))
        html = html[:begin] + chance.choice(["", html[begin:end] * 2, "<", '"', "-->"]) + html[end:]
    from_html(html)
