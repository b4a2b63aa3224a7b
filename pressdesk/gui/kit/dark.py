"""Detects whether the system is in dark mode."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def system_is_dark() -> bool:
    """True when the person's system asks for dark; False when it does not say."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
