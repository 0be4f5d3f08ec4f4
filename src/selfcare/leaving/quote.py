"""What leaving costs on a chosen day, each line with its rule, beside the operator's figure; and the cheapest day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace
from selfcare.domain.workdays import after_months

from .beside import Agreement, Beside, beside_of
from .changes import best_of
from .charge import by_change, charge_on, heard, owed
from .choices import Route
from .countries.us_costs import instalments_on
from .country import CostLine, CostReason, Country, Ground
from .prices import prices_of

__all__ = [
    "Agreement",
    "Beside",
    "CostLine",
    "CostReason",
    "Quote",
    "better_day",
    "charge_on",
    "cheapest_day",
    "cost_course",
    "heard",
    "open_quote",
    "quote_for",
]

MONTHS_AHEAD = 24
"""For how long the cheapest day is looked for."""

MOVE_AHEAD = 60
"""So many days at most lie between an order at a new operator and the move (FR-POR-04 needs the most)."""


class Quote(Struct, frozen=True):
    """The cost of one day. `low` and `high` count what is owed for leaving; money that comes back is a line only."""

    day: date
    lines: tuple[CostLine, ...]
    low: Money | None
    high: Money | None
    operator: Money | None
    operator_day: date | None
    beside: Beside

    @property
    def agreement(self) -> Agreement:
        """The operator's figure beside ours."""
        return self.beside.agreement

    @property
    def is_range(self) -> bool:
        """Two readings: the amount is only known to lie between two figures."""
        return self.low is not None and self.high is not None and self.low != self.high

    @property
    def is_free(self) -> bool:
        """Costs nothing under every reading."""
        return self.high is not None and self.high.is_zero

    @property
    def device(self) -> Money | None:
        """The rest of the handset that falls due at once; None where there is none, or nobody says how much."""
        return _device_of(self.lines)


class CheapDay(Struct, frozen=True):
    """The first of the days on which leaving costs least, by the dearest reading and then by the cheapest.

    The rest of a handset that is paid in instalments, `device` of it on that day, makes no day cheaper: what does not
    fall due at once is paid until then.
    """

    day: date
    low: Money
    high: Money
    device: Money | None = None

    @property
    def apart(self) -> Money:
        """At most so much without the rest of the handset."""
        return self.high if self.device is None else self.high - self.device


def quote_for(ground: Ground, country: Country, route: Route, day: date, *, told_by: date | None = None) -> Quote:
    """The cost of leaving on a day by a route; `told_by` is when the operator hears of it, if that is known better."""
    told = told_by or heard(ground, country, route, day)
    lines = (charge_on(ground, country, route, day, told), *country.lines(ground, route, day))
    lines = (*lines, *instalments_left(ground, lines, day))
    low, high = owed(lines)
    facts = ground.facts
    beside = beside_of(ground, country, route, day, told)
    return Quote(day, lines, low, high, facts.operator_charge, facts.operator_charge_day, beside)


def open_quote(ground: Ground, country: Country, route: Route, soonest: date) -> Quote:
    """The cost as long as others have not named the day: from that of the cheapest day to that of the dearest.

    From the soonest day on it falls until the commitment ends, and rises only when an exit closes or a price does. Rent
    that was paid in advance hangs on the day alone: nothing is said of it.
    """
    found, ends = quote_for(ground, country, route, soonest), ground.facts.commitment_ends or soonest
    rises = [day for day in _rises(ground, country, route) if soonest < day <= ends]
    days = sorted({soonest, max(soonest, ends), *rises, *(day - timedelta(days=1) for day in rises)})
    charges = [charge_on(ground, country, route, day, heard(ground, country, route, day)) for day in days]
    charge = max(charges, key=lambda one: (one.high is None, one.high.value if one.high is not None else 0))
    changes = (one.change for one in charges if one.change is not None)
    lows = [one.low for one in charges if one.low is not None]
    low = min(lows, key=lambda amount: amount.value, default=None) if len(lows) == len(charges) else charge.low
    others = (replace(one, until=None) if one.reason is CostReason.RENT_UNTIL_THEN else one for one in found.lines[1:])
    charge = replace(charge, low=low, change=best_of(changes))
    lines = (charge, *(one for one in others if one.reason not in _OF_THE_DAY))
    least, most = owed(lines)
    return replace(found, lines=lines, low=least, high=most)


_OF_THE_DAY = frozenset({CostReason.RENT_BACK, CostReason.RENT_NOT_BACK})


def instalments_left(ground: Ground, lines: Sequence[CostLine], day: date) -> tuple[CostLine, ...]:
    """What is left of the handset on a day, where no line makes it due: one instalment is paid with each full month."""
    facts = ground.facts
    left = instalments_on(facts.instalments_left or 0, ground.today, day)
    if left < 1 or any(line.reason is CostReason.DEVICE for line in lines):
        return ()
    amount = None if facts.instalment is None else (facts.instalment * left).rounded()
    return (CostLine(CostReason.INSTALMENTS_LEFT, amount, amount, ""),)


