"""An announced change that lets go free: the notice names it, a move has a letter and a step, nothing is overstated."""

from datetime import date

import pytest

from selfcare.domain.commands import GiveNotice
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.records import replace
from selfcare.i18n import Words
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.facts import LeavingFacts, Rise
from selfcare.leaving.way import StepKind, StepState
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_calendar import way_events
from selfcare.viewmodel.leaving_change import told_change
from selfcare.viewmodel.leaving_checklist import way_checklist
from selfcare.viewmodel.leaving_cost_picture import CostPicture, cost_picture
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.leaving_when import when_facts
from selfcare.viewmodel.letter_facts import EndingLine, LetterFacts, LetterKind, LetterMatter, ToldChange
from selfcare.viewmodel.letter_material import letter_facts
from selfcare.viewmodel.letters import letter_choices, written_letter
from tests import samples
from tests.shots.leavers import Scene, american, british, french, material, money
from tests.unit.viewmodel.test_letters import body, write

D, EN, FR = date, samples.words(), samples.words("fr")
TOLD = D(2026, 11, 14)
HOME = {"access": Access.INTERNET, "handset_id": "", "lock": SimLock.NOT_STATED}
BOX = french(**HOME, concluded=D(2026, 4, 30), commitment_ends=D(2028, 4, 30), price_changes=(TOLD,))
RISE = Rise(TOLD, D(2026, 12, 20), money("3.00", "GB"))
PLAN = british(
    concluded=D(2025, 6, 30), commitment_ends=D(2027, 6, 30), price_changes=(TOLD,), rises=(RISE,),
)  # fmt: skip
SURE = replace(PLAN, rises=(replace(RISE, agreed=money("1.80", "GB")),))


def leaver(facts: LeavingFacts, *, keep: bool, at: Screen = Screen.WAY, about: Circumstances | None = None) -> Case:
    confirmed = samples.NOW if at is Screen.TRACKER else None
    answers = Answers(
        "PR-1", keep, plain_notice=not keep, about=about or Circumstances(), at=at, confirmed=confirmed, saved=True
    )
    found = case_of(material(Scene("change", (facts,), answers)))
    assert found is not None
    return found


def facts_of(found: Case) -> LetterFacts:
    line = replace(samples.lines()[0], id="PR-1", access=found.facts.access)
    return letter_facts(line, samples.TODAY, profile=found.material.profile, rules=found.rules, case=found)


def said(found: Case, kind: LetterKind) -> str:
    words = FR if found.facts.country == "FR" else EN
    return body(written_letter(kind, facts_of(found), LetterMatter(), words, EN))


@pytest.mark.parametrize("kind", [LetterKind.NOTICE, LetterKind.CHANGE])
def test_the_letter_names_the_change_the_day_and_the_law(kind: LetterKind) -> None:
    keep = kind is LetterKind.CHANGE
    box = said(leaver(BOX, keep=keep), kind)
    assert "Vous m’avez annoncé le 14 novembre 2026 une modification du contrat" in box
    assert "article L. 224-33 du code de la consommation" in box
    assert "quatre mois" in box or "4 mois" in box
    assert "obligatoire" in box or "imposée par la loi" in box, "the exceptions are named, the right is not overstated"
    plan = said(leaver(PLAN, keep=keep), kind)
    assert "On 14 November 2026 you told me that the price" in plan
    assert "rises by £3.00 a month" in plan
    assert "Ofcom’s General Conditions" in plan
    assert "That is why I leave." in plan
    assert "My contract names" not in plan
    assert "My contract names a rise of £1.80 a month only." in said(leaver(SURE, keep=keep), kind)
    code = said(leaver(american(lock=SimLock.UNLOCKED, price_changes=(TOLD,)), keep=keep), kind)
    assert "If you keep that code, please charge no such fee" in code
    assert ("no notice" in plan) is keep


@pytest.mark.parametrize(("made", "named"), [(D(2025, 1, 17), True), (D(2025, 1, 16), False)])
def test_the_letter_says_what_the_rule_says_of_a_percentage_and_from_which_day(made: date, *, named: bool) -> None:
    facts = replace(PLAN, concluded=made, rises=(replace(RISE, by_percent=True),))
    case = leaver(facts, keep=True)
    if not named:
        assert told_change(case) is None, "a contract from before that day keeps its percentage"
        return
    letter = said(case, LetterKind.CHANGE)
    assert "a contract made on or after 17 January 2025 may not" in letter
    assert "pounds and pence, with when it comes. Mine was made on 17 January 2025." in letter


