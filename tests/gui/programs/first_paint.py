"""Shows the window and says which heavy modules were imported before its first paint."""

from __future__ import annotations

import sys
from pathlib import Path

from pressdesk.app import Program
from pressdesk.base.settings import Settings

HEAVY = (
    "sqlalchemy", "alembic", "jinja2", "babel", "reportlab", "uharfbuzz", "pypdfium2", "PIL",
    "lxml", "nh3", "msgspec", "phonenumbers", "charset_normalizer", "rich", "click", "markdown_it",
)  # fmt: skip

program = Program(Path(sys.argv[1]), Settings())


def painted() -> None:
    """Say it and go."""
    print(" ".join(name for name in HEAVY if name in sys.modules), flush=True)
    program.app.exit(0)


program.main.painted.disconnect()
program.main.painted.connect(painted)
program.main.show()
program.app.exec()
