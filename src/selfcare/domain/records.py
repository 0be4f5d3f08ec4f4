"""What every fact of the program is made of: a value that never changes, made quickly, compared by what it holds.

A `Struct` of msgspec is what a frozen dataclass with slots is, made forty times faster; with two hundred of them that
is most of the time between a click and the first picture.
"""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import asdict, replace

__all__ = ["Sealed", "Struct", "asdict", "field", "replace"]


class Sealed(Struct, frozen=True):
    """A value that holds a secret or something personal: it never shows what it holds, not even in a trace."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"
