"""What the leaving pages say where things go otherwise: a refusal, many numbers, an alarm, an expired code."""

from datetime import date, timedelta

from msgspec.structs import replace

from selfcare.domain.lines import Access, PortingCode, SimLock
from selfcare.domain.topics import Topic
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import Asked, LeavingFacts, Rise
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_calendar import way_events
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_requests import refusal_notices
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.shots.leavers import Scene, french
from tests.shots.leavers import material as leaver
from tests.unit.viewmodel.test_leaving_views import WORDS, case, material, page, states, way_of


def test_a_refused_notice_ends_nothing_and_can_be_complained_about() -> None:
    refused = Asked(samples.NOW, sent=True, order_id="O-1", refused=True, refusal="Commitment")
    answers = Answers("PR-1", False, plain_notice=True, confirmed=samples.NOW, at=Screen.TRACKER)
    found = case(answers, lock=SimLock.UNLOCKED, notice_given=refused, has_direct_debit=True)
    view = tracker_view(found, WORDS)
    assert [s.step.key for s in view.steps] == ["notice"]
    assert view.headline == "The line goes on until this is settled"
    assert view.steps[0].step.title == "Your operator refused the notice"
    assert "the line goes on" in view.steps[0].step.text
    assert [a.target for a in view.steps[0].actions] == ["papers/complaint/end"]
    assert not view.cautions
    assert view.again == "Give notice again"
    assert way_events(found, WORDS) == ()
    assert way_events(case(answers, lock=SimLock.UNLOCKED), WORDS)


def test_25_numbers_are_followed_without_a_code() -> None:
    changed = {"lock": SimLock.UNLOCKED, "numbers": 25, "is_business": True, "commitment_ends": None}
    view = way_of(**changed)
    assert [s.key for s in view.steps] == ["save", "handOver", "cut", "finalBill", "door"]
    assert next(s for s in view.steps if s.key == "cut").when == "As agreed"
    assert view.cost.headline == "Day not known yet"
    assert next(s for s in view.steps if s.key == "handOver").when == "Then"
    said = "Rent until the last day; whether a notice is charged after it, your contract says."
    assert next(s for s in view.steps if s.key == "finalBill").text == said
    assert "Nov" not in next(s for s in view.steps if s.key == "finalBill").text
    assert "INFO" not in view.cost.text
    answers = Answers("PR-1", True, day=date(2027, 1, 12), confirmed=samples.NOW, at=Screen.TRACKER)
    followed = tracker_view(case(answers, **changed), WORDS)
    assert "agree on a day with both operators" in followed.headline
    item = next(s for s in followed.steps if s.step.key == "handOver")
    assert [t.label for t in item.ticks] == ["The day is agreed"]
    assert all(not a.why_not for s in followed.steps for a in s.actions)


def test_25_numbers_cost_one_and_the_same_by_one_way() -> None:
    bound = {"lock": SimLock.UNLOCKED, "numbers": 25, "is_business": True, "commitment_ends": date(2027, 5, 9),
             "rises": ()}  # fmt: skip
    view = way_of(**bound)
    charge = next(line.amount for line in view.cost.lines)
    moves = [fact for fact in view.when if fact.value == "on a day agreed with both operators"]
    assert charge == "£0.00 to £121.00"
    assert [fact.note for fact in moves] == ["£0.00 from 9 May 2027 on, before that up to £121.00"] * 2
    assert view.cost.text.startswith("The day decides: £0.00 from 9 May 2027 on, before that up to £121.00.")


def test_several_numbers_are_not_told_to_text() -> None:
    changed = {"operator_charge": None, "commitment_ends": None}
    assert "INFO" in way_of(numbers=1, **changed).cost.text
    assert "INFO" not in way_of(numbers=2, **changed).cost.text


