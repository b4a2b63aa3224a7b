"""Parts of a source that are not its text: deletions, comments and hidden passages.

One rule for every way in. A deletion is what is struck out, as tracked change or by hand; an
insertion is plain text. HTML is asked here by its tags, classes, attributes and styles; another
format that knows its own deletions counts them into a ``LeftOut`` and says the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from pressdesk.base.i18n import _, ngettext
from pressdesk.formats.css import Style, StyleRules
from pressdesk.formats.pasted_grid import grid, span
from pressdesk.formats.sight import SHOWN, Sight, below, out_of_sight, struck, undisplayed, value

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = Literal["deletion", "comment", "mark", "hidden"]
"""A comment has a mark in the text and words elsewhere; the two are one."""

JOINT = "\ufdd0"
"""Stands in the text where something was taken out, until its spaces are closed up.

A noncharacter: no text may hold it, and a text that does loses it before.
"""

INSERTED = frozenset({"msoins", "trackchangetextinsertion"})
"""Classes that say "inserted" with an underline that is none of the author's."""

_DELETED_TAGS = frozenset({"del", "s", "strike"})
_TELLING = _DELETED_TAGS | {"comment", "dialog"}
_DELETED = frozenset({"msodel", "trackchangetextdeletion"})
_MARK_CLASSES = frozenset({"msocommentreference", "msocomanchor"})
_COMMENT_CLASSES = frozenset({"msocommenttext", "msocommentsubject", "msocomtxt", "msocomoff"})
_MARK = re.compile(r"#_mso(?:com|anchor)_\d|^#cmnt(?:_ref)?\d", re.IGNORECASE)
_COMMENT_HEAD = re.compile(r"#_msoanchor_\d|^#cmnt_ref\d", re.IGNORECASE)
_COMMENT_NAME = re.compile(r"_msocom_\d", re.IGNORECASE)
_BLOCKS = frozenset(
    {
        *("p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot"),
        *("tr", "td", "th", "caption", "figcaption", "figure", "blockquote", "hr", "pre"),
        *("section", "article", "header", "footer", "main", "aside", "nav", "address", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "fieldset", "details", "summary", "dialog"),
    }
)
_KEPT = frozenset({"td", "th", "tr", "thead", "tbody", "tfoot", "caption", "li", "dt", "dd"})
"""Emptied, these still have their place in a table or a list."""
_TRACE = (
    *("<del", "<s>", "<s ", "<strike", "line-through", "hidden", "display:none", "display: none"),
    *("mso-hide", "msocom", "mso-element:comment", "msodel", "opacity:0", "font-size:0"),
)


class LeftOut(Struct, frozen=True):
    """How many passages of each kind were left out; false when none was."""

    deletions: int = 0
    comments: int = 0
    hidden: int = 0

    def __bool__(self) -> bool:
        return bool(self.deletions or self.comments or self.hidden)

    def said(self) -> str:
        """A plain sentence, such as "2 deletions and 1 comment were left out."; "" for none."""
        parts: list[str] = []
        if n := self.deletions:
            parts.append(ngettext("{n} deletion", "{n} deletions", n).format(n=n))
        if n := self.comments:
            parts.append(ngettext("{n} comment", "{n} comments", n).format(n=n))
        if n := self.hidden:
            parts.append(ngettext("{n} hidden passage", "{n} hidden passages", n).format(n=n))
        if not parts:
            return ""
        what = parts[-1]
        if parts[:-1]:
            what = _("{these} and {last}").format(these=", ".join(parts[:-1]), last=what)
        total = self.deletions + self.comments + self.hidden
        return ngettext("{what} was left out.", "{what} were left out.", total).format(what=what)


def may_leave_out(html: str) -> bool:
    """Whether a page that cannot be read looks as if it left something out; quick and wary."""
    html = html.lower()
    return any(trace in html for trace in _TRACE)


