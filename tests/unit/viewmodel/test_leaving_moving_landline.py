"""What is said of a landline whose number moves, and of an operator's figure for another day than the chosen one."""

from datetime import date

from msgspec.structs import replace

from selfcare.domain.lines import Access, SimLock
from selfcare.leaving.choices import Route
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_cost import cost_view
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.unit.viewmodel.test_leaving_views import case, material, rules

WORDS = samples.words()


def test_the_operators_figure_for_another_day_than_the_chosen_one_names_its_day() -> None:
    figure = {"operator_charge": samples.gbp("83.98"), "operator_charge_day": samples.TODAY}
    chosen = case(Answers("PR-1", True, day=date(2027, 1, 28)), **figure)
    assert cost_view(chosen, WORDS).operator == "£83.98 for all 2 lines on 21 Nov 2026"
    assert cost_view(chosen, WORDS, samples.TODAY).operator == "£83.98 for all 2 lines"


def test_a_landline_whose_number_moves_has_no_sim() -> None:
    fixed = replace(french_landline(), lock=SimLock.NOT_STATED)
    answers = Answers("PR-1", True, day=date(2026, 12, 9))
    found = replace(material(answers), rules=rules("fr"), facts=(fixed,))
    chosen = case_of(found)
    assert chosen is not None
    assert chosen.way.route is Route.PORT
    for shown in (way_view(chosen, WORDS).steps, tracker_view(chosen, WORDS).steps, day_words(chosen)):
        assert "SIM" not in str(shown)
    moving = next(row for row in tracker_view(chosen, WORDS).steps if row.step.key == "cut").step.text
    assert moving == "Have the new line ready: this one goes silent then."
    mobile = case_of(replace(found, facts=(replace(fixed, access=Access.MOBILE),)))
    assert mobile is not None
    assert "its SIM in" in day_words(mobile)


def day_words(found: Case) -> str:
    return str(screen_view(replace(found, answers=replace(found.answers, at=Screen.DAY)), WORDS))


def french_landline() -> LeavingFacts:
    return replace(
        material().facts[0], country="FR", zone="Europe/Paris", number="+33 1 99 00 12 34", access=Access.FIXED,
        commitment_ends=None, operator_charge=None, price_changes=(),
    )  # fmt: skip
