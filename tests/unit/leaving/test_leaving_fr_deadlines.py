"""French windows and last days: changes, withdrawal, refunds, limits, the mediator, and a firm's invoices."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.domain.money import Money
from selfcare.leaving.countries import fr, fr_money
from selfcare.leaving.countries.fr_money import FeeCheck, FirmSize
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "fr.toml").read_bytes())
TODAY = date(2026, 11, 21)
D = date


def euros(text: str) -> Money:
    return Money(Decimal(text), "EUR")


@pytest.mark.parametrize(
    ("applies", "is_early"),
    [(D(2026, 12, 20), False), (D(2026, 12, 10), True), (D(2026, 12, 15), False), (D(2026, 12, 14), True)],
)
def test_v15_a_change_of_the_contract(applies: date, is_early: bool) -> None:
    told = D(2026, 11, 15)
    assert fr.change_is_early(told, applies, RULES) is is_early
    assert fr.earliest_change(told, RULES) == D(2026, 12, 15)
    assert fr.free_exit_window(told, RULES) == (told, D(2027, 3, 15))


@pytest.mark.parametrize(
    ("told", "until"),
    [
        (D(2026, 10, 31), D(2027, 2, 28)),
        (D(2027, 10, 31), D(2028, 2, 29)),
        (D(2027, 10, 30), D(2028, 2, 29)),
        (D(2028, 2, 29), D(2028, 6, 29)),
    ],
)
def test_four_months_over_a_months_end(told: date, until: date) -> None:
    assert fr.free_exit_window(told, RULES)[1] == until


def test_v16_the_end_of_the_commitment_is_announced() -> None:
    assert fr.end_notice_window(D(2027, 3, 15), RULES) == (D(2026, 12, 15), D(2027, 2, 15))
    assert fr.end_notice_window(D(2027, 5, 31), RULES) == (D(2027, 2, 28), D(2027, 4, 30))


@pytest.mark.parametrize(
    ("concluded", "postcode", "last"),
    [
        (D(2026, 11, 21), "", D(2026, 12, 7)),  # the fourteenth day is a Saturday
        (D(2026, 11, 22), "", D(2026, 12, 7)),  # a Sunday
        (D(2026, 11, 23), "", D(2026, 12, 7)),  # a Monday: fourteen days, no more
        (D(2026, 12, 11), "", D(2026, 12, 28)),  # Christmas on a Friday: over the weekend
        (D(2026, 3, 22), "", D(2026, 4, 7)),  # Easter Sunday: over its Monday
        (D(2026, 3, 20), "75001", D(2026, 4, 3)),  # Good Friday, a holiday of Alsace and Moselle alone
        (D(2026, 3, 20), "67000", D(2026, 4, 7)),
    ],
)
def test_days_to_withdraw_never_end_on_a_day_without_work(concluded: date, postcode: str, last: date) -> None:
    assert fr.withdraw_until(concluded, RULES, postcode) == last


def test_best_prices_each_year() -> None:
    assert fr.best_price_due(D(2024, 2, 29), RULES) == D(2025, 2, 28)


def test_withdrawal() -> None:
    assert fr.withdraw_until(D(2026, 11, 20), RULES) == D(2026, 12, 4)
    assert fr.withdraw_until(D(2028, 2, 15), RULES) == D(2028, 2, 29)
    assert not fr.withdraws_online(D(2026, 6, 18), RULES)
    assert fr.withdraws_online(D(2026, 6, 19), RULES)


@pytest.mark.parametrize(
    ("paid", "until"),
    [(D(2025, 12, 2), D(2026, 12, 2)), (D(2024, 2, 29), D(2025, 2, 28)), (D(2027, 2, 28), D(2028, 2, 28))],
)
def test_v20_a_year_both_ways(paid: date, until: date) -> None:
    assert fr_money.reclaim_until(paid, RULES) == until
    assert fr_money.operator_claims_until(paid, RULES) == until


def test_v22_what_comes_back() -> None:
    assert fr_money.refund_due(D(2026, 12, 8), RULES) == D(2026, 12, 18)
    assert fr_money.deposit_due(D(2026, 12, 22), RULES) == D(2027, 1, 1)


def test_the_box_goes_back() -> None:
    assert fr_money.return_until(D(2026, 12, 1), RULES) == D(2026, 12, 31)
    assert fr_money.return_until(D(2026, 12, 1), RULES, 15) == D(2026, 12, 16)
    assert fr_money.return_until(D(2026, 12, 1), RULES, 0) == D(2026, 12, 1)


@pytest.mark.parametrize(
    ("concluded", "filed", "is_free"),
    [
        (D(2026, 3, 1), D(2026, 7, 1), True),
        (D(2026, 3, 1), D(2026, 5, 20), False),
        (D(2026, 3, 1), D(2026, 6, 1), True),
        (D(2026, 3, 1), D(2026, 5, 31), False),
        (D(2022, 12, 31), D(2026, 7, 1), False),
        (D(2023, 1, 1), D(2026, 7, 1), True),
    ],
)
def test_v23_over_indebted(concluded: date, filed: date, is_free: bool) -> None:
    assert fr.frees_the_indebted(concluded, filed, RULES) is is_free


def test_v23_ends_within_ten_days() -> None:
    assert fr.indebted_contract_ends(D(2026, 11, 21), RULES) == D(2026, 12, 1)


@pytest.mark.parametrize(
    ("size", "on", "receives", "issues", "issues_from"),
    [
        (FirmSize.SMALL, D(2026, 11, 21), True, False, D(2027, 9, 1)),
        (FirmSize.LARGE, D(2026, 11, 21), True, True, D(2026, 9, 1)),
        (FirmSize.MID_SIZE, D(2026, 9, 1), True, True, D(2026, 9, 1)),
        (FirmSize.LARGE, D(2026, 8, 31), False, False, D(2026, 9, 1)),
        (FirmSize.MICRO, D(2027, 8, 31), True, False, D(2027, 9, 1)),
        (FirmSize.MICRO, D(2027, 9, 1), True, True, D(2027, 9, 1)),
    ],
)
def test_v24_electronic_invoices(size: FirmSize, on: date, receives: bool, issues: bool, issues_from: date) -> None:
    duties = fr_money.invoice_duties(size, on, RULES)
    assert (duties.must_receive, duties.must_issue, duties.issues_from) == (receives, issues, issues_from)
    assert duties.receives_from == D(2026, 9, 1)


@pytest.mark.parametrize(
    ("in_contract", "cost", "found"),
    [
        (False, None, FeeCheck.NOT_IN_CONTRACT),
        (None, "50", FeeCheck.READ_CONTRACT),
        (True, None, FeeCheck.ASK_FOR_COST),
        (True, "58.99", FeeCheck.ABOVE_COST),
        (True, "59", FeeCheck.JUSTIFIED),
    ],
)
def test_a_closing_fee(in_contract: bool | None, cost: str | None, found: FeeCheck) -> None:
    assert fr_money.check_closing_fee(euros("59"), in_contract, euros(cost) if cost else None) is found


def test_usual_closing_fees() -> None:
    assert fr_money.usual_closing_fee("Orange", TODAY, RULES) == (euros("50"), euros("50"))
    assert fr_money.usual_closing_fee("Bouygues Telecom", TODAY, RULES) == (euros("69"), euros("69"))
    assert fr_money.usual_closing_fee("Lumina", TODAY, RULES) == (euros("50"), euros("69"))


def test_direct_debits() -> None:
    assert fr_money.debit_back_until(D(2026, 11, 21), RULES) == D(2027, 1, 16)
    assert fr_money.unauthorised_debit_until(D(2026, 1, 31), RULES) == D(2027, 2, 28)
    assert fr_money.revoke_by(D(2028, 3, 1), RULES) == D(2028, 2, 29)


# ------------------------------------------------------------------ the mediator


def test_a_silent_operator() -> None:
    ladder = fr.mediator_ladder(D(2026, 11, 21), RULES)
    assert ladder.desk_from == D(2026, 12, 21)
    assert ladder.mediator_from == D(2027, 1, 21)
    assert ladder.mediator_until == D(2027, 11, 21)


def test_an_answer_that_does_not_satisfy_opens_the_next_step() -> None:
    quick = fr.mediator_ladder(D(2026, 11, 2), RULES, answered=D(2026, 11, 5), desk_answered=D(2026, 11, 20))
    assert (quick.desk_from, quick.mediator_from) == (D(2026, 11, 5), D(2026, 11, 20))
    half = fr.mediator_ladder(D(2026, 11, 2), RULES, answered=D(2026, 11, 5), desk_asked=D(2026, 11, 5))
    assert half.mediator_from == D(2026, 12, 5)


def test_the_mediator_stays_shut_where_service_answered_and_the_consumer_desk_was_not_asked() -> None:
    unasked = fr.mediator_ladder(D(2026, 9, 1), RULES, answered=D(2026, 9, 10))
    assert (unasked.desk_from, unasked.mediator_from) == (D(2026, 9, 10), None)
    assert not unasked.is_open_on(D(2026, 11, 21))
    undated = fr.mediator_ladder(D(2026, 9, 1), RULES, answered=D(2026, 9, 10), desk_answered=D(2026, 9, 30))
    assert undated.mediator_from == D(2026, 9, 30)


def test_silence_alone_opens_the_mediator_after_two_months_and_no_sooner() -> None:
    assert fr.mediator_ladder(D(2026, 1, 31), RULES).mediator_from == D(2026, 3, 31)
    assert fr.mediator_ladder(D(2026, 12, 31), RULES).mediator_from == D(2027, 2, 28)


def test_two_months_of_silence_are_a_shortcut() -> None:
    slow = fr.mediator_ladder(D(2026, 11, 2), RULES, desk_asked=D(2027, 1, 20))
    assert slow.mediator_from == D(2027, 1, 2)
    answered = fr.mediator_ladder(D(2026, 11, 2), RULES, answered=D(2026, 11, 20), desk_asked=D(2027, 1, 20))
    assert answered.mediator_from == D(2027, 2, 20)
    late = fr.mediator_ladder(D(2026, 11, 2), RULES, answered=D(2027, 1, 5), desk_asked=D(2027, 1, 20))
    assert late.mediator_from == D(2027, 1, 2)


def test_month_ends_make_the_shorter_way() -> None:
    asked = fr.mediator_ladder(D(2027, 1, 31), RULES, desk_asked=D(2027, 2, 28))
    assert asked.mediator_from == D(2027, 3, 28)


def test_the_year_counts_from_the_written_complaint() -> None:
    ladder = fr.mediator_ladder(D(2026, 11, 2), RULES, written=D(2026, 11, 20))
    assert ladder.mediator_until == D(2027, 11, 20)
    assert not ladder.is_open_on(D(2027, 1, 1))
    assert ladder.is_open_on(D(2027, 1, 2))
    assert ladder.is_open_on(D(2027, 11, 20))
    assert not ladder.is_open_on(D(2027, 11, 21))


def test_ninety_days_for_an_outcome() -> None:
    assert fr.mediator_outcome_by(D(2026, 12, 1), RULES) == D(2027, 3, 1)
