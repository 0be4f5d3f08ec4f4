"""Makes the running program keep to itself: private files, no memory dumps, no foreign code by environment."""

from __future__ import annotations

import os
import sys

PREFIXES = ("LD_AUDIT", "LD_PRELOAD", "DYLD_", "KEYRING_PROPERTY_", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")
PLATFORM = "QT_QPA_PLATFORM"
OPEN_TO_ALL = frozenset({"vnc", "webgl"})
"""Platforms of Qt's that show the window to the network and let it be used from there."""
NAMES = frozenset(
    {
        "OPENSSL_CONF",
        "OPENSSL_ENGINES",
        "OPENSSL_MODULES",
        "PYTHON_KEYRING_BACKEND",
        "QML2_IMPORT_PATH",
        "QML_IMPORT_PATH",
        "QT_QPA_GENERIC_PLUGINS",
        "SSLKEYLOGFILE",
        "SSL_CERT_DIR",
        "SSL_CERT_FILE",
    }
)
PR_SET_DUMPABLE = 4


def harden() -> tuple[str, ...]:
    """Do it, before Qt or TLS start; returns the names of the environment variables that were dropped.

    New files are for this user only, a crash writes no core file, and on Linux no other program of the same user may
    read this one's memory. The bundle also drops Python's own variables; a source tree needs them.
    """
    os.umask(0o077)
    dropped = tuple(sorted(name for name in os.environ if _foreign(name) or _opens_the_window(name)))
    for name in dropped:
        del os.environ[name]
    _give_back_library_path()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    return dropped


def let_others_raise() -> None:
    """Windows brings a window to the front only for whoever the customer has just started: hand that right on."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY


def _foreign(name: str) -> bool:
    upper = name.upper()
    if getattr(sys, "frozen", False) and upper.startswith("PYTHON"):
        return True
    return upper in NAMES or upper.startswith(PREFIXES)


def _opens_the_window(name: str) -> bool:
    """Whether a variable has Qt show the window over the network."""
    if name.upper() != PLATFORM:
        return False
    return any(one.partition(":")[0].strip().lower() in OPEN_TO_ALL for one in os.environ[name].split(";"))


def _give_back_library_path() -> None:
    """The bundle's starter points LD_LIBRARY_PATH to its own libraries; the customer's browser needs the system's."""
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        os.environ.pop("LD_LIBRARY_PATH", None)
        original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
        if original:
            os.environ["LD_LIBRARY_PATH"] = original
