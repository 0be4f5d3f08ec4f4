"""The final bill: no rent after the end, advances given back, only lawful charges, and nothing accused unproved."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.money import Money
from selfcare.leaving.charges import ChargeKind, charge_kind
from selfcare.leaving.ending import Ending
from selfcare.leaving.final_bill import Review, review, which_final
from selfcare.leaving.final_findings import FindingKind, OpenWhy
from selfcare.leaving.prorata import Counting
from selfcare.leaving.reach import CONTRACT, Who
from selfcare.leaving.rules import Rules, parse_rules

FOLDER = Path(__file__).parents[3] / "resources" / "rules"
GB, FR, US = (parse_rules((FOLDER / f"{name}.toml").read_bytes()) for name in ("gb", "fr", "us"))
NOWHERE = Rules("XX", "", date(2026, 11, 21), ())
D = date
END = D(2026, 12, 11)
WRITTEN = D(2026, 12, 12)
SWITCHED = Ending(END, switched=True)


def money(text: str, unit: str = "GBP") -> Money:
    return Money(Decimal(text), unit)


def bill(day: date | None = WRITTEN, category: str = "last", ident: str = "B-9", total: str = "30.00") -> Bill:
    return Bill(ident, ident, day, None, money(total), None, BillState.SENT, category=category)


def line(
    name: str,
    amount: str,
    kind: LineKind = LineKind.RECURRING,
    starts: date | None = None,
    ends: date | None = None,
    unit: str = "GBP",
    product: str = "",
    bill_id: str = "B-9",
) -> BillLine:
    gross = money(amount, unit)
    return BillLine(name, bill_id, name, kind, "", gross, None, product_id=product, starts=starts, ends=ends)


DECEMBER = (D(2026, 12, 1), D(2026, 12, 31))


def checked(
    *lines: BillLine, ending: Ending = SWITCHED, rules: Rules = GB, earlier: tuple[BillLine, ...] = ()
) -> Review:
    return review(bill(), lines, ending, rules, earlier=earlier)


def said(found: Review) -> list[tuple[FindingKind, str, str]]:
    return [(f.kind, f"{f.amount.value}", f.rule_id) for f in found.findings]


def test_v09_rent_after_a_switch_comes_back_to_the_penny() -> None:
    found = checked(line("Plan", "30.00", LineKind.RECURRING, *DECEMBER))
    assert said(found) == [(FindingKind.RENT_AFTER, "19.35", "UK-SW-13")]
    (finding,) = found.findings
    assert finding.is_certain
    assert finding.line_ids == ("Plan",)
    assert [(p.days, p.of_days, p.counting) for p in finding.parts] == [(20, 31, Counting.LAST_INCLUDED)]


def test_a_period_up_to_the_first_of_the_next_is_a_month_too() -> None:
    found = checked(line("Plan", "30.00", LineKind.RECURRING, D(2026, 12, 1), D(2027, 1, 1)))
    assert found.findings[0].amount == money("19.35")
    assert found.findings[0].parts[0].counting is Counting.LAST_EXCLUDED


def test_an_advance_of_the_bill_before_that_is_given_back_is_fine() -> None:
    paid = line("Plan", "30.00", LineKind.RECURRING, *DECEMBER, bill_id="B-8")
    back = line("Back", "-19.35", LineKind.CREDIT, D(2026, 12, 12), D(2026, 12, 31))
    assert said(checked(earlier=(paid,))) == [(FindingKind.RENT_AHEAD, "19.35", "UK-SW-13")]
    assert checked(back, earlier=(paid,)).is_fine
    half = replace(back, gross=money("-9.35"))
    assert said(checked(half, earlier=(paid,))) == [(FindingKind.RENT_AHEAD, "10.00", "UK-SW-13")]
    assert checked(half, earlier=(paid,)).findings[0].line_ids == ("Plan", "Back")


@pytest.mark.parametrize(("given", "fine"), [("-19.34", True), ("-19.33", True), ("-19.32", False), ("-19.36", True)])
def test_a_cent_for_each_line_is_never_accused(given: str, fine: bool) -> None:
    paid = line("Plan", "30.00", LineKind.RECURRING, *DECEMBER, bill_id="B-8")
    back = line("Back", given, LineKind.CREDIT, D(2026, 12, 12), D(2026, 12, 31))
    assert checked(back, earlier=(paid,)).is_fine is fine


def test_a_credit_that_says_nothing_counts_for_the_operator_and_is_named() -> None:
    found = checked(line("Plan", "30.00", LineKind.RECURRING, *DECEMBER), line("Goodwill", "-25.00", LineKind.CREDIT))
    assert found.findings == ()
    assert [(o.why, o.line_ids) for o in found.opens] == [(OpenWhy.CREDIT_UNEXPLAINED, ("Goodwill",))]


def test_a_credit_alone_is_no_riddle_and_a_line_given_twice_counts_once() -> None:
    assert checked(line("Goodwill", "-25.00", LineKind.CREDIT)).is_fine
    plan = line("Plan", "30.00", LineKind.RECURRING, *DECEMBER)
    assert said(checked(plan, earlier=(plan,))) == [(FindingKind.RENT_AFTER, "19.35", "UK-SW-13")]


def test_a_discount_of_the_same_month_is_shared_out_too() -> None:
    found = checked(
        line("Plan", "30.00", LineKind.RECURRING, *DECEMBER), line("Loyalty", "-10.00", LineKind.CREDIT, *DECEMBER)
    )
    assert said(found) == [(FindingKind.RENT_AFTER, "12.90", "UK-SW-13")]


def test_rent_up_to_the_end_is_owed() -> None:
    assert checked(line("Plan", "10.65", LineKind.RECURRING, D(2026, 12, 1), END)).is_fine
    late = replace(SWITCHED, ended=D(2026, 12, 31))
    assert checked(line("Plan", "30.00", LineKind.RECURRING, *DECEMBER), ending=late).is_fine


def test_another_line_goes_on_and_is_left_alone() -> None:
    ending = replace(SWITCHED, products=frozenset({"PR-1"}))
    lines = (
        line("Mine", "30.00", LineKind.RECURRING, *DECEMBER, product="PR-1"),
        line("Hers", "30.00", LineKind.RECURRING, *DECEMBER, product="PR-2"),
        line("Whose", "30.00", LineKind.RECURRING, *DECEMBER),
    )
    on_last = review(bill(), lines, ending, GB)
    assert [f.line_ids for f in on_last.findings] == [("Mine", "Whose")]
    ordinary = review(bill(category="normal"), lines, ending, GB)
    assert [f.line_ids for f in ordinary.findings] == [("Mine",)]
    assert {(o.why, o.line_ids) for o in ordinary.opens} == {
        (OpenWhy.OTHER_LINE, ("Hers",)),
        (OpenWhy.WHOSE, ("Whose",)),
    }


def test_plain_notice_leaves_a_begun_month_to_the_contract() -> None:
    plan, notice = line("Plan", "30.00", LineKind.RECURRING, *DECEMBER), Ending(END)
    unknown = checked(plan, ending=notice)
    assert unknown.findings == ()
    assert [(o.why, o.amount, o.rule_id) for o in unknown.opens] == [
        (OpenWhy.READ_CONTRACT, money("19.35"), "UK-CTR-09")
    ]
    assert checked(plan, ending=replace(notice, prorates=False)).is_fine
    assert said(checked(plan, ending=replace(notice, prorates=True))) == [
        (FindingKind.RENT_AFTER, "19.35", "UK-CTR-09")
    ]
    whole = checked(line("Plan", "30.00", LineKind.RECURRING, D(2027, 1, 1), D(2027, 1, 31)), ending=notice)
    assert said(whole) == [(FindingKind.RENT_AFTER, "30.00", "UK-CTR-09")]
    begun = checked(line("Plan", "30.00", LineKind.RECURRING, END, D(2027, 1, 10)), ending=notice)
    assert [o.why for o in begun.opens] == [OpenWhy.READ_CONTRACT]
    assert not whole.findings[0].is_certain


@pytest.mark.parametrize(
    ("rules", "who", "prorates", "rule_id"),
    [
        (FR, Who(), None, "FR-EQP-02"),
        (FR, Who("consumer", "fixed"), None, "FR-EQP-02"),
        (FR, Who("business"), None, ""),
        (FR, Who("business"), True, CONTRACT),
        (US, Who(), None, ""),
        (US, Who(), False, ""),
        (US, Who(), True, "US-FIN-01"),
        (NOWHERE, Who(), None, ""),
        (NOWHERE, Who(), True, CONTRACT),
        (GB, Who("business", "fixed"), None, ""),
    ],
)
def test_an_advance_comes_back_by_the_rule_of_the_country_or_the_contract(
    rules: Rules, who: Who, prorates: bool | None, rule_id: str
) -> None:
    paid = line("Plan", "30.00", LineKind.RECURRING, *DECEMBER, unit="EUR", bill_id="B-8")
    found = checked(ending=Ending(END, who, prorates=prorates), rules=rules, earlier=(paid,))
    assert [f.rule_id for f in found.findings] == ([rule_id] if rule_id else [])
    assert bool(found.opens) is (prorates is None and not rule_id)


@pytest.mark.parametrize(("switched", "rule_id"), [(True, "FR-POR-01"), (False, "FR-NOT-01")])
def test_french_rent_after_a_moved_number_is_not_a_matter_of_notice(switched: bool, rule_id: str) -> None:
    plan = line("Plan", "30.00", LineKind.RECURRING, *DECEMBER, unit="EUR")
    found = checked(plan, ending=Ending(END, switched=switched), rules=FR)
    assert said(found) == [(FindingKind.RENT_AFTER, "19.35", rule_id)]
    ahead = checked(ending=Ending(END, switched=switched), rules=FR, earlier=(replace(plan, bill_id="B-8"),))
    assert [f.rule_id for f in ahead.findings] == ["FR-EQP-02"]


def test_rent_without_a_period_is_not_judged_unless_the_bill_ends_with_the_line() -> None:
    loose = line("Plan", "20.00")
    assert [o.why for o in checked(loose).opens] == [OpenWhy.NO_PERIOD]
    own = replace(bill(), period_start=D(2026, 11, 20), period_end=END)
    assert review(own, (loose,), SWITCHED, GB).is_fine
    beyond = replace(own, period_end=D(2026, 12, 20))
    assert [o.why for o in review(beyond, (loose,), SWITCHED, GB).opens] == [OpenWhy.NO_PERIOD]


@pytest.mark.parametrize(
    ("amount", "fine"), [("21.00", True), ("20.00", True), ("22.00", True), ("22.02", False), ("30.00", False)]
)
def test_a_part_of_a_month_by_any_way_of_counting_is_right(amount: str, fine: bool) -> None:
    ending = replace(SWITCHED, prices={"PR-1": money("30.00")})
    part = line("Plan", amount, LineKind.RECURRING, D(2026, 11, 20), END, product="PR-1")
    found = checked(part, ending=ending)
    assert found.findings == ()
    assert [o.why for o in found.opens] == ([] if fine else [OpenWhy.RENT_DIFFERS])


@pytest.mark.parametrize(
    ("rules", "name", "amount", "ending", "expected"),
    [
        (GB, "Port-out fee", "5.00", SWITCHED, (FindingKind.PORT, "5.00", "UK-SW-15")),
        (GB, "30 days notice", "25.00", SWITCHED, (FindingKind.NOTICE, "25.00", "UK-SW-13")),
        (GB, "30 days notice", "25.00", Ending(END), OpenWhy.NO_PERIOD),
        (FR, "Portabilité du numéro", "5.00", SWITCHED, OpenWhy.READ_CONTRACT),
        (GB, "Early termination charge", "90.00", SWITCHED, OpenWhy.NOT_COMPUTED),
        (
            GB,
            "Early termination charge",
            "90.00",
            replace(SWITCHED, charge=(money("75.00"), money("90.00"))),
            None,
        ),
        (
            GB,
            "Early termination charge",
            "90.02",
            replace(SWITCHED, charge=(money("75.00"), money("90.00"))),
            (FindingKind.EARLY_HIGH, "0.02", "UK-CTR-10"),
        ),
        (
            GB,
            "ETF",
            "90.00",
            Ending(END, Who("consumer", "fixed"), switched=True, charge_told=False),
            (FindingKind.EARLY_UNTOLD, "90.00", "UK-CTR-11"),
        ),
        (
            FR,
            "Indemnité de résiliation anticipée",
            "60.00",
            Ending(END, charge=(money("0"), money("47.99")), charge_rules=("FR-DUR-03",)),
            (FindingKind.EARLY_HIGH, "12.01", "FR-DUR-03"),
        ),
        (FR, "Frais de résiliation", "59.00", Ending(END), OpenWhy.READ_CONTRACT),
        (
            FR,
            "Frais de résiliation",
            "59.00",
            Ending(END, in_contract=False),
            (FindingKind.CLOSING_NOT_AGREED, "59.00", "FR-FEE-01"),
        ),
        (FR, "Frais de résiliation", "59.00", Ending(END, in_contract=True), OpenWhy.ASK_FOR_COST),
        (
            FR,
            "Frais de résiliation",
            "59.00",
            Ending(END, in_contract=True, closing_cost=money("50.00")),
            (FindingKind.CLOSING_ABOVE_COST, "9.00", "FR-FEE-01"),
        ),
        (FR, "Frais de résiliation", "59.00", Ending(END, in_contract=True, closing_cost=money("59.00")), None),
        (US, "Disconnection fee", "20.00", Ending(END, in_contract=True), None),
        (
            US,
            "Disconnection fee",
            "20.00",
            Ending(END, in_contract=False),
            (FindingKind.CLOSING_NOT_AGREED, "20.00", CONTRACT),
        ),
        (FR, "Frais de résiliation", "59.00", Ending(END, Who("business"), in_contract=True), None),
        (GB, "ETF", "9.00", Ending(END, Who("consumer", "fixed"), charge_told=False), OpenWhy.NOT_COMPUTED),
        (GB, "Unreturned router", "45.00", SWITCHED, OpenWhy.PROOF_MISSING),
        (GB, "Unreturned router", "45.00", replace(SWITCHED, returned=True), (FindingKind.RETURNED, "45.00", CONTRACT)),
        (FR, "Box non restituée", "45.00", Ending(END, returned=False), OpenWhy.PROOF_MISSING),
        (GB, "Handset: remaining instalments", "120.00", SWITCHED, OpenWhy.NOT_COMPUTED),
        (US, "Remaining device balance", "175.00", replace(SWITCHED, device=money("175.00")), None),
        (US, "Remaining device balance", "150.00", replace(SWITCHED, device=money("175.00")), None),
        (US, "Remaining device balance", "200.00", replace(SWITCHED, device=money("175.00")), OpenWhy.DEVICE_DIFFERS),
        (US, "Remaining device balance", "9.00", replace(SWITCHED, device=money("9", "USD")), OpenWhy.OTHER_CURRENCY),
        (GB, "Administration", "3.00", SWITCHED, OpenWhy.UNKNOWN_CHARGE),
    ],
)
def test_a_charge_is_wrong_right_or_open(
    rules: Rules, name: str, amount: str, ending: Ending, expected: tuple[FindingKind, str, str] | OpenWhy | None
) -> None:
    found = checked(line(name, amount, LineKind.OTHER), ending=ending, rules=rules)
    if isinstance(expected, tuple):
        assert said(found) == [expected]
        assert found.findings[0].line_ids == (name,)
        assert found.opens == ()
    else:
        assert found.findings == ()
        assert [o.why for o in found.opens] == ([] if expected is None else [expected])


AT_HOME = Who("consumer", "fixed")
FEE, ETC = line("Notice period", "22.00", LineKind.OTHER), line("Early termination charge", "80.00", LineKind.OTHER)
PORTED = line("Port-out fee", "5.00", LineKind.OTHER)
MONTH = line("Plan", "30.00", LineKind.RECURRING, *DECEMBER)


def test_all_that_a_british_final_bill_should_not_ask_for_stands_side_by_side() -> None:
    found = checked(MONTH, FEE, PORTED, ETC, ending=Ending(END, AT_HOME, switched=True, charge_told=False))
    assert sorted(said(found)) == [
        (FindingKind.EARLY_UNTOLD, "80.00", "UK-CTR-11"),
        (FindingKind.NOTICE, "22.00", "UK-SW-13"),
        (FindingKind.PORT, "5.00", "UK-SW-15"),
        (FindingKind.RENT_AFTER, "19.35", "UK-SW-13"),
    ]
    assert {f.rule_id: f.line_ids for f in found.findings if f.kind is not FindingKind.RENT_AFTER} == {
        "UK-CTR-11": (ETC.id,),
        "UK-SW-13": (FEE.id,),
        "UK-SW-15": (PORTED.id,),
    }


def test_a_british_final_bill_in_order_is_accused_of_nothing() -> None:
    last = D(2026, 12, 31)
    free = line("Port-out fee", "0.00", LineKind.OTHER)
    told = Ending(last, AT_HOME, switched=True, charge=(money("80.00"), money("80.00")), charge_told=True)
    assert checked(MONTH, free, ETC, ending=told).is_fine
    mobile = checked(ETC, ending=Ending(last, Who(), switched=True, charge_told=False))
    assert (said(mobile), [o.why for o in mobile.opens]) == ([], [OpenWhy.NOT_COMPUTED])
    before_the_rule = checked(FEE, ending=Ending(D(2019, 6, 30), switched=True))
    assert (said(before_the_rule), [o.why for o in before_the_rule.opens]) == ([], [OpenWhy.NO_PERIOD])


def test_a_practice_or_an_uncertain_rule_is_a_question_and_no_right() -> None:
    for rules, name, ending in (
        (FR, "Frais de résiliation", Ending(END, in_contract=False)),
        (GB, "Exit fee early termination", replace(SWITCHED, charge=(money("1"), money("2")))),
    ):
        (finding,) = checked(line(name, "59.00", LineKind.OTHER), ending=ending, rules=rules).findings
        assert not finding.is_certain
    over = replace(SWITCHED, charge=(money("0"), money("0")))
    assert checked(line("ETC", "59.00", LineKind.PENALTY), ending=over).findings[0].is_certain


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Abonnement terme à échoir", LineKind.RECURRING, ChargeKind.RENT),
        ("Frais de résiliation anticipée", LineKind.PENALTY, ChargeKind.EARLY),
        ("Frais de résiliation", LineKind.ONE_TIME, ChargeKind.CLOSING),
        ("Termination charge", LineKind.PENALTY, ChargeKind.EARLY),
        ("Late payment fee", LineKind.PENALTY, ChargeKind.LATE_FEE),
        ("Handset instalment 12 of 24", LineKind.RECURRING, ChargeKind.DEVICE),
        ("Transport zone", LineKind.OTHER, ChargeKind.UNKNOWN),
        ("Calls to Spain", LineKind.USAGE, ChargeKind.USAGE),
    ],
)
def test_what_a_line_is_for(name: str, kind: LineKind, expected: ChargeKind) -> None:
    assert charge_kind(line(name, "1.00", kind)) is expected
    assert charge_kind(line(name, "-1.00", kind)) is (
        ChargeKind.CREDIT if expected is not ChargeKind.CREDIT else expected
    )


def test_bad_lines_lead_somewhere() -> None:
    nothing = replace(line("Plan", "1.00"), gross=None)
    inverted = line("Plan", "30.00", LineKind.RECURRING, D(2026, 12, 31), D(2026, 12, 1))
    dollars = line("ETC", "9.00", LineKind.PENALTY, unit="USD")
    assert [o.why for o in checked(nothing).opens] == [OpenWhy.NO_AMOUNT]
    assert [o.why for o in checked(inverted).opens] == [OpenWhy.NO_PERIOD]
    charged = replace(SWITCHED, charge=(money("1"), money("2")))
    assert [o.why for o in checked(dollars, ending=charged).opens] == [OpenWhy.OTHER_CURRENCY]
    assert checked(replace(inverted, is_billed=False)).is_fine


def test_which_bill_is_the_final_one() -> None:
    before, guess = bill(D(2026, 12, 1), "normal", "B-1"), bill(D(2026, 12, 20), "normal", "B-2")
    last, more = bill(D(2026, 12, 28), "last", "B-3"), bill(D(2027, 1, 28), "normal", "B-4")
    credit = bill(D(2026, 12, 15), "creditNote", "B-5", "-4.00")
    assert which_final((before, credit), END) is None
    on_the_day = which_final((replace(last, day=END),), END)
    assert on_the_day is not None
    assert which_final((replace(guess, day=END),), END) is None
    guessed = which_final((before, guess, credit), END)
    assert guessed is not None
    assert (guessed.bill.id, guessed.is_marked) == ("B-2", False)
    found = which_final((more, last, guess, before), END)
    assert found is not None
    assert (found.bill.id, found.is_marked, [b.id for b in found.later]) == ("B-3", True, ["B-4"])
    assert which_final((replace(last, account_id="A-2"),), END, "A-1") is None
