"""Working days, months and clock hours are counted as the rules count them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.domain import workdays as wd
from selfcare.leaving.workdays import months_left, whole_months_and_days

LONDON = ZoneInfo("Europe/London")
PARIS = ZoneInfo("Europe/Paris")
D = date


def _weekday_holidays(calendar: str, year: int) -> set[date]:
    return {d for d in wd.holidays_of(calendar, year) if d.weekday() < 5}


@pytest.mark.parametrize(
    ("calendar", "year", "days"),
    [
        ("GB-ENG", 2026, "0101 0403 0406 0504 0525 0831 1225 1228"),
        ("GB-ENG", 2027, "0101 0326 0329 0503 0531 0830 1227 1228"),
        ("GB-SCT", 2026, "0101 0102 0403 0504 0525 0615 0803 1130 1225 1228"),
        ("GB-SCT", 2027, "0101 0104 0326 0503 0531 0802 1130 1227 1228"),
        ("GB-NIR", 2026, "0101 0317 0403 0406 0504 0525 0713 0831 1225 1228"),
        ("GB-NIR", 2027, "0101 0317 0326 0329 0503 0531 0712 0830 1227 1228"),
        ("FR", 2026, "0101 0406 0501 0508 0514 0525 0714 1111 1225"),
        ("FR", 2027, "0101 0329 0506 0517 0714 1101 1111"),
        ("FR-57", 2026, "0101 0403 0406 0501 0508 0514 0525 0714 1111 1225"),
        ("FR-57", 2027, "0101 0326 0329 0506 0517 0714 1101 1111"),
        ("US", 2026, "0101 0119 0216 0525 0619 0703 0907 1012 1111 1126 1225"),
        ("US", 2027, "0101 0118 0215 0531 0618 0705 0906 1011 1111 1125 1224 1231"),
    ],
)
def test_holidays_are_those_of_the_table(calendar: str, year: int, days: str) -> None:
    assert _weekday_holidays(calendar, year) == {D(year, int(d[:2]), int(d[2:])) for d in days.split()}


def test_saturday_counts_in_france() -> None:
    assert wd.after_working_days(D(2026, 11, 20), 1, "FR") == D(2026, 11, 21)
    assert wd.after_working_days(D(2026, 12, 24), 1, "FR") == D(2026, 12, 26)


def test_alsace_moselle_and_five_day_weeks() -> None:
    assert wd.after_working_days(D(2026, 12, 24), 1, "FR-57") == D(2026, 12, 28)
    assert wd.after_working_days(D(2026, 11, 20), 1, "FR-OUVRES") == D(2026, 11, 23)
    assert wd.after_working_days(D(2026, 4, 2), 1, "FR-57-OUVRES") == D(2026, 4, 7)


@pytest.mark.parametrize(
    ("calendar", "more"),
    [
        ("FR-971", D(2027, 5, 27)), ("FR-972", D(2027, 5, 22)), ("FR-973", D(2027, 6, 10)), ("FR-974", D(2027, 12, 20)),
        ("FR-976", D(2027, 4, 27)), ("FR-BL", D(2027, 10, 9)), ("FR-MF", D(2027, 5, 28)),
    ],
)  # fmt: skip
def test_overseas_the_day_of_the_abolition_is_one_more(calendar: str, more: date) -> None:
    assert wd.holidays_of(calendar, 2027) - wd.holidays_of("FR", 2027) == {more}
    assert wd.holidays_of(f"{calendar}-OUVRES", 2027) == wd.holidays_of(calendar, 2027)
    assert wd.after_working_days(D(2027, 12, 18), 1, "FR-974") == D(2027, 12, 21)


def test_the_operators_own_holidays_stand_in_place_of_the_calendars() -> None:
    own = frozenset({D(2026, 11, 27)})
    assert wd.after_working_days(D(2026, 11, 25), 1, "US") == D(2026, 11, 27)
    assert wd.after_working_days(D(2026, 11, 25), 2, "US", own) == D(2026, 11, 30)
    assert wd.is_working_day(D(2026, 11, 26), "US", own)
    assert not wd.is_working_day(D(2026, 11, 28), "US", own)
    assert wd.before_working_days(D(2026, 11, 30), 1, "US", own) == D(2026, 11, 26)
    assert wd.same_or_next_working_day(D(2026, 11, 27), "US", own) == D(2026, 11, 30)


def test_over_christmas() -> None:
    assert wd.after_working_days(D(2026, 12, 24), 1, "GB-ENG") == D(2026, 12, 29)
    assert wd.before_working_days(D(2026, 12, 29), 1, "GB-ENG") == D(2026, 12, 24)
    assert wd.same_or_next_working_day(D(2026, 12, 25), "GB-ENG") == D(2026, 12, 29)
    assert wd.same_or_next_working_day(D(2026, 12, 24), "GB-ENG") == D(2026, 12, 24)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (D(2026, 5, 31), -3, D(2026, 2, 28)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2026, 12, 31), 2, D(2027, 2, 28)),
        (D(2027, 12, 31), 2, D(2028, 2, 29)),
        (D(2026, 11, 21), 1, D(2026, 12, 21)),
        (D(2026, 1, 15), -1, D(2025, 12, 15)),
    ],
)
def test_months(day: date, months: int, expected: date) -> None:
    assert wd.after_months(day, months) == expected


def test_hours_are_clock_hours() -> None:
    said = datetime(2026, 11, 27, 16, 0, tzinfo=LONDON)
    assert wd.after_hours(said.astimezone(UTC), 48) == datetime(2026, 11, 29, 16, 0, tzinfo=LONDON)
    before_change = datetime(2026, 10, 24, 12, 0, tzinfo=LONDON).astimezone(UTC)
    assert wd.after_hours(before_change, 48).astimezone(LONDON).hour == 11
    local = datetime(2026, 10, 24, 12, 0, tzinfo=LONDON)
    assert wd.after_hours(local, 48) == datetime(2026, 10, 26, 11, 0, tzinfo=LONDON)
    with pytest.raises(ValueError, match="zone"):
        wd.after_hours(datetime(2026, 10, 24, 12, 0), 48)


@pytest.mark.parametrize(
    ("said", "hours", "due"),
    [
        (datetime(2026, 11, 21, 10, 30, tzinfo=PARIS), 72, datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)),
        (datetime(2026, 11, 27, 16, 0, tzinfo=LONDON), 48, datetime(2026, 11, 29, 16, 0, tzinfo=LONDON)),
        (datetime(2026, 10, 24, 10, 30, tzinfo=PARIS), 72, datetime(2026, 10, 27, 9, 30, tzinfo=PARIS)),
        (datetime(2027, 3, 27, 10, 30, tzinfo=PARIS), 72, datetime(2027, 3, 30, 11, 30, tzinfo=PARIS)),
        (datetime(2027, 3, 28, 1, 30, tzinfo=PARIS), 1, datetime(2027, 3, 28, 3, 30, tzinfo=PARIS)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=PARIS), 3, datetime(2026, 10, 25, 3, 30, tzinfo=PARIS)),
    ],
)
def test_promised_hours_are_counted_on_the_instant(said: datetime, hours: int, due: datetime) -> None:
    assert wd.after_hours(said, hours) == due
    assert wd.after_hours(said.astimezone(UTC), hours) == due.astimezone(UTC)


def test_hours_need_a_zone() -> None:
    with pytest.raises(ValueError):
        wd.after_hours(datetime(2026, 11, 21, 10, 30), 72)


def test_promised_for_monday() -> None:
    saturday = D(2026, 11, 21)
    monday = wd.next_weekday(saturday, 0)
    assert monday == D(2026, 11, 23)
    due = wd.end_of_day(monday, PARIS)
    assert due < datetime(2026, 11, 24, tzinfo=PARIS)
    assert (due.date(), due.hour, due.minute) == (monday, 23, 59)
    assert wd.next_weekday(monday, 0) == D(2026, 11, 30)
    assert wd.next_weekday(saturday, 6) == D(2026, 11, 22)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (D(2026, 11, 21), D(2027, 2, 21), (3, 0, 28)),
        (D(2026, 11, 21), D(2026, 12, 6), (0, 15, 30)),
        (D(2026, 1, 31), D(2026, 3, 1), (1, 1, 31)),
        (D(2026, 1, 1), D(2026, 1, 1), (0, 0, 30)),
    ],
)
def test_months_left(start: date, end: date, expected: tuple[int, int, int]) -> None:
    months, days, _ = whole_months_and_days(start, end)
    assert (months, days) == expected[:2]


DAYS = st.dates(D(2024, 1, 1), D(2030, 12, 31))


@given(DAYS, st.integers(1, 12))
def test_working_days_there_and_back(day: date, count: int) -> None:
    there = wd.after_working_days(day, count, "GB-ENG")
    assert there > day
    assert wd.is_working_day(there, "GB-ENG")
    if wd.is_working_day(day, "GB-ENG"):
        assert wd.before_working_days(there, count, "GB-ENG") == day


@given(DAYS, DAYS, st.integers(-30, 30))
def test_months_keep_the_order_of_days(one: date, two: date, months: int) -> None:
    first, second = sorted((one, two))
    assert wd.after_months(first, months) <= wd.after_months(second, months)


@pytest.mark.parametrize(
    ("day", "end", "left"),
    [
        (D(2024, 6, 30), D(2024, 12, 31), "6"),
        (D(2024, 7, 1), D(2024, 12, 31), "5.967741935483870967741935484"),
        (D(2026, 12, 10), D(2027, 6, 10), "6"),
        (D(2027, 2, 14), D(2027, 2, 28), "0.4516129032258064516129032258"),
        (D(2027, 2, 28), D(2027, 2, 28), "0"),
        (D(2027, 3, 1), D(2027, 2, 28), "0"),
    ],
)
def test_months_left_are_counted_back_from_the_end(day: date, end: date, left: str) -> None:
    assert months_left(day, end) == Decimal(left)


@given(DAYS, st.integers(0, 900), st.integers(0, 40))
def test_months_left_only_fall(end: date, before: int, after: int) -> None:
    day = end - timedelta(days=before)
    assert 0 <= months_left(day + timedelta(days=after), end) <= months_left(day, end)
    assert months_left(day, end) <= months_left(day, end + timedelta(days=after))


@given(DAYS, DAYS)
def test_months_and_days_lead_back(one: date, two: date) -> None:
    first, second = sorted((one, two))
    months, days, length = whole_months_and_days(first, second)
    assert 0 <= days < length or first == second
    assert wd.after_months(first, months) + timedelta(days=days) == max(first, second)
