"""What a clerk reads in the dossier: everybody who was spoken to, the days of the complaint, and what was charged."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from case_desk import BOOK, case_facts

from selfcare.api.contacts import read_contact
from selfcare.billing.option_charges import OptionCharges
from selfcare.case.contacts import Told, totals_of
from selfcare.case.notebook import DeadTime
from selfcare.domain.customer import ContactMedium, Customer, MediumKind
from selfcare.domain.money import Money
from selfcare.domain.payments import PaymentState
from selfcare.domain.records import replace
from selfcare.domain.tickets import StateChange, TicketState
from selfcare.paper.dossier import PrintedSection
from selfcare.viewmodel.dossier import DossierFacts, chosen_of, dossier
from selfcare.viewmodel.dossier_choices import scope_of
from selfcare.viewmodel.dossier_scope import Scope
from selfcare.viewmodel.option_money import paid_sentence
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


def test_the_course_of_a_ticket_and_its_contradictions_are_told() -> None:
    states = (
        TicketState.ACKNOWLEDGED, TicketState.RESOLVED, TicketState.IN_PROGRESS, TicketState.CLOSED,
        TicketState.IN_PROGRESS,
    )  # fmt: skip
    began = NOW - timedelta(days=9)
    course = tuple(
        StateChange(state, state.value, began + timedelta(days=n), "Line tested" if n == 1 else "")
        for n, state in enumerate(states)
    )
    ticket = replace(
        samples.tickets()[0], created=began + timedelta(hours=1), course=course, resolved=began + timedelta(days=3)
    )
    made = DossierFacts(replace(case_facts(), tickets=(ticket,)))
    (row,) = section(made, "Tickets").rows
    whole = row[1].replace("\u00a0", " ")
    assert "Course:\n12 Nov 2026, 10:50: " in whole
    assert "solved, says your operator (“Line tested”)" in whole
    assert "Contradiction: A step is dated before the report." in whole
    assert "reopened 2 times" in row[3]
    assert row[5] == "15 Nov 2026\n10:50, then open again"
    line = [said for _when, said in section(made, "Time line").rows if "48213" in said and "opened" not in said]
    assert line == [
        "Ticket 48213 called settled", "Ticket 48213 is open again", "Ticket 48213 called settled",
        "Ticket 48213 is open again",
    ]  # fmt: skip


def test_the_first_page_says_where_the_customer_can_be_reached() -> None:
    media = (
        ContactMedium(MediumKind.PHONE, "020 7946 0000"),
        ContactMedium(MediumKind.PHONE, "07700 900123", is_preferred=True),
        ContactMedium(MediumKind.POST, "1 Mill Lane, Leeds LS1 4DY"),
    )
    printed = dossier(DossierFacts(case_facts(), Customer("C-1", "Claire", media=media)), Scope(), WORDS, TODAY, NOW)
    rows = dict(printed.facts)
    assert (rows["Postal address"], rows["Phone"]) == ("1 Mill Lane, Leeds LS1 4DY", "07700 900123")
    assert "E-mail" not in rows


def test_a_ticket_as_the_topic_leaves_the_other_tickets_of_its_line_out() -> None:
    first = replace(samples.tickets()[0], moved_from=())
    other = replace(first, id="T-3", promised=NOW - timedelta(days=1), severity="Critical")
    spell = DeadTime(NOW - timedelta(hours=30), NOW - timedelta(hours=6), "OP-1")
    case = replace(case_facts(replace(BOOK, without_service=(spell,))), tickets=(first, other), problems=())
    scope = scope_of("ticket/48213", "Ticket", None, None, case.tickets, (), initials=False)
    chosen = chosen_of(DossierFacts(case), scope, NOW)
    assert [t.id for t in chosen.facts.case.tickets] == ["48213"]
    assert {p.source_id for p in chosen.promises} == {"48213", "W-1"}
    assert chosen.totals.silent == timedelta(hours=24), "what was noted of its line, not what the other ticket tells"


def test_paper_says_nothing_as_seen_from_the_day_it_was_printed() -> None:
    option = OptionCharges((Money(Decimal(9), "GBP"),), (), 2, date(2026, 7, 26))
    said = paid_sentence(option, WORDS, None)
    assert "since Sun 26 Jul 2026" in said
    rows = section(DossierFacts(case_facts()), "Promises").rows
    assert all(" ago" not in row[-1] and ", in " not in row[-1] for row in rows)
    assert any("not done 24\u00a0hours later" in row[-1] or "not done 24 hours later" in row[-1] for row in rows)


def test_a_ticket_says_since_when_it_is_settled_by_its_course_and_how_many_steps_are_left_out() -> None:
    begun = NOW - timedelta(days=30)
    steps = [StateChange(TicketState.IN_PROGRESS, "inProgress", begun + timedelta(minutes=n)) for n in range(401)]
    steps += [StateChange(TicketState.RESOLVED, "resolved", NOW - timedelta(days=3))]
    ticket = replace(samples.tickets()[0], created=begun, state=TicketState.CLOSED, course=tuple(steps), resolved=None)
    (row,) = section(DossierFacts(replace(case_facts(), tickets=(ticket,))), "Tickets").rows
    assert row[-1].replace("\n", ", ") == "18 Nov 2026, 10:50"
    assert "2 earlier steps are left out." in row[1]
    few = replace(ticket, course=tuple(steps[-100:]))
    (row,) = section(DossierFacts(replace(case_facts(), tickets=(few,))), "Tickets").rows
    assert row[1].count("being worked on") == 99, "none is left out"
