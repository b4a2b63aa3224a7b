"""Converts cleaned HTML to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from pressdesk.base.i18n import _
from pressdesk.document.links import safe_link
from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Heading,
    Inline,
    Inlines,
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
from pressdesk.document.tools import inlines
from pressdesk.formats.css import Style, declarations
from pressdesk.formats.left_out import INSERTED, JOINT
from pressdesk.formats.pasted_grid import grid
from pressdesk.formats.pasted_joints import closed_up

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKS = {
    "b": Mark.STRONG,
    "strong": Mark.STRONG,
    "i": Mark.EMPH,
    "em": Mark.EMPH,
    "cite": Mark.EMPH,
    "u": Mark.UNDERLINE,
    "sub": Mark.SUB,
    "sup": Mark.SUP,
}
HEADINGS: dict[str, Literal[2, 3, 4]] = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
INLINE = frozenset({*_MARKS, "a", "span", "br", "font", "img", "ins"})
BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "table", "blockquote", "hr", "pre", *HEADINGS})
MOST_CELLS = 500_000
"""Cells of a table that stays one; each takes a place in the window."""
_SPACE = re.compile(r"[ \t\r\n\f]+")


class Walk:
    """Makes blocks of elements; ``remarks`` says what it left behind."""

    def __init__(self) -> None:
        self.remarks: list[str] = []

    def blocks(self, element: _Element) -> tuple[Block, ...]:
        """The blocks inside an element; loose words become paragraphs."""
        out: list[Block] = []
        loose: list[Inline] = []
        word_items: list[tuple[str, int, Inlines]] = []

        def flush() -> None:
            content = _trimmed(loose)
            loose.clear()
            if content:
                out.append(Paragraph(content))

        def flush_items() -> None:
            out.extend(_nested(word_items))
            word_items.clear()

        loose.extend(_words(element.text))
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            item = child.get("data-pd-item")
            if item is not None:
                flush()
                kind, level = _item_of(item)
                content = _trimmed(self._inline(child))
                if content:
                    word_items.append((kind, level, content))
            elif tag in INLINE and not _holds_blocks(child):
                loose.extend(self._one(child, Mark.NONE, None))
            else:
                flush()
                flush_items()
                out.extend(self._block(child, tag))
            tail = _words(child.tail)
            if any(isinstance(part, Text) and part.text.strip() for part in tail):
                flush_items()
            if loose or not word_items:
                loose.extend(tail)
        flush_items() if not loose else None
        flush()
        flush_items()
        return tuple(out)

    def _block(self, element: _Element, tag: str) -> tuple[Block, ...]:
        if tag in HEADINGS:
            held = _holds_blocks(element)
            content = self._flat(element) if held else _trimmed(self._inline(element))
            return (Heading(HEADINGS[tag], content),) if content else ()
        if tag in ("ul", "ol", "dl"):
            return self._list(element, tag)
        if tag == "table":
            return self._table(element)
        if tag == "hr":
            return (Rule(),)
        if tag == "blockquote":
            return _quoted(self.blocks(element))
        if tag == "pre":
            return tuple(
                Paragraph(part) for part in [_trimmed(self._inline(element, kept=True))] if part
            )
        return self.blocks(element)

    def _list(self, element: _Element, tag: str) -> tuple[Block, ...]:
        items = _loose(element.text)
        for child in element:
            if child.tag in ("ul", "ol"):
                nested = self._list(child, str(child.tag))
                if items:
                    items[-1] = ListItem(items[-1].content, (*items[-1].children, *_lists(nested)))
                else:
                    items.extend(ListItem((), (one,)) for one in _lists(nested))
            elif isinstance(child.tag, str):
                items.append(self._item(child))
            items.extend(_loose(child.tail))
        kept = tuple(item for item in items if item.content or item.children)
        if not kept:
            return ()
        if tag != "ol":
            return (BulletList(kept),)
        start = element.get("start") or "1"
        return (NumberedList(kept, int(start) if re.fullmatch("[0-9]{1,4}", start) else 1),)

    def _item(self, element: _Element) -> ListItem:
        blocks = self.blocks(element)
        words = (one for one in blocks if not isinstance(one, BulletList | NumberedList))
        return ListItem(_in_lines(words), tuple(_lists(blocks)))

    def _table(self, element: _Element) -> tuple[Block, ...]:
        lines = grid(element)
        if len(lines) == 1 and len(lines[0]) == 1:
            return self.blocks(next(iter(lines[0].values())))
        rows: list[dict[int, Inlines]] = []
        header = 0
        for line in lines:
            cells = {column: self._flat(cell) for column, cell in line.items()}
            if not any(cells.values()) and any(map(_emptied, line.values())):
                continue
            if len(rows) == header and all(cell.tag == "th" for cell in line.values()):
                header += 1
            rows.append(cells)
        columns = sorted({column for row in rows for column in row})
        if len(rows) * len(columns) > MOST_CELLS:
            return tuple(Paragraph(cell) for row in rows for cell in row.values() if cell)
        kept = tuple(tuple(Cell(row.get(at, ())) for at in columns) for row in rows)
        return (Table(kept, header),) if kept else ()

    def _flat(self, element: _Element) -> Inlines:
        return _in_lines(self.blocks(element))

    def _inline(
        self,
        element: _Element,
        marks: Mark = Mark.NONE,
        link: str | None = None,
        *,
        kept: bool = False,
    ) -> list[Inline]:
        """What stands in an element of these marks."""
        out = _words(element.text, marks, link, kept=kept)
        for child in element:
            out.extend(self._one(child, marks, link, kept=kept))
            out.extend(_words(child.tail, marks, link, kept=kept))
        return out

    def _one(
        self, element: _Element, marks: Mark, link: str | None, *, kept: bool = False
    ) -> list[Inline]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "br":
            return [LineBreak()]
        if tag == "img":
            self._remark(_("Pictures are not pasted; add them as files."))
            return []
        if tag == "a":
            link = safe_link(element.get("href") or "")
        marks = _marks(element, tag, marks, linked=link is not None)
        return self._inline(element, marks, link, kept=kept)

    def _remark(self, what: str) -> None:
        if what not in self.remarks:
            self.remarks.append(what)


def _marks(element: _Element, tag: str, marks: Mark, *, linked: bool) -> Mark:
    """Marks of an element: those around it, changed by its tag and then by its style."""
    if tag in _MARKS:
        marks |= _MARKS[tag]
    if own := element.get("style"):
        marks = _styled(element, marks, declarations(own))
    return marks & ~Mark.UNDERLINE if linked else marks


def _styled(element: _Element, marks: Mark, style: Style) -> Mark:
    weight, slant, raised, line = (style.get(name, ("", False))[0] for name in _MARKING)
    if weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600):
        marks |= Mark.STRONG
    elif weight in ("normal", "lighter") or weight.isdecimal():
        marks &= ~Mark.STRONG
    if slant.startswith(("italic", "oblique")):
        marks |= Mark.EMPH
    elif slant == "normal":
        marks &= ~Mark.EMPH
    marks |= {"super": Mark.SUP, "sub": Mark.SUB}.get(raised, Mark.NONE)
    if "underline" in line and not _inserted(element):
        marks |= Mark.UNDERLINE
    return marks


_MARKING = ("font-weight", "font-style", "vertical-align", "text-decoration")


def _inserted(element: _Element) -> bool:
    """Whether a line under it says "inserted" and is none of the author's."""
    classes = (element.get("class") or "").lower().split()
    return element.tag == "ins" or not INSERTED.isdisjoint(classes)


