"""What each golden release says and where, as somebody has looked at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf import WRITER
from tests.unit.pdf.reading import pages, told
from tests.unit.pdf.sheet_parts import BASE, PICTURE, SHA
from tests.unit.pdf.sheets import SHEETS

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "pdf"


def _dump(data: bytes) -> str:
    """Structure, text as it is read out, and the text of each page as it is drawn."""
    tree = "\n".join(f"{one.tag:<8}{one.text}" for one in told(data))
    drawn = "\n".join(f"--- page {number}\n{text}" for number, text in enumerate(pages(data), 1))
    return f"{tree}\n\n{drawn}".replace("\xad", "¬")


@pytest.mark.parametrize("name", SHEETS)
def test_the_page_is_as_it_was_looked_at(name: str, accept: bool) -> None:
    context = Context(attachments={SHA: PICTURE})
    got = _dump(WRITER.write(SHEETS[name], context))
    got += "".join(f"lost: {what}\n" for what in context.losses)
    golden = GOLDEN / f"{name}.txt"
    if accept:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(got, encoding="utf-8")
    assert golden.exists(), f"no golden file {golden.name}; look at the page, then run --accept"
    assert got == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHEETS)
def test_the_same_sheet_gives_the_same_bytes(name: str) -> None:
    first, second = (
        WRITER.write(SHEETS[name], Context(attachments={SHA: PICTURE})) for _ in range(2)
    )
    assert first == second


def test_what_was_written_before_does_not_matter() -> None:
    alone = WRITER.write(BASE, Context())
    for sheet in SHEETS.values():
        WRITER.write(sheet, Context())
    assert WRITER.write(BASE, Context()) == alone


def test_dates_are_those_of_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert b"/CreationDate(D:20251006090000+00'00')" in WRITER.write(BASE, Context())


def test_a_reproducible_build_names_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    data = WRITER.write(BASE, Context())
    assert b"/CreationDate(D:19700102000000+00'00')" in data
    assert data == WRITER.write(BASE, Context())
