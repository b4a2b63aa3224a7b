"""Addresses: four schemes leave, everything else stays text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressdesk.formats.links import SCHEMES, in_text, kept
from pressdesk.press.channels import mail, telephone

GOOD = (
    "https://river.example",
    "http://river.example:8080/a/b?c=d&e=f#g",
    "https://пример.рф/путь",
    "https://[2001:db8::1]/",
    "mailto:press@river.example",
    "mailto:press@river.example?subject=Gauge%20data",
    "tel:+43153408112",
    "tel:+43-1-534-08-112;ext=12",
)
BAD = (
    "",
    "river.example",
    "/etc/passwd",
    "//evil.example",
    "#top",
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "javascript\u200b:alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://river.example",
    "blob:https://river.example/x",
    "view-source:https://river.example",
    "https:river.example",
    "https:/river.example",
    "https:///path",
    "https:\\\\evil.example",
    "https://evil.example\\@river.example",
    "https://river.example/a b",
    'https://river.example/"onclick=x',
    "https://river.example/<script>",
    "https://river.example/\u202egnp",
    "https://[evil",
    "mailto:",
    "mailto:a@b\r\nBcc: c@d",
    "mailto:a,b@c",
    "tel:call-me",
    "tel:+43;phone-context=evil.example",
    "https://" + "a" * 3000,
)


@pytest.mark.parametrize("address", GOOD)
def test_these_leave_as_they_are(address: str) -> None:
    assert kept(address) == address


@pytest.mark.parametrize("address", BAD)
def test_these_never_leave(address: str) -> None:
    assert kept(address) is None


@given(st.text())
def test_what_leaves_has_one_of_four_schemes(text: str) -> None:
    address = kept(text)
    assert address is None or address.partition(":")[0] in SCHEMES


def test_numbers_and_mail_addresses_are_whole_or_not_linked() -> None:
    assert telephone("+43153408112") == "tel:+43153408112"
    assert [telephone(n) for n in ("", "0153408112", "+0", "+431;x", "+4315340811234567")] == [
        ""
    ] * 5
    assert mail("press@river.example") == "mailto:press@river.example"
    assert [mail(a) for a in ("", "a", "a@b?c", "a b@c", "a@b,c@d")] == [""] * 5


def test_addresses_are_found_in_a_text_without_what_follows_them() -> None:
    text = "See https://river.example/live. Write to press@river.example!"
    assert in_text(text) == [
        ("See ", None),
        ("https://river.example/live", "https://river.example/live"),
        (". Write to ", None),
        ("press@river.example", "mailto:press@river.example"),
        ("!", None),
    ]


@given(st.text(st.sampled_from("htps:/.@ab !)\n")))
def test_the_pieces_give_the_text(text: str) -> None:
    assert "".join(words for words, _address in in_text(text)) == text
