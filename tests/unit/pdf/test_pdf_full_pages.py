"""No page is left half white: one is turned where it is full, or where something holds together."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Table,
    Text,
)
from pressdesk.formats.writers.pdf.page import HEAD
from pressdesk.formats.writers.pdf.theme import theme
from pressdesk.press.compose import compose
from pressdesk.press.house import House
from pressdesk.press.release import Contact, Edition, Embargo, Release, Way
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State
from pressdesk.press.translated import Translated
from tests.unit.pdf.reading import expected, pages, told
from tests.unit.pdf.sheet_parts import BASE, HOFER
from tests.unit.pdf.written import written

LEAST = 0.6
"""The share of a page that is filled at least before it is turned."""

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
WORDS = {
    "en": "the commission measures its river at every hour and nine countries read the level",
    "ru": "комиссия измеряет реку каждый час, а девять стран бассейна читают её уровень",
}
LASTS = ("paragraph", "heading", "answer", "bullets", "numbers", "quote", "table")
HOUSE = House(
    organisation=Translated.of(en="Interstate River Commission", ru="Речная комиссия"),
    unit=Translated.of(en="Press service", ru="Пресс-служба"),
    letterhead=Translated.of(en="12 Quay Street\nriver.example", ru="Набережная, 12"),
    boilerplate=Translated.of(en="It joins nine countries.", ru="Объединяет девять стран."),
    end_mark=Translated.of(en="– ENDS –", ru="– КОНЕЦ –"),
)
PEOPLE = [
    Contact(
        name=Translated.of(en=f"Maria Hofer {n}", ru=f"Мария Хофер {n}"),
        ways=(Way("phone", "+43 1 534 08 112", "tel:+43153408112"),),
    )
    for n in range(2)
]
FIELDS = {
    "news": {},
    "statement": {},
    "speech": {"speaker": "Elena Marin", "office": "Executive Secretary", "occasion": "Session"},
    "advisory": {"what": "A signing", "where": "12 Quay Street", "who": "Elena Marin"},
    "interview": {"outlet": "River Courier", "who": "Elena Marin"},
}


def text(language: str, count: int) -> str:
    """So many words."""
    words = WORDS[language].split()
    return " ".join(words[at % len(words)] for at in range(count)).capitalize() + "."


def say(language: str, count: int, role: str = "body") -> Paragraph:
    return Paragraph((Text(text(language, count)),), role)  # type: ignore[arg-type]


def last(form: str, language: str, count: int) -> tuple[Block, ...]:
    """A body's last block, of so many words."""
    content = say(language, count).content
    few = tuple(ListItem(say(language, 1 + count // 6).content) for _ in range(6))
    match form:
        case "heading":
            return (Heading(2, say(language, 5).content), say(language, count))
        case "answer":
            return (say(language, 15, "question"), say(language, count, "answer"))
        case "bullets":
            return (BulletList((ListItem(content),)),)
        case "numbers":
            return (NumberedList(few),)
        case "quote":
            return (Quote((say(language, count),), "Elena Marin"),)
        case "table":
            row = (Cell((Text("12"),)), Cell(say(language, 6).content))
            return (Table((row,) * (2 + count // 6)),)
        case _:
            return (say(language, count),)


def composed(
    kind: str, language: str, state: str, body: tuple[Block, ...], subtitle: int = 8
) -> Sheet:
    """The sheet of a body in one of the states of a release."""
    issued = state in ("issued", "embargo")
    embargo = Embargo(datetime(2027, 6, 1, 8, tzinfo=UTC), "Europe/Vienna")
    release = Release(
        kind,
        reference="PR 2026/099" if issued else "",
        embargo=embargo if "embargo" in state else None,
    )
    edition = Edition(
        language,
        state=State.ISSUED if issued else State.DRAFT,
        issued_at=NOW if issued else None,
        title=text(language, 9),
        subtitle=text(language, subtitle),
        place="Vienna",
        date=date(2026, 11, 20),
        fields=tuple(sorted(FIELDS[kind].items())),
        body=Document(body),
    )
    return compose(release, edition, HOUSE, PEOPLE, now=NOW)


def shares(sheet: Sheet, data: bytes) -> list[float]:
    """How far down each page its text goes, from 0 to 1."""
    looks = theme(sheet.look)
    top = looks.height - looks.top - HEAD
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [(top - _lowest(page)) / (top - looks.bottom) for page in pdf.pages]


def _lowest(page: pikepdf.Page) -> float:
    """The lowest baseline of what is told on a page; furniture does not count."""
    return min(y for _mcid, y in _placed(page))


def _placed(page: pikepdf.Page) -> Iterator[tuple[int, float]]:
    """Marked content and baseline of each piece of text that is told."""
    mcid, y, leading = -1, 0.0, 0.0
    for operands, operator in pikepdf.parse_content_stream(page, "BDC EMC Td TL T* Tm TJ"):
        match str(operator):
            case "BDC":
                mcid = int(operands[1].get("/MCID", -1))
            case "EMC":
                mcid = -1
            case "Td":
                y = float(operands[1])
            case "TL":
                leading = float(operands[0])
            case "T*":
                y -= leading
            case "Tm":
                y = float(operands[5])
            case "TJ" if mcid >= 0:
                yield mcid, round(y, 1)


@pytest.mark.slow
@settings(max_examples=120, derandomize=True)
@given(
    kind=st.sampled_from(sorted(FIELDS)),
    language=st.sampled_from(["en", "ru"]),
    state=st.sampled_from(["issued", "embargo", "draft", "draft embargo"]),
    before=st.lists(st.integers(5, 260), max_size=5),
    form=st.sampled_from(LASTS),
    count=st.integers(2, 1000),
    subtitle=st.integers(3, 30),
)
@example("news", "en", "issued", [], "paragraph", 500, 3)
@example("news", "ru", "draft embargo", [], "paragraph", 900, 3)
@example("interview", "en", "issued", [20], "answer", 700, 3)
@example("news", "ru", "issued", [300], "heading", 120, 3)
def test_no_page_but_the_last_is_left_half_white(
    kind: str, language: str, state: str, before: list[int], form: str, count: int, subtitle: int
) -> None:
    body = (*(say(language, words) for words in before), *last(form, language, count))
    sheet = composed(kind, language, state, body, subtitle)
    data = written(sheet)
    found = shares(sheet, data)
    assert all(share >= LEAST for share in found[:-1]), found
    assert [one.text.strip() for one in told(data)] == expected(sheet)


@pytest.mark.parametrize("form", LASTS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_end_mark_has_its_last_words_above_it(form: str, language: str) -> None:
    for above in range(150, 420, 30):
        body = (say(language, above), *last(form, language, 110))
        sheet = composed("statement", language, "issued", body)
        for page in pages(written(sheet)):
            before, mark, _after = page.partition(sheet.end_mark)
            assert not mark or before.strip()


@pytest.mark.parametrize("form", ["paragraph", "answer", "quote", "bullets"])
def test_what_holds_the_next_is_parted_with_two_lines_on_either_side(form: str) -> None:
    parted = 0
    for above in range(200, 330, 8):
        sheet = composed("news", "en", "issued", (say("en", above), *last(form, "en", 160)))
        for counts in lines(written(sheet)).values():
            parted += len(counts) > 1
            assert len(counts) == 1 or min(counts) > 1
    assert parted > 3


def lines(data: bytes) -> dict[int, list[int]]:
    """How many lines each element has on each page it stands on."""
    out: dict[int, list[int]] = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = pdf.Root.StructTreeRoot.ParentTree.Nums
        owners = {int(tree[at]): tree[at + 1] for at in range(0, len(tree), 2)}
        for page in pdf.pages:
            mine = owners[int(page.obj.StructParents)]
            found: dict[int, set[float]] = {}
            for owner, y in _placed(page):
                found.setdefault(mine[owner].objgen[0], set()).add(y)
            for owner, places in found.items():
                out.setdefault(owner, []).append(len(places))
    return out


def test_a_head_stays_with_as_much_as_a_page_can_hold() -> None:
    """Contacts before the text that no page can hold begin on the first one."""
    many = tuple(replace(HOFER, name=f"Person {number}") for number in range(40))
    sheet = replace(BASE, contacts=many, contacts_first=True)
    data = written(sheet)
    assert all(share >= LEAST for share in shares(sheet, data)[:-1])
    assert [one.text.strip() for one in told(data)] == expected(sheet)
    assert re.search("Person 0", pages(data)[0])