def test_an_alarm_is_asked_about_before_anything_is_sent() -> None:
    home = Answers("PR-1", True)
    assert "critical" in [p.question for p in page(Screen.LINE, home, access=Access.FIXED).picks]
    assert "critical" not in [p.question for p in page(Screen.LINE).picks]
    for said, count in ((None, 1), (True, 1), (False, 0)):
        view = page(Screen.CONFIRM, replace(home, is_critical=said), access=Access.FIXED)
        found = [n for n in view.cautions if "alarm or telecare" in n.sentence]
        assert len(found) == count
        assert all("before this one ends" in n.advice for n in found)
    assert not [n for n in page(Screen.CONFIRM).cautions if "alarm" in n.sentence]


def test_an_expired_code_is_marked_as_one() -> None:
    dead = PortingCode("PAC", "ABC123456", date(2026, 11, 19))
    view = page(Screen.CODE, lock=SimLock.UNLOCKED, code=dead, code_issued=date(2026, 10, 20))
    assert view.code is not None
    assert view.code.is_over
    alive = page(Screen.CODE, lock=SimLock.UNLOCKED, code=replace(dead, expires=date(2026, 12, 19)))
    assert alive.code is not None
    assert not alive.code.is_over


def test_the_request_that_brought_an_expired_code_is_no_longer_done() -> None:
    dead = PortingCode("PAC", "ABC123456", date(2026, 11, 19))
    asked = Asked(samples.NOW - timedelta(days=32), sent=True, done=True, scheme="PAC")
    plan = Answers("PR-1", True, day=date(2026, 11, 26), confirmed=samples.NOW, at=Screen.TRACKER)
    held = {"lock": SimLock.UNLOCKED, "code": dead, "code_issued": date(2026, 10, 20)}
    again = Asked(samples.NOW - timedelta(seconds=30), sent=True, scheme="PAC")
    for request, tag in ((asked, None), (again, "with your operator")):
        row = tracker_view(case(plan, code_asked=request, **held), WORDS).steps[0]
        on_page = page(Screen.CODE, plan, code_asked=request, **held)
        assert row.code is not None
        assert row.code.is_over
        assert [shown and shown.text for shown in (row.step.tag, on_page.status)] == [tag, tag]
        assert ("Asked for on" in row.step.text) is (tag is not None)
    alive = replace(dead, expires=date(2026, 12, 19))
    row = tracker_view(case(plan, code_asked=asked, **{**held, "code": alive}), WORDS).steps[0]
    assert (row.step.state, row.step.tag) == ("done", None)


def test_a_request_carried_out_is_not_done_as_long_as_its_step_is_not() -> None:
    asked = Asked(samples.NOW - timedelta(hours=2), sent=True, done=True)
    plan = Answers("PR-1", True, day=date(2026, 11, 26), confirmed=samples.NOW, at=Screen.TRACKER)
    row = tracker_view(case(plan, lock=SimLock.LOCKED, unlock=asked), WORDS).steps[0]
    assert (row.step.key, row.step.state != "done", row.step.tag) == ("unlocked", True, None)


def test_a_notice_given_does_not_say_so_twice() -> None:
    given = Asked(samples.NOW, sent=True, order_id="PO-7")
    for refused in (None, Asked(samples.NOW, sent=True, refused=True)):
        changed = {"notice_given": given, "notice_received": samples.TODAY, "withdrawal_refused": refused}
        found = case(Answers("PR-1", False, plain_notice=True, confirmed=samples.NOW), **changed)
        (step,) = (s for s in way_view(found, WORDS).steps if s.key == "notice")
        assert step.title == "Notice given"
        assert "iven" not in step.text


