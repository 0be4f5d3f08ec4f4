"""Tells how old a request is, and whether its key is still remembered, whatever this computer's clock was set to."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from selfcare.domain.commands import Command, GiveNotice, valid_for
from selfcare.domain.workdays import end_of_day
from selfcare.store.action import Action

MARGIN = timedelta(hours=1)
A_LITTLE = timedelta(minutes=5)
"""So far may two clocks be apart, or one drift, without anybody having set it."""
_DAY = timedelta(days=1)


def wanted(action: Action) -> tuple[datetime, timedelta | None]:
    """When the customer last said that a request is wanted, by our clock, and how far the operator's was ahead then."""
    if action.confirmed is not None:
        return action.confirmed, action.confirmed_ahead
    return action.created, action.asked_ahead


def age(action: Action, now: datetime, ahead: timedelta | None) -> timedelta:
    """How long ago a request was asked for, or last confirmed. `ahead` is how far the operator's clock is ahead of
    ours now; None: not known.

    Where it is not known how far it was ahead then, either our clock was set meanwhile or it was always wrong: what
    makes the request younger counts, because none is to expire too early.
    """
    asked, asked_ahead = wanted(action)
    old = now - asked
    if ahead is None:
        return old
    if asked_ahead is not None and old + ahead - asked_ahead > -A_LITTLE:
        return old + ahead - asked_ahead
    possible = [one for one in (old, old + ahead) if one > -_DAY]
    return min(possible, default=old)


def is_too_old(action: Action, command: Command, now: datetime, ahead: timedelta | None, zone: tzinfo) -> bool:
    """Whether a request was wanted too long ago to be sent without asking; notice also when its day, which was to come
    then, has gone by the operator's clock."""
    if age(action, now, ahead) > valid_for(command):
        return True
    if not isinstance(command, GiveNotice) or command.is_withdrawal:
        return False
    asked, asked_ahead = wanted(action)
    known = timedelta(0) if ahead is None else ahead
    then = asked + (known if asked_ahead is None else asked_ahead)
    return then <= end_of_day(command.day, zone) < now + known


def is_remembered(action: Action, now: datetime, ahead: timedelta | None, life: timedelta) -> bool:
    """Whether the operator still remembers the key under which a request was first sent, by its own clock.

    No, as long as nobody can tell: it has not said its time before that sending or since, or our clock was set.
    """
    if action.first_sent is None or action.sent_ahead is None or ahead is None:
        return False
    if abs(ahead - action.sent_ahead) > A_LITTLE:
        return False
    return -A_LITTLE < now - action.first_sent + ahead - action.sent_ahead < life - MARGIN


def is_known_by_its_key(action: Action, now: datetime, ahead: timedelta | None, life: timedelta) -> bool:
    """Whether an operator that remembers keys for so long would know a request again that a newer copy of this folder
    sent, because it was asked for less long ago, by the operator's own clock."""
    if action.first_sent is not None or action.asked_ahead is None or ahead is None:
        return False
    return -A_LITTLE < now - action.created + ahead - action.asked_ahead < life - MARGIN


def may_be_of_a_copy(action: Action, now: datetime, run: str) -> bool:
    """Whether a request that has not left by this folder may have left by a newer copy of it: after some time, or when
    the program was started since, the folder may be an old one that was put back. A moment to come is a moment gone."""
    return is_of_another_run(action, run) or not -A_LITTLE < now - action.created <= MARGIN


def is_of_another_run(action: Action, run: str) -> bool:
    """Whether the program was started since a request was asked for, or last confirmed: only then can the folder be an
    older one that was put back."""
    return action.run != run


def cannot_have_come_before(action: Action) -> datetime | None:
    """The operator's time before which nothing of a request can have arrived: when it first left, or was asked for
    where this folder has not sent it. None where its clock was not known then."""
    if action.first_sent is not None:
        return None if action.sent_ahead is None else action.first_sent + action.sent_ahead
    return None if action.asked_ahead is None else action.created + action.asked_ahead
