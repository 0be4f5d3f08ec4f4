"""Single charges that should not be there: twice on a bill, for something ended or never ordered, at another price."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal

from selfcare.domain.bills import BillLine, LineKind
from selfcare.domain.money import Money

from .amounts import amount_of
from .beyond import SIDE_BY_SIDE
from .flags import Flag, Oddity
from .known import Known, NewPrice, Sold
from .rises import Later, is_another_plan, is_history
from .usual import FEWEST, LOOKED_AT
from .weighing import Group, Weighed, print_of

_ONCE = {LineKind.ONE_TIME, LineKind.OTHER, LineKind.PENALTY}
_CENTS = Decimal("0.02")
_ALIKE = Decimal("0.02")
"""Prices that differ by no more than this part of them are the same price."""

_SOLD_EARLY = timedelta(days=40)
_LEAST_RISE, _OF_MONTHS, _OF_A_PART = Decimal("0.03"), Decimal("0.12"), Decimal("0.3")
"""By what part a price must have risen: held against whole months, for a part of one, and against a part alone."""

_PAUSING = {Oddity.RATE, Oddity.AGAIN}
"""What is said again only where it came without a pause: what is bought now and then is no subscription."""

_LOWEST_ODD = Decimal(1)
_SMALL_THING = Decimal(5)
"""A ticket or a message that is bought one by one costs less."""

_NEARLY, _LEAST_OF_NEARLY = Decimal("0.05"), Decimal(2)
"""What comes again is the same but for so many cents, where it is no less than that."""

_A_YEAR = 12
"""Bills in which a charge that was strange is remembered."""

_COMES_LATE = timedelta(days=35)
"""Networks abroad tell of use within a month or so; what is older was forgotten and is charged late."""

_LATE_FLOOR, _LATE_SHARE = 10.0, 0.2
"""Late use is worth a word from so much on, and from such a part of a usual bill."""


def twice(bill: Weighed, past: Sequence[Weighed]) -> list[Flag]:
    """Charges that stand on the bill more often than on the bill before, over the same thing, time and amount."""
    before = past[-1].alike if past else {}
    usual = {tuple(mark[:4]): count for mark, count in before.items()}
    found: list[Flag] = []
    more_often = {
        mark: count for mark, count in bill.alike.items() if count > 1 and count > usual.get(tuple(mark[:4]), 1)
    }
    alike: dict[tuple[object, ...], list[BillLine]] = {mark: [] for mark in more_often}
    for one in bill.lines if more_often else ():
        paid = amount_of(one)
        if paid is not None and (mark := print_of(one, paid)) in alike:
            alike[mark].append(one)
    keys = {one.id: group.key for group in bill.groups.values() for one in group.lines} if more_often else {}
    for mark, count in more_often.items():
        lines, often = alike[mark], usual.get(tuple(mark[:4]), 1)
        line = lines[0]
        if line.kind is LineKind.CREDIT or (not line.product_id and not past):
            continue
        amount = amount_of(line)
        if amount is None or amount.value < _LOWEST_ODD:
            continue
        if _may_be_bought_twice(line, amount.value, mark, past):
            continue
        more = amount * (count - often)
        if not _is_given_back(bill, more.value):
            ids = tuple(x.id for x in lines[often:])
            key = keys.get(line.id, "")
            found.append(Flag(Oddity.TWICE, bill.bill.id, more, amount, line.name, ids, count=count, key=key))
    return found


def _may_be_bought_twice(line: BillLine, amount: Decimal, mark: tuple[object, ...], past: Sequence[Weighed]) -> bool:
    """Nothing says when it was: two of a use, or of something small or bought before, may be two of them."""
    if line.day is not None or line.starts is not None or line.kind is LineKind.RECURRING:
        return False
    if line.kind is LineKind.USAGE or line.product_id:
        return line.kind is LineKind.USAGE
    return amount < _SMALL_THING or any(mark in one.alike for one in past[-LOOKED_AT:-1])


def after_its_end(bill: Weighed, known: Known) -> list[Flag]:
    """Charges for something that had ended before the time they are for."""
    found: list[Flag] = []
    for group in bill.recurring.values():
        sold = _ended(group, known.sold)
        if sold is None or sold.ended is None:
            continue
        lines = [x for x in group.lines if (x.starts or bill.bill.period_start or date.min) > sold.ended]
        amount = sum((paid.value for x in lines if (paid := amount_of(x)) is not None), Decimal(0))
        if amount > 0 and not _is_given_back(bill, amount):
            ids = tuple(x.id for x in lines)
            found.append(
                Flag(Oddity.ENDED, bill.bill.id, Money(amount, bill.unit), None, group.name or sold.name, ids,
                     sold.ended, key=group.key)
            )  # fmt: skip
    return found


def used_long_ago(bill: Weighed, typical: float) -> list[Flag]:
    """Use of which the operator itself says that it was more than a month before the bill's time, all of it in one."""
    starts = bill.bill.period_start
    if starts is None:
        return []
    days = [(x, x.ends or x.day) for g in bill.groups.values() if g.kind is LineKind.USAGE for x in g.lines]
    late = [(x, day) for x, day in days if day is not None and day < starts - _COMES_LATE]
    amount = sum((paid.value for x, _day in late if (paid := amount_of(x)) is not None), Decimal(0))
    if float(amount) < max(_LATE_FLOOR, _LATE_SHARE * typical):
        return []
    oldest = min(day for _x, day in late)
    ids, names = tuple(x.id for x, _day in late), {x.name for x, _day in late}
    name = names.pop() if len(names) == 1 else ""
    return [Flag(Oddity.CATCH_UP, bill.bill.id, Money(amount, bill.unit), None, name, ids, oldest)]