def test_the_way_back_is_that_of_the_line_and_of_whoever_goes_on() -> None:
    plan = Answers("PR-1", True, day=date(2026, 12, 1), confirmed=samples.NOW, at=Screen.TRACKER)
    widowed = replace(plan, about=Circumstances(Reason.DEATH))
    home = {"access": Access.INTERNET}
    for answers, changed, path in (
        (plan, {}, "ask the new operator for the code, order as a new customer and give the code"),
        (plan, home, "order as a new customer and have the number fetched"),
        (plan, {**home, "is_business": True},
         "order as a new customer and sign a letter of authority, which moves the number"),
        (widowed, {}, "ask the new operator for the code, order in your own name and give the code"),
        (widowed, home, "order in your own name and have the number fetched"),
    ):  # fmt: skip
        row = next(s for s in tracker_view(case(answers, **changed), WORDS).steps if s.step.key == "door")
        assert row.notes == (f"The way back: {path}.",)
        assert "can come back from the new operator" in row.step.text


def test_nothing_that_was_not_read_is_saved() -> None:
    answers = Answers("PR-1", True, saved=True, at=Screen.SAVE)
    for counts, is_done in (({}, False), ({Topic.BILLS: 3}, True)):
        found = case_of(replace(material(answers), counts=counts))
        assert found is not None
        view = screen_view(found, WORDS)
        assert ([s.state for s in view.steps if s.key == "save"] == ["done"]) is is_done
        assert bool(view.ticks) is is_done
        later = case_of(replace(material(replace(answers, at=Screen.BANK)), counts=counts))
        assert later is not None
        assert states(screen_view(later, WORDS))["Save everything"][0] == ("done" if is_done else "seen")


def test_the_picture_of_the_cost_begins_today_and_has_its_amounts() -> None:
    picture = way_of(commitment_ends=date(2027, 10, 15), price_changes=()).cost.picture
    assert picture is not None
    assert picture.first_label == WORDS.month(samples.TODAY)
    assert picture.points[0][0] == 0
    assert picture.zero_label == "£0.00"
    assert picture.top_label in picture.spoken
    assert picture.top_label.startswith("£")


def test_the_rise_of_the_sale_makes_a_perhaps_certain() -> None:
    rise = Rise(date(2026, 11, 15), date(2026, 12, 20), samples.gbp("3.00"))
    changed = {"commitment_ends": date(2027, 9, 25), "concluded": date(2025, 9, 25), "rises": (rise,),
               "price_changes": (rise.told,), "lock": SimLock.UNLOCKED, "operator_charge": None}  # fmt: skip
    asked = page(Screen.DAY, Answers("PR-1", True), **changed)
    assert ([p.question for p in asked.picks], asked.sums) == (["terms:riseClause"], ())
    named = answer(Answers("PR-1", True), "terms:riseClause", "amount", samples.TODAY)
    assert [s.question for s in page(Screen.DAY, named, **changed).sums] == ["agreedRise"]
    assert not case(named, **changed).way.quote.is_free
    for typed, is_free in (("1.80", True), ("3.00", False)):
        said = answer(Answers("PR-1", True), "agreedRise", typed, samples.TODAY)
        assert case(said, **changed).way.quote.is_free is is_free
        assert page(Screen.DAY, said, **changed).sums[0].typed == typed
    assert page(Screen.DAY, Answers("PR-1", True, agreed_rise="lots"), **changed).sums[0].problem
    assert not page(Screen.DAY, Answers("PR-1", True), **{**changed, "rises": ()}).sums


def test_a_debt_is_no_reason_to_refuse_a_rio() -> None:
    refused = Asked(samples.NOW, sent=True, refused=True, refusal="Impayé", scheme="RIO")
    found = plan_of(french(code_asked=refused))
    said = [n.sentence for n in refusal_notices(found, WORDS)]
    assert said == ["An unpaid bill is no reason to refuse the RIO, however much is owed."]
    gone = plan_of(french(code_asked=refused, line_ended=date(2026, 11, 10), is_over=True))
    assert "no reason either until Sun 20 Dec" in refusal_notices(gone, WORDS)[1].sentence
    assert not refusal_notices(plan_of(french()), WORDS)


