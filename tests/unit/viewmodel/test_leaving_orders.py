"""Military orders after the end: the number is kept on every page, what was paid in advance has its day."""

from datetime import UTC, date, datetime

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.records import replace
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.door import Back
from selfcare.leaving.drafts import plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.refunds import RefundOf, RefundState
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_calendar import way_events
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.letter_facts import LetterKind, LetterMatter
from selfcare.viewmodel.letter_material import letter_facts
from selfcare.viewmodel.letters import written_letter
from tests import samples
from tests.shots.leavers import Scene, american, material, money
from tests.unit.viewmodel.test_letters import body

D, EN, FR = date, samples.words(), samples.words("fr")
SERGEANT = american(lock=SimLock.UNLOCKED, instalment=None, instalments_left=None, credit=None)
ORDERS = Circumstances(Reason.SERVICE, orders_from=D(2026, 11, 1), orders_days=180, usable_there=False)
GONE = replace(
    SERGEANT, line_ended=D(2026, 12, 10), is_over=True, rent=money("72.00", "US"), rent_from=D(2026, 12, 1),
    rent_until=D(2026, 12, 31),
)  # fmt: skip
LATER = datetime(2026, 12, 21, 15, tzinfo=UTC)
RESUME = "if you resume the service"


def leaver(
    about: Circumstances,
    facts: LeavingFacts = SERGEANT,
    *,
    keep: bool = False,
    at: Screen = Screen.TRACKER,
    **scene: object,
) -> Case:
    answers = Answers(
        "PR-1", keep, plain_notice=not keep, about=about, at=at, confirmed=samples.NOW, saved=True, day=D(2026, 12, 10)
    )
    found = case_of(material(Scene("orders", (facts,), answers, **scene)))  # type: ignore[arg-type]
    assert found is not None
    return found


def letter(found: Case, kind: LetterKind) -> str:
    line = replace(samples.lines()[0], id="PR-1", access=Access.MOBILE)
    facts = letter_facts(line, LATER.date(), profile=found.material.profile, rules=found.rules, case=found)
    return body(written_letter(kind, facts, LetterMatter(), EN, EN))


def test_the_number_is_kept_from_the_first_day_of_the_orders_on_every_page() -> None:
    """180 days from 1 November 2026 end on 30 April 2027; 90 days more, the last left out, is 28 July (US-SCRA-03)."""
    found = leaver(ORDERS)
    door = tracker_view(found, EN).steps[-1]
    assert (door.step.key, door.step.when) == ("door", "Until Wed 28 Jul 2027")
    assert RESUME in door.step.text
    assert "new customer" not in str(door.notes)
    assert "no fee" in door.notes[0]
    entry = next(e for e in way_events(found, EN) if e.title.startswith("Last day to resume the service"))
    assert entry.starts == D(2027, 7, 28)
    assert [at.date() for at in entry.alarms] == [D(2027, 7, 21), D(2027, 7, 27)]
    assert RESUME in next(s.text for s in way_view(found, EN).steps if s.key == "door")
    assert "by July 28, 2027" in letter(found, LetterKind.NOTICE)
    asked = {d.question: d.day for d in screen_view(leaver(ORDERS, at=Screen.REASON), EN).dates}
    assert asked == {"ordersFrom": D(2026, 11, 1)}


def test_without_the_first_day_no_last_one_is_stated_and_a_long_absence_is_told() -> None:
    unknown = leaver(replace(ORDERS, orders_from=None))
    assert "within 90 days after my orders end" in letter(unknown, LetterKind.NOTICE).replace("\n", " ")
    door = tracker_view(unknown, EN).steps[-1]
    assert "kept for your return from orders" in door.step.text
    assert not [e for e in way_events(unknown, EN) if "resume" in e.title]
    for found in (leaver(replace(ORDERS, orders_days=1200)), leaver(ORDERS, keep=True), leaver(Circumstances())):
        assert RESUME not in tracker_view(found, EN).steps[-1].step.text
        assert "resume" not in letter(found, LetterKind.NOTICE)
    fixed = replace(SERGEANT, access=Access.FIXED)
    assert RESUME not in tracker_view(leaver(ORDERS, fixed), EN).steps[-1].step.text, "the law keeps mobile numbers"


def test_the_first_day_is_answered_and_kept() -> None:
    told = answer(Answers("PR-1", about=replace(ORDERS, orders_from=None)), "ordersFrom", "2026-11-01", samples.TODAY)
    found = leaver(told.about)
    assert plans_from_bytes(plans_to_bytes(found.material.plans)).of("PR-1").about.orders_from == D(2026, 11, 1)


