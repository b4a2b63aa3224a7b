"""PressDesk: draft, check, issue and export press releases, and keep what was said."""

__version__ = "0.1.0"
