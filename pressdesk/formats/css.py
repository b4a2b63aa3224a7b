"""A minimal CSS parser: declarations and rules that decide what a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_RULES = 20_000
"""Rules of a page that are read."""

MOST_TESTS = 1_000_000
"""Rules that are held against an element, counted over a page; a large one needs some thousands."""

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_LENGTH = rf"{_NUMBER}(?:[a-z]+|%)?"
_WIDE = "inherit|initial|unset|revert|revert-layer"
_READ = {
    "display": r"[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*){0,2}",
    "visibility": f"visible|hidden|collapse|{_WIDE}",
    "mso-hide": "[a-z]+",
    "mso-element": "[a-z-]+",
    "mso-special-character": "[a-z-]+",
    "text-decoration": "[^;]+",
    "text-decoration-line": "[^;]+",
    "text-line-through": "[a-z-]+",
    "font-weight": rf"normal|bold|bolder|lighter|\d{{1,4}}|{_WIDE}",
    "font-style": rf"normal|italic|oblique(?: {_LENGTH})?|{_WIDE}",
    "font-size": rf"{_LENGTH}|[a-z-]+|[a-z]+\(.*\)",
    "vertical-align": rf"{_LENGTH}|[a-z-]+",
    "opacity": rf"{_NUMBER}%?|{_WIDE}",
    "overflow": "[a-z-]+(?: [a-z-]+)?",
    "position": "[a-z-]+",
    "clip": "[^;]+",
    "clip-path": "[^;]+",
    "color": "[^;]+",
    "-webkit-text-fill-color": "[^;]+",
    "background-clip": "[^;]+",
    "-webkit-background-clip": "[^;]+",
    **dict.fromkeys(
        ("height", "max-height", "left", "top", "text-indent"),
        rf"{_LENGTH}|[a-z-]+|[a-z]+\(.*\)",
    ),
}
_VALID = {name: re.compile(pattern) for name, pattern in _READ.items()}
"""What is read, and the values a browser would not pass over."""

_DISPLAYS = frozenset(
    {
        *("none", "block", "inline", "contents", "flow-root", "flow", "flex", "grid", "table"),
        *("list-item", "ruby", "math", "run-in", "initial", "inherit", "unset", "revert"),
        *("revert-layer", "-webkit-box", "-moz-box"),
    }
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"""(?:[^;"'()]|"[^"]*"?|'[^']*'?|\([^)]*\)?|\))+""")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_FONT = re.compile(rf"(?P<words>[^/\d]*)(?<![\w.-])(?P<size>{_LENGTH})(?:\s*/\s*\S+)?\s+\S")
_STYLE_TAG = re.compile(r"<style\b([^>]*)>", re.IGNORECASE)
_STYLE_END = re.compile("</style", re.IGNORECASE)
_MEDIA = re.compile(r"\bmedia\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_ALWAYS = re.compile(r"@(?:layer\b.*|media\s*(?:(?:only\s+)?(?:screen|all))?\s*)", re.DOTALL)
_NAME = r"(?:[\w-]|\\.|[^\x00-\x7f])+"
_SIMPLE = re.compile(
    rf"[.#]({_NAME})|\[\s*({_NAME})\s*(?:([~|^$*]?)=\s*([^\]]*?)\s*)?\]|({_NAME})|\*"
)
_COMBINED = re.compile(r"\s*>\s*|\s+")

Style = Mapping[str, tuple[str, bool]]
"""The value of each property that is read, in lower case, and whether it is ``!important``."""


@lru_cache(maxsize=4096)
def declarations(style: str) -> Style:
    """The declarations of a style attribute or a rule; what a browser would pass over is not in it.

    Only the properties that say whether and with what marks words are shown are read.
    """
    found: dict[str, tuple[str, bool]] = {}
    for part in _DECLARATION.findall(_COMMENT.sub(" ", style)):
        name, colon, value = part.partition(":")
        if not colon:
            continue
        name, value = _plain(name), _plain(value)
        value, bang, word = value.rpartition("!") if "!" in value else (value, "", "")
        important = word.strip() == "important"
        if bang and not important:
            continue
        _declare(found, name, value.strip(), important)
    return found


@lru_cache(maxsize=4096)
def _only(style: str, kept: frozenset[str]) -> Style:
    return {name: said for name, said in declarations(style).items() if name in kept}


_NOTHING: Style = {}


def _declare(found: dict[str, tuple[str, bool]], name: str, value: str, important: bool) -> None:
    if name == "font":
        for part, said in _font(value):
            _declare(found, part, said, important)
        return
    valid = _VALID.get(name)
    if valid is None or not valid.fullmatch(value):
        return
    if name == "display" and not all(_display(word) for word in value.split()):
        return
    if important or not found.get(name, ("", False))[1]:
        found[name] = (value, important)


def _display(word: str) -> bool:
    return word in _DISPLAYS or word.startswith(("inline-", "table-", "ruby-", "-webkit-", "-ms-"))


def _font(value: str) -> Iterator[tuple[str, str]]:
    """The longhands in a ``font``; those it leaves out are set back."""
    found = _FONT.match(value)
    if not found:
        found = re.match(
            rf"(?P<words>.*?\b[1-9]00\s|)(?P<size>{_LENGTH})(?:\s*/\s*\S+)?\s+\S", value
        )
    if not found:
        return
    words = found["words"].split()
    weights = [word for word in words if word in ("bold", "bolder", "lighter") or word.isdecimal()]
    slants = [word for word in words if word in ("italic", "oblique")]
    yield "font-weight", weights[-1] if weights else "normal"
    yield "font-style", slants[-1] if slants else "normal"
    yield "font-size", found["size"]


def _plain(text: str) -> str:
    if "\\" in text:
        text = _ESCAPE.sub(_character, text)
    return " ".join(text.lower().split())


def _character(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"


class _Compound(Struct, frozen=True):
    """What one element has to be: its tag, identity, classes and attributes."""

    tag: str = ""
    identity: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()

    def meets(self, element: _Element) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        if self.identity and (element.get("id") or "").lower() != self.identity:
            return False
        if self.classes:
            own = (element.get("class") or "").lower().split()
            if any(name not in own for name in self.classes):
                return False
        return all(_has(element, *wanted) for wanted in self.attributes)

    @property
    def weight(self) -> tuple[int, int, int]:
        return bool(self.identity), len(self.classes) + len(self.attributes), bool(self.tag)


def _has(element: _Element, name: str, sign: str, wanted: str) -> bool:
    value = element.get(name)
    if value is None or sign == "has":
        return value is not None
    value = value.lower()
    match sign:
        case "^":
            return bool(wanted) and value.startswith(wanted)
        case "$":
            return bool(wanted) and value.endswith(wanted)
        case "*":
            return bool(wanted) and wanted in value
        case "~":
            return wanted in value.split()
        case "|":
            return value == wanted or value.startswith(wanted + "-")
        case _:
            return value == wanted


class _Rule(Struct, frozen=True):
    """A selector, read from its end, and what it declares."""

    path: tuple[tuple[_Compound, bool], ...]
    """Each compound, last one first, and whether it must be the very parent of the one before."""
    style: Style
    order: tuple[int, int, int, int]

    def meets(self, element: _Element) -> bool:
        return self.path[0][0].meets(element) and _above(element, self.path[1:])


def _above(element: _Element, path: tuple[tuple[_Compound, bool], ...]) -> bool:
    if not path:
        return True
    (compound, near), rest = path[0], path[1:]
    parent = element.getparent()
    while parent is not None:
        if compound.meets(parent) and _above(parent, rest):
            return True
        if near:
            return False
        parent = parent.getparent()
    return False


class StyleRules:
    """The rules of a page's ``<style>`` blocks that hold on any screen.

    Selectors of tags, classes, identities, attributes, and of what they lie in are understood.
    Rules with others (``:hover``, ``+``) are passed over, and so are those for print or for some
    widths only. Names are compared without regard to case.

    kept  the properties that are asked for

    ``tired`` says that a page had so many rules and elements that they were no more compared.
    """

    def __init__(self, kept: frozenset[str], rules: tuple[_Rule, ...] = ()) -> None:
        self._kept = kept
        self._tests = 0
        self.tired = len(rules) > MOST_RULES
        self._by_class: dict[str, list[_Rule]] = {}
        self._by_tag: dict[str, list[_Rule]] = {}
        for rule in rules:
            last = rule.path[0][0]
            if last.classes:
                self._by_class.setdefault(last.classes[0], []).append(rule)
            else:
                self._by_tag.setdefault(last.tag, []).append(rule)

    def style(self, element: _Element) -> Style:
        """What is declared for an element: by the rules that meet it, then by itself."""
        own = element.get("style")
        style = _only(own, self._kept) if own else _NOTHING
        if not self._by_class and not self._by_tag:
            return style
        near = list(self._near(element))
        self._tests += len(near)
        if self._tests > MOST_TESTS:
            self.tired = True
            return style
        met = [rule for rule in near if rule.meets(element)]
        if not met:
            return style
        found: dict[str, tuple[str, bool]] = {}
        for rule in sorted(met, key=lambda rule: rule.order):
            _over(found, rule.style)
        _over(found, style)
        return found

    def _near(self, element: _Element) -> Iterator[_Rule]:
        for name in set((element.get("class") or "").lower().split()):
            yield from self._by_class.get(name, ())
        yield from self._by_tag.get(str(element.tag), ())
        yield from self._by_tag.get("", ())


def _over(found: dict[str, tuple[str, bool]], style: Style) -> None:
    for name, (value, important) in style.items():
        if important or not found.get(name, ("", False))[1]:
            found[name] = (value, important)


def sheet(html: str, kept: frozenset[str]) -> StyleRules:
    """The rules in the ``<style>`` blocks of a page; those about no property in ``kept`` are not.

    A block in a comment is none. The cost is that of one pass over the page.
    """
    rules: list[_Rule] = []
    for text in _blocks(html):
        for selectors, body in _rules(text):
            style = _only(body, kept)
            if len(rules) > MOST_RULES:
                return StyleRules(kept, tuple(rules))
            for one in selectors.split(",") if style else ():
                path = _path(one.strip())
                if path:
                    weights = [compound.weight for compound, _near in path]
                    weight = [sum(part) for part in zip(*weights, strict=True)]
                    rules.append(_Rule(path, style, (weight[0], weight[1], weight[2], len(rules))))
    return StyleRules(kept, tuple(rules))


def _blocks(html: str) -> Iterator[str]:
    at = 0
    while (found := _STYLE_TAG.search(html, at)) is not None:
        comment = html.find("<!--", at, found.start())
        if comment != -1:
            end = html.find("-->", comment + 4)
            if end == -1:
                return
            at = end + 3
            continue
        closed = _STYLE_END.search(html, found.end())
        end = closed.start() if closed else len(html)
        media = _MEDIA.search(found[1])
        if not media or media[1].lower().strip() in ("", "all", "screen"):
            yield html[found.end() : end]
        at = end


def _rules(text: str) -> Iterator[tuple[str, str]]:
    text = _COMMENT.sub(" ", text.replace("<!--", " ").replace("-->", " "))
    yield from _bare_rules(_STRING.sub(lambda found: re.sub("[{};]", " ", found[0]), text))


def _bare_rules(text: str, deep: int = 0) -> Iterator[tuple[str, str]]:
    at = 0
    while (opened := text.find("{", at)) != -1:
        head = text[at:opened].rpartition(";")[2].strip()
        closed = _closing(text, opened)
        if not head.startswith("@"):
            yield head, text[opened + 1 : closed]
        elif deep < 5 and _ALWAYS.fullmatch(head.lower()):
            yield from _bare_rules(text[opened + 1 : closed], deep + 1)
        at = closed + 1


_BRACE = re.compile("[{}]")


def _closing(text: str, opened: int) -> int:
    level = 0
    for found in _BRACE.finditer(text, opened):
        level += 1 if found[0] == "{" else -1
        if not level:
            return found.start()
    return len(text)


def _path(selector: str) -> tuple[tuple[_Compound, bool], ...] | None:
    parts = _COMBINED.split(selector)
    signs = _COMBINED.findall(selector)
    compounds = [_compound(part) for part in parts]
    out: list[tuple[_Compound, bool]] = []
    for at in range(len(parts) - 1, -1, -1):
        compound = compounds[at]
        if compound is None or len(parts) > 8:
            return None
        out.append((compound, at < len(signs) and ">" in signs[at]))
    return tuple(out)


def _compound(text: str) -> _Compound | None:
    tag = identity = ""
    classes: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    at = 0
    while at < len(text):
        found = _SIMPLE.match(text, at)
        if not found or (found[5] and at):
            return None
        if found[1]:
            name = _plain(found[1])
            if found[0][0] == ".":
                classes.append(name)
            else:
                identity = name
        elif found[2]:
            wanted = _plain((found[4] or "").strip("\"'"))
            sign = (found[3] or "=") if found[4] is not None else "has"
            attributes.append((_plain(found[2]), sign, wanted))
        else:
            tag = _plain(found[5] or "")
        at = found.end()
    return _Compound(tag, identity, tuple(classes), tuple(attributes)) if text else None
