"""An end that the operator names is the day of the cut, and is held against the notice and the day asked for."""

from datetime import UTC, date, datetime

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.choices import Choices, Route
from selfcare.leaving.country import Caution
from selfcare.leaving.facts import Asked
from selfcare.leaving.way import Way
from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.leaving_cautions import caution_notice
from tests import samples
from tests.unit.leaving.test_leaving_countries import NOW, line, way
from tests.unit.viewmodel.test_leaving_abroad import case

D = date
ASKED = D(2026, 12, 31)
RECEIVED = D(2026, 11, 19)


def named(code: str, ends: date | None, asked: date | None = ASKED, notice: int | None = 30) -> Way:
    given = Asked(datetime(2026, 11, 19, 9, tzinfo=UTC), sent=True, ends=ends, order_id="O-1")
    facts = line(code, notice_given=given, notice_received=RECEIVED, notice=None if notice is None else (notice, "day"))
    return way(facts, Choices(keep_number=False, plain_notice=True, day=asked), NOW)


@pytest.mark.parametrize("code", ["GB", "FR", "US", "DE"])
def test_a_sooner_end_of_the_operator_is_the_cut_and_is_said(code: str) -> None:
    found = named(code, D(2026, 11, 25))
    assert found.cut == D(2026, 11, 25)
    assert Caution.END_IS_SOONER in found.cautions
    assert Caution.END_IS_LATE not in found.cautions
    same = named(code, ASKED)
    assert same.cut == ASKED
    assert not {Caution.END_IS_SOONER, Caution.END_IS_LATE} & set(same.cautions)
    assert named(code, None).cut == ASKED


@pytest.mark.parametrize("code", ["GB", "FR", "US", "DE"])
def test_an_end_after_the_notice_and_the_day_asked_for_is_late_everywhere(code: str) -> None:
    late = named(code, D(2027, 9, 1))
    assert (late.cut, late.our_end) == (D(2027, 9, 1), ASKED)
    assert Caution.END_IS_LATE in late.cautions
    ours = D(2026, 11, 29) if code == "FR" else D(2026, 12, 19)  # ten days at most, thirty by the contract
    unasked = named(code, D(2027, 9, 1), None)
    assert (unasked.our_end, Caution.END_IS_LATE in unasked.cautions) == (ours, True)
    in_time = named(code, ours, None)
    assert Caution.END_IS_LATE not in in_time.cautions


@pytest.mark.parametrize(
    ("ends", "asked", "is_late"),
    [(D(2026, 12, 1), None, False), (D(2026, 12, 2), None, True), (ASKED, ASKED, False), (D(2027, 1, 1), ASKED, True)],
)
def test_in_france_ten_days_after_the_receipt_are_the_latest(ends: date, asked: date | None, is_late: bool) -> None:
    given = Asked(datetime(2026, 11, 21, 9, tzinfo=UTC), sent=True, ends=ends, order_id="O-1")
    facts = line("FR", notice_given=given, notice_received=D(2026, 11, 21))
    found = way(facts, Choices(keep_number=False, day=asked), NOW)
    assert (Caution.END_IS_LATE in found.cautions) is is_late


def test_without_a_notice_and_a_wish_nothing_is_called_late() -> None:
    for code in ("US", "DE"):
        found = named(code, D(2027, 9, 1), None, None)
        assert (found.our_end, Caution.END_IS_LATE in found.cautions) == (None, False)


def test_both_days_are_told() -> None:
    words = samples.words()
    given = Asked(datetime(2026, 11, 19, 9, tzinfo=UTC), sent=True, ends=D(2027, 9, 1), order_id="O-1")
    facts = line("FR", notice_given=given, notice_received=RECEIVED, monthly=None)
    late = case(facts, Answers("PR-1", False, day=D(2026, 11, 25)))
    said = caution_notice(Caution.END_IS_LATE, late, words)
    assert words.day(D(2027, 9, 1), late.material.today) in said.sentence
    assert words.day(D(2026, 11, 29), late.material.today) in said.sentence
    soon = case(
        line("GB", notice_given=Asked(NOW, sent=True, ends=D(2026, 11, 25)), notice=(30, "day")),
        Answers("PR-1", False, plain_notice=True, day=ASKED),
    )
    told = caution_notice(Caution.END_IS_SOONER, soon, words)
    assert words.day(ASKED, soon.material.today) in told.sentence
    assert words.day(D(2026, 11, 25), soon.material.today) in told.sentence


@pytest.mark.parametrize("code", ["GB", "FR"])
def test_a_withdrawal_that_is_taken_for_a_notice_is_flagged(code: str) -> None:
    given = Asked(datetime(2026, 11, 21, 9, tzinfo=UTC), sent=True, wanted=D(2026, 11, 21), ends=D(2026, 12, 1),
                  order_id="O-1")  # fmt: skip
    made = {"concluded": D(2026, 11, 16), "commitment_ends": D(2028, 11, 16), "notice_given": given}
    for at_distance in (True, None):
        sure = code == "FR" and at_distance is True
        facts = line(code, **made, notice_received=D(2026, 11, 21), at_distance=at_distance)
        found = case(facts, Answers("PR-1", False, withdraw=True))
        assert (found.way.route, found.way.our_end) == (Route.WITHDRAW, D(2026, 11, 21))
        assert Caution.END_IS_LATE in found.way.cautions
        notice = caution_notice(Caution.END_IS_LATE, found, samples.words())
        assert "only on Tue 1 Dec" in notice.sentence
        assert "by your withdrawal it would be Sat 21 Nov" in notice.sentence
        assert ("it is no notice" in notice.advice) is sure
        assert ("Where you have the right to withdraw" in notice.advice) is not sure
    agreed = line(code, **{**made, "notice_given": replace(given, ends=D(2026, 11, 21))}, at_distance=True)
    assert Caution.END_IS_LATE not in case(agreed, Answers("PR-1", False, withdraw=True)).way.cautions
