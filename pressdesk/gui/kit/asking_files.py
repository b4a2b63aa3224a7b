"""Asking for a file or a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(
    parent: QWidget | None,
    title: str,
    then: Callable[[Path], object],
    *,
    mode: QFileDialog.FileMode = QFileDialog.FileMode.ExistingFile,
    saving: bool = False,
    filters: Sequence[str] = (),
    folder: Path | None = None,
) -> None:
    """Ask over a window; ``then`` is called with what was chosen, and only if something was.

    saving  for a file that is to be made; whether it is there is a matter of who makes it
    folder  where the asking begins
    """
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(mode)
    if saving:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    if filters:
        dialog.setNameFilters(filters)
    if folder is not None:
        dialog.setDirectory(str(folder))
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