def never_ordered(
    bill: Weighed, past: Sequence[Weighed], known: Known, odd: Sequence[Flag], still: Collection[str] = ()
) -> list[Flag]:
    """Monthly charges that are not among what was ordered; not said where nothing is known of orders.

    What is new is said at once. What was there from the first bill on is said where another charge of the bill is among
    the orders, and `still` names it (the keys of the newest bill): what ended long ago an operator may list no more.
    Each is said once in twelve bills; see once_more for those between.
    """
    if not known.sold:
        return []
    new = {group.key for group in _new_groups(bill, past)} if len(past) >= FEWEST else set()
    gone = [g for key, g in past[-1].recurring.items() if key not in bill.recurring] if past else []
    recent = {b.bill.id for b in past[-_A_YEAR:]}
    said = {f.key for f in odd if f.kind is Oddity.NEVER_ORDERED and f.bill_id in recent}
    unknown = [g for g in bill.recurring.values() if not _was_ordered(g, bill, known.sold)]
    is_listed = len(unknown) < len(bill.recurring)
    found: list[Flag] = []
    for group in unknown:
        is_new = group.key in new
        if group.key in said or not (is_new or (is_listed and group.key in still)):
            continue
        if not is_new and _listed(group, known.sold) is not None:  # renewed since, as it seems
            continue
        if not group.product_id and any(g.amount >= group.amount * Decimal("0.6") for g in gone):
            continue
        if group.amount < _LOWEST_ODD / 2 or _is_given_back(bill, group.amount):
            continue
        flag = _flag(Oddity.NEVER_ORDERED, bill, group, group.amount, None)
        found.append(flag if is_new else _with(flag, None, 1))
    return found


def other_price(
    bill: Weighed, past: Sequence[Weighed], known: Known, odd: set[tuple[str, str]], later: Later
) -> list[Flag]:
    """Monthly prices that rose without an announced change. `odd` are (bill id, key) that were strange themselves,
    `later` is what the bills after this one charge."""
    found: list[Flag] = []
    for key, group in bill.recurring.items():
        earlier = [b.recurring[key] for b in past[-6:] if key in b.recurring and (b.bill.id, key) not in odd]
        if not earlier:
            continue
        whole = [g for g in earlier if not g.is_part]
        now, before = _prices(group, (whole or earlier)[-2:])
        rise = now - before
        part = _OF_A_PART if not whole else _OF_MONTHS if group.is_part else _LEAST_RISE
        tolerance = before * part + _CENTS
        if rise <= tolerance or _is_explained(group, before, bill, known) or _is_given_back(bill, rise):
            continue
        if not known.sold and not known.prices and rise <= before / 10:
            continue
        if is_history(group, later, known, bill.unit) or is_another_plan(group, earlier, known):
            continue
        found.append(_flag(Oddity.RATE, bill, group, rise, before))
    return found


