"""Keeps Python's search for unused memory short while thousands of documents pass: it would hold up the window."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_spares_what_is_here() -> Iterator[None]:
    """What was there before is not looked through again and again: each time would stop every thread for as long as a
    blink. Afterwards all is as before."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
