"""What the demo operator's command line says in the language of whoever types it; what its server says is English."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], str]
"""Gives a sentence in another language; facts in braces stay as they are."""


def mark(text: str) -> str:
    """A sentence that the help says: it is collected for translation here, and returned as it is."""
    return text
