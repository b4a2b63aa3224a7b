"""An editor's export is noted on the server with the login behind the name; readers see nothing."""

from __future__ import annotations

from contextlib import closing

import pytest
from office_samples import NOW, filled

from pressdesk.archive.checking import check
from pressdesk.archive.opening import open_at
from pressdesk.archive.server.postgres import create_office
from pressdesk.base.address import Server, split
from pressdesk.desk import exporting, history, noting
from pressdesk.press.leaving import WayOut


@pytest.fixture
def logins(cluster) -> dict[str, Server]:
    """Of an editor and of a reader of a desk with an issued release (1) and a draft (2)."""
    url = cluster.fresh()
    with closing(create_office(url, roles=True)) as desk:
        filled(desk)
    database = split(url)[0].name
    found = {}
    for who in ("editor", "reader"):
        cluster.run(f"CREATE ROLE {database}_{who[0]} LOGIN IN ROLE {database}_{who}")
        found[who] = split(cluster.url(database, f"{database}_{who[0]}"))[0]
    return found


def test_who_exports_on_a_server_is_known_by_the_login(logins: dict[str, Server]) -> None:
    with closing(open_at(logins["editor"])) as desk:
        desk.sign("Anna")
        packed = exporting.ready(desk, desk.releases.find(2), now=NOW)
        given = (packed.edition, packed.sheet, WayOut.PRINTED, "pdf", b"%PDF")
        noting.note(desk, *given, now=NOW, despite="To read on the train")
        (told,) = history.deeds(desk, 2, "en")
        assert told.words == "Draft printed: To read on the train"
        assert told.deed.author == f"Anna ({logins['editor'].user})"
        assert check(desk).sound
        assert [one.words for one in history.deeds(desk, 1, "en")] == ["Issued as PR 2026/001"]


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_who_only_reads_is_told_of_no_deed(logins: dict[str, Server], who: str) -> None:
    with closing(open_at(logins[who], reading=True)) as desk:
        assert desk.releases.find(1).edition.title == "Out"
        assert history.deeds(desk, 1, "en") == ()
