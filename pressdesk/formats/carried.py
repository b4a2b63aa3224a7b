"""Finds the proof that a file carries; nothing in the file is run, drawn or followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _
from pressdesk.press.register import proof as proofs
from pressdesk.press.register.proof import BLOCK, NAMESPACE, Proof

LARGEST = 256 * 2**20
"""Bytes of a file that is looked at."""

_PACKET = 2**20
"""Bytes of a packet of XMP; ours has some 6,000."""

_MOST = 64
"""Packets, or blocks of data, that are looked at: pictures bring packets of their own."""

_BLOCK = re.compile(
    rb"<script\b([^<>]{0,400})>([^<]{0,%d})</script" % proofs.LARGEST, re.IGNORECASE
)
_ID = re.compile(rb"""\bid\s*=\s*["']?%s["']?(?:\s|/|$)""" % BLOCK.encode(), re.IGNORECASE)


def is_pdf(data: bytes) -> bool:
    """The file is a PDF; all else is read as a web page."""
    return b"%PDF-" in data[:1024]


def proof(data: bytes) -> Proof | None:
    """The proof of a PDF or a web page, None where it carries none; what it proves is not asked.

    raises  BadInput for one that cannot be read, for several different ones, and for a file of
            more than ``LARGEST`` bytes
    cost    linear: a second for 200 MB
    """
    if len(data) > LARGEST:
        what = _("The file is larger than {size} MB and was not read.")
        raise BadInput(what.format(size=LARGEST >> 20))
    found = set(_in_packets(data) if is_pdf(data) else _in_page(data))
    if len(found) > 1:
        raise BadInput(
            _("The file carries several different proofs."),
            hint=_("It was put together from other files."),
        )
    return proofs.read(found.pop()) if found else None


def _in_packets(data: bytes) -> Iterator[str]:
    """What the packets of XMP say, wherever they are: they are never compressed."""
    from lxml import etree

    place = -1
    for _number in range(_MOST):
        place = data.find(b"<?xpacket begin=", place + 1)
        if place < 0:
            return
        begin = data.find(b"?>", place, place + 200)
        end = data.find(b"<?xpacket end=", place, place + _PACKET)
        packet = data[begin + 2 : end].strip()
        if not 0 < begin < end or NAMESPACE.encode() not in packet or b"<!" in packet:
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            top = etree.fromstring(packet, parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        name = f"{{{NAMESPACE}}}proof"
        yield from (one.text.strip() for one in top.iter(name) if one.text)
        # Other programs write short properties as attributes.
        yield from (said.strip() for one in top.iter() if (said := one.get(name)))
    raise _too_many()


def _in_page(data: bytes) -> Iterator[str]:
    number = 0
    for found in _BLOCK.finditer(data):
        if _ID.search(found[1]):
            yield found[2].decode("ascii", "replace").strip()
            number += 1
            if number > _MOST:
                raise _too_many()


def _too_many() -> BadInput:
    return BadInput(
        _("The file has too many parts that could carry a proof."),
        hint=_("Extract the press release as a file of its own."),
    )
