"""The office's own templates: a folder beside the desk, used once the person agrees."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from pressdesk.base.settings import Settings

MOST_FILES, MOST_BYTES = 200, 8 * 2**20
"""What a folder of templates may hold at most; in one that holds more nothing is agreed to."""


def templates_beside(desk: Path) -> Path | None:
    """``NAME.templates`` beside ``NAME.pressdesk``, None when there is no such folder."""
    folder = desk.absolute().with_suffix(".templates")
    return folder if folder.is_dir() else None


def agreed_templates(desk: Path, settings: Settings) -> Path | None:
    """That folder if the person has agreed to it as it is now, else None."""
    folder = templates_beside(desk)
    return folder if folder and _agreement(folder) in settings.templates else None


def agree(folder: Path, settings: Settings) -> Settings:
    """The settings after the person agreed to use the templates in ``folder`` as they are now.

    Whoever changes a file of it, or puts another folder there, has to be agreed to again.
    """
    agreement = _agreement(folder)
    place = _place(folder)
    others = tuple(other for other in settings.templates if not other.endswith(place))
    return replace(settings, templates=(*others, agreement) if agreement else others)


def _agreement(folder: Path) -> str:
    """What stands in the settings for it: the hash of all it holds, and where it is.

    "" for a folder that holds more than templates, or cannot be read.
    cost  some milliseconds for a dozen templates
    """
    held = hashlib.sha256()
    try:
        found = sorted(_files(folder))
        if len(found) > MOST_FILES or sum(one.stat().st_size for one in found) > MOST_BYTES:
            return ""
        for one in found:
            name = os.fsencode(one.relative_to(folder).as_posix())
            held.update(hashlib.sha256(name).digest() + hashlib.sha256(one.read_bytes()).digest())
    except OSError:
        return ""
    return held.hexdigest() + _place(folder)


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for parent, _folders, names in os.walk(folder):  # links to other folders are not followed
        found += [Path(parent, name) for name in names if Path(parent, name).is_file()]
        if len(found) > MOST_FILES:
            break
    return found


def _place(folder: Path) -> str:
    return f" {folder.resolve()}"
