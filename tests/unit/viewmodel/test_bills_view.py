"""The list of bills, one bill and the reasons for its difference, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from selfcare.billing.credits import check_bill
from selfcare.billing.difference import Cause, Change, difference
from selfcare.domain.bills import AppliedPayment, Bill, BillLine, BillState, LineKind, dispute_of
from selfcare.domain.failures import ListMissing, NotOffered
from selfcare.domain.found_bill import FoundBill
from selfcare.domain.freshness import Freshness
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.tickets import EntityRef, TicketState
from selfcare.domain.topics import Topic
from selfcare.store.search import BillRow
from selfcare.viewmodel.bars import bars_of
from selfcare.viewmodel.bill import BillView, PaperView, bill_view
from selfcare.viewmodel.bill_check import data_rows
from selfcare.viewmodel.bill_paper import paper_rows
from selfcare.viewmodel.bills import as_bill, listed, state_of
from selfcare.viewmodel.differences import MOST, changes, comparison
from selfcare.viewmodel.disputes import (
    dispute_command,
    dispute_letter,
    first_reason,
    plan_letter,
    plan_sentence,
)
from selfcare.viewmodel.filing import own_bill_view
from selfcare.viewmodel.unusual import before_of
from tests import samples
from tests.samples import TODAY, gbp, words

W = words()
BILLS = samples.bills()


def view(bill: Bill = BILLS[0], **more: object) -> BillView:
    place = next(n for n, b in enumerate(BILLS) if b.id == bill.id)
    facts: dict[str, object] = {
        "lines": samples.bill_lines(bill.id),
        "earlier": BILLS[place + 1 :],
        "lines_before": samples.bill_lines(BILLS[place + 1].id),
        "payments": samples.payments(),
        "account": samples.account(),
        "here": set(),
        "parts": (Freshness(Topic.BILL_LINES, samples.SEEN), Freshness(Topic.PAPERS, samples.SEEN)),
    } | more
    return bill_view(bill, **facts, words=W, today=TODAY)  # type: ignore[arg-type]


def test_a_list_says_what_is_strange_paid_credited_and_missing() -> None:
    rows = listed(BILLS, (), {"780118204": date(2026, 10, 5)}, W, TODAY)
    assert rows[0].state == "not like the others"
    assert rows[0].kind == "bad"
    assert rows[0].against == "+£270.49"
    assert rows[1].state == "paid Mon 5 Oct"
    gap = next(r for r in rows if not r.id)
    assert gap.day == "— May 2026"
    assert gap.state == "missing month"
    credit = next(r for r in rows if r.id == "780079902")
    assert (credit.total, credit.against, credit.state) == ("\u2212£7.80", "credit", "credited")
    days = [r.day for r in rows]
    assert days.index("— May 2026") == days.index("3 Jun 2026") + 1


def test_a_bill_without_a_day_is_before_no_other() -> None:
    undated = replace(BILLS[-2], id="X", day=None)
    rows = listed((*BILLS, undated), (), {}, W, TODAY)
    assert [row.against for row in rows[-2:]] == ["", ""]
    rows = listed((*BILLS[:-1], undated, BILLS[-1]), (), {}, W, TODAY)
    assert rows[-3].against == listed(BILLS, (), {}, W, TODAY)[-2].against != "", "the next with a day is taken"


def test_a_bill_that_was_searched_for_is_judged_as_in_the_whole_list() -> None:
    whole = listed(BILLS, (), {}, W, TODAY)[0]
    rows = listed(BILLS[:1], (), {}, W, TODAY, earlier={BILLS[0].id: BILLS[1:25]}, gaps=False)
    assert rows == (whole,)
    assert (whole.against, whole.state) == ("+£270.49", "not like the others")


def test_a_state_of_the_operators_own_is_quoted() -> None:
    strange = replace(BILLS[0], state=BillState.UNKNOWN, state_word="inDispute", due=None)
    assert state_of(strange, None, W, TODAY) == ("operator’s word: “inDispute”", "neutral")
    assert state_of(replace(strange, state_word=""), None, W, TODAY)[0] == "state not stated"


def test_overdue_is_said_the_day_after_and_not_before() -> None:
    assert state_of(BILLS[0], None, W, date(2026, 11, 30))[0] == "due Mon 30 Nov"
    assert state_of(BILLS[0], None, W, date(2026, 12, 1)) == ("overdue", "bad")


def test_a_bill_that_vanished_from_the_operators_list_is_kept_and_said() -> None:
    assert state_of(replace(BILLS[3], no_longer_listed=True), None, W, TODAY)[0] == "no longer listed"


def test_a_light_row_becomes_a_bill_and_nonsense_stays_unstated() -> None:
    bill = as_bill(BillRow("1", "1", "2026-11-03", "", "312.48", "GBP", "sent"))
    assert (bill.day, bill.due, bill.total, bill.state) == (date(2026, 11, 3), None, gbp("312.48"), BillState.SENT)
    odd = as_bill(BillRow("1", "1", "soon", "", "a lot", "GBP", "paidIsh", True))
    assert (odd.day, odd.total, odd.state, odd.state_word) == (None, None, BillState.UNKNOWN, "paidIsh")
    assert as_bill(BillRow("1", "1", "", "", "", "", "unknown")).state_word == ""


def test_a_bill_in_the_list_is_held_against_the_one_before_it_of_the_same_account() -> None:
    def row(number: str, day: str, amount: str, account: str) -> Bill:
        return as_bill(BillRow(number, number, day, "", amount, "GBP", "sent", account=account))

    bills = [
        row("4", "2026-11-03", "40.00", "phone"),
        row("3", "2026-11-03", "900.00", "phone"),
        row("2", "2026-10-20", "500.00", "fibre"),
        row("1", "2026-10-03", "30.00", "phone"),
    ]
    rows = listed(bills, (), {}, W, TODAY, gaps=False)
    assert [one.against for one in rows] == ["+£10.00", "+£870.00", "", ""]


def test_own_papers_without_an_operator_are_held_against_no_other_bill() -> None:
    def row(number: str, day: str, account: str = "", state: str = "filed") -> Bill:
        return as_bill(BillRow(number, number, day, "", f"{number}0.00", "GBP", state, account=account))

    nobody, other, known = row("9", "2026-11-03"), row("2", "2026-10-03"), row("1", "2026-09-03", "own-orvane")
    rows = listed((nobody, other, known), (), {}, W, TODAY, gaps=False)
    assert [one.against for one in rows] == ["", "", ""]
    assert before_of(nobody, (other, known)) is None
    by_operator = row("9", "2026-11-03", state="sent"), row("2", "2026-10-03", state="sent")
    assert listed(by_operator, (), {}, W, TODAY, gaps=False)[0].against == "+£70.00", "an operator's need no account"
    earlier = (replace(other, state_word="filed"), known)
    said = view(replace(BILLS[0], account_id="", state_word="filed"), earlier=earlier, account=None)
    assert said.why == ""
    shown = own_bill_view(said, FoundBill("9", date(2026, 11, 3), None, gbp("90.00")), W)
    assert "No operator was found on it" in shown.untold
    with_xml = replace(said, papers=(PaperView("p1", "a.pdf", True), PaperView("p2", "b.XML", True)))
    own = own_bill_view(with_xml, FoundBill("9", date(2026, 11, 3), None, gbp("90.00")), W)
    assert [paper.id for paper in own.papers] == ["p1"], "an e-invoice is no page that can be shown"
    named = own_bill_view(said, FoundBill("9", date(2026, 11, 3), None, gbp("90.00"), operator="Orvane"), W)
    assert named.untold == said.untold


def test_changes_explain_the_whole_difference() -> None:
    before = BILLS[1]
    found = changes(BILLS[0], samples.bill_lines(BILLS[0].id), before, samples.bill_lines(before.id))
    assert [(c.change, c.cause, str(c.amount.value)) for c in found] == [
        (Change.NEW, Cause.USAGE, "272.49"),
        (Change.GONE, Cause.MONTHLY, "-4.00"),
        (Change.CHANGED, Cause.PRICE, "2.00"),
    ]
    total = sum(c.amount.value for c in found)
    assert total == Decimal("312.48") - Decimal("41.99")


def test_what_the_lines_do_not_explain_is_said() -> None:
    found = changes(BILLS[0], samples.bill_lines(BILLS[0].id)[:3], BILLS[1], samples.bill_lines(BILLS[1].id))
    assert found[-1].cause is Cause.REST
    assert found[-1].amount == gbp("272.49")


def test_usage_of_two_months_is_one_change_though_its_name_carries_dates() -> None:
    def usage(bill_id: str, name: str, amount: str) -> BillLine:
        return BillLine(f"{bill_id}-u", bill_id, name, LineKind.USAGE, "usage", gbp(amount), None)

    one, two = BILLS[0], BILLS[1]
    found = changes(one, [usage(one.id, "Calls 1.11–30.11", "10.00")], two, [usage(two.id, "Calls 1.10–31.10", "4.00")])
    assert [(c.cause, c.amount) for c in found] == [(Cause.USAGE, gbp("6.00")), (Cause.REST, gbp("264.49"))]


def test_bills_in_two_currencies_are_not_compared() -> None:
    euro = replace(BILLS[1], total=Money(Decimal("41.99"), "EUR"))
    assert changes(BILLS[0], (), euro, ()) == ()


def checked(bill: Bill, lines: tuple[BillLine, ...]) -> list[tuple[str, str]]:
    return [(row.text, row.kind) for row in data_rows(bill, check_bill(bill, lines), W)]


def test_an_honest_rounding_is_not_accused_and_an_error_has_its_two_numbers() -> None:
    lines = samples.bill_lines(BILLS[0].id)
    assert ("The lines add up exactly.", "good") in checked(BILLS[0], lines)
    cent = replace(BILLS[0], total=gbp("312.47"))
    assert ("The lines add up, but for a rounding of \u2212£0.01.", "good") in checked(cent, lines)
    wrong = checked(replace(BILLS[0], total=gbp("320.00")), lines)
    said = "The lines add up to £312.48; the bill says £320.00. Ask your operator about the difference of +£7.52."
    assert (said, "bad") in wrong
    assert checked(BILLS[0], ()) != []
    assert "bad" not in {kind for _, kind in checked(BILLS[0], ())}
    unread = checked(replace(BILLS[0], total=None), lines)
    assert ("Your operator states no total that can be read, so the sum cannot be checked.", "neutral") in unread


def test_the_rows_of_a_comparison_add_up_however_many_changes_there_are() -> None:
    now = [
        BillLine(
            f"n{n}", "b", f"Call to {chr(97 + n % 26) * (1 + n // 26)}", LineKind.USAGE, "", gbp(f"{n + 1}.00"), None
        )
        for n in range(200)
    ]
    bill, before = replace(BILLS[0], total=gbp("20200.00")), BILLS[1]
    found = difference(bill, now, before, samples.bill_lines(before.id))
    shown = comparison(bill, before, found, W)
    assert shown is not None
    assert len(shown.rows) <= MOST + 4
    assert any("smaller changes" in row.label for row in shown.rows)
    amounts = [
        row.amount.replace("\u2212", "-").replace("£", "").replace(",", "").replace("+", "") for row in shown.rows
    ]
    assert sum(map(Decimal, amounts[:-1])) == Decimal(amounts[-1])


def test_a_bill_is_held_against_that_of_a_year_ago_too() -> None:
    year = next(bill for bill in BILLS if bill.day == date(2025, 11, 3))
    shown = view(year=(year, samples.bill_lines(year.id)))
    assert [one.title for one in shown.comparisons] == [
        "Why is it different from October?",
        "Why is it different from November 2025?",
    ]


def test_only_totals_are_called_only_totals() -> None:
    (shown,) = view(lines=(), lines_before=()).comparisons
    assert shown.note == "Only the totals of both bills are known, so no line can explain the difference."
    assert [row.label for row in shown.rows] == ["October", "Difference of the totals", "November"]


def test_lines_are_grouped_as_the_operator_groups_them_with_their_sums() -> None:
    own = [
        BillLine("1", "b", "Box", LineKind.OTHER, "Home services", gbp("5.00"), None),
        BillLine("2", "b", "Alarm", LineKind.OTHER, "Home services", gbp("3.00"), None),
        BillLine("3", "b", "Parking", LineKind.OTHER, "Third parties", gbp("2.00"), None),
        BillLine("4", "b", "Plan", LineKind.RECURRING, "recurringCharge", gbp("20.00"), None),
    ]
    groups = view(lines=own).groups
    assert [(g.title, len(g.rows), g.sum) for g in groups] == [
        ("Every month", 1, ""),
        ("“Home services”", 2, "£8.00"),
        ("“Third parties”", 1, ""),
    ]


def test_a_payment_that_only_the_bill_names_is_shown() -> None:
    bill = replace(BILLS[1], payments=(AppliedPayment("Y-unlisted", gbp("10.00")),))
    assert [(f.label, f.value) for f in view(bill, payments=()).payments] == [("Payment Y-unlisted", "£10.00")]


def test_a_printed_total_is_compared_where_there_is_no_e_invoice() -> None:
    bill = replace(BILLS[0], remaining=BILLS[0].total)
    (same,) = paper_rows(bill, None, "Total due £312.48", W)
    assert (same.text, same.kind) == ("The total is printed on the PDF as well.", "good")
    (other,) = paper_rows(bill, None, "Total due £315.00", W)
    assert other.kind == "bad"
    assert "£312.48" in other.text
    assert "£315.00" in other.text
    assert paper_rows(bill, None, "", W) == ()


def test_one_bill_says_when_it_is_debited_and_why_it_is_different() -> None:
    shown = view()
    assert shown.over == "Bill 780123467 · Tuesday 3 November 2026"
    assert shown.sentence == "It will be debited on Mon 30 Nov, in 9 days. Not paid."
    assert shown.warning == "You usually pay £38.99 to £54.49."
    assert shown.why == "Why is it different from October?"
    assert shown.changes[0].label == "October"
    assert shown.changes[-1].bold
    assert shown.may_dispute
    assert shown.may_ask_plan


def test_without_a_direct_debit_it_is_to_be_paid() -> None:
    account = replace(samples.account(), direct_debit=None)
    assert view(account=account).sentence == "It is to be paid by Mon 30 Nov, in 9 days. Not paid."
    assert view(replace(BILLS[0], due=None)).sentence.startswith("Your operator does not state by when")


def test_a_bill_that_is_no_longer_listed_says_whether_it_was_paid() -> None:
    said = "Bill 780123467 is no longer listed by your operator; when last seen it was not paid."
    assert view(replace(BILLS[0], no_longer_listed=True)).sentence == said
    assert view(replace(BILLS[1], no_longer_listed=True)).sentence == "Paid on Mon 5 Oct."


def test_a_paid_bill_says_when_and_taken_is_not_credited() -> None:
    shown = view(BILLS[1])
    assert shown.sentence == "Paid on Mon 5 Oct."
    assert shown.payments[0].tag == "credited"
    taken = [replace(p, state=PaymentState.TAKEN) for p in samples.payments()]
    assert view(BILLS[1], payments=taken).payments[0].tag == "taken, not yet credited"


def test_no_lines_and_no_paper_are_explained() -> None:
    parts = (Freshness(Topic.BILL_LINES, None, None, NotOffered("TMF678"), offered=False), None)
    shown = view(replace(BILLS[0], papers=()), lines=(), parts=parts)
    assert shown.lines_absence is not None
    assert shown.lines_absence.kind == "notOffered"
    assert shown.paper_absence is not None
    assert shown.paper_absence.title == "No PDF with this bill"


def test_why_there_are_no_lines_is_told_apart() -> None:
    read = Freshness(Topic.BILL_LINES, samples.SEEN)
    failed = Freshness(Topic.BILL_LINES, samples.SEEN, failure=ListMissing("appliedCustomerBillingRate"))

    def why(part: Freshness | None, *, gone: bool = False) -> tuple[str, str]:
        found = view(replace(BILLS[0], no_longer_listed=gone), lines=(), parts=(part, None)).lines_absence
        assert found is not None
        return found.kind, found.title

    assert why(read) == ("nothing", "Your operator lists no lines of this bill")
    assert why(read, gone=True) == ("nothing", "Your operator no longer lists lines of this bill")
    assert why(failed) == why(failed, gone=True) == ("failed", "The lines of this bill were not read")
    assert why(Freshness(Topic.BILL_LINES)) == ("neverRead", "Not read yet")


def test_bars_cut_the_odd_one_and_show_the_gap() -> None:
    bars = bars_of(BILLS, W, 12)
    assert bars is not None
    assert len(bars.bars) == 12
    assert bars.bars[-1].kind == "bad"
    assert bars.bars[-1].height == 1.0
    assert [b.label for b in bars.bars if b.kind == "missing"] == ["May 2026"]
    assert all(0 <= b.height <= 1 for b in bars.bars)
    assert bars.caption == "12 months, the odd one cut off"
    assert bars_of(BILLS[:1], W) is None


def test_bars_that_are_not_one_a_month_are_counted_as_bills() -> None:
    spread = [replace(bill, day=date(2026 - n, 11, 3)) for n, bill in enumerate(BILLS[1:5])]
    bars = bars_of(spread, W, 12)
    assert bars is not None
    assert bars.caption == "4 bills"


def test_two_bars_that_are_cut_off_are_two() -> None:
    dear, dearer = replace(BILLS[6], total=gbp("300.00")), replace(BILLS[0], total=gbp("3000.00"))
    found = (dearer, *BILLS[1:6], dear, *BILLS[7:])
    bars = bars_of(found, W, 12)
    assert bars is not None
    assert sum(1 for bar in bars.bars if bar.kind == "bad") == 2
    assert bars.caption == "12 months, the 2 odd ones cut off"
    french = bars_of(found, words("fr"), 12)
    assert french is not None
    assert french.caption == "12\u00a0mois, 2\u00a0pics tronqués"


def test_a_dispute_carries_its_evidence() -> None:
    shown = view()
    letter = dispute_letter(shown, "amount", W)
    assert "Roaming data, outside EU, 12–14 Oct: +£272.49" in letter.text
    assert "My bills are usually £38.99 to £54.49." in letter.text
    assert "You usually pay" not in letter.text
    command = dispute_command(shown.id, letter, letter.text)
    assert command.ticket_type == "Bill Dispute"
    assert command.about[0].id == "780123467"


def test_a_plan_adds_up_to_the_bill() -> None:
    assert plan_sentence(gbp("312.48"), 3, W) == "£104.16 a month, for 3 months."
    assert plan_sentence(gbp("100.00"), 3, W) == "£33.33 a month, for 3 months; the last is £33.34."
    assert plan_sentence(None, 3, W) == ""
    assert "in 12 monthly payments" in plan_letter(view(), gbp("312.48"), 12, W).text


def test_a_bill_that_was_taken_is_never_called_overdue() -> None:
    due = date(2026, 11, 1)
    late = replace(BILLS[1], remaining=BILLS[1].total, due=due, state=BillState.SENT)
    taken = Payment("Y7", due, late.total, PaymentState.TAKEN, "captured", (late.id,))
    assert listed([late], BILLS[2:], {late.id: due}, W, TODAY, taken=[taken])[0].state == "taken, not credited"
    shown = view(late, payments=[taken])
    assert (shown.state, shown.state_kind) == ("taken, not credited", "warn")
    assert shown.sentence == "Taken on Sun 1 Nov, not credited by your operator."
    assert shown.proof == f"Payment Y7, 1 Nov 2026: {W.money(late.total)}"
    assert shown.may_dispute
    assert not shown.may_ask_plan
    assert first_reason(shown) == "paid"
    assert shown.proof in dispute_letter(shown, first_reason(shown), W).text
    part = replace(taken, amount=gbp("5.00"))
    assert view(late, payments=[part]).state == "overdue"


def test_a_dispute_that_was_asked_for_is_said_and_not_offered_again() -> None:
    ticket = replace(samples.tickets()[0], kind="Bill Dispute", about=(EntityRef("CustomerBill", BILLS[0].id),))
    assert dispute_of(BILLS[0].id, [*samples.tickets(), ticket]) is ticket
    assert dispute_of(BILLS[1].id, [ticket]) is None
    assert dispute_of(BILLS[0].id, [replace(ticket, state=TicketState.CLOSED)]) is None
    assert dispute_of(BILLS[0].id, [replace(ticket, kind="paymentArrangement")]) is None
    shown = view(dispute=ticket)
    assert shown.dispute == "Dispute asked for on Fri 13 Nov."
    assert not shown.may_dispute
    assert (shown.dispute_step, shown.dispute_target) == ("Open the ticket", "help/ticket/48213")
    waits = view(dispute=replace(ticket, id="waiting:w1"))
    assert (waits.dispute_step, waits.dispute_target) == ("See the request", "waiting")
