"""The sheet that others are made of, its picture and its people, in both languages."""

from __future__ import annotations

import io
from hashlib import sha256

from msgspec.structs import replace
from PIL import Image

from pressdesk.document.nodes import (
    Document,
    LineBreak,
    Paragraph,
    Quote,
    Text,
)
from pressdesk.press.sheet import Section, Sheet, SheetContact, SheetWay
from pressdesk.press.states import State


def _picture() -> bytes:
    image = Image.linear_gradient("L").resize((600, 380)).convert("RGB")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()


PICTURE = _picture()
SHA = sha256(PICTURE).hexdigest()


def p(*parts: str | Text | LineBreak, role: str = "body") -> Paragraph:
    """A paragraph of strings and runs."""
    content = tuple(Text(part) if isinstance(part, str) else part for part in parts)
    return Paragraph(content, role)  # type: ignore[arg-type]


HOFER = SheetContact(
    name="Maria Hofer",
    role="Press Secretary",
    organisation="Interstate River Commission",
    ways=(
        SheetWay("phone", "+43 1 534 08 112", "tel:+43153408112", "office"),
        SheetWay("phone", "+43 664 123 45 67", "tel:+436641234567", "mobile"),
        SheetWay("email", "press@river.example", "mailto:press@river.example"),
    ),
)
HOFER_RU = SheetContact(
    name="Мария Хофер",
    role="Пресс-секретарь",
    organisation="Межгосударственная речная комиссия",
    ways=(
        SheetWay("phone", "+43 1 534 08 112", "tel:+43153408112", "рабочий"),
        SheetWay("phone", "+43 664 123 45 67", "tel:+436641234567", "мобильный"),
        SheetWay("email", "press@river.example", "mailto:press@river.example"),
    ),
    hours="по будням с 9 до 18 часов (Вена)",
)

BASE = Sheet(
    language="en",
    kind="statement",
    kind_label="Statement",
    state=State.ISSUED,
    organisation="Interstate River Commission",
    unit="Secretariat · Press service",
    letterhead=("12 Quay Street, 1020 Vienna", "river.example · press@river.example"),
    release_line="FOR IMMEDIATE RELEASE",
    reference="PR 2025/041",
    reference_line="Statement PR 2025/041 · Vienna, 6 October 2025",
    date="2025-10-06",
    issued_at="2025-10-06T09:00:00Z",
    title="On the suspension of gauge data exchange",
    subtitle="The Commission calls on the Parties to resume without delay",
    summary="The Commission regrets the suspension of the exchange of gauge data.",
    dateline="VIENNA, 6 October 2025 –",
    body=Document(
        (
            p(
                "The Commission regrets the decision announced on 30 August to suspend the "
                "exchange of gauge data and calls on the Parties to resume it without delay."
            ),
            p(
                "The exchange has worked without interruption since 1994. It protects four "
                "million people who live below the dams, and it is the basis of the common "
                "flood forecast that every national service uses."
            ),
            Quote(
                (
                    p(
                        "“A river does not stop at a border, and neither should the numbers "
                        "that tell us how high it stands.”"
                    ),
                ),
                "Elena Marin, Executive Secretary",
            ),
            p(
                "The Secretariat stands ready to receive the Parties in Vienna at any time. "
                "The Council will take up the matter at its session in November."
            ),
        )
    ),
    end_mark="– ENDS –",
    notes=Section(
        "Notes to editors",
        (
            (
                "The data exchange rests on the Protocol of 12 May 1994. Gauge readings of 214 "
                "stations were exchanged every hour until 30 August 2025."
            ),
        ),
    ),
    boilerplate=Section(
        "About the Commission",
        (
            (
                "The Interstate River Commission brings together nine countries of the basin. Its "
                "Secretariat has its seat in Vienna."
            ),
        ),
    ),
    contact_heading="Press contact",
    contacts=(replace(HOFER, organisation=""),),
    footer="Interstate River Commission · PR 2025/041",
    topics=("gauges", "data exchange"),
)

RUSSIAN = replace(
    BASE,
    language="ru",
    kind_label="Заявление",
    organisation="Межгосударственная речная комиссия",
    unit="Секретариат · Пресс-служба",
    letterhead=("Набережная, 12, 1020 Вена", "river.example · press@river.example"),
    release_line="ДЛЯ НЕМЕДЛЕННОГО ОПУБЛИКОВАНИЯ",
    reference_line="Заявление PR 2025/041 · Вена, 6 октября 2025 г.",
    title="О приостановке обмена данными гидропостов",
    subtitle="Комиссия призывает Стороны возобновить обмен без промедления",
    summary="Комиссия сожалеет о приостановке обмена данными гидропостов.",
    dateline="ВЕНА, 6 октября 2025 г. –",
    body=Document(
        (
            p(
                "Комиссия сожалеет об объявленном 30\u00a0августа решении приостановить обмен "
                "данными гидропостов и призывает Стороны возобновить его без промедления."
            ),
            p(
                "Обмен действовал без перерыва с 1994\u00a0года. Он защищает четыре миллиона "
                "человек, живущих ниже плотин, и\u00a0служит основой общего паводкового прогноза, "
                "которым пользуются все национальные службы."
            ),
            Quote(
                (
                    p(
                        "«Река не останавливается на границе, и числа, по которым мы узнаём её "
                        "уровень, тоже не должны останавливаться»."
                    ),
                ),
                "Елена Марин, исполнительный секретарь",
            ),
            p("Секретариат готов принять Стороны в Вене в любое время."),
        )
    ),
    end_mark="– КОНЕЦ –",
    notes=Section(
        "Примечания для редакторов",
        ("Обмен данными основан на Протоколе от 12 мая 1994 года: 214 постов, каждый час.",),
    ),
    boilerplate=Section("О Комиссии", ("Комиссия объединяет девять стран бассейна.",)),
    contact_heading="Контакт для прессы",
    contacts=(HOFER_RU,),
    footer="Межгосударственная речная комиссия · PR 2025/041",
)
