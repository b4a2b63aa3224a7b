"""Checks a finished page: nothing in it may run, load or link where it should not."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from pressdesk.base.i18n import _
from pressdesk.formats import links

# fmt: off
_ELEMENTS = frozenset((
    "html", "head", "meta", "title", "style", "script", "body", "header", "footer", "main",
    "article", "section", "aside", "nav", "div", "span", "p", "a", "b", "i", "u", "em",
    "strong", "small", "sub", "sup", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
    "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot",
    "tr", "th", "td", "figure", "figcaption", "blockquote", "q", "cite", "address", "time",
    "img", "abbr", "bdi", "bdo", "code", "pre", "mark", "del", "ins", "wbr", "details",
    "summary",
))
_ATTRIBUTES = frozenset((
    "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "class", "color", "cols",
    "colspan", "content", "cite", "charset", "datetime", "dir", "headers", "height", "href",
    "hreflang", "http-equiv", "id", "itemprop", "itemscope", "itemtype", "lang", "name", "open",
    "property", "rel", "reversed", "role", "rowspan", "scope", "span", "src", "start", "style",
    "tabindex", "title", "type", "valign", "value", "width",
))
# fmt: on
_BAD_STYLE = re.compile(
    r"url\s*\(|@import|@font-face|expression\s*\(|-moz-binding|behavior\s*:"
    r"|image-set\s*\(|\bsrc\s*\(|image\s*\(|</|\\",
    re.I,
)
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]*")
_FIRST = ("html", "head", "meta")


def fault(page: str, policy: str) -> str:
    """What is wrong with a page that a template of the office made, "" for nothing.

    policy  the Content-Security-Policy that has to stand before anything it is to govern
    cost    linear
    """
    if "\0" in page:
        return _("it contains characters that are not text")
    reader = _Reader(policy)
    reader.feed(page)
    reader.close()
    if reader.fault:
        return reader.fault
    return "" if reader.governed else _("the Content-Security-Policy is missing")


class _Reader(HTMLParser):
    """Remembers the first fault it meets."""

    def __init__(self, policy: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fault = ""
        self.governed = False
        self._policy = policy
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Weigh an element and its attributes."""
        values = {name: value or "" for name, value in attrs}
        if not self.governed:
            self._before(tag, values)
        if tag not in _ELEMENTS:
            self._found(_("<{tag}> is not allowed").format(tag=tag[:20]))
        if tag == "script" and values.get("type") != "application/ld+json":
            self._found(_("scripts are not allowed"))
        self._in = tag if tag in ("style", "script") else ""
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Weigh an element that closes itself, as browsers see it: one that opens."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Leave a style sheet."""
        self._in = ""

    def handle_data(self, data: str) -> None:
        """Weigh a style sheet."""
        if self._in == "style" and _BAD_STYLE.search(_without_strings(data)):
            self._found(_("the style sheet loads a resource or contains escapes"))

    def handle_comment(self, data: str) -> None:
        """Old browsers read conditions in comments."""
        if data.lstrip().startswith("["):
            self._found(_("conditional comments are not allowed"))

    def unknown_decl(self, data: str) -> None:
        """Marked sections are read differently by different readers."""
        self._found(_("“{text}” is not allowed").format(text=f"<![{data[:20]}"))

    def _before(self, tag: str, values: dict[str, str]) -> None:
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.governed = values.get("content") == self._policy
        elif tag not in _FIRST:
            self._found(_("the Content-Security-Policy is missing"))

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in _ATTRIBUTES and not name.startswith(("aria-", "data-")):
            self._found(_("the attribute “{name}” is not allowed").format(name=name[:20]))
        elif name == "href" and not _leads_well(tag, value):
            self._found(_("a link points to “{address}”").format(address=value[:60]))
        elif name == "src" and not (tag == "img" and _PICTURE.fullmatch(value)):
            self._found(_("a resource is loaded from “{address}”").format(address=value[:60]))
        elif name == "style" and _BAD_STYLE.search(value):
            self._found(_("the style sheet loads a resource or contains escapes"))
        elif name == "http-equiv" and value.lower() != "content-security-policy":
            self._found(_("“{name}” is not allowed").format(name=value[:20]))

    def _found(self, fault: str) -> None:
        self.fault = self.fault or fault


def _leads_well(tag: str, address: str) -> bool:
    if tag != "a":
        return False
    return links.kept(address) is not None or bool(re.fullmatch(r"#[\w-]*", address))


def _without_strings(style: str) -> str:
    # The running heads are CSS strings, in which every mark of punctuation is a number.
    return re.sub(r'"(?:[^"\\\n]|\\[0-9a-f]+ )*"', '""', style)
