"""Groups months into the bars of the timeline, and describes them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from pressdesk.base.i18n import _, ngettext
from pressdesk.gui.kit import words
from pressdesk.gui.list.kind_colours import in_order
from pressdesk.press.query import MonthCount

THINNEST = 3
"""Pixels a bar has at least; where months are more, several share a bar."""

SHARED = (1, 2, 3, 6, 12, 24, 60, 120)


class Bins:
    """Months of a chart, one or more to a bar.

    months  as the archive counts them, in any order
    room    the width in pixels
    cost    one pass over the counts
    """

    def __init__(self, months: tuple[MonthCount, ...], room: int) -> None:
        self.stacks: list[dict[str, int]] = []
        self.kinds = in_order({each.kind for each in months})
        self.first, self.each = 0, 1
        if not months:
            self.most = 0
            return
        low = min(each.month for each in months)
        high = max(each.month for each in months)
        span = high - low + 1
        self.each = next((n for n in SHARED if span / n <= room / THINNEST), SHARED[-1])
        self.first = low - low % self.each
        least = max(1, (high - self.first) // self.each + 1)
        # A few months alone would be a few fat bars: the chart shows a year at least.
        missing = 0 if self.each > 1 else max(0, 12 - least)
        self.first -= missing
        self.stacks = [{} for _n in range(least + missing)]
        for each in months:
            stack = self.stacks[(each.month - self.first) // self.each]
            stack[each.kind] = stack.get(each.kind, 0) + each.number
        self.most = max(sum(stack.values()) for stack in self.stacks)

    def __len__(self) -> int:
        return len(self.stacks)

    def days(self, first: int, last: int) -> tuple[date, date]:
        """The first and the last day of some bars."""
        begin = self.first + first * self.each
        return first_day(begin), last_day(self.first + (last + 1) * self.each - 1)

    def within(self, since: date, until: date) -> tuple[int, int] | None:
        """The first and last bar of some days; None where no bar is among them."""
        begin = (since.year * 12 + since.month - 1 - self.first) // self.each
        end = (until.year * 12 + until.month - 1 - self.first) // self.each
        if end < 0 or begin >= len(self) or begin > end:
            return None
        return max(0, begin), min(end, len(self) - 1)

    def years(self) -> list[tuple[int, int]]:
        """The bars in which a year begins, the first of all included, and that year."""
        found: dict[int, int] = {}
        for number in range(len(self)):
            month = self.first + number * self.each
            found.setdefault((month + self.each - 1) // 12, number)
        return [(number, year) for year, number in found.items()]

    def words(self, first: int, last: int) -> str:
        """Some bars in words: the months and the number of each kind."""
        total: dict[str, int] = {}
        for stack in self.stacks[first : last + 1]:
            for kind, number in stack.items():
                total[kind] = total.get(kind, 0) + number
        whole = sum(total.values())
        said = ngettext("{n} text", "{n} texts", whole).format(n=words.number(whole))
        there = [kind for kind in self.kinds if kind in total]
        parts = [f"{words.kind_plural(kind)} {words.number(total[kind])}" for kind in there]
        lines = [f"{period(*self.days(first, last))}: {said}", ", ".join(parts)]
        return "\n".join(line for line in lines if line)


def first_day(month: int) -> date:
    """The first day of year * 12 + month - 1."""
    return date(max(1, month // 12), month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of year * 12 + month - 1."""
    year, place = max(1, month // 12), month % 12 + 1
    return date(year, place, monthrange(year, place)[1])


def period(since: date | None, until: date | None) -> str:
    """Days in words, as short as they can be: a year, a month, or from when to when."""
    if since is None or until is None:
        if until is not None:
            return _("until {day}").format(day=words.full_day(until))
        return _("since {day}").format(day=words.full_day(since)) if since else ""
    whole = since.day == 1 and until == last_day(until.year * 12 + until.month - 1)
    if not whole:
        if since == until:
            return words.full_day(since)
        return f"{words.full_day(since)} – {words.full_day(until)}"
    if since.month == 1 and until.month == 12:
        return str(since.year) if since.year == until.year else f"{since.year}–{until.year}"
    begin, end = words.month(since.year, since.month), words.month(until.year, until.month)
    return begin if begin == end else f"{begin} – {end}"
