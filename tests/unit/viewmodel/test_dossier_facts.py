"""What a clerk reads in the dossier: everybody who was spoken to, the days of the complaint, and what was charged."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from case_desk import BOOK, case_facts

from selfcare.api.contacts import read_contact
from selfcare.billing.option_charges import OptionCharges
from selfcare.case.contacts import Told, totals_of
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.paper.dossier import PrintedSection
from selfcare.viewmodel.dossier import DossierFacts, dossier
from selfcare.viewmodel.dossier_scope import Scope
from tests import samples
from tests.samples import NOW, TODAY

WORDS = samples.words()
CALL = {
    "id": "I-7",
    "description": "Nobody called back",
    "reason": "Fault",
    "direction": "inbound",
    "channel": [{"name": "phone"}],
    "interactionDate": {"startDateTime": "2026-11-13T14:00:00Z", "endDateTime": "2026-11-13T14:20:00Z"},
    "relatedParty": [
        {"role": "user", "name": "Claire"},
        {"role": "agent", "name": "Alex"},
        {"role": "agent", "name": "Priya"},
        {"role": "agent", "name": "Alex"},
    ],
}


def section(facts: DossierFacts, title: str, scope: Scope = Scope()) -> PrintedSection:  # noqa: B008 - frozen
    printed = dossier(facts, scope, WORDS, TODAY, NOW)
    return next(one for one in printed.sections if one.title == title)


def test_everybody_whom_the_operator_names_is_told_and_counted() -> None:
    contact = read_contact(CALL)
    assert contact.agents == ("Alex", "Priya")
    told = Told(None, contact)
    assert (told.agents, told.transfers) == (("Alex", "Priya"), 1)
    totals = totals_of([told, Told(replace(BOOK.contacts[0], transfers=3), None)])
    assert totals.transfers == 4
    case = case_facts()
    (row,) = section(
        DossierFacts(replace(case, notebook=replace(BOOK, contacts=()), contacts=(contact,))), "Contacts"
    ).rows
    assert "Alex, Priya" in row
    assert any("Nobody called back" in cell for cell in row), "what it was about, not only its class"


def test_the_days_of_the_complaint_stand_in_the_time_line() -> None:
    book = replace(BOOK, complaint=replace(BOOK.complaint, first=date(2026, 10, 5), deadlock=None))
    rows = section(DossierFacts(case_facts(book)), "Time line").rows
    assert ("5 Oct 2026", "Complaint: First complaint") in rows, "a day has no hour"
    later = section(DossierFacts(case_facts(book)), "Time line", Scope(start=date(2026, 10, 6))).rows
    assert ("5 Oct 2026", "Complaint: First complaint") not in later


def test_what_was_charged_for_nothing_is_claimed_and_said_to_be_checked() -> None:
    lines = samples.lines()
    option = lines[0].options[0]
    charged = Money(Decimal("48.00"), "GBP")
    charges = OptionCharges((charged,), (charged,), 6, TODAY - timedelta(days=150))
    facts = DossierFacts(case_facts(), lines=lines, charges={option.id: charges})
    (row,) = [row for row in section(facts, "Claims worked out").rows if option.name in row[0]]
    assert row[0] == f"{option.name} on {lines[0].number}, charged and not working"
    assert "£48.00, on 6 bills" in row[1]
    assert "Not certain; to be checked." in row[1]
    assert row[2] == "£48.00"
    unasked = section(replace(facts, unasked=frozenset({option.id})), "Claims worked out").rows
    assert any("without an order" in row[0] for row in unasked)
    elsewhere = section(facts, "Claims worked out", Scope(about=frozenset({"ELSE"}))).rows
    assert not any(option.name in row[0] for row in elsewhere)
