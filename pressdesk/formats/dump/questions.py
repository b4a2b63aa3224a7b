"""Questions and answers in an interview: tells which paragraph is which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from pressdesk.formats.dump.word_lists import flat

Part = Literal["body", "question", "answer"]

LONGEST = 90
"""Words of a question that is not marked as one."""

_ASKS = re.compile(r"(?:question|q|вопрос|в)\s*(?:№?\s*\d+)?\s*[:.]\s+", re.IGNORECASE)
_REPLIES = re.compile(r"(?:answer|a|ответ|о)\s*(?:№?\s*\d+)?\s*[:.]\s+", re.IGNORECASE)


def parts(paragraphs: Sequence[str]) -> tuple[Part, ...]:
    """The part of each paragraph: marked by a word, or a short one that ends in "?".

    An unmarked question counts only when something other than a question follows it, and
    when there are two of them at least; what stands before the first is body.
    """
    texts = [flat(paragraph) for paragraph in paragraphs]
    marked = any(_ASKS.match(text) for text in texts)
    asks = [
        bool(_ASKS.match(t)) or (not marked and _is_question(texts, n)) for n, t in enumerate(texts)
    ]
    if not marked and sum(asks) < 2:
        asks = [False] * len(texts)
    found: list[Part] = []
    begun = False
    for asking in asks:
        begun = begun or asking
        found.append("question" if asking else "answer" if begun else "body")
    return tuple(found)


def pairs(paragraphs: Sequence[str]) -> int:
    """How many questions are followed by an answer."""
    found = parts(paragraphs)
    return sum(a == "question" and b == "answer" for a, b in pairwise(found))


def without_label(paragraph: str) -> str:
    """The paragraph without "Question:" or "Answer:" before it."""
    for label in (_ASKS, _REPLIES):
        match = label.match(paragraph)
        if match:
            return paragraph[match.end() :]
    return paragraph


def _is_question(texts: list[str], at: int) -> bool:
    text = texts[at].rstrip("\"'”’»)")
    follows = at + 1 < len(texts) and not texts[at + 1].endswith("?")
    return text.endswith("?") and follows and len(text.split()) <= LONGEST
