"""What every fact of the program is made of: a value that never changes, made quickly, compared by what it holds.

A `Struct` of msgspec is what a frozen dataclass with slots is, made forty times faster; with two hundred of them that
is most of the time between a click and the first picture. msgspec would read typing_extensions where that happens to
be installed; it does without where it is not, Python 3.11 having all it needs, and a start is a twentieth shorter so.
"""

from __future__ import annotations

import sys
from typing import Any

_there: Any = sys.modules.setdefault("typing_extensions", None)  # type: ignore[arg-type]
from msgspec import Struct, field  # noqa: E402
from msgspec.structs import asdict, replace  # noqa: E402

if _there is None:
    del sys.modules["typing_extensions"]

__all__ = ["Sealed", "Struct", "asdict", "field", "replace"]


class Sealed(Struct, frozen=True):
    """A value that holds a secret or something personal: it never shows what it holds, not even in a trace."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"
