"""Reminds a day and an hour before a line goes silent: in the window, and in the tray where that is shut."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from .raising import Raising
from .telling import Telling

if TYPE_CHECKING:
    from selfcare.app.program import Program
    from selfcare.leaving.reminders import Reminder
    from selfcare.ui.context import Reading
    from selfcare.viewmodel.leaving_material import Case

LOOKS_AGAIN = timedelta(minutes=10)
"""A plan may be confirmed or changed meanwhile: so long, at the most, until it is looked at again."""


class Reminding:
    """What was reminded of so far. Each reminder is said once while the program runs, in the tray if nobody sees it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._said: set[str] = set()
        self._telling = Telling(program)
        self._raising = Raising(program, self._telling)

    def begin(self) -> None:
        """An account was opened: look what is due, and soon what was promised and did not come."""
        self.look()
        self._raising.begin()

    def look(self) -> None:
        """Say what is due, and plan the next look; nothing is read where no plan is followed."""
        program, session = self._program, self._program.session
        reading = program.context.reading()
        if session is None or reading is None:
            return

        def found(coming: tuple[tuple[Reminder, Case], ...]) -> None:
            if program.session is session:
                self._say(coming)

        program.desk.store.ask(program.window, lambda: _coming(reading), found, key="remind")

    def _say(self, coming: tuple[tuple[Reminder, Case], ...]) -> None:
        program, wait = self._program, LOOKS_AGAIN
        now = program.now()
        if coming:
            from selfcare.viewmodel.leaving_reminders import due_reminders, reminder_notice, tray_words

            due = due_reminders(coming, self._said, now)
            for reminder, case in due:
                program.window.say(reminder_notice(reminder, case, program.words))
            if due:
                moments = [reminder.moment for reminder, _case in due if reminder.moment is not None]
                said = tray_words([reminder for reminder, _case in due], now, program.words)
                self._telling.tell(*said, until=min(moments, default=None))
            self._said |= {reminder.id for reminder, _case in coming if reminder.at <= now}
            wait = min([LOOKS_AGAIN, *(r.at - now for r, _case in coming if r.at > now)])
        program.desk.after("remind", wait.total_seconds(), self.look)


def _coming(reading: Reading) -> tuple[tuple[Reminder, Case], ...]:
    """The reminders of every cut ahead; on the store lane. Reads one draft where nobody leaves."""
    from selfcare.leaving.drafts import DRAFT_KEY, plans_from_bytes

    kept = reading.reader.draft(DRAFT_KEY)
    if not any(answers.confirmed is not None for answers in (plans_from_bytes(kept).answers or {}).values()):
        return ()
    from selfcare.ui.pages.leaving import read_material
    from selfcare.viewmodel.leaving_reminders import cut_reminders

    return cut_reminders(read_material(reading))
