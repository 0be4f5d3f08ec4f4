"""The whole way out with its days: Claire's as drawn, and what each fact changes in it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.lines import Access, PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.countries import gb
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.quote import Agreement, CostReason
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.way import Caution, Choices, Route, StepKind, StepState, Way, plan

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)
D = date


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


CLAIRE = LeavingFacts(
    country="GB",
    zone="Europe/London",
    line_id="PR-1",
    number="07700 900123",
    commitment_ends=D(2026, 10, 15),
    notice=(30, "day"),
    monthly=pounds("22.00"),
    operator_charge=pounds("0.00"),
    operator_charge_day=TODAY,
    lock=SimLock.LOCKED,
    handset_id="DV-1",
    unlock_hours=48,
    has_direct_debit=True,
)
FREE = replace(CLAIRE, lock=SimLock.UNLOCKED)
BOUND = replace(FREE, commitment_ends=D(2027, 6, 5), operator_charge=None)


def way(facts: LeavingFacts, choices: Choices | None = None, now: datetime = NOW) -> Way:
    return plan(facts, RULES, now.date(), now, "GBP", choices)


def days(found: Way) -> dict[StepKind, date]:
    return {s.kind: s.day for s in found.steps}


def test_claires_way_is_the_one_that_was_drawn() -> None:
    found = way(CLAIRE)
    assert [(s.kind, s.day) for s in found.steps] == [
        (StepKind.UNLOCK_ASK, TODAY),
        (StepKind.SAVE, TODAY),
        (StepKind.UNLOCKED, D(2026, 11, 23)),
        (StepKind.CODE, D(2026, 11, 24)),
        (StepKind.HAND_OVER, D(2026, 11, 25)),
        (StepKind.CUT, D(2026, 11, 26)),
        (StepKind.FINAL_BILL, D(2026, 12, 10)),
        (StepKind.DOOR, D(2026, 12, 26)),
    ]
    code, unlocked, cut = (found.step(k) for k in (StepKind.CODE, StepKind.UNLOCKED, StepKind.CUT))
    assert code is not None
    assert code.last == D(2026, 12, 23)
    assert unlocked is not None
    assert unlocked.moment == NOW + timedelta(hours=48)
    assert cut is not None
    assert f"{cut.hour}" == "18:00:00"
    assert (found.earliest, found.cut) == (D(2026, 11, 24), D(2026, 11, 26))
    assert found.quote.is_free
    assert found.quote.agreement is Agreement.AGREES


def test_without_a_lock_nothing_is_unlocked_and_it_goes_faster() -> None:
    found = way(FREE)
    assert StepKind.UNLOCK_ASK not in days(found)
    assert found.earliest == D(2026, 11, 24)
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert way(FREE, now=monday).earliest == D(2026, 11, 24)


def test_a_handset_that_stays_behind_needs_no_unlock() -> None:
    found = way(CLAIRE, Choices(accept_locked=True))
    assert StepKind.UNLOCK_ASK not in days(found)
    assert StepKind.UNLOCKED not in days(found)
    assert found.code_from == NOW


def test_the_code_never_comes_before_the_unlock() -> None:
    found = way(CLAIRE, Choices(day=D(2026, 11, 22)))
    assert found.cut == D(2026, 11, 24)
    assert days(found)[StepKind.UNLOCKED] <= days(found)[StepKind.CODE] <= days(found)[StepKind.HAND_OVER]


def test_no_time_stated_for_the_unlock_is_a_guess() -> None:
    found = way(replace(CLAIRE, unlock_hours=None))
    assert found.unlock_is_guess
    unlocked = found.step(StepKind.UNLOCKED)
    assert unlocked is not None
    assert unlocked.is_guess


def test_an_unlock_that_is_late_is_said_so() -> None:
    asked = Asked(NOW - timedelta(hours=49), sent=True)
    found = way(replace(CLAIRE, unlock=asked))
    unlocked, ask = found.step(StepKind.UNLOCKED), found.step(StepKind.UNLOCK_ASK)
    assert unlocked is not None
    assert unlocked.state is StepState.LATE
    assert ask is not None
    assert ask.state is StepState.DONE
    assert Caution.UNLOCK_LATE in found.cautions
    at_the_minute = way(replace(CLAIRE, unlock=Asked(NOW - timedelta(hours=48), sent=True)))
    assert Caution.UNLOCK_LATE not in at_the_minute.cautions


def test_an_unlock_that_was_refused_can_be_asked_again() -> None:
    found = way(replace(CLAIRE, unlock=Asked(NOW, sent=True, done=True, refused=True, refusal="debt")))
    assert Caution.UNLOCK_REFUSED in found.cautions
    ask = found.step(StepKind.UNLOCK_ASK)
    assert ask is not None
    assert ask.state is StepState.NOW


def test_v23_a_handset_sold_locked_after_the_ban() -> None:
    assert Caution.SHOULD_NOT_BE_LOCKED in way(replace(CLAIRE, handset_bought=D(2021, 12, 17))).cautions
    assert Caution.SHOULD_NOT_BE_LOCKED not in way(replace(CLAIRE, handset_bought=D(2021, 12, 16))).cautions
    business = replace(CLAIRE, handset_bought=D(2021, 12, 17), is_business=True)
    assert Caution.SHOULD_NOT_BE_LOCKED not in way(business).cautions


def test_a_code_that_is_here_is_used_in_time() -> None:
    facts = replace(FREE, code=PortingCode("PAC", "ABC123456"), code_issued=D(2026, 11, 20))
    found = way(facts)
    code = found.step(StepKind.CODE)
    assert code is not None
    assert (code.state, code.last) == (StepState.DONE, D(2026, 12, 19))
    assert Caution.CODE_DIES_FIRST in way(facts, Choices(day=D(2026, 12, 23))).cautions
    assert Caution.CODE_DIES_FIRST not in way(facts, Choices(day=D(2026, 12, 17))).cautions


def test_a_code_that_expired_yesterday_ends_nothing() -> None:
    facts = replace(FREE, code=PortingCode("PAC", "ABC123456"), code_issued=D(2026, 10, 21))
    found = way(facts)
    assert Caution.CODE_DEAD in found.cautions
    code = found.step(StepKind.CODE)
    assert code is not None
    assert code.state is not StepState.DONE


def test_a_code_of_the_other_kind_is_not_taken_for_ours() -> None:
    facts = replace(FREE, code=PortingCode("STAC", "123456ABC"), code_issued=TODAY)
    port, stac = way(facts).step(StepKind.CODE), way(facts, Choices(keep_number=False)).step(StepKind.CODE)
    assert port is not None
    assert stac is not None
    assert (port.state is StepState.DONE, stac.state is StepState.DONE) == (False, True)


def test_the_ways_out() -> None:
    home = replace(FREE, access=Access.FIXED)
    assert way(FREE).route is Route.PORT
    assert way(FREE, Choices(keep_number=False)).route is Route.STAC
    assert way(FREE, Choices(keep_number=False, plain_notice=True)).route is Route.NOTICE
    assert way(home).route is Route.FIXED_SWITCH
    assert way(replace(home, is_business=True)).route is Route.PORT
    assert way(replace(home, is_business=True), Choices(keep_number=False)).route is Route.NOTICE
    abroad = way(replace(FREE, country="US"), Choices(keep_number=False))
    assert (abroad.route, Caution.NO_RULES in abroad.cautions) == (Route.NOTICE, True)


def test_v13_by_notice_without_a_new_operator() -> None:
    found = way(FREE, Choices(keep_number=False, plain_notice=True))
    assert (found.cut, found.earliest) == (D(2026, 12, 21), D(2026, 12, 21))
    assert [s.kind for s in found.steps][:2] == [StepKind.SAVE, StepKind.NOTICE]
    assert StepKind.CODE not in days(found)
    later = way(FREE, Choices(keep_number=False, plain_notice=True, day=D(2027, 1, 2)))
    assert later.cut == D(2027, 1, 2)


def test_a_long_notice_is_flagged_not_asserted() -> None:
    found = way(replace(FREE, notice=(90, "day")), Choices(keep_number=False, plain_notice=True))
    assert Caution.NOTICE_IS_LONG in found.cautions
    assert found.cut == TODAY + timedelta(days=90)


def test_a_day_on_which_nothing_moves_becomes_the_next_one() -> None:
    assert way(FREE, Choices(day=D(2026, 12, 25))).cut == D(2026, 12, 29)
    assert way(FREE, Choices(day=D(2026, 12, 29))).step(StepKind.HAND_OVER).day == D(2026, 12, 24)  # type: ignore[union-attr]


def test_a_holiday_in_scotland_is_mentioned() -> None:
    assert Caution.LOCAL_HOLIDAY in way(FREE, Choices(day=D(2026, 11, 30))).cautions
    assert Caution.LOCAL_HOLIDAY not in way(FREE, Choices(day=D(2026, 12, 1))).cautions


def test_25_numbers_have_their_own_way() -> None:
    assert Caution.MANY_NUMBERS in way(replace(FREE, numbers=25, is_business=True)).cautions
    assert Caution.MANY_NUMBERS not in way(replace(FREE, numbers=24, is_business=True)).cautions
    many = way(replace(FREE, numbers=25, is_business=True))
    assert many.scheme == ""
    assert many.step(StepKind.CODE) is None
    over, cut = many.step(StepKind.HAND_OVER), many.step(StepKind.CUT)
    assert over is not None
    assert over.rule_ids == ("UK-SW-08",)
    assert cut is not None
    assert cut.hour is None
    given_up = way(replace(FREE, numbers=25, is_business=True), Choices(keep_number=False))
    assert (given_up.route, given_up.scheme) == (Route.STAC, "")
    rent = next(line for line in given_up.quote.lines if line.reason is CostReason.RENT_UNTIL_THEN)
    assert rent.rule_id == "", "UK-SW-08 is about the day alone"
    assert next(d for d in many.departures if d.route is Route.STAC).rule_ids[0] == "UK-SW-08"
    assert way(replace(FREE, numbers=24, is_business=True)).scheme == "PAC"
    assert RULES.get("UK-SW-08", many.cut).number == gb.BULK


def test_a_business_waits_for_its_code() -> None:
    assert way(replace(FREE, is_business=True)).earliest > way(FREE).earliest


def test_bound_the_cost_is_a_range_with_its_rule() -> None:
    found = way(BOUND, Choices(day=D(2026, 12, 1)))
    quote = found.quote
    assert quote.is_range
    assert quote.lines[0].rule_id == "UK-CTR-10"
    low, high = quote.low, quote.high
    assert low is not None
    assert high is not None
    assert high == pounds("134.93")
    assert low == pounds("112.44")


@pytest.mark.parametrize(
    ("stated", "agreement"),
    [
        ("120.00", Agreement.AGREES),
        ("142.50", Agreement.HIGHER),
        ("20.00", Agreement.LOWER),
    ],
)
def test_the_operators_figure_stands_beside_ours(stated: str, agreement: Agreement) -> None:
    facts = replace(BOUND, operator_charge=pounds(stated), operator_charge_day=D(2026, 12, 1))
    assert way(facts).quote.agreement is agreement


def test_another_currency_cannot_be_compared() -> None:
    facts = replace(BOUND, operator_charge=Money(Decimal(1), "EUR"))
    assert way(facts).quote.agreement is Agreement.CANNOT_TELL


def test_what_is_not_stated_is_not_nothing() -> None:
    quote = way(replace(FREE, commitment_ends=None)).quote
    assert (quote.low, quote.high, quote.lines[0].reason) == (None, None, CostReason.COMMITMENT_NOT_STATED)
    quote = way(replace(BOUND, monthly=None)).quote
    assert (quote.high, quote.lines[0].reason) == (None, CostReason.PRICE_NOT_STATED)


def test_v11_a_price_change_may_open_a_free_exit() -> None:
    facts = replace(BOUND, price_changes=(TODAY,))
    line = way(facts).quote.lines[0]
    assert (line.reason, line.until, line.low) == (CostReason.FREE_EXIT, D(2026, 12, 21), pounds("0"))
    assert line.high != pounds("0")
    too_late = replace(BOUND, price_changes=(D(2026, 10, 1),))
    assert way(too_late).quote.lines[0].reason is CostReason.COMMITMENT_LEFT


def test_v09_rent_in_advance_comes_back_after_a_switch_only() -> None:
    facts = replace(FREE, rent=pounds("30"), rent_from=D(2026, 12, 1), rent_until=D(2026, 12, 31))
    lines = way(facts, Choices(day=D(2026, 12, 11))).quote.lines
    back = next(line for line in lines if line.reason is CostReason.RENT_BACK)
    assert back.high == pounds("-19.35")
    notice = way(facts, Choices(keep_number=False, plain_notice=True))
    assert all(line.reason is not CostReason.RENT_BACK for line in notice.quote.lines)


def test_over_the_change_of_the_clocks_hours_stay_hours() -> None:
    friday = datetime(2026, 10, 23, 15, 0, tzinfo=UTC)
    unlocked = way(CLAIRE, now=friday).step(StepKind.UNLOCKED)
    assert unlocked is not None
    assert unlocked.moment == datetime(2026, 10, 25, 15, 0, tzinfo=UTC)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 1), timezones=st.just(UTC))
CHOICES = st.builds(
    Choices,
    keep_number=st.booleans(),
    plain_notice=st.booleans(),
    accept_locked=st.booleans(),
    day=st.none() | st.dates(D(2026, 1, 1), D(2031, 1, 1)),
    nation=st.sampled_from(["", "GB-SCT", "GB-NIR"]),
)


@given(MOMENTS, CHOICES, st.sampled_from(list(SimLock)), st.sampled_from(list(Access)))
def test_the_steps_always_stand_in_order(now: datetime, choices: Choices, lock: SimLock, access: Access) -> None:
    found = way(replace(CLAIRE, lock=lock, access=access), choices, now)
    order = [s.day for s in found.steps]
    assert order == sorted(order)
    assert found.earliest <= found.cut
    assert now.date() <= order[0]
    cut = found.step(StepKind.CUT)
    assert cut is not None
    assert cut.day == found.cut


@settings(deadline=None)
@given(MOMENTS, st.dates(D(2026, 1, 1), D(2031, 1, 1)), st.dates(D(2026, 1, 1), D(2031, 1, 1)))
def test_a_later_day_never_costs_more(now: datetime, one: date, two: date) -> None:
    first, second = sorted((one, two))
    facts = replace(BOUND, commitment_ends=D(2028, 3, 31))
    sooner, later = (way(facts, Choices(day=d), now).quote for d in (first, second))
    assert sooner.high is not None
    assert later.high is not None
    assert later.high <= sooner.high
    assert sooner.low is not None
    assert sooner.low <= sooner.high


def test_to_another_home_no_new_provider_ends_the_line() -> None:
    box = replace(FREE, access=Access.INTERNET)
    assert Route.FIXED_SWITCH in {d.route for d in way(box).departures}
    moving = way(box, Choices(about=Circumstances(Reason.MOVING)))
    assert moving.route is Route.NOTICE
    assert Route.FIXED_SWITCH not in {d.route for d in moving.departures}


def test_v04_a_business_asks_for_its_code_while_it_can_still_take_its_time() -> None:
    """Two working days for the code (UK-SW-06), and as long again, before it is handed over."""
    eve = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    firm = replace(FREE, is_business=True, numbers=24)
    found = way(firm, now=eve)
    assert days(found)[StepKind.CODE] == D(2026, 12, 24)
    assert days(found)[StepKind.HAND_OVER] == D(2027, 1, 4)
    due = found.country.code_due(found.ground, eve)
    assert due is not None
    assert due.date() == D(2026, 12, 30)
    later = days(way(firm, Choices(day=D(2027, 2, 1)), eve))
    assert (later[StepKind.CODE], later[StepKind.HAND_OVER]) == (D(2027, 1, 22), D(2027, 1, 29))
    own = days(way(replace(FREE, numbers=24), Choices(day=D(2027, 2, 1)), eve))
    assert own[StepKind.CODE] == D(2027, 1, 28)
