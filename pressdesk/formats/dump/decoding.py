"""Decodes a text file; never guesses an encoding without saying so."""

from __future__ import annotations

import codecs
import re
from functools import cache

from msgspec import Struct

from pressdesk.base.errors import ReadFailed
from pressdesk.base.i18n import _
from pressdesk.formats.dump import charsets

LIMIT = 50 * 2**20
"""Longest file that is read, in bytes."""

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "DOCX, ODT, ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7Z"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3\x00", "SQLite"),
)
_HIGH_BYTES = (0x00, 0x04, 0x20)
"""Of Latin, Cyrillic and typographic signs in UTF-16."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Decoded(Struct, frozen=True):
    """A decoded file: its text, its encoding, and remarks for the person."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """The characters of a file.

    data      the whole file, at most LIMIT bytes
    encoding  read it as this one, because a person said so; None finds it out: byte order
              mark, UTF-8, then one of ``charsets.CANDIDATES``, with a remark
    raises    ReadFailed for another kind of file, for bytes the encoding does not know and
              for a file whose encoding changes on the way, naming the line
    cost      about 0.1 s for 1 MB, ten times less for UTF-8
    """
    _refuse_other_files(data)
    for mark, name in _MARKS:
        if data.startswith(mark) and encoding in (None, name, "utf-8"):
            return Decoded(_strictly(data[len(mark) :], name), name)
    if encoding is not None:
        return Decoded(_strictly(data, encoding), encoding)
    if b"\x00" in data:
        return _wide(data)
    try:
        return _mended(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _narrow(data)


def _refuse_other_files(data: bytes) -> None:
    if len(data) > LIMIT:
        what = _("The file is larger than {limit} MB.").format(limit=LIMIT // 2**20)
        raise ReadFailed(what, hint=_("Split it into smaller files and import those."))
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            what = _("This is not a text file ({kind}).").format(kind=kind)
            raise ReadFailed(what, hint=_("Open it in its own program and save it as plain text."))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = charsets.line_of(error.object[: error.start].decode(encoding, "replace"))
        what = _("Line {line} cannot be read as {encoding}.")
        raise ReadFailed(
            what.format(line=line, encoding=encoding), hint=_("Choose another encoding.")
        ) from error
    except LookupError as error:
        what = _("There is no encoding called “{name}”.").format(name=encoding)
        raise ReadFailed(what, hint=_("Choose another encoding.")) from error


def _wide(data: bytes) -> Decoded:
    """UTF-16 without a mark; anything else with NUL bytes in it is no text."""
    for name, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        usual = sum(map(high.count, _HIGH_BYTES))
        if len(data) % 2 == 0 and usual > 0.9 * len(high):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return Decoded(text, name, (_guessed(name),))
    raise ReadFailed(
        _("This is not a text file: it contains binary data."),
        hint=_("Open it in its own program and save it as plain text."),
    )


def _narrow(data: bytes) -> Decoded:
    charsets.refuse_half_utf8(data)
    name = charsets.guess(data)
    text = _strictly(data, name)
    charsets.refuse_mixed(data, name)
    return Decoded(text, name, (_guessed(name),))


def _guessed(name: str) -> str:
    return _("The file is not UTF-8; it was read as {encoding}.").format(encoding=name)


_TWICE = re.compile(
    "(?:[ÐÑ][\x80-\xbf‚-›Œ-žˆ˜™ƒ†-…‹Š€–—]|[РС][\x80-\xbfЂ-џ°-ї€‚-›‹™№])", re.UNICODE
)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def _mended(text: str) -> Decoded:
    """Text that was encoded twice ("ÐŸÑ€") is read back once, with a remark."""
    hits = len(_TWICE.findall(text[:100_000]))
    letters = sum(map(str.isalpha, text[:100_000]))
    if hits < 4 or hits * 4 < letters:
        return Decoded(text, "utf-8")
    for name in ("cp1252", "cp1251"):
        once = _back(text, name)
        if once is not None and len(_CYRILLIC.findall(once)) * 2 > len(once) // 2:
            remark = _("The file was encoded twice; it was repaired by way of {encoding}.")
            return Decoded(once, "utf-8", (remark.format(encoding=name),))
    return Decoded(text, "utf-8", (_("Parts of the file seem to have been encoded twice."),))


def _back(text: str, name: str) -> str | None:
    try:
        raw = text.translate(_holes(name)).encode("latin-1")
        return raw.decode("utf-8")
    except UnicodeError:
        return None


@cache
def _holes(name: str) -> dict[int, int]:
    """Characters of a code page to their byte; bytes it leaves open stand for themselves."""
    found = {}
    for byte in range(128, 256):
        try:
            found[ord(bytes([byte]).decode(name))] = byte
        except UnicodeDecodeError:
            found[byte] = byte
    return found
