"""Lines: nothing lost, nothing too wide, breaks only where they may be."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.formats.writers.pdf.breaking import Line, Run, lines
from pressdesk.formats.writers.pdf.fonts import Face, chain, covering, face
from pressdesk.formats.writers.pdf.theme import INK

SERIF = face("serif")


def run(text: str, strong: bool = False) -> Run:
    """Ten-point letters."""
    return Run(text, face("serif", strong), 10.0, INK)


def shown(found: list[Line]) -> list[str]:
    """The lines as text, without the spaces lost in breaks."""
    return ["".join(" ".join(words) for _, words in line.parts) for line in found]


def told(found: list[Line]) -> str:
    """The lines as they are read out."""
    return "".join(text + " " * line.open for text, line in zip(shown(found), found, strict=True))


@pytest.mark.parametrize("strong", [False, True])
def test_words_go_to_the_next_line_whole(strong: bool) -> None:
    runs = [run("one two "), run("three four", strong)] if strong else [run("one two three four")]
    found = lines(runs, 45.0, 45.0)
    assert shown(found) == ["one two", "three", "four"]
    assert told(found) == "one two three four"


def test_a_no_break_space_holds() -> None:
    assert shown(lines([run("on 30\u00a0August")], 50.0, 50.0)) == ["on", "30\u00a0August"]
    assert shown(lines([run("5\u202f000\u00a0m")], 200.0, 200.0)) == ["5\u202f000\u00a0m"]


def test_a_soft_hyphen_breaks_and_shows_only_there() -> None:
    found = lines([run("an infor\u00admation desk")], 45.0, 45.0)
    assert shown(found) == ["an infor\u00ad", "mation", "desk"]
    assert told(found).replace("\u00ad", "") == "an information desk"


def test_a_soft_hyphen_that_is_not_needed_takes_no_room() -> None:
    assert SERIF["infor\u00admation"].width == SERIF["information"].width
    assert SERIF["infor\u00ad"].width == pytest.approx(SERIF["infor-"].width, abs=30)


def test_a_hyphen_between_letters_may_end_a_line_but_not_one_before_a_number() -> None:
    assert shown(lines([run("a long-term plan")], 42.0, 42.0))[0] == "a long-"
    assert "-" not in shown(lines([run("minus about -5555")], 55.0, 55.0))[0]


def test_a_word_wider_than_the_line_is_cut() -> None:
    found = lines([run("see " + "x" * 100 + " end")], 100.0, 100.0)
    assert told(found) == "see " + "x" * 100 + " end"
    assert all(line.width <= 100.5 for line in found)


def test_a_word_of_two_faces_wider_than_the_line_is_cut() -> None:
    found = lines([run("x" * 60), run("y" * 60, True)], 100.0, 100.0)
    assert told(found) == "x" * 60 + "y" * 60
    assert all(line.width <= 100.5 for line in found)


def test_a_word_over_the_border_of_two_runs_is_not_parted() -> None:
    found = lines([run("aa bb"), run("cc dd", True)], 32.0, 32.0)
    assert shown(found) == ["aa", "bbcc", "dd"]


def test_a_forced_line_is_read_with_a_space() -> None:
    found = lines([run("one"), None, run("two")], 100.0, 100.0)
    assert shown(found) == ["one", "two"]
    assert told(found) == "one two"


def test_a_column_narrower_than_a_letter_ends() -> None:
    assert told(lines([run("Wide")], 1.0, 1.0)) == "Wide"


TEXTS = st.text(alphabet="abc ДЖ\u00a0\u00ad-–/\u200bffi水\u0301", max_size=80)


@given(TEXTS, st.floats(8.0, 200.0))
def test_nothing_is_lost_in_one_run(text: str, width: float) -> None:
    found = lines([run(text)], width, width)
    assert told(found).rstrip(" ") == text.rstrip(" ")


@given(TEXTS, TEXTS, st.floats(8.0, 200.0))
def test_nothing_is_lost_in_two_runs(one: str, two: str, width: float) -> None:
    found = lines([run(one), run(two, True)], width, width)
    assert told(found).strip(" ") == (one + two).strip(" ")


@given(TEXTS, st.floats(40.0, 200.0))
def test_no_line_is_too_wide(text: str, width: float) -> None:
    for line in lines([run(text)], width, width):
        assert line.width <= width + 0.5


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["x" * 200_000, "word " * 100_000, "a-" * 100_000, "\u00ad" * 99_999]
)
@pytest.mark.parametrize("mixed", [False, True])
def test_huge_words_and_paragraphs_stay_linear(text: str, mixed: bool) -> None:
    start = time.process_time()
    found = lines([run("Bold ", True), run(text)] if mixed else [run(text)], 428.0, 428.0)
    assert time.process_time() - start < 5
    assert len(told(found)) >= len(text) - 1


@given(st.text(max_size=40))
def test_any_text_is_shaped_and_copied_back(text: str) -> None:
    copied = "".join(glyph.text for glyph in SERIF.shape(text.rstrip("\u00ad")).glyphs)
    wanted = text.replace("\u00ad", "").replace("\u200b", "")
    assert len(copied) == len(wanted)
    assert all(a in (b, "\ufffd") for a, b in zip(copied, wanted, strict=True))


def test_all_faces_have_the_same_characters_and_what_the_coverage_table_says() -> None:
    from pressdesk.press.checks import coverage

    faces = [face(family, s, e) for family in ("serif", "sans") for s in (0, 1) for e in (0, 1)]  # type: ignore[arg-type]
    assert len({one.coverage for one in faces}) == 1
    assert {ord(c) for c in SERIF.coverage} <= coverage()
    for character in "−≈≠≤≥→←↑↓✓✗×·•□№€₽ӘғҚңӨұҮһӣӯҳҷԱֆև֏":
        assert character in SERIF.coverage


def test_a_missing_character_is_a_box_that_keeps_its_meaning() -> None:
    (glyph,) = SERIF["水"].glyphs
    assert (glyph.number, glyph.text) == (SERIF.box, "水")


def test_another_face_steps_in_where_it_can() -> None:
    class Narrow(Face):
        """A face that lacks a letter."""

    narrow = Narrow("PressDeskSans-Regular", _sans())
    narrow.coverage = frozenset(narrow.coverage - {"Ж"})
    assert covering("aЖb", (narrow, SERIF)) == [("a", narrow), ("Ж", SERIF), ("b", narrow)]
    assert covering("a水b", chain("serif")) == [("a水b", SERIF)]


def _sans() -> bytes:
    from pressdesk.base import resources

    return resources.read_bytes("fonts/PressDeskSans-Regular.ttf")


def test_ligatures_are_drawn_as_one_and_copied_as_letters() -> None:
    glyphs = SERIF["office"].glyphs
    assert [glyph.text for glyph in glyphs] == ["o", "ffi", "c", "e"]
