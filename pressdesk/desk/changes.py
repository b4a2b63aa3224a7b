"""What an action touched, so that each panel redraws only what it shows."""

from __future__ import annotations

from msgspec import Struct


class Changes(Struct, frozen=True):
    """Returned by every action beside its value; nothing set means nothing to redraw."""

    releases: frozenset[int] = frozenset()
    """Releases whose text, data or state is another one now."""
    listing: bool = False
    """A row of the list came, went or reads differently."""
    contacts: bool = False
    house: bool = False
    trash: bool = False

    def __or__(self, other: Changes) -> Changes:
        """Both together, for a story of several actions."""
        return Changes(
            self.releases | other.releases,
            self.listing or other.listing,
            self.contacts or other.contacts,
            self.house or other.house,
            self.trash or other.trash,
        )


def of(release_id: int, *, listing: bool = True, trash: bool = False) -> Changes:
    """One release changed."""
    return Changes(frozenset({release_id}), listing=listing, trash=trash)
