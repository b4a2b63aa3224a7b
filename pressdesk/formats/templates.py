"""Fills templates: the office's own if they work, the built-in ones otherwise."""

from __future__ import annotations

import stat
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateError, TemplateNotFound
from jinja2.exceptions import TemplateSyntaxError

from pressdesk.base import resources
from pressdesk.base.i18n import _
from pressdesk.formats.registry import Context
from pressdesk.formats.sandbox import OUTPUT, Sandbox, limited

LARGEST = 256_000
"""Bytes a template file may have."""

BUILT_IN = "built-in/"
"""Before a name: the template that came with PressDesk, even where the office has its own."""

# All that compiling and filling somebody else's template has been seen to raise.
_FAULTS = (
    TemplateError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)

_Loaded = tuple[str, str, Callable[[], bool]]


class _Templates(BaseLoader):
    """Templates by name from one folder, then from the built-in ones; nothing outside them."""

    def __init__(self, office: Path | None) -> None:
        self._office = office

    def get_source(self, environment: Environment, template: str) -> _Loaded:
        """The template's text and file; raises TemplateNotFound."""
        office = None if template.startswith(BUILT_IN) else self._office
        name = template.removeprefix(BUILT_IN)
        file = _inside(office, name) if office is not None else None
        file = file or _inside(resources.path("templates"), name)
        if file is None:
            raise TemplateNotFound(template)
        return _read(file, name), str(file), lambda: True


def render(
    name: str, values: Mapping[str, Any], context: Context, *, faults: Callable[[str], str]
) -> str:
    """The template ``name``, such as "html/news.html", filled with ``values``.

    values   text, numbers, tuples and dictionaries only
    context  names the office's folder of templates; a fault in one is noted there with its
             file and line, and the built-in template is used
    faults   what is wrong with a finished page, "" for nothing; asked for the office's pages
    """
    office = context.templates
    if office is not None and office.is_dir():
        try:
            page = _limited(office, name, values)
            if not (fault := faults(page)):
                return page
            place = name
        except _FAULTS as error:
            place, fault = _place(error, office, name), _said(error)
        what = _(
            "The template {place} was not used: {fault}. The built-in template was used instead."
        )
        context.lost(what.format(place=place, fault=fault.rstrip(".")))
    return _built_in().get_template(name).render(values)


def _limited(office: Path, name: str, values: Mapping[str, Any]) -> str:
    environment = Sandbox(_Templates(office))
    parts, length = [], 0
    with limited():
        for part in environment.get_template(name).generate(values):
            length += len(part)
            if length > OUTPUT:
                raise ValueError(_("the page is longer than 20 MB"))
            parts.append(part)
    return "".join(parts)


@cache
def _built_in() -> Environment:
    return Sandbox(_Templates(None))


def has_own(context: Context, name: str) -> bool:
    """True when the office has a template that takes part in making ``name``."""
    office = context.templates
    if office is None:
        return False
    base = str(PurePosixPath(name).with_name("base.html"))
    return any(_inside(office, one) is not None for one in (name, base))


def _inside(folder: Path, name: str) -> Path | None:
    """The file of that name, None when there is none or it lies elsewhere in truth."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or "\0" in name:
        return None
    try:
        root = folder.resolve(strict=True)
        file = root.joinpath(pure).resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return file if file.is_relative_to(root) and file != root else None


def _read(file: Path, name: str) -> str:
    found = file.stat()
    if not stat.S_ISREG(found.st_mode):
        raise TemplateSyntaxError(_("this is not a file"), 1, name, str(file))
    if found.st_size > LARGEST:
        raise TemplateSyntaxError(_("the file is larger than 256 KB"), 1, name, str(file))
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise TemplateSyntaxError(_("the file is not UTF-8"), line, name, str(file)) from error


def _place(error: BaseException, office: Path, name: str) -> str:
    """File and line of a fault, as the office knows them: "html/news.html, line 12"."""
    if isinstance(error, TemplateSyntaxError):
        return _named(error.filename, office, error.name or name, error.lineno)
    root = str(office.resolve())
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(root)]
    if frames:
        return _named(frames[-1].filename, office, name, frames[-1].lineno)
    return name


def _named(filename: str | None, office: Path, name: str, line: int | None) -> str:
    shown = name
    if filename and Path(filename).is_relative_to(office.resolve()):
        shown = Path(filename).relative_to(office.resolve()).as_posix()
    return _("{file}, line {line}").format(file=shown, line=line) if line else shown


def _said(error: BaseException) -> str:
    if isinstance(error, TemplateNotFound):
        return _("there is no template called “{name}”").format(name=error.name)
    if isinstance(error, RecursionError):
        return _("infinite recursion")
    text = str(error.message or "") if isinstance(error, TemplateError) else str(error)
    return text.split("\n")[0][:200] or type(error).__name__
