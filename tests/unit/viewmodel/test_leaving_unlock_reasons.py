"""Why a handset in America is unlocked on its day: the carrier's rule is named, and what would tell is asked for."""

from datetime import date

import pytest

from selfcare.domain.lines import SimLock
from selfcare.leaving.answer import Ask, asks
from selfcare.leaving.country import StepKind
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_steps import step_text
from tests import samples
from tests.unit.leaving.test_leaving_countries import line, money
from tests.unit.viewmodel.test_leaving_abroad import case

D = date
WORDS = samples.words()


def locked(carrier: str, **more: object) -> LeavingFacts:
    return line("US", carrier=carrier, lock=SimLock.LOCKED, handset_id="DV-1", **more)


@pytest.mark.parametrize(
    ("facts", "due", "rule"),
    [
        (locked("Verizon", paid_off=D(2026, 11, 1), handset_bought=D(2026, 2, 1)), D(2026, 12, 6), "US-UNL-07"),
        (locked("Verizon", paid_off=D(2026, 11, 1)), D(2026, 12, 6), "US-UNL-07"),
        (locked("Visible", is_prepaid=True, handset_bought=D(2026, 2, 1)), D(2027, 2, 1), "US-UNL-06"),
        (locked("Visible", is_prepaid=True, handset_bought=D(2026, 1, 19)), D(2027, 1, 19), "US-UNL-03"),
        (locked("AT&T", paid_off=D(2026, 10, 20), handset_bought=D(2026, 10, 20)), D(2026, 12, 19), "US-UNL-08"),
    ],
)
def test_the_rule_that_puts_the_unlock_off_is_named_with_its_day(facts: LeavingFacts, due: date, rule: str) -> None:
    found = case(facts)
    step = found.way.step(StepKind.UNLOCKED)
    assert step is not None
    assert (step.day, step.rule_ids) == (due, ("US-UNL-01", "US-UNL-02", rule))
    said = step_text(step, found, WORDS)
    assert said.startswith(f"Not before {WORDS.day(due, samples.TODAY)}. ")
    page = screen_view(case(facts, Answers("PR-1", True, at=Screen.UNLOCK)), WORDS)
    assert page.notes[0].startswith("Not before")
    assert rule in {shown.id for shown in page.rules}


def test_an_answer_in_two_business_days_is_named_where_nothing_else_waits() -> None:
    found = case(locked("Verizon", paid_off=D(2026, 3, 1), handset_bought=D(2026, 2, 1)))
    ask, unlocked = (found.way.step(kind) for kind in (StepKind.UNLOCK_ASK, StepKind.UNLOCKED))
    assert ask is not None
    assert unlocked is not None
    assert (unlocked.day, unlocked.rule_ids) == (D(2026, 11, 24), ("US-UNL-01", "US-UNL-02"))
    said = step_text(ask, found, WORDS)
    assert "within 2 business days" in said
    assert "48 hours" not in said


def test_what_is_still_owed_counts_as_if_it_were_paid_today() -> None:
    owing = locked("Verizon", instalment=money("US", "30"), instalments_left=3, handset_bought=D(2026, 3, 1))
    found = case(owing)
    step = found.way.step(StepKind.UNLOCKED)
    assert step is not None
    assert step.day == D(2026, 12, 26)
    assert step_text(step, found, WORDS).startswith("If it is paid off today, not before Sat 26 Dec.")


def test_the_days_of_a_locked_handset_are_asked_for() -> None:
    def asked(facts: LeavingFacts) -> set[Ask]:
        return set(asks(case(facts).way)) & {Ask.BOUGHT, Ask.PAID_OFF}

    assert asked(locked("Verizon")) == {Ask.BOUGHT, Ask.PAID_OFF}
    assert asked(locked("Verizon", paid_off=D(2026, 11, 1))) == {Ask.BOUGHT}
    assert asked(locked("Visible", is_prepaid=True, handset_bought=D(2026, 2, 1))) == set()
    assert asked(line("US", carrier="Verizon")) == set()
    assert asked(line("GB", lock=SimLock.LOCKED)) == set()
