"""Output of the shell: what may reach a terminal, JSON, columns and progress."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
import msgspec

if TYPE_CHECKING:
    from rich.progress import Progress

Stepped = Callable[[], None]
Told = Callable[[int, int], None]

PATIENCE_S = 1.0
"""Seconds before a progress bar is shown."""

AS_JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")


_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What terminals obey instead of showing it, line feed and tab apart: escapes, and characters
that turn the direction of what follows."""


def clean(text: str) -> str:
    """Text of a desk or file as a terminal may show it: a sign in place of each command."""
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text that may come from a desk or file; the only way to the terminal."""
    click.echo(clean(text), err=err, nl=nl)


def say_styled(line: str) -> None:
    """Print a line with colours of ours, made of clean text; no colours where no terminal is."""
    click.echo(line)


def print_json(value: object) -> None:
    """Print an indented JSON document in UTF-8 with a final line feed; commands are escaped."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    click.echo(_COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def print_rows(rows: Sequence[Sequence[str]]) -> None:
    """Print aligned columns separated by two blanks; nothing if there are no rows."""
    if not rows:
        return
    lines = [[" ".join(cell.splitlines()) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for row in lines:
        padded = (cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False))
        say("  ".join((*padded, row[-1])).rstrip())


@contextmanager
def progress(doing: str, total: int) -> Iterator[Callable[[], None]]:
    """Gives the function to call after each of ``total`` steps.

    Draws a bar on stderr, where that is a terminal, once the work has taken over a second,
    also while a single step lasts; takes it away at the end, whatever the end is.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    bar = _Bar(doing, total)
    timer = threading.Timer(PATIENCE_S, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar.step
    finally:
        timer.cancel()
        bar.close()


def percent(step: Stepped) -> Told:
    """Turns parts done into hundredths of the whole."""
    shown = 0

    def told(done: int, total: int) -> None:
        nonlocal shown
        while shown < 100 * done // max(1, total):
            shown += 1
            step()

    return told


class _Bar:
    """A progress bar drawn by its own thread from ``show`` to ``close``."""

    def __init__(self, doing: str, total: int) -> None:
        self._doing, self._total, self._done = doing, total, 0
        self._lock = threading.Lock()
        self._closed = False
        self._drawn: Progress | None = None

    def show(self) -> None:
        """Start drawing."""
        from rich.console import Console
        from rich.progress import Progress

        with self._lock:
            if self._closed:
                return
            self._drawn = Progress(
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._drawn.add_task(self._doing, total=self._total, completed=self._done)
            self._drawn.start()

    def step(self) -> None:
        """Advance by one step."""
        with self._lock:
            self._done += 1
            if self._drawn:
                self._drawn.update(self._drawn.task_ids[0], completed=self._done)

    def close(self) -> None:
        """Remove the bar if it is shown."""
        with self._lock:
            self._closed = True
            if self._drawn:
                self._drawn.stop()
