"""Decides whether what became of one request ends the whole round, or only says something of one part."""

from __future__ import annotations

from collections.abc import Callable

from selfcare.domain.failures import BadProxy, Failure, PartAway, Refused, SignedOut, TooOften
from selfcare.domain.failures import Offline as Away

from .spared import Spared
from .trouble import OF_THE_DISK, OF_THE_OPERATOR, UNHEARD

WHO = "TMF629"
"""The API that says who the customer is: where it is not there, nobody is."""


class Enough(Exception):
    """The operator is in trouble and is left alone for now."""

    def __init__(self, failure: Failure) -> None:
        super().__init__()
        self.failure = failure


def weigh(
    spared: Spared, api: str, failure: Failure, ask_another: Callable[[str], None], *, of_paper: bool = False
) -> Failure:
    """What a failure says of the part that was asked, which may be left alone for it from now on.

    Raises the failure where it is that of everything: the issuer's, that of the API that says who the customer is, and
    of an address where all others are too; Enough where the only address is in trouble. A refused token, or an address
    that cannot be reached, is only held against the one API where another one, asked by `ask_another`, still answers.
    """
    if isinstance(failure, OF_THE_DISK):
        raise failure
    if not isinstance(failure, UNHEARD):
        if of_paper or not spared.count(api, is_trouble=isinstance(failure, OF_THE_OPERATOR)):
            return failure
        spared.leave_origin(api, failure)
        if spared.has_another(api):
            return failure
        raise Enough(failure)
    if failure.is_before_sending or isinstance(failure, BadProxy) or (api == WHO and not of_paper):
        raise failure
    if isinstance(failure, TooOften):
        return _throttled(spared, api, failure)
    if isinstance(failure, SignedOut):
        ask_another(api)
        refused = Refused(401)
        spared.leave(api, refused)
        return refused
    if not of_paper and spared.is_home(api):
        raise failure
    ask_another(api)
    away = PartAway() if isinstance(failure, Away) else failure
    if of_paper:
        spared.leave(api, away)
    else:
        spared.leave_origin(api, away)
    return away


def _throttled(spared: Spared, api: str, failure: TooOften) -> Failure:
    """One API that asks for patience has its own; where a second one at the same address does, it is the address."""
    if not spared.throttle(api, failure):
        return failure
    spared.leave_origin(api, failure)
    if spared.is_home(api) or not spared.has_another(api):
        raise failure
    return failure
