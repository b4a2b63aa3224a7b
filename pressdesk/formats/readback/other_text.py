"""The first place where a file says something else than its sheet, and the sentence for it."""

from __future__ import annotations

from msgspec import Struct

from pressdesk.base.i18n import _
from pressdesk.formats.readback.passages import Part


class OtherText(Struct, frozen=True):
    """The first place where a file says something else."""

    part: Part | None
    """None around the text of a page."""
    block: int = 0
    """Which block of the text, from 1; 0 elsewhere."""
    sealed: str = ""
    """What the sheet says there, "" where the file only adds something."""
    found: str = ""
    """What the file says there, "" where something is only missing."""

    def said(self) -> str:
        """A plain sentence: the place, and both texts."""
        place = _place(self.part, self.block)
        if not self.sealed:
            return _("{place}: “{found}” was added.").format(place=place, found=self.found)
        if not self.found:
            return _("{place}: “{text}” is missing.").format(place=place, text=self.sealed)
        what = _("{place}: the text is “{text}”, the file says “{found}”.")
        return what.format(place=place, text=self.sealed, found=self.found)


def _place(part: Part | None, block: int) -> str:
    names: dict[Part | None, str] = {
        None: _("Head or foot of a page"),
        "warning": _("Warning"),
        "embargo": _("Embargo"),
        "letterhead": _("Letterhead"),
        "release line": _("Release line"),
        "title": _("Headline"),
        "subtitle": _("Subtitle"),
        "speaker": _("Speaker"),
        "credit": _("Credit of the interview"),
        "rows": _("Who, what, when, where"),
        "dateline": _("Dateline"),
        "text": _("Text, block {n}").format(n=block),
        "end mark": _("End mark"),
        "notes": _("Notes to editors"),
        "boilerplate": _("Boilerplate"),
        "contacts": _("Press contact"),
        "links": _("List of links"),
        "foot": _("Foot"),
    }
    return names[part]
