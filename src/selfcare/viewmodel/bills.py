"""The list of bills: one row each, what changed against the last, its state in words, and the months without a bill."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import TYPE_CHECKING

from selfcare.domain.bill_gaps import all_gaps
from selfcare.domain.bills import (
    NOT_UNDERSTOOD,
    OWN_STATES,
    TO_FILE,
    Bill,
    BillState,
    is_abnormal,
    is_comparable,
    is_overdue,
    taken_for,
)
from selfcare.domain.lines import Line
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words

from .ages import Absence
from .bars import BarsView
from .facts import amount_text, own_word

if TYPE_CHECKING:
    from selfcare.store.search import BillRow


_STATES = {state.value: state for state in BillState}


UNUSUAL = "unusual"
"""The choice of a state that is no state of the operator's: bills in which something is strange."""


class ListedBill(Struct, frozen=True):
    """One row. An empty `id` is a month without a bill. `kind` tints the state's tag."""

    id: str
    day: str
    number: str
    total: str
    against: str
    state: str
    kind: str


class Choice(Struct, frozen=True):
    """One choice of a filter: what it says and what it means."""

    label: str
    value: str


class BillsView(Struct, frozen=True):
    """The page of bills. `rows` are the first; `total` counts all rows, gaps included; `after` is the offset of the
    next bill in the store. `newest` is the bill that is opened first."""

    below: str
    rows: tuple[ListedBill, ...]
    total: int
    after: int
    bars: BarsView | None
    years: tuple[Choice, ...]
    lines: tuple[Choice, ...]
    states: tuple[Choice, ...]
    newest: str
    absence: Absence | None
    count: int = 0
    """How many bills there are, whatever is looked for."""


def as_bill(row: BillRow) -> Bill:
    """A light row of the store as a bill, with what the row knows."""
    try:
        total = Money(Decimal(row.amount), row.unit) if row.amount else None
    except InvalidOperation:
        total = None
    state = _STATES.get(row.state, BillState.UNKNOWN)
    return Bill(
        id=row.id,
        number=row.number,
        day=_day(row.day),
        due=_day(row.due),
        total=total,
        remaining=None,
        state=state,
        state_word=row.state if state is not BillState.UNKNOWN or row.state != state else "",
        account_id=row.account,
        category=row.category,
        no_longer_listed=row.gone,
        unread=("total",) if row.amount == NOT_UNDERSTOOD else (),
    )


def listed(
    bills: Sequence[Bill],
    following: Sequence[Bill],
    paid: Mapping[str, date],
    words: Words,
    today: date,
    *,
    taken: Sequence[Payment] = (),
    earlier: Mapping[str, Sequence[Bill]] | None = None,
    judged: Mapping[str, bool] | None = None,
    told: Collection[str] = (),
    gaps: bool = True,
) -> tuple[ListedBill, ...]:
    """Rows for bills given newest first; `following` are the next older ones. `paid` says when a bill was paid,
    `taken` are payments that were taken and not credited.

    Each is judged by the bills before it: those that follow in a whole list in the order of time, else those that
    `earlier` names by its id; `judged` says of the newest whether they are strange, by all that is known, and
    `told` names those before which a bill is missing. `gaps` adds the months without a bill.
    """
    every = [*bills, *following]
    rows: list[tuple[date | None, ListedBill]] = []
    for place, bill in enumerate(bills):
        before = every[place + 1 : place + 25] if earlier is None else earlier.get(bill.id, ())
        odd = judged[bill.id] if judged and bill.id in judged else is_abnormal(bill, before)
        is_taken = taken_for(bill, taken) is not None
        text, kind = state_of(bill, paid.get(bill.id), words, today, is_odd=odd, is_taken=is_taken)
        rows.append(
            (
                bill.day,
                ListedBill(
                    bill.id,
                    words.short_day(bill.day) if bill.day is not None else words.tr("no date"),
                    bill.number,
                    amount_text(bill, "total", words),
                    _against(bill, before, words),
                    text,
                    kind,
                ),
            )
        )
    if gaps and bills:
        for month in dict.fromkeys(month for month, later in all_gaps(every) if _is_told(later, judged, told)):
            if bills[-1].day is not None and month >= bills[-1].day.replace(day=1):
                place = next((n for n, (day, _r) in enumerate(rows) if day is not None and day < month), len(rows))
                rows.insert(place, (month, _gap(month, words)))
    return tuple(row for _day, row in rows)


def _is_told(later: Bill, judged: Mapping[str, bool] | None, told: Collection[str]) -> bool:
    """What is known of the periods overrules the days alone, which are all that a light row has."""
    return not judged or later.id not in judged or later.id in told


