"""The worked American cases of what leaving costs, who may leave free, and who hears a complaint."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.money import Money
from selfcare.leaving.countries import us_costs, us_rights
from selfcare.leaving.rules import Standing, parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "us.toml").read_bytes())
NEW_YORK = ZoneInfo("America/New_York")
TODAY = date(2026, 11, 21)
D = date


def dollars(text: str) -> Money:
    return Money(Decimal(text), "USD")


ATT_TERMS = us_costs.FeeTerms(dollars("325"), dollars("10"), D(2024, 2, 29))


def test_v10_a_fee_falls_with_each_full_month_and_never_below_nothing() -> None:
    assert us_costs.early_fee(dollars("325"), dollars("10"), 12) == dollars("205.00")
    assert us_costs.early_fee(dollars("325"), dollars("10"), 32) == dollars("5.00")
    assert us_costs.early_fee(dollars("325"), dollars("10"), 33) == dollars("0.00")
    assert us_costs.early_fee(dollars("325"), dollars("10"), -1) == dollars("325.00")
    with pytest.raises(ValueError):
        us_costs.early_fee(dollars("325"), dollars("-10"), 3)


@pytest.mark.parametrize(
    ("leaves", "fee"),
    [
        (D(2024, 2, 29), "325.00"),
        (D(2024, 3, 28), "325.00"),
        (D(2024, 3, 29), "315.00"),
        (D(2025, 2, 27), "215.00"),
        (D(2025, 2, 28), "205.00"),
        (D(2026, 11, 28), "5.00"),
        (D(2026, 11, 29), "0.00"),
    ],
)
def test_only_full_months_count(leaves: date, fee: str) -> None:
    assert us_costs.early_fee_on(ATT_TERMS, leaves) == dollars(fee)


def test_when_there_is_no_fee() -> None:
    terms = us_costs.FeeTerms(dollars("325"), dollars("10"), TODAY, D(2028, 11, 21))
    assert us_costs.early_fee_on(terms, D(2026, 12, 6)) == dollars("325.00")
    assert us_costs.early_fee_on(terms, D(2028, 11, 20)) == dollars("95.00")
    assert us_costs.early_fee_on(terms, D(2028, 11, 21)) == dollars("0.00")


def test_v11_the_trial() -> None:
    assert us_costs.trial_until(TODAY, RULES) == D(2026, 12, 5)
    assert us_costs.trial_until(D(2028, 2, 15), RULES) == D(2028, 2, 29)
    assert us_costs.change_exit_until(TODAY, RULES) == D(2026, 12, 5)
    assert not RULES.get("US-ETF-04", TODAY).is_certain


def test_the_handset_falls_due_at_once() -> None:
    owed = us_costs.owed_on_leaving(
        dollars("200"), dollars("0"), instalment=dollars("27.77"), instalments_left=13, credit=dollars("10")
    )
    assert (owed.device, owed.credits_lost, owed.total) == (dollars("361.01"), dollars("130.00"), dollars("561.01"))


def test_the_last_month_comes_back_only_by_contract() -> None:
    first, last, gone = D(2026, 12, 1), D(2026, 12, 31), D(2026, 12, 11)
    assert us_costs.month_back(dollars("62"), first, last, gone) == dollars("0.00")
    assert us_costs.month_back(dollars("62"), first, last, gone, is_prorated=True) == dollars("40.00")
    with pytest.raises(ValueError):
        us_costs.month_back(dollars("62"), last, first, gone)


@pytest.mark.parametrize(
    ("wanted", "start", "last"),
    [
        (D(2026, 11, 21), D(2026, 11, 8), D(2026, 12, 7)),
        (D(2026, 11, 7), D(2026, 11, 8), D(2026, 11, 7)),
        (D(2026, 11, 8), D(2025, 1, 8), D(2026, 12, 7)),
        (D(2028, 2, 10), D(2028, 1, 31), D(2028, 2, 28)),
        (D(2028, 2, 29), D(2028, 1, 31), D(2028, 3, 30)),
    ],
)
def test_the_last_day_of_the_billing_period(wanted: date, start: date, last: date) -> None:
    assert us_costs.last_day_of_cycle(wanted, start) == last


def test_a_debit_is_stopped_three_business_days_before() -> None:
    assert us_costs.payment_stop_by(D(2026, 11, 30), RULES) == D(2026, 11, 24)
    assert us_costs.payment_stop_by(D(2026, 7, 6), RULES) == D(2026, 6, 30)
    assert us_costs.payment_stop_by(D(2028, 1, 3), RULES) == D(2027, 12, 28)


def test_v18_a_card_dispute() -> None:
    assert us_costs.dispute_until(TODAY, RULES) == D(2027, 1, 20)


def test_v12_the_fcc() -> None:
    assert us_rights.fcc_answer_due(D(2026, 11, 23), RULES) == D(2026, 12, 23)
    assert us_rights.formal_complaint_until(D(2026, 12, 20), RULES) == D(2027, 6, 20)
    assert us_rights.formal_complaint_until(D(2027, 8, 31), RULES) == D(2028, 2, 29)


@pytest.mark.parametrize(
    ("kind", "days", "can_use", "signed_after", "ends"),
    [
        ("relocation", 60, False, False, False),
        ("relocation", 89, False, False, False),
        ("relocation", 90, False, False, True),
        ("relocation", None, False, False, True),
        ("relocation", 180, True, False, False),
        ("stopMovement", 30, False, True, True),
        ("stopMovement", 29, False, True, False),
        ("stopMovement", None, False, True, True),
        ("stopMovement", 60, False, False, False),
    ],
)
def test_v14_military_orders(kind: str, days: int | None, can_use: bool, signed_after: bool, ends: bool) -> None:
    orders = us_rights.MilitaryOrders(us_rights.OrderKind(kind), days, can_use, signed_after)
    assert us_rights.orders_end_contract(orders, RULES, TODAY) is ends


def test_what_a_servicemember_gets_back() -> None:
    assert us_rights.advance_refund_due(D(2026, 12, 31), RULES) == D(2027, 3, 1)
    kept = us_rights.number_kept(D(2024, 2, 29), D(2027, 2, 28), RULES)
    assert kept == us_rights.NumberKept(D(2027, 5, 28), D(2027, 5, 29))
    assert us_rights.number_kept(D(2024, 2, 29), D(2027, 3, 1), RULES) is None
    with pytest.raises(ValueError):
        us_rights.number_kept(D(2027, 3, 1), D(2027, 2, 1), RULES)


def test_v15_a_line_is_separated() -> None:
    found = us_rights.line_separation(D(2026, 12, 11), 2, RULES)
    assert found is not None
    assert found.due == D(2026, 12, 15)
    assert "2026" not in repr(found)
    assert us_rights.line_separation(D(2026, 12, 11), 1, RULES) is None
    assert us_rights.line_separation(D(2024, 7, 14), 2, RULES) is None
    assert us_rights.line_separation(D(2024, 7, 15), 2, RULES) == us_rights.LineSeparation(D(2024, 7, 17))


def test_v17_the_commission_of_new_york() -> None:
    assert us_rights.commission_from(D(2026, 11, 23), "NY", RULES) == D(2026, 12, 7)
    assert us_rights.commission_review_until(D(2026, 12, 20), "ny", RULES) == D(2027, 1, 4)
    assert us_rights.commission_from(D(2026, 11, 23), "TX", RULES) is None
    assert us_rights.commission_review_until(D(2026, 12, 20), "", RULES) is None


@pytest.mark.parametrize("day", [D(2025, 7, 7), D(2025, 7, 8), D(2026, 3, 13), TODAY])
def test_v19_no_federal_right_to_cancel_by_a_click(day: date) -> None:
    rule = RULES.find("US-FTC-01", day)
    assert rule is None or not rule.is_certain


@pytest.mark.parametrize(
    ("state", "concluded", "online", "rule_id"),
    [
        ("CA", D(2025, 7, 1), True, "US-ST-01"),
        ("CA", D(2025, 6, 30), True, None),
        ("CA", D(2025, 7, 1), False, None),
        ("NY", D(2024, 1, 1), True, "US-ST-02"),
        ("OH", D(2026, 1, 1), True, None),
    ],
)
def test_where_one_may_cancel_online(state: str, concluded: date, online: bool, rule_id: str | None) -> None:
    found = us_rights.online_cancel_right(state, concluded, RULES, signed_up_online=online)
    assert (found.id if found is not None else None) == rule_id


def test_a_voice_message_in_california_is_answered_in_clock_hours_or_a_business_day() -> None:
    spring = us_rights.voicemail_answer_due(datetime(2027, 3, 13, 20, tzinfo=NEW_YORK), "CA", RULES)
    assert spring is not None
    assert (spring.first.isoformat(), spring.last.date()) == ("2027-03-14T21:00:00-04:00", D(2027, 3, 15))
    autumn = us_rights.voicemail_answer_due(datetime(2026, 10, 31, 20, tzinfo=NEW_YORK), "CA", RULES)
    assert autumn is not None
    assert autumn.first.isoformat() == "2026-11-01T19:00:00-05:00"
    assert us_rights.voicemail_answer_due(datetime(2026, 10, 31, 20, tzinfo=NEW_YORK), "NY", RULES) is None


def test_a_renewal_is_announced_in_new_york() -> None:
    assert us_rights.renewal_notice_window(D(2027, 1, 31), "NY", RULES) == (D(2026, 12, 17), D(2027, 1, 16))
    assert us_rights.renewal_notice_window(D(2027, 1, 31), "CA", RULES) is None


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (D(2016, 2, 15), ()),
        (D(2019, 2, 12), (8,)),
        (D(2019, 2, 13), (8, 24)),
        (D(2025, 8, 31), (8, 24)),
        (D(2025, 9, 1), ()),
        (TODAY, ()),
    ],
)
def test_the_sunset_of_the_battery(day: date, hours: tuple[int, ...]) -> None:
    assert us_rights.battery_hours(day, RULES) == hours


def test_what_is_only_believed_is_uncertain() -> None:
    believed = {r.id for r in RULES.rules if r.standing is Standing.UNCERTAIN}
    assert believed == {
        "US-LNP-05", "US-PIN-03", "US-SIM-01", "US-UNL-08-TMOBILE", "US-ETF-04", "US-FTC-01", "US-ST-01-VOICEMAIL",
        "US-POTS-01", "US-BAT-01", "US-PAY-01", "US-PAY-02", "US-FIN-01",
    }  # fmt: skip


def test_every_rule_speaks_proper_french() -> None:
    for rule in RULES.rules:
        french = rule.sentence("fr")
        assert french != rule.sentence("en"), rule.id
        assert french.endswith("."), rule.id
        assert "'" not in french, rule.id
        spaces = {":": "\u00a0", ";": "\u202f", "!": "\u202f", "?": "\u202f"}
        assert all(french[i - 1] == spaces[c] for i, c in enumerate(french) if c in spaces), rule.id
