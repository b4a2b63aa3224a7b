"""Decisions on an import before anything is stored: pure functions on values.

Each function gives a new Review. No paragraph is ever lost: each stays in exactly one
proposal or among what was removed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from pressdesk.formats.dump.drafting import Part, dates_in, draft_of, parts_of
from pressdesk.formats.registry import Draft, ReadDrafts, Removed

ContactsFor = Literal["this", "all", "none"]
"""Whom a contact block serves: its own item, every item of the file, or nobody."""

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "kind": ("kind",),
    "date": ("date", "year"),
    "language": ("language",),
}
"""The questions each decision answers."""


class Twin(Struct, frozen=True):
    """A release of the desk that reads like an item; ``same`` when every word is equal."""

    release_id: int
    title: str
    same: bool = True


class Proposal(Struct, frozen=True):
    """One proposed item, with the person's decisions on it."""

    draft: Draft
    accepted: bool = True
    record: bool = False
    """Take it in as issued on its own date instead of as a draft."""
    decided: frozenset[str] = frozenset()
    """Which of ANSWERS, or other questions, the person has answered."""
    contacts_for: ContactsFor = "this"
    twin: Twin | None = None

    def can_be_recorded(self, today: date) -> bool:
        """True with a full date that is not to come, a title and a text."""
        day = full_date(self.draft.date)
        return (
            day is not None and day <= today and bool(self.draft.title and self.draft.body.blocks)
        )

    def parts(self) -> tuple[Part, ...]:
        """What each paragraph does: title, date, text or contact."""
        return parts_of(self.draft.paragraphs)

    def dates(self) -> tuple[str, ...]:
        """The dates its text mentions, ISO or without a year, once each, in order."""
        return dates_in(self.draft.paragraphs)


class Review(Struct, frozen=True):
    """A file under review."""

    proposals: tuple[Proposal, ...]
    removed: tuple[Removed, ...] = ()
    today: date = date.max
    encoding: str = "utf-8"
    remarks: tuple[str, ...] = ()


def review(found: ReadDrafts, *, today: date, twins: Mapping[int, Twin] | None = None) -> Review:
    """Everything proposed and accepted, but for items the desk has already, word by word."""
    known = twins or {}
    proposals = tuple(
        Proposal(draft, accepted=not (at in known and known[at].same), twin=known.get(at))
        for at, draft in enumerate(found.drafts)
    )
    return Review(proposals, found.removed, today, found.encoding, found.remarks)


def full_date(iso: str | None) -> date | None:
    """The day of a full date; None for one without a year and for none."""
    return date.fromisoformat(iso) if iso and not iso.startswith("--") else None


# --- paragraphs


def split(given: Review, at: int, before: int) -> Review:
    """Begin a new item with paragraph ``before``; unchanged when that leaves one empty."""
    old = given.proposals[at]
    texts = old.draft.paragraphs
    if not 0 < before < len(texts):
        return given
    first = _redraft(old, texts[:before], given.today)
    second = _fresh(texts[before:], given.today, accepted=old.accepted)
    return _put(given, at, at + 1, (first, second))


def merge(given: Review, at: int) -> Review:
    """Merge this item with the next; the decisions on the first one stay."""
    if not 0 <= at < len(given.proposals) - 1:
        return given
    one, other = given.proposals[at : at + 2]
    texts = one.draft.paragraphs + other.draft.paragraphs
    joined = _redraft(replace(one, accepted=one.accepted or other.accepted), texts, given.today)
    return _put(given, at, at + 2, (joined,))


def move(given: Review, at: int, paragraph: int, to: int) -> Review:
    """Move a paragraph to the end of the item before or the beginning of the one after.

    An item that loses its last paragraph goes away.
    """
    texts = given.proposals[at].draft.paragraphs
    if abs(to - at) != 1 or not 0 <= to < len(given.proposals) or not 0 <= paragraph < len(texts):
        return given
    rest = texts[:paragraph] + texts[paragraph + 1 :]
    target = given.proposals[to]
    held = target.draft.paragraphs
    grown = (*held, texts[paragraph]) if to < at else (texts[paragraph], *held)
    new = _redraft(target, grown, given.today)
    left = (_redraft(given.proposals[at], rest, given.today),) if rest else ()
    pair = (new, *left) if to < at else (*left, new)
    return _put(given, min(at, to), max(at, to) + 1, pair)