def _prices(group: Group, earlier: Sequence[Group]) -> tuple[Decimal, Decimal]:
    """The monthly price now and before; of one of them where more or fewer stand side by side for the same time."""
    counts = {len(one.lines) for one in earlier}
    is_side_by_side = all(len({(x.starts, x.ends) for x in one.lines}) == 1 for one in (group, *earlier))
    if counts == {len(group.lines)} or not is_side_by_side:
        return group.monthly, max(one.monthly for one in earlier)
    return group.monthly / len(group.lines), max(one.monthly / len(one.lines) for one in earlier)


def once_more(bill: Weighed, past: Sequence[Weighed], odd: Sequence[Flag], known: Known, later: Later) -> list[Flag]:
    """Charges that were strange on a bill of the last twelve, and one-off charges that come a second time."""
    recent = {b.bill.id for b in past[-_A_YEAR:]}
    last = {f.key for f in odd if past and f.bill_id == past[-1].bill.id}
    found: list[Flag] = []
    for group in bill.groups.values():
        before = [f for f in odd if f.bill_id in recent and f.key == group.key and f.first is None]
        if group.key not in last:  # what was no longer strange is not strange again
            before = [f for f in before if f.kind not in _PAUSING or _is_credited(past[-1], f)]
        firsts = [f for f in before if _comes_again(group, f, past, bill, known, later)]
        if firsts:
            first = firsts[0]
            in_question = first.amount.value if first.amount is not None and first.kind is Oddity.RATE else group.amount
            if not _is_given_back(bill, in_question):
                flag = _flag(Oddity.AGAIN, bill, group, in_question, None)
                times = {f.bill_id for f in odd if f.key == group.key and f.bill_id in recent}
                found.append(_with(flag, first.kind, len(times) + 1))
        elif _is_a_hidden_subscription(group, bill, past, known):
            found.append(_with(_flag(Oddity.AGAIN, bill, group, group.amount, None), None, 2))
    return found


def _is_credited(bill: Weighed, flag: Flag) -> bool:
    return flag.amount is not None and _is_given_back(bill, flag.amount.value)


def _comes_again(group: Group, first: Flag, past: Sequence[Weighed], bill: Weighed, known: Known, later: Later) -> bool:
    kind = first.first or first.kind
    if kind is Oddity.NEVER_ORDERED:  # it may have been ordered since
        return group.kind is LineKind.RECURRING and not _was_ordered(group, bill, known.sold)
    if kind is Oddity.RATE:
        origin = next((b for b in past if b.bill.id == first.bill_id), None)
        then = origin.recurring.get(group.key) if origin is not None else None
        last = past[-1].recurring.get(group.key)
        if then is None or last is None or is_history(group, later, known, bill.unit):
            return False
        if first.usual is not None and _is_explained(group, first.usual.value, bill, known):
            return False  # it was announced or agreed since
        return min(group.monthly, last.monthly) >= then.monthly * (1 - _ALIKE)
    if kind is Oddity.AGAIN:
        return first.amount is not None and _is_nearly(group.amount, first.amount.value)
    if kind is Oddity.LINE and group.kind in _ONCE:
        return first.amount is not None and abs(group.amount - first.amount.value) <= group.amount * _ALIKE
    return False


def _is_a_hidden_subscription(group: Group, bill: Weighed, past: Sequence[Weighed], known: Known) -> bool:
    """A charge that is no monthly price, to the cent what it was on the bill before, and on none of those before.

    A single charge may honestly come twice, two parcels say: that takes a third time, and so does one that is a cent
    or two off. What came before now and then is bought; what was ordered is no surprise, whatever the operator calls
    it; and where no line of the bill is called monthly, as in an e-invoice, OTHER says nothing of what it is.
    """
    if len(past) < FEWEST or group.kind not in _ONCE | {LineKind.USAGE} or group.amount < _LOWEST_ODD:
        return False
    if (group.kind is LineKind.OTHER and not bill.recurring) or _was_ordered(group, bill, known.sold):
        return False
    mine = (group.key, group.kind)
    then = past[-1].groups.get(mine)
    if then is None or not _is_nearly(group.amount, then.amount):
        return False
    like = sum(1 for one in bill.groups.values() if (one.word, one.kind) == (group.word, group.kind))
    is_once = group.kind is LineKind.ONE_TIME or like >= SIDE_BY_SIDE  # among many, two are alike by chance
    if like >= SIDE_BY_SIDE and group.kind is LineKind.USAGE and then.amount != group.amount:
        return False  # three within some cents as well
    times = 2 if is_once or then.amount != group.amount else 1
    if times == 1 and len(past) > 1 and mine in past[-2].groups:
        times = 2  # the last two were a cent apart
    latest = [b.groups.get(mine) for b in past[-times:]]
    if any(one is None or one.name != group.name or not _is_nearly(one.amount, group.amount) for one in latest):
        return False
    before = past[:-times][-LOOKED_AT:]
    places = [place for place, one in enumerate(before) if mine in one.groups]
    paid = [before[place].groups[mine].amount for place in places]
    is_run = len(places) > times and places[-1] - places[0] < len(places)  # a subscription that had ended
    is_run = is_run and all(_is_nearly(one, paid[0]) for one in paid)
    if places and (places[-1] >= len(before) - 2 or not is_run):
        return False
    return not _is_given_back(bill, group.amount)


