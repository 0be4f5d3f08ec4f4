"""What of a bill its past does not explain: a total beyond its lines, dear new monthly charges, one line of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from selfcare.domain.bills import LineKind
from selfcare.domain.records import Struct

from .usual import ABOVE_HIGHEST, FEWEST, LOOKED_AT, Seen, band, first_floor, floor_of
from .weighing import Group, Weighed

SIDE_BY_SIDE = 5
"""From so many charges under the same words on, each is one of many: the SIMs of a firm."""


def beyond_the_lines(bill: Weighed, past: Sequence[Weighed], typical: float) -> Decimal:
    """What the total is above its lines, where it is more than it ever was; 0 else.

    Something is above them on every bill where the lines are without tax: as large a part as before is no surprise.
    """
    rest = bill.rest
    before = [(one, earlier) for earlier in past[-LOOKED_AT:] if (one := earlier.rest) is not None]
    if rest is None or len(before) < FEWEST:
        return Decimal(0)
    lines = bill.total - rest
    parts = [one / (earlier.total - one) for one, earlier in before if earlier.total > one]
    usual = max(float(lines * max(parts, default=Decimal(0))), ABOVE_HIGHEST * float(max(one for one, _ in before)))
    return rest if float(rest) > max(0.0, usual) + floor_of(typical) else Decimal(0)


def dear_and_new(
    bill: Weighed, past: Sequence[Weighed], typical: float, contract: float
) -> tuple[Decimal, list[Group]]:
    """By how much the monthly charges are above all that they were and above the contract, where that is more than a
    usual bill and a half, and the charges that are new; (0, nothing) else."""
    if len(past) < FEWEST:
        return Decimal(0), []
    before = max(_monthly(one) for one in past[-LOOKED_AT:])
    more = _monthly(bill) - max(before, Decimal(str(contract)))
    if float(more) <= first_floor(typical):
        return Decimal(0), []
    known = {key for one in past for key in one.recurring}
    return more, [group for key, group in bill.recurring.items() if key not in known]


def room_for_one(bill: Weighed, typical: float) -> float:
    """What one of the many lines of a firm may cost without a word: so much of it makes the whole bill no stranger
    either. 0 where no monthly charges stand side by side."""
    counts = Counter(group.word for group in bill.recurring.values())
    count = max(counts.values(), default=0)
    return first_floor(typical / count) if count >= SIDE_BY_SIDE else 0.0


def _monthly(bill: Weighed) -> Decimal:
    return sum((group.amount for group in bill.recurring.values()), Decimal(0))


class _Crowd(Struct):
    """Charges under the same words: what each cost, by the place of the bill, and of the latest bills how many there
    were and the highest that was not strange."""

    amounts: dict[str, dict[int, tuple[float, bool]]]
    latest: list[tuple[int, float]]

    def measure(self) -> tuple[int, float]:
        """The most that stood side by side lately, and the highest of them."""
        return max(count for count, _ in self.latest), max(high for _, high in self.latest)


class OneOfMany:
    """Charges that stand side by side under the same words, one for each SIM of a firm: each is held against its own
    past and against the others, for among so many the whole bill hardly moves."""

    def __init__(self) -> None:
        self._days: list[date] = []
        self._crowds: dict[str, _Crowd] = {}

    def strange(self, bill: Weighed, typical: float) -> list[tuple[Group, float]]:
        """The charges that are out of all proportion, each with what it usually is."""
        found: list[tuple[Group, float]] = []
        words = {group.word for group in bill.groups.values() if group.kind is LineKind.USAGE}
        crowds = {word: self._crowds[word].measure() for word in words if word in self._crowds}
        for group in bill.groups.values():
            count, highest = crowds.get(group.word, (0, 0.0)) if group.kind is LineKind.USAGE else (0, 0.0)
            crowd = self._crowds.get(group.word)
            if crowd is None or count < SIDE_BY_SIDE or len(crowd.latest) < FEWEST:
                continue
            share = typical / count
            if float(group.amount) <= max(ABOVE_HIGHEST * highest, first_floor(share)):
                continue
            own = self._past_of(crowd.amounts.get(group.key, {}))
            usual = band(own, bill.day, share)
            if usual is None or float(group.amount) > usual.high:  # of a new one the others alone say what is usual
                found.append((group, median(one.value for one in own) if own else 0.0))
        return found

    def _past_of(self, amounts: dict[int, tuple[float, bool]]) -> list[Seen]:
        """What one charge cost on each of the latest bills since it first came, nothing where it is not on one."""
        first = max(min(amounts, default=len(self._days)), len(self._days) - LOOKED_AT)
        return [Seen(self._days[n], *amounts.get(n, (0.0, False))) for n in range(first, len(self._days))]

    def learn(self, bill: Weighed, odd: set[str]) -> None:
        """Remember the charges of a bill; `odd` are the keys of those that were strange."""
        place, here = len(self._days), dict[str, list[float]]()
        self._days.append(bill.day)
        for group in bill.groups.values():
            if group.kind is not LineKind.USAGE:
                continue
            amount, is_odd = float(group.amount), group.key in odd
            crowd = self._crowds.setdefault(group.word, _Crowd({}, []))
            crowd.amounts.setdefault(group.key, {})[place] = (amount, is_odd)
            here.setdefault(group.word, []).append(0.0 if is_odd else amount)
        for word, amounts in here.items():
            latest = self._crowds[word].latest
            latest.append((len(amounts), max(amounts)))
            del latest[:-LOOKED_AT]
