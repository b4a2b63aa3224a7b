"""The check of a desk on a server finds what was done behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from office_samples import NOW, filled

from pressdesk.archive.checking import check, repair
from pressdesk.archive.file.desk_file import Archive
from pressdesk.archive.opening import open_at
from pressdesk.archive.server.postgres import create_office
from pressdesk.base.address import split
from pressdesk.base.errors import DeskReadOnly
from pressdesk.press.compose import compose
from pressdesk.press.release import Edition, Release

ALONE = "SET session_replication_role = replica"
"""An administrator's way past triggers and references."""


_HARMLESS = (
    "CREATE OR REPLACE FUNCTION guard_issued_update() RETURNS trigger"
    " LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
)
_RULE = "CREATE RULE evil AS ON INSERT TO edition_body DO ALSO NOTIFY evil"
_ONLY_WHEN = (
    "CREATE OR REPLACE TRIGGER guard_edition_body_update BEFORE UPDATE ON edition_body"
    " FOR EACH ROW WHEN (false) EXECUTE FUNCTION guard_edition_body_update()"
)
_FOREIGN = (
    "CREATE FUNCTION twist() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "CREATE TRIGGER twist BEFORE UPDATE ON edition_body FOR EACH ROW EXECUTE FUNCTION twist()",
)


@pytest.fixture
def desk(office_url: str) -> Iterator[Archive]:
    made = create_office(office_url, roles=True)
    filled(made)
    filed = made.releases.add(Release("news"), Edition("en", title="Also out"))
    made.releases.issue(filed.release, filed.edition, partial(compose, now=NOW), at=NOW)
    yield made
    made.close()


def test_a_sound_desk_is_said_to_be_so(desk: Archive) -> None:
    report = check(desk)
    assert report.faults == ()
    assert report.looked_at["references"] == report.looked_at["guards"] == 1


@pytest.mark.parametrize(
    ("part", "where", "orders"),
    [
        (
            "references",
            "revision.edition_id",
            [ALONE, "UPDATE revision SET edition_id = 99 WHERE id = 1"],
        ),
        ("references", "draft", ["ALTER TABLE draft DROP CONSTRAINT fk_draft_edition_id_edition"]),
        ("references", "issued", ["ALTER TABLE issued DISABLE TRIGGER ALL"]),
        ("guards", "guard_issued_update", ["DROP TRIGGER guard_issued_update ON issued"]),
        ("guards", "guard_edition_delete", ["ALTER TABLE edition DISABLE TRIGGER USER"]),
        ("guards", "guard_blob_truncate", ["DROP TRIGGER guard_blob_truncate ON blob"]),
        (
            "guards",
            "guard_issued_update",
            [_HARMLESS],
        ),
        ("guards", "edition_body.twist: foreign", [*_FOREIGN]),
        ("guards", "edition_body.evil: foreign", [_RULE]),
        ("guards", "guard_edition_body_update", [_ONLY_WHEN]),
        ("guards", "note_draft", ["DROP TRIGGER note_draft ON draft"]),
        ("guards", "_reader → draft", ['GRANT SELECT ON draft TO "{database}_reader"']),
        ("guards", "_reader → edition", ["GRANT SELECT ON edition TO PUBLIC"]),
        (
            "guards",
            "reading: edition 2",
            ["CREATE OR REPLACE VIEW reading.edition AS SELECT * FROM public.edition"],
        ),
        ("issued", "edition 1", [ALONE, "UPDATE issued SET sheet = 'x' WHERE edition_id = 1"]),
        ("revisions", "revision", [ALONE, "UPDATE revision SET sha256 = 'x'"]),
        ("attachments", "", [ALONE, "UPDATE blob SET data = 'x'"]),
        ("imports", "", [ALONE, "UPDATE import_batch SET original = 'x'"]),
        ("list", "release", [ALONE, "UPDATE listed SET title = 'x'"]),
        ("search", "", [ALONE, "DELETE FROM search_text"]),
        ("search", "", [ALONE, "UPDATE facet_cube SET number = number + 1"]),
    ],
)
def test_what_was_done_behind_its_back(
    desk: Archive, office_url: str, cluster, part: str, where: str, orders: list[str]
) -> None:
    database = split(office_url)[0].name
    cluster.run(*[one.format(database=database) for one in orders], url=office_url)
    found = [fault for fault in check(desk).faults if fault.part == part]
    assert found and any(where in fault.where for fault in found)


def test_what_is_derived_is_mended(desk: Archive, office_url: str, cluster) -> None:
    orders = ["UPDATE listed SET title = 'x'", "DELETE FROM search_text"]
    cluster.run(ALONE, *orders, url=office_url)
    report = repair(desk)
    assert report.faults == () and {one.part for one in report.mended} == {"list", "search"}


def test_a_reader_has_nothing_to_check(desk: Archive, office_url: str) -> None:
    reader = open_at(split(office_url)[0], reading=True)
    with pytest.raises(DeskReadOnly):
        check(reader)
    reader.close()


@pytest.mark.parametrize("orders", [_FOREIGN, ("DROP TRIGGER guard_issued_update ON issued",)])
def test_a_desk_with_other_guards_is_only_read(
    desk: Archive, office_url: str, cluster, orders: tuple[str, ...]
) -> None:
    cluster.run(*orders, url=office_url)
    place = split(office_url)[0]
    with pytest.raises(DeskReadOnly, match=r"twist|guard_issued_update"):
        open_at(place)
    reader = open_at(place, read_only=True)
    assert reader.releases.find(1).edition.title
    reader.close()
