"""The mirror by its doors: the command, the watch that goes on, and the window's background."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from mirror_samples import draft, mirrored, out, visible

from pressdesk.archive.copies.mirror import Pulled
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.server.postgres import create_office
from pressdesk.base import settings
from pressdesk.base.errors import DeskReadOnly
from pressdesk.cli import shell
from pressdesk.desk import mirroring
from pressdesk.press.release import Edition, Release


@pytest.fixture
def office(office_url: str) -> Iterator[Archive]:
    made = create_office(office_url)
    out(made, draft(made, "The river rises"))
    yield made
    made.close()


def test_the_command_makes_a_copy_nobody_writes_to(
    office: Archive, office_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.pressdesk"
    for said in ("1 added, 0 removed (rebuilt)", "0 added, 0 removed"):
        done = CliRunner().invoke(shell, ["offline-copy", office_url, str(file)])
        assert done.exit_code == 0, done.output
        assert done.output.strip() == said
    found = CliRunner().invoke(shell, ["--desk", str(file), "list"])
    assert "The river rises" in found.output
    with pytest.raises(DeskReadOnly):
        copy = open_desk(file)
        copy.releases.add(Release("news"), Edition("en"))
    wrong = CliRunner().invoke(shell, ["offline-copy", str(file), str(file)])
    assert wrong.exit_code == 2


def test_the_watch_follows_what_others_issue(
    office: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirroring, "SECONDS", 3600.0)  # it is called, or nothing comes
    file, ended = tmp_path / "copy.pressdesk", threading.Event()
    came: list[Pulled] = []

    def pulled(done: Pulled) -> None:
        came.append(done)
        if done.anew:
            out(office, draft(office, "Another"))
        ended.set() if len(mirrored(file)) == 2 else None

    mirroring.follow(office, file, pulled, lambda error: pytest.fail(str(error)), ended)
    assert mirrored(file) == visible(office)


def test_the_window_keeps_the_mirror_in_the_background(
    office: Archive, tmp_path: Path, qtbot
) -> None:
    from pressdesk.desk.opening import OpenDesk
    from pressdesk.desk.rendering import Renderer
    from pressdesk.gui.frame.session import Session
    from pressdesk.gui.office.mirroring import Mirroring

    file = tmp_path / "copy.pressdesk"
    settings.change(lambda now: replace(now, mirror=str(file)))
    session = Session(Renderer())
    flow = Mirroring(session)
    with qtbot.waitSignal(flow.pulled, timeout=20_000):
        session.enter(OpenDesk(office, office.houses.get(), ()))
    assert mirrored(file) == visible(office)
    with qtbot.waitSignal(flow.pulled, timeout=20_000):
        out(office, draft(office, "Another"))
        flow.pull()
    assert len(mirrored(file)) == 2
    flow.end()
    session.leave()


def test_the_window_says_how_far_the_mirror_is_and_once_that_it_fails(
    office: Archive, tmp_path: Path, qtbot
) -> None:
    from pressdesk.desk.opening import OpenDesk
    from pressdesk.desk.rendering import Renderer
    from pressdesk.gui.frame.session import Session
    from pressdesk.gui.office.mirroring import Mirroring

    file = tmp_path / "copy.pressdesk"
    settings.change(lambda now: replace(now, mirror=str(file), mirror_of=str(office.place.url)))
    session = Session(Renderer())
    flow = Mirroring(session)
    said: list[str] = []
    told: list[str] = []
    flow.said.connect(said.append)
    flow.notice.connect(lambda notice: told.append(notice.what))
    flow.over.connect(lambda _key: told.append("over"))
    with qtbot.waitSignal(flow.pulled, timeout=20_000):
        session.enter(OpenDesk(office, office.houses.get(), ()))
    assert said[0] == "" and said[-1].endswith("1 release") and "Offline copy from" in said[-1]
    del told[:]
    whole = file.read_bytes()
    file.write_bytes(b"Dear colleagues" * 50)
    for _attempt in range(2):
        with qtbot.waitSignal(flow.failed, timeout=20_000):
            flow.pull()
    assert told == ["The offline copy of this desk is out of date."]
    file.write_bytes(whole)
    with qtbot.waitSignal(flow.pulled, timeout=20_000):
        flow.pull()
    assert told[-1] == "over"
    settings.change(lambda now: replace(now, mirror_of="postgresql://other@server/press"))
    with qtbot.assertNotEmitted(flow.pulled, wait=1500):
        flow.renew()
    assert said[-1] == ""
    flow.end()
    session.leave()


def test_nobody_who_wants_no_mirror_gets_one(office: Archive, tmp_path: Path, qtbot) -> None:
    from pressdesk.desk.opening import OpenDesk
    from pressdesk.desk.rendering import Renderer
    from pressdesk.gui.frame.session import Session
    from pressdesk.gui.office.mirroring import Mirroring

    assert not settings.load().mirror
    session = Session(Renderer())
    flow = Mirroring(session)
    failed: list[object] = []
    flow.failed.connect(failed.append)
    session.enter(OpenDesk(office, office.houses.get(), ()))
    with qtbot.assertNotEmitted(flow.pulled, wait=1500):
        flow.pull()
    assert not failed
    file = tmp_path / "copy.pressdesk"  # what was asked in vain keeps nobody from asking again
    settings.change(lambda now: replace(now, mirror=str(file)))
    with qtbot.waitSignal(flow.pulled, timeout=20_000):
        flow.renew()
    assert mirrored(file) == visible(office)
    flow.end()
    session.leave()
