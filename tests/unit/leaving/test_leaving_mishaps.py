"""What goes wrong on the way out: told, kept between two starts, and reckoned in each country."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.money import Money
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.claims import Claimant, ClaimOf, Figure
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.mishaps import (
    MOST,
    Compensation,
    Mishap,
    Mishaps,
    compensations,
    mishap_answered,
    mishaps_document,
    mishaps_from,
    outage_of,
    spell_key,
)
from selfcare.leaving.outage import Spell, rent_of
from selfcare.leaving.reach import Who
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.leaving.wizard import Answers, answer

FOLDER = Path(__file__).parents[3] / "resources" / "rules"
GB, FR, US = (parse_rules((FOLDER / f"{name}.toml").read_bytes()) for name in ("gb", "fr", "us"))
NOWHERE = Rules("XX", "", date(2026, 11, 21), ())
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 12, 1, 8, tzinfo=LONDON)
TODAY = NOW.date()
HOME = Claimant(Who("consumer", "fixed"), Money(Decimal("30.00"), "GBP"), "Zen Internet")
FRENCH = Claimant(Who(), Money(Decimal("15.99"), "EUR"), "Orvane France")
quickly = settings(max_examples=100, deadline=None)


def told(*answers: tuple[str, str]) -> Mishaps:
    found = Mishaps()
    for question, value in answers:
        found = mishap_answered(found, question, value)
    return found


def reckoned(mishaps: Mishaps, claimant: Claimant, rules: Rules, now: datetime = NOW) -> tuple[Compensation, ...]:
    return compensations(mishaps, claimant, rules, now, {})


def test_each_answer_goes_where_it_belongs() -> None:
    found = told(
        ("add", "latePort 2026-11-26"), ("add", "missedVisit 2026-11-20"), ("add", "lateStart 2026-11-16"),
        ("due:1", "2026-11-27"), ("done:1", "2026-11-30"), ("hours:2", "20"), ("by:2", "new"),
    )  # fmt: skip
    assert found.told == (
        Mishap("1", ClaimOf.LATE_PORT, date(2026, 11, 27), date(2026, 11, 30)),
        Mishap("2", ClaimOf.MISSED_VISIT, date(2026, 11, 20), hours_ahead=20, by_new=True),
        Mishap("3", ClaimOf.LATE_START, date(2026, 11, 16), by_new=True),
    )
    emptied = mishap_answered(mishap_answered(found, "done:1", ""), "hours:2", "")
    assert (emptied.told[0].done, emptied.told[1].hours_ahead) == (None, None)
    assert mishap_answered(found, "due:1", "").told[0].due == date(2026, 11, 27), "the day it was due is never empty"


def test_a_key_is_never_given_twice() -> None:
    found = told(("add", "latePort 2026-11-26"), ("drop:1", ""), ("add", "latePort 2026-11-26"))
    assert [m.key for m in found.told] == ["2"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("add", "lateRepair 2026-11-26"),
        ("add", "earthquake 2026-11-26"),
        ("add", "latePort soon"),
        ("start", "2026-11-26T10:00"),
        ("spell", "2026-11-26T10:00+00:00|2026-11-26T10:00+00:00|"),
        ("nonsense", ""),
    ],
)
def test_what_makes_no_sense_is_refused(question: str, value: str) -> None:
    with pytest.raises(ValueError):
        told((question, value))


def test_the_clock_starts_once_and_stops() -> None:
    nine, ten, noon = (f"2026-11-26T{hour}:00:00+00:00" for hour in ("09", "10", "12"))
    found = told(("start", nine), ("start", ten), ("report", ten))
    assert found.running == Spell(datetime.fromisoformat(nine), None, datetime.fromisoformat(ten))
    assert outage_of(found, datetime.fromisoformat(noon)).hours == 3
    over = mishap_answered(found, "stop", noon)
    assert over.running is None
    assert outage_of(over, NOW).hours == 3
    assert mishap_answered(over, "stop", noon) == over
    typed = mishap_answered(over, "spell", "2026-11-26T11:00:00+00:00|2026-11-26T13:30:00+00:00|")
    assert outage_of(typed, NOW).hours == Decimal("4.5"), "what overlaps counts once"
    assert mishap_answered(typed, "forget", spell_key(typed.spells[0])).spells == typed.spells[1:]


def test_what_an_outage_is_worth() -> None:
    reported = told(("spell", "2026-12-23T09:00:00+00:00|2026-12-31T07:00:00+00:00|2026-12-23T09:00:00+00:00"))
    later = datetime(2026, 12, 31, 8, tzinfo=LONDON)
    (british,) = reckoned(reported, HOME, GB, later)
    assert british.owed.amount == Money(Decimal("20.68"), "GBP")
    (french,) = reckoned(reported, FRENCH, FR, later)
    assert (french.owed.amount, french.owed.figure) == (None, Figure.NO_RULE)
    silent = told(("spell", "2026-12-23T09:00:00+00:00|2026-12-31T07:00:00+00:00|"))
    assert reckoned(silent, HOME, GB, later) == ()
    assert rent_of(outage_of(reported, later), Money(Decimal("30.00"), "GBP")) == Money(Decimal("7.92"), "GBP")


def test_a_prepaid_card_has_a_month_too() -> None:
    card = replace(FRENCH, monthly=None)
    late = told(("add", "latePort 2026-11-26"), ("done:1", "2026-11-28"), ("credit:1", "10,00"))
    (found,) = reckoned(late, card, FR)
    assert (found.owed.amount, found.owed.figure) == (None, Figure.NO_PRICE)
    whole = mishap_answered(late, "left:1", "15")
    (found,) = compensations(whole, card, FR, NOW, {}, "EUR")
    assert found.owed.amount == Money(Decimal("8.00"), "EUR"), "20.00 a month, a fifth of it for each of two days"
    (priced,) = compensations(whole, FRENCH, FR, NOW, {}, "EUR")
    assert priced.owed.amount == Money(Decimal("6.40"), "EUR"), "a price that the operator states counts first"
    (abroad,) = compensations(whole, card, US, NOW, {}, "USD")
    assert abroad.owed.amount is None
    assert mishaps_from(mishaps_document(whole)) == whole
    for wrong in (mishap_answered(whole, "left:1", "0"), mishap_answered(whole, "credit:1", "ten")):
        assert compensations(wrong, card, FR, NOW, {}, "EUR")[0].owed.figure is Figure.NO_PRICE


def test_a_clock_that_is_set_back_makes_no_negative_time() -> None:
    found = told(("start", "2026-11-26T09:00:00+00:00"), ("stop", "2026-11-26T08:00:00+00:00"))
    assert found.running is not None


def test_the_hour_that_the_clocks_take_counts_as_it_passed() -> None:
    found = told(("spell", "2026-10-25T00:30:00+01:00|2026-10-25T02:30:00+00:00|"))
    assert outage_of(found, NOW).hours == 3


@given(st.lists(st.sampled_from(["start", "stop", "report"]), max_size=60))
@quickly
def test_the_hours_never_fall_whatever_is_pressed(presses: list[str]) -> None:
    found, moment = Mishaps(), datetime(2026, 11, 1, tzinfo=UTC)
    hours = Decimal(0)
    for press in presses:
        moment += timedelta(minutes=7)
        found = mishap_answered(found, press, moment.isoformat())
        now = outage_of(found, moment).hours
        assert now >= hours
        hours = now
    assert len(found.spells) <= MOST
    assert mishaps_from(json.loads(json.dumps(mishaps_document(found)))) == found


def test_it_is_kept_with_the_plan_and_not_of_a_discreet_one() -> None:
    wrong = told(("add", "missedVisit 2026-11-20"), ("hours:1", "3"), ("start", "2026-11-26T09:00:00+00:00"))
    answers = Answers("PR-1", True, mishaps=wrong, settled=(("claimed:1", TODAY),))
    assert plans_from_bytes(plans_to_bytes(Plans().with_answers(answers))).of("PR-1") == answers
    hidden = replace(answers, about=Circumstances(Reason.SAFETY))
    assert b"missedVisit" not in plans_to_bytes(Plans().with_answers(hidden))


@pytest.mark.parametrize("raw", [None, [], {"told": [1, {}], "spells": ["x", [None, None, None]], "made": "x"}])
def test_what_cannot_be_read_of_it_is_left_out_and_the_plan_stays(raw: Any) -> None:
    kept = json.loads(plans_to_bytes(Plans().with_answers(Answers("PR-1", True))))
    kept["lines"]["PR-1"]["mishaps"] = raw
    read = plans_from_bytes(json.dumps(kept).encode()).of("PR-1")
    assert (read.keep_number, read.mishaps) == (True, Mishaps())


def test_a_plan_of_before_has_no_mishaps() -> None:
    kept = json.loads(plans_to_bytes(Plans().with_answers(Answers("PR-1", True))))
    del kept["lines"]["PR-1"]["mishaps"]
    assert plans_from_bytes(json.dumps(kept).encode()).of("PR-1") == Answers("PR-1", True)


def test_the_wizard_hands_it_on_and_keeps_the_confirmation() -> None:
    answers = Answers("PR-1", True, confirmed=NOW)
    found = answer(answers, "mishap:add", "latePort 2026-11-26", TODAY)
    assert (found.mishaps.told[0].of, found.confirmed) == (ClaimOf.LATE_PORT, NOW)


def test_french_days_are_a_fifth_each_and_paid_thirty_days_after_they_were_asked_for() -> None:
    late = told(("add", "latePort 2026-11-03"), ("done:1", "2026-11-09"))
    (found,) = compensations(late, FRENCH, FR, NOW, {"1": date(2026, 11, 10)})
    assert (found.owed.amount, found.owed.days) == (Money(Decimal("19.19"), "EUR"), 6)
    assert found.owed.payable_by == date(2026, 12, 10)
    (lost,) = reckoned(told(("add", "lostNumber 2026-11-03")), FRENCH, FR)
    assert lost.owed.amount == Money(Decimal("383.76"), "EUR")


def test_a_french_visit_without_a_switch_has_no_sum() -> None:
    visit = told(("add", "missedVisit 2026-11-20"), ("done:1", "2026-11-25"))
    assert reckoned(visit, FRENCH, FR)[0].owed.figure is Figure.KNOWN
    alone = reckoned(visit, replace(FRENCH, switched=False), FR)[0].owed
    assert (alone.figure, alone.amount, alone.is_owed) == (Figure.NO_RULE, None, True)


def test_british_members_pay_by_the_code_and_a_new_operator_is_not_taken_for_one() -> None:
    start = told(("add", "lateStart 2026-11-16"), ("done:1", "2026-11-20"), ("add", "missedVisit 2026-11-20"))
    new, own = (c.owed for c in reckoned(start, HOME, GB))
    assert (new.amount, new.is_certain, new.must_claim) == (Money(Decimal("25.84"), "GBP"), False, True)
    assert (own.amount, own.is_certain, own.payable_by) == (Money(Decimal("32.31"), "GBP"), True, date(2026, 12, 20))


def test_hours_without_service_count_from_the_report() -> None:
    spell = "2026-11-23T09:00:00+00:00|2026-11-30T20:00:00+00:00|"
    assert reckoned(told(("spell", spell)), HOME, GB) == ()
    (found,) = reckoned(told(("spell", spell + "2026-11-23T09:30:00+00:00")), HOME, GB)
    assert (found.of, found.due, found.done) == (ClaimOf.LATE_REPAIR, date(2026, 11, 23), date(2026, 11, 30))
    # Reported on Monday the 23rd: the second full working day is Wednesday the 25th. One for its end, then one each
    # for the 26th, 27th, 28th and 29th; the 30th is not full.
    assert (found.owed.days, found.owed.amount) == (5, Money(Decimal("51.70"), "GBP"))
    (french,) = reckoned(told(("spell", spell + "2026-11-23T09:30:00+00:00")), FRENCH, FR)
    assert french.owed.figure is Figure.NO_RULE


@pytest.mark.parametrize(("claimant", "rules"), [(FRENCH, US), (FRENCH, NOWHERE)])
def test_elsewhere_no_sum_is_invented(claimant: Claimant, rules: Rules) -> None:
    late = told(("add", "latePort 2026-11-03"), ("add", "lostNumber 2026-11-03"), ("add", "missedVisit 2026-11-03"))
    assert [c.owed.amount for c in reckoned(late, claimant, rules)] == [None, None, None]
