"""The language that this computer speaks."""

from __future__ import annotations

import locale


def system_language() -> str:
    """The two letters of the computer's language; empty where it has none."""
    found = locale.getlocale()[0] or ""
    return found.partition("_")[0].lower()
