"""Which link addresses a release may contain."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_SPACES = re.compile("[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_MAIL = re.compile(r"[^@\s/:]+@[^@\s/:]+\.[^@\s/:]+")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+([/?#:].*)?")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")


def safe_link(address: str) -> str | None:
    """The address if a tree may contain it, otherwise None.

    Only http, https, mailto and tel pass; white space and invisible characters, which hide a
    scheme from a reader but not from a browser, are taken out before looking.
    """
    clean = _SPACES.sub("", address)
    if not _SCHEME.match(clean):
        return None
    try:
        parts = urlsplit(clean)
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or len(clean) > 2000:
        return None
    if parts.scheme in ("http", "https"):
        return clean if parts.hostname else None
    return clean if parts.path else None


def meant_link(typed: str) -> str | None:
    """What a person means who types "river.example" or "press@river.example" as an address."""
    clean = typed.strip()
    found = safe_link(clean)
    if found is not None:
        return found
    if _MAIL.fullmatch(clean):
        return f"mailto:{clean}"
    if clean.startswith("+") and re.fullmatch(r"[+\d\s().\-]+", clean):
        return "tel:" + re.sub(r"[^+\d]", "", clean)
    return safe_link(f"https://{clean}") if _HOST.fullmatch(clean) else None
