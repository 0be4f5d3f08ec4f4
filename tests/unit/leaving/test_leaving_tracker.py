"""The tracker stays until the last refund and says what comes next."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillState
from selfcare.domain.lines import PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.leaving.aftermath import Papers, aftermath
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.tracker import (
    Tracked,
    TrackedKind,
    may_end_debit,
    next_tracked,
    track,
)
from selfcare.leaving.way import StepState, plan
from selfcare.leaving.wizard import Answers

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)
CUT = date(2026, 11, 26)
FACTS = LeavingFacts(
    country="GB",
    zone="Europe/London",
    line_id="PR-1",
    number="07700 900123",
    commitment_ends=date(2026, 10, 15),
    lock=SimLock.LOCKED,
    handset_id="DV-1",
    unlock_hours=48,
    unlock=Asked(NOW, sent=True),
    has_direct_debit=True,
)
OPEN = replace(FACTS, lock=SimLock.UNLOCKED, code=PortingCode("PAC", "ABC123456", date(2026, 12, 20)))
ANSWERS = Answers("PR-1", True, day=CUT, confirmed=NOW)


def bill(total: str, remaining: str, day: date = date(2026, 12, 8), category: str = "last") -> Bill:
    return Bill(
        "B-9", "9", day, day + timedelta(days=14), Money(Decimal(total), "GBP"), Money(Decimal(remaining), "GBP"),
        BillState.SENT, "sent", category=category,
    )  # fmt: skip


def states(
    facts: LeavingFacts, answers: Answers, bills: tuple[Bill, ...] = (), now: datetime = NOW
) -> dict[TrackedKind, StepState]:
    return {t.kind: t.state for t in items(facts, answers, bills, now)}


def items(
    facts: LeavingFacts, answers: Answers, bills: tuple[Bill, ...] = (), now: datetime = NOW
) -> tuple[Tracked, ...]:
    way = plan(facts, RULES, now.date(), now, "GBP", answers.choices())
    after = aftermath(facts, answers, way, bills, Papers(), now.date())
    return track(facts, answers, way, after, now.date())


def test_at_the_beginning_the_unlock_comes_next() -> None:
    upcoming = next_tracked(items(FACTS, ANSWERS), NOW.date())
    assert upcoming is not None
    assert upcoming.kind is TrackedKind.UNLOCKED
    assert upcoming.moment == NOW + timedelta(hours=48)


def test_a_missed_unlock_is_raised_by_itself() -> None:
    found = states(FACTS, ANSWERS, now=NOW + timedelta(hours=48, seconds=1))
    assert found[TrackedKind.UNLOCKED] is StepState.LATE


def test_then_the_code_is_given_away() -> None:
    upcoming = next_tracked(items(OPEN, ANSWERS), NOW.date())
    assert upcoming is not None
    assert upcoming.kind is TrackedKind.HAND_OVER
    given = replace(ANSWERS, handed_over=date(2026, 11, 25))
    upcoming = next_tracked(items(OPEN, given), NOW.date())
    assert upcoming is not None
    assert upcoming.kind is TrackedKind.CUT


def test_the_line_is_dead_by_the_operators_word() -> None:
    facts = replace(OPEN, line_ended=CUT)
    given = replace(ANSWERS, handed_over=date(2026, 11, 25))
    later = NOW + timedelta(days=6)
    found = states(facts, given, now=later)
    assert found[TrackedKind.CUT] is StepState.DONE
    upcoming = next_tracked(items(facts, given, now=later), later.date())
    assert upcoming is not None
    assert upcoming.kind is TrackedKind.FINAL_BILL


def test_of_what_is_to_be_done_now_the_soonest_comes_next() -> None:
    today = date(2026, 11, 21)
    box = Tracked(TrackedKind.RETURN, date(2026, 12, 20), StepState.NOW)
    check = Tracked(TrackedKind.CHECKED, None, StepState.NOW)
    paid = Tracked(TrackedKind.FINAL_PAID, date(2026, 11, 24), StepState.NOW)
    waits = Tracked(TrackedKind.CUT, date(2026, 11, 22), StepState.LATER)
    late = Tracked(TrackedKind.REFUND, date(2026, 11, 20), StepState.LATE)
    assert next_tracked((box, paid), today) == paid
    assert next_tracked((box, paid, check), today) == check
    assert next_tracked((waits, paid), today) == waits, "what comes before in the way is not jumped over"
    assert next_tracked((box, check, late), today) == late
    assert next_tracked((), today) is None


def test_without_the_operators_word_only_a_bill_marked_as_last_is_the_final_one() -> None:
    others = (bill("5", "5", category="normal"), bill("5", "5", day=date(2026, 11, 3)))
    assert states(OPEN, ANSWERS, others)[TrackedKind.FINAL_BILL] is StepState.LATER
    assert states(OPEN, ANSWERS, (bill("5", "5"),))[TrackedKind.FINAL_BILL] is StepState.DONE
    guessed = items(replace(OPEN, line_ended=CUT), ANSWERS, others)
    assert next(t for t in guessed if t.kind is TrackedKind.FINAL_BILL).bill_id == "B-9"
    assert states(replace(OPEN, line_ended=CUT), ANSWERS, others)[TrackedKind.DEBIT_ENDS] is StepState.LATER


def test_the_debit_stays_until_the_final_bill_is_paid() -> None:
    facts = replace(OPEN, line_ended=CUT)
    way = plan(facts, RULES, NOW.date(), NOW, "GBP", ANSWERS.choices())
    for bills, may in (((), False), ((bill("5.00", "5.00"),), False), ((bill("5.00", "0.00"),), True)):
        assert may_end_debit(aftermath(facts, ANSWERS, way, bills, Papers(), NOW.date())) is may
    found = states(facts, ANSWERS, (bill("5.00", "5.00"),))
    assert found[TrackedKind.FINAL_PAID] is StepState.NOW
    assert found[TrackedKind.DEBIT_ENDS] is StepState.LATER
    found = states(facts, ANSWERS, (bill("5.00", "0.00"),))
    assert found[TrackedKind.DEBIT_ENDS] is StepState.NOW
    ended = replace(ANSWERS, debit_ended=date(2026, 12, 20))
    assert states(facts, ended, (bill("5.00", "0.00"),))[TrackedKind.DEBIT_ENDS] is StepState.DONE


def test_a_final_bill_in_credit_is_followed_until_the_money_is_back() -> None:
    facts = replace(OPEN, line_ended=CUT)
    assert TrackedKind.REFUND not in states(facts, ANSWERS, (bill("5.00", "0.00"),))
    owed = states(facts, ANSWERS, (bill("-5.00", "-5.00"),))
    assert owed[TrackedKind.REFUND] is StepState.LATER
    assert states(facts, ANSWERS, (bill("-5.00", "0.00"),))[TrackedKind.REFUND] is StepState.DONE


def test_an_overdue_final_bill_is_late() -> None:
    found = states(replace(OPEN, line_ended=CUT), ANSWERS, (bill("5.00", "5.00"),), NOW + timedelta(days=60))
    assert found[TrackedKind.FINAL_PAID] is StepState.LATE
