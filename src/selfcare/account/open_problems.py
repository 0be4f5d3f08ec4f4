"""Reads the known problems that an operator publishes for everybody, as somebody who has not signed in."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from selfcare.api.addresses import origin_of
from selfcare.api.client import Wire
from selfcare.api.operator import Operator
from selfcare.api.tickets import PROBLEM_KIND, read_problem
from selfcare.domain.failures import NotOffered, Unreadable
from selfcare.domain.operator import OperatorProfile, is_open_list
from selfcare.domain.problems import Problem

from .own_words import understood

API = "TMF656"


def fetch_open_problems(profile: OperatorProfile) -> tuple[tuple[Problem, ...], int]:
    """The known problems (TMF656 serviceProblem) as anybody may read them, and how many more cannot be understood: no
    token and no cookie goes out.

    Nothing is kept. Raises NotOffered where the profile does not say that
    the list is open, SignedOut where the operator wants a sign-in all the same, and every failure of the wire.
    """
    if not is_open_list(profile):
        raise NotOffered(API)
    entry = profile.apis[API]
    assert entry is not None
    wire = Wire({origin_of(entry.base_url)})
    try:
        found = Operator(profile, wire, _nobody).fetch_list(API, PROBLEM_KIND, {}).documents
    finally:
        wire.close()
    zone = ZoneInfo(profile.zone)
    problems = []
    for body in found:
        try:
            problems.append(read_problem(body, zone))
        except Unreadable:
            continue
    return understood(profile, PROBLEM_KIND, problems), len(found) - len(problems)


def _nobody() -> str:
    return ""
