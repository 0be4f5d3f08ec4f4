"""The printed sheet and the calendar file say of each step what the page and the tracker say of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.payments import Payment, PaymentState
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.wizard import Answers, Screen
from selfcare.paper.letter import PrintedChecklist
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_calendar import way_events
from selfcare.viewmodel.leaving_checklist import way_checklist
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.shots.leavers import Scene, british, french, material, money

EN, FR = samples.words(), samples.words("fr")
NOW = datetime(2026, 11, 30, 11, tzinfo=UTC)
GIVEN = Asked(datetime(2026, 11, 20, 9, tzinfo=UTC), sent=True, order_id="PO-1")
REFUSED = replace(GIVEN, refused=True, refusal="Signature missing.", finished=datetime(2026, 11, 24, 9, tzinfo=UTC))
BACK = datetime(2026, 11, 28, 9, tzinfo=UTC)
MOVES = Answers(
    "PR-1", True, saved=True, bank_new=True, bank_keep=True, day=date(2026, 11, 20), at=Screen.TRACKER,
    confirmed=datetime(2026, 11, 1, 9, tzinfo=UTC),
)  # fmt: skip
ENDS = replace(MOVES, keep_number=False, plain_notice=True)
MONEY = {"checked", "finalPaid", "refund", "debitAfter"}
OVER = {"line_ended": date(2026, 11, 20), "is_over": True}
BOX = {"access": Access.INTERNET, "handset_id": "", "lock": SimLock.NOT_STATED}


def leaver(facts: LeavingFacts, answers: Answers, *bills: Bill) -> Case:
    found = case_of(material(Scene("leaver", (facts,), answers, bills, now=NOW)))
    assert found is not None
    return found


def titles(sheet: PrintedChecklist) -> list[str]:
    return [step.title for step in sheet.steps]


@pytest.mark.parametrize("answers", [MOVES, ENDS, Answers("PR-1")], ids=["moved", "by notice", "nothing answered"])
def test_of_a_line_that_has_ended_no_paper_asks_for_what_is_over(answers: Answers) -> None:
    case = leaver(british(**OVER), answers)
    sheet = way_checklist(case, EN)
    assert titles(sheet) == [step.title for step in way_view(case, EN).steps]
    assert titles(sheet)[0] == "This line has ended"
    assert not {"Get the PAC", "Give notice"} & set(titles(sheet))
    named = [event.title.split(" (")[0] for event in way_events(case, EN)]
    assert named == ["Final bill, checked", "Last day to rescue the number"]
    facts = dict(sheet.facts)
    assert (facts["This line has ended"], facts.get("This line ends")) == ("Friday 20 November 2026", None)


def final(paid: str) -> Bill:
    total = money("29.99", "FR")
    left = money(str(total.value - Decimal(paid)), "FR")
    state = BillState.SETTLED if left.is_zero else BillState.SENT
    return Bill("B-L", "780", date(2026, 11, 5), date(2026, 11, 19), total, left, state, state.value, "A-1", "last")


def test_what_is_done_is_ticked_in_the_order_of_its_day() -> None:
    ended = french(**BOX, line_ended=date(2026, 10, 20), is_over=True)
    case = leaver(ended, replace(ENDS, plain_notice=False, saved=False), final("29.99"))
    sheet = way_checklist(case, FR)
    assert [(step.title, step.when, step.is_done) for step in sheet.steps] == [
        ("Cette ligne a pris fin", "Mar. 20 oct. 2026", True),
        ("La facture finale", "Jeu. 5 nov. 2026", True),
        ("Rendre la box et garder le récépissé", "Jeu. 19 nov. 2026", False),
        ("Tout enregistrer", "Aujourd’hui", False),
        ("Facture finale payée", "Jeu. 19 nov.", True),
    ]
    assert [step.said for step in sheet.steps] == ["fait", "fait", "en retard", "", "fait"]
    assert titles(sheet)[:-1] == [step.title for step in way_view(case, FR).steps]


def test_the_sheet_of_an_ended_line_has_the_money_and_its_last_days_as_the_tracker_has_them() -> None:
    ended = british(**OVER, access=Access.INTERNET)
    plan = replace(MOVES, day=date(2026, 11, 20), handed_over=date(2026, 11, 19))
    rent = BillLine(
        "L-1", "B-L", "Rent", LineKind.RECURRING, "recurringCharge", money("22.00", "GB"), None, product_id="PR-1",
        starts=date(2026, 11, 21), ends=date(2026, 12, 20),
    )  # fmt: skip
    total = money("22.00", "GB")
    bill = Bill("B-L", "780", date(2026, 11, 22), date(2026, 11, 25), total, money("0.00", "GB"), BillState.SETTLED,
                "settled", "A-1", "last")  # fmt: skip
    taken = (Payment("P1", date(2026, 11, 25), total, PaymentState.TAKEN, "taken", ("B-L",), "directDebit", "", "A-1"),
             Payment("P2", date(2026, 11, 28), money("9.00", "GB"), PaymentState.TAKEN, "taken", (), "directDebit", "",
                     "A-1"))  # fmt: skip
    made = material(Scene("leaver", (ended,), plan, (bill,), (rent,), now=NOW))
    for papers in (made.papers, replace(made.papers, payments=taken, accounts={"PR-1": "A-1"})):
        case = case_of(replace(made, papers=papers))
        assert case is not None
        rows = [row for row in tracker_view(case, EN).steps if row.step.key in MONEY]
        told = {" ".join((row.step.text, *row.notes)) for row in rows}
        printed = way_checklist(case, EN).steps
        assert told <= {step.text for step in printed}
        assert any("£22.00 too much" in text for text in told)
        keys = {row.step.key for row in rows}
        assert ("debitAfter" in keys, "refund" in keys) == (bool(papers.payments),) * 2
        assert printed[-1].title == "The door stays open"
    unread = replace(made, papers=replace(made.papers, lines=()))
    case = case_of(unread)
    assert case is not None
    assert not any("not here yet" in step.text for step in way_checklist(case, EN).steps)


def test_the_sheet_lets_the_direct_debit_end_when_the_tracker_does() -> None:
    ended = french(**BOX, line_ended=date(2026, 10, 20), is_over=True)
    for paid, said in (("0", "keep it"), ("29.99", "the final bill is paid")):
        case = leaver(ended, ENDS, final(paid))
        assert dict(way_checklist(case, EN).facts)["Direct Debit"].startswith(said)
        row = next(item for item in tracker_view(case, EN).steps if item.step.key == "debitEnds")
        assert row.step.text.startswith("The final bill is paid") is (said != "keep it")
    gone = leaver(ended, replace(ENDS, debit_ended=date(2026, 11, 29)), final("29.99"))
    assert "Direct Debit" not in dict(way_checklist(gone, EN).facts)


@pytest.mark.parametrize(
    ("changed", "said", "row"),
    [
        ({"notice_given": REFUSED}, "your operator refused the notice", "Your operator refused the notice"),
        ({"taken_back": True, "taken_back_at": BACK}, "the notice was taken back", "Notice taken back"),
    ],
    ids=["refused", "taken back"],
)
def test_a_notice_that_came_to_nothing_heads_the_sheet_and_ends_no_line(
    changed: dict[str, object], said: str, row: str
) -> None:
    case = leaver(british(**changed), replace(ENDS, day=date(2026, 12, 20)))
    sheet = way_checklist(case, EN)
    assert sheet.below == f"07700 900123 · {said}, and the line goes on."
    assert [item.step.title for item in tracker_view(case, EN).steps] == [row]
    assert titles(sheet) == [row, *(["Complain in writing, or give notice again"] if "refused" in said else [])]
    assert "This line ends" not in dict(sheet.facts)
    assert way_events(case, EN) == ()
    view = way_view(case, EN)
    assert view.below.startswith(sheet.below)
    assert "confirmed" not in view.below
    planned = leaver(british(**changed), replace(ENDS, confirmed=None))
    assert "This line dies" in titles(way_checklist(planned, EN)), "a new plan by notice is a plan again"


@pytest.mark.parametrize("answers", [ENDS, replace(ENDS, plain_notice=False, withdraw=True)], ids=["notice", "back"])
def test_the_headline_of_a_refusal_does_not_say_its_title_again(answers: Answers) -> None:
    view = tracker_view(leaver(british(notice_given=REFUSED, concluded=date(2026, 11, 15)), answers), EN)
    assert view.headline == "The line goes on until this is settled"
    assert view.headline not in [item.step.title for item in view.steps]


def test_a_taking_back_on_its_way_is_said_on_every_page() -> None:
    asked = Asked(datetime(2026, 11, 29, 9, tzinfo=UTC), sent=True)
    facts = british(notice_given=GIVEN, notice_received=date(2026, 11, 20), withdrawal=asked)
    case = leaver(facts, replace(ENDS, day=date(2026, 12, 20)))
    said = "You asked to take it back. Until your operator agrees, the notice stands."
    notices = [next(s.text for s in sheet if "otice" in s.title) for sheet in (way_checklist(case, EN).steps,
               way_view(case, EN).steps, [item.step for item in tracker_view(case, EN).steps])]  # fmt: skip
    assert notices == [said] * 3


def test_a_box_that_went_back_before_the_end_is_done_everywhere() -> None:
    case = leaver(french(**BOX), replace(ENDS, plain_notice=False, day=date(2026, 12, 20), receipt="6A 1",
                                         returned=date(2026, 11, 29)))  # fmt: skip
    tracked = [item.step for item in tracker_view(case, EN).steps]
    for steps in (way_view(case, EN).steps, tracked):
        box = next(step for step in steps if step.key == "return")
        assert (box.title, box.when, box.state) == ("The box has been sent back", "Sun 29 Nov", "done")
    printed = next(step for step in way_checklist(case, EN).steps if "box" in step.title)
    assert (printed.title, printed.when, printed.is_done) == ("The box has been sent back", "Sun 29 Nov", True)
    assert not any("box" in event.title for event in way_events(case, EN))
