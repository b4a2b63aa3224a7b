"""A channel of contacts is one row: printed, typed, shown, checked and told by it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from pressdesk.archive.file.desk_file import create
from pressdesk.base.errors import BadInput
from pressdesk.cli import shell
from pressdesk.desk import drafting
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.formats import registry
from pressdesk.gui.details.contact_cards import ContactsField
from pressdesk.gui.details.contact_page import ContactPage
from pressdesk.gui.kit.icons import names
from pressdesk.press import channels
from pressdesk.press.channels import CHANNELS, Channel, Notation
from pressdesk.press.checks import check
from pressdesk.press.compose import compose
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Edition, Release, Way
from pressdesk.press.sheet import Sheet
from pressdesk.press.translated import Translated
from tests.gui.seen import said
from tests.unit.test_same_in_every_format import FORMATS, read

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
SOURCES = Path(channels.__file__).resolve().parents[1]


def _answered(typed: str) -> str:
    if not typed.isdigit():
        raise BadInput("This is no number of a pager.")
    return f"https://pager.example/{typed}"


PAGER = Channel(
    "pager",
    lambda: "Pager",
    Notation(_answered, said=lambda: "Pages {number}"),
    hint="4711",
    icon="clock",
    word=lambda language: {"ru": "пейджер"}.get(language, "pager"),
    always=True,
    schema_org="identifier",
)


@pytest.fixture(autouse=True)
def pager(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One row more: all that has to be written for a new channel."""
    monkeypatch.setattr(channels, "CHANNELS", (*CHANNELS, PAGER))
    yield


WAY = Way("pager", "4711", "https://pager.example/4711", Translated.of(en="duty", ru="дежурный"))
PERSON = Contact(id=1, name=Translated.of(en="Maria Hofer", ru="Мария Хофер"), ways=(WAY,))


def sheet(language: str = "en", person: Contact = PERSON) -> Sheet:
    text = Edition(language, title="T", body=Document((paragraph("Open."),)), contacts=(1,))
    return compose(Release("news"), text, House(), (person,), now=NOW)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("language", "label"), [("en", "(pager, duty)"), ("ru", "(пейджер, дежурный)")]
)
def test_every_writer_prints_it(name: str, language: str, label: str) -> None:
    text = " ".join(read(sheet(language), name).split())
    assert "4711" in text and label in text


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("text", "pdf")])
def test_it_can_be_followed_where_there_are_links(name: str) -> None:
    made = registry.writer(name).write(sheet(), registry.Context()).decode()
    assert "https://pager.example/4711" in made


def test_machines_are_told_of_it() -> None:
    page = registry.writer("html").write(sheet(), registry.Context()).decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    (point,) = json.loads(found)["publisher"]["contactPoint"]
    assert point["identifier"] == ["https://pager.example/4711"]


def test_it_can_be_typed_and_is_examined_meanwhile(qtbot: QtBot) -> None:
    page = ContactPage(("en", "ru"))
    qtbot.addWidget(page)
    page.show_contact(PERSON)
    assert page.contact() == PERSON
    (row,) = page.ways.rows
    assert (row.kind.currentText(), row.said.text()) == (
        "Pager",
        "Pages https://pager.example/4711",
    )
    row.line.clear()
    qtbot.keyClicks(row.line, "soon")
    row.check()
    assert "no number of a pager" in row.said.text()
    assert page.contact().ways == (replace(WAY, printed="soon", address=""),)


def test_a_card_shows_it_with_its_icon(qtbot: QtBot) -> None:
    field = ContactsField("contacts")
    qtbot.addWidget(field)
    field.set_people((PERSON,), "en", date(2026, 11, 28))
    field.show_value((1,))
    assert "4711" in said(field)
    (card,) = field._made
    assert "Pager: 4711" in card.frame.accessibleName()


def test_one_with_it_can_be_reached() -> None:
    text = Edition("en", title="T", body=Document((paragraph("Open."),)), contacts=(1,))

    def found(person: Contact) -> bool:
        findings = check(Release("news"), text, (person,), now=NOW)
        return any("no number or address" in finding.what for finding in findings)

    assert not found(PERSON)
    assert found(replace(PERSON, ways=(replace(WAY, public=False),)))


def test_the_shell_tells_of_it(tmp_path: Path) -> None:
    path = tmp_path / "office.pressdesk"
    with closing(create(path)) as archive:
        kept = archive.contacts.save(replace(PERSON, id=0))
        made, _changes = drafting.new_release(archive, kind="news", language="en", now=NOW)
        archive.releases.save(made.release, replace(made.edition, contacts=(kept.id,)))
    told = {"kind": "pager", "printed": "4711", "address": "https://pager.example/4711"}
    (person,) = json.loads(run(path, "contacts", "--json"))
    assert person["ways"] == [{**told, "label": "duty"}]
    (printed,) = json.loads(run(path, "show", "1", "--json"))["contacts"]
    assert printed["ways"] == [{**told, "label": "pager, duty"}]
    assert "4711" in run(path, "contacts")


def run(path: Path, *command: str) -> str:
    done = CliRunner().invoke(shell, ["--desk", str(path), *command])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("row", CHANNELS, ids=lambda row: row.kind)
def test_every_row_is_whole(row: Channel) -> None:
    assert row.icon in names() and row.name() and row.hint
    address = row.form.address(row.hint)
    assert address == "" or address.partition(":")[0] in ("tel", "mailto", "https")


def test_nobody_else_calls_a_channel_by_its_name() -> None:
    """But for what reads the form of before, in which there were two."""
    known = {"press/channels.py", "archive/store/before.py"}
    kinds = "|".join(row.kind for row in CHANNELS if row.kind != "web")
    naming = re.compile(rf'\b(kind|way\.kind)\s*(==|!=|=|in)\s*"({kinds})"|Way\("({kinds})"')
    found = {
        str(file.relative_to(SOURCES))
        for file in SOURCES.rglob("*.py")
        if naming.search(file.read_text("utf-8"))
    }
    assert found <= known
