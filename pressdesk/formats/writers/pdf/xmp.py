"""Metadata of the file: dates, XMP packet and information dictionary."""

from __future__ import annotations

import os
import re
import zlib
from datetime import UTC, date, datetime
from functools import cache
from html import escape

from msgspec import Struct

from pressdesk.formats.writers.pdf.file import text
from pressdesk.press.register.proof import NAMESPACE
from pressdesk.press.sheet import Sheet

PRODUCER = "PressDesk"
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def _described(name: str, uri: str, prefix: str, rows: str) -> str:
    """A schema as PDF/A wants it in the packet for any property that it does not know itself."""
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{name}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
        f"{rows}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _property(name: str, kind: str, category: str, words: str) -> str:
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>{category}</pdfaProperty:category><pdfaProperty:description>"
        f"{words}</pdfaProperty:description></rdf:li>"
    )


_UA_SCHEMA = _described(
    "PDF/UA Universal Accessibility Schema",
    _NAMES["pdfuaid"],
    "pdfuaid",
    _property(
        "part", "Integer", "internal", "Indicates, which part of ISO 14289 standard is followed"
    ),
)
_PROOF_SCHEMA = _described(
    "PressDesk Register Schema",
    NAMESPACE,
    "pressdesk",
    _property(
        "proof",
        "Text",
        "external",
        "JSON: the record of this edition in the register of its publisher, the path from the"
        " record to the root of the Merkle tree, and the checkpoint of the moment of issue",
    ),
)


class Meta(Struct, frozen=True):
    """Title, author and the like; ``made`` is None when neither sheet nor build names a time."""

    language: str
    title: str
    author: str = ""
    subject: str = ""
    keywords: str = ""
    made: datetime | None = None
    proof: str = ""
    """What the register says of it, as files carry it."""


def meta(sheet: Sheet, proof: str = "") -> Meta:
    """What the file of this sheet says about itself. No clock is read."""
    title = sheet.title or sheet.subtitle or " ".join((sheet.kind_label, sheet.reference)).strip()
    if sheet.warning:
        # Readers show the title over the page: what forbids its spread stands first there too.
        title = f"{sheet.warning} – {title}"
    return Meta(
        language=language(sheet.language) or "und",
        title=_clean(title) or PRODUCER,
        author=_clean(sheet.organisation),
        subject=_clean(sheet.summary or sheet.subtitle),
        keywords=_clean(", ".join(sheet.topics)),
        made=_made(sheet),
        proof=_clean(proof),
    )


def language(tag: str | None) -> str:
    """A language tag of BCP 47 as it is, "" for anything else."""
    return tag if tag and _TAG.fullmatch(tag) else ""


def _clean(value: str) -> str:
    return " ".join(_UNWRITABLE.sub("", value).split())


def _made(sheet: Sheet) -> datetime | None:
    """The moment of issue, else the date; SOURCE_DATE_EPOCH of a reproducible build wins."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC)
    try:
        if sheet.issued_at:
            return datetime.fromisoformat(sheet.issued_at).astimezone(UTC)
        if sheet.date:
            day = date.fromisoformat(sheet.date)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
    except ValueError:
        return None
    return None


def info(about: Meta) -> str:
    """The entries of the information dictionary."""
    rows = {
        "Title": about.title,
        "Author": about.author,
        "Subject": about.subject,
        "Keywords": about.keywords,
        "Creator": PRODUCER,
        "Producer": PRODUCER,
    }
    if about.made:
        stamp = f"D:{about.made:%Y%m%d%H%M%S}+00'00'"
        rows |= {"CreationDate": stamp, "ModDate": stamp}
    return "".join(f"/{key}{text(value)}" for key, value in rows.items() if value)


def packet(about: Meta) -> bytes:
    """The XMP packet: PDF/A-2a and PDF/UA-1 in one file."""
    parts = [
        f"<dc:title>{_alternatives(about.title)}</dc:title>",
        "<dc:format>application/pdf</dc:format>",
        f"<dc:language><rdf:Bag><rdf:li>{about.language}</rdf:li></rdf:Bag></dc:language>",
    ]
    if about.author:
        names = f"<rdf:Seq><rdf:li>{escape(about.author, quote=False)}</rdf:li></rdf:Seq>"
        parts.append(f"<dc:creator>{names}</dc:creator>")
    if about.subject:
        parts.append(f"<dc:description>{_alternatives(about.subject)}</dc:description>")
    if about.keywords:
        parts.append(f"<pdf:Keywords>{escape(about.keywords, quote=False)}</pdf:Keywords>")
    parts.append(f"<pdf:Producer>{PRODUCER}</pdf:Producer>")
    parts.append(f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>")
    if about.made:
        stamp = about.made.isoformat(timespec="seconds")
        parts.append(f"<xmp:CreateDate>{stamp}</xmp:CreateDate>")
        parts.append(f"<xmp:ModifyDate>{stamp}</xmp:ModifyDate>")
    parts.append("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>")
    schemas = _UA_SCHEMA + _PROOF_SCHEMA if about.proof else _UA_SCHEMA
    parts.append(
        "<pdfuaid:part>1</pdfuaid:part>"
        f"<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>"
    )
    known = {name: uri for name, uri in _NAMES.items() if name != "rdf"}
    if about.proof:
        known["pressdesk"] = NAMESPACE
        said = escape(about.proof, quote=False)
        parts.append(f"<pressdesk:proof>{said}</pressdesk:proof>")
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in known.items())
    body = "\n".join(parts)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_NAMES["rdf"]}">'
        f'<rdf:Description rdf:about="" {spaces}>\n{body}\n</rdf:Description></rdf:RDF>'
        '</x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _alternatives(value: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(value, quote=False)}</rdf:li></rdf:Alt>'


@cache
def srgb() -> bytes:
    """An sRGB profile, the colour all our values are in; compressed."""
    from PIL import ImageCms

    made = bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # The profile carries the moment it was made; the same page must give the same bytes.
    moment = b"".join(part.to_bytes(2, "big") for part in (2000, 1, 1, 0, 0, 0))
    return zlib.compress(made[:24] + moment + made[36:84] + bytes(16) + made[100:], 6)
