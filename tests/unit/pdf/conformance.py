"""Checks a file of ours against PDF/A-2a and PDF/UA-1: the clauses our writer could break.

Written after ISO 19005-2 and ISO 14289-1 and calibrated on damaged files (see
test_conformance.py). It is not a validator of other people's files.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name

from tests.unit.pdf.conformance_fonts import font_faults
from tests.unit.pdf.conformance_tree import LANGUAGE, Tree

_LINES = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"}
_PAINTING = _LINES | {"Do", "Tj", "TJ", "'", '"', "EI", "INLINE IMAGE"}
_FORBIDDEN_ROOT = ("/JavaScript", "/OpenAction", "/AA", "/AcroForm", "/EmbeddedFiles")
_XMP = {
    "pdfuaid": "<pdfuaid:part>1<",
    "pdfaid part": "<pdfaid:part>2<",
    "pdfaid level": "<pdfaid:conformance>A<",
    "dc:title": "<dc:title>.*?<rdf:li[^>]*>[^<]+",
    "extension schema": "pdfaSchema:prefix>pdfuaid<",
}


def faults(data: bytes) -> list[str]:
    """All faults found, in plain words; an empty list for a sound file."""
    found = list(_raw_faults(data))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found.extend(_catalogue_faults(pdf))
        if "/StructTreeRoot" not in pdf.Root:
            return [*found, "no structure tree"]
        tree = Tree(pdf)
        found.extend(tree.faults)
        found.extend(_Pages(pdf, tree).faults)
    return found


def _raw_faults(data: bytes) -> Iterator[str]:
    if re.search(rb"[^\r\n]endstream", data):
        yield "6.1.7.1 no end of line before endstream"
    if not re.match(rb"%PDF-1\.[4-7]\r?\n%[\x80-\xff]{4}", data):
        yield "6.1.2 header"


def _catalogue_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if "/ID" not in pdf.trailer:
        yield "6.1.3 no ID"
    if pdf.is_encrypted:
        yield "6.1.3 encrypted"
    if not LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "UA 7.2 language of the file"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "UA 6.2 not marked as tagged"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "UA 7.1 DisplayDocTitle"
    for key in _FORBIDDEN_ROOT:
        if key in root:
            yield f"6.5 {key} in the catalogue"
    packet = root.Metadata.read_bytes().decode("utf-8") if "/Metadata" in root else ""
    for what, pattern in _XMP.items():
        if not re.search(pattern, packet, re.S):
            yield f"6.6 XMP: {what}"
    yield from (f"6.6.2.3 XMP: {name} is not described" for name in _undescribed(packet))
    yield from _intent_faults(root)


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_KNOWN = (
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfa/ns/extension/",
)
"""The namespaces we use of those that PDF/A knows itself."""


def _undescribed(packet: str) -> Iterator[str]:
    """Properties that the packet has and PDF/A neither knows nor is told of in full."""
    plain = re.sub(r"<\?xpacket.*?\?>", "", packet).strip()
    if not plain:
        return
    top = etree.fromstring(plain)
    told = set()
    schema, about = (f"{{http://www.aiim.org/pdfa/ns/{one}#}}" for one in ("schema", "property"))
    for uri in top.iter(f"{schema}namespaceURI"):
        parent = uri.getparent()
        prefix = parent.findtext(f"{schema}prefix") if parent is not None else None
        if parent is None or prefix is None:
            continue
        for one in parent.iter(f"{{{_RDF}}}li"):
            words = [one.findtext(f"{about}{part}") for part in ("name", "description")]
            kind = one.findtext(f"{about}valueType") in ("Text", "Integer")
            if kind and all(words) and one.findtext(f"{about}category") in ("internal", "external"):
                told.add((prefix, f"{{{uri.text}}}{words[0]}"))
    for one in top.iter(f"{{{_RDF}}}Description"):
        for child in one:
            name = etree.QName(child)
            if name.namespace not in _KNOWN and (child.prefix, str(child.tag)) not in told:
                yield name.localname


def _intent_faults(root: Dictionary) -> Iterator[str]:
    intents = root.get("/OutputIntents")
    if not intents:
        yield "6.2.3 no output intent"
        return
    profile = intents[0].get("/DestOutputProfile")
    right_kind = intents[0].get("/S") == Name.GTS_PDFA1
    if not right_kind or profile is None or profile.read_bytes()[36:40] != b"acsp":
        yield "6.2.3 output intent"
    elif int(profile.N) != 3:
        yield "6.2.3 components of the output intent"


class _Pages:
    """Walks the content of all pages and holds it against the structure tree."""

    def __init__(self, pdf: pikepdf.Pdf, tree: Tree) -> None:
        self.faults: list[str] = []
        self.tree = tree
        self.fonts: dict[tuple[int, int], Dictionary] = {}
        self.used: dict[tuple[int, int], set[int]] = {}
        for number, page in enumerate(pdf.pages, 1):
            self.where = f"page {number}"
            self._page(page)
        drawn = {key for page in pdf.pages for key in self._drawn(page)}
        for page, mcid in tree.owners:
            if (page, mcid) not in drawn:
                self.faults.append(f"element for content that is not there: MCID {mcid}")
        for key, font in self.fonts.items():
            self.faults.extend(font_faults(font, self.used.get(key, set())))

    def _say(self, what: str) -> None:
        self.faults.append(f"{self.where}: {what}")

    def _page(self, page: pikepdf.Page) -> None:
        if page.obj.get("/Tabs") != Name.S:
            self._say("UA 7.18.3 Tabs")
        key = page.obj.get("/StructParents")
        self.backwards = self.tree.backwards.get(int(key)) if key is not None else None
        if self.backwards is None:
            self._say("not in the ParentTree")
        self._content(page)
        self._images(page)
        for annotation in page.obj.get("/Annots", Array()):
            self._annotation(annotation)

    @staticmethod
    def _drawn(page: pikepdf.Page) -> Iterator[tuple[tuple[int, int], int]]:
        for operands, operator in pikepdf.parse_content_stream(page, "BDC"):
            if str(operator) == "BDC" and "/MCID" in operands[1]:
                yield page.obj.objgen, int(operands[1].MCID)

    def _content(self, page: pikepdf.Page) -> None:
        stack: list[int | str | None] = []
        seen: set[int] = set()
        font: Dictionary | None = None
        for operands, given in pikepdf.parse_content_stream(page):
            operator = str(given)
            if operator in ("BDC", "BMC"):
                self._open(page, operands, stack, seen)
            elif operator == "EMC":
                if not stack:
                    self._say("EMC without an opening")
                else:
                    stack.pop()
            elif operator == "Tf":
                font = page.resources.Font[str(operands[0])]
                self.fonts[font.objgen] = font
            elif operator in ("k", "K"):
                self._say("6.2.4.3 CMYK")
            elif operator in _PAINTING:
                if not any(entry is not None for entry in stack):
                    self._say(f"UA 7.1 {operator} outside marked content")
                if operator in ("TJ", "Tj") and font is not None:
                    self._shown(font, operands[0])
        if stack:
            self._say("marked content left open")

    def _open(
        self,
        page: pikepdf.Page,
        operands: list[pikepdf.Object],
        stack: list[int | str | None],
        seen: set[int],
    ) -> None:
        entry: int | str | None = None
        if str(operands[0]) == "/Artifact":
            entry = "artifact"
        elif len(operands) > 1 and "/MCID" in operands[1]:
            entry = int(operands[1].MCID)
            if entry in seen:
                self._say(f"MCID {entry} twice")
            seen.add(entry)
            self._owned(page, entry, str(operands[0]))
        if (entry == "artifact" and any(isinstance(one, int) for one in stack)) or (
            isinstance(entry, int) and "artifact" in stack
        ):
            self._say("UA 7.1 artifact and content inside each other")
        stack.append(entry)

    def _owned(self, page: pikepdf.Page, mcid: int, tag: str) -> None:
        owner = self.tree.owners.get((page.obj.objgen, mcid))
        if owner is None:
            self._say(f"MCID {mcid} has no element")
            return
        back = self.backwards
        if back is not None and (mcid >= len(back) or back[mcid].objgen != owner.objgen):
            self._say(f"MCID {mcid}: ParentTree and K differ")
        if str(owner.S) != tag:
            self._say(f"MCID {mcid} is {tag}, its element {owner.S}")

    def _shown(self, font: Dictionary, shown: pikepdf.Object) -> None:
        used = self.used.setdefault(font.objgen, set())
        for part in shown if isinstance(shown, Array) else [shown]:
            if isinstance(part, pikepdf.String):
                codes = bytes(part)
                used.update(int.from_bytes(codes[i : i + 2]) for i in range(0, len(codes), 2))

    def _images(self, page: pikepdf.Page) -> None:
        for image in page.get_images().values():
            if image.get("/Interpolate", False):
                self._say("6.2.8 Interpolate")
            if image.get("/ColorSpace") == Name.DeviceCMYK:
                self._say("6.2.4.3 CMYK picture")

    def _annotation(self, annotation: Dictionary) -> None:
        if annotation.Subtype != Name.Link:
            self._say(f"annotation {annotation.Subtype}")
        if not int(annotation.get("/F", 0)) & 4:
            self._say("6.3.2 link is not printed")
        if not str(annotation.get("/Contents", "")).strip():
            self._say("UA 7.18.5 link without words")
        if annotation.get("/A", Dictionary()).get("/S") != Name.URI:
            self._say("6.5.1 link does something else than lead to an address")
        held = self.tree.annotations.get(annotation.objgen)
        if held is None or str(held.S) != "/Link":
            self._say("UA 7.18.5 link outside a Link element")
            return
        key = annotation.get("/StructParent")
        if key is None or getattr(self.tree.backwards.get(int(key)), "objgen", None) != held.objgen:
            self._say("StructParent of a link")
