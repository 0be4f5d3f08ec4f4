"""Whether there is a screen that a window can be shown on: Qt would end the process where there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_HIDDEN = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs", "minimalegl", "vkkhrdisplay"})
"""Platforms of Qt's that ask no display server."""


def has_display(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> bool:
    """Whether a window can be made here at all, seen by somebody or not."""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    return platform in _HIDDEN or _answers(environment, system)


def has_screen(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> bool:
    """Whether somebody sees a window that is opened now."""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    return platform not in {"offscreen", "minimal"} and _answers(environment, system)


def _answers(environment: Mapping[str, str], system: str) -> bool:
    if not system.startswith("linux"):
        return True
    wayland, display = environment.get("WAYLAND_DISPLAY", ""), environment.get("DISPLAY", "")
    return bool(wayland and _wayland_answers(wayland, environment)) or bool(display and _x_answers(display))


def _wayland_answers(name: str, environment: Mapping[str, str]) -> bool:
    import socket  # seldom needed, slow to load

    path = Path(environment.get("XDG_RUNTIME_DIR", "")) / name
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trial:
        try:
            trial.connect(str(path))
        except OSError:
            return False
    return True


def _x_answers(display: str) -> bool:
    """Asks as Qt does, with the user's own permission (the cookie); true where the library for it is not found."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.restype = None
    connection = xcb.xcb_connect(display.encode(), None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
