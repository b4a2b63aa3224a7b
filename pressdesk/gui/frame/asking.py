"""Shows dialogs that close when left, and ignores answers that arrive later."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeGuard, TypeVar

from PySide6.QtWidgets import QDialog
from shiboken6 import Shiboken

from pressdesk.base.errors import PressDeskError

P = ParamSpec("P")
D = TypeVar("D", bound=QDialog)


def show(dialog: QDialog) -> None:
    """Open a dialog over its window; once it is left, it is deleted."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def is_open(dialog: D | None) -> TypeGuard[D]:
    """True from ``show`` until the dialog is left, or goes with its window."""
    return dialog is not None and Shiboken.isValid(dialog) and dialog.isVisible()


def while_open(
    dialog: QDialog, then: Callable[P, object], otherwise: Callable[P, object] | None = None
) -> Callable[P, None]:
    """The same, done only while the dialog is open: for what a lane answers.

    What such an answer means for the flow itself is done in any case, and first.
    otherwise  what is done instead once the dialog is left, such as telling the window why
               something is not stored; by default the answer is dropped
    """

    def done(*given: P.args, **named: P.kwargs) -> None:
        if is_open(dialog):
            then(*given, **named)
        elif otherwise is not None:
            otherwise(*given, **named)

    return done


def refusal(
    dialog: QDialog, say: Callable[[str], object], otherwise: Callable[[PressDeskError], object]
) -> Callable[[PressDeskError], None]:
    """Tells why something is not stored: the dialog ``say``s it, the window once it is left."""

    def refused(error: PressDeskError) -> None:
        say(f"{error.what} {error.hint}".strip())

    return while_open(dialog, refused, otherwise)
