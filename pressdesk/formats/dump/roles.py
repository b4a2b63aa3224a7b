"""Splits lines that name a person or an office into role and name."""

from __future__ import annotations

import re

from pressdesk.formats.dump.tidying import one_line
from pressdesk.formats.dump.word_lists import bare, flat, listed

LONGEST = 160
"""Characters of a line that names somebody; longer ones tell a story."""

_PARTS = re.compile(r"\s*[,;|]\s*|\s+[–—-]\s+|\n")
_ARTICLE = re.compile(r"^(the|a|an)\s+(?=\S)", re.IGNORECASE)
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?){1,3}")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ‑-])+")


def is_role_line(line: str) -> bool:
    """True for the role of somebody who answers the press, with or without the name."""
    text = flat(line)
    if len(text) > LONGEST or text.endswith((".", "!", "?", "…")) or not _has_role(text):
        return False
    return all(_belongs(word) for word in re.split(r"[\s,;|–—]+", text) if bare(word))


def is_name(line: str) -> bool:
    """True for two to four words that look like the name of a person."""
    words = flat(line).strip(",;:").split()
    if not 2 <= len(words) <= 4 or not all(_capital(word) for word in words):
        return False
    return not any(_is_office(word) for word in words) and not all(w.isupper() for w in words)


def role_and_name(line: str) -> tuple[str, str]:
    """The two parts of a line; either may be "". A leading article is dropped.

    "The RIC Press Secretary Maria Hofer" gives ("RIC Press Secretary", "Maria Hofer").
    """
    text = _ARTICLE.sub("", one_line(line)).strip(" ,;:")
    if is_name(text):
        return "", text
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    names = [part for part in parts if is_name(part)]
    if len(parts) > 1 and names:
        return ", ".join(part for part in parts if part != names[0]), names[0]
    words = text.split()
    length = _trailing_name(words)
    role = " ".join(words[: len(words) - length]).strip(" ,;:–—-")
    return role, " ".join(words[len(words) - length :])


def _trailing_name(words: list[str]) -> int:
    run = 0
    while run < len(words) and _capital(words[-1 - run]) and not _is_office(words[-1 - run]):
        run += 1
    while run and words[-run].isupper() and not _INITIAL.fullmatch(words[-run]):
        run -= 1  # what is left of the name of a body, such as IRC
    if run < 2 or run == len(words):
        return 0
    return run if run <= 3 else 2


def _has_role(text: str) -> bool:
    folded = f" {text.casefold()}"
    return any(f" {role}" in folded for role in listed("people", "press_roles"))


def _belongs(word: str) -> bool:
    return (
        _capital(word)
        or _is_office(word)
        or bare(word) in listed("people", "glue")
        or (
            # Russian bodies and offices are written small after the first word.
            len(word) > 3
            and bare(word).endswith(("ой", "ого", "ей", "ии", "ия", "ью", "ции", "ных"))
        )
    )


def _is_office(word: str) -> bool:
    return bare(word) in listed("people", "office")


def _capital(word: str) -> bool:
    core = word.strip("\"'“”«»()[],;:")
    if _INITIAL.fullmatch(core):
        return core[0].isupper()
    return bool(_NAME.fullmatch(core)) and core[0].isupper()
