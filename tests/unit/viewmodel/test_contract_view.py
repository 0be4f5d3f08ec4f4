"""The contract as it is shown: the line of time, notice, the operator's charge, price changes and documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.domain.bills import PaperRef
from selfcare.domain.contract import Contract, PriceChange, Term
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Access, Line
from selfcare.domain.money import Money
from selfcare.domain.options import PaperState
from selfcare.domain.papers import Paper
from selfcare.domain.topics import Topic
from selfcare.i18n import load_words
from selfcare.leaving.departures import Departure
from selfcare.viewmodel.contract import ContractCard, ContractFacts, contract_view, last_notice_day, months_before
from selfcare.viewmodel.timeline import Point, spread

WORDS = load_words("en", Path("no-catalogue"))
TODAY = date(2026, 11, 21)
ZONE = ZoneInfo("Europe/London")


def contract(**changes: object) -> Contract:
    made = Contract(
        id="AG-1",
        name="Orvane Plus 24",
        number="40",
        state_word="approved",
        starts=date(2025, 1, 1),
        ends=date(2026, 12, 31),
        notice=(30, "day"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def card(made: Contract, **facts: object) -> ContractCard:
    return contract_view(ContractFacts(ZONE, (made,), **facts), WORDS, TODAY).contracts[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "summary"),
    [
        ({}, "Free to leave from Thu 31 Dec, in 40 days. For that, give notice by Tue 1 Dec, in 10 days."),
        (
            {"notice": (2, "month")},
            "Free to leave from Thu 31 Dec, in 40 days. For that, notice had to be given by Sat 31 Oct.",
        ),
        ({"notice": None}, "Free to leave from Thu 31 Dec, in 40 days."),
        ({"ends": date(2026, 10, 15)}, "Free to leave since Thu 15 Oct."),
        ({"ends": None}, "Your operator does not state until when you are bound. Ask before you assume anything."),
    ],
)
def test_when_one_is_free_to_leave(changes: dict[str, object], summary: str) -> None:
    assert card(contract(**changes)).summary == summary


def test_contracts_that_are_not_offered_are_named_beside_what_the_lines_state() -> None:
    line = Line(
        "LN-1", "SIM Only", "0", Access.MOBILE, PaperState.ACTIVE, "active", None, "", None, None, term_ends=TODAY
    )
    hidden = (Freshness(Topic.CONTRACTS, None, offered=False),)
    view = contract_view(ContractFacts(ZONE, (), lines=(line,), freshness=hidden), WORDS, TODAY)
    assert view.subtitle == "Your operator offers no contracts here. This is what it states with your lines."
    charge = view.contracts[0].charge
    assert (charge.name, charge.value) == ("Cost of leaving early", "not stated by your operator")
    offered = (Freshness(Topic.CONTRACTS, None),)
    assert contract_view(ContractFacts(ZONE, (), lines=(line,), freshness=offered), WORDS, TODAY).subtitle == ""


def test_notice_in_months_ends_on_a_day_that_exists() -> None:
    assert months_before(date(2026, 12, 31), 1) == date(2026, 11, 30)
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 2) == date(2025, 11, 15)
    assert last_notice_day(contract(ends=None)) is None


@pytest.mark.parametrize("notice", [(1_000_000, "month"), (6_999_993, "day"), (123, "month"), (3661, "day")])
def test_a_notice_that_cannot_be_is_told_and_never_counted_with(notice: tuple[int, str]) -> None:
    absurd = contract(notice=notice)
    assert last_notice_day(absurd) is None
    shown = card(absurd)
    said = next(fact.value for fact in shown.facts if fact.name == "Notice")
    assert WORDS.number(notice[0]) in said
    assert shown.time is not None
    assert Point.NOTICE not in [point.kind for point in shown.time.points]
    assert last_notice_day(contract(notice=(122, "month"), ends=date(2026, 12, 31))) == date(2016, 10, 31)
    assert last_notice_day(contract(notice=(122, "month"), ends=date(5, 1, 1))) is None


def test_the_line_of_time_has_its_days_in_order() -> None:
    time = card(contract()).time
    assert time is not None
    assert [p.kind for p in time.points] == [Point.START, Point.TODAY, Point.NOTICE, Point.END]
    assert time.points[0].place == 0.0
    assert time.points[-1].place == 1.0
    assert "Last day for notice: Tue 1 Dec" in time.spoken


def test_no_line_is_drawn_from_days_that_are_missing_or_contradict_each_other() -> None:
    assert card(contract(starts=None)).time is None
    assert card(contract(starts=date(2027, 1, 1))).time is None


def test_today_stays_on_the_line_after_the_end() -> None:
    time = card(contract(ends=date(2026, 6, 30))).time
    assert time is not None
    assert [p.kind for p in time.points] == [Point.START, Point.END, Point.TODAY]


def test_days_close_together_stay_readable_and_in_order() -> None:
    assert spread([0.0, 0.95, 0.97, 1.0], 0.1) == pytest.approx([0.0, 0.8, 0.9, 1.0])
    assert spread([0.0, 0.01, 0.02, 1.0], 0.1) == pytest.approx([0.0, 0.1, 0.2, 1.0])
    assert spread([0.0, 0.5, 1.0], 0.1) == [0.0, 0.5, 1.0]


def test_what_is_not_stated_is_told_so() -> None:
    shown = {f.name: f for f in card(contract(number="", notice=None, renews_itself=None)).facts}
    assert shown["Number"].value == "not stated by your operator"
    assert not shown["Notice"].is_stated
    assert not shown["Renewed"].is_stated
    assert not card(contract()).charge.is_stated
    assert {f.name: f.value for f in card(contract(renews_itself=False)).facts}["Renewed"] == "no"


def test_the_charge_is_the_operators_figure_with_its_day() -> None:
    shown = card(contract(early_charge=Money(Decimal("142.50"), "GBP"), early_charge_day=date(2026, 11, 20))).charge
    assert (shown.value, shown.note) == ("£142.50", "as of Fri 20 Nov")
    undated = card(contract(early_charge=Money(Decimal(0), "GBP"))).charge
    assert (undated.value, undated.note) == ("£0.00", "the day of this figure is not stated")


@pytest.mark.parametrize(
    ("told", "starts", "tag"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), "told 31 days before"),
        (date(2026, 11, 5), date(2026, 11, 1), "told after it began"),
        (None, date(2026, 11, 1), "when you were told: not stated"),
        (date(2026, 10, 1), None, "told, start not stated"),
    ],
)
def test_price_changes_say_when_they_were_told(told: date | None, starts: date | None, tag: str) -> None:
    change = PriceChange(told, starts, Money(Decimal(20), "GBP"), Money(Decimal(22), "GBP"), "As announced")
    shown = card(contract(price_changes=(change,))).changes[0]
    assert shown.title == "£20.00 becomes £22.00 (+£2.00)"
    assert shown.tag.text == tag
    assert shown.text == "“As announced”"


def test_clauses_are_quoted_and_papers_say_whether_they_are_here() -> None:
    shown = card(
        contract(
            terms=(Term("T1", "Cover may vary", date(2025, 1, 1)),),
            papers=(PaperRef("D-1", "Contract"), PaperRef("D-2", "")),
        ),
        here=frozenset({"D-1"}),
    )
    assert (shown.terms[0].text, shown.terms[0].note) == ("“Cover may vary”", "since 1 Jan 2025")
    assert [(p.name, p.is_here) for p in shown.papers] == [("Contract", True), ("Document without a name", False)]


def test_a_term_stated_with_the_line_is_a_contract_of_its_own_unless_covered() -> None:
    bound = Line(
        "LN-1", "Plus", "07700 900123", Access.MOBILE, PaperState.ACTIVE, "", None, "", date(2025, 1, 1), None,
        term_months=24, term_ends=date(2026, 12, 31),
    )  # fmt: skip
    alone = contract_view(ContractFacts(ZONE, (), (bound,)), WORDS, TODAY)
    assert [c.subtitle for c in alone.contracts] == ["07700 900123"]
    covered = contract_view(ContractFacts(ZONE, (contract(product_ids=("LN-1",)),), (bound,)), WORDS, TODAY)
    assert [c.id for c in covered.contracts] == ["AG-1"]


def test_no_contract_says_which_emptiness() -> None:
    seen = Freshness(Topic.CONTRACTS, seen=datetime(2026, 11, 21, tzinfo=UTC))
    for part, kind in ((seen, "nothing"), (Freshness(Topic.CONTRACTS, offered=False), "notOffered")):
        view = contract_view(ContractFacts(ZONE, freshness=(part,)), WORDS, TODAY)
        assert view.absence is not None
        assert view.absence.kind == kind


def test_only_a_listed_contract_is_said_to_have_no_documents() -> None:
    read = (Freshness(Topic.LETTERS, seen=datetime(2026, 11, 21, tzinfo=UTC)),)
    assert card(contract(), freshness=read).no_papers == "No document of this contract is listed."
    assert card(contract(papers=(PaperRef("D-1", "Contract"),)), freshness=read).no_papers == ""
    assert card(contract(), freshness=(Freshness(Topic.LETTERS, offered=False),)).no_papers == ""
    line = Line(
        "LN-1", "SIM Only", "0", Access.MOBILE, PaperState.ACTIVE, "active", None, "", None, None, term_ends=TODAY
    )
    (stated,) = contract_view(ContractFacts(ZONE, (), (line,), freshness=read), WORDS, TODAY).contracts
    assert stated.no_papers == ""


def test_each_file_of_a_letter_is_named_with_its_day() -> None:
    files = (PaperRef("F-1", "a.pdf"), PaperRef("F-2", ""))
    facts = ContractFacts(
        ZONE, (contract(),), letters=(Paper("L-1", "Letter", day=TODAY, files=files),), here=frozenset({"F-2"})
    )
    first, second = contract_view(facts, WORDS, TODAY).letters
    assert (first.name, first.day, first.is_here) == ("a.pdf", "21 Nov 2026", False)
    assert (second.name, second.is_here) == ("Document without a name", True)


def test_a_contract_that_is_no_longer_listed_stands_last_and_says_so() -> None:
    gone = contract(id="AG-0", ends=date(2027, 12, 31), notice=None, no_longer_listed=True)
    view = contract_view(ContractFacts(ZONE, (gone, contract())), WORDS, TODAY)
    assert [c.id for c in view.contracts] == ["AG-1", "AG-0"]
    assert view.contracts[1].state.text == "not listed any more"
    assert view.contracts[1].summary.startswith(
        "Your operator no longer lists this contract. When last seen: Free to leave from Fri 31 Dec 2027"
    )


def test_dates_that_contradict_each_other_free_nobody() -> None:
    shown = card(contract(starts=date(2027, 1, 1), ends=date(2020, 1, 1)))
    assert shown.state.text == "dates contradict each other"
    assert "before the contract began" in shown.summary
    assert "Free" not in shown.summary


def test_a_contract_on_its_way_out_is_neither_bound_nor_free() -> None:
    line = Line(
        "PR-1", "Orvane Plus", "07700 900123", Access.MOBILE, PaperState.ACTIVE, "active", None, "", None, None,
        contract_id="AG-1",
    )  # fmt: skip
    facts = ContractFacts(ZONE, (contract(),), (line,))
    given = replace(facts, departing={"PR-1": Departure("PR-1", False, TODAY, date(2026, 12, 31))})
    card = contract_view(given, WORDS, TODAY).contracts[0]
    assert card.state.text == "notice given"
    assert card.summary == (
        "Notice is given: it ends on Thu 31 Dec, in 40 days. What is still to be done stands under Leaving."
    )
    over = replace(facts, departing={"PR-1": Departure("PR-1", True)})
    card = contract_view(over, WORDS, TODAY).contracts[0]
    assert card.state.text == "ended"
    assert card.summary.startswith("It has ended; your operator does not state the day.")
    assert contract_view(facts, WORDS, TODAY).contracts[0].state.text == "bound for 40 days"
    other = contract(id="AG-2", ends=date(2026, 12, 1))
    both = replace(over, contracts=(*over.contracts, other))
    assert [c.id for c in contract_view(both, WORDS, TODAY).contracts] == ["AG-2", "AG-1"]
