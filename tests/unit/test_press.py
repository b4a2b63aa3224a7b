"""Kinds, numbering, embargo and the composed sheet."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.base.errors import BadInput
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.checks import check, errors
from pressdesk.press.compose import compose
from pressdesk.press.embargo import embargo, instant
from pressdesk.press.house import House
from pressdesk.press.kinds import kind, kinds
from pressdesk.press.numbering import reference
from pressdesk.press.release import Contact, Edition, Release, Way
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State
from pressdesk.press.translated import Translated

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUSE = House(
    organisation=Translated.of(en="Interstate River Commission", ru="Речная комиссия"),
    about=Translated.of(en="About the Commission"),
    boilerplate=Translated.of(en="Nine countries.\n\nOne river."),
    zone="Europe/Vienna",
)
PRESS = Contact(
    id=1,
    name=Translated.of(en="Maria Hofer", ru="Мария Хофер"),
    ways=(
        Way(
            "phone",
            "+43 1 534 08 112",
            "tel:+43153408112",
            Translated.of(en="office", ru="приёмная"),
        ),
        Way("phone", "+43 664 0000000", "tel:+436640000000", public=False),
        Way("email", "press@river.example", "mailto:press@river.example"),
    ),
)


def sheet(release: Release, edition: Edition, *contacts: Contact) -> Sheet:
    return compose(release, edition, HOUSE, contacts, now=NOW)


def test_five_kinds_in_menu_order_with_both_languages() -> None:
    assert list(kinds()) == ["news", "statement", "speech", "interview", "advisory"]
    for one in kinds().values():
        texts = [one.label, one.plural, one.advice, *(f.label for f in one.fields)]
        assert all(t.exactly("en") and t.exactly("ru") for t in texts)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match="statement"):
        kind("poem")


def test_dateline_reference_line_and_labels_in_english_and_russian() -> None:
    release = Release("statement", reference="PR 2025/041")
    edition = Edition("en", place="Vienna", date=date(2025, 10, 6), state=State.ISSUED)
    english = sheet(release, edition, PRESS)
    assert english.dateline == "VIENNA, 6 October 2025 –"
    assert english.reference_line == "Statement PR 2025/041 · Vienna, 6 October 2025"
    assert english.release_line == "FOR IMMEDIATE RELEASE"
    assert english.warning == ""
    russian = sheet(release, Edition("ru", place="Вена", date=date(2025, 10, 6)), PRESS)
    assert russian.dateline == "ВЕНА, 6 октября 2025 г. –"
    assert russian.warning == "ПРОЕКТ – НЕ ДЛЯ РАСПРОСТРАНЕНИЯ"
    assert russian.contacts[0].ways[0].label == "приёмная"


def test_labels_of_a_third_language_fall_back_to_english() -> None:
    armenian = sheet(Release("news"), Edition("hy", date=date(2025, 10, 6)))
    assert armenian.release_line == "DRAFT – NOT FOR RELEASE"
    assert armenian.reference_line == "News (reference to follow) · 6 October 2025"
    issued = sheet(Release("news"), Edition("hy", date=date(2025, 10, 6), state=State.ISSUED))
    assert issued.release_line == "FOR IMMEDIATE RELEASE"


@pytest.mark.parametrize("name", kinds())
@pytest.mark.parametrize(
    ("language", "warning", "word"),
    [
        ("en", "DRAFT – NOT FOR RELEASE", "DRAFT"),
        ("ru", "ПРОЕКТ – НЕ ДЛЯ РАСПРОСТРАНЕНИЯ", "ПРОЕКТ"),
    ],
)
def test_a_draft_says_that_it_is_one_and_never_that_it_may_go_out(
    name: str, language: str, warning: str, word: str
) -> None:
    draft = sheet(Release(name), Edition(language))
    assert (draft.warning, draft.release_line, draft.watermark) == (warning, warning, word)
    issued = sheet(Release(name), Edition(language, state=State.ISSUED))
    assert (issued.warning, issued.watermark) == ("", "")
    assert issued.release_line not in ("", warning)


def test_a_draft_bears_its_warning_and_the_embargo_it_will_have() -> None:
    ahead = Release("news", embargo=embargo(datetime(2026, 12, 1, 10, 0), "UTC"))
    draft = sheet(ahead, Edition("en"))
    assert draft.warning == "DRAFT – NOT FOR RELEASE"
    assert draft.release_line == draft.embargo_line == "EMBARGOED UNTIL 1 December 2026, 10:00 UTC"


def test_private_contacts_and_numbers_are_never_composed() -> None:
    hidden = Contact(id=2, name=Translated.of(en="Nobody"), public=False)
    printed = sheet(Release("news"), Edition("en"), PRESS, hidden).contacts
    assert [c.name for c in printed] == ["Maria Hofer"]
    assert [way.printed for way in printed[0].ways] == ["+43 1 534 08 112", "press@river.example"]


def test_embargo_line_names_zone_and_utc_until_it_is_past() -> None:
    ahead = Release("news", embargo=embargo(datetime(2026, 12, 1, 10, 0), "Europe/Vienna"))
    line = "EMBARGOED UNTIL 1 December 2026, 10:00 (Vienna, 09:00 UTC)"
    shown = sheet(ahead, Edition("en"))
    assert (shown.embargo_line, shown.release_line) == (line, line)
    assert shown.embargo_until == "2026-12-01T09:00:00Z"
    past = Release("news", embargo=embargo(datetime(2026, 11, 1, 10, 0), "UTC"))
    assert sheet(past, Edition("en")).embargo_line == ""


def test_a_recorded_item_says_so_and_takes_nothing_of_today() -> None:
    edition = Edition("en", recorded_at=NOW, state=State.ISSUED, date=date(2020, 9, 27))
    shown = sheet(Release("statement"), edition)
    assert shown.recorded == "Recorded on 23 November 2026"
    assert (shown.release_line, shown.boilerplate.paragraphs) == ("", ())


def test_advisory_rows_and_speaker_block() -> None:
    fields = (("ends", "2026-12-01T12:30"), ("starts", "2026-12-01T11:00"), ("what", "Signing"))
    rows = sheet(Release("advisory"), Edition("en", fields=fields)).rows
    when = "Tuesday, 1 December 2026, 11:00 (Vienna, 10:00 UTC) – 12:30"
    assert [(r.label, r.value) for r in rows] == [("What", "Signing"), ("When", when)]
    talk = Edition("en", fields=(("delivered", "2026-05-02"), ("speaker", "Elena Marin")))
    assert sheet(Release("speech"), talk).speaker == ("Elena Marin", "2 May 2026")


def test_times_that_do_not_exist_or_occur_twice_are_refused() -> None:
    with pytest.raises(BadInput, match="does not exist"):
        instant(datetime(2026, 3, 29, 2, 30), "Europe/Vienna")
    with pytest.raises(BadInput, match="twice"):
        instant(datetime(2026, 10, 25, 2, 30), "Europe/Vienna")
    first = instant(datetime(2026, 10, 25, 2, 30), "Europe/Vienna", fold=0)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with pytest.raises(BadInput, match="no time zone"):
        instant(datetime(2026, 1, 1), "Mars/Olympus")


def test_reference_patterns() -> None:
    assert reference("PR {year}/{n:03}", year=2026, n=7, kind="news") == "PR 2026/007"
    for wrong in ("PR {year}", "{n!r}", "{n.real}", "{n", "{x}{n}", "{n:>9999999}", "{n:{year}}"):
        with pytest.raises(BadInput):
            reference(wrong, year=2026, n=7, kind="news")


@given(st.text())
def test_no_pattern_breaks_numbering(pattern: str) -> None:
    try:
        assert isinstance(reference(pattern, year=2026, n=1, kind="news"), str)
    except BadInput as error:
        assert error.hint


def test_checks_refuse_what_cannot_be_issued() -> None:
    found = check(Release("speech"), Edition("en"), (), now=NOW)
    assert {f.where for f in errors(found)} == {"title", "body"}
    assert {"speaker", "contacts"} <= {f.where for f in found}
    body = Document((paragraph("Text"),))
    fine = Edition("en", title="Title", body=body)
    assert not check(Release("news"), fine, (PRESS,), now=NOW)
    past = check(Release("news"), fine, (), now=NOW, record=True)
    assert [f.where for f in errors(past)] == ["date"]