def cost_course(
    ground: Ground, country: Country, route: Route, first: date, last: date, chosen: date | None = None
) -> tuple[tuple[date, Money, Money], ...]:
    """The charge over time for a picture: (day, low, high) each month from `first` to `last`, and where it jumps.

    And on the `chosen` day, whose mark stands on the line. An announced change is counted: by `route` the days that it
    frees, or may free, are drawn so, and the line rises on the day after them (UK-CTR-03, FR-MOD-01, US-ETF-04).

    The rest of a handset that falls due with it is not counted, as for the cheapest day: its instalments are paid
    either way, so that waiting saves nothing of it.
    """
    days = _months(ground, country, route, first, last, chosen)
    charges = ((day, _drawn(ground, country, route, day)) for day in days)
    return tuple((day, one.low, one.high) for day, one in charges if one.low is not None and one.high is not None)


def _drawn(ground: Ground, country: Country, route: Route, day: date) -> CostLine:
    """The charge of a day with an announced change; a reason of the customer's own is shown by the mark alone."""
    if day < ground.today:  # nobody can be told for it any more
        return country.charge(ground, day)
    change = charge_on(ground, country, route, day, heard(ground, country, route, day)).change
    plain = country.charge(ground, day)
    return plain if change is None else by_change(change, plain, ground.nothing)


def _months(
    ground: Ground, country: Country, route: Route, first: date, last: date, chosen: date | None
) -> Iterator[date]:
    days = {last} if chosen is None or not first <= chosen <= last else {last, chosen}
    count = 0
    while (day := after_months(first, count)) < last:
        days.add(day)
        count += 1
    ends = ground.facts.commitment_ends
    jumps = {*country.turns(ground), *_rises(ground, country, route)}
    turns = {turn - timedelta(days=back) for turn in jumps for back in (0, 1)}
    days |= {day for day in (*turns, *(() if ends is None else (ends,))) if first <= day <= last}
    return iter(sorted(days))


def cheapest_day(ground: Ground, country: Country, route: Route, earliest: date) -> CheapDay | None:
    """The cheapest day from the earliest on, within 24 months from today; None where no day's cost can be computed, and
    where nobody says how much is left of the handset: waiting until it is paid makes no day cheaper.

    A notice for it is thought to be given at once, so a window that is open today counts for every later day; a move
    is heard of shortly before. The cost rises only when an exit closes or a price does: in between, the first of the
    cheapest days is found by halving.
    """
    if any(line.reason is CostReason.DEVICE and line.high is None for line in country.lines(ground, route, earliest)):
        return None
    end = max(earliest, after_months(ground.today, MONTHS_AHEAD))
    starts = sorted({earliest, *(day for day in _rises(ground, country, route) if earliest < day <= end)})
    lasts = [*(day - timedelta(days=1) for day in starts[1:]), end]
    found = [_cheapest_of(ground, country, route, *days) for days in zip(starts, lasts, strict=True)]
    known = [best for best in found if best is not None]
    return min(known, key=lambda best: (best.apart.value, best.low.value, best.day), default=None)


def better_day(ground: Ground, country: Country, route: Route, day: date) -> CheapDay | None:
    """The next day on which the charge falls at once, so that waiting for it costs less; None where there is none.

    In France the end of month twelve (FR-DUR-05), which a notice may name (FR-NOT-02).
    """
    now = quote_for(ground, country, route, day)
    for turn in sorted(turn for turn in country.turns(ground) if turn > day):
        then = quote_for(ground, country, route, turn)
        if then.low is not None and then.high is not None and now.high is not None and then.high < now.high:
            return CheapDay(turn, then.low, then.high)
    return None


def _rises(ground: Ground, country: Country, route: Route = Route.NOTICE) -> set[date]:
    """The days on which the cost may rise: those after an exit closes, or of which is heard too late for it; and those
    from which an announced price applies."""
    prices = prices_of(ground.facts, ground.today)
    dearer = {step.starts for step in (() if prices is None else prices.steps) if step.starts is not None}
    closed = {free.last for free in country.exits(ground) if free.last is not None}
    found = {last + timedelta(days=1) for last in closed} | dearer
    for last in () if route.is_notice else (day for day in closed if day >= ground.today):
        days = (last + timedelta(days=ahead) for ahead in range(1, MOVE_AHEAD))
        found |= {next((day for day in days if heard(ground, country, route, day) > last), last + timedelta(days=1))}
    return found


def _cheapest_of(ground: Ground, country: Country, route: Route, begin: date, end: date) -> CheapDay | None:
    """The first of the cheapest days between two, where a later day never costs more."""

    def lines(number: int) -> tuple[CostLine, ...]:
        day = begin + timedelta(days=number)
        charge = charge_on(ground, country, route, day, heard(ground, country, route, day))
        return (charge, *country.lines(ground, route, day))

    def apart(number: int) -> tuple[Money | None, Money | None]:
        return owed([line for line in lines(number) if line.reason is not CostReason.DEVICE])

    first, last = 0, (end - begin).days
    least = apart(last)
    while first < last:
        middle = (first + last) // 2
        first, last = (first, middle) if apart(middle) == least else (middle + 1, last)
    found = lines(last)
    low, high = owed(found)
    if low is None or high is None:
        return None
    return CheapDay(begin + timedelta(days=last), low, high, _device_of(found))


def _device_of(lines: Sequence[CostLine]) -> Money | None:
    return next((line.high for line in lines if line.reason is CostReason.DEVICE), None)
