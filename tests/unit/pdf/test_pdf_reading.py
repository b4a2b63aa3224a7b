"""What is read out is the sheet: every word, once, in order, none run into the next."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from pressdesk.document.nodes import Document, Text
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf import WRITER, para
from pressdesk.formats.writers.pdf.breaking import Line, lines
from pressdesk.press.sheet import Section
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.reading import expected, told
from tests.unit.pdf.sheet_parts import BASE, PICTURE, SHA, p
from tests.unit.pdf.sheets import DRAFT, LONG_LINE, SHEETS, speech


def written(name: str) -> bytes:
    """The file of one sheet."""
    return WRITER.write(SHEETS[name], Context(attachments={SHA: PICTURE}))


@pytest.mark.parametrize("name", SHEETS)
def test_each_paragraph_is_read_in_order_with_its_spaces(name: str) -> None:
    assert [one.text.strip() for one in told(written(name))] == expected(SHEETS[name])


def test_a_speech_of_42_pages_is_sound_and_complete() -> None:
    sheet = speech(25_000)
    data = WRITER.write(sheet, Context())
    assert faults(data) == []
    assert [one.text.strip() for one in told(data)] == expected(sheet)


def test_a_run_broken_over_lines_and_pages_is_read_with_one_space() -> None:
    words = Text(LONG_LINE * 40, link="https://river.example/")
    sheet = replace(BASE, body=Document((p("Before ", words, "after."),)), dateline="")
    text = next(one.text for one in told(WRITER.write(sheet, Context())) if "Before" in one.text)
    assert text == f"Before {LONG_LINE * 40}after."


def test_the_reading_test_hears_words_run_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*given: object) -> list[Line]:
        found = lines(*given)  # type: ignore[arg-type]
        for line in found:
            line.open = False
        return found

    monkeypatch.setattr(para, "lines", closed)
    assert [one.text.strip() for one in told(written("statement"))] != expected(BASE)


def test_the_reading_test_hears_a_wrong_order() -> None:
    with pikepdf.open(io.BytesIO(written("statement"))) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        document.K = pikepdf.Array(reversed(list(document.K)))
        stream = io.BytesIO()
        pdf.save(stream)
    assert faults(stream.getvalue()) != []  # H2 before H1
    assert [one.text.strip() for one in told(stream.getvalue())] != expected(BASE)


def test_lines_within_a_note_stay_lines_and_are_read_apart() -> None:
    sheet = replace(BASE, notes=Section("Notes", ("First\nsecond\r\nthird",)))
    data = WRITER.write(sheet, Context())
    assert "First second third" in [one.text for one in told(data)]


def test_headings_are_told_as_headings_and_levels_never_jump() -> None:
    tags = [one.tag for one in told(written("every-node")) if one.tag.startswith("H")]
    assert tags == ["H1", "H2", "H3", "H2", "H2", "H2"]


def test_the_draft_warning_is_read_out_once() -> None:
    texts = [one.text.strip() for one in told(WRITER.write(DRAFT, Context()))]
    assert texts.count("DRAFT – NOT FOR RELEASE") == 1


def test_another_reader_program_finds_the_same_words(tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler-utils is not installed: no second opinion on the text")
    for name in ("statement-ru", "news", "advisory", "missing"):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(written(name))
        ran = subprocess.run([program, path, "-"], capture_output=True, check=True)
        found = set(ran.stdout.decode("utf-8").split())
        wanted = {word for text in expected(SHEETS[name]) for word in text.split()}
        # It reads right-to-left words from the other end, and takes rows of a table as it likes.
        assert {word for word in wanted - found if word.isascii() or "а" <= word[0] <= "я"} == set()
