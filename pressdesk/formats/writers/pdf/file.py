"""The file itself: numbered objects, streams, catalogue and trailer, through ReportLab.

ReportLab numbers the objects and writes the cross-reference table; everything in it is
given as ready bytes. What we rely on in it is held by tests/unit/pdf/test_hooks.py.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

# ReportLab is never given a name or an address to open; should it ever be, it must refuse.
rl_config.trustedHosts = None
rl_config.trustedSchemes = []

VERSION = (1, 7)


class _Ready(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab carries no types
    """An object that is written when its turn comes, so that it may name later ones."""

    def __init__(self, body: bytes | Callable[[], bytes]) -> None:
        self.body = body

    def format(self, document: object) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body()


class File:
    """A PDF file in the making. Numbers of objects are given at once, bodies may come later."""

    def __init__(self) -> None:
        self._document = pdfdoc.PDFDocument(invariant=1, pdfVersion=VERSION)
        self._digest = hashlib.md5(usedforsecurity=False)

    def add(self, body: str | bytes | Callable[[], bytes]) -> int:
        """Take in an object; its number. A callable is asked for the body at the end."""
        if isinstance(body, str):
            body = body.encode("ascii")
        self._document.Reference(_Ready(body))
        number: int = self._document.objectcounter
        return number

    def stream(self, entries: str, data: bytes) -> int:
        """Take in a stream and compress it; its number."""
        return self.packed_stream(entries, zlib.compress(data, 6))

    def packed_stream(self, entries: str, data: bytes) -> int:
        """Take in a stream that is compressed already."""
        return self.raw_stream(entries + "/Filter/FlateDecode", data)

    def raw_stream(self, entries: str, data: bytes) -> int:
        """Take in a stream as it is."""
        self._digest.update(data)
        # PDF/A wants an end of line before the keyword (ISO 19005-2, 6.1.7.1).
        head = f"<<{entries}/Length {len(data)}>>\nstream\n".encode("ascii")
        return self.add(head + data + b"\nendstream\n")

    def finish(self, catalog: str, info: str) -> bytes:
        """The bytes of the file.

        catalog  the entries of the document catalogue, ``Type`` left off
        info     those of the information dictionary
        """
        document = self._document
        self._digest.update(info.encode("ascii"))
        document._ID = b"\n[<%s><%s>]\n" % ((self._digest.hexdigest().encode(),) * 2)
        document.Catalog = _Ready(f"<</Type/Catalog{catalog}>>\n".encode("ascii"))
        document.info = _Ready(f"<<{info}>>\n".encode("ascii"))
        return bytes(document.format())


def text(value: str) -> str:
    """A text string of PDF: letters of ASCII as they are, all else in UTF-16."""
    if value.isascii() and value.isprintable():
        escaped = value.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<FEFF{value.encode('utf-16-be', 'replace').hex().upper()}>"
