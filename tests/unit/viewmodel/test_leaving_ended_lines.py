"""What the leaving pages say of a line that has ended, and of one that is only ended."""

from datetime import date

from msgspec.structs import replace

from selfcare.domain.lines import Access, SimLock
from selfcare.leaving.drafts import Plans
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving import WayView, line_choices, way_view
from selfcare.viewmodel.leaving_material import LeavingMaterial, case_of
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.shots import leavers
from tests.unit.viewmodel.test_leaving_views import case, material, page, way_of

WORDS = samples.words()


def test_a_line_that_has_ended_comes_last_and_one_end_is_said() -> None:
    ended = date(2026, 11, 2)
    found = material(lock=SimLock.LOCKED, is_over=True, line_ended=ended)
    view = way_of_line(found)
    assert [line.id for line in view.lines] == ["PR-2", "PR-3", "PR-1"]
    assert view.lines[0].is_current
    chosen = way_of_line(replace(found, plans=Plans("PR-1")))
    by_key = {s.key: s for s in chosen.steps}
    assert (by_key["cut"].when, by_key["cut"].title) == ("Mon 2 Nov 2026", "This line has ended")
    assert "No rent after Mon 2 Nov;" in by_key["finalBill"].text
    assert (chosen.when, chosen.is_over, view.is_over) == ((), True, False)


def way_of_line(found: LeavingMaterial) -> WayView:
    chosen = case_of(found)
    assert chosen is not None
    return way_view(chosen, WORDS)


def test_the_text_message_is_for_mobile_lines_only() -> None:
    bare = {"commitment_ends": None, "operator_charge": None, "numbers": 1}
    assert "85075" in way_of(**bare).cost.text
    fixed = way_of(**bare, access=Access.FIXED, lock=SimLock.NOT_STATED)
    assert fixed.cost.text == "Your operator does not state when the commitment ends."


def test_ending_a_line_speaks_of_no_new_operator() -> None:
    answers = Answers("PR-1", False, plain_notice=True, bank_keep=True, day=date(2026, 12, 31))
    bank = page(Screen.BANK, answers, lock=SimLock.UNLOCKED)
    assert [t.question for t in bank.ticks] == ["bankKeep"]
    assert bank.title == "The bank: the final bill is still to come"
    confirm = page(Screen.CONFIRM, answers, lock=SimLock.UNLOCKED)
    rent = {f.name: f.value for f in confirm.facts}
    assert rent["Rent during the notice: as always, nothing extra"] == "£22.00 a month"
    followed = tracker_view(case(replace(answers, at=Screen.TRACKER), lock=SimLock.UNLOCKED), WORDS)
    for shown in (bank, confirm, followed):
        said = str(shown)
        assert "new operator" not in said
        assert "Have the new one ready" not in said
    switch = tracker_view(case(Answers("PR-2", True, at=Screen.TRACKER)), WORDS)
    assert "Have the new one ready" in str(switch)


def test_the_final_bill_that_is_here_is_ticked_on_the_whole_way_too() -> None:
    gone = next(scene for scene in leavers.tracked("FR") if scene.name == "final-wrong")
    view = way_of_line(leavers.material(gone))
    final = next(step for step in view.steps if step.key == "finalBill")
    bill = gone.bills[0].day
    assert bill is not None
    assert (final.state, final.when, final.more, final.title) == (
        "done", WORDS.day(bill, None if bill < leavers.TODAY else leavers.TODAY), "", "The final bill",
    )  # fmt: skip
    assert (view.cost.picture, view.cost.cheapest, view.cost.difference) == (None, "", "")


def test_the_box_whose_receipt_is_kept_is_ticked_and_one_without_is_late() -> None:
    box = next(scene for scene in leavers.tracked("FR") if scene.name == "box-no-receipt")
    late = replace(box, facts=(replace(box.facts[0], line_ended=leavers.day(-60)),))
    back = replace(box, answers=replace(box.answers, receipt="XY1", returned=leavers.day(-1)))
    found = [next(s for s in way_of_line(leavers.material(one)).steps if s.key == "return") for one in (late, back)]
    assert [step.state for step in found] == ["missed", "done"]


def test_two_lines_with_one_number_are_told_apart_in_the_list() -> None:
    old = leavers.british(line_id="PR-1", line_ended=date(2026, 6, 30), is_over=True, since=date(2021, 10, 1))
    new = leavers.british(line_id="PR-2", since=date(2026, 7, 1))
    other = leavers.british(line_id="PR-3", number="07700 900999")
    found = case_of(leavers.material(leavers.Scene("twice", (old, new, other), Answers("PR-2"))))
    assert found is not None
    labels = {line.id: line.label for line in line_choices(found, WORDS)}
    assert labels["PR-1"].endswith("· line ended on 30 Jun 2026")
    assert labels["PR-2"].endswith("· line since 1 Jul 2026")
    assert "·" not in labels["PR-3"]
    bare = replace(new, since=None)
    unknown = case_of(leavers.material(leavers.Scene("twice", (replace(bare, line_id="PR-1"), bare), Answers("PR-2"))))
    assert unknown is not None
    assert len({line.label for line in line_choices(unknown, WORDS)}) == 2
