"""Keeps the memory of this process, and the text in it, out of core dumps."""

from __future__ import annotations

import sys

_NONE = 1
"""Bytes of a core dump. Of 0 Linux writes no file, but still hands the memory to a program that
collects dumps; of 1 it does neither."""


def forbid() -> None:
    """No core dumps from now on, nor of processes that this one starts.

    source  linux/fs/coredump.c, where dumps go through a pipe
    """
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    most = _NONE if hard == resource.RLIM_INFINITY else min(_NONE, hard)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
