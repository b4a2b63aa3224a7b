"""What a desk's record rests on is out of an editor's hands, whatever SQL is typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from msgspec.structs import replace
from office_samples import NOW, past_item
from test_office_roles import furnished

from pressdesk.archive.checking import check
from pressdesk.archive.copies import moving
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.server.postgres import open_office
from pressdesk.base.address import split
from pressdesk.press.compose import compose
from pressdesk.press.release import Edition, Release

REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityError)

DEED = (
    "INSERT INTO deed (book, number, deed, edition, noted, login, size, data)"
    " SELECT book, max(number) + 1, 'blank', NULL, now(), 'postgres', max(number) + {more},"
    " convert_to('{{\"deed\":\"{kind}\",\"number\":' || max(number) + 1 || '}}', 'UTF8')"
    " FROM deed WHERE book = 'out' GROUP BY book"
)
LEAF = (
    "; INSERT INTO node SELECT book, 0, number, {hash} FROM deed WHERE book = 'out'"
    " ORDER BY number DESC LIMIT 1"
)
WITHOUT_NODES = DEED.format(more=2, kind="blank")
FALSE_LEAF = WITHOUT_NODES + LEAF.format(hash="sha256(data)")
FALSE_SIZE = DEED.format(more=9, kind="blank") + LEAF.format(hash=r"sha256('\x00' || data)")
SAYS_ELSE = DEED.format(more=2, kind="issued")

ATTACKS = [
    "UPDATE meta SET value = '9999' WHERE key = 'schema'",
    "UPDATE meta SET value = 'x' WHERE key = 'uid'",
    "UPDATE meta SET key = 'uid2'",
    "DELETE FROM meta WHERE key = 'schema'",
    "INSERT INTO meta VALUES ('reading_copy', 'now')",
    "DELETE FROM change",
    "UPDATE change SET seq = seq + 1000",
    "INSERT INTO change VALUES (99, 99)",
    "SELECT nextval('change_seq')",
    "DELETE FROM told",
    "UPDATE told SET back = true",
    "UPDATE shown SET topics = '[\"forged\"]'",
    "DELETE FROM shown",
    "DELETE FROM revision WHERE edition_id = 2",
    "UPDATE revision SET author = 'The Director'",
    "UPDATE counter SET n = n - 1",
    "UPDATE counter SET n = 500",
    "INSERT INTO counter VALUES (2027, 500)",
    "UPDATE deed SET login = 'maria'",
    "UPDATE deed SET private = NULL",
    "DELETE FROM deed",
    "DELETE FROM node",
    "UPDATE node SET hash = ''",
    "INSERT INTO node VALUES ('out', 0, 999, '\\x00')",
    "INSERT INTO node VALUES ('desk', 1, 0, '\\x00')",
    WITHOUT_NODES,
    FALSE_LEAF,
    FALSE_SIZE,
    SAYS_ELSE,
    "SET session_replication_role = replica",
]

STANDS = ("meta", "change", "told", "shown", "revision", "counter", "deed", "node")


@pytest.fixture(scope="module", params=["owner", "superuser"])
def quiet(cluster, request: pytest.FixtureRequest) -> str:
    """The URL of an editor of a desk in which nobody writes."""
    return furnished(cluster, plain=request.param == "owner")[0]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_an_editor_types_changes_nothing(quiet: str, attack: str) -> None:
    with psycopg.connect(quiet, autocommit=True) as bare:
        before = [bare.execute(f"SELECT t::text FROM {t} t ORDER BY 1").fetchall() for t in STANDS]
        touched = None
        try:
            touched = bare.execute(attack).rowcount
        except REFUSED:
            bare.rollback()
        after = [bare.execute(f"SELECT t::text FROM {t} t ORDER BY 1").fetchall() for t in STANDS]
    assert after == before and not touched


@pytest.fixture
def editor(cluster) -> Iterator[Archive]:
    desk = open_office(furnished(cluster, plain=True)[0])
    desk.sign("Maria Hofer")
    yield desk
    desk.close()


def test_all_that_the_program_does_can_be_done_by_an_editor(
    editor: Archive, cluster, tmp_path: Path
) -> None:
    filed = editor.releases.add(Release("news"), Edition("en", title="One"))
    saved = editor.releases.save(filed.release, replace(filed.edition, title="Two"))
    editor.releases.keep(saved.release, replace(saved.edition, title="Three"))
    for _number in range(4):
        editor.releases.issue(
            *editor.releases.add(Release("news"), Edition("en", title="Out again")).current(),
            partial(compose, now=NOW),
            at=NOW,
        )
    batch = editor.imports.add(
        "a", b"o", [past_item(editor, Edition("en", date=NOW.date()))], at=NOW
    )
    assert editor.imports.undo(batch.id) == 1
    editor.search.rebuild()
    editor.releases.thin(NOW)
    editor.trash.put(filed.release.id)
    editor.trash.purge(NOW + timedelta(days=999))
    assert check(editor).faults == ()
    whole = str(editor.place.url).replace(f"{split(editor.place.url)[0].name}_ed@", "postgres@")  # type: ignore[union-attr]
    with closing(open_office(whole)) as owned:
        moving.move(owned, tmp_path / "back.pressdesk")
    with closing(open_desk(tmp_path / "back.pressdesk")) as back:
        assert check(back).faults == ()  # the login stands behind the author here, too


def test_whoever_is_logged_in_stands_behind_the_name(editor: Archive) -> None:
    login = f"{split(editor.place.url)[0].name}_ed"  # type: ignore[union-attr]
    filed = editor.releases.add(Release("news"), Edition("en", title="One"))
    editor.sign("The Director")
    editor.releases.save(filed.release, replace(filed.edition, title="Two"), note="n")
    authors = [one.author for one in editor.releases.revisions(filed.edition.id)]
    assert authors == [f"The Director ({login})", f"Maria Hofer ({login})"]
    made = editor.releases.find(filed.release.id)
    editor.releases.issue(made.release, made.edition, partial(compose, now=NOW), at=NOW)
    with psycopg.connect(editor.place.url) as bare:  # type: ignore[union-attr]
        logins = bare.execute("SELECT DISTINCT login FROM deed WHERE edition IS NOT NULL")
        assert (login,) in logins.fetchall()


def test_a_true_deed_is_let_in_and_bears_the_login(quiet: str) -> None:
    with psycopg.connect(quiet) as bare:
        bare.execute(WITHOUT_NODES)
        (number, login, data) = bare.execute(
            "SELECT number, login, data FROM deed WHERE book = 'out' ORDER BY number DESC LIMIT 1"
        ).fetchone() or (0, "", b"")
        assert login == split(quiet)[0].name + "_ed"
        leaf = sha256(b"\x00" + data).digest()
        bare.execute("INSERT INTO node VALUES ('out', 0, %s, %s)", (number, leaf))
        bare.rollback()
