"""A desk of every published schema opens with all it holds, and prints what went out as before."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import published
import pytest
from office_cluster import Cluster

from pressdesk.archive.checking import check
from pressdesk.archive.copies.moving import move
from pressdesk.archive.file.desk_file import Archive, create, open_desk
from pressdesk.archive.server.postgres import open_office
from pressdesk.archive.store.schema_number import SCHEMA
from pressdesk.base.address import address
from pressdesk.desk.indexing import index_anew


def test_there_is_one_of_today(
    tmp_path: Path, cluster: Cluster, office_url: str, accept: bool
) -> None:
    if accept and SCHEMA not in published.schemas():
        with closing(create(tmp_path / "today.pressdesk")) as desk:
            published.fill(desk)
            move(desk, address(office_url), roles=False)
            published.told(SCHEMA).write_text(_said(published.facts(desk)), encoding="utf-8")
        published.keep(tmp_path / "today.pressdesk", office_url, cluster)
    assert published.schemas()[-1] == SCHEMA


@pytest.mark.parametrize("schema", published.schemas())
def test_a_file_holds_what_it_held(schema: int, tmp_path: Path, accept: bool) -> None:
    with closing(open_desk(published.unpack(schema, tmp_path))) as desk:
        _compare(desk, schema, accept)


@pytest.mark.parametrize("schema", [one for one in published.schemas() if one > 1])
def test_a_server_holds_what_it_held(schema: int, cluster: Cluster, office_url: str) -> None:
    published.restore(schema, cluster, office_url)
    with closing(open_office(office_url)) as desk:
        _compare(desk, schema, accept=False)


def _compare(desk: Archive, schema: int, accept: bool) -> None:
    index_anew(desk, lambda _done, _all: True)
    assert check(desk).faults == ()
    found = _said(published.facts(desk))
    if accept and not published.told(schema).exists():
        published.told(schema).write_text(found, encoding="utf-8")
    assert found == published.told(schema).read_text("utf-8")


def _said(facts: dict[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
