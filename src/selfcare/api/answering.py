"""Tells the documents that a list was asked for from those that came because its filter is not known there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from selfcare.domain.failures import NotAnAnswer, TooLarge

from .reading import Doc, text
from .strict_json import decode
from .versions import one_shape

_V5_STEPS = frozenset({"partyOrPartyRole", "entity"})


def answers(kind: str, body: bytes, filters: Mapping[str, str], *, strictly: bool = False) -> bool:
    """Whether a document is one that a list was asked for by these filters; see answering."""
    return answering(kind, filters, strictly=strictly)(body)


def answering(kind: str, filters: Mapping[str, str], *, strictly: bool = False) -> Callable[[bytes], bool]:
    """What tells a document that a list was asked for by these filters (TMF630: dotted names, "a,b" for either).

    A document that states another value was sent because the filter is ignored there. One that states nothing is taken
    for an answer, unless `strictly`: then it must state a wanted value.
    """
    asked = [
        ([step for step in path.split(".") if step not in _V5_STEPS], (wanted, *wanted.split(",")))
        for path, wanted in filters.items()
    ]
    # a quick look: one of the wanted values stands where it belongs
    quick = [written_at(steps[0], steps[1], wanted) for steps, wanted in asked if len(steps) == 2]
    is_quick = not strictly and len(quick) == len(asked)

    def judge(body: bytes) -> bool:
        if is_quick and all(where.search(body) for where in quick):
            return True
        doc = shaped(kind, body)
        for steps, wanted in asked:
            stated = [text(value) for value in values_at(doc, steps)]
            if (stated or strictly) and not any(value in wanted for value in stated):
                return False
        return True

    return judge if filters else lambda body: True


def written_at(name: str, inner: str, wanted: Iterable[str]) -> re.Pattern[bytes]:
    """What finds one of the wanted values as the `inner` of an object, or of one in a list, of that name."""
    values = b"|".join(re.escape(value.encode()) for value in wanted)
    parts = (re.escape(name.encode()), re.escape(inner.encode()), values)
    return re.compile(rb'"%b"\s*:\s*(?:\[[^\]]*?|\{[^{}]*?)"%b"\s*:\s*"(?:%b)"' % parts)


def values_at(value: Any, steps: list[str]) -> Iterator[Any]:
    """What stands in a document at a place, in every member of the lists on the way."""
    if isinstance(value, list):
        for one in value:
            yield from values_at(one, steps)
    elif not steps:
        yield value
    elif isinstance(value, dict) and steps[0] in value:
        yield from values_at(value[steps[0]], steps[1:])


def shaped(kind: str, body: bytes) -> Doc:
    """A document in the one shape of both versions; empty where it is none."""
    try:
        doc = decode(body)
    except (NotAnAnswer, TooLarge):
        return {}
    return one_shape(doc, kind) if isinstance(doc, dict) else {}