def plan_of(facts: LeavingFacts) -> Case:
    answers = Answers(facts.line_id, True, at=Screen.CODE)
    found = case_of(leaver(Scene("code", (facts,), answers)))
    assert found is not None
    return found


def test_a_guessed_unlock_is_a_perhaps_on_every_page() -> None:
    guessed = {"lock": SimLock.LOCKED, "unlock_hours": None}
    shown = {f.name: f.value for f in page(Screen.UNLOCK, **guessed).facts}
    assert shown["If it goes out now, due"].startswith("perhaps ")
    sent = guessed | {"unlock": Asked(samples.NOW, sent=True)}
    handset = {f.name: f.value for f in page(Screen.CONFIRM, **sent).facts}["Handset"]
    assert handset.startswith("unlock due perhaps ")
    answers = Answers("PR-1", True, confirmed=samples.NOW, at=Screen.TRACKER)
    row = next(s.step for s in tracker_view(case(answers, **sent), WORDS).steps if s.step.key == "unlocked")
    assert row.more.startswith("perhaps by ")
    stated = {f.name: f.value for f in page(Screen.UNLOCK, lock=SimLock.LOCKED, unlock_hours=48).facts}
    assert "perhaps" not in stated["If it goes out now, due"]


def test_since_when_the_new_service_works_is_not_asked_before_it_can() -> None:
    plan = Answers("PR-1", True, day=date(2026, 11, 26), confirmed=samples.NOW, at=Screen.TRACKER)
    late = replace(plan, day=samples.TODAY)
    asked = {}
    for name, answers in {"before": plan, "ordered": replace(plan, handed_over=samples.TODAY)}.items():
        view = tracker_view(case(answers, lock=SimLock.UNLOCKED), WORDS)
        asked[name] = next(s for s in view.steps if s.step.key == "cut").works is not None
    ended = tracker_view(case(late, lock=SimLock.UNLOCKED, line_ended=samples.TODAY), WORDS)
    asked["ended"] = next(s for s in ended.steps if s.step.key == "cut").works is not None
    assert asked == {"before": False, "ordered": True, "ended": True}


def test_the_certificate_is_followed_until_it_went_out() -> None:
    died = answer(Answers("PR-1", False, plain_notice=True), "reason", "death", samples.TODAY)
    followed = replace(died, confirmed=samples.NOW, at=Screen.TRACKER)
    row = next(s for s in tracker_view(case(followed), WORDS).steps if s.step.key == "certificate")
    assert (row.step.state, row.ticks[0].is_on) == ("now", False)
    sent = answer(followed, "certificate", "yes", samples.TODAY)
    assert sent.confirmed == followed.confirmed
    assert plans_from_bytes(plans_to_bytes(Plans().with_answers(sent))).of("PR-1").about.sent == samples.TODAY
    row = next(s for s in tracker_view(case(sent), WORDS).steps if s.step.key == "certificate")
    assert (row.step.state, row.ticks[0].is_on, row.step.title) == ("done", True, "Death certificate sent")


def test_25_numbers_are_given_up_by_agreement_not_by_code() -> None:
    changed = {"lock": SimLock.UNLOCKED, "numbers": 25, "is_business": True, "commitment_ends": None}
    dropped = Answers("PR-1", False)
    found = case(dropped, **changed)
    assert (found.way.route.value, found.way.scheme) == ("stac", "")
    assert [s.kind.value for s in found.way.steps] == ["save", "handOver", "cut", "finalBill", "door"]
    choice = next(c for c in page(Screen.LINE, dropped, **changed).choices if c.key == "drop")
    assert choice.is_chosen
    assert "have no STAC" in choice.text
    assert "no notice is charged." not in choice.text
    assert all(line.rule_id != "UK-SW-13" for line in found.way.quote.lines)
    few = case(dropped, **{**changed, "numbers": 24})
    assert few.way.scheme == "STAC"
