"""A writer is one module: dropped into the folder, it is offered, named, written and examined."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressdesk.archive.file.desk_file import create
from pressdesk.desk import drafting
from pressdesk.formats import registry

TOP = Path(__file__).resolve().parents[2]

WHOLE = '''
"""Everything that is approved, a paragraph a line."""

from __future__ import annotations

from pressdesk.formats.readback.plain_text import READBACK
from pressdesk.formats.registry import Context, Writer
from pressdesk.press.sheet import Sheet


def write(sheet: Sheet, context: Context) -> bytes:
    """What reading back expects, in UTF-8."""
    return "\\n".join(one.text for one in READBACK.passages(sheet)).encode()


WRITER = Writer(
    name="headline",
    label="Headline",
    suffix=".head",
    media_type="text/plain",
    write=write,
    readback=READBACK,
)
'''

HEADLINE = WHOLE.replace('"\\n".join(one.text for one in READBACK.passages(sheet))', "sheet.title")
"""Nothing but the headline: a writer that leaves out what was approved."""

UNREAD = WHOLE.replace("    readback=READBACK,\n", "")
"""A writer whose files nobody can read back."""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program to drop modules into; what it does not change is only lent."""
    top = tmp_path / "program"
    shutil.copytree(
        TOP / "pressdesk", top / "pressdesk", ignore=shutil.ignore_patterns("__pycache__")
    )
    for lent in ("resources", "seeds", "tests", "pyproject.toml"):
        (top / lent).symlink_to(TOP / lent)
    return top


def drop(program: Path, source: str, name: str = "headline") -> None:
    (program / "pressdesk" / "formats" / "writers" / f"{name}.py").write_text(source, "utf-8")


def run(program: Path, *command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )


def test_the_export_dialog_offers_it_and_writes_it(program: Path, tmp_path: Path) -> None:
    drop(program, WHOLE)
    desk, out = tmp_path / "office.pressdesk", tmp_path / "out"
    create(desk).close()
    driven = "tests/gui/programs/export_in_every_format.py"
    done = run(program, program / driven, desk, out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["PDF", "HTML", "Headline", "Markdown", "Text"]
    assert b"On the new gauge" in (out / "out.head").read_bytes()
    assert len(list(out.iterdir())) == 5


def test_the_shell_names_it_and_writes_it(program: Path, tmp_path: Path) -> None:
    drop(program, WHOLE)
    desk = tmp_path / "office.pressdesk"
    archive = create(desk)
    drafting.new_release(archive, kind="statement", language="en", now=datetime.now(UTC))
    archive.close()
    shell = ("-m", "pressdesk", "--desk", desk, "export")
    assert "--to pdf,html,headline,markdown,text" in run(program, *shell, "--help").stdout
    done = run(program, *shell, 1, "--to", "headline", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).suffix == ".head"
    assert Path(done.stdout.strip()).exists()


def test_a_file_that_leaves_out_what_was_approved_does_not_leave(
    program: Path, tmp_path: Path
) -> None:
    drop(program, HEADLINE)
    desk, out = tmp_path / "office.pressdesk", tmp_path / "out"
    archive = create(desk)
    drafting.new_release(archive, kind="statement", language="en", now=datetime.now(UTC))
    archive.close()
    done = run(
        program, "-m", "pressdesk", "--desk", desk, "export", 1, "--to", "headline", "--out", out
    )
    assert done.returncode == 1
    assert "held back" in done.stderr and "Warning: " in done.stderr, done.stderr
    assert list(out.iterdir()) == []


def test_a_writer_that_nobody_reads_back_is_a_fault(program: Path) -> None:
    drop(program, UNREAD)
    assert "writers.headline does not say how its files are read back" in fault(program)


def test_it_is_examined_as_every_other_and_found_wanting(program: Path) -> None:
    drop(program, HEADLINE)
    parity = "tests/unit/test_same_in_every_format.py"
    done = run(program, "-m", "pytest", "-p", "no:cacheprovider", parity, "-k", "samples")
    assert "1 failed, 4 passed" in done.stdout, done.stdout
    assert "test_the_samples_read_the_same_in_every_format[headline]" in done.stdout


@pytest.mark.parametrize(
    "source",
    [
        "",
        "WRITER = None\n",
        "def write(sheet, context): ...\n\nWRITER = Writer(name=NAME, write=write)\n",
        'WRITER = Writer(name="headline", label="Headline", write=write)\n',
        'WRITER = Writer(name="a", label="A", suffix=1, media_type="a/b", write=write)\n',
        "WRITER = Writer(\n",
    ],
)
def test_a_module_that_declares_no_writer_is_named(program: Path, source: str) -> None:
    drop(program, f'"""A writer?"""\n{source}')
    assert "writers.headline does not end in WRITER = Writer(...)." in fault(program)


def test_two_writers_of_one_name_are_a_fault(program: Path) -> None:
    drop(program, HEADLINE)
    drop(program, HEADLINE, name="other")
    assert "both called “headline”" in fault(program)


def test_a_program_without_writers_says_so(program: Path) -> None:
    for path in (program / "pressdesk" / "formats" / "writers").iterdir():
        if path.name != "__init__.py":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert "There are no modules in pressdesk.formats.writers." in fault(program)


def fault(program: Path) -> str:
    """What a person is told who wants to export a PDF."""
    done = run(program, "-m", "pressdesk", "export", 1, "--to", "pdf", "--out", program)
    assert done.returncode == 1, done.stderr
    assert "reinstall it" in done.stderr and "Traceback" not in done.stderr
    return done.stderr


def test_what_is_offered_costs_no_library() -> None:
    code = (
        "import sys; from pressdesk.desk import exporting; assert exporting.formats();"
        "print([n for n in sys.modules if n.startswith('pressdesk.formats.writers.')])"
    )
    done = run(TOP, "-c", code)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_writer_is_what_its_module_declares() -> None:
    for name, form in registry.formats().items():
        writer = registry.writer(name)
        said = (writer.name, writer.label, writer.suffix, writer.media_type)
        assert said == (form.name, form.label, form.suffix, form.media_type)
