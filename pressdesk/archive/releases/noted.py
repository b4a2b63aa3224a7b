"""Deeds that change no text: that one left before its time."""

from __future__ import annotations

from datetime import UTC, datetime

from pressdesk.archive.rows import register
from pressdesk.archive.store import values
from pressdesk.archive.store.engine import DeskPart
from pressdesk.press.leaving import Leaving
from pressdesk.press.register.deeds import Deed, Record


class Deeds(DeskPart):
    """The deeds of one desk, as far as they are no part of another action."""

    def left(self, leaving: Leaving) -> None:
        """Enter that a text leaves before its time; who exports it has to wait for this.

        Of the text there is only the hash of its sheet; the reason is among what is private.
        raises  DeskReadOnly and its kind; then it must not leave
        cost    one transaction
        """
        sheet = leaving.sheet
        details = {"early": str(leaving.early), "way": str(leaving.way)}
        details |= {"format": leaving.format, "file": leaving.file}
        if sheet.embargo_until:
            details["until"] = sheet.embargo_until
        record = Record(
            0,
            Deed.EXPORTED,
            "",
            edition=leaving.edition,
            language=sheet.language,
            reference=sheet.reference,
            sheet=values.digest(values.full(sheet)),
            details=tuple(sorted(details.items())),
        )
        with self._store.write() as connection:
            # Inside, where nobody else writes: by any earlier moment the clock would seem set back.
            now = datetime.now(UTC)
            entry = register.Entry(Deed.EXPORTED, now, record, leaving.said)
            register.enter(connection, (entry,))
