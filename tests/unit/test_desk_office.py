"""Templates of an office are used only after somebody agreed to that very folder."""

from __future__ import annotations

from pathlib import Path

from pressdesk.base.settings import Settings
from pressdesk.desk.own_templates import agree, agreed_templates, templates_beside


def test_a_folder_beside_the_desk_wants_agreement(tmp_path: Path) -> None:
    desk = tmp_path / "Press.pressdesk"
    assert templates_beside(desk) is None
    folder = tmp_path / "Press.templates"
    folder.mkdir()
    assert templates_beside(desk) == folder
    assert agreed_templates(desk, Settings()) is None
    settings = agree(folder, agree(folder, Settings()))
    assert agreed_templates(desk, settings) == folder
    assert len(settings.templates) == 1


def test_another_folder_put_in_its_place_wants_agreement_again(tmp_path: Path) -> None:
    desk, folder, other = (tmp_path / name for name in ("a.pressdesk", "a.templates", "other"))
    folder.mkdir()
    other.mkdir()
    settings = agree(folder, Settings())
    folder.rmdir()
    folder.symlink_to(other)
    assert agreed_templates(desk, settings) is None
