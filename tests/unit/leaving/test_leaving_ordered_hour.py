"""The hour at which a code was given matters where a rule names one, and is asked only where it moves the day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from selfcare.domain.lines import Access
from selfcare.domain.records import replace
from selfcare.leaving.choices import Choices
from selfcare.leaving.cut import late_hour
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.way import StepKind, StepState
from selfcare.leaving.wizard import answer
from selfcare.viewmodel.leaving_material import case_of
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.shots import leavers
from tests.shots.leavers import Scene, british, french, material
from tests.unit.leaving.test_leaving_ordered_in_time import FIRM, TUESDAY, step, way

D = date
GIVEN = D(2026, 11, 25)
NEXT, AFTER = D(2026, 11, 26), D(2026, 11, 27)


def test_a_code_given_after_the_hour_moves_the_number_a_working_day_later_and_stays_there() -> None:
    """UK-SW-12: before 17:00; a weekend and a bank holiday between."""
    for given, early, late in (
        (GIVEN, NEXT, AFTER), (D(2026, 11, 27), D(2026, 11, 30), D(2026, 12, 1)),
        (D(2026, 12, 24), D(2026, 12, 29), D(2026, 12, 30)),
    ):  # fmt: skip
        for today in (given, given + timedelta(days=1), given + timedelta(days=30)):
            plain = way("GB", today, Choices(day=early, handed_over=given), access=Access.MOBILE)
            told = way("GB", today, Choices(day=early, handed_over=given, handed_late=True), access=Access.MOBILE)
            assert (plain.cut, told.cut) == (early, late)
        assert step(told, StepKind.CUT).state is StepState.LATE
        assert step(told, StepKind.HAND_OVER).day == given


def test_a_simple_american_landline_has_an_hour_of_its_own() -> None:
    """US-LNP-02: 13:00."""
    given = TUESDAY
    plain = way("US", given, Choices(day=given + timedelta(days=1), handed_over=given))
    told = way("US", given, Choices(day=given + timedelta(days=1), handed_over=given, handed_late=True))
    assert late_hour(plain.ground, plain.country, plain.going) == time(13)
    assert told.cut > plain.cut


@pytest.mark.parametrize(
    ("code", "more", "day"),
    [
        ("GB", {"access": Access.MOBILE}, AFTER),
        ("GB", {"access": Access.MOBILE, "numbers": 25}, NEXT),
        ("FR", {"access": Access.MOBILE}, NEXT),
        ("US", {"access": Access.MOBILE}, NEXT),
        ("US", FIRM, NEXT),
    ],
)
def test_nobody_is_asked_where_the_hour_moves_nothing(code: str, more: dict[str, object], day: date) -> None:
    found = way(code, GIVEN, Choices(day=day, handed_over=GIVEN), **more)
    assert late_hour(found.ground, found.country, found.going) is None
    told = way(code, GIVEN, Choices(day=day, handed_over=GIVEN, handed_late=True), **more)
    assert told.cut == found.cut


def ticks(country: object, **changed: object) -> dict[str, bool]:
    facts = french() if country == "FR" else british()
    answers = leavers._plan(**{"day": NEXT, "confirmed": datetime(2026, 11, 21, 9, tzinfo=UTC), **changed})
    found = case_of(material(Scene("hour", (facts,), answers, now=datetime(2026, 11, 25, 20, tzinfo=UTC))))
    assert found is not None
    rows = tracker_view(found, samples.words()).steps
    assert all(tick.label for row in rows for tick in row.ticks)
    return {tick.question: tick.is_on for row in rows for tick in row.ticks if tick.question.startswith("handed")}


def test_the_hour_is_a_tick_beside_the_one_that_it_belongs_to() -> None:
    code = {"typed_code": "ABC123456", "typed_day": D(2026, 11, 22)}
    assert ticks("GB", **code) == {"handedOver": False}
    assert ticks("GB", handed_over=GIVEN, **code) == {"handedOver": True, "handedLate": False}
    assert ticks("GB", handed_over=GIVEN, handed_late=True, **code) == {"handedOver": True, "handedLate": True}
    assert ticks("GB", handed_over=GIVEN - timedelta(days=2), **code) == {"handedOver": True}
    given = answer(leavers._plan(), "handedOver", "yes", GIVEN)
    late = answer(given, "handedLate", "yes", GIVEN)
    assert late.choices().handed_late
    assert plans_from_bytes(plans_to_bytes(Plans("PR-1", {"PR-1": late}))).of("PR-1") == replace(late, line_id="PR-1")
    assert not answer(answer(late, "handedOver", "", GIVEN), "handedOver", "yes", GIVEN).handed_late
