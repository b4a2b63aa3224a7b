"""The language of a text, by its script and its commonest words."""

from __future__ import annotations

import re

_SCRIPTS = (
    ("hy", re.compile("[\u0531-\u0587]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# Letters only one of these languages has, the more telling first.
_LETTERS = (
    ("kk", re.compile("[әғқұі]", re.I)),
    ("tg", re.compile("[ҷӣӯҳ]", re.I)),
    ("ky", re.compile("[өүң]", re.I)),
    ("uk", re.compile("[їєґ]", re.I)),
    ("be", re.compile("[ў]", re.I)),
)
_STOP = {
    "en": frozenset(
        (
            "the",
            "of",
            "and",
            "to",
            "in",
            "a",
            "is",
            "that",
            "for",
            "on",
            "with",
            "by",
            "at",
            "was",
            "from",
        )
    ),
    "de": frozenset(
        (
            "der",
            "die",
            "das",
            "und",
            "ist",
            "nicht",
            "mit",
            "den",
            "von",
            "zu",
            "ein",
            "eine",
            "im",
            "auf",
        )
    ),
    "fr": frozenset(
        (
            "le",
            "la",
            "les",
            "des",
            "et",
            "est",
            "dans",
            "une",
            "du",
            "que",
            "pour",
            "sur",
            "au",
            "par",
        )
    ),
    "es": frozenset(
        ("el", "los", "las", "y", "en", "del", "una", "que", "por", "con", "para", "se", "al")
    ),
}
_ENOUGH = 0.004
_SAMPLE = 5_000


def language_of(text: str) -> tuple[str, bool]:
    """A BCP 47 tag, and True when it is sure.

    English is what an unknown Latin text is taken for, Russian a Cyrillic one.
    """
    text = text[:_SAMPLE]
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    for tag, letters in _SCRIPTS:
        if len(letters.findall(text)) > max(cyrillic, latin):
            return tag, True
    if cyrillic > latin:
        for tag, letters in _LETTERS:
            if len(letters.findall(text)) > _ENOUGH * cyrillic:
                return tag, True
        return "ru", True
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {tag: sum(word in stop for word in words) for tag, stop in _STOP.items()}
    best = max(counts, key=lambda tag: counts[tag])
    if counts[best] > counts["en"]:
        return best, True
    return "en", counts["en"] > 0 or len(words) < 12
