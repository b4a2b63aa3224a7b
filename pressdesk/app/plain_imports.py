"""Restores Python's own import, which PySide replaces by a slower and larger one.

PySide puts a function of its own in the place of ``__import__``. It reads the source of every
module that is imported from then on, looking for a word in it, and Python's linecache keeps
all of those texts for good: a tenth of the CPU of the start, and 17 MB. That serves
``from __feature__ import snake_case``, which nothing here uses. This module is to be imported
before those of ours; it can be imported again without harm.
"""

from __future__ import annotations

import builtins
import linecache

import PySide6.QtCore  # noqa: F401 - the one that replaces it

_ORIGINAL = "__orig_import__"
"""Where PySide keeps what it replaced."""

builtins.__import__ = getattr(builtins, _ORIGINAL, builtins.__import__)
linecache.clearcache()
