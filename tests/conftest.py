"""What every test shares: no screen, a private profile folder, golden files, quick hypothesis."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from office_cluster import cluster, office_url, pytest_terminal_summary
from pytestqt.qtbot import QtBot

from pressdesk.base.garbage import Garbage
from tests.patience import PATIENCE_S

__all__ = ["cluster", "office_url", "pytest_terminal_summary"]

SCREENS = Path(__file__).with_name("fixtures") / "screens.json"
"""A large screen, which is the first, and beside it the small ones a laptop has."""

os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={SCREENS}")

settings.register_profile(
    "quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "few", max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("deep", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

GARBAGE = Garbage()
"""As in the program: never collected in a background thread, where a window's timers die."""

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files are rewritten on request only; look at them before they are committed."""
    parser.addoption(
        "--accept", action="store_true", help="rewrite golden files with what came out"
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """True when golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))


class PatientBot(QtBot):
    """Waits as long on a busy machine as it takes there; a shorter ``timeout`` counts as this."""


def _patient(wait: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(wait)
    def waiting(*given: Any, timeout: int = PATIENCE_S * 1000, **named: Any) -> Any:
        # Who does not mind that nothing comes, as assertNotEmitted, says how long to listen.
        listening = named.get("raising") is False
        long = timeout if listening else max(timeout, PATIENCE_S * 1000)
        return wait(*given, timeout=long, **named)

    return waiting


for _name in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive"):
    setattr(PatientBot, _name, _patient(getattr(QtBot, _name)))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """As of pytest-qt, with more patience."""
    return PatientBot(request)


PROFILES = itertools.count(1)


@pytest.fixture(autouse=True)
def _private_profile(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the person's own settings, desks or cache.

    The profile lies in the folder of the test; of a test that asks for none it is only a name.
    """
    if "tmp_path" in request.fixturenames:
        profile = request.getfixturevalue("tmp_path")
    else:
        base = request.getfixturevalue("tmp_path_factory").getbasetemp()
        profile = base / f"profile-{next(PROFILES)}"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(profile / name.lower()))


def pytest_collection_finish() -> None:
    """What was imported stays: no collection looks through it again."""
    GARBAGE.keep_all()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """What a test left behind goes once its windows have gone, on the thread they lived on."""
    yield
    GARBAGE.collect_due()
