"""Detects whether there is a display: without one Qt aborts, and no handler can catch it."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def has_display() -> bool:
    """True if a display responds, or if Qt was told to do without one.

    cost  some milliseconds: a connection to the screen is made and closed.
    """
    told = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if sys.platform != "linux" or told not in ("", "xcb", "wayland"):
        return True
    wayland = told != "xcb" and _wayland_answers()
    return wayland or (told != "wayland" and _x_answers())


def _wayland_answers() -> bool:
    import socket

    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    try:
        with socket.socket(socket.AF_UNIX) as attempt:
            attempt.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name))
    except OSError:
        return False
    return True


def _x_answers() -> bool:
    """The variable may be stale, for example after a lost remote connection."""
    import ctypes

    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt says what is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
