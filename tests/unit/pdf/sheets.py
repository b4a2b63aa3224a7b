"""Sheets made by hand: every kind, both languages, every node, and the awkward cases."""

from __future__ import annotations

from msgspec.structs import replace

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
    Quote,
    Rule,
    Table,
    Text,
)
from pressdesk.press.sheet import Row, Sheet
from pressdesk.press.states import State
from tests.unit.pdf.sheet_parts import BASE, HOFER, RUSSIAN, SHA, p

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
    watermark="DRAFT",
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
