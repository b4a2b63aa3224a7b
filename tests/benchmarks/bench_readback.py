"""Times an export whose text is read back and compared against the writing of the file alone."""

from __future__ import annotations

from pressdesk.desk.finished import finished
from pressdesk.formats import registry
from pressdesk.formats.registry import Context
from tests.benchmarks.bench_pdf import _pair, _sheet
from tests.benchmarks.figures import Row, row

SIZES = {"2 pages": (800, 15, 50.0), "42 pages": (25_000, 3, 1_500.0)}
"""Words, how often each is timed, and the most milliseconds of an export as PDF."""


def rows() -> list[Row]:
    """Each format at two pages, and the PDF at 42."""
    return [
        _row(size, name)
        for size in SIZES
        for name in registry.formats()
        if name == "pdf" or size == "2 pages"
    ]


def _row(size: str, name: str) -> Row:
    words, times, most = SIZES[size]
    sheet = _sheet(words)
    writer = registry.writer(name)
    mine, said, other = _pair(
        lambda: finished(name, sheet, Context()),
        "written only",
        lambda: writer.write(sheet, Context()),
        times,
    )
    return row(f"{name} read back, {size}", mine, said, other, at_most=most)


if __name__ == "__main__":
    for figure in rows():
        print(figure)
