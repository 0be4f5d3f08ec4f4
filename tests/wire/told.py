"""What each fault of a server is told as, and what each kind of call makes of it: this failure and no other."""

from __future__ import annotations

from selfcare.domain.failures import Failure, NotAnAnswer, Refused, ServerTrouble, TooOften

GOOD = "good"
"""The answer is as good as any, and taken."""

_SHAPE, _CLOSED, _CUT = "NotAnAnswer shape", "NotAnAnswer closed", "NotAnAnswer truncated"
_PACKED, _PAGE, _REDIRECT = "NotAnAnswer encoding", "NotAnAnswer html", "NotAnAnswer redirect"
_LARGE = ("TooLarge", "TimedOut")
"""Which of the two limits is met first depends on how fast the computer is."""

TOLD: dict[str, str | tuple[str, ...]] = {
    "reset before the request": ("Offline", _CLOSED),
    "lost response": _CLOSED,
    "reset after the headers": _CUT,
    "reset in the body": _CUT,
    "half-close after the headers": _CUT,
    "empty answer": _CLOSED,
    "hang": "TimedOut",
    "slow loris": "TimedOut",
    "slow upload": ("TimedOut", _CLOSED),
    "length too long": _CUT,
    "length too short": _CUT,
    "no length, cut": _CUT,
    "chunked, cut": _CUT,
    "two lengths": _SHAPE,
    "length and chunks": GOOD,
    "garbage": _SHAPE,
    "gzip cut": _CUT,
    "gzip with a wrong sum": _PACKED,
    "gzip with something behind": _PACKED,
    "gzip bomb": _LARGE,
    "gzip in gzip": _PACKED,
    "another coding": _PACKED,
    "headers of 200 kB": _SHAPE,
    "interim answers": "TimedOut",
    "body without end": _LARGE,
    "announced as 2 GiB": "TooLarge",
    "204": _SHAPE,
    "304 unasked": _SHAPE,
    "206": GOOD,
    "302 elsewhere": _REDIRECT,
    "302 with a body without end": _REDIRECT,
    "308 elsewhere": _REDIRECT,
    "307 to http": _REDIRECT,
    "303 in a circle": _REDIRECT,
    "kept connection closed": GOOD,
    "401 once": GOOD,
    "401 at the second page": GOOD,
    "401": "SignedOut",
    **{str(status): f"Refused {status}" for status in (403, 404, 410, 409, 412, 428, 413, 415, 422)},
    "403 of a gateway": _PAGE,
    "429 in seconds": "TooOften later",
    "429 with a date that has passed": "TooOften later",
    "429 in 31 years": "TooOften later",
    "429 with nonsense": "TooOften",
    "500": "ServerTrouble 500",
    "500 after the effect": "ServerTrouble 500",
    "502": "ServerTrouble 502",
    "504": "ServerTrouble 504",
    "503": "TooOften later",
    "200 with an error": _SHAPE,
    "202 that never ends": _SHAPE,
    "HTTP/2 goes away": _SHAPE,
    "HTTP/2 wanted": "Refused 426",
    "HTTP/2 resets": (_SHAPE, _CLOSED),
    "clock 10 minutes off": GOOD,
    "clock 50 years off": GOOD,
    "clock 2 days off": GOOD,
    "clock nobody knows how far off": GOOD,
    "a checksum of something else": "NotAnAnswer checksum",
    "out of a cache": GOOD,
    "by the name of plain text": "NotAnAnswer type",
    "portal by 302": _REDIRECT,
    "portal by 200": _PAGE,
    "portal by 511": _PAGE,
}

_ERROR_AS_YES = {
    "list": "Refused 200", "search": "Refused 200", "paper": "PaperTrouble", "discovery": "SignInFailed",
    "keys": "SignInFailed",
}  # fmt: skip
OTHERWISE: dict[str, dict[str, str | tuple[str, ...]]] = {
    "302 with a body without end": {"paper": "TooLarge"},
    "by the name of plain text": {"paper": GOOD},
    "kept connection closed": {"request": _CLOSED},
    "401 once": {"discovery": "SignedOut", "keys": "SignedOut"},
    "404": {"list": "ListMissing", "search": "ListMissing"},
    "200 with an error": {**_ERROR_AS_YES},
    "202 that never ends": {**_ERROR_AS_YES, "list": "Refused 202", "search": "Refused 202"},
}
"""Where one kind of call is told something else. A list that is not found may be an empty one; a paper of which nobody
says how long it is cannot be missed the end of."""

OF_THE_SIGN_IN = frozenset({"Refused", "SignedOut", "TooLarge"})
"""A refusal of the token endpoint that is no OAuth error is no answer of it."""


def named(failure: Failure) -> str:
    """A failure by its kind and the fact that tells it from others of its kind."""
    kind = type(failure).__name__
    match failure:
        case NotAnAnswer(what=fact) | Refused(status=fact) | ServerTrouble(status=fact):
            return f"{kind} {fact}"
        case TooOften(retry_at=at):
            return f"{kind} later" if at is not None else kind
    return kind


def expected(fault: str, call: str) -> tuple[str, ...]:
    """What a call may be told of a fault."""
    found = OTHERWISE.get(fault, {}).get(call, TOLD[fault])
    names = (found,) if isinstance(found, str) else found
    if call == "token" and (fault == "401 once" or any(name.partition(" ")[0] in OF_THE_SIGN_IN for name in names)):
        return (*(name for name in names if name == "TimedOut"), _SHAPE)
    return names
