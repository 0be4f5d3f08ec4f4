"""Leaving in French: what is said agrees with what it is about, and a line begins with a capital letter."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from msgspec.structs import replace

from selfcare.leaving.countries import fr
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import Asked
from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_tracker import TrackerView, tracker_view
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


def test_a_notice_given_online_has_to_be_confirmed_and_is_asked_after() -> None:
    """Sent on Friday 2 April 2027; three working days, Saturday among them, end on Tuesday."""
    given = Asked(datetime(2027, 4, 2, 9, tzinfo=UTC), sent=True)

    def shown(day: int, **changed: object) -> TrackerView:
        found = planned()
        facts = replace(found.material.facts[0], notice_given=given, **changed)
        confirmed = Answers("PR-1", False, confirmed=datetime(2027, 4, 2, tzinfo=UTC))
        now = datetime(2027, 4, day, 9, tzinfo=UTC)
        made = case_of(
            replace(found.material, facts=(facts,), today=now.date(), now=now, plans=Plans().with_answers(confirmed))
        )
        assert made is not None
        return tracker_view(made, samples.words())

    def said(day: int, **changed: object) -> str:
        return next(row.step.text for row in shown(day, **changed).steps if row.step.key == "notice")

    due = fr.confirmation_recalled(date(2027, 4, 2))
    assert due == date(2027, 4, 6)
    assert said(3).endswith("if nothing is here by Tue 6 Apr, ask for it.")
    assert said(6).endswith("ask for it now.")
    assert "ask for it" not in said(6, is_business=True)
    assert "FR-3CL-03" in {rule.id for rule in shown(6).rules}
    assert "FR-3CL-03" not in {rule.id for rule in shown(6, is_business=True).rules}
