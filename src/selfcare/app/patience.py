"""What is remembered over a restart of an operator that asked for patience or was in trouble, for all its accounts."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from selfcare.app.rhythm import Rhythm, phase_of, read_rhythm, write_rhythm
from selfcare.domain.failures import DiskTrouble, Failure
from selfcare.host.folders import disk_trouble, plain_bytes, private_dir

FILE = "patience.json"
_LARGEST = 1 << 16


def kept_patience(home: Path, issuer: str) -> Rhythm | None:
    """How an operator's rounds stood when that was last kept; None if there is nothing. It never fails: without it,
    the operator is asked as after any start."""
    return read_rhythm(_all(home).get(_name(issuer), "").encode() or None)


def keep_patience(home: Path, issuer: str, rhythm: Rhythm) -> None:
    """Keep how an operator's rounds stand, and nothing once all is well. Holds times only. Raises DiskTrouble."""
    known = _all(home)
    before = dict(known)
    if rhythm.failures or rhythm.in_trouble or rhythm.not_before is not None:
        known[_name(issuer)] = write_rhythm(rhythm).decode()
    else:
        known.pop(_name(issuer), None)
    if known != before:
        _write(home, known)


def keep_no_others(home: Path) -> None:
    """Forget how the rounds of operators stood that no account here is with any more. For the store lane; where that
    fails, the next end of an account does it."""
    from selfcare.app.accounts import kept_folders, kept_profile

    known = _all(home)
    names = set()
    for entry in kept_folders(home) if known else ():
        with suppress(Failure):
            names.add(_name(kept_profile(home, entry).issuer))
    left = {name: text for name, text in known.items() if name in names}
    with suppress(OSError, DiskTrouble):
        for half in home.glob(f"{FILE}.*.new"):
            half.unlink()
        if not left:
            (home / FILE).unlink(missing_ok=True)
        elif left != known:
            _write(home, left)


def _write(home: Path, known: dict[str, str]) -> None:
    fresh = private_dir(home) / f"{FILE}.{os.urandom(4).hex()}.new"
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(known, file)
        fresh.replace(home / FILE)
    except OSError as trouble:
        fresh.unlink(missing_ok=True)
        raise disk_trouble(trouble) from trouble


def _all(home: Path) -> dict[str, str]:
    try:
        found = json.loads(plain_bytes(home / FILE, _LARGEST) or b"")
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): text for name, text in found.items() if isinstance(text, str)}


def _name(issuer: str) -> str:
    """No address in the clear: which operator somebody is with is theirs to tell."""
    return f"{phase_of(issuer):.15f}"
