"""Templates of an office are used only after somebody agreed to that very folder."""

from __future__ import annotations

from pathlib import Path

from pressdesk.base.settings import Settings
from pressdesk.desk.own_templates import (
    MOST_BYTES,
    agree,
    agreed_templates,
    templates_beside,
)


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


def test_what_is_changed_in_the_folder_is_agreed_to_anew(tmp_path: Path) -> None:
    desk = tmp_path / "press.pressdesk"
    folder = tmp_path / "press.templates"
    (folder / "html").mkdir(parents=True)
    page = folder / "html" / "news.html"
    page.write_text("<p>ours</p>")
    settings = agree(folder, Settings())
    assert agreed_templates(desk, settings) == folder
    for change in (
        lambda: page.write_text("<p>theirs</p>"),
        lambda: (folder / "html" / "base.html").write_text(""),
        lambda: page.rename(folder / "html" / "speech.html"),
    ):
        change()
        assert agreed_templates(desk, settings) is None
        settings = agree(folder, settings)
        assert agreed_templates(desk, settings) == folder and len(settings.templates) == 1
    by_path = Settings(templates=(str(folder.resolve()),))  # as agreed to in earlier versions
    assert agreed_templates(desk, by_path) is None


def test_a_folder_that_holds_more_than_templates_is_not_agreed_to(tmp_path: Path) -> None:
    folder = tmp_path / "press.templates"
    folder.mkdir()
    with (folder / "large").open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    settings = agree(folder, Settings())
    assert settings.templates == ()
    assert agreed_templates(tmp_path / "press.pressdesk", settings) is None