def test_without_a_change_or_after_its_days_nothing_is_claimed() -> None:
    for facts in (
        replace(BOX, price_changes=()),
        replace(BOX, price_changes=(D(2026, 7, 1),)),
        replace(BOX, commitment_ends=D(2026, 10, 1)),
        replace(BOX, is_business=True),
        replace(PLAN, rises=(replace(RISE, agreed=money("3.00", "GB")),)),
    ):
        found = leaver(facts, keep=True)
        assert found.way.step(StepKind.CERTIFICATE) is None
        assert LetterKind.CHANGE not in dict(letter_choices(facts_of(found), EN))
        assert facts_of(leaver(facts, keep=False)).change is None


@pytest.mark.parametrize("facts", [BOX, PLAN])
def test_a_move_has_a_step_for_the_letter_on_every_page(facts: LeavingFacts) -> None:
    title = "Write that you leave because of the change"
    found = leaver(facts, keep=True, at=Screen.TRACKER)
    row = next(t for t in tracker_view(found, EN).steps if t.step.key == "certificate")
    assert (row.step.title, [t.question for t in row.ticks]) == (title, ["certificate"])
    assert [a.target for a in row.actions] == ["papers/change"]
    assert title in [step.title for step in way_view(found, EN).steps]
    assert title in [step.title for step in way_checklist(found, EN).steps]
    assert [e for e in way_events(found, EN) if e.title.startswith(title)]
    page = screen_view(leaver(facts, keep=True, at=Screen.CONFIRM), EN)
    shown = {f.name: f.value for f in page.facts}
    assert shown["Your letter about it"] == "still to be sent"
    assert "papers/change" in [a.target for a in page.actions]
    assert LetterKind.CHANGE in dict(letter_choices(facts_of(found), EN))
    told = found.material.plans.with_answers(answer(found.answers, "certificate", "yes", D(2026, 11, 21)))
    sent = case_of(replace(found.material, plans=told))
    assert sent is not None
    step = sent.way.step(StepKind.CERTIFICATE)
    assert step is not None
    assert step.state is StepState.DONE
    over = replace(facts, line_ended=D(2026, 11, 18), is_over=True)
    assert leaver(over, keep=True).way.step(StepKind.CERTIFICATE) is None


def test_a_notice_sent_from_here_names_the_change_too() -> None:
    page = screen_view(leaver(BOX, keep=False, at=Screen.CONFIRM), FR)
    command = page.command
    assert isinstance(command, GiveNotice)
    assert "224-33" in command.reason
    assert command.reason in [f.value for f in page.facts]
    assert leaver(BOX, keep=False).way.step(StepKind.CERTIFICATE) is None


@pytest.mark.parametrize(
    ("facts", "words", "asked"),
    [
        (PLAN, EN, "I ask to leave free of charge under Ofcom’s"),
        (SURE, EN, "I leave free of charge under Ofcom’s"),
        (BOX, FR, "je demande à résilier sans frais, article L. 224-33"),
    ],
)
def test_what_is_uncertain_is_asked_for_and_not_asserted(facts: LeavingFacts, words: Words, asked: str) -> None:
    page = screen_view(leaver(facts, keep=False, at=Screen.CONFIRM), words)
    assert asked in next(f.value for f in page.facts if f.name == words.tr("Your reason"))


def test_a_reason_of_its_own_or_a_survivors_plan_names_no_change() -> None:
    debt = Circumstances(Reason.DEBT, filed=D(2026, 8, 1), admitted=True)
    found = leaver(BOX, keep=True, about=debt)
    assert facts_of(found).change is None
    assert tracker_view(found, EN).steps is not None
    safe = leaver(PLAN, keep=True, about=Circumstances(Reason.SAFETY))
    assert facts_of(safe).change is None


def test_one_notice_for_several_lines_names_the_change_of_each() -> None:
    change = ToldChange(TOLD, D(2027, 3, 14), "FR-MOD-01")
    other = EndingLine("06 99 00 99 99", change=change)
    text = body(write(LetterKind.NOTICE, "FR", together=(other,)))
    assert "modification du contrat pour la ligne 06 99 00 99 99" in text
    assert text.count("224-33") == 1


