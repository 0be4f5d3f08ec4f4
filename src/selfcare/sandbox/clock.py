"""The demo operator's own clock, which a demonstration may move forward by hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """The time in the demo world: the real time plus what was advanced, or, once fixed, standing still."""

    def __init__(self, fixed: datetime | None = None) -> None:
        self._fixed = fixed.astimezone(UTC) if fixed else None
        self._ahead = timedelta()
        self.started = self.now()

    def now(self) -> datetime:
        """The present instant of the demo world, UTC."""
        return (self._fixed or datetime.now(UTC)) + self._ahead

    def advance(self, by: timedelta) -> None:
        """Move the demo world's time, never back."""
        if by < timedelta():
            raise ValueError("the clock only moves forward")
        self._ahead += by