def _emptied(cell: _Element) -> bool:
    return any(JOINT in text for text in cell.itertext())


def _words(
    text: str | None, marks: Mark = Mark.NONE, link: str | None = None, *, kept: bool = False
) -> list[Inline]:
    if not text:
        return []
    if kept:
        parts = re.split("\r?\n", text)
        out: list[Inline] = []
        for number, part in enumerate(parts):
            if number:
                out.append(LineBreak())
            out.append(Text(part, marks, link))
        return out
    return [Text(_SPACE.sub(" ", text), marks, link)]


def _trimmed(content: list[Inline]) -> Inlines:
    """Without white space at the borders and beside breaks, and without doubled spaces."""
    out: list[Inline] = []
    for part in closed_up(content):
        if isinstance(part, LineBreak):
            _strip_end(out)
            if out:
                out.append(part)
            continue
        fresh = not out or isinstance(out[-1], LineBreak)
        ends = not fresh and isinstance(out[-1], Text) and out[-1].text.endswith(" ")
        text = part.text.lstrip(" ") if fresh or ends else part.text
        if text:
            out.append(Text(text, part.marks, part.link))
    while out and isinstance(out[-1], LineBreak):
        out.pop()
    _strip_end(out)
    blank = all(isinstance(part, LineBreak) or not part.text.strip() for part in out)
    return () if blank else tuple(out)


