"""One price for a day that nobody knows yet, a picture that says what it leaves out, and no right that is not there."""

from datetime import date, timedelta

import pytest

from selfcare.domain.bills import BillLine, LineKind
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.records import replace
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.outlook import outlook
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_checklist import way_checklist
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.shots import leavers
from tests.shots.leavers import FINAL, NOW, Scene, american, british, elsewhere, french, material, money

D, WORDS = date, samples.words()
SIMLESS = {"lock": SimLock.UNLOCKED, "instalments_left": None, "instalment": None}
AT_HOME = {"access": Access.FIXED, "handset_id": "", "lock": SimLock.NOT_STATED, "operator_charge": None}
FIRM = british(
    number="+442079460123", is_business=True, commitment_ends=D(2027, 3, 1), monthly=money("48.00", "GB"),
    closing_fee=money("31.00", "GB"), notice=(60, "day"), **AT_HOME,
)  # fmt: skip
BOX = french(
    number="+33145678901", concluded=D(2026, 9, 1), since=D(2026, 9, 1), commitment_ends=D(2027, 9, 1), **AT_HOME
)
KEEPS = Answers("PR-1", True, is_critical=False)


def case(facts: LeavingFacts, answers: Answers = KEEPS, *bills: object) -> Case:
    found = case_of(material(Scene("one", (facts,), answers, *bills)))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_the_way_the_day_and_the_confirmation_name_the_same_price_of_an_open_day() -> None:
    """Before the commitment ends the months left come on top of the closing fee; after it only that is owed."""
    open_day = case(FIRM)
    view = way_view(open_day, WORDS)
    low, high = open_day.way.quote.low, open_day.way.quote.high
    assert low == money("31.00", "GB")
    assert high is not None
    hangs = f"£31.00 from 1 Mar 2027 on, before that up to {WORDS.money(high)}"
    assert view.cost.text.startswith(f"The day decides: {hangs}.")
    assert next(row for row in view.when if row.name.endswith("by agreement")).note == hangs
    day_page = screen_view(case(FIRM, replace(KEEPS, at=Screen.DAY)), WORDS)
    assert day_page.cost is not None
    assert day_page.cost.text == view.cost.text
    assert view.cost.picture is not None
    assert view.cost.picture.top_label == WORDS.money(high - money("31.00", "GB"))
    assert "without the closing fee" in view.cost.picture.note
    dearest = open_day.way.price_of(open_day.way.earliest)
    assert (dearest.high, dearest.low != low) == (high, True)


@pytest.mark.parametrize(
    "facts",
    [
        FIRM,
        british(numbers=30, is_business=True, commitment_ends=D(2027, 3, 1)),
        elsewhere(commitment_ends=D(2027, 3, 1)),
    ],
)
def test_the_price_of_an_open_day_spans_that_of_every_day(facts: LeavingFacts) -> None:
    found = case(facts)
    assert found.way.is_named_later
    whole = found.way.quote
    assert whole.low is not None
    assert whole.high is not None
    for ahead in range(0, 150, 7):
        one = found.way.price_of(found.way.earliest + timedelta(days=ahead))
        assert one.low is not None
        assert one.high is not None
        assert whole.low <= one.low <= one.high <= whole.high
    same = next(option for option in outlook(found.way).options if option.departure.route is found.way.route)
    assert same.quote == whole


def test_the_picture_says_that_the_closing_fee_is_not_drawn() -> None:
    box = way_view(case(BOX), WORDS).cost
    assert box.picture is not None
    assert box.picture.note == "Drawn without the closing fee: it is the same on every day."
    assert box.picture.spoken.endswith(box.picture.note)
    free = way_view(case(replace(BOX, closing_fee=money("0.00", "FR"))), WORDS).cost
    assert free.picture is not None
    assert free.picture.note == ""


@pytest.mark.parametrize("facts", [french(is_business=True), british(is_business=True, numbers=25)])
def test_what_a_firm_pays_after_the_number_has_moved_is_read_in_its_contract(facts: LeavingFacts) -> None:
    ended, country = leavers.day(-11), facts.country
    gone = replace(facts, is_over=True, line_ended=ended)
    bill = leavers._final("41.99", country)
    rent = BillLine("L-9", FINAL, "Plan", LineKind.RECURRING, "month", money("41.99", country), None, product_id="PR-1",
                    starts=leavers.day(-10), ends=leavers.day(20))  # fmt: skip
    answers = Answers("PR-1", True, day=ended, confirmed=NOW, at=Screen.TRACKER)
    review = case(gone, answers, (bill,), (rent,)).aftermath().review
    assert review is not None
    assert not {"FR-POR-01", "UK-SW-13"} & {finding.rule_id for finding in review.findings}
    own = case(replace(gone, is_business=False, numbers=1), answers, (bill,), (rent,)).aftermath().review
    assert own is not None
    assert {finding.rule_id for finding in own.findings} & {"FR-POR-01", "UK-SW-13"}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (french(is_business=True), "whether a notice is charged after it, your contract says"),
        (british(is_business=True, numbers=25), "whether a notice is charged after it, your contract says"),
        (american(access=Access.FIXED, **SIMLESS), "Many carriers keep the whole last month"),
        (british(), "No rent after"),
    ],
)
def test_the_tracker_promises_no_more_than_the_way(facts: LeavingFacts, said: str) -> None:
    answers = Answers("PR-1", True, day=leavers.day(9), confirmed=samples.NOW, at=Screen.TRACKER)
    rows = {row.step.key: row.step.text for row in tracker_view(case(facts, answers), WORDS).steps}
    assert said in rows["finalBill"]
    assert ("No rent after" in rows["finalBill"]) is (said == "No rent after")


def test_the_printed_list_promises_a_firm_no_more_than_the_window() -> None:
    printed = way_checklist(case(french(is_business=True, commitment_ends=D(2024, 1, 21), operator_charge=None)), WORDS)
    said = " ".join(step.text for step in printed.steps)
    assert "whether a notice is charged after it, your contract says" in said
    assert "not a day more" not in said
