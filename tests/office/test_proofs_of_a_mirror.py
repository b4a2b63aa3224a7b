"""What follows a desk on a server, and who only reads there, has the proofs of what they see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from hashlib import sha512
from pathlib import Path

import pytest
from mirror_samples import HOUR, draft, foreign, now, out
from office_samples import past_item
from sqlalchemy import select

from pressdesk.archive.checking import check
from pressdesk.archive.copies import feed, mirror
from pressdesk.archive.copies.mirror import Pulled
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.rows import register
from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.archive.store.tables import deed, meta, node
from pressdesk.base.errors import DeskForeign, DeskReadOnly
from pressdesk.desk import exporting
from pressdesk.press.compose import compose
from pressdesk.press.filed import Filed
from pressdesk.press.register import deeds
from pressdesk.press.register.checkpoint import Signature
from pressdesk.press.release import Edition


@pytest.fixture
def office(office_url: str) -> Iterator[Archive]:
    made = create_office(office_url, roles=True)
    yield made
    made.close()


@pytest.fixture(params=["owner", "reader"])
def source(request: pytest.FixtureRequest, office: Archive, cluster) -> Iterator[Archive]:
    """Through whom the mirror follows the desk."""
    if request.param == "owner":
        yield office
        return
    name = office.place.name
    cluster.run(f'CREATE ROLE {name}_m LOGIN IN ROLE "{name}_reader"')
    with closing(open_office(cluster.url(name, f"{name}_m"), read_only=True)) as reader:
        yield reader


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mirror.pressdesk"


def pull(source: Archive, file: Path) -> Pulled:
    return mirror.pull(feed.of(source), file)


def exported(archive: Archive, filed: Filed) -> bytes:
    found = archive.releases.find(filed.release.id, number=filed.edition.number)
    parcel = exporting.ready(archive, found, now=now())
    return exporting.in_process()("html", parcel).data


def same_files(office: Archive, other: Archive, *several: Filed) -> None:
    for one in several:
        mine = exported(office, one)
        assert b"pressdesk-proof-1" in mine
        assert exported(other, one) == mine


def leaves(archive: Archive) -> tuple[int, int]:
    """How many deeds and how many leaves of the register are to be seen there."""
    with archive._store.read() as connection:
        rows = connection.execute(deed.select()).all()
        nodes = connection.execute(node.select()).all()
    out = [row for row in rows if row.book == "out"]
    assert {(row.deed, row.size) for row in rows if row not in out} <= {("signed", 0)}
    assert {row.book for row in nodes} <= {"out"}
    return len(out), sum(1 for row in nodes if row.level == 0)


def test_the_proofs_follow_what_comes(office: Archive, source: Archive, file: Path) -> None:
    first = out(office, draft(office, "First"))
    pull(source, file)
    with closing(open_desk(file, read_only=True)) as copy:
        same_files(office, copy, first)
    second = out(office, draft(office, "Second"))
    out(office, draft(office, "Waits", embargo=now() + HOUR))
    for _time in range(2):
        pull(source, file)
    with closing(open_desk(file, read_only=True)) as copy:
        same_files(office, copy, first, second)
        seal = office.register.proof(second.edition.id)
        assert seal is not None and leaves(copy) == (2, seal.checkpoint.size)
        report = check(copy)
        assert report.sound and report.looked_at["register"] == 2
    assert pull(source, file) == Pulled()


def test_what_is_taken_back_takes_its_seal_along(
    office: Archive, source: Archive, file: Path
) -> None:
    stays = out(office, draft(office, "Stays"))
    past = Edition("en", title="Past", date=now().date())
    batch = office.imports.add("a.txt", b"as it came", [past_item(office, past)], at=now())
    pull(source, file)
    office.imports.undo(batch.id)
    assert pull(source, file).dropped == 1
    with closing(open_desk(file, read_only=True)) as copy:
        assert leaves(copy)[0] == 1 and check(copy).sound
        same_files(office, copy, stays)
    out(office, draft(office, "Later"))
    assert pull(source, file).taken == 1


def signed(body: str) -> Signature:
    """As with a key."""
    return Signature("press.river.example", b"1234", sha512(body.encode()).digest())


def test_signatures_follow_without_the_deeds_that_hold_them(
    office: Archive, office_url: str, source: Archive, file: Path
) -> None:
    made = partial(compose, now=now())

    def out_signed(filed: Filed) -> Filed:
        return office.releases.issue(filed.release, filed.edition, made, at=now(), sign=signed)

    first = out_signed(draft(office, "First"))
    waits = out_signed(draft(office, "Waits", embargo=now() + HOUR))
    assert b"press.river.example" in exported(office, first)
    pull(source, file)
    for copy in (open_desk(file, read_only=True), open_office(office_url, reading=True)):
        with closing(copy):
            same_files(office, copy, first)
            assert leaves(copy)[0] == 1
            with copy._store.read() as connection:
                keys = connection.execute(select(meta.c.key)).scalars().all()
                rows = connection.execute(deed.select()).all()
            assert waits.edition.uid not in str((keys, rows))
            kept = [key for key in keys if key.startswith("signed:")]
            told = [row for row in rows if row.book == "desk"]
            assert len(kept) + len(told) == 1
            for row in told:
                record = deeds.read(row.data)
                assert (record.number, record.salt) == (row.number, "")
                (seal,) = (one.number for one in rows if one.book == "out")
                assert row.number == seal


def rewritten(office: Archive, url: str) -> None:
    """The register made anew with the program's own code, no shorter than it was."""
    foreign(url, "DELETE FROM deed", "DELETE FROM node")
    with office._store.write() as connection:
        register.catch_up(connection, now(), office.place)
    for number in range(20):
        out(office, draft(office, f"After {number}"))


