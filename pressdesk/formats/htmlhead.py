"""Machine-readable head of a page: title, description, Open Graph, JSON-LD, content policy."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from pressdesk.document.tools import plain
from pressdesk.formats import links
from pressdesk.formats.prelude import clean, one_line
from pressdesk.press.channels import bare, channel
from pressdesk.press.register.proof import BLOCK
from pressdesk.press.sheet import Sheet, SheetContact
from pressdesk.press.states import row_of

_DESCRIPTION = 300
_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_LOCALES = {"en": "en_GB", "ru": "ru_RU", "fr": "fr_FR", "de": "de_DE", "kk": "kk_KZ"}
_MARK_UP = re.compile(r"[^\w .,;:()/–—·-]", re.ASCII)

Meta = tuple[tuple[str, str], ...]
"""Pairs of name and content, none of them empty."""


def policy(style: str, *, own: bool) -> str:
    """The Content-Security-Policy of a page whose one style sheet is ``style``.

    own  the office has templates of its own, which may bring styles of their own
    """
    allowed = "'unsafe-inline'" if own else f"'sha256-{_digest(style)}'"
    rules = ("default-src 'none'", f"style-src {allowed}", "img-src data:", "base-uri 'none'")
    return "; ".join((*rules, "form-action 'none'"))


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode("ascii")


def page_title(sheet: Sheet) -> str:
    """The title of the page; what forbids its spread stands first."""
    parts = (sheet.warning, sheet.embargo_line, sheet.title or sheet.kind_label)
    title = " – ".join(one_line(part) for part in parts if part)
    return " · ".join(filter(None, (title, one_line(sheet.organisation))))


def names(sheet: Sheet) -> Meta:
    """The ``name`` metadata."""
    robots = "noindex, nofollow, noarchive" if sheet.warning or sheet.embargo_line else ""
    pairs = (
        ("robots", robots),
        ("release-status", sheet.warning or sheet.state.value),
        ("embargo", sheet.embargo_line),
        ("embargoed-until", sheet.embargo_until),
        ("description", description(sheet)),
        ("author", sheet.organisation),
        ("keywords", ", ".join(sheet.topics)),
        ("reference", sheet.reference),
    )
    return tuple((name, one_line(text)) for name, text in pairs if text)


def open_graph(sheet: Sheet) -> Meta:
    """The Open Graph metadata."""
    pairs = [
        ("og:type", "article"),
        ("og:title", " – ".join(filter(None, (sheet.warning, sheet.title or sheet.kind_label)))),
        ("og:description", description(sheet)),
        ("og:site_name", sheet.organisation),
        ("og:locale", _LOCALES.get(sheet.language.split("-")[0], "")),
        ("article:published_time", _published(sheet)),
        ("article:section", sheet.kind_label),
        *(("article:tag", topic) for topic in sheet.topics),
    ]
    return tuple((name, one_line(text)) for name, text in pairs if text)


def description(sheet: Sheet) -> str:
    """The summary, else the subtitle, else how the text begins."""
    text = one_line(sheet.summary or sheet.subtitle or plain(sheet.body)[: 2 * _DESCRIPTION])
    return text if len(text) <= _DESCRIPTION else f"{text[: _DESCRIPTION - 1].rstrip()}…"


def json_ld(sheet: Sheet) -> Markup:
    """The page as a schema.org NewsArticle, safe inside a script element."""
    text = json.dumps(_article(sheet), ensure_ascii=False, indent=1)
    return Markup(text.translate(_IN_SCRIPT))


def _article(sheet: Sheet) -> Mapping[str, Any]:
    organisation = _organisation(sheet)
    published = _published(sheet)
    known = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one_line(sheet.title or sheet.kind_label),
        "alternativeHeadline": one_line(sheet.subtitle),
        "description": description(sheet),
        "inLanguage": sheet.language,
        "datePublished": published,
        "dateModified": published if sheet.embargo_until else _modified(sheet, published),
        "identifier": one_line(sheet.reference),
        "genre": ["Press release", one_line(sheet.kind_label)],
        "articleSection": one_line(sheet.kind_label),
        "keywords": [one_line(topic) for topic in sheet.topics],
        "creativeWorkStatus": row_of(sheet.state).schema_org,
        "conditionsOfAccess": one_line(sheet.embargo_line),
        "isBasedOn": sheet.credit_url if sheet.credit_url.startswith("http") else "",
        "author": {key: organisation[key] for key in ("@type", "@id", "name")},
        "publisher": organisation,
    }
    return {key: value for key, value in known.items() if value}


def _organisation(sheet: Sheet) -> Mapping[str, Any]:
    points = [
        {"@type": "ContactPoint", "contactType": "press", **_reached(contact)}
        for contact in sheet.contacts
    ]
    return {
        "@type": "Organization",
        "@id": "#publisher",
        "name": one_line(sheet.organisation),
        "contactPoint": points,
    }


def _reached(contact: SheetContact) -> Mapping[str, Any]:
    found: dict[str, Any] = {"name": one_line(contact.name)} if one_line(contact.name) else {}
    for way in contact.ways:
        if name := channel(way.kind).schema_org:
            address = bare(way) if links.kept(way.address) else ""
            found.setdefault(name, []).append(address or one_line(way.printed))
    return found


def _published(sheet: Sheet) -> str:
    """When it went out; a draft never did, a past item did on its own date.

    Under embargo it is not public before its hour, whatever a machine does with the page.
    """
    if not sheet.state.out:
        return ""
    if sheet.embargo_until:
        return max(sheet.issued_at, sheet.embargo_until)
    return sheet.date if sheet.recorded else sheet.issued_at or sheet.date


def _modified(sheet: Sheet, published: str) -> str:
    return (sheet.issued_at or published) if published else ""


def with_proof(page: str, proof: str) -> str:
    """A finished page with the proof of its edition as a block of data: nothing that runs.

    It stands at the end of the head; of a page without one, at its end.
    """
    block = f'<script type="application/json" id="{BLOCK}">{proof.translate(_IN_SCRIPT)}</script>\n'
    before, end, after = page.partition("</head>")
    return f"{before}{block}{end}{after}"


def css_text(text: str) -> str:
    """A text as a CSS string; everything that could end one is written as a number."""
    shown = clean(text).replace("\n", " ")
    return '"' + _MARK_UP.sub(lambda found: f"\\{ord(found[0]):x} ", shown) + '"'