def set_aside(given: Review, at: int, paragraph: int) -> Review:
    """Move a paragraph of an item to the lines set aside."""
    texts = given.proposals[at].draft.paragraphs
    rest = texts[:paragraph] + texts[paragraph + 1 :]
    left = (_redraft(given.proposals[at], rest, given.today),) if rest else ()
    changed = _put(given, at, at + 1, left)
    return replace(changed, removed=(*given.removed, Removed(texts[paragraph], "by hand")))


def put_back(given: Review, number: int, at: int) -> Review:
    """Put a removed paragraph at the end of an item; of a new one when there is none."""
    text = given.removed[number].text
    removed = given.removed[:number] + given.removed[number + 1 :]
    if not given.proposals:
        made = (_fresh((text,), given.today, accepted=True),)
        return replace(given, proposals=made, removed=removed)
    old = given.proposals[at]
    grown = _redraft(old, (*old.draft.paragraphs, text), given.today)
    return replace(_put(given, at, at + 1, (grown,)), removed=removed)


# --- decisions


def rename(given: Review, at: int, title: str) -> Review:
    """Give an item a title; touching the proposed one accepts it."""
    return _decide(given, at, "title", title=title)


def change_kind(given: Review, at: int, kind: str) -> Review:
    """Make an item another kind; an interview gets its questions and answers."""
    old = given.proposals[at]
    body = draft_of(old.draft.paragraphs, today=given.today, kind=kind).body
    return _decide(given, at, "kind", kind=kind, body=body)


def set_language(given: Review, at: int, language: str) -> Review:
    """Set the language of an item."""
    return _decide(given, at, "language", language=language)


def set_date(given: Review, at: int, day: date | None) -> Review:
    """Set the date of an item; None leaves it open."""
    changed = _decide(given, at, "date", date=day.isoformat() if day else None)
    proposal = changed.proposals[at]
    if day is None:
        asked = replace(proposal.draft, questions=(*proposal.draft.questions, "date"))
        proposal = replace(proposal, draft=asked, decided=proposal.decided - {"date"})
    record = proposal.record and proposal.can_be_recorded(given.today)
    return _put(changed, at, at + 1, (replace(proposal, record=record),))


def answer(given: Review, at: int, question: str) -> Review:
    """Take a question as answered by what is proposed."""
    return _decide(given, at, question)


def accept(given: Review, at: int, accepted: bool) -> Review:
    """Take an item in, or skip it."""
    return _change(given, at, accepted=accepted)


def record(given: Review, at: int, recorded: bool) -> Review:
    """Take an item in as issued on its own date; refused without a full one."""
    able = given.proposals[at].can_be_recorded(given.today)
    return _change(given, at, record=recorded and able)


def serve(given: Review, at: int, contacts_for: ContactsFor) -> Review:
    """Set which items a contact block applies to."""
    return _change(given, at, contacts_for=contacts_for)


# --- the inside


def _fresh(texts: Sequence[str], today: date, *, accepted: bool) -> Proposal:
    return Proposal(draft_of(texts, today=today), accepted=accepted)


def _redraft(old: Proposal, texts: Sequence[str], today: date) -> Proposal:
    """Read the paragraphs anew and keep what the person decided."""
    kept = {name: getattr(old.draft, name) for name in ANSWERS if name in old.decided}
    new = draft_of(texts, today=today, kind=kept.get("kind"))
    answered = _answered(old.decided)
    questions = tuple(q for q in new.questions if q not in answered)
    draft = replace(new, **kept, questions=questions)
    proposal = replace(old, draft=draft, twin=None)
    return replace(proposal, record=old.record and proposal.can_be_recorded(today))


def _decide(given: Review, at: int, what: str, **changes: object) -> Review:
    old = given.proposals[at]
    decided = old.decided | {what}
    questions = tuple(q for q in old.draft.questions if q not in _answered({what}))
    draft = replace(old.draft, **changes, questions=questions)
    return _change(given, at, draft=draft, decided=decided)


def _answered(decided: frozenset[str] | set[str]) -> set[str]:
    return {question for name in decided for question in ANSWERS.get(name, (name,))}


def _change(given: Review, at: int, **changes: object) -> Review:
    return _put(given, at, at + 1, (replace(given.proposals[at], **changes),))


def _put(given: Review, first: int, last: int, new: tuple[Proposal, ...]) -> Review:
    """Replace some proposals; a boundary somebody has drawn is no question any more."""
    proposals = given.proposals[:first] + new + given.proposals[last:]
    return replace(given, proposals=proposals)