def _is_nearly(one: Decimal, other: Decimal) -> bool:
    """The same to the cent, or but for some cents where it is no small change."""
    return one == other or (abs(one - other) <= _NEARLY and min(one, other) >= _LEAST_OF_NEARLY)


def _new_groups(bill: Weighed, past: Sequence[Weighed]) -> list[Group]:
    earlier = {key for b in past for key in b.recurring}
    return [group for key, group in bill.recurring.items() if key not in earlier]


def _ended(group: Group, sold: Sequence[Sold]) -> Sold | None:
    """What a monthly charge is for, if that has ended: by its product, else by its very name. The last of several."""
    name = group.name.casefold().strip()
    own = [x for x in sold if (x.id == group.product_id if group.product_id else x.name.casefold().strip() == name)]
    over = [x for x in own if x.ended is not None]
    if not over or len(over) < len(own):
        return None
    return max(over, key=lambda x: x.ended or date.min)


def _was_ordered(group: Group, bill: Weighed, sold: Sequence[Sold]) -> bool:
    until = (bill.bill.period_end or bill.day) + _SOLD_EARLY
    one = _listed(group, sold)
    return one is not None and (one.since is None or one.since <= until)


def _listed(group: Group, sold: Sequence[Sold]) -> Sold | None:
    """What a charge is for among all that was sold, whenever: by its product, else by its name."""
    named = group.name.casefold().strip()
    for one in sold:
        if one.id == group.product_id if group.product_id else bool(one.name) and one.name.casefold() in named:
            return one
    return None


def _is_explained(group: Group, before: Decimal, bill: Weighed, known: Known) -> bool:
    """The price is the one that was announced, or the one that the contract states."""
    for change in known.prices:
        is_in_time = change.starts is None or change.starts <= (bill.bill.period_end or bill.day) + timedelta(days=31)
        if is_in_time and _is_about(change, group) and _fits(change, before, group.monthly):
            return True
    prices = [one.price.value for one in known.sold if one.id == group.product_id and one.price is not None]
    return any(abs(price - group.monthly) <= price * _ALIKE for price in prices if price > before)


def _is_about(change: NewPrice, group: Group) -> bool:
    return not change.product_ids or not group.product_id or group.product_id in change.product_ids


def _fits(change: NewPrice, before: Decimal, now: Decimal) -> bool:
    """From the one price to the other; prices may be stated without tax, then they rise by the same part."""
    if change.after is None:
        return False
    if abs(change.after.value - now) <= now * _ALIKE / 2:
        return True
    if change.before is None or change.before.value <= 0 or before <= 0:
        return False
    part = change.after.value / change.before.value - now / before
    return abs(part) <= _ALIKE / 2 and abs(change.before.value - before) <= before / 4


def _is_given_back(bill: Weighed, amount: Decimal) -> bool:
    """A credit on the same bill takes the amount back."""
    given_back = [-g.amount for (_key, kind), g in bill.groups.items() if kind is LineKind.CREDIT]
    return any(abs(credit - amount) <= _CENTS for credit in given_back)


def _flag(kind: Oddity, bill: Weighed, group: Group, amount: Decimal, usual: Decimal | None) -> Flag:
    return Flag(
        kind,
        bill.bill.id,
        Money(amount, bill.unit).rounded(),
        Money(usual, bill.unit).rounded() if usual is not None else None,
        group.name,
        tuple(x.id for x in group.lines),
        key=group.key,
    )


def _with(flag: Flag, first: Oddity | None, count: int) -> Flag:
    return Flag(
        flag.kind, flag.bill_id, flag.amount, flag.usual, flag.name, flag.line_ids, count=count, first=first,
        key=flag.key,
    )  # fmt: skip
