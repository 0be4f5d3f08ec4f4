"""A complaint: what it is about, and the days from which each step of the way up is counted."""

from __future__ import annotations

from datetime import date

from .records import Struct


class Complaint(Struct, frozen=True):
    """How far a complaint has come: the days from which each step of the way up is counted; None is "not (yet)".

    `written` is the first one in writing, `answered` an answer that does not satisfy, `deadlock` the operator's final
    word, `desk` and `desk_answered` the second step inside the firm, `asked` the mediator, ombudsman or authority.
    `decided` is the day of a state commission's decision. `paid` is the day on which money was paid that is asked back.
    `served` is when the authority passed it on, `state` the US state ("NY"). `topic` is what it is about, `wanted` what
    the customer asks for.
    """

    topic: str = ""
    wanted: str = ""
    first: date | None = None
    written: date | None = None
    answered: date | None = None
    deadlock: date | None = None
    desk: date | None = None
    desk_answered: date | None = None
    asked: date | None = None
    served: date | None = None
    accepted: date | None = None
    decided: date | None = None
    paid: date | None = None
    state: str = ""