def state_of(
    bill: Bill, paid: date | None, words: Words, today: date, *, is_odd: bool = False, is_taken: bool = False
) -> tuple[str, str]:
    """Where a bill stands, in two or three words, and the kind of its tag."""
    if bill.no_longer_listed:
        return words.tr("no longer listed"), "warn"
    if bill.is_paid and not bill.is_credit_note:
        if paid is not None:
            day = words.day(paid, today) if paid.year == today.year else words.short_day(paid)
            return words.tr("paid {day}", day=day), "good"
        return words.tr("paid"), "good"
    if bill.is_credit_note:
        return words.tr("credited"), "neutral"
    if is_taken:
        return words.tr("taken, not credited"), "warn"
    if is_odd:
        return words.tr("not like the others"), "bad"
    if bill.state_word in OWN_STATES:
        return (words.tr("to be filed"), "warn") if bill.state_word == TO_FILE else (words.tr("filed"), "neutral")
    if is_overdue(bill, today):
        return words.tr("overdue"), "bad"
    match bill.state:
        case BillState.ON_HOLD:
            return words.tr("on hold"), "warn"
        case BillState.PARTIALLY_PAID:
            return words.tr("partly paid"), "warn"
        case BillState.UNKNOWN:
            return own_word(bill.state_word, words), "neutral"
    if bill.due is not None:
        return words.tr("due {day}", day=words.day(bill.due, today)), "accent"
    return words.tr("to pay"), "accent"


def no_own_bills(words: Words) -> Absence:
    """An archive in which there is nothing yet."""
    return Absence(
        "nothing",
        words.tr("No bill yet"),
        words.tr("Drop PDF files or a folder on this page, or press “Add bills…”."),
    )


def below_title(total: int, years: Sequence[int], words: Words, unsearched: int = 0) -> str:
    """The quiet sentence below the title: how many bills, since when, and how many the search does not find yet."""
    if not total:
        return ""
    said = words.trn("{count} bill", "{count} bills", total)
    if years:
        said = words.trn("{count} bill since {year}", "{count} bills since {year}", total, year=min(years))
    if unsearched:
        late = words.trn("the search does not know {count} yet", "the search does not know {count} yet", unsearched)
        said = words.tr("{bills}; {late}", bills=said, late=late)
    return said


def found_of(found: int, count: int, words: Words) -> str:
    """How many of all bills a search or a filter has left."""
    every = words.trn("{count} bill", "{count} bills", count)
    return words.tr("{found} of {bills}", found=words.number(found), bills=every)


def found_line(total: int, words: Words) -> str:
    """How many bills a search or a filter has left, for who hears the page."""
    return words.trn("{count} bill", "{count} bills", total) if total else words.tr("No bill matches")


def year_choices(years: Sequence[int], words: Words) -> tuple[Choice, ...]:
    """All years, then each, the newest first."""
    return (Choice(words.tr("All years"), ""), *(Choice(str(y), str(y)) for y in sorted(set(years), reverse=True)))


def line_choices(lines: Sequence[Line], words: Words) -> tuple[Choice, ...]:
    """All lines, then each by its number."""
    return (Choice(words.tr("All lines"), ""), *(Choice(x.number or x.name, x.id) for x in lines))


def state_choices(words: Words) -> tuple[Choice, ...]:
    """Any state, then those that people ask for; the values are TMF678's words, parted by spaces."""
    return (
        Choice(words.tr("Any state"), ""),
        Choice(words.tr("To pay"), "new validated sent partiallyPaid"),
        Choice(words.tr("Paid"), "settled"),
        Choice(words.tr("On hold"), "onHold"),
        Choice(words.tr("Not like the others"), UNUSUAL),
    )


def amount_choices(words: Words) -> tuple[Choice, ...]:
    """Any amount, then from to: the values are whole units, the second one not included; "" is no bound."""
    steps = (20, 50, 100, 500)
    between = [
        Choice(words.tr("{low} to {high}", low=str(low), high=str(high)), f"{low} {high}")
        for low, high in pairwise(steps)
    ]
    return (
        Choice(words.tr("Any amount"), ""),
        Choice(words.tr("Credits"), "- 0"),
        Choice(words.tr("Under {amount}", amount=str(steps[0])), f"0 {steps[0]}"),
        *between,
        Choice(words.tr("{amount} and more", amount=str(steps[-1])), f"{steps[-1]} -"),
    )


def sort_choices(words: Words) -> tuple[Choice, ...]:
    """In which order the bills stand: a column of the store, and whether the largest comes first."""
    return (
        Choice(words.tr("Newest first"), "day desc"),
        Choice(words.tr("Oldest first"), "day asc"),
        Choice(words.tr("Largest first"), "amount desc"),
        Choice(words.tr("Smallest first"), "amount asc"),
        Choice(words.tr("By number"), "number asc"),
        Choice(words.tr("By state"), "state desc"),
    )


def _against(bill: Bill, earlier: Sequence[Bill], words: Words) -> str:
    """How much more than the bill before; nothing where a day is not known, for then nothing is before or after it."""
    if bill.total is None:
        return ""
    if bill.is_credit_note:
        return words.tr("credit")
    other = next((one for one in earlier if is_comparable(bill, one)), None)
    return words.signed(bill.total - other.total) if other is not None and other.total is not None else ""


def _gap(month: date, words: Words) -> ListedBill:
    name = words.tr("— {month}", month=words.month(month))
    return ListedBill("", name, "", words.tr("no bill"), "", words.tr("missing month"), "warn")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
