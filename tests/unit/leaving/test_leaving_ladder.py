"""The way up in three countries: when each step opens and closes, what is sure, and what is never asserted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.domain.complaints import Complaint
from selfcare.domain.records import replace
from selfcare.leaving.ladder import Door, Rung, StepKind, Whose, is_asserted, ladder, weeks_passed
from selfcare.leaving.rules import parse_rules

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "rules"
RULES = {country: parse_rules((FOLDER / f"{country.lower()}.toml").read_bytes()) for country in ("GB", "FR", "US")}
FIRST = date(2026, 9, 1)


def step(country: str, kind: StepKind, course: Complaint, today: date, whose: Whose | None = None) -> Rung:
    return next(rung for rung in ladder(country, course, RULES[country], today, whose) if rung.kind is kind)


def test_britain_six_weeks_then_the_ombudsman_until_twelve_months_after_deadlock() -> None:
    course = Complaint(first=FIRST)
    opens = date(2026, 10, 13)
    assert step("GB", StepKind.OMBUDSMAN, course, opens - timedelta(days=1)).door is Door.LATER
    found = step("GB", StepKind.OMBUDSMAN, course, opens)
    assert (found.door, found.opens, found.closes) == (Door.OPEN, opens, None)
    sooner = Complaint(first=FIRST, deadlock=date(2026, 9, 20))
    found = step("GB", StepKind.OMBUDSMAN, sooner, date(2027, 9, 20))
    assert (found.door, found.opens, found.closes) == (Door.OPEN, date(2026, 9, 20), date(2027, 9, 20))
    assert step("GB", StepKind.OMBUDSMAN, sooner, date(2027, 9, 21)).door is Door.OVER
    assert is_asserted(found, RULES["GB"], FIRST)


def test_britain_before_april_it_was_eight_weeks() -> None:
    found = step("GB", StepKind.OMBUDSMAN, Complaint(first=date(2026, 4, 7)), date(2026, 6, 2))
    assert found.opens == date(2026, 6, 2)


def test_the_court_and_a_firms_ombudsman_are_never_asserted() -> None:
    assert not is_asserted(step("GB", StepKind.COURT, Complaint(first=FIRST), FIRST), RULES["GB"], FIRST)
    firm, of_a_firm = Complaint(first=FIRST), Whose(is_business=True)
    assert not is_asserted(step("GB", StepKind.OMBUDSMAN, firm, FIRST, of_a_firm), RULES["GB"], FIRST)
    assert not is_asserted(step("FR", StepKind.MEDIATOR, firm, FIRST, of_a_firm), RULES["FR"], FIRST)


def test_france_a_month_a_month_and_a_year() -> None:
    course = Complaint(first=FIRST)
    desk = step("FR", StepKind.CONSUMER_DESK, course, date(2026, 10, 1))
    assert (desk.door, desk.opens) == (Door.OPEN, date(2026, 10, 1))
    mediator = step("FR", StepKind.MEDIATOR, course, date(2026, 11, 1))
    assert (mediator.door, mediator.opens, mediator.closes) == (Door.OPEN, date(2026, 11, 1), date(2027, 9, 1))
    assert step("FR", StepKind.MEDIATOR, course, date(2026, 10, 31)).door is Door.LATER
    assert step("FR", StepKind.MEDIATOR, course, date(2027, 9, 2)).door is Door.OVER
    answered = Complaint(first=FIRST, answered=date(2026, 9, 5), desk=date(2026, 9, 6), desk_answered=date(2026, 9, 10))
    assert step("FR", StepKind.MEDIATOR, answered, date(2026, 9, 10)).door is Door.OPEN


def test_france_no_mediator_before_the_consumer_desk_unless_nobody_answered() -> None:
    answered = Complaint(first=FIRST, answered=date(2026, 9, 10))
    today = date(2026, 11, 21)
    assert step("FR", StepKind.CONSUMER_DESK, answered, today).door is Door.OPEN
    mediator = step("FR", StepKind.MEDIATOR, answered, today)
    assert (mediator.door, mediator.opens) == (Door.LATER, None)
    assert step("FR", StepKind.MEDIATOR, answered, date(2027, 9, 2)).door is Door.OVER
    asked = replace(answered, desk=date(2026, 10, 20))
    assert step("FR", StepKind.MEDIATOR, asked, today).door is Door.OPEN
    late = replace(answered, desk=date(2027, 8, 20))
    assert step("FR", StepKind.MEDIATOR, late, date(2027, 9, 2)).door is Door.OVER
    silent = Complaint(first=date(2026, 1, 31))
    assert step("FR", StepKind.MEDIATOR, silent, date(2026, 3, 30)).door is Door.LATER
    assert step("FR", StepKind.MEDIATOR, silent, date(2026, 3, 31)).door is Door.OPEN


def test_france_money_is_barred_after_a_year_and_ninety_days_are_not_asserted() -> None:
    paid = Complaint(first=FIRST, paid=date(2025, 11, 21), asked=date(2026, 11, 2))
    bar = step("FR", StepKind.REFUND_BAR, paid, date(2026, 11, 21))
    assert (bar.door, bar.closes) == (Door.OPEN, date(2026, 11, 21))
    assert step("FR", StepKind.REFUND_BAR, paid, date(2026, 11, 22)).door is Door.OVER
    outcome = step("FR", StepKind.MEDIATOR_OUTCOME, paid, date(2026, 11, 22))
    assert outcome.answer == date(2027, 1, 31)
    assert not is_asserted(outcome, RULES["FR"], FIRST)


def test_us_v12_thirty_days_then_six_months() -> None:
    course = Complaint(first=date(2026, 11, 20), served=date(2026, 11, 23))
    today = date(2026, 12, 20)
    assert step("US", StepKind.FCC_INFORMAL, course, today).answer == date(2026, 12, 23)
    assert step("US", StepKind.FCC_INFORMAL, course, date(2026, 12, 24)).door is Door.OVER
    answered = Complaint(first=course.first, served=course.served, desk_answered=date(2026, 12, 20))
    formal = step("US", StepKind.FCC_FORMAL, answered, today)
    assert (formal.door, formal.closes) == (Door.OPEN, date(2027, 6, 20))


def test_us_v17_new_york_calls_the_staff_after_two_weeks_and_other_states_are_not_invented() -> None:
    course = Complaint(first=date(2026, 11, 23), state="NY")
    found = step("US", StepKind.COMMISSION, course, date(2026, 12, 6))
    assert (found.door, found.opens) == (Door.LATER, date(2026, 12, 7))
    decided = Complaint(first=course.first, state="NY", decided=date(2026, 12, 20))
    review = step("US", StepKind.COMMISSION, decided, date(2027, 1, 4))
    assert (review.door, review.closes) == (Door.OPEN, date(2027, 1, 4))
    assert step("US", StepKind.COMMISSION, decided, date(2027, 1, 5)).door is Door.OVER
    kinds = [r.kind for r in ladder("US", Complaint(first=FIRST, state="TX"), RULES["US"], FIRST)]
    assert StepKind.COMMISSION not in kinds


def test_an_answer_that_was_had_is_due_no_more_and_a_step_that_was_passed_over_is_not_open() -> None:
    course = Complaint(first=FIRST, asked=date(2026, 10, 20))
    scheme = step("GB", StepKind.OMBUDSMAN, course, date(2026, 10, 25))
    assert (scheme.door, scheme.answer, scheme.is_aim) == (Door.RUNNING, date(2026, 12, 1), True)
    assert step("GB", StepKind.DEADLOCK, course, date(2026, 10, 25)).door is Door.PASSED
    decided = Complaint(first=FIRST, asked=course.asked, accepted=date(2026, 11, 2))
    scheme = step("GB", StepKind.OMBUDSMAN, decided, date(2026, 12, 25))
    assert (scheme.door, scheme.answer) == (Door.TAKEN, None)
    had = Complaint(first=FIRST, served=date(2026, 11, 23), desk_answered=date(2026, 12, 20))
    informal = step("US", StepKind.FCC_INFORMAL, had, date(2027, 6, 20))
    assert (informal.door, informal.answer) == (Door.TAKEN, None)
    skipped = Complaint(first=FIRST, asked=date(2026, 11, 5))
    assert step("FR", StepKind.CONSUMER_DESK, skipped, date(2026, 11, 9)).door is Door.PASSED
    desk = Complaint(first=FIRST, desk=date(2026, 10, 2), desk_answered=date(2026, 10, 9))
    assert step("FR", StepKind.CONSUMER_DESK, desk, date(2027, 1, 1)).answer is None


def test_where_the_carrier_never_answers_the_formal_complaint_seems_open() -> None:
    course = Complaint(first=date(2026, 11, 20), served=date(2026, 11, 23))
    assert step("US", StepKind.FCC_FORMAL, course, date(2026, 12, 23)).door is Door.LATER
    formal = step("US", StepKind.FCC_FORMAL, course, date(2026, 12, 24))
    assert (formal.door, formal.opens, formal.closes, formal.is_certain) == (Door.OPEN, date(2026, 12, 24), None, False)


def test_a_country_without_rules_has_only_the_first_step() -> None:
    assert [r.kind for r in ladder("DE", Complaint(), RULES["GB"], FIRST)] == [StepKind.SERVICE]


def test_weeks_are_whole() -> None:
    assert [weeks_passed(FIRST, FIRST + timedelta(days=d)) for d in (-3, 6, 7, 41, 42)] == [0, 0, 1, 5, 6]


days = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31)))


@pytest.mark.parametrize("country", ["GB", "FR", "US"])
@settings(deadline=None)
@given(days, days, days, days, days, st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_no_step_is_open_before_its_day_or_after_its_last(
    country: str, first: date | None, answered: date | None, desk: date | None, deadlock: date | None,
    asked: date | None, today: date,
) -> None:  # fmt: skip
    course = Complaint(
        first=first, answered=answered, desk=desk, deadlock=deadlock, asked=asked, state="NY", paid=answered
    )
    for rung in ladder(country, course, RULES[country], today):
        if rung.door is Door.OPEN:
            assert rung.opens is None or rung.opens <= today
            assert rung.closes is None or today <= rung.closes
