"""A mirror holds what the office issued, follows it, and holds nothing that is not out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import psycopg
import pytest
from mirror_samples import HOUR, draft, foreign, found, mirrored, now, out, said, visible
from msgspec.structs import replace
from office_samples import past_item

from pressdesk.archive.checking import check
from pressdesk.archive.copies import feed, mirror
from pressdesk.archive.copies import mirrored as mirrored_rows
from pressdesk.archive.copies.letting_out import VisibleRelease
from pressdesk.archive.copies.mirror import Pulled
from pressdesk.archive.copies.moving import move
from pressdesk.archive.file import desk_file
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.server.postgres import create_office, open_office
from pressdesk.archive.store import values
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.base.address import split
from pressdesk.base.errors import DeskUnavailable
from pressdesk.press.release import Edition
from pressdesk.press.translated import Translated

CANARY = "Zwergkanarie4711"


@pytest.fixture
def office(office_url: str) -> Iterator[Archive]:
    made = create_office(office_url)
    yield made
    made.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mirror.pressdesk"


def pull(office: Archive, file: Path, *, check: bool = False) -> Pulled:
    return mirror.pull(feed.of(office), file, check=check)


def bytes_beside(file: Path) -> bytes:
    return b"".join(one.read_bytes() for one in file.parent.iterdir())


def count(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as bare:
        return int(bare.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def note(file: Path, key: str, value: str) -> None:
    with closing(sqlite3.connect(file)) as bare, bare:
        bare.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))


def test_what_was_issued_comes_and_is_found(office: Archive, file: Path) -> None:
    logo = office.blobs.put(b"a picture", "image/png")
    office.blobs.put(b"another picture", "image/png")
    first = out(office, draft(office, "The river rises", text="Gauges at the weir", figure=logo))
    draft(office, CANARY, text=CANARY)
    house = office.houses.get()
    told = replace(house, organisation=Translated.of(en="Commission"))
    office.houses.save(replace(told, boilerplate=Translated.of(en=CANARY)))
    assert pull(office, file) == Pulled(taken=1, anew=True)
    assert CANARY.encode() not in bytes_beside(file)
    assert pull(office, file) == Pulled()
    assert mirrored(file) == visible(office)
    assert list(mirrored(file)) == [first.release.id]
    assert found(file, "gauge") == [first.release.id]
    copy = open_desk(file, read_only=True)
    assert copy.houses.get().organisation.into("en") == "Commission"
    assert copy.blobs.many([logo]) == {logo: b"a picture"}
    assert copy.releases.issued(first.edition.id) == office.releases.issued(first.edition.id)
    assert check(copy).sound
    copy.close()
    assert count(file, "blob") == 1


def test_no_draft_and_nothing_under_embargo_is_in_the_bytes(office: Archive, file: Path) -> None:
    free = out(office, draft(office, "Free"))
    text = office.releases.next_edition(free.release.id, "en")
    office.releases.keep(text.release, replace(text.edition, title=CANARY))
    out(office, draft(office, CANARY, text=CANARY, embargo=now() + HOUR))
    pull(office, file)
    assert list(mirrored(file)) == [free.release.id]
    assert CANARY.encode() not in bytes_beside(file)
    assert CANARY.lower().encode() not in bytes_beside(file)


def test_what_a_next_edition_changes_of_the_release_waits_until_it_is_out(
    office: Archive, file: Path
) -> None:
    """Topics and people belong to all editions; those of the draft are nobody's business."""
    free = draft(office, "Free")
    words = {"topics": ("rivers",), "places": ("Linz",), "people": ("Maria Hofer",)}
    given = replace(free.release, occasion="A press conference", slug="rivers", **words)
    free = out(office, filed := office.releases.save(given, free.edition))
    assert filed.release.topics == ("rivers",)
    pull(office, file)
    later = office.releases.next_edition(free.release.id, "en")
    secret = dict.fromkeys(words, (CANARY,))
    given = replace(later.release, occasion=CANARY, slug=CANARY, **secret)
    later = office.releases.save(given, later.edition)
    for way in (file, file.with_name("made-anew.pressdesk")):
        pull(office, way)
        assert mirrored(way) == visible(office)
        assert found(way, "topic:rivers") == [free.release.id]
        assert found(way, f"topic:{CANARY}") == []
        copy = open_desk(way, read_only=True)
        seen = copy.releases.find(1).release
        assert (seen.topics, seen.people, seen.slug) == (("rivers",), ("Maria Hofer",), "rivers")
        copy.close()
    assert CANARY.encode() not in bytes_beside(file)
    assert CANARY.lower().encode() not in bytes_beside(file)
    out(office, later)
    assert pull(office, file) == Pulled(taken=1)
    assert found(file, f"topic:{CANARY}") == [free.release.id]
    assert mirrored(file) == visible(office)


