"""Says something in the tray, but not in the quiet hours: what comes due in them is said when they are over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from selfcare.domain.quiet_hours import quiet_until
from selfcare.domain.records import Struct

if TYPE_CHECKING:
    from selfcare.app.program import Program

_TIMER = "tray"


def quiet_over(quiet: str, now: datetime) -> datetime | None:
    """When the quiet hours end in which an instant lies by this computer's clock; None where it lies in none.

    Their end is what the clock on the wall shows then, also in the night in which the clocks are changed.
    """
    over = quiet_until(quiet, now.astimezone().replace(tzinfo=None))
    return over.astimezone() if over is not None else None


class _Held(Struct, frozen=True):
    """What waits for the end of the quiet hours, until when it is true, and who wants to know that it was shown."""

    text: str
    until: datetime | None
    shown: tuple[Callable[[], None], ...]


class Telling:
    """Holds back what came in the quiet hours, the newest of each kind."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._held: dict[str, _Held] = {}

    def tell(
        self, title: str, text: str, until: datetime | None = None, shown: Callable[[], None] | None = None
    ) -> bool:
        """Say it in the tray if the window is not to be seen, now or after the quiet hours; not after `until`, from
        when on it would be wrong. `shown` is called once it is there to be read: what is only held back is lost where
        the program ends before. False where it was neither said nor held: the window says it."""
        return self._tell(title, _Held(text, until, () if shown is None else (shown,)))

    def _tell(self, title: str, held: _Held) -> bool:
        program = self._program
        if not program.desk.speaks_in_tray:
            return False
        now = program.now()
        over = quiet_over(program.settings.quiet_hours, now)
        if over is None:
            if not program.desk.tell(title, held.text):
                return False
            for shown in held.shown:
                shown()
            return True
        earlier = self._held[title].shown if title in self._held else ()
        self._held[title] = _Held(held.text, held.until, (*earlier, *held.shown))
        program.desk.after(_TIMER, (over - now).total_seconds(), self.let_go)
        return True

    def let_go(self) -> None:
        """Say what was held back, unless the window was opened meanwhile or it is too late for it."""
        held, self._held = self._held, {}
        now = self._program.now()
        for title, one in held.items():
            if one.until is None or now <= one.until:
                self._tell(title, one)
