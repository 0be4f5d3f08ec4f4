"""How much of the window a page takes, and the free room at its sides: the same for every page and the strip above."""

from __future__ import annotations

from .theme import text_scale

MARGIN = 32
"""Pixels that stay free at each side of a page."""

WIDEST = 1600
"""Pixels, at usual text size, that a page takes of a very wide window: a name stays near its figure."""

_NARROW, _LARGE = 1000, 1.5
"""Below this width, in pixels at usual text size, and from this text size on, the sides take half of their room."""


def side_of(width: int, widest: int = WIDEST) -> int:
    """The pixels at each side of a page in a room of `width`; it stands in the middle and is `widest` at the most."""
    scale = text_scale()
    least = MARGIN // 2 if scale > _LARGE and width < _NARROW * scale else MARGIN
    return max(least, round((width - widest * scale) / 2))
