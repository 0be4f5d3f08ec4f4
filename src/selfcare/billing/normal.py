"""Whether a bill is normal for this customer: held against the own past, the season, the contract, and itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from selfcare.domain.bills import Bill, LineKind
from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace

from .beyond import OneOfMany, beyond_the_lines, dear_and_new, room_for_one
from .charges import after_its_end, never_ordered, once_more, other_price, twice, used_long_ago
from .few import far_above
from .flags import Flag, Judgement, Oddity
from .known import Known
from .rises import Later, later_prices
from .totals import as_of, by_contract
from .usual import FEWEST, FLOOR, LEAST_OF_TOTALS, LOOKED_AT, Band, Seen, band, floor_of, typical_of
from .weighing import Group, Names, Record, Weighed, in_one_tax, months_charged, weighed
from .whole import after_the_end, duplicate, taken_back, without_a_bill

_PLAIN = {LineKind.RECURRING, LineKind.CREDIT}
_BLAMED = 0.2
"""A charge is named where it makes at least this part of what is too much."""

_SMALL = 1.0
"""What is less than so much above its usual is never named."""

_WORTH_A_WORD = 1.3
"""The whole is said to be too much from so many usual bills on."""

_CAUGHT_UP = Decimal("0.4")
"""Two months at once cost at least so much more than one."""

_TOTAL_ALONE = 1.6
"""Where there are no lines, only a total of so many usual ones is strange: it may be another plan."""

_NEW_HANDSET = 40
"""Days before a bill in which a handset was bought; its price may stand on it."""

KEPT = 72
"""Six years: so many of the latest bills are held against each other."""


class Judged(Struct, frozen=True):
    """Every bill judged; what the day alone decides is added when it is asked for."""

    judgements: tuple[Judgement, ...]
    written: tuple[tuple[Bill, ...], ...]
    """The bills of each account in the order of their days, also those whose amount nobody understands."""
    known: Known

    def on(self, today: date) -> tuple[Judgement, ...]:
        """The judgements, and one without a bill for the months in which none was written until a day."""
        gaps = [flag for bills in self.written for flag in without_a_bill(bills, self.known, today)]
        return (*self.judgements, Judgement("", tuple(gaps), 0, can_tell=True)) if gaps else self.judgements


def judged(records: Iterable[Record], known: Known) -> Judged:
    """Every bill with a day and a total, oldest first, each judged by those before it alone.

    The bills are those of one customer; each account and currency is a series of its own. Credit notes are not judged.
    """
    series: dict[tuple[str, str], list[Weighed]] = {}
    given_back: list[Bill] = []
    written: dict[str, list[Bill]] = {}
    for record in records:
        if "credit" in record.bill.category.casefold():
            given_back.append(record.bill)
            continue
        if record.bill.day is not None:
            written.setdefault(_payer(record.bill), []).append(record.bill)
        if (one := weighed(record)) is not None:
            series.setdefault((_payer(one.bill), one.unit), []).append(one)
    found: list[Judgement] = []
    for own_bills in series.values():
        bills = sorted(in_one_tax(own_bills), key=lambda b: (b.day, b.bill.id))
        walk = _Walk(known, given_back, frozenset(bills[-1].recurring), later_prices(bills))
        found += [walk.judge(bill) for bill in bills if not bill.bill.is_credit_note]
    for own in written.values():
        own.sort(key=lambda one: (one.day or date.min, one.id))
    return Judged(tuple(found), tuple(tuple(own) for own in written.values()), known)


def _payer(bill: Bill) -> str:
    """Whose bills it is held against: its account's; an own paper on which no operator was found stands alone."""
    return bill.id if bill.is_of_nobody else bill.account_id


