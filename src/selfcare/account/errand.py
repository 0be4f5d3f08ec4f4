"""One walk through the outbox: whose requests it sends, by whose clock, and where what became of them is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from selfcare.api.home_money import ground_of
from selfcare.domain.commands import Command
from selfcare.domain.failures import Failure
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from selfcare.store.action import Action
from selfcare.store.vault import Vault

from .desk import Desk
from .looking import Found, look_for
from .owner import subject_ids
from .trouble import UNWELL

_APART = timedelta(minutes=2)
OPEN = frozenset({WaitingState.NEW.value, WaitingState.UNKNOWN.value})
"""The states of a request that goes on by itself."""


@dataclass(slots=True)
class Walk:
    """One walk through the outbox. `run` names this run of the program, `unwell` is the operator's last own trouble."""

    desk: Desk
    vault: Vault
    profile: OperatorProfile
    subject: str
    now: Callable[[], datetime]
    chance: Callable[[], float]
    run: str = ""
    changed: set[Topic] = field(default_factory=set)
    unwell: Failure | None = None

    def note(self, failure: Failure) -> None:
        """Remember what is the operator's own trouble: after some of them in a row it is left alone for a while."""
        if isinstance(failure, UNWELL):
            self.unwell = failure

    @property
    def zone(self) -> ZoneInfo:
        """The operator's."""
        return ground_of(self.profile)

    @property
    def apart(self) -> timedelta:
        """So far apart two looks must be, for both to count: in that time the operator's lists show what it took."""
        return max(_APART, self.profile.honours.listed_after)

    def by_operator(self) -> datetime:
        """The operator's time, as far as it has told one; ours else."""
        return self.now() + (self.desk.ahead() or timedelta(0))

    def look(self, action: Action, command: Command) -> Found:
        """Ask the operator whether it has a request. Raises what look_for raises."""
        ids = subject_ids(self.vault, self.subject)
        others = [
            one for one in self.vault.actions.all()
            if (one.kind, one.issuer, one.subject) == (action.kind, action.issuer, action.subject)
            and one.id != action.id
        ]  # fmt: skip
        self.desk.oldest()
        found = look_for(self.desk, action, command, self.profile, ids, self.zone, others)
        return replace(found, age=self.desk.oldest())

    def say(self, action: Action, state: WaitingState, event: str, facts: str = "", **changes: Any) -> bool:
        """Write down what was decided on a request as it was then; False if the customer has decided meanwhile."""
        self.changed.add(Topic.WAITING)
        return self.vault.actions.finish(
            action.id, state.value, self.now(), seen=action, event=event, facts=facts, **changes
        )
