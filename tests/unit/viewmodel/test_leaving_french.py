"""Leaving in French: what is said agrees with what it is about, and a line begins with a capital letter."""

from __future__ import annotations

import re

from msgspec.structs import replace

from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.unit.viewmodel.test_letter_final_bill import case

FR = samples.words("fr")


def rows(found: Case) -> dict[str, tuple[str, str]]:
    return {row.step.key: (row.step.title, row.step.text) for row in tracker_view(found, FR).steps}


def planned() -> Case:
    """The same box while its line still runs."""
    found = case()
    facts = replace(found.material.facts[0], line_ended=None, is_over=False)
    plans = found.material.plans.with_answers(Answers("PR-1", False))
    made = case_of(replace(found.material, facts=(facts,), plans=plans, bills=()))
    assert made is not None
    return made


def test_what_is_still_to_be_done_is_not_said_to_be_done() -> None:
    late = tracker_view(case(receipt=""), FR)
    assert rows(case(receipt=""))["return"][0] == "Retour de la box"
    for title, _text in rows(case(receipt="")).values():
        assert not re.search(r"\best (rendue|payée|vérifiée)\b", title), title
    assert "est rendue" not in late.headline


def test_words_agree_with_the_box_and_the_sum() -> None:
    assert rows(case())["return"][1].startswith("Renvoyée.")
    for sentence, said in (
        ("{amount} is owed.", "Il vous est dû 33,60 €."),
        ("At least {amount} is owed.", "Il vous est dû au moins 33,60 €."),
        ("Asked for on {moment}.", "Demande du 3 mars."),
    ):
        assert FR.tr(sentence, amount="33,60 €", moment="3 mars") == said


def test_hours_are_written_one_way() -> None:
    for sentence in ("Before 17:00, on a working day.", "{day}, before 17:00"):
        assert "17:00" in FR.tr(sentence)


def test_a_line_begins_with_a_capital_letter() -> None:
    view = way_view(planned(), FR)
    followed = tracker_view(case(), FR)
    begins = [step.when for step in view.steps] + [row.step.when for row in followed.steps]
    assert any(begin.startswith(("Lun.", "Mar.", "Mer.", "Jeu.", "Ven.", "Sam.", "Dim.")) for begin in begins)
    assert all(begin[:1].isupper() for begin in begins if begin), begins
