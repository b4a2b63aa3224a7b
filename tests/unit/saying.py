"""Says a question in words that could have been typed: what the reading of questions is held to."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from pressdesk.press import asked_words
from pressdesk.press.periods import Period
from pressdesk.press.query import All, Any, Filter, Node, Not, Phrase, Question, Word
from pressdesk.press.selecting import values


def say(question: Question, language: str = "en") -> str:
    """A question in the words a person could have typed; ``parse`` reads it back."""
    names = asked_words.NAMES["ru" if language == "ru" else "en"]
    parts = [_said(question.tree, names, 0)] if question.tree is not None else []
    if question.since is not None:
        parts.append(f"{names['after']}:{question.since.isoformat()}")
    if question.until is not None and question.until < date.max:
        day = question.until + timedelta(days=1)
        parts.append(f"{names['before']}:{day.isoformat()}")
    parts += [f"{names['on']}:{spelled(days)}" for days in question.on]
    return " ".join(parts)


def _said(node: Node, names: dict[str, str], depth: int) -> str:
    """``depth`` counts the nodes around this one."""
    match node:
        case Word(text=text, prefix=prefix, title=title):
            return (f"{names['title']}:" if title else "") + text + ("*" if prefix else "")
        case Phrase(text=text, title=title):
            return (f"{names['title']}:" if title else "") + f'"{text}"'
        case Filter(dimension=dimension, value=value):
            return f"{names[dimension]}:" + (value if value.isalnum() else f'"{value}"')
        case All(parts=parts):
            fields = [of[0].dimension for part in parts if (of := values(part))]
            between = " AND " if len(set(fields)) < len(fields) else " "
            said = between.join(_said(part, names, depth + 1) for part in parts)
            return f"({said})" if depth else said
        case Any(parts=parts):
            said = " OR ".join(_said(part, names, depth + 1) for part in parts)
            return f"({said})" if depth else said
        case Not(part=part):
            return "-" + _said(part, names, depth + 1)


def spelled(days: Period) -> str:
    """The days in figures, as short as they can be; ``period`` reads them back."""
    first, last = days.first, days.last
    if first == last:
        return first.isoformat()
    if last == date(last.year, last.month, monthrange(last.year, last.month)[1]) and first.day == 1:
        if (first.month, last.month) == (1, 12) and first.year == last.year:
            return f"{first.year:04}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year:04}-{first.month:02}"
    return f"{first.isoformat()}..{last.isoformat()}"
