"""By when a promise is due: the worked cases of the promises, changes of the clocks, working days, and what is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.case.deadlines import Term, Unit, calendar_of, due_of, end_of, read_kind, working_days
from selfcare.case.spoken_terms import read_term
from selfcare.domain.support import Channel, ChannelKind
from selfcare.domain.workdays import is_working_day

PARIS, LONDON, NEW_YORK = (ZoneInfo(name) for name in ("Europe/Paris", "Europe/London", "America/New_York"))


def test_pr_v01_72_hours_from_saturday_morning() -> None:
    said = datetime(2026, 11, 21, 10, 30, tzinfo=PARIS)
    assert due_of(read_term("level 2 calls back within 72 hours"), said, PARIS) == datetime(
        2026, 11, 24, 10, 30, tzinfo=PARIS
    )


def test_pr_v03_on_monday_said_on_saturday() -> None:
    said = datetime(2026, 11, 21, 17, 5, tzinfo=PARIS)
    due = due_of(read_term("I call you back on Monday"), said, PARIS)
    assert due == datetime(2026, 11, 23, 23, 59, 59, tzinfo=PARIS)


def test_on_monday_said_on_a_monday_is_a_week_later() -> None:
    said = datetime(2026, 11, 23, 9, tzinfo=LONDON)
    assert due_of(Term(Unit.WEEKDAY, 0), said, LONDON) == datetime(2026, 11, 30, 23, 59, 59, tzinfo=LONDON)


def test_pr_v04_48_hours_are_clock_hours_and_working_hours_are_asked_about() -> None:
    said = datetime(2026, 11, 27, 16, tzinfo=LONDON)
    assert due_of(read_term("unlock within 48 hours"), said, LONDON) == datetime(2026, 11, 29, 16, tzinfo=LONDON)
    assert read_term("48 working hours").unit is Unit.NONE
    as_days = due_of(Term(Unit.WORKING_DAYS, 2), said, LONDON, "GB-ENG")
    assert as_days == datetime(2026, 12, 1, 23, 59, 59, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        (datetime(2026, 10, 24, 12, tzinfo=PARIS), 24),
        (datetime(2027, 3, 27, 12, tzinfo=PARIS), 24),
        (datetime(2026, 10, 31, 22, tzinfo=NEW_YORK), 6),
    ],
)
def test_a_change_of_the_clocks_neither_gives_nor_takes_an_hour(said: datetime, hours: int) -> None:
    due = due_of(Term(Unit.HOURS, hours), said, PARIS)
    assert due is not None
    assert due - said.astimezone(UTC) == timedelta(hours=hours)
    assert due.astimezone(said.tzinfo).utcoffset() != said.utcoffset()


def test_the_end_of_a_day_is_where_the_operator_is() -> None:
    said = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)  # still the 21st in New York
    assert due_of(read_term("by end of day"), said, NEW_YORK) == datetime(2026, 11, 21, 23, 59, 59, tzinfo=NEW_YORK)
    assert due_of(end_of(date(2026, 11, 30), PARIS), said, PARIS) == datetime(2026, 11, 30, 23, 59, 59, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("country", "due"),
    [("GB", date(2026, 12, 29)), ("FR", date(2026, 12, 28)), ("US", date(2026, 12, 28))],
)
def test_two_working_days_over_christmas(country: str, due: date) -> None:
    said = datetime(2026, 12, 23, 10, tzinfo=UTC)
    found = due_of(Term(Unit.WORKING_DAYS, 2), said, ZoneInfo("UTC"), calendar_of(country))
    assert found is not None
    assert found.date() == due


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("rappel sous 72 heures", Term(Unit.HOURS, 72)),
        ("dans les 48h", Term(Unit.HOURS, 48)),
        ("in two working days", Term(Unit.WORKING_DAYS, 2)),
        ("sous 5 jours ouvrés", Term(Unit.WORKING_DAYS, 5)),
        ("within 10 days", Term(Unit.DAYS, 10)),
        ("in a week", Term(Unit.DAYS, 7)),
        ("je vous rappelle lundi", Term(Unit.WEEKDAY, 0)),
        ("tomorrow morning", Term(Unit.DAYS, 1)),
        ("avant ce soir", Term(Unit.DAYS, 0)),
        ("soon", Term()),
        ("as quickly as possible", Term()),
        ("heures ouvrées : 48 heures ouvrées", Term()),
        ("99999 days", Term()),
        ("", Term()),
    ],
)
def test_what_is_read_in_what_was_said(words: str, term: Term) -> None:
    assert read_term(words) == term


def test_soon_has_no_deadline_and_nonsense_is_refused() -> None:
    said = datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert due_of(read_term("soon"), said, PARIS) is None
    for term in (Term(Unit.HOURS, -1), Term(Unit.DAYS, 4000), Term(Unit.MOMENT), Term(Unit.WORKING_DAYS, 1)):
        with pytest.raises(ValueError):
            due_of(term, said, PARIS)
    with pytest.raises(ValueError):
        due_of(Term(Unit.HOURS, 1), said.replace(tzinfo=None), PARIS)


def test_an_unknown_country_has_no_calendar() -> None:
    assert calendar_of("DE") == ""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("level 2 calls back within 72 hours", "call"),
        ("un technicien passe lundi", "visit"),
        ("you are refunded within 10 days", "refund"),
        ("the PAC comes within 2 hours", "code"),
        ("le téléphone est déverrouillé sous 48 h", "unlock"),
        ("rétabli demain", "repair"),
        ("everything will be fine", "other"),
    ],
)
def test_the_kind_of_promise_is_read_from_its_words(words: str, kind: str) -> None:
    assert read_kind(words) == kind


moments = st.datetimes(datetime(2020, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))
zones = st.sampled_from([PARIS, LONDON, NEW_YORK, ZoneInfo("Pacific/Apia"), ZoneInfo("UTC")])


@settings(deadline=None)
@given(moments, zones, st.integers(0, 400), st.sampled_from(["GB-ENG", "GB-SCT", "FR-OUVRES", "US"]))
def test_a_deadline_never_lies_before_the_word(said: datetime, zone: ZoneInfo, amount: int, calendar: str) -> None:
    for unit in (Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKDAY):
        due = due_of(Term(unit, amount), said, zone, calendar)
        assert due is not None
        assert due >= said.replace(microsecond=0) or unit is Unit.DAYS
        assert due.tzinfo is UTC
    hours = due_of(Term(Unit.HOURS, amount), said, zone)
    assert hours is not None
    assert hours - said == timedelta(hours=amount)


@settings(deadline=None)
@given(moments, zones, st.integers(1, 60))
def test_working_days_end_on_a_working_day_and_more_are_later(said: datetime, zone: ZoneInfo, amount: int) -> None:
    one = due_of(Term(Unit.WORKING_DAYS, amount), said, zone, "GB-ENG")
    more = due_of(Term(Unit.WORKING_DAYS, amount + 1), said, zone, "GB-ENG")
    assert one is not None
    assert more is not None
    assert one < more
    assert is_working_day(one.astimezone(zone).date(), "GB-ENG")
    assert (one.astimezone(zone).hour, one.astimezone(zone).minute) == (23, 59)


@pytest.mark.parametrize(
    ("country", "nation", "said", "amount", "due"),
    [
        ("GB", "GB-SCT", date(2026, 11, 27), 1, date(2026, 12, 1)),  # Monday 30 November is Saint Andrew's
        ("GB", "GB-ENG", date(2026, 11, 27), 1, date(2026, 11, 30)),
        ("GB", "", date(2026, 11, 27), 1, date(2026, 11, 30)),
        ("GB", "FR", date(2026, 11, 27), 1, date(2026, 11, 30)),
        ("FR", "FR-57", date(2027, 3, 25), 1, date(2027, 3, 30)),  # Good Friday, then Easter Monday
        ("FR", "FR", date(2027, 3, 25), 1, date(2027, 3, 26)),
    ],
)
def test_working_days_are_those_of_where_the_customer_lives(
    country: str, nation: str, said: date, amount: int, due: date
) -> None:
    moment = datetime.combine(said, datetime.min.time(), UTC) + timedelta(hours=10)
    found = due_of(Term(Unit.WORKING_DAYS, amount), moment, ZoneInfo("UTC"), working_days(country, nation))
    assert found is not None
    assert found.date() == due


def test_cv3_jours_ouvrables_count_the_saturday() -> None:
    said = datetime(2026, 11, 27, 10, tzinfo=PARIS)
    days = working_days("FR", "FR")
    workable = due_of(read_term("sous 2 jours ouvrables"), said, PARIS, days)
    office = due_of(read_term("sous 2 jours ouvrés"), said, PARIS, days)
    assert workable == datetime(2026, 11, 30, 23, 59, 59, tzinfo=PARIS)
    assert office == datetime(2026, 12, 1, 23, 59, 59, tzinfo=PARIS)
    assert read_term("J+2 ouvrables") == Term(Unit.WORKABLE_DAYS, 2)


def test_a_day_on_which_every_desk_is_closed_is_no_working_day_there() -> None:
    said = datetime(2026, 11, 27, 10, tzinfo=LONDON)
    own, other = date(2026, 11, 30), date(2026, 12, 1)
    care = Channel(ChannelKind.PHONE, "Care", "150", "Europe/London", closed_on=(own, other))
    sales = Channel(ChannelKind.PHONE, "Sales", "151", "Europe/London", closed_on=(own,))
    days = working_days("GB", "", [care, sales, Channel(ChannelKind.PHONE, "Night", "152", "Europe/London")])
    assert days.own == {own}
    assert due_of(Term(Unit.WORKING_DAYS, 1), said, LONDON, days) == datetime(2026, 12, 1, 23, 59, 59, tzinfo=LONDON)
    assert working_days("US", "", [care]).own is None
