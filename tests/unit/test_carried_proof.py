"""What a file carries of the register: written into PDF and web page, and read back from them."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from pressdesk.base.errors import PressDeskError
from pressdesk.formats import carried
from pressdesk.formats.registry import Context, writer
from pressdesk.press.register import proof as proofs
from pressdesk.press.register.checkpoint import Checkpoint, Signature
from pressdesk.press.register.proof import BLOCK, LARGEST, NAMESPACE, written
from tests.unit.made_up_proof import PROOF, made_up
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.sheets import SHEETS as PDF_SHEETS
from tests.unit.writers.sheets import ATTACHMENTS, SHEETS

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CARRIERS = ("pdf", "html")
NEWS = SHEETS["news-en"]


def file(name: str, proof: str = PROOF) -> bytes:
    return writer(name).write(NEWS, Context(attachments=ATTACHMENTS, proof=proof))


def packet(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("name", CARRIERS)
def test_a_file_carries_its_proof(name: str) -> None:
    found = carried.proof(file(name))
    assert found == made_up() and found.holds
    assert file(name) == file(name)
    assert len(file(name)) - len(file(name, "")) < 4096


@pytest.mark.parametrize("name", [*CARRIERS, "markdown", "text"])
def test_a_file_without_one_says_so(name: str) -> None:
    assert carried.proof(file(name, "")) is None


@pytest.mark.parametrize("name", ["markdown", "text"])
def test_a_plain_text_stays_as_it_is(name: str) -> None:
    assert file(name) == file(name, "")


def test_the_page_with_a_proof_is_as_it_was_looked_at(accept: bool) -> None:
    _golden(GOLDEN / "html" / "news-en.proof.html", file("html"), accept=accept)


def test_the_packet_with_a_proof_is_as_it_was_looked_at(accept: bool) -> None:
    _golden(GOLDEN / "pdf" / "news-en.proof.xmp", packet(file("pdf")), accept=accept)


def _golden(path: Path, got: bytes, *, accept: bool) -> None:
    if accept:
        path.write_bytes(got)
    assert got == path.read_bytes()


@pytest.mark.parametrize("name", PDF_SHEETS)
def test_every_release_with_a_proof_conforms(name: str) -> None:
    assert faults(writer("pdf").write(PDF_SHEETS[name], Context(proof=PROOF))) == []


def test_nothing_of_the_page_runs_and_nothing_else_of_it_changes() -> None:
    source = file("html").decode()
    page = lxml.html.document_fromstring(source)
    (block,) = page.xpath(f"//head/script[@id='{BLOCK}']")
    assert block.get("type") == "application/json" and block.text == PROOF
    line = next(one for one in source.splitlines(keepends=True) if BLOCK in one)
    assert source.replace(line, "").encode() == file("html", "")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "script" not in policy and "default-src 'none'" in policy


def test_an_own_template_carries_it_as_well(tmp_path: Path) -> None:
    own = tmp_path / "html" / "base.html"
    own.parent.mkdir()
    head = '<meta http-equiv="Content-Security-Policy" content="{{ policy }}">'
    for body in (f"<html><head>{head}</head><p>{{{{ title }}}}", f"{head}<p>{{{{ title }}}}"):
        own.write_text(body)
        context = Context(attachments=ATTACHMENTS, templates=tmp_path, proof=PROOF)
        data = writer("html").write(NEWS, context)
        assert not context.losses and NEWS.title.encode() in data and len(data) < 6000
        assert carried.proof(data) == made_up()


def test_no_proof_means_anything_in_a_page() -> None:
    seen = made_up().checkpoint
    key = Signature("a</script><b>&amp;", b"keyi", bytes(64))
    signed = proofs.Proof(
        made_up().record, made_up().path, Checkpoint(seen.origin, seen.size, seen.root, (key,))
    )
    said = written(signed)
    assert said.isascii() and not set("<>&") & set(said)
    for name in CARRIERS:
        assert carried.proof(file(name, said)) == signed


@pytest.mark.parametrize("name", CARRIERS)
def test_no_altered_bit_of_it_holds(name: str) -> None:
    data = bytearray(file(name))
    begin = data.index(PROOF.encode())
    chance = random.Random(20261128)
    bits = chance.sample(range(begin * 8, (begin + len(PROOF)) * 8), 300)
    for bit in bits:
        data[bit // 8] ^= 1 << bit % 8
        assert not _believed(bytes(data)), (name, bit)
        data[bit // 8] ^= 1 << bit % 8
    assert _believed(bytes(data))


def _believed(data: bytes) -> bool:
    try:
        found = carried.proof(data)
    except PressDeskError:
        return False
    # A tree says nothing of the name of its book: that is for the witness to compare.
    return found is not None and found.holds and found.checkpoint == made_up().checkpoint


def test_a_pdf_that_another_program_saved_still_carries_it() -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(file("pdf"))) as pdf:
        with pdf.open_metadata() as about:
            about["dc:source"] = "somewhere"
        pdf.save(stream)
    assert carried.proof(stream.getvalue()) == made_up()


def test_a_packet_with_the_proof_as_an_attribute_is_read() -> None:
    said = PROOF.replace('"', "&quot;")
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    data = (
        f'%PDF-1.7\n<?xpacket begin="" id="x"?><r:RDF xmlns:r="{rdf}"><r:Description'
        f' xmlns:p="{NAMESPACE}" p:proof="{said}"/></r:RDF><?xpacket end="w"?>'
    )
    assert carried.proof(data.encode()) == made_up()


@pytest.mark.parametrize(
    "part", ["valueType>Text", "category>external", "prefix>pressdesk", "name>proof", NAMESPACE]
)
def test_the_checker_sees_a_property_that_is_not_described(part: str) -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(file("pdf"))) as pdf:
        said = pdf.Root.Metadata.read_bytes().decode()
        pdf.Root.Metadata.write(said.replace(part, part[:-1] + "x", 1).encode())
        pdf.save(stream)
    assert "6.6.2.3 XMP: proof is not described" in faults(stream.getvalue())


PACKET = b'<?xpacket begin="" id="x"?>%s<?xpacket end="w"?>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "%s">]><x xmlns="%s"><proof>&a;&a;</proof></x>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7" + b"<?xpacket begin=" * 50_000,
        b"%PDF-1.7" + PACKET % (b"<x>" * 200_000),
        b"%PDF-1.7" + PACKET % (LAUGHS % (b"ha" * 1000, NAMESPACE.encode())),
        b"%PDF-1.7" + PACKET % (b'<x xmlns="%s"><proof>{"a":1}</proof></x>' % NAMESPACE.encode()),
        b"<script id=pressdesk-proof>" * 50_000,
        b"<script id=pressdesk-proof>[[[[</script>",
        b"<script id=pressdesk-proof>" + b"[" * LARGEST + b"</script>",
        b"<script id=pressdesk-proof>\xff\x00</script>",
        b"<script id=pressdesk-proof>{}</script>" * 100,
        b"<script " + b"a" * 1_000_000,
    ],
)
def test_hostile_bytes_are_refused_in_plain_words(data: bytes) -> None:
    try:
        assert carried.proof(data) is None
    except PressDeskError as error:
        assert error.what


def test_two_different_proofs_are_none() -> None:
    other = written(made_up(reference="PR 2026/15"))
    data = file("html") + f'<script type="x" id="{BLOCK}">{other}</script>'.encode()
    with pytest.raises(PressDeskError, match="several different proofs"):
        carried.proof(data)
    assert carried.proof(file("html") * 2) == made_up()


@pytest.mark.parametrize("name", CARRIERS)
def test_the_program_in_the_documents_verifies_without_ours(name: str, tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "resources/docs/proof.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "file"

    def told() -> subprocess.CompletedProcess[str]:
        order = [sys.executable, "-I", "-S", "-c", program, str(path)]
        return subprocess.run(order, capture_output=True, encoding="utf-8")

    for number, size in ((0, 1), (5, 11), (10, 11), (6, 7), (7, 16)):
        proof = made_up(number, size)
        path.write_bytes(file(name, written(proof)))
        done = told()
        assert done.returncode == 0, done.stderr
        assert str(proof.checkpoint) in done.stdout and '"reference":"PR 2026/14"' in done.stdout
    bent = proofs.Proof(proof.record, proof.path[::-1], proof.checkpoint)
    path.write_bytes(file(name, written(bent)))
    assert "the proof does not hold" in told().stderr
