"""Tells tickets that came back under another id from tickets that are listed no more."""

from __future__ import annotations

from collections.abc import Iterable

from selfcare.domain.tickets import Ticket


def renamed(tickets: Iterable[Ticket]) -> dict[str, tuple[str, ...]]:
    """By the id of a ticket that is listed, the ids under which it was before, as where an operator changes its version
    and all ids with it: it has our own number, or else its very moment, title and words."""
    every = tuple(tickets)
    before: dict[object, list[str]] = {}
    for one in every:
        sign = _sign(one) if one.no_longer_listed else None
        if sign is not None:
            before.setdefault(sign, []).append(one.id)
    found: dict[str, tuple[str, ...]] = {}
    for one in every if before else ():
        old = () if one.no_longer_listed else before.pop(_sign(one), ())
        if old:
            found[one.id] = tuple(old)
    return found


def _sign(one: Ticket) -> object:
    if one.external_id:
        return one.external_id
    return (one.created, one.title, one.text) if one.created is not None else None
