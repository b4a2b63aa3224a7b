"""Every kind of release renders with every writer, in both languages: a new one by existing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.formats import registry
from pressdesk.press.compose import compose
from pressdesk.press.house import House
from pressdesk.press.kinds import Kind, KindField, kinds
from pressdesk.press.release import Contact, Edition, Release, Way
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WORDS = {
    "date": "2026-12-01",
    "datetime": "2026-12-01T11:00",
    "url": "https://river.example/a",
    "text": "Filled in",
    "lines": "Filled in\nTwice",
}


def value(field: KindField) -> str:
    return field.choices[0].value if field.choices else WORDS[field.type]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("writer", registry.writers().values(), ids=lambda w: w.name)
@pytest.mark.parametrize("kind", kinds().values(), ids=lambda k: k.name)
def test_it_renders_with_everything_filled_in(
    kind: Kind, writer: registry.Writer, language: str
) -> None:
    sort = kind
    edition = Edition(
        language,
        title="Заголовок & <title>",
        body=Document((paragraph("Text."),)),
        place="Vienna",
        date=date(2026, 12, 1),
        state=State.ISSUED,
        fields=tuple(sorted((field.key, value(field)) for field in sort.fields)),
    )
    press = Contact(
        name=Translated.of(en="Maria Hofer"),
        ways=(Way("phone", "+43 1 5340811", "tel:+4315340811"),),
    )
    house = House(organisation=Translated.of(en="Commission"), zone="Europe/Vienna")
    sheet = compose(Release(sort.name, reference="PR 2026/001"), edition, house, [press], now=NOW)
    context = registry.Context()
    data = writer.write(sheet, context)
    assert context.losses == []
    if writer.name == "pdf":
        assert data.startswith(b"%PDF-1.7")
    else:
        text = data.decode("utf-8")
        assert "Заголовок" in text and "Maria Hofer" in text and "PR 2026/001" in text
