"""What was approved is what goes out: the same words in the same order in every format."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace

from pressdesk.archive.file.desk_file import open_desk
from pressdesk.desk import exporting, samples
from pressdesk.desk.exporting import Parcel
from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    Inlines,
    LineBreak,
    ListItem,
    Mark,
    NumberedList,
    Paragraph,
    Quote,
    Table,
    Text,
)
from pressdesk.document.tools import normalise, plain
from pressdesk.formats import registry
from pressdesk.press.listing import Query
from pressdesk.press.printed import term
from pressdesk.press.sheet import Section, Sheet, SheetContact, SheetWay
from pressdesk.press.states import State

READER = shutil.which("pdftotext")
FORMATS = tuple(registry.formats())
WORD = re.compile(r"[a-zа-я]+x\d{4}")

if READER is None:
    pytest.skip("pdftotext, which reads the pages, is not here", allow_module_level=True)


def read(sheet: Sheet, name: str, parcel: Parcel | None = None) -> str:
    """What somebody reads who opens the file."""
    context = registry.Context(attachments=parcel.attachments if parcel else {})
    data = registry.writer(name).write(sheet, context)
    return SEEN[registry.form(name).media_type](data)


def _pages(data: bytes) -> str:
    done = subprocess.run(
        [str(READER), "-raw", "-", "-"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode()


def _page(data: bytes) -> str:
    return " ".join(html.document_fromstring(data.decode()).body.itertext())


def _text(data: bytes) -> str:
    return unescape(data.decode()).replace("\\", "")


SEEN = {
    "application/pdf": _pages,
    "text/html": _page,
    "text/plain": _text,
    "text/markdown": _text,
}
"""How somebody sees a file; a format of another media type has to be read somehow, too."""


def numbered(sheet: Sheet) -> Iterator[str]:
    """The words of a sheet in reading order."""
    yield from WORD.findall(" ".join(said(sheet)))


def said(sheet: Sheet) -> Iterator[str]:
    """Every text that is approved, in reading order."""
    yield from (sheet.warning, sheet.title, sheet.subtitle)
    people = [text for contact in sheet.contacts for text in person(contact)]
    first, last = (people, []) if sheet.contacts_first else ([], people)
    yield from (*first, plain(sheet.body))
    yield from (*sheet.notes.paragraphs, *sheet.boilerplate.paragraphs, *last)


def person(contact: SheetContact) -> Iterator[str]:
    yield from (contact.name, contact.role, contact.organisation)
    yield from (way.printed for way in contact.ways)
    yield contact.hours


# --- sheets nobody thought of

STEM = st.text("abcdefwyzабвгджыюя", min_size=1, max_size=9)
WORDS = st.lists(STEM, min_size=1, max_size=12).map(" ".join)
MARKS = st.sampled_from([Mark.NONE, Mark.STRONG, Mark.EMPH, Mark.UNDERLINE, Mark.SUP, Mark.SUB])
LINKS = st.sampled_from([None, None, "https://river.example/a", "mailto:press@river.example"])
RUN = st.builds(Text, WORDS.map("{} ".format), MARKS, LINKS)
CONTENT = st.lists(RUN | st.just(LineBreak()), min_size=1, max_size=4).map(tuple)
PARAGRAPH = st.builds(Paragraph, CONTENT, st.sampled_from(["body", "lead", "question", "answer"]))
ITEM = st.builds(ListItem, CONTENT)
NESTED = st.builds(ListItem, CONTENT, st.builds(BulletList, st.tuples(ITEM)).map(lambda b: (b,)))
ITEMS = st.lists(ITEM | NESTED, min_size=1, max_size=3).map(tuple)
# A text sets its columns side by side: longer cells would be read line by line.
CELL = st.builds(Cell, STEM.map(lambda word: (Text(word),)))
ROWS = st.integers(1, 3).flatmap(
    lambda n: st.lists(st.tuples(*[CELL] * n), min_size=1, max_size=3).map(tuple)
)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    PARAGRAPH,
    st.builds(Heading, st.sampled_from([2, 3, 4]), CONTENT),
    st.builds(Quote, st.lists(st.builds(Paragraph, CONTENT), min_size=1, max_size=2).map(tuple)),
    st.builds(BulletList, ITEMS),
    st.builds(NumberedList, ITEMS),
    st.builds(Table, ROWS, st.integers(0, 1)),
)
BODY = st.lists(BLOCK, min_size=1, max_size=5).map(lambda blocks: Document(tuple(blocks)))
SECTION = st.builds(Section, st.just("About"), st.lists(WORDS, max_size=2).map(tuple))
WAY = st.sampled_from(
    [
        SheetWay("phone", "+43 1 534 08 112", "tel:+43153408112"),
        SheetWay("email", "press@river.example", "mailto:press@river.example"),
    ]
)
PERSON = st.builds(
    SheetContact,
    name=WORDS,
    role=st.just("") | WORDS,
    organisation=st.just("") | WORDS,
    ways=st.lists(WAY, max_size=2).map(tuple),
)
SHEET = st.builds(
    Sheet,
    language=st.sampled_from(["en", "ru"]),
    kind=st.sampled_from(["news", "statement", "speech", "interview"]),
    kind_label=st.just("News"),
    state=st.just(State.ISSUED),
    title=WORDS,
    subtitle=st.just("") | WORDS,
    body=BODY,
    notes=SECTION,
    boilerplate=SECTION,
    contact_heading=st.just("Press contact"),
    contacts=st.lists(PERSON, max_size=3).map(tuple),
    contacts_first=st.booleans(),
)


class _Counter:
    """Gives every word a number, so that none can stand for another."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self, text: str) -> str:
        return re.sub(r"[a-zа-я]+", self._next, text)

    def _next(self, word: re.Match[str]) -> str:
        self.last += 1
        return f"{word[0]}x{self.last:04}"

    def section(self, section: Section) -> Section:
        return replace(section, paragraphs=tuple(map(self, section.paragraphs)))

    def person(self, one: SheetContact) -> SheetContact:
        name, role, organisation = map(self, (one.name, one.role, one.organisation))
        return replace(one, name=name, role=role, organisation=organisation)

    def sheet(self, sheet: Sheet) -> Sheet:
        return replace(
            sheet,
            title=self(sheet.title),
            subtitle=self(sheet.subtitle),
            body=normalise(Document(tuple(map(self.block, sheet.body.blocks)))),
            notes=self.section(sheet.notes),
            boilerplate=self.section(sheet.boilerplate),
            contacts=tuple(map(self.person, sheet.contacts)),
        )

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Heading():
                return replace(block, content=self.inlines(block.content))
            case Quote():
                inner = (replace(p, content=self.inlines(p.content)) for p in block.blocks)
                return replace(block, blocks=tuple(inner))
            case BulletList() | NumberedList():
                return replace(block, items=tuple(map(self.item, block.items)))
            case Table():
                rows = (
                    tuple(replace(cell, content=self.inlines(cell.content)) for cell in row)
                    for row in block.rows
                )
                return replace(block, rows=tuple(rows))
            case _:
                return block

    def item(self, item: ListItem) -> ListItem:
        content = self.inlines(item.content)
        children = tuple(replace(c, items=tuple(map(self.item, c.items))) for c in item.children)
        return replace(item, content=content, children=children)

    def inlines(self, content: Inlines) -> Inlines:
        return tuple(
            replace(part, text=self(part.text)) if isinstance(part, Text) else part
            for part in content
        )


