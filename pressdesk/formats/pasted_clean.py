"""Cleans pasted HTML: a strict list of tags, a limit of depth, and Word's lists made explicit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressdesk.base.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 100
"""Levels of nesting that are read; the cleaner needs minutes for 50,000."""

_TAGS = {
    *("p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot"),
    *("tr", "td", "th", "caption", "figcaption", "blockquote", "hr", "pre", "section"),
    *("article", "header", "footer", "main", "aside", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("b", "strong", "i", "em", "cite", "u", "ins", "sub", "sup", "a", "span", "br", "img"),
    "font",
}
_DROPPED = {"script", "style", "title", "noscript", "template", "svg", "math", "head"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "*": {"data-pd-item", "style"}}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FLAT = frozenset(
    {
        *("br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base"),
        *("p", "li", "tr", "td", "th", "dt", "dd", "option"),
    }
)
"""Tags that hold nothing, or that a parser closes by itself: no depth comes of them."""
_WORD_ITEM = re.compile(
    r"<(p|h[1-6])\b([^<>]*?mso-list:\s*l(\d+)\s+level(\d+)[^<>]*)>", re.IGNORECASE
)
_MARKER = re.compile(
    r"<!--\[if !supportLists\]-->(.*?)<!--\[endif\]-->|"
    r"<span\b[^>]*mso-list:\s*Ignore[^>]*>(.*?)</span>(?:</span>)*",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"^[\s\xa0(]*(?:\d+|[a-zA-Zа-яА-Я]{1,4})[.)]")


_STYLES = (
    (re.compile(r"font-weight:\s*(bold|[6-9]00)"), "strong"),
    (re.compile(r"font-weight:\s*(normal|400)"), "normal"),
    (re.compile(r"font-style:\s*italic"), "em"),
    (re.compile(r"text-decoration[a-z-]*:[^;]*underline"), "u"),
    (re.compile(r"vertical-align:\s*super"), "sup"),
    (re.compile(r"vertical-align:\s*sub\b"), "sub"),
)


def clean_html(html: str) -> tuple[_Element | None, tuple[str, ...]]:
    """Cleaned HTML as an element tree; None and a remark when it is nested too deeply."""
    import nh3
    from lxml import etree

    html = _without_comments(_word_lists(_fragment(html)))
    if _depth(html) > DEEPEST:
        return None, (_("The clipboard is nested too deeply; only its words were pasted."),)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    root = etree.fromstring(f"<html><body>{clean}</body></html>", parser)
    return (root.find("body") if root is not None else None), ()


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """Of a style only what means a mark is kept, as a word of ours."""
    if name != "style":
        return value
    words = [word for pattern, word in _STYLES if pattern.search(value)]
    return " ".join(words) or None


def _fragment(html: str) -> str:
    begin, end = html.find("<!--StartFragment-->"), html.rfind("<!--EndFragment-->")
    return html[begin + 20 : end] if 0 <= begin < end else html


def _without_comments(html: str) -> str:
    out = []
    at = 0
    while (begin := html.find("<!--", at)) != -1:
        end = html.find("-->", begin)
        if end == -1:
            break
        out.append(html[at:begin])
        at = end + 3
    return "".join(out) + html[at:]


def _depth(html: str) -> int:
    deepest = level = 0
    for found in _TAG.finditer(html):
        if found[2].lower() in _FLAT:
            continue
        level += -1 if found[1] else 1
        level = max(level, 0)
        deepest = max(deepest, level)
    return deepest


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
        out.append(f'<p data-pd-item="{kind}{found[3]}-{found[4]}">{kept}')
        at = found.end() + len(inner)
    return "".join(out) + html[at:]
