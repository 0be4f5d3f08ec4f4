"""A move is ordered so early that the rule's own time carries it to the planned day, in every country."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.leaving.atlas import GUIDED, rules_file
from selfcare.leaving.choices import Choices
from selfcare.leaving.claims import Claimant, ClaimOf, Trouble, owed
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.way import Step, StepKind, Way, plan

D = date
FOLDER = Path(__file__).parents[3] / "resources" / "rules"
RULES = {code: parse_rules((FOLDER / rules_file(code)).read_bytes()) for code in GUIDED}
ZONES = {"GB": "Europe/London", "FR": "Europe/Paris", "US": "America/New_York"}
MONEY = {"GB": "GBP", "FR": "EUR", "US": "USD"}
TUESDAY = D(2026, 12, 22)
FIRM: dict[str, object] = {"is_business": True}
MOBILE: dict[str, object] = {"access": Access.MOBILE}
THREE: dict[str, object] = {"contract_lines": 3}


def way(code: str, today: date, choices: Choices | None = None, **more: object) -> Way:
    facts = LeavingFacts(code, ZONES[code], "PR-1", "2025550147", **{"access": Access.FIXED, **more})  # type: ignore[arg-type]
    now = datetime.combine(today, time(10), ZoneInfo(ZONES[code]))
    return plan(facts, RULES[code], today, now.astimezone(UTC), MONEY[code], choices or Choices(keep_number=True))


def step(found: Way, kind: StepKind) -> Step:
    one = found.step(kind)
    assert one is not None
    return one


@pytest.mark.parametrize("more", [THREE, FIRM])
@pytest.mark.parametrize(
    ("wanted", "ordered", "moves"),
    [
        (None, TUESDAY, D(2026, 12, 29)),
        (D(2027, 1, 5), D(2026, 12, 29), D(2027, 1, 5)),
        (D(2027, 1, 4), D(2026, 12, 28), D(2027, 1, 4)),
    ],
)
def test_several_american_landlines_are_ordered_four_business_days_before(
    more: dict[str, object], wanted: date | None, ordered: date, moves: date
) -> None:
    found = way("US", TUESDAY, Choices(keep_number=True, day=wanted), **more)
    over, cut = step(found, StepKind.HAND_OVER), step(found, StepKind.CUT)
    assert (over.day, cut.day) == (ordered, moves)
    for one in (over, cut):
        assert "US-LNP-04" in one.rule_ids
        assert "US-LNP-01" not in one.rule_ids


def test_a_single_american_landline_is_ordered_one_business_day_before() -> None:
    found = way("US", TUESDAY, Choices(keep_number=True, day=D(2027, 1, 4)))
    assert (step(found, StepKind.HAND_OVER).day, found.cut) == (D(2026, 12, 31), D(2027, 1, 4))
    assert "US-LNP-01" in step(found, StepKind.HAND_OVER).rule_ids


@pytest.mark.parametrize(
    ("code", "more"),
    [("US", {}), ("US", THREE), ("US", FIRM), ("US", MOBILE), ("FR", {}), ("FR", FIRM), ("FR", MOBILE), ("GB", MOBILE)],
)
def test_what_is_ordered_on_its_day_still_moves_on_the_planned_day(code: str, more: dict[str, object]) -> None:
    for ahead in range(2, 40):
        found = way(code, TUESDAY, Choices(keep_number=True, day=TUESDAY + timedelta(days=ahead)), **more)
        ordered = step(found, StepKind.HAND_OVER).day
        again = way(code, ordered, Choices(keep_number=True, day=found.cut), **more)
        assert again.cut == found.cut, (ordered, found.cut)


@pytest.mark.parametrize(("simple", "rule"), [(True, "US-LNP-01"), (False, "US-LNP-04")])
def test_a_late_american_move_breaks_the_rule_of_its_own_kind(simple: bool, rule: str) -> None:
    late, now = Trouble(ClaimOf.LATE_PORT, TUESDAY), datetime(2026, 12, 30, 15, tzinfo=UTC)
    whose = Claimant(monthly=Money(Decimal("40.00"), "USD"), is_simple=simple)
    assert owed(late, whose, RULES["US"], now).rule_id == rule
