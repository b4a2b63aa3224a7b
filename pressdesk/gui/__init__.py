"""The window; only this package and ``app`` use PySide6."""
