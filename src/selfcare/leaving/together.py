"""Several lines that leave together: each by its own way and day, with one cost and one list of what is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from selfcare.domain.lines import Access
from selfcare.domain.money import Money, sum_if_known
from selfcare.domain.records import Struct, replace

from .facts import LeavingFacts
from .rules import Rules
from .way import Way
from .wizard import Answers, Barrier, Screen, barrier, confirm, screens

FEW = 8
"""So many other lines are offered one by one; more of them only all together."""

_ASKED = frozenset({Screen.LINE, Screen.REASON, Screen.UNLOCK, Screen.CODE, Screen.BANK, Screen.DAY})


class Member(Struct, frozen=True):
    """One of the lines that leave together, with what was answered for it and its own way."""

    facts: LeavingFacts
    answers: Answers
    way: Way

    @property
    def is_fixed(self) -> bool:
        """A line at a place: it is kept until the new one works."""
        return self.facts.access in {Access.FIXED, Access.INTERNET}


class Joint(Struct, frozen=True):
    """The common way, the leading line first. `low` and `high` are the cost of all, None where one is not known.

    `open` says by line what has still to be answered; `too_soon` are fixed lines that would end before the last mobile
    number has moved; `clauses` are the operator's own words about a discount for lines that stay together.
    """

    members: tuple[Member, ...]
    low: Money | None
    high: Money | None
    open: tuple[tuple[str, Barrier], ...] = ()
    too_soon: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def numbers(self) -> int:
        """How many mobile numbers move at once."""
        return sum(1 for member in self.members if not member.is_fixed and not member.way.route.is_notice)


def joins(answers: Answers, leader: Answers) -> Answers:
    """The answers of a line that begins to leave with another: its number comes along unless something else was said.

    What was said about the bank and about saving holds for all of them.
    """
    keep = True if answers.keep_number is None else answers.keep_number
    return replace(
        answers,
        keep_number=keep,
        saved=answers.saved or leader.saved,
        bank_new=answers.bank_new or leader.bank_new,
        bank_keep=answers.bank_keep or leader.bank_keep,
    )


def together(leader: Member, others: Iterable[Member], rules: Rules) -> Joint:
    """Put together the ways of lines that leave at the same time, without discreet plans and lines that are gone."""
    joined = [m for m in others if not m.answers.is_discreet and not m.facts.is_over]
    members = (leader, *joined)
    quotes = [member.way.quote for member in members]
    moved = max((m.way.cut for m in members if not m.is_fixed and m.way.route.is_move), default=None)
    soon = [m.facts.line_id for m in members if m.is_fixed and m.way.route.is_notice and _before(m.way.cut, moved)]
    return Joint(
        members,
        sum_if_known([quote.low for quote in quotes]),
        sum_if_known([quote.high for quote in quotes]),
        tuple((m.facts.line_id, found) for m in joined if (found := first_open(m, rules)) is not None),
        tuple(soon),
        tuple(dict.fromkeys(m.facts.bundle_clause for m in members if m.facts.bundle_clause)),
    )


def first_open(member: Member, rules: Rules) -> Barrier | None:
    """The first thing that has still to be answered for a line; its first safe day counts where none was chosen, unless
    others name it."""
    if not member.way.is_named_later:
        member = replace(member, answers=replace(member.answers, day=member.answers.day or member.way.cut))
    answers = member.answers
    for screen in screens(member.facts, answers):
        if screen in _ASKED:
            found = barrier(member.facts, replace(answers, at=screen), member.way, rules)
            if found is not None:
                return found
    return None


def confirmed_together(joint: Joint, now: datetime) -> tuple[Answers, ...]:
    """The answers of the other lines once all of it is confirmed, each on its day."""
    return tuple(
        replace(confirm(m.answers, m.answers.confirmed or now, m.way), day=m.answers.day or m.way.cut)
        for m in joint.members[1:]
    )


def _before(cut: date, moved: date | None) -> bool:
    return moved is not None and cut < moved
