"""E-mail addresses: whole, or not taken and asked about; never cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.document.tools import plain
from pressdesk.formats.dump.addresses import has_doubtful, whole
from pressdesk.formats.dump.drafting import draft_of

WHOLE = [
    "press@river.example",
    "press+lock@river.example",
    "o'neill@river.example",
    "d'arcy.o'brien@river.example",
    "m&a@river.example",
    '"press office"@river.example',
    "jörg.müller@müller-häfen.example",
    "пресса@гавань.рф",
    "пресса@xn--80aafg.xn--p1ai",
    "press@river.international",
    "press@river.co.uk",
    "press@river-council.gov.example",
]


@pytest.mark.parametrize("address", WHOLE)
@pytest.mark.parametrize(
    "around",
    ["{}", "{}.", "{};", "({})", "<{}>", "«{}»", "E-mail:{}", "mailto:{}", "{}, ilse@river.example",
     "{},ilse@river.example", "{}/ilse@river.example", "e-mail: {}; fax: +43 1 534 00 111"],
)  # fmt: skip
def test_an_address_is_taken_whole(address: str, around: str) -> None:
    line = around.format(address)
    assert whole(line)[0] == address and not has_doubtful(line)


@pytest.mark.parametrize("line", ["'press@river.example'", '"press@river.example"'])
def test_quotation_marks_around_an_address_are_not_of_it(line: str) -> None:
    assert whole(line) == ("press@river.example",)


@pytest.mark.parametrize(
    "line", ["press [at] river.example", "press (at) river (dot) example", "press[at]river.example"]
)
def test_an_address_with_its_signs_spelled_out_is_one(line: str) -> None:
    assert whole(line) == ("press@river.example",)


@pytest.mark.parametrize(
    "text",
    ["o’neill@river.example", "press@river", "press@ river.example", "press @ river.example",
     "press@river. example", "press@river,example", "press@river..example",
     "press@river-\ncouncil.example", "press@river.gov.\nexample",
     "maria.hofer-\nlock@river.example", "maria,hofer@river.example", "...press@river.example",
     "press!x@river.example", "press@[192.0.2.1]", "press@river.example:8080",
     "mail=press@river.example", "press@river.ex4mple"],
)  # fmt: skip
def test_what_may_be_cut_is_not_taken_and_told(text: str) -> None:
    assert has_doubtful(text)
    block = ["Press Secretary Maria Hofer", "+43 1 534 08 112", text]
    body = ["On the level of the river", "6 March 2025", "The level of the river has fallen."]
    draft = draft_of([*body, *block])
    assert [[way.kind for way in one.ways] for one in draft.contacts] == [["phone"]]
    assert draft.contacts[0].name == "Maria Hofer"
    assert "email" in draft.questions
    assert text in plain(draft.body)


@pytest.mark.parametrize("text", ["@RiverCommission", "5 @ 10", "Look (at) this", "a@"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert whole(text) == ()


@given(st.text(st.sampled_from("ab1.+-'’\"@ <>(),;:/=ä\n"), max_size=30))
def test_what_is_taken_stands_in_the_text_from_blank_to_blank_or_mark(text: str) -> None:
    for address in whole(text):
        assert address in text
        assert address.count("@") == 1 and not address.startswith(".")
