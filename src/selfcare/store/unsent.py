"""Which requests are not confirmed, kept apart from them: told where the key is lost or their file is damaged.

What they are and of which days stands in the file of what was read, under the same key: that notice was given is
nobody else's business. In the clear, beside the encrypted files, stands how many there are, and no more.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.domain.failures import Failure

from .database import open_database
from .schema import refuse_another

if TYPE_CHECKING:
    from .vault import Vault

FILE = "unsent.json"
_NOTE = "unsent"
_UNCONFIRMED = frozenset({"new", "sending", "unknown", "ask"})
_LARGEST = 1 << 16
_MOST = 200

Unsent = tuple[tuple[str, str], ...]
"""Kind and day (ISO) of each; both "" where only their number is known."""


class UnsentList:
    """The list of one vault. Any lane may keep it: it is written whole, and only where it is another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: Unsent | None = None

    def keep(self, vault: Vault) -> None:
        """Write what is not confirmed now. It is a kindness, not a promise: where that fails, the requests are safe."""
        waiting = [a for a in vault.actions.all() if a.state in _UNCONFIRMED][:_MOST]
        found = tuple((a.kind, a.created.date().isoformat()) for a in waiting)
        if found == self._kept:
            return
        self._kept = found
        with suppress(Failure):
            vault.cache.keep_note(_NOTE, json.dumps(found).encode())
        fresh = self._folder / f"{FILE}.{os.urandom(4).hex()}.new"
        try:
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
                json.dump({"count": len(found)}, file)
            fresh.replace(self._folder / FILE)
        except OSError:
            with suppress(OSError):
                fresh.unlink()


def unsent_in(folder: Path, key: bytes = b"") -> Unsent:
    """What they are, with the key, else how many; empty where there are none, or nobody can read it."""
    return _named(folder, key) or _counted(folder)


def is_any_counted(folder: Path) -> bool:
    """Whether requests were here that were not confirmed."""
    return bool(_counted(folder))


def _named(folder: Path, key: bytes) -> Unsent:
    path = folder / "cache.db"
    if not key or not path.is_file():
        return ()
    try:
        database = open_database(path, key, "cache")
        try:
            refuse_another(database)
            if database.version() == 0:  # emptied, or begun anew and not filled yet
                return ()
            return _pairs(database.value("SELECT value FROM notes WHERE key=?", _NOTE) or b"[]")
        finally:
            database.close()
    except Failure:
        return ()


def _pairs(text: bytes) -> Unsent:
    try:
        return tuple((str(kind), date.fromisoformat(day).isoformat()) for kind, day in json.loads(text))[:_MOST]
    except (ValueError, TypeError):
        return ()


def _counted(folder: Path) -> Unsent:
    path = folder / FILE
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # a pipe would keep us waiting for ever
            return ()
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST))
        count = found["count"]
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    return (("", ""),) * min(count, _MOST) if type(count) is int else ()
