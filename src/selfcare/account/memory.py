"""Keeps Python's search for unused memory short while thousands of documents pass: it would hold up the window."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 50_000
"""So many new objects start a search, instead of Python's 700: what passes here is let go by count, not by search."""


@contextmanager
def collector_spares_what_is_here() -> Iterator[None]:
    """What was there before is not looked through again and again: each time would stop every thread for as long as a
    blink. Afterwards all is as before."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
