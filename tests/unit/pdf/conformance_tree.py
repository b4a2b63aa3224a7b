"""The structure tree of a file, with what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
_STANDARD = _HEADINGS | {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
    *("NonStruct", "Private", "P", "H", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"),
    *("THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code"),
    *("Link", "Annot", "Ruby", "Warichu", "Figure", "Formula", "Form"),
}
_INSIDE = {
    "LI": {"L"},
    "Lbl": {"LI", "Note"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}
_HOLDS = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
    "THead": {"TR"},
    "TBody": {"TR"},
}
_NEEDS_CONTENT = _HEADINGS | {"P", "L", "LI", "LBody", "Lbl", "Link", "Span", "Figure", "Table"}

Key = tuple[int, int]


class Tree:
    """Who owns which content: ``owners`` by (page, MCID), ``annotations`` by annotation."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.faults: list[str] = []
        self.owners: dict[tuple[Key, int], Dictionary] = {}
        self.annotations: dict[Key, Dictionary] = {}
        self._seen: set[Key] = set()
        self._levels: list[int] = []
        root = pdf.Root.StructTreeRoot
        for kid in _kids(root):
            self._walk(kid, "Root", root)
        self._check_levels()
        nums = list(root.ParentTree.get("/Nums", Array()))
        self.backwards = {int(nums[i]): nums[i + 1] for i in range(0, len(nums), 2)}
        if int(root.get("/ParentTreeNextKey", -1)) <= max(self.backwards, default=0):
            self.faults.append("ParentTreeNextKey is taken already")

    def _walk(self, elem: Dictionary, above: str, parent: Dictionary) -> None:
        if elem.objgen in self._seen:
            self.faults.append("an element stands twice in the tree")
            return
        self._seen.add(elem.objgen)
        tag = str(elem.S)[1:]
        if elem.P.objgen != parent.objgen:
            self.faults.append(f"{tag} names another parent than it has")
        self.faults.extend(_element_faults(elem, tag, above))
        if re.fullmatch("H[1-6]", tag):
            self._levels.append(int(tag[1]))
        for kid in _kids(elem):
            self._kid(kid, elem, tag)

    def _kid(self, kid: pikepdf.Object | int, elem: Dictionary, tag: str) -> None:
        page = elem.get("/Pg")
        if isinstance(kid, int):
            self._own(page, kid, elem)
        elif kid.get("/Type") == Name.MCR:
            self._own(kid.get("/Pg", page), int(kid.MCID), elem)
        elif kid.get("/Type") == Name.OBJR:
            self.annotations[kid.Obj.objgen] = elem
        else:
            self._walk(kid, tag, elem)

    def _own(self, page: Dictionary | None, mcid: int, elem: Dictionary) -> None:
        if page is None:
            self.faults.append("content of no page")
            return
        if (page.objgen, mcid) in self.owners:
            self.faults.append(f"MCID {mcid} belongs to two elements")
        self.owners[page.objgen, mcid] = elem

    def _check_levels(self) -> None:
        if self._levels and self._levels[0] != 1:
            self.faults.append("UA 7.4.2 the first heading is not H1")
        for upper, lower in pairwise(self._levels):
            if lower > upper + 1:
                self.faults.append(f"UA 7.4.2 H{upper} is followed by H{lower}")


def _kids(elem: Dictionary) -> list[pikepdf.Object]:
    kids = elem.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _element_faults(elem: Dictionary, tag: str, above: str) -> Iterator[str]:
    if tag not in _STANDARD:
        yield f"UA 7.1 {tag} is no standard type"
    if tag in _INSIDE and above not in _INSIDE[tag]:
        yield f"UA 7.2 {tag} in {above}"
    if above in _HOLDS and tag not in _HOLDS[above]:
        yield f"UA 7.2 {above} holds {tag}"
    if tag == "Figure" and not str(elem.get("/Alt", "")).strip():
        yield "UA 7.3 Figure without Alt"
    if tag == "TH" and "/Scope" not in elem.get("/A", Dictionary()):
        yield "UA 7.5 TH without Scope"
    if "/Lang" in elem and not LANGUAGE.fullmatch(str(elem.Lang)):
        yield f"UA 7.2 language {elem.Lang}"
    if tag in _NEEDS_CONTENT and not _kids(elem):
        yield f"{tag} without content"
    if tag == "Table":
        yield from _table_faults(elem)


def _table_faults(table: Dictionary) -> Iterator[str]:
    parts = [str(part.S) for part in _kids(table)]
    if "/THead" in parts and "/TBody" not in parts:
        yield "UA 7.2 THead without TBody"
    rows = [
        row
        for part in _kids(table)
        for row in ([part] if str(part.S) == "/TR" else _kids(part))
        if str(row.S) == "/TR"
    ]
    if len({len(_kids(row)) for row in rows}) > 1:
        yield "UA 7.5 rows of unequal length"
