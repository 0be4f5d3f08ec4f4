"""The new service before the old one ends, counted on the instant; and the way back, without a push."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.leaving.atlas import country_of
from selfcare.leaving.choices import Route
from selfcare.leaving.cutover import (
    CutoverKind,
    CutoverStep,
    CutoverWarning,
    cutover,
    hours_of,
    recommended_order,
    safe_end,
)
from selfcare.leaving.door import Back, DoorState, NumberWent, door, moves_of
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.reach import Who
from selfcare.leaving.rules import Rules, parse_rules

FOLDER = Path(__file__).parents[3] / "resources" / "rules"
GB, FR, US = (parse_rules((FOLDER / f"{name}.toml").read_bytes()) for name in ("gb", "fr", "us"))
NOWHERE = Rules("XX", "", date(2026, 11, 21), ())
PARIS = ZoneInfo("Europe/Paris")
ZONE = "Europe/Paris"
D = date

quickly = settings(max_examples=100, deadline=None)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 6, 30), timezones=st.just(UTC))
DAYS = st.dates(D(2026, 1, 1), D(2029, 6, 30))


def paris(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("works", "ends", "hours"),
    [
        (paris(11, 24, 10), paris(11, 26, 10), "48"),
        (paris(11, 26, 10), paris(11, 26, 10), "0"),
        (paris(11, 26, 18, 30), paris(11, 26, 18), "-0.5"),
        (paris(3, 28, 22), paris(3, 29, 10), "11"),
        (paris(10, 24, 22), paris(10, 25, 10), "13"),
        (paris(10, 25, 10), paris(10, 24, 22), "-13"),
    ],
)
def test_hours_between_two_instants(works: datetime, ends: datetime, hours: str) -> None:
    found = cutover(works, ends, ZONE)
    assert found.overlap_least == found.overlap_most
    assert hours_of(found.overlap_least) == Decimal(hours)
    assert found.kind is (CutoverKind.OVERLAP if Decimal(hours) >= 0 else CutoverKind.GAP)
    assert found.gap_most == max(-Decimal(hours), 0)


@pytest.mark.parametrize(
    ("works", "ends", "least", "most", "kind"),
    [
        (D(2026, 11, 24), D(2026, 11, 26), 24, 72, CutoverKind.OVERLAP),
        (D(2026, 11, 25), D(2026, 11, 26), 0, 48, CutoverKind.OVERLAP),
        (D(2026, 11, 26), D(2026, 11, 26), -24, 24, CutoverKind.UNSURE),
        (D(2026, 11, 28), D(2026, 11, 26), -72, -24, CutoverKind.GAP),
        (D(2026, 3, 29), D(2026, 3, 29), -23, 23, CutoverKind.UNSURE),
        (D(2026, 10, 25), D(2026, 10, 25), -25, 25, CutoverKind.UNSURE),
        (paris(11, 26, 9), D(2026, 11, 26), -9, 15, CutoverKind.UNSURE),
        (D(2026, 10, 24), paris(10, 25, 10), 11, 35, CutoverKind.OVERLAP),
    ],
)
def test_where_only_days_are_known_it_is_a_range(
    works: date, ends: date, least: int, most: int, kind: CutoverKind
) -> None:
    found = cutover(works, ends, ZONE)
    assert (hours_of(found.overlap_least), hours_of(found.overlap_most), found.kind) == (least, most, kind)


@pytest.mark.parametrize(
    ("works", "is_critical", "warnings"),
    [
        (D(2026, 11, 24), False, ()),
        (D(2026, 11, 24), True, (CutoverWarning.TEST_CRITICAL,)),
        (D(2026, 11, 26), False, (CutoverWarning.MAY_GAP,)),
        (D(2026, 11, 26), True, (CutoverWarning.MAY_GAP, CutoverWarning.CRITICAL_GAP)),
        (D(2026, 11, 28), False, (CutoverWarning.GAP,)),
        (D(2026, 11, 28), True, (CutoverWarning.GAP, CutoverWarning.CRITICAL_GAP)),
    ],
)
def test_an_alarm_is_a_warning_of_its_own(works: date, is_critical: bool, warnings: tuple[CutoverWarning, ...]) -> None:
    assert cutover(works, D(2026, 11, 26), ZONE, is_critical=is_critical).warnings == warnings


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        cutover(datetime(2026, 11, 26, 9), D(2026, 11, 26), ZONE)


def test_the_order_never_gives_notice_for_a_number_that_is_kept() -> None:
    kept, dropped = recommended_order(keeps_number=True), recommended_order(keeps_number=False, is_critical=True)
    assert kept == (CutoverStep.ORDER_NEW, CutoverStep.NEW_WORKS, CutoverStep.MOVE_NUMBER, CutoverStep.OLD_ENDS)
    assert dropped[0] is CutoverStep.TELL_ALARM
    assert dropped.index(CutoverStep.NEW_WORKS) < dropped.index(CutoverStep.TEST_ALARM)
    assert dropped.index(CutoverStep.TEST_ALARM) < dropped.index(CutoverStep.GIVE_NOTICE)
    assert CutoverStep.MOVE_NUMBER not in dropped


@quickly
@given(MOMENTS, MOMENTS, st.sampled_from(["Europe/Paris", "Europe/London", "America/New_York"]))
def test_a_gap_is_an_overlap_the_other_way_round(works: datetime, ends: datetime, zone: str) -> None:
    there, back = cutover(works, ends, zone), cutover(ends, works, zone)
    assert there.overlap_least == -back.overlap_least
    assert there.overlap_least == cutover(works.astimezone(PARIS), ends, "UTC").overlap_least
    later = cutover(works, ends + timedelta(hours=5), zone)
    assert later.overlap_least == there.overlap_least + timedelta(hours=5)


@quickly
@given(DAYS, DAYS, st.integers(0, 86399))
def test_the_range_of_a_day_holds_each_of_its_moments(works: date, ends: date, second: int) -> None:
    moment = datetime.combine(works, datetime.min.time(), PARIS).astimezone(UTC) + timedelta(seconds=second)
    if moment.astimezone(PARIS).date() != works:
        return
    wide, narrow = cutover(works, ends, ZONE), cutover(moment, ends, ZONE)
    assert wide.overlap_least <= narrow.overlap_least <= narrow.overlap_most <= wide.overlap_most


@quickly
@given(DAYS, MOMENTS)
def test_after_a_safe_end_there_is_no_gap(day: date, moment: datetime) -> None:
    for works in (day, moment):
        safe = safe_end(works, ZONE)
        assert cutover(works, safe, ZONE).kind is CutoverKind.OVERLAP
        assert cutover(works, safe - timedelta(days=1), ZONE).kind is not CutoverKind.OVERLAP or works is moment


@pytest.mark.parametrize(
    ("rules", "today", "stated", "until", "state", "rule_id"),
    [
        (GB, D(2026, 12, 21), None, D(2026, 12, 21), DoorState.OPEN, "UK-SW-14"),
        (GB, D(2026, 12, 22), None, D(2026, 12, 21), DoorState.CLOSED, "UK-SW-14"),
        (GB, D(2026, 12, 22), D(2027, 2, 21), D(2027, 2, 21), DoorState.OPEN, ""),
        (FR, D(2026, 12, 31), None, D(2026, 12, 31), DoorState.OPEN, "FR-POR-06"),
        (FR, D(2027, 1, 1), D(2026, 12, 11), D(2026, 12, 31), DoorState.CLOSED, "FR-POR-06"),
        (US, D(2026, 11, 22), None, None, DoorState.NOT_KNOWN, ""),
        (US, D(2026, 11, 22), D(2026, 12, 1), D(2026, 12, 1), DoorState.OPEN, ""),
        (NOWHERE, D(2026, 11, 22), None, None, DoorState.NOT_KNOWN, ""),
    ],
)
def test_v14_until_when_a_number_is_held(
    rules: Rules, today: date, stated: date | None, until: date | None, state: DoorState, rule_id: str
) -> None:
    found = door(D(2026, 11, 21), NumberWent.GIVEN_UP, rules, today, stated=stated)
    assert (found.number_until, found.state, found.rule_id, found.is_certain) == (until, state, rule_id, bool(rule_id))
    assert found.price is None
    assert found.steps[0] is (Back.ASK_CODE_OLD if state is DoorState.OPEN else Back.ASK_OLD)
    assert Back.ORDER in found.steps
    assert found.differs is (stated == D(2026, 12, 11))


def test_a_number_that_moved_is_not_lost_and_the_price_is_the_operators() -> None:
    price = Money(Decimal("10.00"), "EUR")
    found = door(D(2026, 11, 21), NumberWent.MOVED, US, D(2030, 1, 1), price=price, who=Who())
    assert (found.state, found.number_until, found.price) == (DoorState.OPEN, None, price)
    assert found.steps == (Back.ASK_CODE_NEW, Back.ORDER, Back.GIVE_CODE)


@pytest.mark.parametrize(
    ("country", "access", "more", "steps"),
    [
        ("GB", Access.MOBILE, {}, (Back.ORDER, Back.GIVE_CODE)),
        ("GB", Access.MOBILE, {"numbers": 25, "is_business": True}, (Back.ORDER, Back.AGREE)),
        ("GB", Access.INTERNET, {}, (Back.ORDER_NUMBER,)),
        ("GB", Access.FIXED, {"is_business": True}, (Back.ORDER, Back.AUTHORITY)),
        ("FR", Access.INTERNET, {"is_business": True}, (Back.ORDER, Back.GIVE_CODE)),
        ("US", Access.MOBILE, {}, (Back.ORDER, Back.GIVE_CODE)),
        ("US", Access.FIXED, {}, (Back.ORDER_NUMBER,)),
        ("DE", Access.MOBILE, {}, (Back.ORDER_NUMBER,)),
    ],
)
def test_the_way_back_asks_for_a_code_only_where_there_is_one(
    country: str, access: Access, more: dict[str, object], steps: tuple[Back, ...]
) -> None:
    facts = LeavingFacts(country, "UTC", "L", "+1", access=access, **more)  # type: ignore[arg-type]
    moves = moves_of(facts, country_of(country).scheme(facts, Route.PORT))
    ended = D(2026, 11, 21)
    has_code = Back.GIVE_CODE in steps
    assert door(ended, NumberWent.MOVED, GB, ended, moves=moves).steps == (
        (Back.ASK_CODE_NEW, *steps) if has_code else steps
    )
    held = door(ended, NumberWent.GIVEN_UP, GB, ended, moves=moves).steps
    assert held == (Back.ASK_CODE_OLD if has_code else Back.ASK_OLD, *steps)


@quickly
@given(st.sampled_from([GB, FR, US, NOWHERE]), DAYS, st.integers(0, 90), st.none() | DAYS)
def test_the_door_closes_once_and_never_before_the_rules_day(
    rules: Rules, ended: date, waited: int, stated: date | None
) -> None:
    plain = door(ended, NumberWent.GIVEN_UP, rules, ended)
    found = door(ended, NumberWent.GIVEN_UP, rules, ended + timedelta(days=waited), stated=stated)
    nothing, until = D.min, found.number_until
    assert (until or nothing) >= max(plain.number_until or nothing, stated or nothing)
    assert (found.state is DoorState.CLOSED) is (until is not None and ended + timedelta(days=waited) > until)
