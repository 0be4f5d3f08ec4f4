"""Says something in the tray, but not in the quiet hours: what comes due in them is said when they are over."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from selfcare.domain.quiet_hours import quiet_until

if TYPE_CHECKING:
    from selfcare.app.program import Program

_TIMER = "tray"


class Telling:
    """Holds back what came in the quiet hours, the newest of each kind."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._held: dict[str, tuple[str, datetime | None]] = {}

    def tell(self, title: str, text: str, until: datetime | None = None) -> bool:
        """Say it in the tray if the window is not to be seen, now or after the quiet hours; not after `until`, from
        when on it would be wrong. False where it was neither said nor held: the window says it."""
        program = self._program
        if not program.desk.speaks_in_tray:
            return False
        now = program.now()
        over = quiet_until(program.settings.quiet_hours, now.astimezone())
        if over is None:
            return program.desk.tell(title, text)
        self._held[title] = (text, until)
        program.desk.after(_TIMER, (over - now).total_seconds(), self.let_go)
        return True

    def let_go(self) -> None:
        """Say what was held back, unless the window was opened meanwhile or it is too late for it."""
        held, self._held = self._held, {}
        now = self._program.now()
        for title, (text, until) in held.items():
            if until is None or now <= until:
                self.tell(title, text, until)
