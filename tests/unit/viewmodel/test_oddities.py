"""What is strange about a bill in words and in a bar's shape, and what is disputed of it and how much."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from selfcare.billing.flags import Flag, Judgement, Oddity
from selfcare.billing.known import known_from
from selfcare.billing.normal import judged
from selfcare.billing.weighing import Record
from selfcare.domain.commands import Evidence
from selfcare.domain.money import Money
from selfcare.viewmodel.bars import bars_of
from selfcare.viewmodel.dispute_reasons import REASONS, proposed_reason, reason_choices
from selfcare.viewmodel.disputes import DebitWish, Matter, amount_sentence, charges_of, dispute_command, dispute_letter
from selfcare.viewmodel.oddities import oddities, oddity_sentence, untold
from selfcare.viewmodel.pictures import money_goes, month_against
from tests import samples
from tests.samples import TODAY, gbp

W, F = samples.words(), samples.words("fr")
BILLS = samples.bills()
NEWEST = BILLS[0]


def judgement() -> Judgement:
    records = [Record(bill, samples.bill_lines(bill.id)) for bill in BILLS]
    found = judged(records, known_from(samples.lines(), samples.contracts()))
    return next(one for one in found.judgements if one.bill_id == NEWEST.id)


def test_the_roaming_of_the_sample_is_found_and_named() -> None:
    assert oddities(judgement(), W, TODAY) == (
        "“Roaming data, outside EU, 12–14 Oct”: £272.49; you never paid anything like it.",
    )


@pytest.mark.parametrize("kind", list(Oddity))
@pytest.mark.parametrize("words", [W, F], ids=["en", "fr"])
def test_every_kind_is_a_whole_sentence(kind: Oddity, words: object) -> None:
    flag = Flag(kind, "B1", gbp("8.00"), gbp("2.00"), "Pass", ("L1",), date(2026, 11, 3), "B0", 2)
    said = oddity_sentence(flag, words, TODAY)  # type: ignore[arg-type]
    assert said.endswith((".", "?"))
    assert "{" not in said
    assert "None" not in said


def test_a_total_is_said_alone_or_not_at_all() -> None:
    total = Flag(Oddity.TOTAL, "B1", gbp("50.00"), gbp("32.00"))
    alone = Judgement("B1", (total,), 9, can_tell=True)
    assert oddities(alone, W, TODAY) == ("It is £50.00 more than you usually pay (£32.00).",)
    assert oddities(None, W, TODAY) == ()


def test_too_few_bills_are_said_to_be_too_few() -> None:
    few = Judgement("B1", (), 2, can_tell=False)
    assert untold(few, W).startswith("There are only 2 bills before this one")
    assert untold(replace(few, seen=0), W).startswith("There is no bill before this one")
    assert untold(judgement(), W) == ""


def test_reasons_have_words_and_each_strange_thing_proposes_one() -> None:
    assert [key for key, _said in reason_choices(W)] == list(REASONS)
    for kind in Oddity:
        flag = Flag(kind, "B1", gbp("8.00"))
        assert proposed_reason([flag], is_paid=False) in REASONS
    assert proposed_reason([Flag(Oddity.TWICE, "B1")], is_paid=False) == "twice"
    assert proposed_reason([Flag(Oddity.AGAIN, "B1", first=Oddity.RATE)], is_paid=False) == "price"
    assert proposed_reason([Flag(Oddity.TWICE, "B1")], is_paid=True) == "paid"


def matter() -> Matter:
    return Matter(NEWEST, samples.bill_lines(NEWEST.id), judgement().flags)


def test_the_disputed_amount_is_the_chosen_lines_with_their_tax() -> None:
    own = matter()
    assert own.proposed == (f"{NEWEST.id}-4",)
    assert charges_of(own, W)[0].id == f"{NEWEST.id}-4"
    assert amount_sentence(own, own.proposed, W) == (
        "Disputed: £272.49 with £45.41 of tax in it. Not disputed: £39.99."
    )
    two = (f"{NEWEST.id}-3", f"{NEWEST.id}-4")
    assert amount_sentence(own, two, W) == "Disputed: £280.49 with £46.74 of tax in it. Not disputed: £31.99."
    assert amount_sentence(own, (), W) == "Disputed: £312.48 with £52.08 of tax in it, the whole bill."


def test_of_a_wrong_price_only_the_excess_is_disputed() -> None:
    rate = Flag(Oddity.RATE, NEWEST.id, gbp("2.00"), gbp("20.00"), "Everyday", (f"{NEWEST.id}-1",), key="PR-1")
    own = replace(matter(), flags=(rate,))
    assert amount_sentence(own, own.proposed, W).startswith("Disputed: £2.00 with £0.33 of tax in it.")


def test_the_command_names_the_bill_the_charges_the_day_and_the_files() -> None:
    from tests.unit.viewmodel.test_bills_view import view  # the same bill as the page shows it

    own, shown = matter(), view()
    letter = dispute_letter(shown, "use", W, own, own.proposed, DebitWish.WAIT)
    assert "debit nothing of this bill before" in letter.text
    file = Evidence("chat.txt", "text/plain", 3, b"abc")
    asked = dispute_command(NEWEST.id, letter, letter.text, "use", own, own.proposed, (file,))
    assert [(ref.kind, ref.role) for ref in asked.about] == [
        ("CustomerBill", "disputedBill"),
        ("AppliedCustomerBillingRate", "disputedCharge"),
    ]
    assert (asked.amount, asked.wanted, asked.reason, asked.files) == (gbp("272.49"), NEWEST.due, "use", (file,))


def test_a_strange_bar_says_so_in_words_too() -> None:
    bars = bars_of(BILLS, W, 12, {NEWEST.id: True, BILLS[1].id: False})
    assert bars is not None
    assert bars.bars[-1].said == "not like the others"
    assert [bar.said for bar in bars.bars[:-1]].count("") == len(bars.bars) - 1


def test_what_the_money_went_to_adds_up() -> None:
    lines = {bill.id: samples.bill_lines(bill.id) for bill in BILLS[:3]}
    goes = money_goes(BILLS[:3], lines, W)
    assert goes is not None
    assert goes.title == "What the money went to, 3 bills"
    assert goes.rows[0].label == "Roaming data, outside EU, 12–14 Oct"
    assert goes.rows[0].parts == (1.0,)
    paid = [x.gross.value for own in lines.values() for x in own if x.gross is not None]
    shown = [Decimal(row.values[0].split(" ")[0].replace("£", "")) for row in goes.rows]
    assert sum(shown) == sum(paid)


def test_this_bill_against_the_last_has_both_totals() -> None:
    other = BILLS[1]
    view = month_against(NEWEST, samples.bill_lines(NEWEST.id), other, samples.bill_lines(other.id), W)
    assert view is not None
    assert view.rows[-1].values == ("£312.48", "£41.99")
    assert view.series == ("November 2026", "October 2026")
    foreign = replace(other, total=Money(Decimal(40), "EUR"))
    assert month_against(NEWEST, samples.bill_lines(NEWEST.id), foreign, (), W) is None


@pytest.mark.parametrize("words", [W, F], ids=["en", "fr"])
def test_what_was_never_ordered_is_said_again_with_its_reason(words: object) -> None:
    flag = Flag(Oddity.AGAIN, "B1", gbp("8.00"), None, "Pass", ("L1",), None, "", 3, first=Oddity.NEVER_ORDERED)
    said = oddity_sentence(flag, words, TODAY)  # type: ignore[arg-type]
    assert ("ordered" if words is W else "commande") in said
    assert "3" in said
