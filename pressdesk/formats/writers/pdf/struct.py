"""The structure tree that screen readers follow; independent of layout."""

from __future__ import annotations

from pressdesk.formats.writers.pdf.file import File, text

_ALWAYS = frozenset({"TD", "TH", "TR"})
"""Kept without content too: a table must stay regular."""


class Elem:
    """A structure element.

    Its kids are elements, marked content as (page object, number on the page), and link
    annotations as (page object, -1, annotation object). ``attributes`` are texts by key, such
    as Alt or Lang; ``raw`` is ready PDF, such as an /A entry.
    """

    __slots__ = ("attributes", "drawn", "kids", "late", "number", "parent", "raw", "tag")

    def __init__(self, tag: str, parent: Elem | None, raw: str = "", **attributes: str) -> None:
        self.tag = tag
        self.parent = parent
        self.kids: list[Elem | tuple[int, ...]] = []
        self.attributes = attributes
        self.raw = raw
        self.late = False
        self.drawn = False
        self.number = 0
        if parent is not None:
            parent.kids.append(self)

    def add(self, tag: str, raw: str = "", **attributes: str) -> Elem:
        """A new element after what this one holds."""
        return Elem(tag, self, raw, **attributes)

    def inline(self, tag: str, **attributes: str) -> Elem:
        """A link or span: it takes its place when first drawn, so that reading follows drawing."""
        inside = Elem(tag, None, **attributes)
        inside.parent = self
        inside.late = True
        return inside

    def empty(self) -> bool:
        """Nothing was drawn for it or within it."""
        if self.tag in _ALWAYS:
            return False
        return not any(not isinstance(kid, Elem) or not kid.empty() for kid in self.kids)

    def body(self) -> bytes:
        """The element as PDF; all objects must be numbered."""
        own = next((k[0] for k in self.kids if not isinstance(k, Elem) and k[1] >= 0), 0)
        kids = " ".join(self._kid(kid, own) for kid in self.kids if _held(kid))
        page = f"/Pg {own} 0 R" if own else ""
        words = "".join(f"/{key}{text(value)}" for key, value in self.attributes.items())
        above = self.parent.number if self.parent else 0
        return (
            f"<</Type/StructElem/S/{self.tag}/P {above} 0 R{page}/K[{kids}]{words}{self.raw}>>"
        ).encode("ascii")

    @staticmethod
    def _kid(kid: Elem | tuple[int, ...], own: int) -> str:
        if isinstance(kid, Elem):
            return f"{kid.number} 0 R"
        if kid[1] < 0:
            return f"<</Type/OBJR/Pg {kid[0]} 0 R/Obj {kid[2]} 0 R>>"
        if kid[0] == own:
            return str(kid[1])
        return f"<</Type/MCR/Pg {kid[0]} 0 R/MCID {kid[1]}>>"


def _held(kid: Elem | tuple[int, ...]) -> bool:
    return not isinstance(kid, Elem) or not kid.empty()


class Root:
    """The root of the tree, and the table that leads from a page's content back into it."""

    def __init__(self) -> None:
        self.document = Elem("Document", None)
        self._backwards: list[list[Elem] | Elem] = []

    def key(self, owner: list[Elem] | Elem) -> int:
        """The key under which a page's elements, or an annotation's one, are found."""
        self._backwards.append(owner)
        return len(self._backwards) - 1

    def write(self, file: File) -> int:
        """Put the whole tree into the file; the number of its root."""
        number = file.add(self._body)
        top = Elem("StructTreeRoot", None)
        top.number = number
        self.document.parent = top
        stack = [self.document]
        while stack:
            elem = stack.pop()
            elem.number = file.add(elem.body)
            stack.extend(
                kid for kid in reversed(elem.kids) if isinstance(kid, Elem) and not kid.empty()
            )
        return number

    def _body(self) -> bytes:
        rows = []
        for key, owner in enumerate(self._backwards):
            if isinstance(owner, Elem):
                rows.append(f"{key} {owner.number} 0 R")
            else:
                rows.append(f"{key}[{' '.join(f'{elem.number} 0 R' for elem in owner)}]")
        nums = "\n".join(rows)
        return (
            f"<</Type/StructTreeRoot/K[{self.document.number} 0 R]/ParentTree<</Nums[{nums}]>>"
            f"/ParentTreeNextKey {len(rows)}>>"
        ).encode("ascii")
