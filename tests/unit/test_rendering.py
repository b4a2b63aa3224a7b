"""What is looked at is what is exported, and the child that draws it may die at any time."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from pressdesk.base.errors import BadInput, ReadFailed, UnknownFormat, WorkerFailed, WriteFailed
from pressdesk.base.worker import Worker
from pressdesk.desk import render_child, rendering
from pressdesk.desk.render_jobs import Draw, Export, pack
from pressdesk.desk.rendering import Renderer
from pressdesk.document.nodes import BulletList, Document, ListItem, Text
from pressdesk.document.tools import paragraph
from pressdesk.formats import registry
from pressdesk.press.sheet import Sheet
from pressdesk.press.states import State
from tests.patience import PATIENCE_S, until

TARGET = "pressdesk.desk.render_child:run"
WORDS = "The river commission met in Vienna and took note of the level of the water. "


def sheet(paragraphs: int = 3, **parts) -> Sheet:
    body = Document(tuple(paragraph(f"{n}. {WORDS * 5}") for n in range(paragraphs)))
    shown = {"title": "Statement on the level of the river", "body": body, **parts}
    return Sheet(
        language="en", kind="statement", kind_label="Statement", state=State.DRAFT, **shown
    )


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(TARGET, memory=rendering.MEMORY, seconds=PATIENCE_S) as shared:
        yield shared


@pytest.fixture(scope="module")
def renderer(worker: Worker) -> Renderer:
    return Renderer(worker)


def used(worker: Worker) -> float:
    """Seconds of CPU of the child."""
    spent = psutil.Process(worker.pid()).cpu_times()
    return float(spent.user + spent.system)


def test_pages_are_images_of_the_asked_scale(renderer: Renderer) -> None:
    pages = renderer.pages(sheet(30), {}, scale=1.5, first=1, count=2)
    assert pages.count == len(pages.sizes) > 2
    assert [image.number for image in pages.images] == [1, 2]
    for image in pages.images:
        assert (image.width, image.height) == (893, 1263)
        assert len(image.pixels) == image.stride * image.height >= 4 * 893 * 1263


def test_the_exported_file_is_the_one_that_was_looked_at(renderer: Renderer) -> None:
    import hashlib

    looked = renderer.pages(sheet(), {}, scale=0.5)
    exported = renderer.export(sheet(), "pdf", {})
    assert hashlib.sha256(exported.data).hexdigest() == looked.pdf_sha
    assert exported.data.startswith(b"%PDF")


def test_other_pages_and_scales_of_the_same_sheet_do_not_build_it_again(
    renderer: Renderer, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, sent = sheet(400), []
    first = renderer.pages(long, {}, scale=1, first=0, count=1)
    monkeypatch.setattr(worker, "call", lambda job: sent.append(job) or Worker.call(worker, job))
    again = renderer.pages(long, {}, scale=2, first=20, count=1)
    assert [len(job) < 500 for job in sent] == [True]
    assert again.pdf_sha == first.pdf_sha
    assert [image.number for image in again.images] == [20]


def test_a_child_that_died_is_given_the_sheet_again(renderer: Renderer, worker: Worker) -> None:
    before = renderer.pages(sheet(5), {}, scale=1)
    os.kill(worker.pid(), signal.SIGKILL)
    until(lambda: worker.pid() is None)
    assert renderer.pages(sheet(5), {}, scale=1).images == before.images


def test_nothing_is_asked_beyond_the_last_page(renderer: Renderer) -> None:
    assert renderer.pages(sheet(), {}, scale=1, first=90, count=4).images == ()
    assert renderer.pages(sheet(), {}, scale=1, first=-3, count=4).images[0].number == 0


@pytest.mark.slow
def test_a_monstrous_scale_is_drawn_smaller_and_says_what_was_asked(renderer: Renderer) -> None:
    pages = renderer.pages(sheet(30), {}, scale=60, first=0, count=5)
    assert pages.scale == 60
    assert len(pages.images) == 1
    assert pages.images[0].width * pages.images[0].height <= 41_000_000


def test_forty_pages_take_less_than_two_seconds(renderer: Renderer, worker: Worker) -> None:
    renderer.pages(sheet(), {}, scale=1.2)
    long = sheet(290)
    began = used(worker)
    pages = renderer.pages(long, {}, scale=1.2)
    assert pages.count > 35
    assert used(worker) - began < 4  # twice as much on a busy machine


def test_the_web_view_loads_nothing(renderer: Renderer) -> None:
    web = renderer.web(sheet(title="Water <b>& flood"), {}).html
    assert "Water &lt;b&gt;&amp; flood" in web
    assert "<script" not in web
    assert 'src="http' not in web


@pytest.mark.parametrize("name", sorted(registry.writers()))
def test_every_format_is_made_in_the_child_as_here(renderer: Renderer, name: str) -> None:
    context = registry.Context()
    if name != "pdf":
        assert renderer.export(sheet(), name, {}).data == registry.writer(name).write(
            sheet(), context
        )
    assert renderer.export(sheet(), name, {}).data


@pytest.mark.parametrize("name", sorted(registry.writers()))
def test_what_the_child_makes_is_compared(renderer: Renderer, name: str) -> None:
    assert renderer.export(sheet(), name, {}).compared


@pytest.mark.parametrize("name", sorted(registry.writers()))
def test_a_file_from_elsewhere_is_compared_in_the_child(renderer: Renderer, name: str) -> None:
    data = registry.writer(name).write(sheet(), registry.Context())
    assert renderer.differs(data, name, sheet()) is None
    difference = renderer.differs(data, name, sheet(title="Another headline"))
    assert difference is not None and difference.part == "title"
    with pytest.raises(ReadFailed):
        renderer.differs(b"\xff\xfe" if name != "html" else b"", name, sheet())


def test_a_pdf_that_was_looked_at_is_compared_before_it_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = registry.writer("pdf")
    other = sheet(title="Another headline")
    faulty = dataclasses.replace(real, write=lambda _sheet, context: real.write(other, context))
    monkeypatch.setattr(registry, "writer", {"pdf": faulty}.__getitem__)
    monkeypatch.setattr(render_child._Desk, "held", None)
    render_child.run(pack(Draw("k", 0.5, 0, 1, sheet())))
    with pytest.raises(WriteFailed, match="Another headline"):
        render_child.run(pack(Export("pdf", "k", sheet(), {})))


def test_what_a_format_could_not_hold_is_told(renderer: Renderer) -> None:
    from msgspec.structs import replace

    made = sheet()
    lost = replace(made, look=replace(made.look, logo="0" * 64))
    assert renderer.export(lost, "html", {}).losses != ()


def test_an_unknown_format_names_the_near_one(renderer: Renderer) -> None:
    with pytest.raises(UnknownFormat, match="Did you mean “pdf”"):
        renderer.export(sheet(), "pfd", {})


def test_a_text_that_cannot_be_passed_on_is_told_with_its_place(renderer: Renderer) -> None:
    with pytest.raises(BadInput, match="It comes after “On the level”"):
        renderer.pages(sheet(title="On the level\ud800 of the river"), {}, scale=1)
    deep = BulletList((ListItem((Text("x"),)),))
    for _level in range(900):
        deep = BulletList((ListItem((Text("x"),), (deep,)),))
    with pytest.raises(BadInput, match="nested too deeply"):
        renderer.web(sheet(body=Document((deep,))), {})


@pytest.mark.slow
def test_a_text_without_end_is_stopped_and_the_next_is_drawn() -> None:
    with Worker(TARGET, seconds=2) as hurried:
        impatient = Renderer(hurried)
        impatient.warm()
        with pytest.raises(WorkerFailed, match="took too long"):
            impatient.pages(sheet(body=Document((paragraph("щ" * 1_500_000),))), {}, scale=1)
        assert impatient.pages(sheet(), {}, scale=1).count == 1


def test_a_closed_renderer_says_so() -> None:
    closed = Renderer(Worker(TARGET))
    closed.close()
    with pytest.raises(WorkerFailed, match="closing"):
        closed.web(sheet(), {})


def test_the_window_never_loads_what_the_child_needs() -> None:
    code = (
        "import sys; from pressdesk.desk.rendering import Renderer; r = Renderer();"
        "print(*({'reportlab', 'jinja2', 'pypdfium2', 'uharfbuzz', 'PIL'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_a_page_loads_nothing_that_only_other_formats_need() -> None:
    code = (
        "import sys; from pressdesk.desk import render_child, render_jobs;"
        "from pressdesk.press.release import State; from pressdesk.press.sheet import Sheet;"
        "draft = Sheet(language='en', kind='news', kind_label='News', state=State.DRAFT);"
        "render_child.run(render_jobs.pack(render_jobs.Draw('a', 1.0, 0, 1, draft)));"
        "print(*({'jinja2', 'html.parser', 'http', 'email', 'xml.sax'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_what_draws_pages_is_made_ready_before_what_draws_web_pages() -> None:
    code = (
        "import sys; from pressdesk.desk import render_child, render_jobs as jobs;"
        "render_child.run(jobs.pack(jobs.Warm()));"
        "print('reportlab' in sys.modules, 'jinja2' in sys.modules);"
        "render_child.run(jobs.pack(jobs.Warm(web=True))); print('jinja2' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "False", "True"]
