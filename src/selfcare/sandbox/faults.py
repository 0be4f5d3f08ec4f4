"""What can be made to go wrong at the demo operator, by name, at start or while it runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .catalogue import BASES, KINDS
from .documents import Document
from .orders import CATEGORIES
from .sloppy import HABITS, SLOPPY, SLOPPY_HABITS
from .spoken import Say, mark

NAMES: dict[str, str] = {
    "down": mark("everything answers 503 with Retry-After"),
    "slow": mark("each answer waits (slow=2 seconds; usual: 1)"),
    "html": mark("200 with an HTML page instead of JSON"),
    "truncated": mark("JSON cut in half, length and status fine"),
    "gzip": mark("answers are gzip-coded, properly"),
    "gzip-cut": mark("gzip cut in half, length matching"),
    "cut-body": mark("the connection closes in the middle of the body"),
    "unreadable": mark("one document of each list has the wrong types throughout"),
    "no-id": mark("one document of each list has no id"),
    "unknown-state": mark("one document of each list has a state word nobody knows"),
    "missing-field": mark("one document of each list has only what a conformant operator must send"),
    "not-offered": mark("an API is absent from the profile and answers 404 (not-offered:TMF656)"),
    "list-changes": mark("a list is another one on its second page"),
    "bad-total": mark("X-Total-Count names more documents than there are"),
    "partial": mark("pages of a list answer 206"),
    "no-etag": mark("no ETag is sent, nothing is ever 304"),
    "401": mark("every access token is refused"),
    "403": mark("every read is forbidden"),
    "500": mark("every request to an API fails"),
    "429": mark("too many requests, Retry-After 30"),
    "redirect": mark("answers lead to another host"),
    "500-after-effect": mark("a write is carried out, then answered 500"),
    "500-sticky": mark("a write fails with 500, and the same key gets the same 500 again"),
    "lost-response": mark("a write is carried out, then the connection is closed without an answer"),
    "reset": mark("the connection is closed before anything is done"),
    "order-rejected": mark("orders are accepted for reading and rejected"),
    "bad-pdf": mark("a PDF is an HTML page"),
    "sloppy": mark("all of these habits at once: {habits}"),
    **HABITS,
}

_ENDPOINTS = (
    "token",
    "authorize",
    "jwks",
    "revoke",
    "userinfo",
    "openid-configuration",
    "selfcare-operator",
)
_EVERYWHERE = (*KINDS, *BASES, "files", "login", *_ENDPOINTS, "GET", "HEAD", "POST", "PATCH", "DELETE")
_ONLY: dict[str, tuple[str, ...]] = {
    "not-offered": tuple(BASES),
    "bad-pdf": ("files",),
    "order-rejected": CATEGORIES,
}

_SPELLING = re.compile(r"([a-z0-9-]+)(?::([A-Za-z0-9-]+))?(?:=([0-9]{1,9}(?:\.[0-9]{1,9})?))?")


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong: for one resource or API only (`target`), a few times only (`left`)."""

    name: str
    target: str = ""
    left: int | None = None
    amount: float = 0.0

    def spelled(self) -> str:
        """The fault as it was named."""
        number = f"={self.amount:g}" if self.name == "slow" else "" if self.left is None else f"={self.left}"
        return self.name + (f":{self.target}" if self.target else "") + number


class UnknownFault(ValueError):
    """A fault that has no such name; the text is the word."""


class UnknownTarget(UnknownFault):
    """A fault that is known, aimed at what is not there; the text says so, `known` is what it may be aimed at."""

    def __init__(self, name: str, target: str) -> None:
        super().__init__(f"{name} cannot be aimed at {target}")
        self.fault, self.target = name, target
        self.known = targets(name)


def described(tr: Say = str) -> dict[str, str]:
    """What each fault means, by its name, said by `tr`."""
    habits = SLOPPY.replace(" ", ", ")
    return {name: tr(text).replace("{habits}", habits) for name, text in NAMES.items()}


def targets(name: str) -> tuple[str, ...]:
    """What a fault may be aimed at: a resource, an API, "files", "login" or one address of it, or a method of HTTP."""
    return _ONLY.get(name, _EVERYWHERE)


def read_fault(text: str) -> Fault:
    """A fault from "name", "name:where", "name=times" or "slow=seconds". Raises UnknownFault, UnknownTarget."""
    spelling = _SPELLING.fullmatch(text.strip())
    if spelling is None or spelling[1] not in NAMES:
        raise UnknownFault(text)
    name, target, number = spelling[1], spelling[2] or "", spelling[3]
    if target and target not in targets(name):
        raise UnknownTarget(name, target)
    if name == "slow":
        return Fault(name, target, None, float(number or 1))
    if name == "not-offered":
        target = target or "TMF656"
    return Fault(name, target, int(float(number)) if number else None)


class Faults:
    """The faults that are switched on."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._faults = [read_fault(text) for text in texts]

    def replace(self, texts: Iterable[str]) -> None:
        """Switch on exactly these. Raises UnknownFault, UnknownTarget and changes nothing then."""
        self._faults = [read_fault(text) for text in texts]

    def spelled(self) -> list[str]:
        """What is switched on, as it would be typed."""
        return [fault.spelled() for fault in self._faults]

    @property
    def are_habits(self) -> bool:
        """Whether any of a sloppy server's habits is switched on."""
        return any(fault.name == "sloppy" or fault.name in HABITS for fault in self._faults)

    def strikes(self, name: str, *targets: str) -> Fault | None:
        """Whether a fault hits this request now; a fault with a number of times has one less afterwards."""
        for fault in self._faults:
            named = fault.name == name or (fault.name == "sloppy" and name in SLOPPY_HABITS)
            if named and (not fault.target or fault.target in targets) and fault.left != 0:
                if fault.left is not None:
                    fault.left -= 1
                return fault
        return None

    def strikes_only_at(self, name: str, *targets: str) -> bool:
        """Whether a fault that names one of the targets hits now; faults without a target pass by."""
        aimed = any(fault.name == name and fault.target in targets for fault in self._faults)
        return aimed and self.strikes(name, *targets) is not None

    def hidden_apis(self) -> frozenset[str]:
        """The APIs that are not offered at present."""
        return frozenset(fault.target for fault in self._faults if fault.name == "not-offered")


def spoiled(name: str, document: Document) -> Document:
    """One document as a faulty operator would send it."""
    if name == "no-id":
        return {key: value for key, value in document.items() if key != "id"}
    if name == "missing-field":
        return {key: value for key, value in document.items() if key in ("id", "href", "billDocument", "@type")}
    if name == "unknown-state":
        return document | {key: "quarantined" for key in ("state", "status") if key in document}
    return {
        key: value if key in ("id", "href", "@type") else _of_another_type(value) for key, value in document.items()
    }


def _of_another_type(value: object) -> object:
    if isinstance(value, str):
        return {"text": 1}
    if isinstance(value, dict):
        return "a lot"
    if isinstance(value, list):
        return 17
    return [[]]
