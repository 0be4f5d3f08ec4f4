"""The single steps of a way out, each with its day and where it stands, in the order of their days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from selfcare.domain.lines import SimLock
from selfcare.domain.records import Struct

from .choices import Route
from .country import CodeLife, Country, FreeExit, Ground, Move, StepKind, Unlock
from .cut import notice_runs
from .equipment import box_deadline
from .facts import Asked
from .orders import KEPT, resumes_by
from .proofs import needs_proof, proof_sent

FINAL_BILL_DAYS = 14
"""After so many days a final bill is expected where the operator states no next bill day; a guess, not a rule."""


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    LATE = "late"


class Step(Struct, frozen=True):
    """One step: on `day`, by the instant `moment` or the local hour `hour`, at the latest on `last`."""

    kind: StepKind
    day: date
    state: StepState
    moment: datetime | None = None
    hour: time | None = None
    last: date | None = None
    rule_ids: tuple[str, ...] = ()
    is_guess: bool = False


class Steps(Struct, frozen=True):
    """Everything that the single steps are written from; `change` is the announced one by which a move is free."""

    ground: Ground
    country: Country
    route: Route
    scheme: str
    cut: date
    last: date
    unlock: Unlock
    life: CodeLife | None
    move: Move | None
    change: FreeExit | None = None

    def all(self) -> tuple[Step, ...]:
        """The steps in order of their days."""
        steps = [*self._pay_off(), *self._unlock(), self._save(), *self._unlocked(), *self._certificate()]
        unbound = self.ground.facts.is_unbound and self.ground.facts.line_ended is None
        if self.move is None or notice_runs(self.ground):
            steps.append(self._notice())
        if self.move is not None:
            over = self._hand_over(self.move)
            steps += [self._code(self.move), over] if self._wants_code() else [over]
        if unbound and self.route is Route.NOTICE:
            return tuple(sorted(steps, key=lambda s: s.day))  # it ends by itself, nobody knows when
        steps += [self._cut(), *self._return(), *([] if unbound else [self._final_bill()]), *self._door()]
        return tuple(sorted(steps, key=lambda s: s.day))

    def _rules(self, kind: StepKind) -> tuple[str, ...]:
        return self.country.rule_ids(self.ground, kind, self.route)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.ground.zone).date()

    def _asked_unlock(self) -> Asked | None:
        asked = self.ground.facts.unlock
        return asked if asked is not None and not asked.refused else None

    def _pay_off(self) -> list[Step]:
        if not self.unlock.after_paying or self.ground.choices.accept_locked:
            return []
        return [Step(StepKind.PAY_OFF, self.ground.today, StepState.NOW, rule_ids=self._rules(StepKind.PAY_OFF))]

    def _unlock(self) -> list[Step]:
        facts, asked = self.ground.facts, self._asked_unlock()
        needed = facts.is_locked and not self.ground.choices.accept_locked
        if not needed and not (asked is not None and facts.has_handset):
            return []
        day = self._day(asked.at) if asked is not None else self.ground.today
        done = asked is not None or not facts.is_locked
        return [Step(StepKind.UNLOCK_ASK, day, _state(done), rule_ids=self._rules(StepKind.UNLOCK_ASK))]

    def _unlocked(self) -> list[Step]:
        facts, asked, due = self.ground.facts, self._asked_unlock(), self.unlock.due
        if facts.is_locked and self.ground.choices.accept_locked and asked is None:
            return []
        if facts.is_locked and due is not None:
            late = asked is not None and self.ground.now > due
            return [
                Step(
                    StepKind.UNLOCKED,
                    self._day(due),
                    StepState.LATE if late else StepState.LATER,
                    moment=due,
                    rule_ids=self._rules(StepKind.UNLOCKED),
                    is_guess=self.unlock.is_guess,
                )
            ]
        if facts.unlock is not None and facts.lock is SimLock.UNLOCKED:
            finished = facts.unlock.finished or facts.unlock.at
            return [Step(StepKind.UNLOCKED, self._day(finished), StepState.DONE)]
        return []

    def _save(self) -> Step:
        return Step(StepKind.SAVE, self.ground.today, _state(self.ground.choices.saved))

    def _certificate(self) -> list[Step]:
        relief = self.country.relief(self.ground)
        if self.ground.facts.line_ended is not None:
            return []
        if not needs_proof(self.ground, relief):
            return self._change()
        sent, rules = proof_sent(self.ground), relief.rule_ids if relief is not None else ()
        return [Step(StepKind.CERTIFICATE, sent or self.ground.today, _state(sent is not None), rule_ids=rules)]

    def _change(self) -> list[Step]:
        """A line that moves free because of a change says so in writing: an order elsewhere names no reason.

        What was written stays, though the change may free no more.
        """
        sent, free = proof_sent(self.ground), self.change
        if self.route.is_notice:
            return []  # the notice names it
        if free is None and sent is None:
            return []
        rules = (free.rule_id,) if free is not None else ()
        return [Step(StepKind.CERTIFICATE, sent or self.ground.today, _state(sent is not None), rule_ids=rules)]

    def _wants_code(self) -> bool:
        """A code that was given away is asked for no more, though an operator need not list it once it is used."""
        given = self.ground.choices.handed_over is not None
        return bool(self.scheme) and (not given or self.ground.facts.code_of(self.scheme) is not None)

    def _code(self, move: Move) -> Step:
        ground, rules = self.ground, self._rules(StepKind.CODE)
        here = ground.facts.code_of(self.scheme) is not None
        used = was_used(ground, self.life)
        if here and (used or self.life is None or ground.today <= self.life.dead_after):
            day = ground.facts.code_issued or ground.today
            last = self.life.use_by if self.life is not None else None
            return Step(StepKind.CODE, day, StepState.DONE, last=last, rule_ids=rules)
        asked = ground.facts.asked_code(self.scheme)
        late = False
        if asked is not None and asked.sent and not asked.done and not asked.refused:
            due = self.country.code_due(ground, asked.at)
            late = due is not None and ground.now > due
        day = move.code_from
        state = StepState.LATE if late else StepState.NOW if day <= ground.today else StepState.LATER
        return Step(StepKind.CODE, day, state, last=move.code_until, rule_ids=rules)

    def _hand_over(self, move: Move) -> Step:
        rules = self._rules(StepKind.HAND_OVER)
        if (given := self.ground.choices.handed_over) is not None:
            return Step(StepKind.HAND_OVER, given, StepState.DONE, rule_ids=rules)
        state = StepState.NOW if move.hand_over == self.ground.today else StepState.LATER
        return Step(StepKind.HAND_OVER, move.hand_over, state, rule_ids=rules)

    def _notice(self) -> Step:
        rules = self._rules(StepKind.NOTICE)
        if (given := self.ground.facts.notice_given) is not None and not given.refused:
            state = StepState.DONE if given.sent else StepState.NOW
            return Step(StepKind.NOTICE, self._day(given.at), state, rule_ids=rules)
        if (received := self.ground.facts.notice_received) is not None:
            return Step(StepKind.NOTICE, received, StepState.DONE, rule_ids=rules)
        return Step(StepKind.NOTICE, self.ground.today, StepState.NOW, rule_ids=rules)

    def _cut(self) -> Step:
        ended, hour = self.ground.facts.line_ended, self.move.hour if self.move is not None else None
        not_yet = StepState.LATE if self.ground.today > self.cut else StepState.LATER
        state = StepState.DONE if ended is not None else not_yet
        rules = self._rules(StepKind.CUT)
        return Step(StepKind.CUT, ended or self.cut, state, hour=hour, rule_ids=rules, is_guess=self.route.is_move)

    def _return(self) -> list[Step]:
        facts = self.ground.facts
        if (until := box_deadline(facts, facts.line_ended or self.last, self.ground.rules)) is None:
            return []
        rules = (until.rule_id,) if until.rule_id else ()
        state = StepState.LATE if until.day < self.ground.today else StepState.LATER
        return [Step(StepKind.RETURN, until.day, state, rule_ids=rules, is_guess=True)]

    def _final_bill(self) -> Step:
        stated = self.ground.facts.next_bill
        day = stated if stated is not None and stated > self.last else self.last + timedelta(days=FINAL_BILL_DAYS)
        rules = self._rules(StepKind.FINAL_BILL)
        state = StepState.LATE if day < self.ground.today else StepState.LATER
        return Step(StepKind.FINAL_BILL, day, state, rule_ids=rules, is_guess=day != stated)

    def _door(self) -> list[Step]:
        ended = self.ground.facts.line_ended or self.last
        if kept := resumes_by(self.ground, self.country, self.route, ended):
            return [Step(StepKind.DOOR, kept.resume_by, StepState.LATER, last=kept.resume_by, rule_ids=(KEPT,))]
        if (last := self.country.rescue(self.ground, ended)) is None:
            return []
        return [Step(StepKind.DOOR, last, StepState.LATER, last=last, rule_ids=self._rules(StepKind.DOOR))]


def was_used(ground: Ground, life: CodeLife | None) -> bool:
    """The code was given to the new operator while it lived: that it has died since then is no matter."""
    given = ground.choices.handed_over
    return given is not None and (life is None or given <= life.dead_after)


def _state(done: bool) -> StepState:
    return StepState.DONE if done else StepState.NOW
