"""The pages that are printed are the pages of the PDF, all of them and nothing else."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from test_preview import BLUE, RED, pages

from pressdesk.gui.output.printer import PrintRun


@pytest.fixture
def printer(qapp, tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


@pytest.fixture
def printing(qapp) -> PrintRun:
    """A job whose pages are given at once: blue ones but the first."""
    job = PrintRun()

    def give(first: int, count: int, scale: float) -> None:
        assert count == 1
        job.take(pages(5, (first,) if first < 5 else (), scale, BLUE if first else RED))

    job.wanted.connect(give)
    return job


def printed(path: Path) -> list[tuple[float, float]]:
    with pikepdf.open(path) as pdf:
        boxes = [[float(side) for side in page.mediabox] for page in pdf.pages]
    return [(round(box[2]), round(box[3])) for box in boxes]


def test_every_page_is_printed_on_the_paper_of_the_document(
    qtbot, printer: QPrinter, printing: PrintRun, tmp_path: Path
) -> None:
    with qtbot.waitSignal(printing.finished):
        printing.begin(printer)
    assert printed(tmp_path / "printed.pdf") == [(595, 842)] * 5


def test_a_page_fills_the_paper_to_its_edges(printer, printing, tmp_path: Path) -> None:
    printing.begin(printer)
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    for number, colour in ((0, (204, 0, 0)), (1, (0, 0, 204))):
        image = document[number].render().to_pil().convert("RGB")
        for corner in ((3, 3), (image.width - 4, image.height - 4)):
            assert image.getpixel(corner) == pytest.approx(colour, abs=3)
    document.close()


def test_a_range_of_pages(qtbot, printer: QPrinter, printing: PrintRun, tmp_path: Path) -> None:
    printer.setFromTo(2, 4)
    told: list[tuple[int, int]] = []
    printing.printed.connect(lambda *count: told.append(count))
    with qtbot.waitSignal(printing.finished):
        printing.begin(printer)
    assert len(printed(tmp_path / "printed.pdf")) == 3
    assert told == [(2, 4), (3, 4), (4, 4)]


def test_pages_that_are_not_there(qtbot, printer: QPrinter, printing: PrintRun) -> None:
    printer.setFromTo(9, 12)
    with qtbot.waitSignal(printing.failed) as failed:
        printing.begin(printer)
    assert failed.args == ["Nothing was printed.", "There is no such page."]


def test_a_printer_that_takes_nothing(qtbot, printer: QPrinter, printing: PrintRun) -> None:
    printer.setOutputFileName("/nowhere/at/all/printed.pdf")
    with qtbot.waitSignal(printing.failed):
        printing.begin(printer)


def test_a_stop_is_told_and_later_pages_are_ignored(qtbot, printer: QPrinter) -> None:
    job = PrintRun()
    job.begin(printer)
    with qtbot.waitSignal(job.failed) as failed:
        job.stop("This took too long and was stopped.", "Try again.")
    assert failed.args[0].startswith("This took")
    with qtbot.assertNotEmitted(job.finished, wait=10):
        job.take(pages(1, (0,)))
