"""A total beyond its lines, dear new charges, one line of many, two SIMs of one plan, and what was ordered since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bills_of import flags_of, gbp, line, month, plain
from msgspec.structs import replace

from selfcare.billing.disputed import disputed
from selfcare.billing.flags import Flag, Oddity
from selfcare.billing.known import Known, NewPrice, Sold
from selfcare.billing.weighing import Record, key_of, keys_of
from selfcare.domain.bills import LineKind

SOLD = (Sold("P1", "Plan", gbp("30.00")), Sold("O1", "Voicemail", gbp("2.00")))


def year(count: int = 18) -> list[Record]:
    return [plain(place) for place in range(count)]


def with_total(record: Record, total: str) -> Record:
    return Record(replace(record.bill, total=gbp(total)), record.lines)


@pytest.mark.parametrize(("total", "said"), [("45923.00", ["total"]), ("60.00", ["total"]), ("32.40", [])])
def test_a_total_that_no_line_explains_is_held_against_the_past(total: str, said: list[str]) -> None:
    found = flags_of([*year(), with_total(plain(18), total)])
    assert [flag.kind.value for flag in found] == said
    assert all(flag.usual == gbp("32.00") for flag in found)


def test_what_is_above_the_lines_on_every_bill_is_their_tax() -> None:
    def taxed(place: int, *more: str) -> Record:
        record = plain(place, *(line(place, "Calls", one, LineKind.USAGE) for one in more))
        assert record.bill.total is not None
        return Record(replace(record.bill, total=(record.bill.total * 6).rounded()), record.lines)

    assert flags_of([*(taxed(n) for n in range(18)), taxed(18, "9.00")]) == []


@pytest.mark.parametrize("known", [Known(), Known((*SOLD, Sold("X1", "Business cloud")))])
def test_a_dear_new_monthly_line_is_named(known: Known) -> None:
    dear = plain(18, line(18, "Business cloud", "2000.00", product="X1"))
    after = plain(19, line(19, "Business cloud", "2000.00", product="X1"))
    found = flags_of([*year(), dear, after], known)
    assert [(flag.kind, flag.bill_id, flag.name) for flag in found] == [
        (Oddity.LINE, "B18", "Business cloud"),
        (Oddity.TOTAL, "B18", ""),
    ]
    agreed = Known((*SOLD, Sold("X1", "Business cloud", gbp("2000.00"), month(18))))
    assert flags_of([*year(), dear, after], agreed) == []


def firm(place: int, count: int = 40, *, alike: bool = False, ids: bool = True, struck: str = "") -> Record:
    lines = []
    for sim in range(count):
        product = f"S{sim}" if ids else ""
        lines.append(line(place, f"SIM 07700 900{sim:03}", "20.00", product=product))
        amount = struck if struck and sim == 5 else f"{2 + (sim + place) % 4}.00"
        name = "Calls" if alike else f"Calls line {sim}"
        lines.append(line(place, name, amount, LineKind.USAGE, product=product, key=str(sim)))
    total = sum((one.gross.value for one in lines if one.gross is not None), start=gbp("0").value)
    return Record(replace(plain(place).bill, total=replace(gbp("0"), value=total)), tuple(lines))


@pytest.mark.parametrize("struck", ["300.00", "600.00"])
@pytest.mark.parametrize(("alike", "ids"), [(False, True), (False, False), (True, True)])
def test_one_line_of_a_firm_is_told_from_the_others(struck: str, alike: bool, ids: bool) -> None:
    bills = [firm(n, alike=alike, ids=ids) for n in range(14)]
    found = flags_of([*bills, firm(14, alike=alike, ids=ids, struck=struck)])
    lines = [flag for flag in found if flag.kind is Oddity.LINE]
    assert [(flag.amount, flag.usual is not None and flag.usual <= gbp("5.00")) for flag in lines] == [
        (gbp(struck), True)
    ]
    assert len(lines[0].line_ids) == 1, "the dispute is about one line, not about forty"


def test_another_sim_of_a_firm_is_no_price_rise() -> None:
    def plans(place: int) -> Record:
        lines = [line(place, f"SIM 07700 90000{n}", "20.00") for n in range(5 if place < 12 else 6)]
        return Record(replace(plain(place).bill, total=gbp(str(20 * len(lines)))), tuple(lines))

    assert flags_of([plans(n) for n in range(20)]) == []


def test_a_name_whose_figures_change_keeps_its_past() -> None:
    def roaming(place: int) -> Record:
        name = f"Roaming, {50 + 13 * place} MB"
        return plain(place, line(place, name, "6.00" if place < 17 else "300.00", LineKind.USAGE))

    (flag,) = [flag for flag in flags_of([roaming(n) for n in range(18)]) if flag.kind is Oddity.LINE]
    assert flag.usual == gbp("6.00")


def test_what_is_too_much_of_a_price_is_told_by_the_line_and_not_by_its_name() -> None:
    lines = [line(0, "Plan", "39.00", product="P1", key="a"), line(0, "Plan", "30.00", product="P1", key="b")]
    flag = Flag(Oddity.RATE, "B0", gbp("9.00"), gbp("30.00"), "Plan", (lines[0].id,), key=key_of(lines[0]))
    found = disputed(plain(0).bill, lines, {one.id for one in lines}, [flag])
    assert found is not None
    assert found.amount == gbp("39.00")


def of_an_e_invoice(place: int, *more: str) -> Record:
    lines = [replace(line(place, name, "10.00", LineKind.OTHER), product_id="") for name in ("Plan", *more)]
    bill = replace(plain(place).bill, total=gbp(str(10 * len(lines))), period_start=None, period_end=None)
    return Record(bill, tuple(lines))


def test_an_option_in_an_archive_of_e_invoices_is_no_hidden_subscription() -> None:
    assert flags_of([of_an_e_invoice(n, *(["Option Sport"] if n > 6 else [])) for n in range(20)]) == []


@pytest.mark.parametrize("kind", [LineKind.OTHER, LineKind.ONE_TIME])
def test_what_was_ordered_may_be_called_anything(kind: LineKind) -> None:
    bills = [plain(n, *([line(n, "Parking", "5.00", kind, product="X1")] if n > 8 else [])) for n in range(20)]
    assert flags_of(bills, Known((*SOLD, Sold("X1", "Parking", since=month(8))))) == []
    assert {flag.kind for flag in flags_of(bills, Known(SOLD))} == {Oddity.AGAIN}


def test_what_was_ordered_later_is_accused_only_before() -> None:
    bills = [plain(n, *([line(n, "Music", "5.00", product="X1")] if n > 13 else [])) for n in range(30)]
    found = flags_of(bills, Known((*SOLD, Sold("X1", "Music", since=month(17)))))
    assert [(flag.kind, flag.bill_id) for flag in found] == [(Oddity.NEVER_ORDERED, "B14")]


def test_a_price_that_was_announced_later_is_accused_only_before() -> None:
    bills = [
        plain(n, line(n, "Plan", "39.00", product="P1"), without="Plan") if n > 13 else plain(n) for n in range(24)
    ]
    told = NewPrice(month(16) + timedelta(days=20), gbp("30.00"), gbp("39.00"), frozenset({"P1"}))
    found = flags_of(bills, Known(SOLD, (told,)))
    assert [(flag.kind, flag.bill_id) for flag in found] == [(Oddity.RATE, "B14")]


def two_sims(place: int, *, says_time: bool = True) -> list[Record]:
    first = plain(place)
    if not says_time:
        first = Record(replace(first.bill, period_start=None, period_end=None), first.lines)
    twin = replace(first.bill, id=f"B{place}b", number=f"B{place}b")
    return [first, Record(twin, first.lines)]


@pytest.mark.parametrize("says_time", [True, False])
def test_two_sims_of_one_plan_have_a_bill_each(says_time: bool) -> None:
    assert flags_of([one for n in range(20) for one in two_sims(n, says_time=says_time)]) == []


def test_a_billing_day_that_moved_is_no_repeat_where_no_time_is_stated() -> None:
    bills = [two_sims(n, says_time=False)[0] for n in range(12)]
    moved = replace(bills[-1].bill, id="M", number="M", day=month(12) + timedelta(days=10))
    assert flags_of([*bills, Record(moved, bills[-1].lines)]) == []


def test_a_single_bill_written_twice_is_still_one() -> None:
    for says_time in (True, False):
        bills = [two_sims(n, says_time=says_time)[0] for n in range(14)]
        twins = two_sims(14, says_time=says_time)
        assert [flag.kind for flag in flags_of([*bills, *twins])] == [Oddity.DUPLICATE]


def test_what_was_never_ordered_is_said_from_the_first_bill_on() -> None:
    bills = [plain(n, line(n, "Security", "3.99", product="X9")) for n in range(15)]
    found = flags_of(bills, Known(SOLD))
    assert [flag.kind for flag in found if flag.bill_id in {"B0", "B1", "B14"}] == [
        Oddity.NEVER_ORDERED,
        Oddity.AGAIN,
        Oddity.AGAIN,
    ]
    assert {flag.bill_id for flag in found} == {f"B{n}" for n in range(15)}, "on every bill, also after a year"
    assert flags_of([*bills, plain(15)], Known(SOLD)) == [], "it ended: an operator may list it no more"


def test_what_was_renewed_since_was_ordered_before() -> None:
    renewed = Known((SOLD[0], Sold("O1", "Voicemail", gbp("2.00"), month(17))))
    assert flags_of(year(), renewed) == []


def test_what_ended_is_known_by_its_name_where_no_product_is_named() -> None:
    def bare(place: int) -> Record:
        record = plain(place)
        return Record(record.bill, tuple(replace(one, product_id="") for one in record.lines))

    ended = Sold("O1", "Voicemail", gbp("2.00"), ended=month(15))
    found = flags_of([bare(n) for n in range(18)], Known((SOLD[0], ended)))
    assert [(flag.kind, flag.bill_id) for flag in found] == [(Oddity.ENDED, "B16"), (Oddity.ENDED, "B17")]
    again = Sold("O7", "Voicemail", gbp("2.00"))
    assert flags_of([bare(n) for n in range(18)], Known((SOLD[0], ended, again))) == []


def test_what_the_money_goes_to_is_added_up_by_its_own_name() -> None:
    many = [line(0, f"Line {n}", "0.10") for n in range(5)]
    assert len(set(keys_of(many).values())) == 5
    first, second = [line(n, f"Roaming, {50 + n} MB", "4.00", LineKind.USAGE) for n in (0, 1)]
    assert list(keys_of([first]).values()) == list(keys_of([second]).values())