class _Walk:
    """One series of bills, walked from the oldest to the newest."""

    def __init__(
        self, known: Known, given_back: Sequence[Bill], still: frozenset[str], later: dict[str, Later]
    ) -> None:
        self._known, self._given_back, self._still, self._later = known, given_back, still, later
        self._names, self._many = Names(), OneOfMany()
        self._all: list[Weighed] = []
        self._past: list[Weighed] = []
        self._moving: list[Seen] = []
        self._totals: list[Seen] = []
        self._flags: list[Flag] = []

    def judge(self, bill: Weighed) -> Judgement:
        """What is strange about the next bill."""
        bill = self._names.known_again(bill)
        self._forget(taken_back(bill, self._past, self._given_back))
        past = self._past[-KEPT:]
        flags = duplicate(bill, past, self._all[-KEPT:])
        is_repeat = bool(flags)
        if not is_repeat or _is_dearer(flags[0]):
            flags += self._of_charges(bill, past)
            flags += self._of_amounts(bill, past, flags)
        judgement = Judgement(bill.bill.id, tuple(flags), len(past), can_tell=len(past) >= FEWEST)
        self._all.append(bill)
        if not is_repeat and not bill.bill.is_final:
            self._remember(bill, past, flags)
        return judgement

    def _remember(self, bill: Weighed, past: Sequence[Weighed], flags: Sequence[Flag]) -> None:
        is_odd = any(f.kind in {Oddity.TOTAL, Oddity.FAR, Oddity.LINE, Oddity.CATCH_UP} for f in flags)
        moved = {f.key for f in flags if f.kind is Oddity.LINE and f.key not in bill.recurring}
        has_moved = bool(moved) or any(f.kind is Oddity.CATCH_UP for f in flags)
        self._past.append(bill)
        self._moving.append(Seen(bill.day, self._rest(bill), has_moved))
        self._totals.append(self._seen(bill, past, is_odd=is_odd))
        self._flags += flags
        self._names.learn(bill)
        self._many.learn(bill, moved)

    def _forget(self, other: Weighed | None) -> None:
        """What was taken back never was."""
        if other is not None:
            place = self._past.index(other)
            for kept in (self._past, self._moving, self._totals):
                del kept[place]
            self._all.remove(other)
            self._flags = [flag for flag in self._flags if flag.bill_id != other.bill.id]

    def _of_charges(self, bill: Weighed, past: Sequence[Weighed]) -> list[Flag]:
        known = self._known
        late = after_the_end(bill, known)
        found = late + twice(bill, past) + ([] if late else after_its_end(bill, known))
        found += never_ordered(bill, past, known, self._flags, self._still)
        later = self._later[bill.bill.id]
        found += other_price(bill, past, known, {(f.bill_id, f.key) for f in self._flags}, later)
        said = {flag.key for flag in found if flag.kind is not Oddity.RATE}
        again = [flag for flag in once_more(bill, past, self._flags, known, later) if flag.key not in said]
        repeated = {flag.key for flag in again}
        ends = [f for f in self._flags if f.kind is Oddity.ENDED]
        found = [f for f in found if f.kind is not Oddity.RATE or f.key not in repeated | said]
        return [_counted(f, ends) for f in found] + again

    def _of_amounts(self, bill: Weighed, past: Sequence[Weighed], others: Sequence[Flag]) -> list[Flag]:
        """What the sums say: by lines what moves, what is new and what they leave over, or the whole total where there
        are none."""
        typical = typical_of([b.total for b in past])
        before = past[-1] if past else None
        months = months_charged(bill, before)
        if months > 1 and len(past) >= FEWEST and months_charged(past[-1], past[-2]) == 1:
            usual = Money(min(Decimal(str(typical)), past[-1].total), bill.unit).rounded()
            more = Money(bill.total, bill.unit) - usual
            if more.value > usual.value * _CAUGHT_UP:
                return [Flag(Oddity.CATCH_UP, bill.bill.id, more, usual, count=months)]
        late = used_long_ago(bill, typical) if past else []
        if late:
            return late
        if len(past) < FEWEST:
            return self._of_few(bill, others)
        if not bill.groups:
            return self._of_total(bill, typical)
        flags, is_much = self._of_lines(bill, past, typical, others)
        if is_much and (float(bill.total) > _WORTH_A_WORD * typical or not flags):
            usual = Money(Decimal(str(typical)), bill.unit).rounded()
            flags.append(Flag(Oddity.TOTAL, bill.bill.id, Money(bill.total, bill.unit) - usual, usual))
        return flags

    def _of_few(self, bill: Weighed, others: Sequence[Flag]) -> list[Flag]:
        """What is far beyond the few bills before and the contract."""
        plain = [one for one, seen in zip(self._past, self._totals, strict=True) if not seen.was_odd]
        is_new = self._bought_lately(bill.day)
        if is_new and not bill.groups:
            return []
        own = [g for g in bill.groups.values() if self._is_bought(g, bill) or (is_new and g.kind is LineKind.ONE_TIME)]
        bought = sum((group.amount for group in own), Decimal(0))
        found = far_above(bill, plain, by_contract(bill, self._known), bought)
        if found is None:
            return []
        expected, charges = found
        said = {flag.key for flag in others} | {group.key for group in own}
        flags = [_line(bill, group, 0.0) for group in charges if group.key not in said]
        more = Money(bill.total - expected, bill.unit)
        return [*flags, Flag(Oddity.FAR, bill.bill.id, more, Money(expected, bill.unit).rounded())]

    def _of_lines(
        self, bill: Weighed, past: Sequence[Weighed], typical: float, others: Sequence[Flag]
    ) -> tuple[list[Flag], bool]:
        """The charges that are too much, and whether the whole is."""
        moving, said = self._rest(bill), {flag.key for flag in others}
        found = band(self._moving, bill.day, typical_of([b.total + b.given_back for b in past]))
        if found is not None:
            found = replace(found, high=found.high + room_for_one(bill, typical))
        is_much = found is not None and moving > found.high
        flags = self._blame(bill, found, moving, typical, others) if found is not None and is_much else []
        named = said | {flag.key for flag in flags}
        strange = self._many.strange(bill, typical) if past else []
        flags += [_line(bill, group, usual) for group, usual in strange if group.key not in named]
        plain = [one for one, seen in zip(self._past, self._totals, strict=True) if not seen.was_odd]
        more, new = dear_and_new(bill, past, typical, by_contract(bill, self._known))
        flags += [_line(bill, g, 0.0) for g in new if g.amount >= more * Decimal(str(_BLAMED)) and g.key not in said]
        return flags, is_much or more > 0 or beyond_the_lines(bill, plain, typical) > 0

    def _blame(self, bill: Weighed, usual: Band, moving: float, typical: float, others: Sequence[Flag]) -> list[Flag]:
        """The charges of a bill that is too much: each that is out of line itself, and the largest others until what is
        left is usual."""
        said = {flag.key for flag in others}
        found: list[tuple[float, float, Group]] = []
        for group in bill.groups.values():
            if not self._moves(group, bill) or group.key in said:
                continue
            values = sorted(float(b.groups[group.key, group.kind].amount) for b in self._past[-LOOKED_AT:]
                            if (group.key, group.kind) in b.groups)  # fmt: skip
            middle = values[len(values) // 2] if values else 0.0
            found.append((float(group.amount) - middle, middle, group))
        found.sort(key=lambda one: one[0], reverse=True)
        least = min(_BLAMED * (moving - usual.middle), floor_of(typical))
        flags: list[Flag] = []
        for more, middle, group in found:
            if more < least and (moving <= usual.high or more < _SMALL):
                break
            flags.append(_line(bill, group, middle))
            moving -= more
        return flags

    def _of_total(self, bill: Weighed, typical: float) -> list[Flag]:
        past = as_of(bill, zip(self._past, self._totals, strict=True), self._known)
        expected = typical_of([Decimal(str(one.value)) for one in past])
        found = band(past, bill.day, expected, LEAST_OF_TOTALS, expected, by_contract(bill, self._known))
        if (
            found is None
            or float(bill.total) <= max(found.high, _TOTAL_ALONE * expected)
            or self._bought_lately(bill.day)
        ):
            return []
        usual = Money(Decimal(str(typical)), bill.unit).rounded()
        return [Flag(Oddity.TOTAL, bill.bill.id, Money(bill.total, bill.unit) - usual, usual)]

    def _rest(self, bill: Weighed) -> float:
        """What moves from bill to bill: use, and single charges that nothing explains and that are no small change."""
        return float(sum((g.amount for g in bill.groups.values() if self._moves(g, bill)), Decimal(0)))

    def _moves(self, group: Group, bill: Weighed) -> bool:
        if group.kind in _PLAIN:
            return False
        if group.kind is not LineKind.ONE_TIME:
            return True
        return float(group.amount) > FLOOR and not self._is_bought(group, bill)

    def _is_bought(self, group: Group, bill: Weighed) -> bool:
        """A single charge for something that was sold about then."""
        sold = next((one for one in self._known.sold if group.product_id and one.id == group.product_id), None)
        if sold is None:
            return False
        return sold.since is None or abs((bill.day - sold.since).days) <= 2 * _NEW_HANDSET

    def _seen(self, bill: Weighed, past: Sequence[Weighed], *, is_odd: bool) -> Seen:
        """A total to remember. A handset that may be in it was excused once; it makes no later bill look usual, and
        nobody knows what else was on that bill."""
        total, typical = float(bill.total), typical_of([one.total for one in past])
        is_excused = not bill.groups and len(past) >= FEWEST and self._bought_lately(bill.day)
        is_hidden = is_excused and total > _TOTAL_ALONE * typical
        steady = typical if past else total
        return Seen(bill.day, min(total, typical) if is_hidden else total, is_odd, steady, is_hidden)

    def _bought_lately(self, day: date) -> bool:
        return any(0 <= (day - bought).days <= _NEW_HANDSET for bought in self._known.bought)


def _line(bill: Weighed, group: Group, usual: float) -> Flag:
    """One charge that is too much; `usual` is 0 where nothing like it was paid."""
    return Flag(
        Oddity.LINE, bill.bill.id, Money(group.amount, bill.unit).rounded(),
        Money(Decimal(str(usual)), bill.unit).rounded() if usual else None,
        group.name, tuple(x.id for x in group.lines), key=group.key,
    )  # fmt: skip


def _is_dearer(repeat: Flag) -> bool:
    """There is more on it than on the bill that it repeats: that is judged as well."""
    if repeat.amount is None or repeat.usual is None:
        return False
    return repeat.amount.value > repeat.usual.value * Decimal(str(_WORTH_A_WORD))


def _counted(flag: Flag, earlier: Sequence[Flag]) -> Flag:
    """The same flag, with how many times it has come by now where it had ended long before."""
    times = sum(1 for one in earlier if one.key == flag.key)
    if flag.kind is not Oddity.ENDED or not times:
        return flag
    return Flag(
        flag.kind, flag.bill_id, flag.amount, flag.usual, flag.name, flag.line_ids, flag.day, count=times + 1,
        key=flag.key,
    )  # fmt: skip
