"""The only access to resources/ and seeds/: beside the package, or inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def root() -> Path:
    """The folder that holds ``resources`` and ``seeds``."""
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


def path(name: str) -> Path:
    """The file or folder ``name`` under resources/, such as "fonts/coverage.json".

    raises  ValueError for an absolute name or one that climbs out; FileNotFoundError when
            there is none: both are bugs, not mistakes of a person.
    """
    return _inside("resources", name)


def seed(name: str = "") -> Path:
    """The file or folder ``name`` under seeds/; raises as ``path`` does."""
    return _inside("seeds", name)


def read_bytes(name: str) -> bytes:
    """The bytes of one resource."""
    return path(name).read_bytes()


def read_text(name: str) -> str:
    """One resource as UTF-8 text."""
    return path(name).read_text(encoding="utf-8")


def _inside(folder: str, name: str) -> Path:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts:
        raise ValueError(f"a resource name stays inside {folder}/, got {name!r}")
    found = root() / folder / pure
    if not found.exists():
        raise FileNotFoundError(found)
    return found
