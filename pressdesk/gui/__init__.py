"""The window; PySide6 lives here and in ``app`` only."""