def test_a_desk_that_was_written_anew_is_told(
    office: Archive, office_url: str, source: Archive, file: Path
) -> None:
    out(office, draft(office, "First"))
    pull(source, file)
    rewritten(office, office_url)
    before = file.read_bytes()
    for _time in range(2):
        with pytest.raises(DeskForeign, match="contradicts its offline copy"):
            pull(source, file)
    assert file.read_bytes() == before
    assert pull(source, file.with_name("other.pressdesk")).anew


def test_a_server_that_was_put_back_is_told(
    office: Archive, office_url: str, source: Archive, file: Path
) -> None:
    """Its tables are others, and the register ends before what the copy has of it."""
    for title in ("First", "Second"):
        last = out(office, draft(office, title))
    pull(source, file)
    seal = office.register.proof(last.edition.id)
    assert seal is not None
    number = seal.record.number
    foreign(
        office_url,
        f"DELETE FROM edition WHERE id = {last.edition.id}",
        f"DELETE FROM deed WHERE number >= {number}",
        f"DELETE FROM node WHERE (place + 1) << level > {number}",
    )
    with mirror._opened(file) as store, store.write() as connection:
        mirror._note(connection, {mirror.SOURCE: f"{office.uid}/another/line/of/time"})
    before = file.read_bytes()
    with pytest.raises(DeskForeign, match="contradicts"):
        pull(source, file)
    assert file.read_bytes() == before


def test_a_reader_exports_the_files_of_the_desk_and_sees_no_more(
    office: Archive, office_url: str, cluster
) -> None:
    first = out(office, draft(office, "First"))
    second = out(office, draft(office, "Second"))
    out(office, draft(office, "Waits", embargo=now() + HOUR))
    draft(office, "Draft")
    seal = office.register.proof(second.edition.id)
    assert seal is not None
    name = office.place.name
    cluster.run(f'CREATE ROLE {name}_r LOGIN IN ROLE "{name}_reader"')
    for reader in (
        open_office(cluster.url(name, f"{name}_r"), read_only=True),
        open_office(office_url, reading=True),
    ):
        with closing(reader):
            same_files(office, reader, first, second)
            assert leaves(reader) == (2, seal.checkpoint.size)
            for ask in (reader.register.heads, reader.register.checkpoints):
                with pytest.raises(DeskReadOnly):
                    ask()
            with reader._store.read() as connection:
                rows = connection.execute(deed.select()).all()
            assert {(row.login, row.private) for row in rows} == {("", None)}
