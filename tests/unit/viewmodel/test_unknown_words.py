"""A word of the operator's that nobody here knows stands as a quotation wherever it is shown; a known one does not."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillState
from selfcare.domain.freshness import Freshness
from selfcare.domain.money import Money
from selfcare.domain.options import Health, PaperState, Service
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.tickets import TicketState
from selfcare.domain.topics import Topic
from selfcare.viewmodel.bill import BillView, bill_view
from selfcare.viewmodel.bills import state_of
from selfcare.viewmodel.contract import ContractFacts, contract_view
from selfcare.viewmodel.known_words import channel_word, contract_word, severity_word
from selfcare.viewmodel.services import ServicesFacts, services_view
from selfcare.viewmodel.tickets import state_tag
from tests import samples
from tests.samples import SEEN, TODAY, words

STRANGE = "quarantined"
W = words()


def bill_with(bill: Bill, payment: Payment) -> BillView:
    return bill_view(
        bill,
        lines=samples.bill_lines(bill.id),
        earlier=[],
        lines_before=[],
        payments=[payment],
        account=samples.account(),
        here=set(),
        parts=(Freshness(Topic.BILL_LINES, SEEN), Freshness(Topic.PAPERS, SEEN)),
        words=W,
        today=TODAY,
    )


def test_each_page_quotes_an_unknown_state() -> None:
    zone = ZoneInfo("Europe/London")
    line = samples.lines()[0]
    option = replace(line.options[0], services=(Service("SV-9", "Pass", Health.FAILED, STRANGE),))
    odd_line = replace(line, on_paper=PaperState.UNKNOWN, on_paper_word=STRANGE, options=(option,))
    services = services_view(ServicesFacts((odd_line,), zone), W, TODAY).lines[0]
    odd_contract = replace(samples.contracts()[0], state_word=STRANGE)
    read = (Freshness(Topic.CONTRACTS, SEEN),)
    contract = contract_view(ContractFacts(zone, (odd_contract,), freshness=read), W, TODAY).contracts[0]
    bill = replace(samples.bills()[0], state=BillState.UNKNOWN, state_word=STRANGE)
    payment = Payment("P-1", TODAY, Money(Decimal(1), "GBP"), PaymentState.UNKNOWN, STRANGE, (bill.id,))
    shown_bill = bill_with(bill, payment)
    said = [
        next(f.value for f in services.facts if f.name == "On paper"),
        services.options[0].really.value,
        next(f.value for f in contract.facts if f.name == "State"),
        state_of(bill, None, W, TODAY)[0],
        next(f.value for f in shown_bill.facts if f.label == "Operator’s own word"),
        shown_bill.payments[0].tag,
        state_tag(TicketState.UNKNOWN, STRANGE, W).text,
    ]
    for text in said:
        assert f"“{STRANGE}”" in text, said


def test_a_payment_without_a_word_quotes_nothing() -> None:
    bill = samples.bills()[0]
    payment = Payment("P-1", TODAY, Money(Decimal(1), "GBP"), PaymentState.UNKNOWN, "", (bill.id,))
    assert bill_with(bill, payment).payments[0].tag == "state not stated"


@pytest.mark.parametrize(
    ("say", "known"), [(contract_word, "active"), (severity_word, "major"), (channel_word, "phone")]
)
def test_only_what_nobody_knows_is_quoted(say: object, known: str) -> None:
    assert callable(say)
    assert say(known, W) == known
    assert say(f" {STRANGE} ", W) == f"“{STRANGE}”"
    assert say("  ", W) == ""
