"""Shows a window so wide that the page stands beside the paper, until it is ended."""

from __future__ import annotations

import sys
from pathlib import Path

from pressdesk.app import Program
from pressdesk.base.settings import Settings

program = Program(Path(sys.argv[1]), Settings())
program.main.resize(1920, 1080)
raise SystemExit(program.run())
