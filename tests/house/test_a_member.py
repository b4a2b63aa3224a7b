"""A new member of the sheet is missed in every writer that does not print it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pressdesk.formats import registry

TOP = Path(__file__).resolve().parents[2]
FORMATS = sorted(registry.formats())
TAKES = "test_each_writer_takes_every_member_of_the_sheet"
SHOWS = "test_each_writer_shows_every_word_of_the_sheet"


def failed(program: Path, file: str, after: str, member: str) -> list[str]:
    """The tests that fail once a value has a member more."""
    shutil.copytree(
        TOP / "pressdesk", program / "pressdesk", ignore=shutil.ignore_patterns("__pycache__")
    )
    for lent in ("resources", "seeds", "tests", "pyproject.toml"):
        (program / lent).symlink_to(TOP / lent)
    source = program / "pressdesk" / file
    text = source.read_text("utf-8")
    assert text.count(after) == 1
    source.write_text(text.replace(after, f"{after}    {member}\n"), "utf-8")
    parity = "tests/unit/test_every_member.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", parity],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )
    return sorted(re.findall(r"^FAILED \S+::(\S+)", done.stdout, re.MULTILINE))


def missed(*members: str) -> list[str]:
    return sorted(f"{test}[{name}]" for test in members for name in FORMATS)


MEMBERS = {
    "sheet": ("press/sheet.py", '    footer: str = ""\n', 'motto: str = ""'),
    "contact": ("press/sheet.py", '    hours: str = ""\n', 'pronouns: str = ""'),
    "way": ("press/sheet.py", "    printed: str\n", 'extension: str = ""'),
    "section": ("press/sheet.py", '    heading: str = ""\n', 'number: str = ""'),
    "look": ("press/house.py", '    logo_alt: str = ""\n', 'logo_credit: str = ""'),
}


@pytest.mark.parametrize("value", MEMBERS)
def test_it_is_missed_in_each_writer(tmp_path: Path, value: str) -> None:
    assert failed(tmp_path, *MEMBERS[value]) == missed(TAKES, SHOWS)


def test_one_of_the_house_style_is_missed_on_the_sheet(tmp_path: Path) -> None:
    member = ("press/house.py", "    about: Translated = NOTHING\n", "motto: Translated = NOTHING")
    test = "test_every_member_of_the_house_style_reaches_the_sheet"
    assert failed(tmp_path, *member) == [test]
