"""Each writer's output for the same sheets, as somebody has looked at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressdesk.formats.registry import Context, Writer, writers
from tests.unit.writers.sheets import ATTACHMENTS, SHEETS

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
WRITERS = [writer for name, writer in writers().items() if name != "pdf"]
"""Those of PDF pages are read, not compared byte by byte: tests/unit/pdf/test_pdf_golden.py."""


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_output_is_as_it_was_looked_at(writer: Writer, name: str, accept: bool) -> None:
    got = writer.write(SHEETS[name], Context(attachments=ATTACHMENTS))
    golden = GOLDEN / writer.name / f"{name}{writer.suffix}"
    if accept:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(got)
    assert golden.exists(), f"no golden file {golden.name}; look at the output, then run --accept"
    assert got == golden.read_bytes()


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_the_same_sheet_gives_the_same_bytes(writer: Writer) -> None:
    sheet = SHEETS["news-en"]
    first, second = (writer.write(sheet, Context(attachments=ATTACHMENTS)) for _ in "ab")
    assert first == second
