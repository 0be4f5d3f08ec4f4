"""A short list in the clear, beside the encrypted files, of requests that are not confirmed: kinds and days, no more.

It names what was lost where the key is lost or the file of the requests is damaged; nothing depends on it else.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from .actions import Actions

FILE = "unsent.json"
_UNCONFIRMED = frozenset({"new", "sending", "unknown", "ask"})
_LARGEST = 1 << 16
_MOST = 200

Unsent = tuple[tuple[str, str], ...]
"""Kind and day (ISO) of each."""


class UnsentList:
    """The list of one vault's folder. Any lane may keep it: it is written whole, and only where it is another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: Unsent | None = None

    def keep(self, actions: Actions) -> None:
        """Write what is not confirmed now. It is a kindness, not a promise: where that fails, the requests are safe."""
        found = tuple((a.kind, a.created.date().isoformat()) for a in actions.all() if a.state in _UNCONFIRMED)[:_MOST]
        if found == self._kept:
            return
        self._kept = found
        fresh = self._folder / f"{FILE}.{os.urandom(4).hex()}.new"
        try:
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
                json.dump(found, file)
            fresh.replace(self._folder / FILE)
        except OSError:
            with suppress(OSError):
                fresh.unlink()


def unsent_in(folder: Path) -> Unsent:
    """What the list says; empty where there is none, or nobody can read it."""
    try:
        with (folder / FILE).open("rb") as file:
            found = json.loads(file.read(_LARGEST))
        return tuple((str(kind), date.fromisoformat(day).isoformat()) for kind, day in found)[:_MOST]
    except (OSError, ValueError, TypeError):
        return ()
