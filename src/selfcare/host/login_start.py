"""Starts the program when the customer logs in, only if asked: each system's own way, removed without a trace."""

from __future__ import annotations

import contextlib
import os
import plistlib
import sys
from pathlib import Path
from typing import Any

from .folders import disk_trouble

NAME = "io.github.selfcare"
OPTION = "--at-login"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_VALUE = "Selfcare"


def start_command(program: str = sys.executable, *, is_bundle: bool | None = None) -> list[str]:
    """How the program is started at login: the bundle itself, or Python with the module."""
    if getattr(sys, "frozen", False) if is_bundle is None else is_bundle:
        return [program, OPTION]
    return [program, "-m", "selfcare", OPTION]


def may_start_at_login() -> bool:
    """Not where the program was given a home of its own (SELFCARE_HOME): a login knows nothing of that."""
    return not os.environ.get("SELFCARE_HOME")


def starts_at_login(system: str = sys.platform) -> bool:
    """Whether it is asked for now, as the system itself has it."""
    if not may_start_at_login():
        return False
    if system == "win32":
        return _windows_value() is not None
    return entry_file(system).exists()


def set_start_at_login(wanted: bool, system: str = sys.platform) -> None:
    """Ask the system for it, or take it back. Raises DiskTrouble where that cannot be written."""
    if not may_start_at_login():
        return
    try:
        if system == "win32":
            _set_windows_value(windows_command(start_command()) if wanted else None)
        elif wanted:
            _write(entry_file(system), launch_agent() if system == "darwin" else desktop_entry(start_command()))
        else:
            entry_file(system).unlink(missing_ok=True)
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble


def entry_file(system: str = sys.platform) -> Path:
    """The file that asks for it: a launch agent on a Mac, an entry of the desktop's autostart elsewhere."""
    if system == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{NAME}.plist"
    config = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(config) if config and Path(config).is_absolute() else Path.home() / ".config"
    return folder / "autostart" / f"{NAME}.desktop"


def desktop_entry(command: list[str]) -> bytes:
    """The entry, as the Desktop Entry Specification and the Autostart Specification want it.

    A program that is gone (`TryExec`) is not started.
    """
    quoted = " ".join(_quoted(part) for part in command)
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Selfcare",
        f"Exec={_escaped(quoted)}",
        f"TryExec={_escaped(command[0])}",
        "Icon=io.github.selfcare",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    ]
    return ("\n".join(lines) + "\n").encode()


def _quoted(part: str) -> str:
    for sign in ("\\", '"', "`", "$"):
        part = part.replace(sign, f"\\{sign}")
    return '"' + part.replace("%", "%%") + '"'


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n")


def launch_agent() -> bytes:
    """The launch agent of macOS: once at login, not again when it ends."""
    return plistlib.dumps({"Label": NAME, "ProgramArguments": start_command(), "RunAtLoad": True, "KeepAlive": False})


def windows_command(command: list[str]) -> str:
    """The command line as Windows splits it."""
    from subprocess import list2cmdline

    return list2cmdline(command)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def _registry() -> Any:
    import winreg

    return winreg


def _windows_value() -> str | None:
    registry = _registry()
    try:
        with registry.OpenKey(registry.HKEY_CURRENT_USER, _RUN) as key:
            return str(registry.QueryValueEx(key, _VALUE)[0])
    except FileNotFoundError:
        return None


def _set_windows_value(command: str | None) -> None:
    registry = _registry()
    with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, _RUN, 0, registry.KEY_SET_VALUE) as key:
        if command is not None:
            registry.SetValueEx(key, _VALUE, 0, registry.REG_SZ, command)
            return
        with contextlib.suppress(FileNotFoundError):
            registry.DeleteValue(key, _VALUE)
