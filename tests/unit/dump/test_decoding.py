"""Files in old encodings are read rightly, with a remark, or refused with the line named."""

from __future__ import annotations

import pytest

from pressdesk.base.errors import ReadFailed
from pressdesk.formats.dump.decoding import LIMIT, decode

TEXT = """О ПРИОСТАНОВКЕ ОБМЕНА ДАННЫМИ

Межгосударственная речная комиссия выражает сожаление в связи с объявленным решением.

Обмен действовал без перерывов с 1994 года. Press Secretary Maria Hofer, +43 1 534 08 112.
"""


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5", "utf-16-be"])
def test_older_encodings_are_found_out_and_mentioned(encoding: str) -> None:
    found = decode(TEXT.encode(encoding))
    assert (found.text, found.encoding) == (TEXT, encoding)
    assert encoding in found.remarks[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_needs_no_remark(encoding: str) -> None:
    found = decode(TEXT.encode(encoding))
    assert (found.text, found.remarks) == (TEXT, ())


def test_western_text_is_not_taken_for_cyrillic() -> None:
    text = "The café in Zürich opened – “nice”.\nIts résumé: naïve façade, señor.\n"
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("wrong", ["cp1251", "latin-1"])
def test_text_that_was_encoded_twice_is_read_back(wrong: str) -> None:
    text = TEXT.replace("И", "Й")  # its bytes are in every code page
    found = decode(text.encode().decode(wrong).encode())
    assert found.text == text and "twice" in found.remarks[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [("utf-8", "cp1251"), ("cp1251", "utf-8"), ("cp1251", "koi8-r"), ("koi8-r", "cp1251")],
)
def test_a_file_that_changes_its_encoding_is_refused_at_that_line(first: str, second: str) -> None:
    with pytest.raises(ReadFailed, match=r"line [1-9]"):
        decode(TEXT.encode(first) + TEXT.encode(second))


def test_a_chosen_encoding_is_taken_or_refused_never_mended() -> None:
    assert decode(TEXT.encode("koi8-r"), encoding="koi8-r").text == TEXT
    assert decode(TEXT.encode("koi8-r"), encoding="cp1251").text != TEXT
    with pytest.raises(ReadFailed, match="Line 1 cannot be read as utf-8"):
        decode(TEXT.encode("koi8-r"), encoding="utf-8")
    with pytest.raises(ReadFailed, match="no encoding called"):
        decode(b"text", encoding="klingon")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0", b"{\\rtf1 text}", b"\x00\x01\x02"],
)
def test_other_kinds_of_file_are_refused_with_advice(data: bytes) -> None:
    with pytest.raises(ReadFailed, match="not a text file") as refused:
        decode(data)
    assert "save it as plain text" in refused.value.hint


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ReadFailed, match="larger than 50 MB"):
        decode(b"a" * (LIMIT + 1))
