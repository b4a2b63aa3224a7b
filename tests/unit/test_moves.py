"""A paragraph that moved is known again, and is no other paragraph."""

from __future__ import annotations

import random
import time

import pytest

from pressdesk.document.diff import Difference, LineDiff, compare
from pressdesk.document.nodes import Document, Figure, Heading, Rule, Text
from pressdesk.document.tools import paragraph

DAM = "The dam of the upper lake was closed on Monday by its keepers."
ICE = "Ice drifts past the town from the first days of December."
FISH = "Fish were counted at nine places along the eastern shore."


def doc(*texts: str) -> Document:
    return Document(tuple(paragraph(text) for text in texts))


def told(found: Difference) -> list[tuple[str, int, str]]:
    return [(line.change, line.move, line.way) for line in found.lines]


def words(line: LineDiff) -> list[tuple[str, str]]:
    return [(piece.change, piece.text) for piece in line.pieces]


def test_a_paragraph_moved_down_stands_in_both_places() -> None:
    found = compare(doc(DAM, ICE, FISH), doc(ICE, FISH, DAM))
    assert told(found) == [("away", 1, "down"), ("kept", 0, ""), ("kept", 0, ""),
                           ("moved", 1, "down")]  # fmt: skip
    assert (found.moved, found.added, found.removed) == (1, 0, 0)
    assert not found.same


def test_a_paragraph_moved_up_is_read_where_it_is_now_first() -> None:
    found = compare(doc(ICE, FISH, DAM), doc(DAM, ICE, FISH))
    assert told(found)[0] == ("moved", 1, "up")
    assert told(found)[-1] == ("away", 1, "up")


@pytest.mark.parametrize("between", [(), (FISH,)], ids=["side by side", "apart"])
def test_a_word_changed_on_the_way_is_shown_in_both_places(between: tuple[str, ...]) -> None:
    rest = [ICE, *between]
    found = compare(doc(DAM, *rest), doc(*rest, DAM.replace("Monday", "Tuesday")))
    (was,) = [line for line in found.lines if line.change == "away"]
    (now,) = [line for line in found.lines if line.change == "moved"]
    assert words(was) == words(now)
    assert ("removed", "Monday") in words(now) and ("added", "Tuesday") in words(now)
    assert (found.added, found.removed, found.moved) == (1, 1, 1)


def test_two_that_passed_each_other_and_both_changed_are_one_move() -> None:
    found = compare(
        doc(DAM, ICE), doc(ICE.replace("December", "March"), DAM.replace("Monday", "Friday"))
    )
    assert sorted(line.change for line in found.lines) == ["away", "changed", "moved"]


def test_a_moved_paragraph_is_not_taken_for_the_neighbour_it_resembles() -> None:
    like = "The dam of the lower lake was opened on Sunday by volunteers of the town."
    found = compare(doc(DAM, ICE, like), doc(ICE, DAM))
    assert [line.change for line in found.lines] == ["moved", "kept", "away", "removed"]


def test_short_and_empty_things_do_not_move() -> None:
    stay = paragraph(ICE), paragraph(FISH)
    old = Document((Rule(), *stay, paragraph("Yes it is.")))
    new = Document((paragraph("Yes it was."), *stay, Rule()))
    found = compare(old, new)
    assert not any(line.move for line in found.lines)


def test_a_short_heading_and_a_picture_move_when_nothing_of_them_changed() -> None:
    heading, picture = Heading(2, (Text("Ice"),)), Figure("a" * 64)
    rest = (paragraph(ICE), paragraph(FISH))
    found = compare(Document((heading, picture, *rest)), Document((*rest, heading, picture)))
    assert found.moved == 2


def test_a_paragraph_said_twice_moves_as_often_as_it_did() -> None:
    found = compare(doc(DAM, DAM, ICE, FISH), doc(ICE, FISH, DAM))
    assert [line.change for line in found.lines] == ["away", "removed", "kept", "kept", "moved"]


def test_a_moved_paragraph_made_a_heading_says_what_it_was() -> None:
    found = compare(
        doc(DAM, ICE, FISH), Document((paragraph(ICE), paragraph(FISH), Heading(2, (Text(DAM),))))
    )
    (now,) = [line for line in found.lines if line.change == "moved"]
    assert (now.form, now.was) == ("heading", "paragraph")


def test_russian_and_arabic_paragraphs_move() -> None:
    water = "Уровень воды в верхнем озере упал на два метра за одну неделю."
    gauge = "أعلنت اللجنة أن منسوب المياه في البحيرة العليا انخفض بمقدار مترين."
    found = compare(doc(water, gauge, ICE), doc(gauge, ICE, water.replace("два", "три")))
    assert found.moved == 1
    found = compare(doc(gauge, water, ICE), doc(water, ICE, gauge))
    assert found.moved == 1


def test_a_long_text_shuffled_is_compared_in_reasonable_time() -> None:
    chance = random.Random(3)
    vocabulary = [f"word{number}" for number in range(1500)]
    old = [" ".join(chance.choices(vocabulary, k=50)) for _ in range(400)]
    new = [text.replace(" ", " so ", 1) for text in old]
    chance.shuffle(new)
    began = time.process_time()
    found = compare(doc(*old), doc(*new))
    assert time.process_time() - began < 10  # 20,000 words; about 0.5 s here
    assert found.moved > 300
