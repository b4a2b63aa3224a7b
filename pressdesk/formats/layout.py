"""Plain text in columns: widths of characters, wrapping, and tables drawn with blanks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

COLUMNS = 72
"""What mail programs show and quote without breaking lines."""

_BETWEEN = 2


def width(text: str) -> int:
    """The columns a text takes in a fixed-width face."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, columns: int = COLUMNS, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of at most ``columns``, those of it that are longer words apart.

    first, rest  stand before the first line and the others, and count
    Lines break at ordinary blanks only: what a no-break space joins stays together. Line
    feeds in the text stay.
    """
    out: list[str] = []
    for line in text.split("\n"):
        lead = first if not out else rest
        words = [word for word in line.split(" ") if word]
        current, used = lead, width(lead)
        empty = True
        for word in words:
            size = width(word)
            if not empty and used + 1 + size > columns:
                out.append(current)
                current, used, empty = rest, width(rest), True
            current += word if empty else f" {word}"
            used += size if empty else size + 1
            empty = False
        out.append(current)
    return [line.rstrip(" ") for line in out]


def table(rows: Sequence[Sequence[str]], heads: int, columns: int = COLUMNS) -> list[str]:
    """A table of equal rows: in columns where it fits, else each row as labelled lines.

    heads  how many of the first rows are headings
    """
    flat = [[cell.replace("\n", " ") for cell in row] for row in rows]
    sizes = [max(width(row[n]) for row in flat) for n in range(len(flat[0]))]
    if sum(sizes) + _BETWEEN * (len(sizes) - 1) <= columns:
        return _aligned(flat, heads, sizes)
    return _labelled(flat, heads, columns)


def _aligned(rows: Sequence[Sequence[str]], heads: int, sizes: Sequence[int]) -> list[str]:
    out = []
    for number, row in enumerate(rows):
        cells = (cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True))
        out.append((" " * _BETWEEN).join(cells).rstrip(" "))
        if number + 1 == heads:
            out.append("-" * (sum(sizes) + _BETWEEN * (len(sizes) - 1)))
    return out


def _labelled(rows: Sequence[Sequence[str]], heads: int, columns: int) -> list[str]:
    labels = rows[heads - 1] if heads else [""] * len(rows[0])
    above = [cell for row in rows[: max(0, heads - 1)] for cell in row if cell]
    out = [line for cell in above for line in wrapped(cell, columns, rest="    ")]
    body = rows[heads:] if heads < len(rows) else rows[-1:]
    for number, row in enumerate(body):
        if out:
            out.append("")
        for label, cell in zip(labels, row, strict=True):
            # The first row names every label: one over nothing but empty cells counts too.
            if cell or (label and not number):
                text = f"{label}: {cell}".strip() if label else cell
                out.extend(wrapped(text, columns, rest="    "))
    return out
