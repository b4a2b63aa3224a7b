"""Cleans pasted HTML: an allow-list of tags, a depth limit, and explicit Word lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from pressdesk.formats.css import sheet
from pressdesk.formats.left_out import JOINT, LeftOut, leave_out
from pressdesk.formats.sight import READ

if TYPE_CHECKING:
    from lxml.etree import _Element

_BEGIN, _END = "StartFragment", "EndFragment"

MOST_OPEN = 1_000
"""Tags that may stand open at once: the cleaner needs a minute for 50,000. Of what it leaves,
the parser reads 256 levels."""

TAGS = frozenset(
    {
        *("p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot"),
        *("tr", "td", "th", "caption", "figcaption", "blockquote", "hr", "pre", "section"),
        *("article", "header", "footer", "main", "aside", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("b", "strong", "i", "em", "cite", "u", "ins", "sub", "sup", "a", "span", "br", "img"),
        "font",
    }
)
"""What the walk knows; other tags go once it is known whether they hide anything."""
_DROPPED = frozenset(
    {
        *("script", "style", "title", "noscript", "template", "svg", "math", "head", "iframe"),
        *("noembed", "noframes", "datalist", "audio", "video", "canvas", "rp"),
    }
)
"""What no browser shows the words of."""
_UNREAD = frozenset({"html", "body", "frameset"})
_ATTRIBUTES = {
    "a": {"href", "name"},
    "col": {"span"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "dialog": {"open"},
    "*": {"data-pd-item", "style", "class", "id", "hidden", "popover"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "file"}
"""Word's marks of comments lead into a file; the walk keeps no link to one."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_ODD_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*[^\sa-zA-Z0-9/<>-][^\s/<>]*)")
_VERBATIM = re.compile(r"<(/?)(?:xmp|plaintext|listing)\b", re.IGNORECASE)
_EMPTY_TAG = re.compile(
    r"<((?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|basefont|bgsound|"
    r"frame|keygen)(?: [^<>]*)?)>"
)
_FLAT = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr", "basefont", "bgsound", "frame", "keygen"),
        *("p", "li", "tr", "td", "th", "dt", "dd", "option", "colgroup", "caption"),
        *("thead", "tbody", "tfoot", "html", "head", "body"),
    }
)
"""Tags that hold nothing, or that a parser closes by itself: no depth comes of them."""
_IMPLIED = TAGS | {"colgroup"}
"""Tags that are read whether they are written or only meant, such as the row of a lone cell."""
_FOREIGN = frozenset({"svg", "math"})
"""In these every tag nests that is not closed."""
_REMARK = re.compile(f"<!--(?!(?:{_BEGIN}|{_END})-->).*?-->", re.DOTALL)
_UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff{JOINT}]")
"""Characters no text may hold: an XML parser stops at most of them."""
_WORD_ITEM = re.compile(
    r"<(p|h[1-6])\b([^<>]*?mso-list:\s*l(\d+)\s+level(\d+)[^<>]*)>", re.IGNORECASE
)
_MARKER = re.compile(
    r"<!--\[if !supportLists\]-->(.*?)<!--\[endif\]-->|"
    r"<span\b[^>]*mso-list:\s*Ignore[^>]*>(.*?)</span>(?:</span>)*",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"^[\s\xa0(]*(?:\d+|[a-zA-Zа-яА-Я]{1,4})[.)]")


class Cleaned(Struct, frozen=True):
    """A cleaned page: its body, and what was left out.

    No body means that it was nested too deeply to be read, or ``tired``: had too many rules.
    """

    body: _Element | None
    left_out: LeftOut = LeftOut()
    tired: bool = False


def clean_html(html: str) -> Cleaned:
    """The body of a page, or of the marked fragment in it, without what it does not show."""
    import nh3
    from lxml import etree

    rules = sheet(html, READ)
    html = _without_comments(_word_lists(_UNFIT.sub(" ", html)))
    html = _VERBATIM.sub(r"<\1pre", _ODD_TAG.sub(_even, html))
    if rules.tired or _too_deep(html):
        return Cleaned(None, tired=rules.tired)
    names = _IMPLIED.union(name.lower() for _end, name in _TAG.findall(html))
    clean = nh3.clean(
        html,
        tags=set(names - _DROPPED - _UNREAD),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=False,
    )
    body = _parsed(clean)
    if body is None:
        return Cleaned(None)
    _cut_to_fragment(body)
    left_out = leave_out(body, rules)
    if rules.tired:
        return Cleaned(None, tired=True)
    etree.strip_tags(body, *(names - TAGS))
    return Cleaned(body, left_out)