def test_the_next_edition_follows_the_first(office: Archive, file: Path) -> None:
    free = out(office, draft(office, "Free"))
    pull(office, file)
    later = office.releases.next_edition(free.release.id, "en")
    assert pull(office, file) == Pulled()
    out(office, later)
    assert pull(office, file) == Pulled(taken=1)
    assert mirrored(file) == visible(office)
    assert len(mirrored(file)[free.release.id][1]) == 2


def test_an_embargo_that_ends_reaches_the_mirror(
    office: Archive, office_url: str, file: Path
) -> None:
    filed = out(office, draft(office, "Under embargo", embargo=now() + HOUR))
    pull(office, file)
    assert mirrored(file) == {}
    # Instead of waiting an hour: all that is stored of this hour is moved to before the last
    # look, without a word in the feed.
    _let_pass(office_url, file, filed.edition.id)
    assert pull(office, file) == Pulled(taken=1)
    assert mirrored(file) == visible(office)
    assert found(file, "embargo") == [filed.release.id]
    assert pull(office, file) == Pulled()


def _let_pass(url: str, file: Path, edition_id: int) -> None:
    """Two hours pass for the mirror and the release: the embargo ended an hour ago."""
    sheet = f"SELECT sheet FROM issued WHERE edition_id = {edition_id}"
    with psycopg.connect(url) as bare:
        (data,) = bare.execute(sheet).fetchone() or (b"",)
        (house,) = bare.execute(sheet.replace("sheet FROM", "house FROM")).fetchone() or (b"",)
    past = now() - HOUR
    told = msgspec.json.decode(data)
    data = msgspec.json.encode(told | {"embargo_until": past.isoformat()})
    foreign(
        url,
        f"UPDATE edition SET embargo_at = '{past.isoformat()}' WHERE id = {edition_id}",
        f"UPDATE issued SET sheet = '\\x{data.hex()}', sha256 = '{values.sealed(data, house)}'"
        f" WHERE edition_id = {edition_id}",
    )
    note(file, mirror.SEEN, (now() - 2 * HOUR).isoformat())


def test_what_is_taken_back_leaves_the_mirror(office: Archive, file: Path) -> None:
    stays = out(office, draft(office, "Stays"))
    picture = office.blobs.put(b"withdrawn picture", "image/png")
    past = Edition("en", title=CANARY, body=said(CANARY, picture), date=date(2020, 1, 2))
    batch = office.imports.add("a.txt", b"as it came", [past_item(office, past)], at=now())
    pull(office, file)
    assert len(mirrored(file)) == 2
    assert office.imports.undo(batch.id) == 1
    assert pull(office, file) == Pulled(dropped=1)
    assert list(mirrored(file)) == [stays.release.id]
    assert mirrored(file) == visible(office)
    assert found(file, CANARY) == []
    assert count(file, "blob") == 0
    assert CANARY.encode() not in bytes_beside(file)


def test_a_reference_may_pass_to_another_release(office: Archive, file: Path) -> None:
    first = out(office, draft(office, "First"))
    second = out(office, draft(office, "Second"))
    pull(office, file)
    one, other = first.release.reference, second.release.reference
    with psycopg.connect(office.place.url) as bare:  # type: ignore[union-attr]
        bare.execute("SET session_replication_role = replica")
        for name, key in (("x", first.release.id), (one, second.release.id)):
            bare.execute("UPDATE release SET reference = %s WHERE id = %s", (name, key))
        bare.execute("UPDATE release SET reference = %s WHERE id = %s", (other, first.release.id))
        bare.execute("UPDATE change SET seq = nextval('change_seq') WHERE release_id = 2")
        bare.execute("UPDATE change SET seq = nextval('change_seq') WHERE release_id = 1")
    pull(office, file)
    assert mirrored(file) == visible(office)


def test_a_difference_the_feed_did_not_tell_is_repaired(
    office: Archive, office_url: str, file: Path
) -> None:
    first, second = (out(office, draft(office, name)) for name in ("First", "Second"))
    pull(office, file)
    foreign(office_url, f"UPDATE edition SET version = version + 1 WHERE id = {first.edition.id}")
    with mirror._opened(file) as store, store.write() as connection:
        gone = VisibleRelease(second.release.id, {})
        assert mirrored_rows.put(connection, (gone,)) == (0, 1)
    assert pull(office, file) == Pulled()
    assert mirrored(file) != visible(office)
    note(file, mirror.CHECKED, "2001-01-01")
    assert pull(office, file).repaired == 2
    assert mirrored(file) == visible(office)
    assert pull(office, file) == Pulled()


def test_another_server_makes_the_mirror_anew(office: Archive, office_url: str, file: Path) -> None:
    out(office, draft(office, "First"))
    pull(office, file)
    before = file.stat().st_ino
    foreign(office_url, "UPDATE meta SET value = 'restored' WHERE key = 'uid'")
    assert pull(office, file) == Pulled(taken=1, anew=True)
    assert file.stat().st_ino != before
    assert mirrored(file) == visible(office)
    assert [one.name for one in file.parent.iterdir() if "new" in one.name] == []