@pytest.mark.slow
@settings(max_examples=100)
@given(SHEET)
def test_any_sheet_reads_the_same_in_every_format(given_sheet: Sheet) -> None:
    sheet = _Counter().sheet(given_sheet)
    expected = list(numbered(sheet))
    for name in FORMATS:
        found = WORD.findall(read(sheet, name))
        assert list(dict.fromkeys(found)) == expected, name


# --- the releases that come with the program


@pytest.fixture(scope="module")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Parcel, ...]:
    path = tmp_path_factory.mktemp("seeds") / "samples.pressdesk"
    samples.make(path)
    now = datetime.now(UTC)
    archive = open_desk(path)
    found = [
        exporting.ready(archive, archive.releases.find(release.id, language=row.language), now=now)
        for release, row in archive.releases.list_editions(Query(), now=now)
    ]
    archive.close()
    return tuple(found)


@pytest.mark.parametrize("name", FORMATS)
def test_the_samples_read_the_same_in_every_format(parcels: tuple[Parcel, ...], name: str) -> None:
    assert len(parcels) > 5
    for parcel in parcels:
        text, at = letters(read(parcel.sheet, name, parcel)), 0
        for word in re.findall(r"\w+", " ".join(said(parcel.sheet))):
            at = text.find(letters(word), at)
            assert at >= 0, (parcel.sheet.title, word)


@pytest.mark.parametrize("name", FORMATS)
def test_no_draft_says_that_it_may_go_out(parcels: tuple[Parcel, ...], name: str) -> None:
    drafts = [parcel for parcel in parcels if parcel.sheet.state is State.DRAFT]
    assert {parcel.sheet.language for parcel in drafts} == {"en", "ru"}
    for parcel in drafts:
        text = read(parcel.sheet, name, parcel)
        assert letters(text).count(letters(parcel.sheet.warning)) >= 1
        assert term("FOR IMMEDIATE RELEASE", parcel.sheet.language) not in text


ROW = (Cell((Text("onex0001"),)), Cell((Text("twox0002"),)))


@pytest.mark.parametrize("name", FORMATS)
def test_stored_headings_over_nothing_are_printed_as_a_row(name: str) -> None:
    """Sheets sealed before the rule hold such tables, and they are never changed."""
    bare = Sheet("en", "news", "News", State.ISSUED, title="T")
    stored = replace(bare, body=Document((Table((ROW,), 1),)))
    plain_row = replace(bare, body=Document((Table((ROW,), 0),)))
    writer = registry.writer(name)
    printed = writer.write(plain_row, registry.Context())
    assert writer.write(stored, registry.Context()) == printed
    assert WORD.findall(read(stored, name)) == ["onex0001", "twox0002"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rows", [(), ((),), ((), ())])
def test_a_stored_table_without_cells_is_left_out(
    name: str, rows: tuple[tuple[Cell, ...], ...]
) -> None:
    bare = Sheet("en", "news", "News", State.ISSUED, title="T")
    stored = replace(bare, body=Document((Table(rows), Paragraph((Text("wordx0001"),)))))
    assert WORD.findall(read(stored, name)) == ["wordx0001"]


@cache
def letters(text: str) -> str:
    """Letters and digits alone: lines and hyphens differ between formats."""
    return "".join(c for c in text.casefold() if c.isalnum())
