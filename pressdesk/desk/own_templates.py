"""The office's own templates: a folder beside the desk, used once the person agrees."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pressdesk.base.settings import Settings


def templates_beside(desk: Path) -> Path | None:
    """``NAME.templates`` beside ``NAME.pressdesk``, None when there is no such folder."""
    folder = desk.absolute().with_suffix(".templates")
    return folder if folder.is_dir() else None


def agreed_templates(desk: Path, settings: Settings) -> Path | None:
    """That folder if the person has agreed to it, else None."""
    folder = templates_beside(desk)
    return folder if folder and str(folder.resolve()) in settings.templates else None


def agree(folder: Path, settings: Settings) -> Settings:
    """The settings after the person agreed to use the templates in ``folder``."""
    place = str(folder.resolve())
    others = tuple(other for other in settings.templates if other != place)
    return replace(settings, templates=(*others, place))