def drawn(facts: LeavingFacts, *, keep: bool) -> CostPicture | None:
    found = leaver(facts, keep=keep)
    return cost_picture(found, found.way.quote, EN)


def test_the_picture_of_cost_is_free_as_long_as_the_change_frees_and_rises_after_it() -> None:
    sure = drawn(SURE, keep=True)
    assert sure is not None
    highs = [high for _, _, high in sure.points]
    rise = next(at for at, high in enumerate(highs) if high > 0)
    assert (set(highs[:rise]), highs[rise], max(highs)) == ({0.0}, 1.0, 1.0)
    assert sure.mark is not None
    assert sure.mark[1] == 0.0
    assert sure.mark[0] < sure.points[rise][0]
    assert sure.spoken.startswith("Because of the announced change it is free where the line ends by 15 Dec 2026.")
    assert f"falls from {sure.top_label} in December 2026 to nothing" in sure.spoken
    assert drawn(SURE, keep=False) is None, "a notice that is given today frees every later day"


def test_the_picture_of_cost_reaches_down_to_nothing_where_the_change_may_free() -> None:
    open_now = drawn(PLAN, keep=True)
    assert open_now is not None
    assert (open_now.points[0][1], open_now.points[0][2]) == (0.0, 1.0)
    assert max(low for _, low, _ in open_now.points) > 0, "after the last day the lower reading is no longer nothing"
    assert "it may be free where the line ends by 15 Dec 2026" in open_now.spoken
    told = drawn(PLAN, keep=False)
    assert told is not None
    assert {low for _, low, _ in told.points} == {0.0}
    assert told.spoken.startswith("Because of the announced change it may be free. The cost falls from")


@pytest.mark.parametrize(
    ("keep", "name", "hint"),
    [
        (True, "Leaving because of a change, no notice", "before the number moves"),
        (False, "Leaving because of a change, beside the notice", "together with the notice"),
    ],
)
def test_the_list_and_the_hint_of_the_letter_say_whether_a_notice_goes_with_it(
    *, keep: bool, name: str, hint: str
) -> None:
    facts = facts_of(leaver(PLAN, keep=keep))
    assert dict(letter_choices(facts, EN))[LetterKind.CHANGE] == name
    assert hint in written_letter(LetterKind.CHANGE, facts, LetterMatter(), EN, EN).hint


def test_no_figure_of_the_french_overview_ends_in_a_word_that_breaks_at_its_hyphen() -> None:
    for facts in (BOX, replace(BOX, price_changes=())):
        rows = when_facts(leaver(facts, keep=True), FR)
        assert any("jusqu’à cette date" in row.note for row in rows)
        assert all("jusque-" not in row.note for row in rows)


def test_so_many_numbers_have_the_letter_about_the_change_before_a_day_is_agreed() -> None:
    for facts in (replace(SURE, numbers=30), replace(PLAN, numbers=30)):
        found = leaver(facts, keep=True, at=Screen.TRACKER)
        assert found.way.is_named_later
        step = found.way.step(StepKind.CERTIFICATE)
        assert step is not None
        row = next(t for t in tracker_view(found, EN).steps if t.step.key == "certificate")
        assert row.step.title == "Write that you leave because of the change"
        assert [a.target for a in row.actions] == ["papers/change"]
        assert LetterKind.CHANGE in dict(letter_choices(facts_of(found), EN))
        assert "14 November 2026" in said(found, LetterKind.CHANGE)


@pytest.mark.parametrize("numbers", [1, 30])
@pytest.mark.parametrize("told", [D(2026, 10, 18), D(2026, 10, 22), TOLD])
def test_the_step_and_the_letter_go_by_the_same_change(told: date, numbers: int) -> None:
    rise = replace(RISE, told=told, agreed=money("1.80", "GB"))
    found = leaver(replace(PLAN, numbers=numbers, price_changes=(told,), rises=(rise,)), keep=True)
    assert (found.way.step(StepKind.CERTIFICATE) is None) is (told_change(found) is None)
    assert (LetterKind.CHANGE in dict(letter_choices(facts_of(found), EN))) is (told_change(found) is not None)
