"""Contact blocks: who, in which role, under which numbers."""

from __future__ import annotations

import pytest

from pressdesk.formats.dump.contact_lines import is_contact, is_evidence
from pressdesk.formats.dump.contacts import read_contacts
from pressdesk.formats.dump.phones import is_phone_line
from pressdesk.formats.dump.roles import role_and_name
from pressdesk.press.release import Way


@pytest.mark.parametrize(
    ("line", "role", "name"),
    [
        ("The RIC Press Secretary Maria Hofer", "RIC Press Secretary", "Maria Hofer"),
        ("Maria Hofer, Press Secretary", "Press Secretary", "Maria Hofer"),
        ("Press Secretary – Maria Hofer", "Press Secretary", "Maria Hofer"),
        ("Пресс-секретарь МРК Мария Хофер", "Пресс-секретарь МРК", "Мария Хофер"),
        ("Руководитель пресс-службы М. А. Хофер", "Руководитель пресс-службы", "М. А. Хофер"),
        ("Press Secretary of the Interstate River Commission Maria Hofer",
         "Press Secretary of the Interstate River Commission", "Maria Hofer"),
        ("Press Office", "Press Office", ""),
        ("Maria Hofer", "", "Maria Hofer"),
        ("The Press Secretary Ma\u202eria Hofer", "Press Secretary", "Maria Hofer"),
    ],
)  # fmt: skip
def test_role_and_name_are_told_apart(line: str, role: str, name: str) -> None:
    assert role_and_name(line) == (role, name)


def test_numbers_are_kept_as_printed_and_in_e164() -> None:
    (person,) = read_contacts(
        ["Press contact", "Maria Hofer\nPress Secretary", "Tel.: +43\xa0 1 534 08 112",
         "+43 664 123 45 67, ext. 12", "press@river.example"]
    )  # fmt: skip
    assert (person.name, person.role) == ("Maria Hofer", "Press Secretary")
    assert person.ways == (
        Way("phone", "+43 1 534 08 112", "tel:+43153408112"),
        Way("phone", "+43 664 123 45 67, ext. 12", "tel:+436641234567"),
        Way("email", "press@river.example", "mailto:press@river.example"),
    )


def test_a_number_without_country_is_read_by_one_that_has_it() -> None:
    (person,) = read_contacts(["Пресс-служба", "+7 495 123-45-67", "8 (495) 765-43-21 доб. 5"])
    assert [way.address for way in person.ways] == ["tel:+74951234567", "tel:+74957654321"]
    (alone,) = read_contacts(["Пресс-служба", "8 (495) 765-43-21"])
    assert alone.ways == (Way("phone", "8 (495) 765-43-21"),)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Fax: +43 1 534 08 113", ["fax"]),
        ("Tel.: +43 1 534 08 112, fax: +43 1 534 08 113", ["phone", "fax"]),
        ("Тел.: +7 495 123-45-67; факс +7 495 123-45-68", ["phone", "fax"]),
        ("Моб. +7 903 123-45-67", ["mobile"]),
        ("Tel./Fax: +43 1 534 08 112", ["phone"]),
        ("Office, fax: +43 1 534 08 113", ["fax"]),
        ("+43 1 534 08 112, +43 1 534 08 113 (fax)", ["phone", "fax"]),
        ("Fax +43 1 534 08 113 and +43 1 534 08 114", ["fax", "fax"]),
    ],
)
def test_the_label_tells_the_channel_of_a_number(line: str, kinds: list[str]) -> None:
    (person,) = read_contacts(["Press Office", line])
    assert [way.kind for way in person.ways] == kinds


def test_a_letter_in_a_number_is_not_mended() -> None:
    (person,) = read_contacts(["Press Office", "+7 495-123-45-6O"])
    assert person.ways == (Way("phone", "+7 495-123-45-6O"),)


def test_the_next_name_begins_the_next_contact() -> None:
    people = read_contacts(
        ["Maria Hofer, Press Secretary, +43 1 534 08 112, maria@river.example", "Timur Saidov",
         "Spokesperson", "timur@river.example"]
    )  # fmt: skip
    assert [(p.name, p.role) for p in people] == [
        ("Maria Hofer", "Press Secretary"),
        ("Timur Saidov", "Spokesperson"),
    ]
    assert [[way.printed for way in one.ways] for one in people] == [
        ["+43 1 534 08 112", "maria@river.example"],
        ["timur@river.example"],
    ]


@pytest.mark.parametrize(
    "text",
    ["Press Secretary Maria Hofer on the flood forecast", "The council met for two days.",
     "19 July 2024", "2024-2025", "In 1994 and 2004 the river rose by 1,200,000 cubic metres"],
)  # fmt: skip
def test_prose_is_no_contact(text: str) -> None:
    assert not (is_contact(text) and is_evidence(text))
    assert not is_phone_line(text)