def test_what_is_no_mirror_is_not_touched(office: Archive, file: Path) -> None:
    desk_file.create(file).close()
    before = file.read_bytes()
    with pytest.raises(DeskUnavailable, match="not an offline copy"):
        pull(office, file)
    assert file.read_bytes() == before
    desk = open_desk(file)
    with pytest.raises(DeskUnavailable, match="is a file"):
        feed.of(desk)
    desk.close()


def test_whoever_writes_waits_for_the_number_before(office: Archive, office_url: str) -> None:
    """Else a number drawn early and committed late would be passed over for ever."""
    insert = "UPDATE release SET occasion = 'x' WHERE id = {}"
    ids = [draft(office, str(n)).release.id for n in range(2)]
    with psycopg.connect(office_url) as slow, psycopg.connect(office_url) as quick:
        slow.execute(insert.format(ids[0]))
        quick.execute("SET lock_timeout = '20ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            quick.execute(insert.format(ids[1]))
        quick.rollback()
        slow.commit()
        quick.execute(insert.format(ids[1]))
        quick.commit()
        rows = quick.execute("SELECT release_id FROM change ORDER BY seq").fetchall()
    assert rows == [(ids[0],), (ids[1],)]


def test_a_server_that_goes_away_in_the_middle_costs_a_part_only(
    office: Archive, office_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connections are cut between two batches; the next pull goes on from there."""
    for number in range(6):
        out(office, draft(office, f"Number {number}"))
    monkeypatch.setattr(feed.MirrorFeed.after, "__defaults__", (2,))
    reader = open_office(office_url, read_only=True)
    cut: list[int] = []

    def told(done: int, _all: int) -> None:
        cut.append(done)
        reach(office_url, away=True)

    with pytest.raises(DeskUnavailable):
        mirror.pull(feed.of(reader), file, told=told)
    assert len(cut) == 1 and not file.exists()  # a first filling has its name when it is whole
    half = file.with_name(f".{file.name}.new")
    assert len(mirrored(half)) == 2
    reach(office_url, away=False)
    assert pull(reader, file).taken == 4
    assert mirrored(file) == visible(office) and len(mirrored(file)) == 6
    reader.close()


def reach(url: str, *, away: bool) -> None:
    """Cut every line to the database and let nobody back in, or let them in again."""
    name = split(url)[0].name
    with psycopg.connect(url.replace(f"/{name}", "/postgres"), autocommit=True) as bare:
        bare.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {not away}")
        if away:
            query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            bare.execute(query, (name,))


def test_what_an_older_program_began_is_not_filled_on(office: Archive, file: Path) -> None:
    out(office, draft(office, "Out"))
    pull(office, file)
    with closing(sqlite3.connect(file)) as bare:
        bare.execute(f"PRAGMA user_version = {SCHEMA - 1}")
    file.rename(file.with_name(f".{file.name}.new"))
    assert pull(office, file) == Pulled(taken=1, anew=True)
    assert file.read_bytes()[60:64] == SCHEMA.to_bytes(4, "big")


def test_a_pull_that_another_overtook_changes_nothing(office: Archive, file: Path) -> None:
    out(office, draft(office, "First"))
    pull(office, file)
    out(office, draft(office, "Second"))
    there = feed.of(office)

    class Slow(feed.MirrorFeed):
        def after(self, cursor: int, limit: int = feed.BATCH) -> feed.FeedPage:
            batch = super().after(cursor, limit)
            if batch.parcels:
                out(office, draft(office, "Third"))
                mirror.pull(there, file)
            return batch

    assert mirror.pull(Slow(office._store), file).taken == 0
    assert mirrored(file) == visible(office)
    assert len(mirrored(file)) == 3


def test_a_reader_may_keep_a_mirror(office_url: str, file: Path, cluster) -> None:
    made = create_office(office_url, roles=True)
    name = made.place.name
    cluster.run(f'CREATE ROLE {name}_m LOGIN IN ROLE "{name}_reader"')
    picture = made.blobs.put(b"a picture", "image/png")
    out(made, draft(made, "Free", figure=picture))
    draft(made, CANARY)
    out(made, draft(made, CANARY, embargo=now() + HOUR))
    reader = open_office(cluster.url(name, f"{name}_m"), read_only=True)
    assert pull(reader, file) == Pulled(taken=1, anew=True)
    assert pull(reader, file, check=True) == Pulled()
    assert mirrored(file) == visible(made)
    assert CANARY.encode() not in bytes_beside(file)
    assert count(file, "blob") == 1
    reader.close()
    made.close()


def test_a_desk_that_moved_to_a_server_has_all_of_it_in_its_mirror(
    office_url: str, file: Path, tmp_path: Path
) -> None:
    own = desk_file.create(tmp_path / "own.pressdesk")
    issued = out(own, draft(own, "Moved along"))
    move(own, split(office_url)[0], roles=False)
    own.close()
    office = open_office(office_url)
    assert pull(office, file).taken == 1
    office.close()
    mirror_file = open_desk(file, read_only=True)
    assert mirror_file.releases.find(issued.release.id).edition.title == "Moved along"
    mirror_file.close()
