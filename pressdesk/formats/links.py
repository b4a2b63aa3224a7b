"""Which link addresses may be exported: web, mail and telephone only."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pressdesk.press.channels import MAIL, mail

SCHEMES = ("http", "https", "mailto", "tel")
"""The only schemes any writer lets through."""

LONGEST = 2_000
"""Characters; a longer address is taken for an attack or a mistake."""

# Whitespace, controls, quotes, brackets and everything that turns or hides characters.
_FORBIDDEN = re.compile(
    r"[\s\x00-\x20\x7f-\x9f\"<>\\^`{|}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]"
)
_TELEPHONE = re.compile(r"\+?[0-9][0-9().-]{1,30}(;ext=[0-9]{1,10})?")
_IN_TEXT = re.compile(
    r"https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]’'…]"
    r"|(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+"
)


def kept(address: str | None) -> str | None:
    """The address as it may be printed behind words, or None when it may not.

    Scheme in lower case; the rest unchanged. Relative addresses, other schemes, controls,
    blanks and invisible characters are refused.
    """
    if not address or len(address) > LONGEST or _FORBIDDEN.search(address.strip()):
        return None
    scheme, colon, rest = address.strip().partition(":")
    scheme = scheme.lower()
    if not colon or scheme not in SCHEMES:
        return None
    good = {"mailto": _is_mail, "tel": _is_telephone}.get(scheme, _is_web)
    return f"{scheme}:{rest}" if good(rest) else None


def in_text(text: str) -> list[tuple[str, str | None]]:
    """The text in pieces, each with the address to link it to; the pieces give the text.

    Only whole web and mail addresses that are written out are found.
    """
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for found in _IN_TEXT.finditer(text):
        words = found[0]
        address = kept(words) if words.startswith("http") else mail(words)
        if not address:
            continue
        pieces.append((text[at : found.start()], None))
        pieces.append((words, address))
        at = found.end()
    pieces.append((text[at:], None))
    return [piece for piece in pieces if piece[0]]


def written_out(words: str, address: str) -> bool:
    """Whether the words of a link are its address already."""
    bare = address.partition(":")[2].removeprefix("//").rstrip("/")
    written = words.strip().rstrip("/")
    return written in (address.rstrip("/"), bare, bare.removeprefix("www."))


def _is_web(rest: str) -> bool:
    try:
        return rest.startswith("//") and bool(urlsplit(f"http:{rest}").hostname)
    except ValueError:
        return False


def _is_mail(rest: str) -> bool:
    return bool(MAIL.fullmatch(rest.partition("?")[0]))


def _is_telephone(rest: str) -> bool:
    return bool(_TELEPHONE.fullmatch(rest))
