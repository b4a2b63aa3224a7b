"""Reference numbers by the pattern of the house style."""

from __future__ import annotations

import string

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _

KNOWN = ("year", "n", "kind")


def reference(pattern: str, *, year: int, n: int, kind: str) -> str:
    """The reference number ``n`` of a year.

    pattern  text with {year}, {n} (such as {n:03} for leading noughts) and {kind}
    raises   BadInput for a pattern without {n}, with other names or with anything but
             digits after the colon: a pattern is typed by people and never evaluated
    """
    values: dict[str, object] = {"year": year, "n": n, "kind": kind}
    out, names = [], set()
    for literal, name, form, conversion in _parts(pattern):
        out.append(literal)
        if name is None:
            continue
        if name not in KNOWN or conversion or (form and not (form.isdecimal() and len(form) <= 2)):
            raise _wrong(pattern)
        names.add(name)
        out.append(format(values[name], form if name != "kind" else ""))
    if "n" not in names:
        raise _wrong(pattern)
    return "".join(out).strip()


def _parts(pattern: str) -> list[tuple[str, str | None, str, str | None]]:
    try:
        return [(a, b, c or "", d) for a, b, c, d in string.Formatter().parse(pattern)]
    except ValueError as error:
        raise _wrong(pattern) from error


def _wrong(pattern: str) -> BadInput:
    what = _("“{pattern}” is not a valid reference pattern.").format(pattern=pattern)
    return BadInput(what, hint=_("Use text with {year} and {n:03}, such as PR {year}/{n:03}."))
