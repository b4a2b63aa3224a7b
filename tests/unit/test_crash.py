"""Crash reports say where, never what."""

from __future__ import annotations

from pressdesk.base import crash


def _struck() -> BaseException:
    canary = "CANARY under embargo"
    try:
        try:
            raise ValueError(canary)
        except ValueError as inner:
            raise RuntimeError(canary + " again") from inner
    except RuntimeError as error:
        return error


def test_a_report_names_the_line_and_quotes_nothing() -> None:
    path = crash.report(_struck())
    assert path is not None
    text = path.read_text("utf-8")
    assert "unit/test_crash.py:" in text
    assert "RuntimeError" in text and "ValueError" in text
    assert "CANARY" not in text and "embargo" not in text


def test_only_the_newest_reports_are_kept() -> None:
    paths = [crash.report(_struck()) for _ in range(crash.KEPT + 3)]
    assert len(list(crash.folder().glob("crash-*.txt"))) == crash.KEPT
    assert paths[-1] is not None and paths[-1].exists()
