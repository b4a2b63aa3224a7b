"""Which releases have changes that were asked for and are not answered, and who waits for them."""

from __future__ import annotations

from collections.abc import Callable, Collection

Of = frozenset[int] | None
"""The releases that a change touches; None for any."""


class PendingWrites:
    """Lets a reading of a release begin behind its changes, and behind no other's.

    For the GUI thread only.
    """

    def __init__(self) -> None:
        self._changes: list[Of] = []
        self._waiting: dict[str, tuple[int, Callable[[], object]]] = {}

    def begin(self, of: Collection[int] | None) -> Callable[[], None]:
        """A change was asked for; call what is returned, once, whatever became of it."""
        touched: Of = None if of is None else frozenset(of)
        self._changes.append(touched)

        def answered() -> None:
            self._changes.remove(touched)
            for key, (release_id, then) in list(self._waiting.items()):
                if not self._touched(release_id):
                    del self._waiting[key]
                    then()

        return answered

    def behind(self, release_id: int, key: str, then: Callable[[], object]) -> None:
        """Call ``then`` once no change of this release is awaited, at once if none is.

        A later one with the same key takes its place.
        """
        self._waiting.pop(key, None)
        if self._touched(release_id):
            self._waiting[key] = release_id, then
        else:
            then()

    def _touched(self, release_id: int) -> bool:
        return any(of is None or release_id in of for of in self._changes)
