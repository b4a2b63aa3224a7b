"""Choices survive a restart; a damaged file costs the choices, never the file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.base import settings
from pressdesk.base.errors import WriteFailed
from pressdesk.base.settings import Settings


def test_nothing_chosen_gives_the_defaults() -> None:
    assert settings.load() == Settings()


def test_what_is_saved_is_loaded() -> None:
    chosen = Settings(last_desk='/a/Пресса "1".pressdesk', language="ru", theme="dark")
    settings.save(chosen)
    assert settings.load() == chosen


texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts, st.lists(texts).map(tuple))
def test_any_text_is_valid_toml(path: str, folders: tuple[str, ...]) -> None:
    chosen = Settings(last_desk=path, templates=folders)
    raw = tomllib.loads(settings._toml(chosen))
    assert raw.get("last_desk", "") == path
    assert tuple(raw.get("templates", ())) == folders


def test_a_path_the_system_could_not_decode_is_left_out() -> None:
    settings.save(Settings(last_desk="bad\udcff", recent=("bad\udcff", "good"), theme="dark"))
    assert settings.load() == Settings(recent=("good",), theme="dark")


@pytest.mark.parametrize(
    "damage",
    [
        *(b"last_desk = ", b"\xff\xfe\x00", b"theme = 7\n", b'theme = "pink"\n'),
        b"recent = " + b"[" * 5000,
    ],
)
def test_a_damaged_file_gives_defaults_and_is_kept_aside(damage: bytes) -> None:
    file = settings.config_folder() / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    assert settings.load() == Settings()
    assert not file.exists()
    assert (file.parent / "settings.damaged.toml").read_bytes() == damage


def test_a_member_of_a_later_version_is_passed_over() -> None:
    file = settings.config_folder() / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('theme = "dark"\nfuture = [1, 2]\n')
    assert settings.load() == Settings(theme="dark")


def test_the_folder_that_cannot_be_made_is_said() -> None:
    settings.config_folder().parent.mkdir(parents=True)
    settings.config_folder().write_bytes(b"a file where the folder should be")
    with pytest.raises(WriteFailed):
        settings.save(Settings(theme="dark"))


def test_desks_are_remembered_newest_first_and_once() -> None:
    chosen = Settings().opened(Path("/a")).opened(Path("/b")).opened(Path("/a"))
    assert chosen.last_desk == "/a"
    assert chosen.recent == ("/a", "/b")


def test_two_parts_of_the_window_put_back_nothing_the_other_stored() -> None:
    from concurrent.futures import ThreadPoolExecutor
    from dataclasses import replace

    def visit(number: int) -> None:
        settings.change(lambda now: replace(now, recent=(*now.recent, str(number))))

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(visit, range(40)))
    assert sorted(map(int, settings.load().recent)) == list(range(40))
