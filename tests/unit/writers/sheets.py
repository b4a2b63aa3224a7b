"""Sheets made by hand, one of every kind in two languages, for all writers' tests."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from hashlib import sha256

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    LineBreak,
    ListItem,
    Mark,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from pressdesk.press.house import Look
from pressdesk.press.sheet import Row, Section, Sheet, SheetContact, SheetWay
from pressdesk.press.states import State


def png(width: int = 24, height: int = 16) -> bytes:
    """A blue picture of that size, the same bytes every time."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x1d\x4f\x91" * width) * height
    data = chunk(b"IDAT", zlib.compress(rows, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


PICTURE = png()
PICTURE_KEY = sha256(PICTURE).hexdigest()
ATTACHMENTS: Mapping[str, bytes] = {PICTURE_KEY: PICTURE}

HOFER = {
    "en": SheetContact(
        name="Maria Hofer",
        role="Press Secretary",
        ways=(
            SheetWay("phone", "+43 1 534 08 112", "tel:+43153408112", "office"),
            SheetWay("phone", "+43 664 123 45 67", "tel:+436641234567", "mobile"),
            SheetWay("email", "press@river.example", "mailto:press@river.example"),
        ),
        hours="Monday to Friday, 09:00–18:00",
    ),
    "ru": SheetContact(
        name="Мария Хофер",
        role="Пресс-секретарь",
        ways=(
            SheetWay("phone", "+43 1 534 08 112", "tel:+43153408112", "приёмная"),
            SheetWay("phone", "доб. 4", "", ""),
            SheetWay("email", "press@river.example", "mailto:press@river.example", "почта"),
        ),
    ),
}


def words(text: str, marks: Mark = Mark.NONE, link: str | None = None) -> Text:
    """One run."""
    return Text(text, marks, link)


def said(*texts: str) -> Document:
    """A body of plain paragraphs."""
    return Document(tuple(Paragraph((Text(text),)) for text in texts))


RICH: tuple[Block, ...] = (
    Paragraph((words("The river rose by "), words("2 m", Mark.STRONG), words(" in a night."))),
    Paragraph(
        (
            words("Flow reached 4,200 m"),
            words("3", Mark.SUP),
            words("/s; CO"),
            words("2", Mark.SUB),
            words(" was "),
            words("not", Mark.UNDERLINE | Mark.EMPH),
            words(" measured."),
            LineBreak(),
            words("See "),
            words("the table", Mark.EMPH, "https://river.example/a?b=1&c=2"),
            words(" or "),
            words("write", Mark.NONE, "mailto:press@river.example"),
            words("."),
        ),
        "lead",
    ),
    Heading(2, (words("What changes"),)),
    Heading(3, (words("In the valleys"),)),
    Heading(4, (words("At night"),)),
    Quote(
        (Paragraph((words("“A river does not stop at a border.”"),)),),
        "Elena Marin, Executive Secretary",
    ),
    BulletList(
        (
            ListItem((words("Warnings"),), (NumberedList((ListItem((words("early"),)),), 3),)),
            ListItem((words("Readings"),)),
        )
    ),
    NumberedList((ListItem((words("first"),)), ListItem((words("second"),)))),
    Table(
        (
            (Cell((words("Section"),)), Cell((words("Stations"),))),
            (Cell((words("Headwaters"),)), Cell((words("5"),))),
        )
    ),
    Figure(PICTURE_KEY, "A gauge", (words("The gauge at the quay"),), "IRC"),
    Rule(),
    Paragraph(
        (
            words("They say "),
            Text("la rivière", language="fr"),
            words(" and "),
            Text("النهر", language="ar"),
            words("."),
        )
    ),
)


def _news() -> Sheet:
    return Sheet(
        language="en",
        kind="news",
        kind_label="News",
        state=State.ISSUED,
        organisation="Interstate River Commission",
        unit="Secretariat · Press service",
        letterhead=("12 Quay Street, 1020 Vienna", "river.example · press@river.example"),
        release_line="FOR IMMEDIATE RELEASE",
        reference="PR 2025/041",
        reference_line="News PR 2025/041 · Vienna, 6 October 2025",
        date="2025-10-06",
        issued_at="2025-10-06T09:00:00Z",
        title="High water in the upper basin",
        subtitle="Warnings came six hours earlier",
        summary="High water passed the upper basin without damage.",
        dateline="VIENNA, 6 October 2025 –",
        body=Document(RICH),
        end_mark="– ENDS –",
        notes=Section("Notes to editors", ("Rests on the Protocol of 1994.", "See river.example.")),
        boilerplate=Section("About the Commission", ("Nine countries, one river.",)),
        contact_heading="Press contact",
        contacts=(HOFER["en"],),
        footer="Interstate River Commission · PR 2025/041",
        look=Look(logo=PICTURE_KEY, logo_alt="River Commission"),
        topics=("floods", "forecast"),
    )


def _statement() -> Sheet:
    line = "ПОД ЭМБАРГО ДО 1 июня 2027 г., 10:00 (Вена, 08:00 UTC)"
    return Sheet(
        language="ru",
        kind="statement",
        kind_label="Заявление",
        state=State.DRAFT,
        organisation="Межгосударственная речная комиссия",
        warning="ПРОЕКТ – НЕ ДЛЯ РАСПРОСТРАНЕНИЯ",
        watermark="ПРОЕКТ",
        embargo_line=line,
        embargo_until="2027-06-01T08:00:00Z",
        release_line=line,
        reference_line="Заявление (номер при выпуске) · Вена, 1 июня 2027 г.",
        date="2027-06-01",
        title="О приостановке обмена данными",
        subtitle="Комиссия призывает Стороны его возобновить",
        speaker=("От имени Совета Комиссии", "Принято 1 июня 2027 г."),
        dateline="ВЕНА, 1 июня 2027 г. –",
        body=said("Комиссия выражает сожаление.", "Обмен действовал с 1994 года."),
        end_mark="– КОНЕЦ –",
        contact_heading="Контакты для прессы",
        contacts=(HOFER["ru"],),
        footer="Межгосударственная речная комиссия",
        page_label="{page} из {pages}",
        centred=True,
    )


def _speech() -> Sheet:
    return Sheet(
        language="en",
        kind="speech",
        kind_label="Speech",
        state=State.ISSUED,
        organisation="Interstate River Commission",
        recorded="Recorded on 23 November 2026",
        date="2025-05-12",
        title="Address on Charter Day",
        speaker=("Elena Marin", "Executive Secretary", "Vienna, 12 May 2025", "As delivered"),
        body=Document(
            (Paragraph((words("Excellencies, friends,"),), "address"), *said("Thank you.").blocks)
        ),
        contact_heading="Press contact",
        contacts=(HOFER["en"],),
        look=Look(page="Letter", body="sans", headings="sans", accent="#8a2be2"),
    )


def _interview() -> Sheet:
    return Sheet(
        language="ru",
        kind="interview",
        kind_label="Интервью",
        state=State.ISSUED,
        organisation="Межгосударственная речная комиссия",
        release_line="ДЛЯ НЕМЕДЛЕННОЙ ПУБЛИКАЦИИ",
        issued_at="2025-07-08T08:00:00Z",
        title="«Вода не ждёт подписей»",
        credit="Елена Марин в интервью газете «Речник»",
        credit_url="https://rechnik.example/marin",
        body=Document(
            (
                Paragraph((words("Что изменилось за год?"),), "question"),
                Paragraph((words("Прогноз стал точнее."),), "answer"),
            )
        ),
        contact_heading="Контакты для прессы",
        contacts=(HOFER["ru"],),
    )


def _advisory() -> Sheet:
    return Sheet(
        language="en",
        kind="advisory",
        kind_label="Advisory",
        state=State.DRAFT,
        organisation="Interstate River Commission",
        warning="DRAFT – NOT FOR RELEASE",
        watermark="DRAFT",
        release_line="DRAFT – NOT FOR RELEASE",
        title="Council meets in Vienna",
        rows=(
            Row("What", "Signing of the rule for low water"),
            Row("Where", "12 Quay Street\nriver entrance"),
            Row("Online", "https://river.example/live"),
        ),
        body=said("Cameras are asked to be in place by 09:30."),
        contact_heading="Press contact",
        contacts=(HOFER["en"], HOFER["en"]),
        contacts_first=True,
    )


SHEETS: Mapping[str, Sheet] = {
    "news-en": _news(),
    "statement-ru": _statement(),
    "speech-en": _speech(),
    "interview-ru": _interview(),
    "advisory-en": _advisory(),
    "empty": Sheet(language="en", kind="news", kind_label="News", state=State.DRAFT),
}
