"""Assembles the pieces of a document, one per block, into the nodes of a tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from msgspec.structs import replace as changed

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Role,
    Rule,
    Table,
)
from pressdesk.document.tools import heads, line, normal_inlines
from pressdesk.gui.bridge import forms
from pressdesk.gui.bridge.forms import BlockForm

Shape = Callable[[int], tuple[int, int]]
"""Columns and header rows of the table that begins at this piece."""


@dataclass(frozen=True, slots=True)
class BlockPiece(BlockForm):
    """One block of the document: its type, its text, and its place in the structure."""

    content: Inlines = ()
    figures: tuple[Figure, ...] = ()
    member: int = -1
    """Number of the list it is an item of, -1 for none."""
    indent: int = 0
    ordered: bool = False
    start: int = 1
    cell: bool = False
    opens_cell: bool = False

    def plain(self) -> BlockPiece:
        """Only the words and pictures: a part of a block does not carry its form."""
        return BlockPiece(content=self.content, figures=self.figures)

    def uncelled(self) -> BlockPiece:
        """The same outside a table."""
        return replace(self, cell=False, opens_cell=False)

    def hollow(self) -> bool:
        """True for an empty block that is not part of the tree."""
        return self.role == forms.VACANT and not self.content and not self.figures


def fold(pieces: Sequence[BlockPiece], shape: Shape) -> Document:
    """The tree that these pieces say."""
    out: list[Block] = []
    at = 0
    while at < len(pieces):
        end = _reach(pieces, at)
        part = pieces[at:end]
        first = part[0]
        if first.cell:
            out.append(_table(part, *shape(at)))
        elif first.member != -1:
            out.extend(_lists(part))
        elif first.group and not first.level:
            out.extend(_quotes(part))
        elif first.role == forms.FIGURE:
            out.extend(_figure(part))
        else:
            out.extend(_single(part))
        at = end
    return Document(tuple(out))


def _reach(pieces: Sequence[BlockPiece], at: int) -> int:
    """The end of the pieces that make nodes together with the one at ``at``."""
    first = pieces[at]
    end = at + 1
    while end < len(pieces) and _belongs(first, pieces, at, end):
        end += 1
    return end


def _belongs(first: BlockPiece, pieces: Sequence[BlockPiece], at: int, end: int) -> bool:
    here = pieces[end]
    if first.cell:
        return here.cell
    if here.cell:
        return False
    if first.member != -1:
        return here.member != -1
    if here.member != -1:
        return False
    if first.group and not first.level:
        ended = pieces[end - 1].role == forms.ATTRIBUTION
        again = ended and here.role != forms.ATTRIBUTION and not here.glued
        return here.group == first.group and not here.level and not again
    if first.role == forms.FIGURE:
        return here.role in (forms.CAPTION, forms.CREDIT)
    return here.glued and (here.role, here.level, here.group) == (first.role, first.level, 0)


def _single(part: Sequence[BlockPiece]) -> list[Block]:
    first = part[0]
    out: list[Block] = [figure for piece in part for figure in piece.figures]
    content = _joined(part)
    if first.role == forms.RULE:
        out.append(Rule())
        if content:
            out.append(Paragraph(content))
    elif first.level:
        out.append(Heading(_level(first.level), content))
    elif not first.hollow() and (content or not out):
        out.append(Paragraph(content, _role(first.role)))
    return out


def _joined(part: Sequence[BlockPiece]) -> Inlines:
    if len(part) == 1:
        return part[0].content
    return normal_inlines(tuple(run for piece in part for run in piece.content))


def _quotes(part: Sequence[BlockPiece]) -> list[Block]:
    said: list[Paragraph] = []
    names: list[str] = []
    out: list[Block] = [figure for piece in part for figure in piece.figures]
    for piece in part:
        if piece.role == forms.ATTRIBUTION:
            names.append(("" if piece.glued or not names else "\n") + line(piece.content))
        elif piece.glued and said:
            both = normal_inlines((*said[-1].content, *piece.content))
            said[-1] = Paragraph(both, said[-1].role)
        else:
            said.append(Paragraph(piece.content, _role(piece.role)))
    name = "".join(names)
    if said:
        out.append(Quote(tuple(said), name))
    elif name:
        out.append(Paragraph(part[0].content))
    return out


def _figure(part: Sequence[BlockPiece]) -> list[Block]:
    first = part[0]
    caption = _joined([piece for piece in part if piece.role == forms.CAPTION])
    credit = "".join(line(piece.content) for piece in part if piece.role == forms.CREDIT)
    out: list[Block] = list(first.figures)
    if out:
        out[-1] = changed(first.figures[-1], caption=caption, credit=credit)
    else:
        out += [Paragraph(piece.content) for piece in part[1:] if piece.content]
    if first.content:
        out.append(Paragraph(first.content))
    return out


def _table(part: Sequence[BlockPiece], columns: int, header_rows: int) -> Block:
    cells: list[Inlines] = []
    for piece in part:
        if piece.opens_cell or not cells:
            cells.append(piece.content)
        else:
            joint = () if piece.glued else (LineBreak(),)
            cells[-1] = normal_inlines((*cells[-1], *joint, *piece.content))
    while len(cells) % columns:
        cells.append(())
    rows = tuple(
        tuple(Cell(content) for content in cells[at : at + columns])
        for at in range(0, len(cells), columns)
    )
    return Table(rows, heads(header_rows, len(rows)))


class _Open:
    """A list that is still growing."""

    def __init__(self, piece: BlockPiece) -> None:
        self.first = piece
        self.items: list[tuple[list[BlockPiece], list[_Open]]] = []

    def close(self) -> BulletList | NumberedList:
        items = tuple(
            ListItem(_joined(said), tuple(child.close() for child in children))
            for said, children in self.items
        )
        if self.first.ordered:
            return NumberedList(items, self.first.start)
        return BulletList(items)


def _lists(part: Sequence[BlockPiece]) -> list[Block]:
    done: list[_Open] = []
    stack: list[_Open] = []
    for piece in part:
        while stack and stack[-1].first.indent > piece.indent:
            stack.pop()
        if stack and stack[-1].first.indent == piece.indent:
            if stack[-1].first.member != piece.member:
                stack.pop()
            elif piece.glued and stack[-1].items:
                stack[-1].items[-1][0].append(piece)
                continue
        if not stack or stack[-1].first.indent < piece.indent:
            fresh = _Open(piece)
            (stack[-1].items[-1][1] if stack else done).append(fresh)
            stack.append(fresh)
        stack[-1].items.append(([piece], []))
    figures = [figure for piece in part for figure in piece.figures]
    return [*figures, *(grown.close() for grown in done)]


def _role(role: str) -> Role:
    return cast(Role, role) if role in forms.BODY_ROLES else "body"


def _level(level: int) -> Literal[2, 3, 4]:
    return cast(Literal[2, 3, 4], max(2, min(level, 4)))