def _parsed(clean: str) -> _Element | None:
    """What the cleaner wrote, read as it was meant; an HTML parser would nest it anew.

    None when it is more than 256 levels deep.
    """
    from lxml import etree

    text = _EMPTY_TAG.sub(r"<\1/>", _UNFIT.sub(" ", _REMARK.sub("", clean)))
    text = text.replace("&nbsp;", "\xa0")
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    try:
        return etree.fromstring(f"<body>{text}</body>", parser)
    except etree.XMLSyntaxError:
        return None


def _even(found: re.Match[str]) -> str:
    """Names such as ``o:p`` as other unknown ones; a hidden one is seen by the rule like any."""
    return f"<{found[1]}x-" + re.sub("[^a-z0-9]", "-", found[2].lower())


def _cut_to_fragment(body: _Element) -> None:
    """Only what the clipboard marks as copied stays, in the elements it was copied from."""
    from lxml import etree

    edges = list(body.iter(etree.Comment))
    begins = [edge for edge in edges if edge.text == _BEGIN]
    ends = [edge for edge in edges if edge.text == _END]
    if begins and ends and edges.index(begins[0]) < edges.index(ends[-1]):
        _cut(begins[0], before=True)
        _cut(ends[-1], before=False)
    etree.strip_tags(body, etree.Comment)


def _cut(edge: _Element, *, before: bool) -> None:
    at: _Element | None = edge
    if not before:
        edge.tail = None
    while at is not None and (parent := at.getparent()) is not None:
        if before:
            parent.text = None
        elif at is not edge:
            at.tail = None
        for other in list(at.itersiblings(preceding=before)):
            parent.remove(other)
        at = parent


def _without_comments(html: str) -> str:
    out: list[str] = []
    at = 0
    while (begin := html.find("<!--", at)) != -1:
        end = html.find("-->", begin)
        if end == -1:
            return "".join(out) + html[at:begin]
        out.append(html[at:begin])
        edge = html[begin + 4 : end]
        if edge in (_BEGIN, _END):
            out.append(f"<!--{edge}-->")
        at = end + 3
    return "".join(out) + html[at:]


def _too_deep(html: str) -> bool:
    """Whether more tags stand open at once than the cleaner can take in time.

    An end closes only what was begun; how deep the page really is shows its tree.
    """
    begun: dict[str, int] = {}
    drawn: dict[str, int] = {}
    """Those begun in a drawing or a formula, whose end ends them all."""
    level = outside = 0
    script = False
    for end, name in _TAG.findall(html):
        name = name.lower()
        if script:
            script = not end or name != "script"
        elif name in _FLAT and not drawn:
            continue
        elif name == "script" and not drawn:
            script = not end
        elif not end:
            if name in _FOREIGN and not drawn:
                outside = level
            counted = drawn if drawn or name in _FOREIGN else begun
            counted[name] = counted.get(name, 0) + 1
            level += 1
            if level > MOST_OPEN:
                return True
        elif (counted := drawn or begun).get(name, 0):
            counted[name] -= 1
            level -= 1
            if drawn and not any(drawn.get(one) for one in _FOREIGN):
                drawn.clear()
                level = outside
    return False


def _word_lists(html: str) -> str:
    """Word writes list items as paragraphs with a drawn bullet; say so in an attribute.

    The cleaner drops style attributes and comments, so this must happen before it.
    """
    if "mso-list" not in html:
        return html
    out: list[str] = []
    at = 0
    for found in _WORD_ITEM.finditer(html):
        if found.start() < at:
            continue
        end = html.find(f"</{found[1]}", found.end())
        inner = html[found.end() : end if end != -1 else len(html)]
        marker = _MARKER.search(inner)
        drawn = re.sub(r"<[^>]*>|&nbsp;", " ", (marker[1] or marker[2] or "") if marker else "")
        kind = "n" if _NUMBER.match(drawn) and drawn.strip() not in ("o", "§") else "b"
        kept = inner[: marker.start()] + inner[marker.end() :] if marker else inner
        out.append(html[at : found.start()])
        out.append(f'<p data-pd-item="{kind}{found[3]}-{found[4]}"{found[2]}>{kept}')
        at = found.end() + len(inner)
    return "".join(out) + html[at:]
