"""The shell works on a desk on a server, and its password is found nowhere afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from office_samples import NOW

from pressdesk.archive.server.postgres import create_office
from pressdesk.base import passwords, settings
from pressdesk.base.address import split
from pressdesk.base.errors import DeskPassword, DeskUnavailable, WriteFailed
from pressdesk.cli import shell
from pressdesk.desk import opening


@pytest.fixture(autouse=True)
def _no_passwords(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(passwords, "_said", {})
    monkeypatch.setattr(passwords, "_kept", lambda _server: None)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))


def run(*words: str) -> str:
    done = CliRunner().invoke(shell, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_desk_is_made_and_worked_on(office_url: str, tmp_path: Path) -> None:
    typed = office_url.replace("postgresql://", "postgresql+psycopg://")
    said = run("office", "init", typed)
    assert office_url in said and "_reader" in said
    dump = tmp_path / "dump.txt"
    dump.write_text("RIVER LEVEL FALLS\n\n25 July 2024\n\nThe river fell.\n", "utf-8")
    run("--desk", typed, "import", str(dump), "--yes")
    assert "RIVER LEVEL FALLS".lower() in run("--desk", typed, "list").lower()


def test_init_does_not_make_a_file_named_like_a_server(office_url: str) -> None:
    done = CliRunner().invoke(shell, ["--desk", office_url, "init"])
    assert done.exit_code == 2 and "office init" in done.output


@pytest.fixture
def locked(cluster, office_url: str) -> str:
    """A desk whose owner needs the password geheim-77."""
    url = cluster.lock(office_url)
    create_office(url, password="geheim-77").close()
    return url


def test_the_password_is_remembered_nowhere(locked: str, tmp_path: Path) -> None:
    typed = locked.replace("keyed@", "keyed:geheim-77@")
    assert run("--desk", typed, "list") == run("--desk", typed, "list")
    server, password = split(typed)
    passwords.say(server, password)
    desk = opening.enter(server, now=NOW)
    settings.change(lambda now: now.opened(desk.archive.place))
    desk.archive.close()
    assert settings.load().last_desk == settings.load().recent[0] == locked
    assert "geheim" not in settings._file().read_text("utf-8")
    passwords.say(server, None)
    with pytest.raises(DeskPassword):
        opening.enter(server, now=NOW)


def test_the_keyring_is_asked(locked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {locked: "geheim-77"}
    monkeypatch.setattr(passwords, "_kept", lambda server: kept.get(str(server)))
    assert run("--desk", locked, "list") == ""
    monkeypatch.undo()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    server = split(locked)[0]
    assert passwords._kept(server) is None
    with pytest.raises(WriteFailed, match="keyring"):
        passwords.keep(server, "geheim-77")


def test_the_terminal_is_asked(locked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from pressdesk.cli import desks

    monkeypatch.setattr(desks, "on_terminal", lambda: True)
    monkeypatch.setattr(desks.click, "prompt", lambda *_words, **_rest: "geheim-77")
    with desks.opened(split(locked)[0]) as archive:
        assert archive.uid
    monkeypatch.setattr(desks, "on_terminal", lambda: False)
    passwords.say(split(locked)[0], None)
    with pytest.raises(DeskPassword), desks.opened(split(locked)[0]):
        pass


def test_a_server_that_does_not_answer_is_one_line() -> None:
    from pressdesk.cli import desks

    with (
        pytest.raises(DeskUnavailable, match="is not responding"),
        desks.opened(split("postgresql://u:secret@/d?host=/nowhere")[0]),
    ):
        pass
