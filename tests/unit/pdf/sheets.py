"""Sheets made by hand: every kind, both languages, every node, and the awkward cases."""

from __future__ import annotations

import io
from hashlib import sha256

from msgspec.structs import replace
from PIL import Image

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
from pressdesk.press.release import State
from pressdesk.press.sheet import Row, Section, Sheet, SheetContact, SheetEmail, SheetPhone


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
    phones=(
        SheetPhone("+43 1 534 08 112", "+43153408112", "office"),
        SheetPhone("+43 664 123 45 67", "+436641234567", "mobile"),
    ),
    emails=(SheetEmail("press@river.example"),),
)
HOFER_RU = SheetContact(
    name="Мария Хофер",
    role="Пресс-секретарь",
    organisation="Межгосударственная речная комиссия",
    phones=(
        SheetPhone("+43 1 534 08 112", "+43153408112", "рабочий"),
        SheetPhone("+43 664 123 45 67", "+436641234567", "мобильный"),
    ),
    emails=(SheetEmail("press@river.example"),),
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

NEWS = replace(
    BASE,
    kind="news",
    kind_label="Press release",
    title="Nine countries open a common network of 214 gauging stations",
    reference_line="Press release PR 2025/038 · Vienna, 12 September 2025",
    body=Document(
        (
            p("Readings are free for everyone and come every ten minutes.", role="lead"),
            Heading(2, (Text("What changes"),)),
            BulletList(
                (
                    ListItem((Text("Readings every ten minutes instead of every hour"),)),
                    ListItem(
                        (
                            Text("One address for all: "),
                            Text("river.example", link="https://river.example/gauges?a=1&b=(2)"),
                            Text("."),
                        )
                    ),
                )
            ),
            p("The network cost less than planned: 4.2 million euro, −5 % on the estimate."),
        )
    ),
)
SPEECH = replace(
    BASE,
    kind="speech",
    kind_label="Speech",
    title="The river as a common house",
    subtitle="",
    release_line="CHECK AGAINST DELIVERY",
    speaker=(
        "Elena Marin",
        "Executive Secretary of the Interstate River Commission",
        "Opening of the Council’s 31st session",
        "Vienna, 3 November 2025",
    ),
    dateline="",
    body=Document(
        (
            p("Excellencies, ladies and gentlemen,", role="address"),
            p("When the Protocol was signed, the oldest gauge was a stick with notches."),
            p("Thank you."),
        )
    ),
    centred=True,
)
INTERVIEW = replace(
    BASE,
    kind="interview",
    kind_label="Interview",
    title="“We measure what others only talk about”",
    credit="Interview with the River Courier; first published on 2 October 2025",
    credit_url="https://courier.example/interview/17",
    dateline="",
    body=Document(
        (
            p("Why did the exchange stop?", role="question"),
            p("Because one server was switched off, and nobody was told.", role="answer"),
            p("And when will it start again?", role="question"),
            p(
                "The day someone switches it on. ",
                Text("Soon", Mark.EMPH),
                ", I hope.",
                role="answer",
            ),
        )
    ),
)
ADVISORY = replace(
    BASE,
    kind="advisory",
    kind_label="Advisory",
    title="Press conference of the Executive Secretary",
    release_line="MEDIA ADVISORY",
    rows=(
        Row("Who", "Elena Marin, Executive Secretary\nMaria Hofer, Press Secretary"),
        Row("What", "Press conference on the session of the Council"),
        Row("When", "Wednesday, 5 November 2025, 11:00 (Vienna, 10:00 UTC)"),
        Row("Where", "12 Quay Street, 1020 Vienna, room 2; https://river.example/live"),
    ),
    dateline="",
    body=Document((p("Accreditation is open until 4 November, 18:00."),)),
    contacts_first=True,
)

NODES: tuple[Block, ...] = (
    p(
        "Plain, ",
        Text("bold", Mark.STRONG),
        ", ",
        Text("italic", Mark.EMPH),
        ", ",
        Text("both", Mark.STRONG | Mark.EMPH),
        ", ",
        Text("underlined", Mark.UNDERLINE),
        ", H",
        Text("2", Mark.SUB),
        "O, m",
        Text("3", Mark.SUP),
        ", a ",
        Text(
            "link that is long enough to be broken over two lines of the page",
            link="https://river.example/long",
        ),
        ", ",
        Text("по-русски", language="ru"),
        ", ",
        Text("հայերեն", language="hy"),
        ", office −5 °C ≈ ≠ ≤ ≥ → ✓.",
        LineBreak(),
        "A second line.",
    ),
    Heading(2, (Text("Lists"),)),
    BulletList(
        (
            ListItem((Text("First"),)),
            ListItem(
                (
                    Text(
                        "Second, with a list of its own that needs more than one line to be read "
                        "out in full length"
                    ),
                ),
                (
                    NumberedList(
                        (
                            ListItem((Text("One"),)),
                            ListItem((Text("Two"),), (BulletList((ListItem((Text("Deep"),)),)),)),
                        ),
                        start=9,
                    ),
                ),
            ),
        )
    ),
    Heading(4, (Text("A level jumped"),)),
    Table(
        (
            (Cell((Text("Station"),)), Cell((Text("Level, cm"),)), Cell((Text("Remark"),))),
            (Cell((Text("Upper Weir"),)), Cell((Text("214"),)), Cell((Text("rising"),))),
            (Cell((Text("Lower Weir"),)), Cell((Text("−12.5"),)), Cell()),
            (
                Cell((Text("Old Bridge"),)),
                Cell((Text("1 030"),)),
                Cell(
                    (
                        Text(
                            "a remark that is long enough to take more than a line in its "
                            "column, as remarks are"
                        ),
                    )
                ),
            ),
        )
    ),
    Figure(SHA, "A grey gradient from dark to light", (Text("The gauge at night."),), "Photo: IRC"),
    Rule(),
    Quote((p("One."), p("Two, of the same person.")), "Elena Marin"),
    p("Who pays?", role="question"),
    p("All of us.", role="answer"),
)
EVERY_NODE = replace(BASE, body=Document(NODES))

LONG_LINE = (
    "The commission measures the river at every station of the basin, and it publishes what it "
    "finds within the hour, because a forecast that comes late is a report. "
)
EMBARGOED = replace(
    BASE,
    embargo_line="EMBARGOED UNTIL 6 October 2025, 11:00 (Vienna, 09:00 UTC)",
    embargo_until="2025-10-06T09:00:00Z",
    release_line="EMBARGOED UNTIL 6 October 2025, 11:00 (Vienna, 09:00 UTC)",
    body=Document(tuple(p(LONG_LINE * 5) for _ in range(9))),
)
DRAFT = replace(
    EMBARGOED,
    state=State.DRAFT,
    warning="DRAFT – NOT FOR RELEASE",
    reference="",
    issued_at="",
)
CONTACTS = replace(
    BASE,
    contacts=tuple(replace(HOFER, name=f"Maria Hofer {number}") for number in range(1, 6)),
    body=Document(tuple(p(LONG_LINE * 4) for _ in range(4))),
)
PEOPLES = replace(
    BASE,
    body=Document(
        (
            p(
                Text(
                    "Մամուլի կենտրոնը բացվում է երկուշաբթի օրը Երևանում և սպասարկում է "
                    "լրագրողներին։",
                    language="hy",
                )
            ),
            p(Text("Қазақстан өзендері: әғқңөұүһі ӘҒҚҢӨҰҮҺІ.", language="kk")),
            p(Text("Кыргыз суулары: ңөү; тоҷикӣ: ғӣқӯҳҷ.", language="ky")),
        )
    ),
)
MISSING = replace(
    BASE, title="Water 水 and 😀", body=Document((p("שלום and مرحبا and \ue001 stay."),))
)
BARE = Sheet(language="en", kind="news", kind_label="Press release", state=State.DRAFT)
RECORDED = replace(BASE, recorded="Recorded on 23 November 2026", release_line="", contacts=())
LETTER = replace(
    BASE, look=replace(BASE.look, page="Letter", body="sans", headings="sans", accent="#8a1c1c")
)


def speech(words: int) -> Sheet:
    """A long speech: paragraphs of several lengths in two languages, some headings."""
    russian = (
        "Комиссия измеряет реку на каждом посту бассейна и публикует данные в течение часа, "
        "потому что опоздавший прогноз — это отчёт. "
    )
    blocks: list[Block] = []
    count = 0
    while count < words:
        number = len(blocks)
        text = (russian if number % 3 == 2 else LONG_LINE) * (1 + number % 4)
        blocks.append(
            Heading(2, (Text(f"Part {number}"),)) if number % 12 == 5 else p(text.strip())
        )
        count += len(text.split())
    return replace(SPEECH, body=Document(tuple(blocks)))


SHEETS = {
    "statement": BASE,
    "statement-ru": RUSSIAN,
    "news": NEWS,
    "news-ru": replace(RUSSIAN, kind="news", kind_label="Пресс-релиз"),
    "speech": SPEECH,
    "speech-ru": replace(
        RUSSIAN,
        kind="speech",
        kind_label="Выступление",
        speaker=("Елена Марин", "Исполнительный секретарь"),
        centred=True,
        dateline="",
    ),
    "interview": INTERVIEW,
    "interview-ru": replace(
        RUSSIAN,
        kind="interview",
        credit="Интервью газете «Речной курьер»",
        credit_url="https://courier.example/i",
        body=Document((p("Почему?", role="question"), p("Потому.", role="answer"))),
    ),
    "advisory": ADVISORY,
    "advisory-ru": replace(
        RUSSIAN,
        kind="advisory",
        rows=(Row("Кто", "Елена Марин"), Row("Где", "Вена, Набережная, 12")),
        contacts_first=True,
    ),
    "every-node": EVERY_NODE,
    "embargoed": EMBARGOED,
    "draft": DRAFT,
    "contacts": CONTACTS,
    "peoples": PEOPLES,
    "missing": MISSING,
    "bare": BARE,
    "recorded": RECORDED,
    "letter": LETTER,
}
"""By the name of their golden file."""
