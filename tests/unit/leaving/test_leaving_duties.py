"""What an operator has to say each year, and what the states of America add: shown with its days, never asserted."""

from datetime import UTC, date, datetime

import pytest

from selfcare.domain.customer import ContactMedium, Customer, MediumKind
from selfcare.leaving.choices import Choices, Route
from selfcare.leaving.country import DutyKind, DutyState, StepKind
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.outlook import outlook
from selfcare.leaving.place import state_of
from selfcare.leaving.way import Way, plan
from tests.shots.leavers import NOW, TODAY, american, british, french, rules_of

DROP = Choices(keep_number=False, plain_notice=True)


def way(facts: LeavingFacts, choices: Choices | None = None) -> Way:
    rules = rules_of(facts.country)
    assert rules is not None
    return plan(facts, rules, TODAY, NOW, "USD", choices or Choices())


def duty(facts: LeavingFacts, kind: DutyKind) -> tuple[date | None, date, DutyState, str] | None:
    found = next((d for d in outlook(way(facts)).duties if d.kind is kind), None)
    return (found.first, found.last, found.state, found.rule_id) if found is not None else None


def test_in_britain_the_best_prices_are_told_each_year_after_the_commitment() -> None:
    one = duty(british(commitment_ends=date(2026, 10, 15)), DutyKind.BEST_PRICES)
    assert one == (date(2026, 10, 15), date(2027, 10, 15), DutyState.AHEAD, "UK-CTR-07")
    old = duty(british(commitment_ends=date(2023, 10, 15)), DutyKind.BEST_PRICES)
    assert old == (date(2025, 10, 15), date(2026, 10, 15), DutyState.NOT_SEEN, "UK-CTR-07")
    assert duty(british(commitment_ends=date(2027, 1, 1)), DutyKind.BEST_PRICES) is None
    assert duty(british(commitment_ends=TODAY), DutyKind.BEST_PRICES) is not None


def test_in_france_they_are_told_each_year_of_the_contract_but_not_to_firms() -> None:
    found = duty(french(concluded=date(2025, 1, 21)), DutyKind.BEST_PRICES)
    assert found == (date(2025, 1, 21), date(2026, 1, 21), DutyState.NOT_SEEN, "FR-INF-02")
    assert duty(french(concluded=date(2024, 2, 29)), DutyKind.BEST_PRICES) == (
        date(2025, 2, 28), date(2026, 2, 28), DutyState.NOT_SEEN, "FR-INF-02",
    )  # fmt: skip
    assert duty(french(is_business=True), DutyKind.BEST_PRICES) is None


def test_new_york_announces_a_renewal_and_california_lets_cancel_online() -> None:
    ends = date(2027, 1, 10)
    found = duty(american(state="NY", commitment_ends=ends), DutyKind.RENEWAL)
    assert found == (date(2026, 11, 26), date(2026, 12, 26), DutyState.AHEAD, "US-ST-02")
    assert duty(american(state="IL", commitment_ends=ends), DutyKind.RENEWAL) is None
    rules = {
        state: way(american(state=state, concluded=date(2025, 8, 1)), DROP).country.rule_ids(
            way(american(state=state, concluded=date(2025, 8, 1)), DROP).ground, StepKind.NOTICE, Route.NOTICE
        )
        for state in ("CA", "NY", "IL")
    }
    assert "US-ST-01" in rules["CA"]
    assert "US-ST-02" in rules["NY"]
    assert "US-FTC-01" in rules["IL"], "that no federal rule gives it is said where no state does"


def test_the_state_is_read_from_the_postal_address() -> None:
    def living(text: str) -> Customer:
        return Customer("C", "Ann", media=(ContactMedium(MediumKind.POST, text),))

    assert state_of(living("12 Elm St\nAlbany, NY 12207"), "US") == "NY"
    assert state_of(living("1 Main St, Fresno CA 93650-1234, US"), "US") == "CA"
    assert state_of(living("12 Elm St, Albany"), "US") == ""
    assert state_of(living("1 High St, Leeds LS1 9ZZ"), "GB") == ""
    assert state_of(None, "US") == ""


AHEAD, KEPT, MISSED, NOT_SEEN = DutyState.AHEAD, DutyState.KEPT, DutyState.MISSED, DutyState.NOT_SEEN


@pytest.mark.parametrize(
    ("code", "ends", "told", "today", "state"),
    [
        ("GB", date(2027, 2, 15), None, date(2027, 2, 5), AHEAD),
        ("GB", date(2027, 2, 15), None, date(2027, 2, 6), NOT_SEEN),
        ("GB", date(2027, 2, 15), date(2027, 1, 6), date(2027, 1, 6), KEPT),
        ("GB", date(2027, 2, 15), date(2027, 2, 5), date(2027, 3, 1), KEPT),
        ("GB", date(2027, 2, 15), date(2027, 2, 6), date(2027, 3, 1), MISSED),
        ("GB", date(2027, 2, 15), date(2027, 1, 5), date(2027, 2, 5), AHEAD),
        ("GB", date(2027, 2, 15), date(2026, 12, 1), date(2027, 3, 1), NOT_SEEN),
        ("GB", date(2027, 6, 10), date(2026, 11, 2), TODAY, AHEAD),
        ("FR", date(2028, 1, 31), date(2026, 11, 2), TODAY, AHEAD),
        ("FR", date(2027, 3, 15), None, date(2027, 2, 15), AHEAD),
        ("FR", date(2027, 3, 15), None, date(2027, 2, 16), NOT_SEEN),
        ("FR", date(2027, 3, 15), date(2027, 2, 15), date(2027, 2, 16), KEPT),
        ("FR", date(2027, 3, 15), date(2027, 2, 16), date(2027, 2, 20), MISSED),
        ("FR", date(2027, 3, 15), date(2026, 12, 14), date(2027, 2, 20), MISSED),
        ("FR", date(2027, 3, 15), date(2026, 12, 14), date(2027, 2, 15), AHEAD),
        ("FR", date(2027, 3, 15), date(2026, 12, 15), date(2027, 2, 20), KEPT),
        ("US", date(2027, 3, 15), date(2026, 11, 2), TODAY, AHEAD),
        ("US", date(2027, 1, 10), date(2026, 11, 26), date(2026, 12, 1), KEPT),
        ("US", date(2027, 1, 10), date(2026, 11, 25), date(2026, 12, 27), MISSED),
    ],
)
def test_v10_v16_an_end_announced_too_early_is_still_to_come(
    code: str, ends: date, told: date | None, today: date, state: DutyState
) -> None:
    people = {"GB": british, "FR": french, "US": american}
    facts = people[code](commitment_ends=ends, end_told=told, state="NY" if code == "US" else "")
    rules, now = rules_of(code), datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    assert rules is not None
    found = plan(facts, rules, today, now, "GBP", Choices())
    kinds = {DutyKind.END, DutyKind.RENEWAL}
    assert [d.state for d in found.country.duties(found.ground) if d.kind in kinds] == [state]
