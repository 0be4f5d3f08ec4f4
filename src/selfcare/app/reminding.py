"""Reminds a day and an hour before a line goes silent or somebody comes: in the window, and in a shut one's tray."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from selfcare.domain.records import Struct, replace

from .raising import Raising
from .telling import Telling

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.app.program import Program
    from selfcare.case.notebook import Notebook
    from selfcare.leaving.reminders import Reminder
    from selfcare.ui.context import Reading
    from selfcare.viewmodel.leaving_material import Case
    from selfcare.viewmodel.visit_reminders import VisitReminder

LOOKS_AGAIN = timedelta(minutes=10)
"""A plan may be confirmed or changed meanwhile: so long, at the most, until it is looked at again."""


class Reminding:
    """What was reminded of so far. Each reminder is said once, in the tray if nobody sees the window; which were there
    to be read is kept beside the notes, so that a new start says none of them again."""

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

        def found(coming: Coming) -> None:
            if program.session is session:
                self._said |= coming.said
                self._say(coming.reminders, session, self._say_visits(coming.visits, session))

        program.desk.store.ask(program.window, lambda: _coming(reading), found, key="remind")

    def _say_visits(self, coming: tuple[VisitReminder, ...], session: Session | None) -> timedelta:
        """Say which visits and calls are near; how long until the next one is to be said."""
        program, now = self._program, self._program.now()
        if not coming:
            return LOOKS_AGAIN
        from selfcare.viewmodel.visit_reminders import due_visits, visit_notice, visit_tray_words

        due = due_visits(coming, self._said, now)
        passed = frozenset(one.id for one in coming if one.at <= now)
        for one in due:
            program.window.say(visit_notice(one, program.words, program.context.zone, program.today()))
        if due:
            until = min(one.promise.starts or one.promise.due for one in due)
            said = visit_tray_words(until, now, program.words)
            self._telling.tell(*said, until=until, shown=lambda: self._note(session, passed))
            if program.desk.is_seen:
                self._note(session, passed)
        self._said |= passed
        return min([LOOKS_AGAIN, *(one.at - now for one in coming if one.at > now)])

    def _say(
        self,
        coming: tuple[tuple[Reminder, Case], ...],
        session: Session | None = None,
        wait: timedelta = LOOKS_AGAIN,
    ) -> None:
        program = self._program
        now = program.now()
        if coming:
            from selfcare.viewmodel.leaving_reminders import due_reminders, reminder_notice, tray_words

            due = due_reminders(coming, self._said, now)
            passed = frozenset(reminder.id for reminder, _case in coming if reminder.at <= now)
            for reminder, case in due:
                program.window.say(reminder_notice(reminder, case, program.words))
            if due:
                moments = [reminder.moment for reminder, _case in due if reminder.moment is not None]
                said = tray_words([reminder for reminder, _case in due], now, program.words)
                self._telling.tell(*said, until=min(moments, default=None), shown=lambda: self._note(session, passed))
                if program.desk.is_seen:
                    self._note(session, passed)
            self._said |= passed
            wait = min([wait, *(r.at - now for r, _case in coming if r.at > now)])
        program.desk.after("remind", wait.total_seconds(), self.look)

    def _note(self, session: Session | None, ids: frozenset[str]) -> None:
        """Keep that these were said."""
        program, window = self._program, self._program.window
        if session is not None:
            program.desk.store.ask(
                window, lambda: _reminded(session, ids), lambda _: window.make_ahead(), program.show_failure
            )


class Coming(Struct, frozen=True):
    """The reminders of every cut and visit ahead, and the ids of those that were said, also before this start."""

    reminders: tuple[tuple[Reminder, Case], ...] = ()
    visits: tuple[VisitReminder, ...] = ()
    said: frozenset[str] = frozenset()


MOST_REMINDED = 200
"""Reminders that are remembered as said; older ones are long past."""


def _reminded(session: Session, ids: frozenset[str]) -> None:
    from selfcare.account.notebook import change_notebook

    def more(book: Notebook) -> Notebook:
        kept = dict.fromkeys((*book.reminded, *sorted(ids)))
        return replace(book, reminded=tuple(kept)[-MOST_REMINDED:])

    change_notebook(session, more)


def _coming(reading: Reading) -> Coming:
    """The reminders of every cut and visit ahead; on the store lane. Reads little where nobody leaves."""
    from selfcare.account.notebook import notebook_of
    from selfcare.leaving.drafts import DRAFT_KEY, plans_from_bytes

    visits = _visits(reading)
    said = frozenset(notebook_of(reading.reader).reminded) if visits else frozenset()
    kept = reading.reader.draft(DRAFT_KEY)
    if not any(answers.confirmed is not None for answers in (plans_from_bytes(kept).answers or {}).values()):
        return Coming((), visits, said)
    from selfcare.ui.pages.leaving import read_material
    from selfcare.viewmodel.leaving_reminders import cut_reminders

    return Coming(cut_reminders(read_material(reading)), visits, frozenset(notebook_of(reading.reader).reminded))


def _visits(reading: Reading) -> tuple[VisitReminder, ...]:
    found = reading.reader.appointments()
    if not found:
        return ()
    from selfcare.case.promises import promises_from
    from selfcare.viewmodel.visit_reminders import visit_reminders

    return visit_reminders(promises_from((), (), (), reading.now, appointments=found), reading.now, reading.zone)
