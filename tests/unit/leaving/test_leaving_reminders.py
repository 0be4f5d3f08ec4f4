"""Reminders of a tracked way: a day and an hour before the cut, once each, never late, and discreet where wished."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillState
from selfcare.domain.lines import PortingCode
from selfcare.domain.money import Money
from selfcare.leaving import equipment as eq
from selfcare.leaving.aftermath import Papers, aftermath
from selfcare.leaving.debits import Debit, DebitRight, DebitWhy
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.refunds import Refund, RefundOf, RefundState
from selfcare.leaving.reminders import Reminder, ReminderKind, moment_of_cut, reminders
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.tracker import Tracked, TrackedKind, track
from selfcare.leaving.way import StepState, plan
from selfcare.leaving.wizard import Answers

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
ZONE = "Europe/London"
LONDON = ZoneInfo(ZONE)
D = date
NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)
CUT = Tracked(TrackedKind.CUT, D(2026, 11, 26), StepState.LATER, hour=time(18))

quickly = settings(max_examples=100, deadline=None)


def london(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def of(kind: ReminderKind, found: tuple[Reminder, ...]) -> list[datetime]:
    return [r.at for r in found if r.kind is kind]


def test_a_day_and_an_hour_before_the_cut() -> None:
    found = reminders("PR-1", (CUT,), ZONE, NOW)
    assert of(ReminderKind.CUT, found) == [london(11, 25, 18), london(11, 26, 17)]
    assert all((r.day, r.moment) == (D(2026, 11, 26), london(11, 26, 18)) for r in found)


@pytest.mark.parametrize(
    ("day", "hour", "a_day", "an_hour"),
    [
        (D(2026, 10, 25), time(12), london(10, 24, 12), london(10, 25, 11)),
        (D(2026, 3, 29), time(12), london(3, 28, 12), london(3, 29, 11)),
        (D(2026, 3, 29), time(2, 30), london(3, 28, 2, 30), london(3, 29, 0, 30)),
        (D(2026, 3, 30), time(1, 30), london(3, 29, 2, 30), london(3, 30, 0, 30)),
    ],
)
def test_on_the_day_of_a_clock_change_an_hour_is_an_hour(
    day: date, hour: time, a_day: datetime, an_hour: datetime
) -> None:
    found = reminders("PR-1", (replace(CUT, day=day, hour=hour),), ZONE, NOW - timedelta(days=300))
    assert of(ReminderKind.CUT, found) == [a_day, an_hour]
    moment = moment_of_cut(replace(CUT, day=day, hour=hour), LONDON)
    assert moment is not None
    assert moment[0].astimezone(UTC) - found[-1].at.astimezone(UTC) == timedelta(hours=1)


def test_in_the_hour_that_comes_twice_the_second_one_is_still_ahead() -> None:
    late = replace(CUT, day=D(2026, 10, 25), hour=time(2, 30))
    now = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON)
    (found,) = reminders("PR-1", (late,), ZONE, now)
    assert found.at.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_cut_without_an_hour_may_come_from_its_first_moment() -> None:
    found = reminders("PR-1", (replace(CUT, hour=None),), ZONE, NOW)
    assert of(ReminderKind.CUT, found) == [london(11, 25, 9), london(11, 25, 23)]
    assert all(r.moment is None for r in found)


@pytest.mark.parametrize(
    ("day", "a_day", "an_hour"),
    [
        (D(2026, 11, 26), london(11, 25, 9), london(11, 26, 23)),
        (D(2026, 3, 29), london(3, 28, 9), london(3, 29, 23)),
        (D(2026, 10, 25), london(10, 24, 9), london(10, 25, 23)),
    ],
)
def test_after_a_notice_the_line_works_until_the_end_of_its_day(day: date, a_day: datetime, an_hour: datetime) -> None:
    whole = replace(CUT, day=day, hour=None, is_whole_day=True)
    found = reminders("PR-1", (whole,), ZONE, NOW - timedelta(days=300))
    assert of(ReminderKind.CUT, found) == [a_day, an_hour]
    moment = moment_of_cut(whole, LONDON)
    assert moment is not None
    assert (moment[0].date(), moment[0].hour, moment[1]) == (day, 23, True)


def test_an_operator_elsewhere_has_its_own_hours() -> None:
    (first, _) = reminders("PR-1", (CUT,), "America/New_York", NOW)
    assert first.at.astimezone(UTC) == datetime(2026, 11, 25, 23, tzinfo=UTC)


def test_the_whole_of_a_tracked_way() -> None:
    facts = LeavingFacts(
        country="GB",
        zone=ZONE,
        line_id="PR-1",
        number="07700 900123",
        commitment_ends=D(2026, 10, 15),
        code=PortingCode("PAC", "ABC123456", D(2026, 12, 20)),
        has_direct_debit=True,
    )
    answers = Answers("PR-1", True, day=D(2026, 11, 26), confirmed=NOW)
    way = plan(facts, RULES, NOW.date(), NOW, "GBP", answers.choices())
    unpaid = Money(Decimal("12.00"), "GBP")
    last = Bill("B-9", "9", D(2026, 12, 8), D(2026, 12, 22), unpaid, unpaid, BillState.SENT, category="last")
    item = eq.Item("DV-2", "Fibre box")
    step = eq.equipment_step(item, D(2026, 11, 26), eq.return_deadline(D(2026, 11, 26), RULES), NOW.date())
    due = Refund(RefundOf.DEPOSIT, unpaid, RefundState.WAITING, D(2026, 12, 18))
    debit = Debit(
        "P-1",
        D(2026, 12, 20),
        unpaid,
        unpaid,
        DebitWhy.NO_BILL,
        (DebitRight("FR-SEPA-01", D(2027, 2, 14), True), DebitRight("FR-PRS-01", D(2027, 12, 20), True, at_bank=False)),
    )
    found = reminders(
        "PR-1",
        track(facts, answers, way, aftermath(facts, answers, way, (last,), Papers(), NOW.date()), NOW.date()),
        ZONE,
        NOW,
        equipment=(step,),
        refunds=(due, replace(due, state=RefundState.PAID)),
        debits=(debit,),
        bank_days=(D(2026, 12, 1),),
    )
    assert [(r.at, r.kind, r.about) for r in found] == [
        (london(11, 25, 9), ReminderKind.HAND_OVER, ""),
        (london(11, 25, 18), ReminderKind.CUT, ""),
        (london(11, 26, 17), ReminderKind.CUT, ""),
        (london(11, 30, 9), ReminderKind.BANK, ""),
        (london(12, 3, 9), ReminderKind.EQUIPMENT, "Fibre box"),
        (london(12, 9, 9), ReminderKind.EQUIPMENT, "Fibre box"),
        (london(12, 17, 9), ReminderKind.CODE_EXPIRES, ""),
        (london(12, 18, 9), ReminderKind.REFUND, ""),
        (london(12, 19, 9), ReminderKind.CODE_EXPIRES, ""),
        (london(12, 21, 9), ReminderKind.BANK, "B-9"),
        (london(2, 7, 9).replace(year=2027), ReminderKind.RIGHT_ENDS, "P-1"),
        (london(2, 13, 9).replace(year=2027), ReminderKind.RIGHT_ENDS, "P-1"),
    ]


def test_a_code_given_away_and_a_box_sent_back_are_done() -> None:
    code = Tracked(TrackedKind.CODE, D(2026, 11, 21), StepState.DONE, last=D(2026, 12, 20))
    over = Tracked(TrackedKind.HAND_OVER, D(2026, 11, 25), StepState.DONE)
    back = eq.give_back(eq.Item("DV-2", "Box"), D(2026, 11, 22), eq.Proof(number="1"))
    step = eq.equipment_step(eq.Item("DV-2", "Box"), D(2026, 11, 20), eq.Deadline(D(2026, 12, 10)), NOW.date(), back)
    ended = replace(CUT, state=StepState.DONE)
    assert reminders("PR-1", (code, over, ended), ZONE, NOW, equipment=(step,)) == ()


def test_the_credit_of_the_final_bill_is_reminded_of_once() -> None:
    credit = Tracked(TrackedKind.REFUND, D(2026, 12, 22), StepState.LATER, bill_id="B-9")
    due = Refund(RefundOf.OVERPAYMENT, None, RefundState.WAITING, D(2026, 12, 18))
    assert [r.day for r in reminders("PR-1", (credit,), ZONE, NOW)] == [D(2026, 12, 22)]
    assert [r.day for r in reminders("PR-1", (credit,), ZONE, NOW, refunds=(due,))] == [D(2026, 12, 18)]


def test_a_discreet_reminder_says_nothing() -> None:
    step = eq.equipment_step(eq.Item("DV-2", "Box"), D(2026, 11, 26), eq.Deadline(D(2026, 12, 10)), NOW.date())
    plain = reminders("PR-1", (CUT,), ZONE, NOW, equipment=(step,))
    secret = reminders("PR-1", (CUT,), ZONE, NOW, equipment=(step,), discreet=True)
    assert [(r.id, r.at) for r in secret] == [(r.id, r.at) for r in plain]
    for reminder in secret:
        assert (reminder.kind, reminder.day, reminder.moment, reminder.about) == (ReminderKind.NEWS, None, None, "")
        for word in ("PR-1", "DV-2", "Box", "cut", "2026"):
            assert word not in reminder.id


KINDS = st.sampled_from([TrackedKind.CUT, TrackedKind.HAND_OVER, TrackedKind.FINAL_PAID, TrackedKind.REFUND])
ITEMS = st.builds(
    Tracked,
    KINDS,
    st.none() | st.dates(D(2026, 1, 1), D(2027, 12, 31)),
    st.sampled_from(list(StepState)),
    hour=st.none() | st.times(),
)


@quickly
@given(
    st.lists(ITEMS, max_size=6),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.integers(0, 400),
    st.sampled_from(["Europe/London", "Europe/Paris", "America/New_York"]),
)
def test_never_in_the_past_each_once_and_the_same_when_asked_again(
    items: list[Tracked], now: datetime, days: int, zone: str
) -> None:
    found = reminders("PR-1", items, zone, now)
    assert all(r.at > now for r in found)
    assert len({r.id for r in found}) == len(found)
    instants = [r.at.astimezone(UTC) for r in found]
    assert instants == sorted(instants)
    later = now + timedelta(days=days)
    assert reminders("PR-1", items, zone, later) == tuple(r for r in found if r.at > later)
    assert not {r.id for r in found} & {r.id for r in reminders("PR-2", items, zone, now)}
