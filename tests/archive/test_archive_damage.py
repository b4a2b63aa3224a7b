"""Flipped bytes and lost ends: a damaged desk is named so, and no damage is a crash."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from archive_samples import NOW
from sqlalchemy import select

from pressdesk.archive.checking import check
from pressdesk.archive.copies import mirror
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.store.tables import blob
from pressdesk.base.errors import DeskForeign, PressDeskError, WriteFailed
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.listing import Query
from tests.torture.file_feed import FileFeed


@pytest.fixture
def sound(desk, add, issue) -> bytes:
    """The bytes of a desk with drafts, kept text and issued editions."""
    for number in range(9):
        filed = add(f"Title {number}", body=Document((paragraph("water " * 200),)))
        if number % 3 == 0:
            issue(filed)
        elif number % 3 == 1:
            desk.releases.keep(filed.release, filed.edition)
    desk.close()
    return desk.path.read_bytes()


def _everything(desk: Archive) -> list[Callable[[], object]]:
    found = desk.releases
    return [
        lambda: found.page(Query(), now=NOW),
        lambda: found.counts(Query(), now=NOW),
        lambda: found.list_editions(Query(), now=NOW),
        lambda: [found.issued(number) for number in range(1, 10)],
        lambda: [found.revision(number) for number in range(1, 10)],
        lambda: [found.save(*found.find(number).current()) for number in (3, 6, 9)],
        lambda: [found.keep(*found.find(number).current()) for number in (2, 5, 8)],
        found.topics,
        desk.trash.all,
        desk.houses.get,
        lambda: check(desk),
    ]


def _spoil(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 4, 16, 64))):
        spoilt[chance.randrange(100, len(spoilt))] = chance.randrange(256)
    return bytes(spoilt[: chance.randrange(len(spoilt)) if chance.random() < 0.1 else None])


@pytest.mark.parametrize("seed", range(4))
def test_no_damage_is_a_crash(sound: bytes, tmp_path: Path, seed: int) -> None:
    chance, refused = random.Random(seed), 0
    path = tmp_path / "spoilt.pressdesk"
    for _ in range(12):
        path.write_bytes(_spoil(sound, chance))
        try:
            desk = open_desk(path)
        except PressDeskError:
            refused += 1
            continue
        for work in _everything(desk):
            with suppress(PressDeskError):
                work()
        desk.close()
    assert refused < 12, "some damage must get past the gate for this test to say anything"


def test_a_row_that_only_an_index_knows_is_damage(desk: Archive) -> None:
    with pytest.raises(DeskForeign), desk._store.read() as connection:
        connection.execute(select(blob.c.data)).scalar_one()


def test_a_mirror_whose_disk_is_full_at_the_end_says_so(
    desk: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def full(path: Path, missing_ok: bool = False) -> None:
        if path.name == "mirror.pressdesk-wal":
            raise OSError(errno.ENOSPC, "No space left on device")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", full)
    with pytest.raises(WriteFailed):
        mirror.pull(FileFeed(desk._store), tmp_path / "mirror.pressdesk")
