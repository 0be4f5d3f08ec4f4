"""What a clerk reads in the dossier: everybody who was spoken to, the days of the complaint, and what was charged."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from case_desk import BOOK, case_facts

from selfcare.api.contacts import read_contact
from selfcare.billing.option_charges import OptionCharges
from selfcare.case.contacts import Told, totals_of
from selfcare.domain.money import Money
from selfcare.domain.payments import PaymentState
from selfcare.domain.records import replace
from selfcare.domain.tickets import TicketState
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


def test_a_long_note_is_whole_among_the_contacts_and_short_in_the_time_line() -> None:
    long = "They said it again. " * 60
    told = replace(BOOK.contacts[0], said=long, reference="")
    facts = DossierFacts(case_facts(replace(BOOK, contacts=(told,))))
    (line,) = [said for _, said in section(facts, "Time line").rows if said.startswith("Contact: They")]
    assert line.endswith("…")
    assert len(line) < 220
    rows = section(facts, "Contacts").rows
    assert any(cell.count("They said it again.") == 60 for row in rows for cell in row)


def test_states_are_said_in_plain_words_and_in_the_operators_own() -> None:
    tickets = (replace(samples.tickets()[0], state=TicketState.IN_PROGRESS, state_word="inProgress", severity=""),)
    (row,) = section(DossierFacts(replace(case_facts(), tickets=tickets)), "Tickets").rows
    assert "being worked on\n“inProgress”" in row
    odd = (replace(tickets[0], state=TicketState.UNKNOWN, state_word="In Limbo"),)
    (row,) = section(DossierFacts(replace(case_facts(), tickets=odd)), "Tickets").rows
    assert "“In Limbo”" in row
    payment = replace(samples.payments()[0], state=PaymentState.CREDITED, state_word="done", bill_ids=("B1",))
    bill = replace(samples.bills()[0], id="B1")
    for known, word, said in ((PaymentState.CREDITED, "done", "credited"), (PaymentState.UNKNOWN, "odd", "“odd”")):
        paid = (replace(payment, state=known, state_word=word),)
        rows = section(DossierFacts(case_facts(), bills=(bill,), payments=paid), "Bills and payments").rows
        assert any(cell.endswith(f", {said}") for cell in rows[0])


def test_every_day_of_a_promise_has_its_year_on_paper() -> None:
    printed = dossier(DossierFacts(case_facts()), Scope(), WORDS, TODAY, NOW)
    missed = [row[-1] for row in section(DossierFacts(case_facts()), "Promises").rows if "Was due" in row[-1]]
    assert missed
    assert all("2026" in said for said in (*missed, *(point for point in printed.points if "Was due" in point)))
