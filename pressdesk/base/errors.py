"""All exceptions that PressDesk raises deliberately.

    PressDeskError            show it to the person; never a traceback
    ├── BadInput              something typed or given cannot be used as it is
    ├── UnknownFormat         no reader or writer of that name
    ├── ReadFailed            the file is not what its name promises
    ├── WriteFailed           a file could not be written; the old one is untouched
    ├── EmbargoStands         it may not leave yet
    ├── IssueRefused          an edition cannot be issued or recorded as it is
    ├── NotFound              no such release, edition, contact or trash entry
    ├── EditConflict          someone else saved first
    ├── Incomplete            a part of the program itself is missing or damaged
    ├── WorkerFailed          a child process was stopped or died
    └── DeskUnavailable       the desk file cannot be used
        ├── DeskForeign       it is another program's file, or damaged
        ├── DeskTooNew        made by a newer PressDesk
        ├── DeskLocked        another program is writing
        ├── DeskReadOnly      it can be read but not written
        ├── DeskPassword      its server wants a password, or another one
        ├── DeskUnreachable   its server does not answer now
        └── DeskFull          the disk is full

Anything else that escapes is a bug and goes to the crash dialog.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection


class PressDeskError(Exception):
    """A failure the person can understand and act on.

    ``what`` says what did not happen, in one sentence; ``hint`` says what to do next.
    Both are plain text, already translated. The cause, if any, travels as ``__cause__``.
    """

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(f"{what} {hint}".strip())
        self.what = what
        self.hint = hint


class BadInput(PressDeskError):
    """Input that cannot be used as it is."""


class UnknownFormat(PressDeskError):
    """No reader or writer is registered under this name."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(sorted(known))}."
        super().__init__(f"PressDesk has no format called “{name}”.", hint=hint)


class ReadFailed(PressDeskError):
    """The file is not what its name promises."""


class WriteFailed(PressDeskError):
    """A file could not be written; the previous file is unchanged."""


class EmbargoStands(PressDeskError):
    """The edition may not leave before its embargo."""


class IssueRefused(PressDeskError):
    """The edition cannot be issued or recorded as it is."""


class NotFound(PressDeskError):
    """There is no such release, edition, contact or trash entry."""


class EditConflict(PressDeskError):
    """Someone else saved this edition since it was opened."""


class Incomplete(PressDeskError):
    """A part of the program itself is missing or damaged."""


class WorkerFailed(PressDeskError):
    """A child process ran out of time or memory, or died."""


class DeskUnavailable(PressDeskError):
    """The desk file cannot be used."""


class DeskForeign(DeskUnavailable):
    """The file is not a PressDesk desk, or it is damaged."""


class DeskTooNew(DeskUnavailable):
    """The desk was made by a newer PressDesk."""


class DeskLocked(DeskUnavailable):
    """Another program is writing to the desk."""


class DeskReadOnly(DeskUnavailable):
    """The desk can be read but not written."""


class DeskPassword(DeskUnavailable):
    """The server of the desk wants a password, or another one."""


class DeskUnreachable(DeskUnavailable):
    """The server of the desk does not answer, or the line to it was cut."""


class DeskFull(DeskUnavailable):
    """There is no room left on the disk."""
