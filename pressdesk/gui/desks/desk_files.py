"""The files desks are in: how they are named, and asking for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pressdesk.base.i18n import _
from pressdesk.gui.kit.asking_files import ask_file

SUFFIX = ".pressdesk"


def named(file: Path) -> Path:
    """The file with the suffix of desks."""
    return file if file.suffix == SUFFIX else file.with_name(file.name + SUFFIX)


def ask_desk(
    parent: QWidget | None,
    title: str,
    then: Callable[[Path], object],
    *,
    new: bool,
    folder: Path | None = None,
) -> None:
    """Ask for the file of a desk that is there, or for one to be made."""
    filters, mode = (_("PressDesk desks") + f" (*{SUFFIX})",), QFileDialog.FileMode.AnyFile
    ask_file(parent, title, then, mode=mode, saving=new, filters=filters, folder=folder)
