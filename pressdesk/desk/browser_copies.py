"""Copies of web pages for the browser, in a private folder deleted when the program ends."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
import tempfile
import time
import weakref
from pathlib import Path

from pressdesk.base.errors import WriteFailed
from pressdesk.base.files import atomic_write, safe_name
from pressdesk.base.i18n import _
from pressdesk.desk.running import alive

STALE_S = 24 * 3600
"""Age of a leftover folder whose program cannot be asked about."""

_PREFIX = "pressdesk-web-"


class BrowserCopies:
    """Writes pages into a folder only this person may read, emptied by ``close`` or at exit.

    A draft or an embargoed text may be among them: the name of a page holds random letters,
    and what a crash left is removed by ``sweep`` at the next start.
    """

    def __init__(self, parent: Path | None = None) -> None:
        self._parent = parent or Path(tempfile.gettempdir())
        self._folder: Path | None = None
        self._end: weakref.finalize[..., BrowserCopies] | None = None

    def put(self, name: str, page: bytes) -> Path:
        """Write a page and return its path; raises WriteFailed.

        name  what the file is called before the random letters; any text
        """
        stem = safe_name(name, limit=60)
        path = self._made() / f"{stem}-{secrets.token_hex(4)}.html"
        atomic_write(path, page)
        path.chmod(0o600)
        return path

    def sweep(self) -> int:
        """Remove folders that a program which is no longer running left; says how many."""
        left = [path for path in self._parent.glob(f"{_PREFIX}*") if _is_leftover(path)]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)
        return len(left)

    def close(self) -> None:
        """Remove everything; ``put`` afterwards begins a new folder."""
        if self._end is not None:
            self._end()
        self._folder = self._end = None

    def _made(self) -> Path:
        if self._folder is None or not self._folder.is_dir():
            self.close()
            try:
                made = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=self._parent)
            except OSError as error:
                what = _("The page could not be prepared for the browser.")
                raise WriteFailed(what, hint=os.strerror(error.errno or 0) + ".") from error
            self._folder = Path(made)
            self._end = weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        return self._folder


def _is_leftover(path: Path) -> bool:
    """True for a folder of ours whose program is gone; never for a link or another's folder."""
    number = re.match(rf"{_PREFIX}(\d+)-", path.name)
    try:
        found = path.lstat()
    except OSError:
        return False
    if number is None or path.is_symlink() or not path.is_dir():
        return False
    if sys.platform == "win32":
        return time.time() - found.st_mtime > STALE_S
    return found.st_uid == os.getuid() and not alive(int(number[1]))
