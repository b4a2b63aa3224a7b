"""What the register costs on a desk of 100,000 releases: CPU, each beside the same without it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

from pressdesk.archive import checking
from pressdesk.archive.file import since
from pressdesk.archive.file.desk_file import Archive, open_desk
from pressdesk.archive.rows import register
from pressdesk.desk import drafting, issuing, opening, witness
from pressdesk.document.nodes import Document
from pressdesk.document.tools import paragraph
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf import WRITER
from pressdesk.press.register.proof import written
from tests.benchmarks.figures import BUILD, Row, desk, environment, row
from tests.benchmarks.large import LARGE, NOW, large

ISSUES, OPENINGS, ADDED, CHECKS = 25, 15, 50, 3
WRITE_MS, OPENING, VERIFY_S, SINCE_S, PROOF_KB = 5.0, 1.05, 60.0, 2.0, 4.0


def rows() -> list[Row]:
    """Issue, open, verify, check what came since, and the size of a proof."""
    with (
        tempfile.TemporaryDirectory(dir=BUILD) as folder,
        patch.dict(os.environ, environment(Path(folder))),
    ):
        big, small = Path(folder) / "big.pressdesk", Path(folder) / "small.pressdesk"
        shutil.copy(large(), big)
        shutil.copy(desk(200), small)
        return [*_issues(big, small), _opening(big), *_checks(big), _proof(big)]


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of CPU of one call."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def _issues(big: Path, small: Path) -> Iterator[Row]:
    """The write of the register inside an issue, beside the rest of that issue."""
    (mine, rest), (little, _rest) = _issued(big), _issued(small)
    name = f"register in an issue, {LARGE:,}"
    yield row(name, mine, "the rest of that issue", rest, at_most=WRITE_MS)
    yield row(name, mine, "the same, 200 releases", little)


def _issued(path: Path) -> tuple[float, float]:
    written: list[float] = []
    enter = register.enter

    def timed(*given: Any, **named: Any) -> None:
        written.append(cpu(lambda: enter(*given, **named)))

    archive = open_desk(path)
    whole = []
    with patch.object(register, "enter", timed):
        for _time in range(ISSUES + 1):
            draft = _draft(archive)
            whole.append(cpu(lambda d=draft: issuing.issue(archive, *d, now=NOW)))
    archive.close()
    mine = statistics.median(written[1:])  # the first compiles what it asks
    return mine, statistics.median(whole[1:]) - mine


def _draft(archive: Archive) -> tuple[Any, Any]:
    filed, _questions = drafting.new_release(archive, kind="news", language="en", now=NOW)
    said = Document((paragraph("The gauges upstream read more than on the day before."),))
    text = replace(filed.edition, title="The river rises", place="Vienna", body=said)
    filed, _questions = drafting.save(archive, filed.release, text)
    return filed.release, filed.edition


def _opening(path: Path) -> Row:
    """As a person opens it, with and without the look at how far the register has come."""

    def opened() -> None:
        opening.enter(path, now=NOW).archive.close()

    spent: tuple[list[float], list[float]] = [], []
    for _turn in range(OPENINGS + 1):
        spent[0].append(cpu(opened))
        with patch.object(witness, "look", lambda *_given, **_named: None):
            spent[1].append(cpu(opened))
    mine, bare = (min(times[1:]) for times in spent)
    return row("opening, looks at heads", mine, "without that look", bare, goal=OPENING)


def _checks(path: Path) -> Iterator[Row]:
    """All recomputed, and what came since alone; each in the CPU of this one process."""
    archive = open_desk(path)
    anchor = since.anchor(archive._store, archive.uid)
    assert anchor is not None
    for _time in range(ADDED):
        issuing.issue(archive, *_draft(archive), now=NOW + timedelta(hours=1))
    found: list[checking.Report] = []
    later = min(
        cpu(lambda: found.append(checking.check(archive, since=anchor))) for _time in range(CHECKS)
    )
    whole = cpu(lambda: found.append(checking.check(archive, only=checking.SEALED)))
    archive.close()
    assert all(report.sound for report in found), found
    bare = cpu(lambda: _hashed(path))
    scale = LARGE / found[-1].looked_at["issued"]
    name, of = f"verify, as for {LARGE:,} editions", "SHA-256 of all sheets, bare"
    yield row(name, whole * scale / 1000, of, bare * scale / 1000, unit="s", at_most=VERIFY_S)
    name = f"check since {ADDED} issues ago, {LARGE:,}"
    yield row(name, later / 1000, "verify", whole / 1000, unit="s", at_most=SINCE_S)


def _hashed(path: Path) -> None:
    with _bare(path) as bare:
        for sheet, house in bare.execute("SELECT sheet, house FROM issued"):
            sha256(sheet + b"\n" + house).digest()


@contextmanager
def _bare(path: Path) -> Iterator[sqlite3.Connection]:
    bare = sqlite3.connect(path)
    try:
        yield bare
    finally:
        bare.close()


def _proof(path: Path) -> Row:
    """What a proof adds to the PDF of the edition issued last."""
    with _bare(path) as bare:
        (newest,) = bare.execute("SELECT max(edition_id) FROM issued").fetchone()
    archive = open_desk(path, read_only=True)
    sealed, proof = archive.releases.issued(newest), archive.register.proof(newest)
    archive.close()
    assert sealed is not None and proof is not None
    plain = len(WRITER.write(sealed.sheet, Context())) / 1000
    mine = len(WRITER.write(sealed.sheet, Context(proof=written(proof)))) / 1000 - plain
    name = f"proof in a PDF, {LARGE:,}"
    return row(name, mine, "the PDF without it", plain, unit="kb", at_most=PROOF_KB)


if __name__ == "__main__":
    for figure in rows():
        print(figure, file=sys.stdout)
