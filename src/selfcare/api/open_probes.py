"""Tries whether an operator's known problems can be read by anybody, as its profile says, and name nobody."""

from __future__ import annotations

from collections.abc import Iterator

from selfcare.domain.failures import Failure, SignedOut, Unreadable
from selfcare.domain.operator import OperatorProfile

from .client import Wire
from .operator import Operator
from .probes import Finding
from .reading import document, items, text
from .tickets import PROBLEM_KIND, read_problem
from .trouble_words import describe

API = "TMF656"
_PERSONS = ("customer", "user", "subscriber")


def probe_open(profile: OperatorProfile, wire: Wire) -> Iterator[Finding]:
    """The list of known problems (TMF656 serviceProblem) as somebody who has not signed in: it must come where the
    profile says `withoutSignIn`, and nothing in it may be a customer's. Where the profile does not say so and it comes
    all the same, that is told."""
    entry = profile.apis.get(API)
    if entry is None:
        return
    try:
        found = Operator(profile, wire, lambda: "").fetch_list(API, PROBLEM_KIND, {}).documents
    except SignedOut:
        yield _say("open-list", not entry.is_open, "withoutSignIn is promised, and 401 came")
        return
    except Failure as failure:
        if entry.is_open:
            yield _say("open-list", False, f"withoutSignIn is promised: {describe(failure)}")
        return
    if not entry.is_open:
        yield Finding(
            API, PROBLEM_KIND, "open-list", not found, False,
            "" if not found else f"{len(found)} come without a token, and the profile does not say withoutSignIn",
        )  # fmt: skip
    else:
        yield _say("open-list", True)
    named = next((own for own in map(_someones, found) if own), "")
    yield _say("open-nobody", not named, f"{named} names a customer's own service, ticket or party to everybody")


def _say(check: str, ok: bool, detail: str = "") -> Finding:
    return Finding(API, PROBLEM_KIND, check, ok, True, "" if ok else detail)


def _someones(body: bytes) -> str:
    """The number of a problem that says whose it is; "" for one that does not, and for one that cannot be read."""
    try:
        doc = document(body, PROBLEM_KIND)
        problem = read_problem(body)
    except Unreadable:
        return ""
    parties = [*items(doc.get("relatedParty")), *items(doc.get("originatorParty"))]
    kinds = [f"{text(party.get('role'))} {text(party.get('@referredType'))}".casefold() for party in parties]
    is_someones = problem.ticket_ids or problem.service_ids or any(word in kind for kind in kinds for word in _PERSONS)
    return problem.id or "one" if is_someones else ""
