"""What an action changed and which parts of the window show it; nothing else is reloaded."""

from __future__ import annotations

from enum import Enum, auto
from typing import assert_never

from msgspec import Struct


class View(Enum):
    """What is shown of a desk and has to be read, or drawn, again when it moved."""

    ROW = auto()
    """In a list: what the rows of the releases that are named say."""
    LIST = auto()
    """Which rows there are, and in which order; with them hits, numbers and facets."""
    TOPICS = auto()
    """The topics the form offers."""
    TAG = auto()
    """The word over the paper: draft, embargo, issued."""
    DRAFT = auto()
    """The line over the history that says when the draft was kept."""
    HISTORY = auto()
    """The revisions and deeds of the releases that are named."""
    EMBARGO = auto()
    """When the next embargo ends."""
    MIRROR = auto()
    """A copy of what is out."""
    PEOPLE = auto()
    """House style and contacts, with which every page is printed."""


class Change(Enum):
    """A kind of change. A new member must define what shows it: see ``shown_by``."""

    TEXT = auto()
    """What a draft says, saved or only kept by autosave."""
    HEADLINE = auto()
    """The title or the date that lists show of it."""
    FILING = auto()
    """By what it is found, counted and put in order: day, topics, places, speakers."""
    STATE = auto()
    """It came, was issued, got a language or an edition, or lost one."""
    REVISION = auto()
    """Its history has another version, or another deed."""
    TRASH = auto()
    CONTACTS = auto()
    HOUSE = auto()
    INDEX = auto()
    """The search index was made anew."""
    UNTOLD = auto()
    """Nobody says what: an hour struck, or the desk could not be heard for a while."""


def shown_by(change: Change) -> frozenset[View]:
    """What shows it. What autosave keeps is found and counted at once, but those numbers wait
    for a save: they would be read again every second and a half of typing."""
    match change:
        case Change.TEXT:
            views = {View.DRAFT}
        case Change.HEADLINE:
            views = {View.ROW}
        case Change.FILING:
            views = {View.ROW, View.LIST, View.TOPICS, View.MIRROR}
        case Change.STATE:
            views = {View.ROW, View.LIST, View.TAG, View.EMBARGO, View.MIRROR}
        case Change.REVISION:
            views = {View.HISTORY}
        case Change.TRASH:
            views = {View.ROW, View.LIST, View.TOPICS}
        case Change.CONTACTS:
            views = {View.PEOPLE}
        case Change.HOUSE:  # it says in which order the languages of a row come
            views = {View.PEOPLE, View.LIST, View.MIRROR}
        case Change.INDEX:
            views = {View.LIST, View.TOPICS}
        case Change.UNTOLD:
            views = {View.LIST, View.TOPICS, View.TAG, View.EMBARGO, View.MIRROR}
        case _:
            assert_never(change)
    return frozenset(views)


class Changes(Struct, frozen=True):
    """What an action changed; returned by every action, empty if nothing changed."""

    releases: frozenset[int] = frozenset()
    """The releases it is about; empty for what is about none, or about any."""
    what: frozenset[Change] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        """Both together, for a story of several actions."""
        return Changes(self.releases | other.releases, self.what | other.what)

    def moves(self, view: View) -> bool:
        """True when this view has to be read again."""
        return any(view in shown_by(change) for change in self.what)

    def moves_of(self, release_id: int, view: View) -> bool:
        """The same of what is shown of one release."""
        return release_id in self.releases and self.moves(view)


def of(release_id: int, first: Change, *more: Change) -> Changes:
    """This of one release changed, and nothing else."""
    return Changes(frozenset({release_id}), frozenset({first, *more}))


def of_desk(first: Change, *more: Change) -> Changes:
    """Something changed that belongs to no one release."""
    return Changes(what=frozenset({first, *more}))


SAVED = (Change.TEXT, Change.HEADLINE, Change.FILING, Change.REVISION)
"""What a save may change of a release."""


def saved(release_id: int) -> Changes:
    """One release has another text, and that is its newest revision."""
    return of(release_id, *SAVED)


def whole(*release_ids: int) -> Changes:
    """All there is of these releases: they came, or became other ones. Nothing for none."""
    everything = frozenset({*SAVED, Change.STATE})
    return Changes(frozenset(release_ids), everything) if release_ids else Changes()