def test_what_was_paid_in_advance_comes_back_by_law_before_and_after_the_final_bill() -> None:
    """72.00 for December, ended on the 10th: 21 of 31 days are 48.77, due 60 days after it (US-SCRA-02)."""
    before = leaver(ORDERS, GONE, now=LATER)
    final = Bill(
        "B-L", "78", D(2026, 12, 18), D(2027, 1, 2), money("0.00", "US"), money("0.00", "US"), BillState.SETTLED,
        "settled", "", "last",
    )  # fmt: skip
    paid = BillLine(
        "L-0", "B-P", "Plan", LineKind.RECURRING, "recurringCharge", money("72.00", "US"), None, product_id="PR-1",
        starts=D(2026, 12, 1), ends=D(2026, 12, 31),
    )  # fmt: skip
    used = replace(paid, id="L-1", bill_id="B-L", gross=money("0.00", "US"), ends=D(2026, 12, 10))
    after = leaver(ORDERS, GONE, bills=(final,), lines=(used, paid), now=LATER)
    for found in (before, after):
        (owed,) = found.aftermath().refunds
        assert (owed.of, owed.amount) == (RefundOf.ADVANCE_UNDER_ORDERS, money("48.77", "US"))
        assert (owed.due, owed.rule_id, owed.state) == (D(2027, 2, 8), "US-SCRA-02", RefundState.WAITING)
        row = next(t for t in tracker_view(found, EN).steps if t.step.key == "refund")
        assert "Due by" in row.step.text
        assert "60 days" in letter(found, LetterKind.RENT_BACK)
        assert [e for e in way_events(found, EN) if e.title.startswith("Money back is due")]
    review = after.aftermath().review
    assert review is not None
    assert not review.opens
    assert "Not judged" not in str(tracker_view(after, EN))
    civilian = leaver(Circumstances(), GONE, bills=(final,), lines=(used, paid), now=LATER).aftermath()
    assert civilian.refunds == ()
    assert civilian.review is not None
    assert civilian.review.opens


def test_orders_that_are_over_are_asked_about_and_promise_nothing() -> None:
    """180 days from 5 January 2025 ended on 4 July 2025: one mistyped year, told on 21 December 2026."""
    over = replace(ORDERS, orders_from=D(2025, 1, 5))
    now = leaver(over, at=Screen.REASON, now=LATER)
    assert now.way.quote.lines[0].low == money("0.00", "US")
    assert now.way.quote.lines[0].high != money("0.00", "US"), "it is not certain that nothing is owed"
    page = screen_view(now, EN)
    assert "ended on Fri 4 Jul 2025" in str(page.notes)
    confirm = screen_view(leaver(over, at=Screen.CONFIRM, now=LATER), EN)
    assert "ended on Fri 4 Jul 2025" in str(confirm.cautions)
    for text in (str(page), str(confirm), str(way_view(now, EN)), letter(now, LetterKind.NOTICE)):
        assert RESUME not in text
        assert "resume the service by" not in text
        assert "2025-10-01" not in text
    short = replace(ORDERS, orders_from=D(2026, 6, 1))
    told = replace(GONE, notice_received=D(2026, 11, 20))
    for about, facts in ((short, told), (replace(short, sent=D(2026, 11, 20)), GONE), (short, GONE)):
        kept = leaver(about, facts, now=LATER).aftermath().door
        assert kept is not None
        lasted = (about, facts) != (short, GONE)
        assert kept.number_until == (D(2027, 2, 25) if lasted else None), "the orders lasted when they were told of"


def test_no_number_is_promised_past_the_last_day_to_resume_the_service() -> None:
    """Orders until 30 November 2026 keep the number until 27 February 2027; the line ends a day after it."""
    about = replace(ORDERS, orders_from=D(2026, 6, 3))
    plan = Answers("PR-1", False, plain_notice=True, about=about, at=Screen.TRACKER, confirmed=samples.NOW, saved=True)
    for day, promised in ((D(2027, 2, 27), True), (D(2027, 2, 28), False)):
        found = case_of(material(Scene("orders", (SERGEANT,), replace(plan, day=day))))
        assert found is not None
        assert (RESUME in str(tracker_view(found, EN))) is promised
        assert ("resume the service by" in letter(found, LetterKind.NOTICE).replace("\n", " ")) is promised


def test_after_the_last_day_neither_number_nor_fee_is_promised() -> None:
    """Orders of 200 days from 12 December 2026 end on 30 June 2027: the last day was 27 September (US-SCRA-03)."""
    about = replace(ORDERS, orders_from=D(2026, 12, 12), orders_days=200)
    for day, steps in ((27, (Back.RESUME,)), (28, (Back.ASK_OLD, Back.ORDER))):
        found = leaver(about, GONE, now=datetime(2027, 9, day, 15, tzinfo=UTC))
        door = found.aftermath().door
        assert door is not None
        assert (door.number_until, door.steps) == (D(2027, 9, 27), steps)
        shown = tracker_view(found, EN).steps[-1]
        assert ("no fee" in str(shown.notes)) is (day == 27)
        assert ("The day has passed" in shown.step.text) is (day == 28)
        assert (door.is_certain, door.rule_id) == ((True, "US-SCRA-03") if day == 27 else (False, ""))


def test_before_the_end_the_letter_for_the_rent_names_the_act_too() -> None:
    ahead = leaver(ORDERS, replace(GONE, line_ended=None, is_over=False))
    assert ahead.aftermath().refunds == ()
    early = letter(ahead, LetterKind.RENT_BACK)
    assert "48.77" in early
    assert "60 days" in early


def test_orders_wait_for_no_end_of_a_month_whose_rest_comes_back() -> None:
    """US-SCRA-02: what was paid for days after the end comes back, so that waiting costs rent and gains nothing."""
    paid = replace(
        SERGEANT, rent=money("70.00", "US"), rent_from=D(2026, 11, 15), rent_until=D(2026, 12, 14), line_ended=None
    )

    def planned(about: Circumstances) -> Case:
        found = case_of(material(Scene("orders", (paid,), Answers("PR-1", False, plain_notice=True, about=about))))
        assert found is not None
        return found

    free = planned(ORDERS)
    assert free.way.going.planned == free.way.earliest == free.way.cut
    for about in (Circumstances(), replace(ORDERS, usable_there=True), replace(ORDERS, usable_there=None)):
        assert planned(about).way.cut == D(2026, 12, 14)