def _strip_end(out: list[Inline]) -> None:
    while out and isinstance(out[-1], Text):
        text = out[-1].text.rstrip(" ")
        if text == out[-1].text:
            return
        last = out.pop()
        if text and isinstance(last, Text):
            out.append(Text(text, last.marks, last.link))
            return


def _loose(text: str | None) -> list[ListItem]:
    """Words that stand in a list and in none of its items are one."""
    content = _trimmed(_words(text))
    return [ListItem(content)] if content else []


def _holds_blocks(element: _Element) -> bool:
    return any(child.tag in BLOCKS for child in element.iterdescendants())


def _in_lines(blocks: Iterable[Block]) -> Inlines:
    """The words of blocks as one paragraph's worth, each on a line of its own."""
    out: list[Inline] = []
    for content in (content for block in blocks for content in inlines(block) if content):
        if out:
            out.append(LineBreak())
        out.extend(content)
    return tuple(out)


def _lists(blocks: tuple[Block, ...]) -> list[BulletList | NumberedList]:
    return [block for block in blocks if isinstance(block, BulletList | NumberedList)]


def _quoted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    out: list[Block] = []
    said: list[Paragraph] = []
    for block in (*blocks, None):
        if isinstance(block, Paragraph):
            said.append(block)
            continue
        if said:
            out.append(Quote(tuple(said)))
            said = []
        if block is not None:
            out.append(block)
    return tuple(out)


def _item_of(mark: str) -> tuple[str, int]:
    kind, _dash, level = mark.partition("-")
    return kind, max(1, min(int(level), 9)) if re.fullmatch("[0-9]{1,4}", level) else 1


def _nested(items: list[tuple[str, int, Inlines]]) -> list[Block]:
    """Items with levels as nested lists; a change of Word's list number begins a new one."""
    out: list[Block] = []
    at = 0
    while at < len(items):
        kind, level, content = items[at]
        end = at + 1
        below: list[tuple[str, int, Inlines]] = []
        while end < len(items) and items[end][1] > level:
            below.append(items[end])
            end += 1
        item = ListItem(content, tuple(_lists(tuple(_nested(below)))))
        last = out[-1] if out else None
        if isinstance(last, NumberedList) and kind.startswith("n") and at and _same(items, at):
            out[-1] = NumberedList((*last.items, item), last.start)
        elif isinstance(last, BulletList) and kind.startswith("b") and _same(items, at):
            out[-1] = BulletList((*last.items, item))
        else:
            out.append(NumberedList((item,)) if kind.startswith("n") else BulletList((item,)))
        at = end
    return out


def _same(items: list[tuple[str, int, Inlines]], at: int) -> bool:
    level = items[at][1]
    before = [item for item in items[:at] if item[1] <= level]
    return bool(before) and before[-1][0] == items[at][0]
