"""What an answer, or the lack of one, means for a request that was sent: carried out, refused, or not to be known."""

from __future__ import annotations

from datetime import datetime, timedelta

from selfcare.api.operator import UNCHANGED
from selfcare.domain.failures import (
    BadCertificate,
    Failure,
    NotAnAnswer,
    NotOffered,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    TooOften,
)
from selfcare.domain.records import Struct
from selfcare.domain.waiting import ASKED_ALREADY, CHANGED, MISMATCH, TAKEN, WaitingState

_SOON = (timedelta(seconds=5), timedelta(seconds=30))
_LATER = timedelta(minutes=15)
_LATEST = timedelta(hours=24)
_NOT_TAKEN = frozenset({408, 425, 429})
"""Answers by which nothing was carried out: the request is where it was before."""
_TRIES_IN_PROGRESS = 4
"""So often is a request tried that an operator which remembers keys says to be working at still."""


class Verdict(Struct, frozen=True):
    """The state a request comes to, and what is said with it.

    `unsent` says that not a byte of it has arrived; `look` that the operator must be asked whether it has the request
    before anything else is decided; `doubt` that the answer may be one the operator has stored under the request's key,
    so that the same key is of no use; `new_key` that it surely is such an answer, and nothing was done.
    """

    state: WaitingState
    event: str
    reason: str = ""
    why: str = ""
    retry_at: datetime | None = None
    look: bool = False
    doubt: bool = False
    unsent: bool = False
    new_key: bool = False


def judge(failure: Failure, before: WaitingState, attempts: int, *, keeps_keys: bool = True) -> Verdict:
    """What a failure to get a valid answer means. `before` is the state in which the request was: one that may have
    arrived in an earlier try stays so, whatever this try says. `keeps_keys` says that the operator promises to remember
    keys: of another, nothing that is in progress there is this request by its key."""
    if isinstance(failure, Offline | BadCertificate | SignedOut | NotOffered):
        return Verdict(before, "notSent", unsent=True)
    if isinstance(failure, TooOften):
        if failure.status in _NOT_TAKEN or failure.is_before_sending:
            return Verdict(before, "askedForPatience", retry_at=failure.retry_at)
        return Verdict(WaitingState.UNKNOWN, "askedForPatience", retry_at=failure.retry_at)
    if failure.is_before_sending:
        return Verdict(before, "notSent")
    if isinstance(failure, Refused):
        return _judge_refusal(failure, before, keeps_keys and attempts < _TRIES_IN_PROGRESS)
    if isinstance(failure, ServerTrouble) and failure.status == 500:
        return Verdict(WaitingState.UNKNOWN, "serverTrouble", doubt=attempts > 1)
    if isinstance(failure, NotAnAnswer) and failure.what == UNCHANGED:
        return Verdict(WaitingState.UNKNOWN, TAKEN, why=TAKEN, doubt=True)
    return Verdict(WaitingState.UNKNOWN, "noValidAnswer")


def _judge_refusal(refusal: Refused, before: WaitingState, may_be_at_work: bool) -> Verdict:
    said = f"{refusal.code} {refusal.reason}".casefold()
    if refusal.status in _NOT_TAKEN:
        return Verdict(before, "askedForPatience")
    if refusal.status in {412, 428}:
        return Verdict(WaitingState.ASK, "changed", reason=refusal.reason, why=CHANGED)
    if refusal.status in {400, 422} and "idempot" in said:
        return Verdict(WaitingState.ASK, "keyMismatch", reason=refusal.reason, why=MISMATCH)
    if refusal.status == 409:
        if "progress" in said and may_be_at_work:
            return Verdict(WaitingState.UNKNOWN, "stillWorking", reason=refusal.reason)
        return Verdict(WaitingState.ASK, ASKED_ALREADY, reason=refusal.reason, why=ASKED_ALREADY, look=True)
    return Verdict(WaitingState.REJECTED, "refused", reason=refusal.reason, look=before is WaitingState.UNKNOWN)


def after_asked(now: datetime, retry_at: datetime, chance: float) -> datetime:
    """When to come back to an operator that asked for patience until `retry_at`: never sooner, and so spread by chance
    (0 to 1) that all those who were told the same do not come at the same moment; at the most two days."""
    told = min(max(retry_at - now, timedelta(0)), _LATEST)
    return now + told + max(timedelta(seconds=60), told) * chance if told else now


def wait_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after a number of tries: 5 s, 30 s, then 15 min doubled each time up to a day, times 1 to 2.

    `chance` is a random number from 0 to 1, so that many customers do not come back at the same moment.
    """
    if attempts <= len(_SOON):
        return _SOON[max(attempts, 1) - 1]
    doubled: int = 1 << min(attempts - len(_SOON) - 1, 10)
    return min(_LATER * doubled * (1 + chance), _LATEST)