def leave_out(root: _Element, sheet: StyleRules) -> LeftOut:
    """Remove hidden parts from an HTML tree in place; returns how many.

    What is hidden inside a deletion counts once, and so do neighbours that nothing parts. Only
    what had words is counted. Where words were taken out of a line stands a ``JOINT``.

    root  the parsed page, tags and attributes in lower case, no deeper than 250 levels
    """
    rule = _Rule(root, sheet)
    rule.visit(root, SHOWN)
    return LeftOut(rule.deletions, max(rule.comments, rule.marks), rule.hidden)


class _Fate(Struct, frozen=True):
    """Why an element goes, and whether nothing stays in its place, not even a paragraph's end."""

    kind: Kind
    wholly: bool = False


class _Rule:
    """Walks a page once, takes out and counts."""

    def __init__(self, root: _Element, sheet: StyleRules) -> None:
        self._sheet = sheet
        self._headed = any(map(_leads_back, root.iter("a")))
        self._last = ""
        self._in_comment = False
        self.deletions = self.comments = self.marks = self.hidden = 0

    def visit(self, element: _Element, shown: Sight) -> None:
        """Take out what is not shown in an element, whose own text is shown as ``shown`` says."""
        if element.tag == "table":
            self._hide_columns(element)
        seen = shown is SHOWN
        element.text = self._text(element.text, seen)
        place = _Place(element)
        for child in list(element):
            block = child.tag in _BLOCKS
            if block:
                self._last = ""
            fate = self._fate(child, shown)
            if fate:
                self._count(child, fate.kind)
            if block:
                self._last = ""
            child.tail = self._text(child.tail, seen)
            blind = not seen and child.tag in ("img", "br", "hr")
            if blind or (fate and not _emptied(child, fate)):
                place.drop(child)
            else:
                place.keep(child)
        place.close()

    def _hide_columns(self, table: _Element) -> None:
        """Sheets hide a column by its ``col`` alone: say so at its cells."""
        gone: set[int] = set()
        at = 0
        for column in _columns(table):
            style = self._sheet.style(column)
            end = at + span(column, "span")
            if _undisplayed(column, style) or value(style, "visibility") == "collapse":
                gone.update(range(at, end))
            at = end
        for row in grid(table) if gone else ():
            for first, cell in row.items():
                over = range(first, first + span(cell, "colspan"))
                left = sum(1 for column in over if column not in gone)
                cell.set("colspan", str(left))
                if not left:
                    cell.set("hidden", "")

    def _fate(self, element: _Element, shown: Sight) -> _Fate | None:
        """None for what stays, after all that is in it was looked at."""
        style = self._sheet.style(element)
        plain = not style and element.tag not in _TELLING and not element.keys()
        fate = None if plain else _fate(element, style)
        if fate is None and self._headed and _begins_as_comment(element):
            fate = _Fate("comment")
        if fate is None:
            handed = below(shown, style) if style else shown
            if handed is not SHOWN and not self._shows(element, handed):
                return _Fate("hidden")
            self.visit(element, handed)
        return fate

    def _shows(self, element: _Element, shown: Sight) -> bool:
        """Whether anything in a hidden element is shown again."""
        for child in element:
            style = self._sheet.style(child)
            handed = below(shown, style) if style else shown
            if handed is SHOWN or self._shows(child, handed):
                return True
        return False

    def _text(self, text: str | None, seen: bool) -> str | None:
        if not text or (not seen and not text.strip()):
            return text
        if seen:
            self._last = ""
            self._in_comment = self._in_comment and not text.strip()
            return text
        self._add("hidden")
        return JOINT

    def _count(self, element: _Element, kind: Kind) -> None:
        if not any(text.strip() for text in element.itertext()):
            return
        if kind == "comment":
            bodies = _bodies(element, self._sheet)
            self.comments += bodies or (0 if self._in_comment else 1)
            self._in_comment = True
        elif kind == "mark":
            self.marks += 1
        else:
            self._add(kind)

    def _add(self, kind: Kind) -> None:
        if self._last == kind:
            return
        self._last = kind
        if kind == "deletion":
            self.deletions += 1
        else:
            self.hidden += 1


