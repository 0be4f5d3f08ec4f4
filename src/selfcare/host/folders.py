"""Where the program keeps its things on this computer, and where its own built-in files are found."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

from selfcare.domain.failures import DiskTrouble

APP = "Selfcare" if sys.platform in ("win32", "darwin") else "selfcare"


def data_dir() -> Path:
    """The folder of the encrypted files. On Windows the local one, which never roams to a server."""
    return _own("data") or Path(_platform("user_data_dir"))


def config_dir() -> Path:
    """The folder of the settings file; nothing secret is kept in it."""
    return _own("config") or Path(_platform("user_config_dir"))


def cache_dir() -> Path:
    """The folder of what may be lost at any time."""
    return _own("cache") or Path(_platform("user_cache_dir"))


def log_dir() -> Path:
    """The folder of the log."""
    return _own("log") or Path(_platform("user_log_dir"))


def plain_bytes(path: Path, largest: int) -> bytes | None:
    """The first `largest` bytes of an ordinary file; None for a pipe, a device or a folder, which nobody waits for.

    Raises OSError.
    """
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        return None
    with open(number, "rb") as file:  # noqa: PTH123
        return file.read(largest)


def private_dir(path: Path) -> Path:
    """Make the folder, and any missing one above it, for this user alone (0700), and return it.

    A folder that exists is narrowed to 0700. Raises DiskTrouble if that cannot be done, or if the folder belongs to
    somebody else. Windows: a new folder is owner-only from Python 3.11.10 on, older ones inherit from the profile.
    """
    try:
        missing = [path, *path.parents]
        for folder in reversed([one for one in missing if not one.exists()]):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not path.is_dir():
            raise DiskTrouble("io")
        if sys.platform != "win32":
            state = path.stat()
            if state.st_uid != os.geteuid():
                raise DiskTrouble("readonly")
            if state.st_mode & 0o077:
                path.chmod(0o700)
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble
    return path


def narrow(folder: Path) -> None:
    """Leave a folder, and the files right in it, to this user alone, as far as they are this user's. Links stay."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for path in (folder, *folder.iterdir()):
            mode = path.lstat().st_mode
            if mode & 0o077 and (stat.S_ISREG(mode) or (path == folder and stat.S_ISDIR(mode))):
                with suppress(OSError):
                    path.chmod(stat.S_IMODE(mode) & 0o700)


def disk_trouble(trouble: OSError) -> DiskTrouble:
    """The failure that stands for an error of the operating system while writing."""
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskTrouble("full")
    if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DiskTrouble("readonly")
    return DiskTrouble("io")


def resource(*parts: str) -> Path:
    """The path of a built-in file, such as resource("rules", "gb.toml"): in the source tree, a wheel or a bundle.

    Raises ValueError for a path that would leave the folder of built-in files.
    """
    inside = PurePosixPath(*parts)
    if inside.is_absolute() or ".." in inside.parts or any("\\" in part or ":" in part for part in inside.parts):
        raise ValueError("a built-in file is named by a path inside the resources folder")
    return resources_root().joinpath(*inside.parts)


@cache
def resources_root() -> Path:
    """The folder of the built-in files."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "resources"
    return shipped if shipped.is_dir() else package.parent.parent / "resources"


def is_source_tree() -> bool:
    """Whether the program runs from its source, with the Makefile beside it, rather than installed."""
    return (resources_root().parent / "Makefile").is_file()


def _own(name: str) -> Path | None:
    home = os.environ.get("SELFCARE_HOME", "")
    return Path(home).expanduser().absolute() / name if home else None


def _platform(kind: str) -> str:
    from platformdirs import PlatformDirs

    return str(getattr(PlatformDirs(APP, appauthor=False, roaming=False), kind))
