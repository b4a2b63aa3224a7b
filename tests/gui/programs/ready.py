"""Shows the window and says what is there once it is calm: modules, sources, processes."""

from __future__ import annotations

import linecache
import os
import sys
from pathlib import Path

import psutil

from pressdesk import app
from pressdesk.app import Program
from pressdesk.base.settings import Settings

AT_FIRST_USE = (
    "alembic", "jinja2", "reportlab", "uharfbuzz", "pypdfium2", "PIL", "lxml", "nh3", "keyring",
    "psycopg", "phonenumbers", "charset_normalizer", "rich", "markdown_it", "multiprocessing",
    "sqlalchemy.orm", "sqlalchemy.dialects.postgresql",
    "PySide6.QtPrintSupport", "PySide6.QtTest", "PySide6.QtNetwork",
    "pressdesk.formats.registry", "pressdesk.formats.dump", "pressdesk.archive.file.migrate",
    "pressdesk.archive.server.postgres",
)  # fmt: skip
"""What a window has no use for yet. The backup half a second after the start may have begun."""

READ = ("pressdesk", "sqlalchemy")
"""Packages whose source must not be read: they are there as bytecode. But for the one file in
which that is put right."""

program = Program(Path(sys.argv[1]), Settings())


def look() -> None:
    """Say it and go, once the first release is on the paper and no lane has work."""
    from PySide6.QtCore import QTimer  # the program is the first to import PySide

    window = program.desk_window
    if window is None or window.writing.current is None or not window.settled():
        QTimer.singleShot(5, look)
        return
    found = [name for name in AT_FIRST_USE if name in sys.modules]
    found += [name for name in sys.modules if name.endswith("_dialog")]
    read = {file for file in linecache.cache if any(f"/{p}/" in file for p in READ)}
    found += sorted(read - {app.__file__})
    found += [child.name() for child in psutil.Process(os.getpid()).children()]
    print(" ".join(found), flush=True)
    program.main.close()
    program.app.exit(0)


program.main.painted.connect(look)
raise SystemExit(program.run())