def _columns(table: _Element) -> Iterator[_Element]:
    for part in table:
        if part.tag == "col":
            yield part
        elif part.tag == "colgroup":
            yield from part if len(part) else (part,)


def _fate(element: _Element, style: Style) -> _Fate | None:
    """Why an element itself goes, whatever it lies in; None when it does not."""
    classes = frozenset((element.get("class") or "").lower().split())
    if _is_mark(element, style, classes):
        return _Fate("mark")
    if _is_comment(element, style, classes):
        return _Fate("comment")
    if element.tag in _DELETED_TAGS or classes & _DELETED or struck(style):
        return _Fate("deletion")
    if _undisplayed(element, style):
        return _Fate("hidden", wholly=True)
    return _Fate("hidden") if style and out_of_sight(style) else None


def _is_mark(element: _Element, style: Style, classes: frozenset[str]) -> bool:
    """The sign in the text that a comment hangs on; the words commented on are none."""
    if classes & _MARK_CLASSES or value(style, "mso-special-character") == "comment":
        return True
    return element.tag == "a" and _MARK.search(element.get("href") or "") is not None


def _is_comment(element: _Element, style: Style, classes: frozenset[str]) -> bool:
    if element.tag == "comment" or classes & _COMMENT_CLASSES:
        return True
    return value(style, "mso-element") in ("comment-list", "comment")


def _begins_as_comment(element: _Element) -> bool:
    """Whether a paragraph, or a box of nothing but paragraphs, begins with the way back.

    That is the link to the place commented on, as Word and Google's documents write it.
    """
    box = element.tag == "div" and len(element) and all(part.tag == "p" for part in element)
    if element.tag != "p" and not box:
        return False
    for _level in range(5):
        if (element.text or "").strip() or not len(element):
            return False
        element = element[0]
        if element.tag == "a":
            return _leads_back(element)
    return False


def _leads_back(link: _Element) -> bool:
    href, name = link.get("href") or "", link.get("name") or ""
    return bool(_COMMENT_HEAD.search(href) or _COMMENT_NAME.match(name))


def _bodies(element: _Element, sheet: StyleRules) -> int:
    """Comments that begin in an element; 0 when it may be the rest of one."""
    whole = [element, *element.iterdescendants()]
    named = sum(1 for part in whole if value(sheet.style(part), "mso-element") == "comment")
    heads = {part.get("href") for part in whole if part.tag == "a"}
    return named or sum(1 for head in heads if head and _COMMENT_HEAD.search(head))


def _undisplayed(element: _Element, style: Style) -> bool:
    said = undisplayed(style)
    if said is not None:
        return said
    closed = element.tag == "dialog" and element.get("open") is None
    return closed or element.get("hidden") is not None or element.get("popover") is not None


def _emptied(element: _Element, fate: _Fate) -> bool:
    """Whether what goes filled blocks, which are emptied and go on parting what is beside them."""
    if fate.wholly or not any(part.tag in _BLOCKS for part in element.iter()):
        return False
    for child in list(element):
        element.remove(child)
    element.text = JOINT
    if element.tag not in _KEPT:
        element.tag = "div"
    return True


class _Place:
    """Where the text that follows something taken out goes: to the end of what stands before.

    It is put there once for many, as strings that grow by each would cost the square of a page.
    """

    def __init__(self, parent: _Element) -> None:
        self._parent = parent
        self._before: _Element | None = None
        self._texts: list[str] = []

    def drop(self, element: _Element) -> None:
        """Take an element out; its tail stays."""
        self._texts += (JOINT, element.tail or "")
        self._parent.remove(element)

    def keep(self, element: _Element) -> None:
        """What follows now follows this one."""
        self.close()
        self._before = element

    def close(self) -> None:
        """Put down what waits."""
        if self._texts and self._before is not None:
            self._before.tail = "".join((self._before.tail or "", *self._texts))
        elif self._texts:
            self._parent.text = "".join((self._parent.text or "", *self._texts))
        self._texts.clear()
