"""Two versions of a release: each particular that changed is named, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from pressdesk.document.diff import DiffPiece
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.press.differing import alike, differ
from pressdesk.press.release import Edition, Embargo, Release

RELEASE = Release("news", id=3, topics=("Floods",))
EDITION = Edition(
    "en",
    id=5,
    title="Water level falls",
    date=date(2026, 11, 23),
    contacts=(1,),
    body=Document((paragraph("The level fell by two metres."),)),
)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)

CHANGES = [
    ("title", "Water level falls", "Water level rises", {}, {"title": "Water level rises"}),
    ("subtitle", "", "At all gauges", {}, {"subtitle": "At all gauges"}),
    ("date", "2026-11-23", "", {}, {"date": None}),
    ("place", "", "Vienna", {}, {"place": "Vienna"}),
    ("summary", "", "It falls.", {}, {"summary": "It falls."}),
    ("notes", "", "Figures", {}, {"notes": "Figures"}),
    ("boilerplate", "Standard text", "", {}, {"boilerplate": ""}),
    ("contacts", "Maria Hofer", "Maria Hofer, #2", {}, {"contacts": (1, 2)}),
    ("kind", "News", "Statement", {"kind": "statement"}, {}),
    ("reference", "", "PR 2026/001", {"reference": "PR 2026/001"}, {}),
    ("occasion", "", "Session", {"occasion": "Session"}, {}),
    ("topics", "Floods", "Floods, Ice", {"topics": ("Floods", "Ice")}, {}),
    ("places", "", "Vienna", {"places": ("Vienna",)}, {}),
    ("people", "", "Elena Marin", {"people": ("Elena Marin",)}, {}),
    ("slug", "", "level", {"slug": "level"}, {}),
    (
        "embargo",
        "For immediate release",
        "2026-11-23 12:00 Europe/Vienna",
        {"embargo": Embargo(NOON, "Europe/Vienna")},
        {},
    ),
    ("planned", "", "2026-11-23 11:00 UTC", {"planned": NOON}, {}),
]


@pytest.mark.parametrize(("key", "old", "new", "shared", "own"), CHANGES, ids=lambda v: str(v)[:9])
def test_each_particular_that_changed_is_told_with_both_texts(
    key: str, old: str, new: str, shared: dict[str, object], own: dict[str, object]
) -> None:
    later = (replace(RELEASE, **shared), replace(EDITION, **own))
    found = differ((RELEASE, EDITION), later, {1: "Maria Hofer"})
    assert [(each.key, each.old, each.new) for each in found.fields] == [(key, old, new)]
    assert not found.same
    assert found.body.same
    assert not alike((RELEASE, EDITION), later)


def test_no_particular_of_either_value_is_forgotten() -> None:
    told = {key for key, *_ in CHANGES} | {"fields", "body", "embargo"}
    identity = {"id", "uid", "release_id", "number", "state", "language", "version"}
    moments = {"issued_at", "recorded_at", "questions"}
    for kind_of in (Release, Edition):
        assert set(kind_of.__struct_fields__) <= told | identity | moments


def test_a_field_of_the_kind_bears_its_label() -> None:
    old = replace(EDITION, fields=(("speaker", "Elena Marin"),))
    new = replace(EDITION, fields=(("speaker", "Elena Hofer"), ("x-own", "1")))
    speech = Release("speech")
    found = differ((speech, old), (speech, new))
    assert [(each.key, each.label) for each in found.fields] == [
        ("fields.speaker", "Speaker"),
        ("fields.x-own", "x-own"),
    ]
    assert found.fields[0].pieces == (
        DiffPiece("kept", "Elena "),
        DiffPiece("removed", "Marin"),
        DiffPiece("added", "Hofer"),
    )


def test_a_kind_that_is_no_more_is_shown_by_its_name() -> None:
    found = differ((Release("telegram"), EDITION), (RELEASE, EDITION))
    assert [(each.old, each.new) for each in found.fields if each.key == "kind"] == [
        ("telegram", "News")
    ]


def test_a_save_that_moves_only_versions_changes_nothing() -> None:
    later = (replace(RELEASE, version=9), replace(EDITION, version=4, id=9))
    assert differ((RELEASE, EDITION), later).same
    assert alike((RELEASE, EDITION), later)


def test_the_text_alone_differs_in_words() -> None:
    later = replace(EDITION, body=Document((paragraph("The level fell by three metres."),)))
    found = differ((RELEASE, EDITION), (RELEASE, later))
    assert found.fields == ()
    assert [line.change for line in found.body.lines] == ["changed"]
