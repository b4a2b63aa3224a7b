"""All threads of the window stand in one table: no lane is made anywhere else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pressdesk.gui.frame.lanes import Lanes

TOP = Path(__file__).resolve().parents[2] / "pressdesk"
ABOVE = ("gui", "app")
MAKERS = {"ThreadPoolExecutor": "gui/frame/tasks.py", "Tasks": "gui/frame/lanes.py"}
"""What makes threads, and the one module that may call it."""
NOWHERE = {"QThread", "QThreadPool", "QRunnable", "Thread", "ProcessPoolExecutor", "Timer"}


def made(source: str) -> set[str]:
    """The makers of threads that a module calls or inherits from."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = [node.func] if isinstance(node, ast.Call) else []
        names += node.bases if isinstance(node, ast.ClassDef) else []
        found |= {ast.unparse(name).rsplit(".", 1)[-1] for name in names}
    return found & (MAKERS.keys() | NOWHERE)


def test_no_thread_is_made_beside_the_table() -> None:
    found = {
        (name, path.relative_to(TOP).as_posix())
        for floor in ABOVE
        for path in (TOP / floor).rglob("*.py")
        for name in made(path.read_text("utf-8"))
    }
    assert found == set(MAKERS.items()), "run the job in a lane of the session"


@pytest.mark.parametrize(
    "source",
    [
        "self._lane = Tasks(self)",
        "from concurrent import futures\npool = futures.ThreadPoolExecutor(1)",
        "class Reader(QThread):\n    pass",
        "threading.Thread(target=work).start()",
    ],
)
def test_whatever_it_is_called_a_thread_is_known(source: str) -> None:
    assert made(source)


def test_the_table_has_five_lanes(qtbot: QtBot) -> None:
    parent = QObject()
    lanes = Lanes(parent)
    assert set(vars(lanes)) == {"read", "write", "render", "outside", "background"}
    lanes.close()
