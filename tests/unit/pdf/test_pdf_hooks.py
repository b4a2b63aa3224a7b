"""What we rely on in ReportLab and HarfBuzz, so that a new version of either is noticed."""

from __future__ import annotations

import subprocess
import sys

import reportlab
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from pressdesk.formats.writers.pdf.file import File, text


def test_the_version_is_the_one_that_was_read() -> None:
    assert reportlab.__version__.startswith("5.1.")


def test_objects_are_numbered_as_they_come_and_written_as_given() -> None:
    file = File()
    first = file.add("<</A 1>>")
    late = file.add(lambda: b"<</B %d 0 R>>" % first)
    data = file.finish("", "")
    assert b"%d 0 obj\n<</A 1>>\nendobj" % first in data
    assert b"%d 0 obj\n<</B %d 0 R>>\nendobj" % (late, first) in data


def test_a_body_that_adds_an_object_while_it_is_written_is_followed_by_it() -> None:
    file = File()
    file.add(lambda: b"<</Later %d 0 R>>" % file.add("<</Here true>>"))
    assert b"<</Here true>>" in file.finish("", "")


def test_catalogue_and_information_are_ours_alone() -> None:
    data = File().finish("/Lang(en)", "/Title(T)")
    assert b"<</Type/Catalog/Lang(en)>>" in data
    assert b"<</Title(T)>>" in data
    assert b"/Helvetica" not in data
    assert data.count(b"/Type/Catalog") + data.count(b"/Type /Catalog") == 1


def test_the_identity_is_that_of_the_content() -> None:
    def made(content: bytes) -> bytes:
        file = File()
        file.stream("", content)
        return file.finish("", "").split(b"/ID")[1]

    assert made(b"a") == made(b"a") != made(b"b")


def test_a_stream_ends_with_a_line_end() -> None:
    file = File()
    file.raw_stream("", b"data")
    assert b"stream\ndata\nendstream\nendobj" in file.finish("", "")


def test_the_document_class_has_what_we_set_on_it() -> None:
    document = pdfdoc.PDFDocument(invariant=1, pdfVersion=(1, 7))
    for name in ("Catalog", "info", "_ID", "objectcounter", "format", "Reference"):
        assert hasattr(document, name)


def test_reportlab_may_open_nothing() -> None:
    assert not rl_config.trustedHosts
    assert not rl_config.trustedSchemes


def test_text_strings_survive_brackets_and_other_alphabets() -> None:
    assert text("a(b)\\c") == r"(a\(b\)\\c)"
    assert text("Щ") == "<FEFF0429>"
    assert text("a\nb").startswith("<FEFF")


def test_nothing_heavy_is_imported_before_the_first_export() -> None:
    program = (
        "import sys; from pressdesk.formats.writers import pdf; "
        "print([n for n in ('reportlab', 'uharfbuzz', 'PIL') if n in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.strip() == b"[]"


def test_layout_classes_of_reportlab_are_never_imported() -> None:
    program = (
        "import sys; import pressdesk.formats.writers.pdf.page; "
        "print([n for n in sys.modules if n.startswith('reportlab.p') and "
        "'platypus' in n or n == 'reportlab.pdfgen.canvas'])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.strip() == b"[]"
