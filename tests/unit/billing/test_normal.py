"""What is strange about a bill, one kind after the other, and what only looks strange."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bills_of import flags_of, gbp, line, month, plain
from msgspec.structs import replace

from selfcare.billing.flags import Oddity
from selfcare.billing.known import Known, NewPrice, Sold
from selfcare.billing.normal import judged
from selfcare.billing.weighing import Record
from selfcare.domain.bills import LineKind

PLAN, OPTION = Sold("P1", "Plan", gbp("30.00"), date(2020, 1, 1)), Sold("O1", "Voicemail", gbp("2.00"))
KNOWN = Known((PLAN, OPTION))


def year(count: int = 14) -> list[Record]:
    return [plain(place) for place in range(count)]


def test_a_quiet_year_raises_nothing() -> None:
    assert flags_of(year(), KNOWN) == []


def test_a_roaming_shock_names_the_charge_the_amount_and_what_is_usual() -> None:
    shock = plain(14, line(14, "Roaming data", "45923.61", LineKind.USAGE))
    found = flags_of([*year(), shock], KNOWN)
    assert [f.kind for f in found] == [Oddity.LINE, Oddity.TOTAL]
    assert found[0].name == "Roaming data"
    assert found[0].amount == gbp("45923.61")
    assert found[1].usual == gbp("32.00")
    assert found[1].amount == gbp("45923.61")


def test_every_charge_that_makes_a_good_part_of_a_shock_is_named() -> None:
    sea = line(14, "Data at sea", "25987.41", LineKind.USAGE)
    land, tiny = line(14, "Data, Morocco", "19886.22", LineKind.USAGE), line(14, "Calls", "0.40", LineKind.USAGE)
    found = flags_of([*year(), plain(14, sea, land, tiny)], KNOWN)
    assert {f.name for f in found if f.kind is Oddity.LINE} == {"Data at sea", "Data, Morocco"}


def blamed(*amounts: str) -> list[str]:
    use = [line(14, f"Roaming, {chr(65 + n)}", amount, LineKind.USAGE) for n, amount in enumerate(amounts)]
    found = flags_of([*year(), plain(14, *use, line(14, "Calls", "0.40", LineKind.USAGE))], KNOWN)
    assert Oddity.TOTAL in {f.kind for f in found}
    return [f.name[-1] for f in found if f.kind is Oddity.LINE]


def test_every_charge_that_is_out_of_line_itself_is_named_however_small_a_part_it_is() -> None:
    assert blamed("25987.41", "18412.60", "1402.30", "71.32", "0.50") == ["A", "B", "C", "D"]
    assert blamed(*["50.00"] * 10) == list("ABCDEFGHIJ")


def test_of_many_small_charges_the_largest_are_named_until_what_is_left_is_usual() -> None:
    assert len(blamed(*["9.00"] * 12)) >= 6
    assert blamed("400.00", "5.00", "4.00") == ["A"]


def test_too_few_bills_cannot_tell_what_is_usual_but_see_what_stands_twice() -> None:
    more = plain(2, line(2, "Roaming data", "60.00", LineKind.USAGE), line(2, "Plan", "30.00", product="P1", key="x"))
    judgement = judged([plain(0), plain(1), more], KNOWN).judgements[2]
    assert not judgement.can_tell
    assert [f.kind for f in judgement.flags] == [Oddity.TWICE]


def test_the_same_holiday_a_year_later_is_no_shock_and_thrice_of_it_is() -> None:
    def lived(second: str) -> list[Record]:
        use = {8: "40.00", 20: second}
        bills = [plain(n, *([line(n, "Roaming", use[n], LineKind.USAGE)] if n in use else [])) for n in range(21)]
        return bills[:]

    assert not [f for f in flags_of(lived("52.00"), KNOWN) if f.bill_id == "B20"]
    assert [f.kind for f in flags_of(lived("150.00"), KNOWN) if f.bill_id == "B20"] == [Oddity.LINE, Oddity.TOTAL]


def test_a_charge_that_stands_twice() -> None:
    again = line(14, "Voicemail", "2.00", product="O1", key="x")
    found = flags_of([*year(), plain(14, again)], KNOWN)
    assert [(f.kind, f.amount) for f in found] == [(Oddity.TWICE, gbp("2.00"))]
    back = line(14, "Correction", "-2.00", LineKind.CREDIT)
    assert flags_of([*year(), plain(14, again, back)], KNOWN) == []


def test_a_charge_after_its_end_but_not_for_the_days_before() -> None:
    known = Known((PLAN, replace(OPTION, ended=month(13) + timedelta(days=10))))
    found = flags_of([*year(), plain(14)], known)
    assert [(f.kind, f.bill_id, f.amount, f.day) for f in found] == [
        (Oddity.ENDED, "B14", gbp("2.00"), month(13) + timedelta(days=10))
    ]


def test_a_charge_never_ordered_comes_again_and_again() -> None:
    suite = [plain(n, line(n, "Security", "4.99", product="X1")) for n in (14, 15, 16)]
    found = flags_of([*year(), *suite], KNOWN)
    assert [(f.kind, f.count) for f in found] == [
        (Oddity.NEVER_ORDERED, 0),
        (Oddity.AGAIN, 2),
        (Oddity.AGAIN, 3),
    ]
    assert found[1].first is Oddity.NEVER_ORDERED
    ordered = Known((*KNOWN.sold, Sold("X1", "Security", gbp("4.99"), month(14))))
    assert flags_of([*year(), *suite], ordered) == []


def test_what_was_ordered_is_not_said_where_nothing_is_known_of_it() -> None:
    assert flags_of([*year(), plain(14, line(14, "Security", "4.99", product="X1"))]) == []


def test_a_wrong_price_and_an_announced_one() -> None:
    dearer = plain(14, line(14, "Plan", "39.00", product="P1"), without="Plan")
    found = flags_of([*year(), dearer], KNOWN)
    assert [(f.kind, f.amount, f.usual) for f in found] == [(Oddity.RATE, gbp("9.00"), gbp("30.00"))]
    told = NewPrice(month(14), gbp("30.00"), gbp("39.00"), frozenset({"P1"}))
    assert flags_of([*year(), dearer], replace(KNOWN, prices=(told,))) == []
    of_another = replace(told, product_ids=frozenset({"P7"}))
    assert [f.kind for f in flags_of([*year(), dearer], replace(KNOWN, prices=(of_another,)))] == [Oddity.RATE]


def test_a_price_that_was_right_again_meanwhile_is_judged_anew() -> None:
    dearer = {n: plain(n, line(n, "Plan", "39.00", product="P1"), without="Plan") for n in (14, 18)}
    bills = [*year(), dearer[14], *(plain(n) for n in (15, 16, 17)), dearer[18]]
    told = NewPrice(month(18), gbp("30.00"), gbp("39.00"), frozenset({"P1"}))
    assert [(f.kind, f.bill_id) for f in flags_of(bills, replace(KNOWN, prices=(told,)))] == [(Oddity.RATE, "B14")]
    assert [(f.kind, f.bill_id) for f in flags_of(bills, KNOWN)] == [(Oddity.RATE, "B14"), (Oddity.RATE, "B18")]


def test_a_bill_written_twice_and_one_written_anew_after_a_credit_note() -> None:
    one = plain(14)
    twin = Record(replace(one.bill, id="B14x", number="B14x", day=month(15) + timedelta(days=6)), one.lines)
    found = flags_of([*year(), one, twin], KNOWN)
    assert [(f.kind, f.bill_id, f.other, f.amount) for f in found] == [(Oddity.DUPLICATE, "B14x", "B14", gbp("32.00"))]
    note = replace(one.bill, id="C1", day=month(15) + timedelta(days=3), total=gbp("-32.00"), category="creditNote")
    assert flags_of([*year(), one, Record(note), twin], KNOWN) == []


def test_a_bill_after_the_end_of_the_contract() -> None:
    known = Known((replace(PLAN, ended=month(14)), replace(OPTION, ended=month(14))), end=month(14))
    found = flags_of([*year(), plain(14), plain(15)], known)
    assert {f.kind for f in found if f.bill_id == "B15"} == {Oddity.AFTER_END}
    assert not [f for f in found if f.bill_id == "B14"]


def test_a_month_without_a_bill_between_and_at_the_end() -> None:
    gap = [record for record in year() if record.bill.id != "B9"]
    assert [(f.kind, f.day) for f in flags_of(gap, KNOWN)] == [(Oddity.MISSING, month(10).replace(day=1))]
    late = flags_of(year(), KNOWN, today=month(15) + timedelta(days=12))
    assert [(f.kind, f.day) for f in late] == [(Oddity.MISSING, month(15).replace(day=1))]
    assert flags_of(year(), KNOWN, today=month(15) + timedelta(days=9)) == []


def test_two_months_at_once_are_said_as_such() -> None:
    both = plain(15)
    lines = tuple(
        replace(one, starts=month(14), gross=one.gross * 2 if one.gross is not None else None) for one in both.lines
    )
    bill = replace(both.bill, total=gbp("64.00"), period_start=month(14))
    found = flags_of([*year(), Record(bill, lines)], KNOWN)
    assert [(f.kind, f.count, f.amount) for f in found] == [(Oddity.CATCH_UP, 2, gbp("32.00"))]


def test_a_handset_that_was_bought_is_no_shock() -> None:
    known = Known((*KNOWN.sold, Sold("H1", "Handset", None, month(14))))
    sale = plain(14, line(14, "Handset", "799.00", LineKind.ONE_TIME, "H1"))
    assert flags_of([*year(), sale], known) == []
    assert [f.kind for f in flags_of([*year(), sale], KNOWN)] == [Oddity.LINE, Oddity.TOTAL]


@pytest.mark.parametrize("total", ["32.00", "45.00"])
def test_totals_alone_are_judged_gently(total: str) -> None:
    bare = [Record(record.bill) for record in year()]
    last = replace(plain(14).bill, total=gbp(total))
    assert flags_of([*bare, Record(last)], KNOWN) == []


def test_a_total_alone_that_is_far_off_is_said() -> None:
    bare = [Record(record.bill) for record in year()]
    found = flags_of([*bare, Record(replace(plain(14).bill, total=gbp("320.00")))], KNOWN)
    assert [(f.kind, f.amount) for f in found] == [(Oddity.TOTAL, gbp("288.00"))]


def said_of_a_total(*sold: Sold, last: str = "75.00") -> list[str]:
    """What is said of a last bill without lines, after quiet ones of 32."""
    bare = [Record(record.bill) for record in year()]
    end = Record(replace(plain(14).bill, total=gbp(last)))
    return [flag.kind.value for flag in flags_of([*bare, end], Known((*KNOWN.sold, *sold)))]


def test_what_was_sold_lately_makes_a_total_dearer_that_has_no_lines() -> None:
    pack = Sold("T1", "TV pack", gbp("40.00"), month(14) + timedelta(days=2))
    assert said_of_a_total() == ["total"]
    assert said_of_a_total(pack) == []
    assert said_of_a_total(pack, last="400.00") == ["total"]
    assert said_of_a_total(replace(pack, price=replace(gbp("40.00"), unit="EUR"))) == ["total"]
    assert said_of_a_total(replace(pack, since=month(-6))) == ["total"], "it was on the bills before"
    assert said_of_a_total(replace(pack, since=month(16))) == ["total"], "it is not on this bill"


def test_another_plan_takes_the_place_of_the_first_in_a_total() -> None:
    old = replace(PLAN, ended=month(13) + timedelta(days=9))
    new = Sold("P2", "Large plan", gbp("70.00"), month(13) + timedelta(days=10))
    bare = [Record(record.bill) for record in year(14)]
    for total, expected in (("74.00", []), ("140.00", ["total"])):
        end = Record(replace(plain(14).bill, total=gbp(total)))
        assert [f.kind.value for f in flags_of([*bare, end], Known((old, OPTION, new)))] == expected


def test_what_another_account_pays_explains_no_total() -> None:
    def of(account: str) -> list[str]:
        bills = [Record(replace(record.bill, account_id="A1")) for record in year(14)]
        bills.append(Record(replace(plain(14).bill, total=gbp("75.00"), account_id="A1")))
        pack = Sold("T1", "TV pack", gbp("40.00"), month(14), account=account)
        return [flag.kind.value for flag in flags_of(bills, Known((*KNOWN.sold, pack)))]

    assert of("A1") == []
    assert of("A2") == ["total"]


def test_a_first_summer_comes_on_top_of_the_usual_calls() -> None:
    def of(roaming: str) -> list[Oddity]:
        bills = [plain(n, line(n, "Calls", "7.00", LineKind.USAGE)) for n in range(8)]
        bills.append(plain(8, line(8, "Calls", "5.00", LineKind.USAGE), line(8, "Roaming", roaming, LineKind.USAGE)))
        return [flag.kind for flag in flags_of(bills, KNOWN)]

    assert of("50.00") == []
    assert of("90.00") == [Oddity.LINE, Oddity.TOTAL]


def test_accounts_and_currencies_are_apart() -> None:
    other = replace(plain(14).bill, total=replace(gbp("900.00"), unit="EUR"))
    assert flags_of([*year(), Record(other)], KNOWN) == []


def test_own_papers_without_an_operator_are_not_judged_by_each_other() -> None:
    papers = [Record(replace(record.bill, state_word="filed")) for record in year()]
    papers.append(Record(replace(plain(14).bill, state_word="filed", total=gbp("900.00"))))
    assert flags_of(papers) == []
    assert not any(judgement.can_tell for judgement in judged(papers, KNOWN).judgements)
    named = [Record(replace(paper.bill, account_id="own-orvane")) for paper in papers]
    assert [flag.kind for flag in flags_of(named)] == [Oddity.TOTAL]


def test_use_of_long_ago_is_told_from_use_of_the_month() -> None:
    old = [line(14, "Calls", "6.00", LineKind.USAGE, key=str(n), day=month(14 - n)) for n in (2, 3)]
    found = flags_of([*year(), plain(14, *old)], KNOWN)
    assert [(f.kind, f.amount, f.day) for f in found] == [(Oddity.CATCH_UP, gbp("12.00"), month(11))]
    fresh = line(14, "Calls", "12.00", LineKind.USAGE, day=month(14))
    assert flags_of([*year(), plain(14, fresh)], KNOWN) == []
