"""Breaks runs of text into lines: greedy, ragged, linear in the length of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pressdesk.formats.writers.pdf.fonts import SOFT_HYPHEN, ZERO_SPACE, Face
from pressdesk.formats.writers.pdf.struct import Elem
from pressdesk.formats.writers.pdf.theme import Colour

_CHANCE = re.compile("[\u00ad\u200b\u2010\u2013\u2014/-]")
_HAIR = 0.01


@dataclass(slots=True, eq=False)
class Run:
    """Characters that look the same and belong to the same element."""

    text: str
    face: Face
    size: float
    colour: Colour
    elem: Elem | None = None
    url: str | None = None
    underline: bool = False
    rise: float = 0.0
    spacing: float = 0.0


@dataclass(slots=True, eq=False)
class Line:
    """A line: its width in points, and runs with their words, parted by spaces.

    ``open``: a space follows that was lost in the break; it must be written all the same, or
    words run together when the page is read out.
    """

    width: float
    parts: list[tuple[Run, list[str]]]
    open: bool


def lines(runs: Sequence[Run | None], first: float, rest: float) -> list[Line]:
    """Break runs into lines; None among them is a forced new line.

    first, rest  the width of the first line and of the others, in points
    returns      at least one line; none is wider than asked, words are cut if they must be
    """
    out: list[Line] = []
    part: list[Run] = []
    for run in [*runs, None]:
        if run is not None:
            if run.text:
                part.append(run)
            continue
        width = first if not out else rest
        if len(part) == 1:
            out.extend(_plain(part[0], width, rest))
        else:
            out.extend(_Mixed(width, rest).lines(part))
        out[-1].open = True
        part = []
    out[-1].open = False
    return out


def _plain(run: Run, first: float, rest: float) -> list[Line]:
    """Lines of a single run: the usual case, with one search in the sums for each line."""
    face, scale = run.face, run.size * 0.001
    words = run.text.split(" ")
    gap = face.space * scale + run.spacing
    if run.spacing:
        widths = [face[word].width * scale + len(word) * run.spacing for word in words]
    else:
        widths = [face[word].width * scale for word in words]
    sums = list(accumulate(width + gap for width in widths))
    out: list[Line] = []
    start, base, limit, count = 0, 0.0, first, len(words)
    head: list[str] = []
    used = 0.0  # by what was carried over from a broken word, with its space
    while True:
        end = bisect_right(sums, limit - used + base + gap + _HAIR, start)
        width = used + (sums[end - 1] if end > start else base) - base
        line = head + words[start:end]
        if end == count:
            out.append(Line(width - gap if line else 0.0, [(run, line)], False))
            return out
        head, used = [], 0.0
        word, full = words[end], rest
        if widths[end] <= full and not _CHANCE.search(word):
            if not line:  # only the first line can be too narrow for a word that fits others
                line = [""]
            out.append(Line(width - gap, [(run, line)], True))
            start, base = end, sums[end - 1] if end else 0.0
        else:
            pieces = chunks(face, word, (limit - width) / scale, full / scale, fresh=not line)
            if pieces[0]:
                line.append(pieces[0])
                width += face[pieces[0]].width * scale + gap
            if line:
                out.append(Line(width - gap, [(run, line)], not pieces[0]))
            for piece in pieces[1:-1]:
                out.append(Line(face[piece].width * scale, [(run, [piece])], False))
            head, used = [pieces[-1]], face[pieces[-1]].width * scale + gap
            start, base = end + 1, sums[end]
        limit = rest


def chunks(face: Face, word: str, room: float, full: float, *, fresh: bool) -> list[str]:
    """A word that does not fit, in the pieces it is broken into; at least two.

    room, full  in 1/1000 em: what is left on this line, and the width of a line
    fresh       nothing stands on this line yet, so something of the word must
    returns     the piece for this line, "" for nothing; one for each full line; the rest
    """
    places, widths = face.cuts(word)
    allowed = [at for at in range(1, len(places) - 1) if _may_break(word, places[at])]
    hyphen = face.advances[face.hyphen]
    out: list[str] = []
    at = 0
    while True:
        if out and widths[-1] - widths[at] <= full:
            out.append(word[places[at] :])
            return out
        far = bisect_right(widths, widths[at] + room + _HAIR, at) - 1
        best = _best(word, places, widths, allowed, at, far, widths[at] + room - hyphen)
        if best == at and not out and not fresh:
            out.append("")
        else:
            if best == at:
                best = min(max(far, at + 1), len(places) - 1)
                if best > at + 1 and word[places[best] - 1] == SOFT_HYPHEN:
                    best -= 1  # there is no room for the hyphen
            if best == len(places) - 1 and not out:
                best -= 1 if best > 1 else 0
            out.append(word[places[at] : places[best]])
            at = best
            if at == len(places) - 1:
                return out if len(out) > 1 else ["", *out]
        room = full


def _best(
    word: str,
    places: list[int],
    widths: list[float],
    allowed: list[int],
    at: int,
    far: int,
    with_hyphen: float,
) -> int:
    """The farthest allowed break up to ``far``; ``at`` when there is none."""
    index = bisect_right(allowed, far) - 1
    while index >= 0 and allowed[index] > at:
        place = allowed[index]
        if word[places[place] - 1] != SOFT_HYPHEN or widths[place] <= with_hyphen:
            return place
        index -= 1
    return at


def _may_break(word: str, place: int) -> bool:
    before = word[place - 1]
    if before in (SOFT_HYPHEN, ZERO_SPACE):
        return True
    # After a dash or stroke between two letters: "long-term", but not "-5" or "10-".
    return (
        before in "-‐–—/"
        and place >= 3
        and word[place - 2].isalpha()
        and place < len(word) - 1
        and word[place].isalpha()
    )


class _Mixed:
    """Lines of several runs: words may go over their borders."""

    def __init__(self, first: float, rest: float) -> None:
        self.out: list[Line] = []
        self.limit = first
        self.rest = rest
        self.parts: list[tuple[Run, list[str]]] = []
        self.width = 0.0
        self.gap: Run | None = None
        self.gap_width = 0.0

    def lines(self, runs: Sequence[Run]) -> list[Line]:
        atom: list[tuple[Run, str, float]] = []
        for run in runs:
            words = run.text.split(" ")
            for number, word in enumerate(words):
                if number:
                    self._place(atom)
                    atom = []
                    self._space(run)
                if word:
                    atom.append((run, word, _width(run, word)))
        self._place(atom)
        self._end(False)
        return self.out

    def _space(self, run: Run) -> None:
        if self.gap is not None:
            self._take_gap()
        self.gap, self.gap_width = run, run.face.space * run.size * 0.001 + run.spacing

    def _take_gap(self) -> None:
        run = self.gap
        if run is None:
            return
        if self.parts and self.parts[-1][0] is run:
            self.parts[-1][1].append("")
        else:
            self.parts.append((run, ["", ""]))
        self.width += self.gap_width
        self.gap, self.gap_width = None, 0.0

    def _place(self, atom: list[tuple[Run, str, float]]) -> None:
        if not atom:
            return
        width = sum(part[2] for part in atom)
        if self.width + self.gap_width + width <= self.limit + _HAIR:
            self._take_gap()
            for run, text, piece in atom:
                self._add(run, text, piece)
        elif len(atom) == 1:
            self._break(*atom[0])
        elif width > self.rest:
            for part in atom:
                self._place([part])
        else:
            self._end(True)
            self._place(atom)

    def _break(self, run: Run, text: str, width: float) -> None:
        started = bool(self.parts) or self.gap is not None
        if width <= self.rest and not _CHANCE.search(text) and started:
            self._end(self.gap is not None)
            self._place([(run, text, width)])
            return
        scale = run.size * 0.001
        room = (self.limit - self.width - self.gap_width) / scale
        pieces = chunks(run.face, text, room, self.rest / scale, fresh=not started)
        if pieces[0]:
            self._take_gap()
            self._add(run, pieces[0], _width(run, pieces[0]))
        if pieces[0] or started:
            self._end(not pieces[0] and self.gap is not None)
        for piece in pieces[1:-1]:
            self._add(run, piece, _width(run, piece))
            self._end(False)
        self._add(run, pieces[-1], _width(run, pieces[-1]))

    def _add(self, run: Run, text: str, width: float) -> None:
        if self.parts and self.parts[-1][0] is run:
            self.parts[-1][1][-1] += text
        else:
            self.parts.append((run, [text]))
        self.width += width

    def _end(self, goes_on: bool) -> None:
        """Close the line; a space where it was broken is written with its last run."""
        self.out.append(Line(self.width, self.parts, goes_on))
        self.parts, self.width, self.limit = [], 0.0, self.rest
        self.gap, self.gap_width = None, 0.0


def _width(run: Run, text: str) -> float:
    return run.face[text].width * run.size * 0.001 + len(text) * run.spacing
