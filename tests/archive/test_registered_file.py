"""A register that was altered gives no proof, and a reader is given that of what is out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from archive_samples import NOW, unguarded

from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.rows import register
from pressdesk.base.errors import DeskForeign, DeskReadOnly
from pressdesk.press.embargo import embargo
from pressdesk.press.filed import Filed
from pressdesk.press.release import Edition, Release

Add = Callable[..., Filed]


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE deed SET data = x'7b7d' WHERE number = 0",
        "UPDATE deed SET data = 'text' WHERE number = 0",
        "DELETE FROM node",
        "UPDATE node SET hash = zeroblob(32)",
        "UPDATE issued SET house = x'7b7d'",
    ],
)
def test_a_register_that_says_otherwise_gives_no_proof(
    desk: Archive, add: Add, issue: Add, order: str
) -> None:
    one = issue(add("Out"))
    issue(add("Also"))
    unguarded(desk.path, order)
    with closing(open_desk(desk.path, read_only=True)) as again, pytest.raises(DeskForeign):
        again.register.proof(one.edition.id)


def test_a_reader_gets_the_proof_of_what_is_out_only(desk: Archive, issue: Add) -> None:
    lift = embargo((NOW + timedelta(days=4000)).replace(tzinfo=None), "Europe/Vienna")
    waits = issue(desk.releases.add(Release("news", embargo=lift), Edition("en", title="Waits")))
    out = issue(desk.releases.add(Release("news"), Edition("en", title="Out")))
    path: Path = desk.path
    with closing(open_desk(path, reading=True)) as reader:
        assert reader.register.proof(waits.edition.id) is None
        found = reader.register.proof(out.edition.id)
        assert found is not None and found.holds
        with pytest.raises(DeskReadOnly):
            reader.register.heads()
        with pytest.raises(DeskReadOnly):
            reader.register.testimony(found.checkpoint, found.record)


@pytest.mark.parametrize(
    "order",
    [
        "DELETE FROM node WHERE book = 'out'",
        "UPDATE node SET hash = 'no bytes' WHERE book = 'out'",
        "UPDATE deed SET number = 'none' WHERE book = 'out' AND number = 0",
    ],
)
def test_nothing_is_issued_where_the_register_cannot_go_on(
    desk: Archive,
    add: Add,
    issue: Add,
    monkeypatch: pytest.MonkeyPatch,
    order: str,
) -> None:
    monkeypatch.setattr(register, "BLANKS", 0)
    issue(add("Out"))
    later = add("Later")
    unguarded(desk.path, order)
    with pytest.raises(DeskForeign, match="register"):
        issue(later)
    assert not desk.releases.find(later.release.id).edition.state.out
