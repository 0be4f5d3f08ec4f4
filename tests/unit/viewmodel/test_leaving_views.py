"""What the leaving pages say: the whole way, each question, the tracker; uncertain rules are shown as such."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from selfcare.domain.commands import GiveNotice, RequestCode, RequestUnlock
from selfcare.domain.lines import PortingCode, SimLock
from selfcare.domain.topics import Topic
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import Asked, LeavingFacts, facts_of
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving import WayView, way_view
from selfcare.viewmodel.leaving_decision import notice_command
from selfcare.viewmodel.leaving_material import Case, LeavingMaterial, case_of
from selfcare.viewmodel.leaving_numbers import number_text
from selfcare.viewmodel.leaving_parts import ScreenView
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples

WORDS = samples.words()


def rules(country: str = "gb") -> Rules:
    return parse_rules((samples.ROOT / "resources" / "rules" / f"{country}.toml").read_bytes())


def material(answers: Answers | None = None, **changed: object) -> LeavingMaterial:
    lines = samples.lines()
    facts = [
        facts_of(
            line,
            profile=samples.profile(),
            lines=lines,
            contracts=samples.contracts(),
            accounts=(samples.account(),),
            orders=(),
            waiting=(),
            bills=samples.bills(),
        )
        for line in lines
    ]
    facts[0] = replace(facts[0], **changed)
    plans = Plans().with_answers(answers) if answers is not None else Plans()
    return LeavingMaterial(
        samples.profile(), rules(), tuple(facts), plans, samples.TODAY, samples.NOW, samples.bills(),
        {Topic.BILLS: 134, Topic.CONTRACTS: 2, Topic.TICKETS: 9, Topic.CONTACTS: 22},
    )  # fmt: skip


def way_of(**changed: object) -> WayView:
    found = case_of(material(**changed))  # type: ignore[arg-type]
    assert found is not None
    return way_view(found, WORDS)


def case(answers: Answers, **changed: object) -> Case:
    found = case_of(material(answers, **changed))
    assert found is not None
    return found


def page(screen: Screen, answers: Answers | None = None, **changed: object) -> ScreenView:
    return screen_view(case(replace(answers or Answers("PR-1", True), at=screen), **changed), WORDS)


def test_the_whole_way_as_it_was_drawn() -> None:
    view = way_of()
    assert [(s.when, s.more) for s in view.steps] == [
        ("Today", "Sat 21 Nov"),
        ("Today", ""),
        ("Mon 23 Nov", "by 10:50"),
        ("Tue 24 Nov", "use by Wed 23 Dec"),
        ("Wed 25 Nov", ""),
        ("Thu 26 Nov", "about 18:00"),
        ("December", "about Thu 10 Dec"),
        ("Until Sat 26 Dec", ""),
    ]
    assert view.cost.headline == "Thu 26 Nov: £0.00"
    assert view.start == "Start with the unlock"
    assert "134 bills, 2 contracts, 9 tickets and 22 contacts" in view.steps[1].text
    facts = {f.name: f for f in view.facts}
    assert facts["Handset"].tag is not None
    assert facts["Handset"].tag.text == "locked"
    assert facts["Operator’s own figure"].tag is not None
    assert facts["Operator’s own figure"].tag.text == "agrees"


def test_every_step_and_cost_has_a_rule_with_its_source() -> None:
    view = way_of()
    shown = {r.id: r for r in view.rules}
    assert {"UK-LOCK-02", "UK-SW-09", "UK-SW-11", "UK-SW-12", "UK-SW-13", "UK-SW-14"} <= set(shown)
    assert all(r.source and "checked on" in r.checked for r in view.rules)
    assert shown["UK-CTR-08"].standing.text == "uncertain, not a right"
    assert shown["UK-SW-12"].standing.text == "usual practice, not a right"
    assert shown["UK-SW-11"].standing.text == "regulator’s rule"


def test_still_bound_the_cost_is_a_range_and_a_difference_is_said() -> None:
    stated = samples.gbp("364.10")
    view = way_of(commitment_ends=date(2027, 10, 15), operator_charge=stated, price_changes=(), rises=())
    assert " to " in view.cost.headline
    assert view.cost.difference.startswith("Our figure for all 2 lines: £270.00 to £324.00. ")
    assert "more than the usual formula" in view.cost.difference
    assert view.cost.cheapest.startswith(
        "Nothing where the line ends on Fri 15 Oct 2027 or later. The rent until then comes on top: £"
    )
    assert view.cost.picture is not None
    heights = [high for _, _, high in view.cost.picture.points]
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] == 0


def test_what_is_not_stated_is_said_to_be_so() -> None:
    view = way_of(commitment_ends=None, notice=None, operator_charge=None)
    assert view.cost.headline.endswith("not known")
    assert view.cost.picture is None
    facts = {f.name: f for f in view.facts}
    assert not facts["Contract end"].is_stated
    assert not facts["Operator’s own figure"].is_stated
    assert facts["Notice, if not switching"].value == "not stated; 30 days are usual"


def test_where_only_the_operator_has_a_figure_it_is_named_as_its_own() -> None:
    view = way_of(commitment_ends=None, operator_charge=samples.gbp("12.00"))
    assert view.cost.headline.endswith("£12.00 for all 2 lines, by your operator")
    assert view.cost.agreement is not None
    assert view.cost.agreement.text == "cannot be compared"


def test_a_home_line_is_switched_at_the_new_provider() -> None:
    view = page(Screen.LINE, Answers("PR-2"))
    assert [c.key for c in view.choices] == ["keep", "notice"]
    confirm = page(Screen.CONFIRM, Answers("PR-2", True, day=date(2026, 12, 1)))
    assert "your order at the new provider" in confirm.text
    assert not any("PAC" in f.name for f in confirm.facts)


def test_a_notice_that_was_given_is_not_given_twice() -> None:
    answers = Answers("PR-1", False, plain_notice=True, day=date(2026, 12, 31))
    given = Asked(samples.NOW, sent=True, ends=date(2026, 12, 21))
    assert page(Screen.CONFIRM, answers, notice_given=given).forward == "This is my plan"
    refused = replace(given, refused=True)
    assert page(Screen.CONFIRM, answers, notice_given=refused).forward.startswith("Give notice")


def test_numbers_are_written_as_people_write_them() -> None:
    assert number_text("+447700900123", "GB") == "07700 900123"
    assert number_text("+33639980231", "GB") == "+33 6 39 98 02 31"
    assert number_text("fibre line 7", "GB") == "fibre line 7"
    assert number_text("", "GB") == ""


def test_without_a_line_there_is_no_way() -> None:
    assert case_of(replace(material(), facts=())) is None


def test_the_unlock_page_asks_for_the_unlock() -> None:
    view = page(Screen.UNLOCK)
    asked = view.actions[0].command
    assert isinstance(asked, RequestUnlock)
    assert (asked.handset_id, asked.serial, asked.line_id) == ("DV-1", "356938035643809", "PR-1")
    assert asked.note.startswith("I have had this handset since 15 Oct 2024. It should not have been sold locked. ")
    assert view.actions[0].unlock is not None
    assert view.actions[0].unlock.wish == asked
    assert not view.may_go_on
    assert "a locked one does not take the new SIM" in view.missing
    asked = page(Screen.UNLOCK, unlock=Asked(samples.NOW - timedelta(hours=1), sent=True))
    assert asked.actions == ()
    assert asked.may_go_on
    assert asked.status is not None
    assert asked.status.text == "with your operator"
    assert ("Time left", "47 hours") in [(f.name, f.value) for f in asked.facts]


def test_an_unlock_that_waits_offline_says_so() -> None:
    view = page(Screen.UNLOCK, unlock=Asked(samples.NOW, sent=False))
    assert view.status is not None
    assert view.status.text == "waiting to be sent"


def test_the_code_is_not_asked_for_while_the_handset_is_locked() -> None:
    view = page(Screen.CODE)
    assert view.actions[0].command is None
    assert view.actions[0].why_not.endswith("By this plan you ask for it on Tue 24 Nov.")
    assert view.may_go_on
    free = page(Screen.CODE, lock=SimLock.UNLOCKED)
    assert free.actions[0].command == RequestCode("PR-1", "07700 900123", "PAC")
    stac = page(Screen.CODE, Answers("PR-1", False), lock=SimLock.UNLOCKED)
    assert stac.actions[0].command == RequestCode("PR-1", "07700 900123", "STAC")


def test_a_code_that_is_here_is_shown_with_its_life() -> None:
    code = PortingCode("PAC", "ORV482913", date(2026, 12, 20))
    view = page(Screen.CODE, lock=SimLock.UNLOCKED, code=code)
    assert view.code is not None
    assert (view.code.code, view.code.spoken) == ("ORV482913", "O R V 4 8 2 9 1 3")
    assert view.code.life == "Use it by Sun 20 Dec, in 29 days."
    assert view.actions == ()
    dead = page(Screen.CODE, lock=SimLock.UNLOCKED, code=replace(code, expires=date(2026, 11, 20)))
    assert dead.code is not None
    assert "Expired" in dead.code.life
    assert dead.actions[0].command is not None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("TELOOO123", "Did you mean TEL000123?"),
        ("123456ABC", "This is a STAC"),
        ("ABC12", "Something is missing"),
        ("ABC1234567", "too long"),
        ("ABC123456", ""),
    ],
)
def test_a_typed_code_gets_a_helpful_word(typed: str, said: str) -> None:
    view = page(Screen.CODE, Answers("PR-1", True, typed_code=typed, typed_day=samples.TODAY), lock=SimLock.UNLOCKED)
    assert view.entry is not None
    assert said in view.entry.problem
    assert bool(view.entry.problem) == bool(said)


def test_the_day_page_names_its_rules_and_limits() -> None:
    view = page(Screen.DAY, Answers("PR-1", True, day=date(2026, 11, 30)), lock=SimLock.UNLOCKED)
    assert view.day is not None
    assert view.day.first == date(2026, 11, 24)
    assert view.cost is not None
    assert "UK-SW-11" in {r.id for r in view.rules}
    assert view.cautions[0].advice.startswith("That day is a bank holiday in Scotland")


def test_the_confirmation_of_a_port_ends_nothing() -> None:
    view = page(Screen.CONFIRM, Answers("PR-1", True, day=date(2026, 11, 26)), unlock=Asked(samples.NOW, sent=True))
    assert view.text.startswith("Nothing is ended by this button.")
    assert view.forward == "This is my plan"
    facts = {f.name: f.value for f in view.facts}
    assert facts["This line dies"] == "Thu 26 Nov, in 5 days, about 18:00"
    assert facts["Handset"] == "unlock due Mon 23 Nov, 10:50"


def test_where_the_operator_takes_no_notice_nothing_is_sent_and_the_letter_is_named() -> None:
    answers = Answers("PR-1", False, plain_notice=True, day=date(2026, 12, 31), at=Screen.CONFIRM)
    given = material(answers, lock=SimLock.UNLOCKED)
    exits = {step: way for step, way in given.profile.exit.items() if step != "notice"}
    found = case_of(replace(given, profile=replace(given.profile, exit=exits)))
    assert found is not None
    view = screen_view(found, WORDS)
    assert (view.forward, view.command) == ("This is my plan", None)
    assert "takes no notice through a program, so this button sends nothing" in view.text
    assert "by the letter below" in view.text


def test_the_confirmation_of_a_notice_is_the_notice_that_was_shown() -> None:
    answers = Answers("PR-1", False, plain_notice=True, day=date(2026, 12, 31), at=Screen.CONFIRM)
    found = case(answers, lock=SimLock.UNLOCKED)
    assert screen_view(found, WORDS).forward == "Give notice for Thu 31 Dec"
    assert (
        screen_view(found, WORDS).command
        == notice_command(found, WORDS)
        == GiveNotice("PR-1", "AG-1", date(2026, 12, 31), "", date(2026, 10, 15), samples.gbp("0.00"))
    )


@pytest.mark.parametrize("screen", [s for s in Screen if s not in {Screen.WAY, Screen.TRACKER}])
@pytest.mark.parametrize("keep", [True, False])
def test_every_page_can_be_shown_for_every_line(screen: Screen, keep: bool) -> None:
    for line in ("PR-1", "PR-2", "PR-3"):
        view = screen_view(case(Answers(line, keep, plain_notice=not keep, at=screen)), WORDS)
        assert view.title
        assert view.places


def test_with_nothing_known_every_page_still_speaks() -> None:
    bare = LeavingFacts("GB", "Europe/London", "PR-1", "")
    for screen in set(Screen) - {Screen.WAY, Screen.TRACKER}:
        found = case_of(replace(material(Answers("PR-1", at=screen)), facts=(bare,), counts={}))
        assert found is not None
        assert screen_view(found, WORDS).title
    found = case_of(replace(material(), facts=(bare,), counts={}))
    assert found is not None
    assert way_view(found, WORDS).steps


def test_the_tracker_says_what_comes_next_and_holds_the_code_back() -> None:
    answers = Answers("PR-1", True, day=date(2026, 11, 26), confirmed=samples.NOW, at=Screen.TRACKER)
    code = PortingCode("PAC", "ORV482913", date(2026, 12, 20))
    asked = Asked(samples.NOW - timedelta(hours=1), sent=True)
    view = tracker_view(case(answers, unlock=asked, code=code), WORDS)
    assert view.headline == "Next: unlock of the handset, Mon 23 Nov, in 2 days"
    by_key = {s.step.key: s for s in view.steps}
    assert by_key["code"].code is None
    assert "still locked" in by_key["handOver"].actions[0].why_not
    free = tracker_view(case(answers, lock=SimLock.UNLOCKED, code=code), WORDS)
    by_key = {s.step.key: s for s in free.steps}
    assert by_key["code"].code is not None
    assert by_key["handOver"].ticks[0].question == "handedOver"


def test_the_tracker_raises_a_late_unlock() -> None:
    answers = Answers("PR-1", True, confirmed=samples.NOW, at=Screen.TRACKER)
    view = tracker_view(case(answers, unlock=Asked(samples.NOW - timedelta(hours=50), sent=True)), WORDS)
    assert view.headline == "Late: unlock of the handset"
    assert view.steps[0].actions[0].target == "help"
    assert view.cautions


def test_a_notice_can_be_taken_back() -> None:
    answers = Answers("PR-1", False, plain_notice=True, confirmed=samples.NOW, at=Screen.TRACKER)
    given = Asked(samples.NOW, sent=True, ends=date(2026, 12, 21), order_id="O-7")
    view = tracker_view(case(answers, lock=SimLock.UNLOCKED, notice_given=given), WORDS)
    notice = next(s for s in view.steps if s.step.key == "notice")
    assert notice.actions[0].label == "Take the notice back"
    question = notice.actions[0].question
    assert question is not None
    assert ("Operator’s number", "O-7") in [(f.name, f.value) for f in question.facts]
    asked = Asked(samples.NOW, sent=False)
    view = tracker_view(case(answers, lock=SimLock.UNLOCKED, notice_given=given, withdrawal=asked), WORDS)
    notice = next(s for s in view.steps if s.step.key == "notice")
    assert notice.actions == ()
    assert "the notice stands" in notice.step.text
    assert notice.step.tag is not None
    assert notice.step.tag.text == "waiting to be sent"


def test_after_the_withdrawal_the_line_goes_on() -> None:
    answers = Answers("PR-1", False, plain_notice=True, confirmed=samples.NOW, at=Screen.TRACKER)
    later = samples.NOW + timedelta(hours=1)
    view = tracker_view(case(answers, lock=SimLock.UNLOCKED, taken_back=True, taken_back_at=later), WORDS)
    assert view.headline == "Notice withdrawn, the line goes on"
    assert [s.step.key for s in view.steps] == ["notice"]
    assert (view.again, view.end) == ("Give notice again", "End this plan")
    assert "dies" not in str(view)
    anew = replace(answers, confirmed=later + timedelta(hours=1))
    view = tracker_view(case(anew, lock=SimLock.UNLOCKED, taken_back=True, taken_back_at=later), WORDS)
    assert "cut" in [s.step.key for s in view.steps]
    assert view.again == ""


def states(view: ScreenView) -> dict[str, tuple[str, str]]:
    return {p.name: (p.state, p.said) for p in view.places}


def test_only_what_happened_is_ticked_at_the_side() -> None:
    passed = Answers("PR-1", True, accept_locked=True, bank_keep=True, day=date(2026, 11, 30))
    shown = states(page(Screen.CONFIRM, passed))
    assert shown["Line and number"] == ("done", "done")
    for name in ("The whole way", "Unlock", "Save everything", "The PAC", "Bank"):
        assert shown[name] == ("seen", "seen"), name
    assert shown["The day"] == ("done", "done")
    assert shown["Confirm"] == ("now", "you are here")
    code = PortingCode("PAC", "ORV482913", date(2026, 12, 20))
    done = replace(passed, saved=True, bank_new=True)
    asked = Asked(samples.NOW, sent=True)
    shown = states(page(Screen.CONFIRM, done, lock=SimLock.UNLOCKED, unlock=asked, code=code))
    assert {name for name, (state, _) in shown.items() if state == "done"} == {
        "Line and number", "Unlock", "Save everything", "The PAC", "Bank", "The day",
    }  # fmt: skip
