"""What the customer noted of the contract fills the facts of leaving where the operator says nothing."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from selfcare.domain.contract import PriceChange
from selfcare.domain.money import Money
from selfcare.domain.noted_contract import ContractNotes, NotedChange, NotedEnd
from selfcare.leaving.facts import LeavingFacts, Rise
from selfcare.leaving.noted import with_notes

DAY = date(2026, 11, 21)
FACTS = LeavingFacts(country="GB", zone="Europe/London", line_id="PR-1", number="07700 900123")
WHOLE, OWN = NotedEnd(date(2027, 3, 1), DAY), NotedEnd(date(2027, 5, 1), DAY, "PR-1")
TOLD, STARTS = date(2026, 11, 10), date(2026, 12, 15)


def pounds(amount: str) -> Money:
    return Money(Decimal(amount), "GBP")


RISE = NotedChange(PriceChange(TOLD, STARTS, pounds("20.00"), pounds("22.50"), "by letter"), DAY)


def test_an_end_is_taken_where_none_is_stated_and_that_of_the_line_goes_first() -> None:
    assert with_notes(FACTS, ContractNotes()) == FACTS
    for notes, ends in ((ContractNotes((WHOLE,)), WHOLE.ends), (ContractNotes((WHOLE, OWN)), OWN.ends)):
        found = with_notes(FACTS, notes)
        assert (found.commitment_ends, found.ends_is_noted) == (ends, True)
    assert with_notes(FACTS, ContractNotes((replace(OWN, about="PR-2"),))) == FACTS
    stated = replace(FACTS, commitment_ends=date(2026, 12, 1))
    assert with_notes(stated, ContractNotes((WHOLE, OWN))) == stated
    card = replace(FACTS, is_prepaid=True)
    assert with_notes(card, ContractNotes((WHOLE,))) == card, "a card binds to nothing"


def test_a_change_of_price_opens_what_it_opens_once() -> None:
    found = with_notes(FACTS, ContractNotes(changes=(RISE,)))
    assert (found.price_changes, found.changes) == ((TOLD,), ((TOLD, STARTS),))
    assert found.rises == (Rise(TOLD, STARTS, pounds("2.50"), before=pounds("20.00")),)
    assert with_notes(found, ContractNotes(changes=(RISE,))) == found, "the operator lists it by now"
    only_told = replace(RISE, change=replace(RISE.change, starts=None, before=None))
    found = with_notes(FACTS, ContractNotes(changes=(only_told,)))
    assert (found.price_changes, found.changes, found.rises) == ((TOLD,), (), ())
    nobody_told = replace(RISE, change=replace(RISE.change, told=None))
    assert with_notes(FACTS, ContractNotes(changes=(nobody_told,))) == FACTS
    assert with_notes(FACTS, ContractNotes(changes=(replace(RISE, about="PR-2"),))) == FACTS
