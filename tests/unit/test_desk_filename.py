"""What an exported file is called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressdesk.desk.filename import stem
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State

ISSUED = Sheet(
    language="en",
    kind="statement",
    kind_label="Statement",
    state=State.ISSUED,
    reference="PR 2025/041",
    title="On the exchange of gauge data",
)
DRAFT = replace(ISSUED, state=State.DRAFT, reference="")


def test_an_issued_file_is_named_by_reference_title_and_language() -> None:
    assert stem(ISSUED, release_id=7, number=1) == "PR-2025-041-on-the-exchange-of-gauge-data-en"


def test_a_draft_says_so_and_which_release_it_is() -> None:
    assert stem(DRAFT, release_id=7, number=1) == "DRAFT-7-on-the-exchange-of-gauge-data-en"


def test_a_later_edition_and_a_slug_are_told() -> None:
    assert stem(ISSUED, release_id=7, number=2, slug="gauges") == "PR-2025-041-gauges-en-v2"


def test_an_embargoed_file_begins_with_its_instant_and_ends_unguessably() -> None:
    sheet = replace(ISSUED, embargo_until="2026-12-01T09:30:00Z")
    name = stem(sheet, release_id=7, number=1, slug="x", embargoed=True, letters="qwerty")
    assert name == "EMBARGO-20261201-0930Z-PR-2025-041-x-en-qwerty"


def test_a_long_russian_title_is_cut_at_a_word_and_the_end_stays() -> None:
    sheet = replace(ISSUED, language="ru", title="Заявление о положении дел " * 20)
    name = stem(sheet, release_id=7, number=3)
    assert len(name.encode()) <= 120
    assert name.startswith("PR-2025-041-заявление-о-положении-дел-")
    assert name.endswith("-ru-v3")
    assert set(name.split("-")[3:-2]) <= {"заявление", "о", "положении", "дел"}


def test_a_title_without_letters_is_left_out() -> None:
    assert stem(replace(DRAFT, title="?! …"), release_id=7, number=1) == "DRAFT-7-en"


@given(st.text(), st.text(max_size=200), st.integers(1, 10**9))
def test_any_title_gives_a_name_a_mail_program_takes(title: str, slug: str, number: int) -> None:
    sheet = replace(DRAFT, title=title, embargo_until="2026-12-01T09:30:00Z")
    name = stem(sheet, release_id=number, number=1, slug=slug, embargoed=True, letters="qwerty")
    assert name.startswith("EMBARGO-20261201-0930Z-DRAFT-")
    assert name.endswith("-en-qwerty")
    assert len(name.encode()) <= 120
