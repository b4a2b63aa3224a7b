"""What every test shares: no screen, a private profile folder, golden files, quick hypothesis."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from office_cluster import cluster, office_url, pytest_terminal_summary

from pressdesk.base.garbage import Garbage

__all__ = ["cluster", "office_url", "pytest_terminal_summary"]

SCREENS = Path(__file__).with_name("fixtures") / "screens.json"
"""A large screen, which is the first, and beside it the small ones a laptop has."""

os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={SCREENS}")

settings.register_profile(
    "quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
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


@pytest.fixture(autouse=True)
def _private_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the person's own settings, desks or cache."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """What a test left behind goes once its windows have gone, on the thread they lived on."""
    yield
    GARBAGE.collect_due()
