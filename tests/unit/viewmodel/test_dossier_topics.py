"""A dossier on one topic: everything that belongs to it, with its money and bills, and nothing of another dispute."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from case_desk import BOOK, case_facts

from selfcare.billing.option_charges import OptionCharges
from selfcare.case.notebook import Attached, Noted, Way
from selfcare.domain.complaints import Complaint
from selfcare.domain.contacts import Contact
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef
from selfcare.viewmodel.dossier import DossierFacts, chosen_of, dossier
from selfcare.viewmodel.dossier_choices import charged_ids, names_topic, scope_of
from selfcare.viewmodel.dossier_claims import claims_of
from selfcare.viewmodel.dossier_files import proofs_of
from selfcare.viewmodel.dossier_scope import Scope
from tests import samples
from tests.samples import NOW, TODAY

WORDS = samples.words()
ZONE = ZoneInfo("Europe/London")
LINE = samples.lines()[0]
OPTION = LINE.options[0]
TICKET = replace(samples.tickets()[0], about=(EntityRef("Product", OPTION.id),))
STARTED = NOW - timedelta(days=2)
PHOTO = Attached("photo.jpg", "case file:1", 5, "00" * 32)
NOTED = Noted(
    "N-9", Way.PHONE, True, STARTED, STARTED + timedelta(minutes=5), agent="Ada", said="about the option",
    about=(EntityRef("Product", OPTION.id, "about"),), files=(PHOTO,),
)  # fmt: skip


def facts(**more: object) -> DossierFacts:
    case = replace(case_facts(replace(BOOK, contacts=(*BOOK.contacts, NOTED))), tickets=(TICKET,))
    charges = {OPTION.id: OptionCharges((samples.gbp("40.00"),), (), 4, None)}
    return DossierFacts(
        replace(case, **more), samples.customer(), samples.bills(), samples.payments(), lines=samples.lines(),
        charges=charges,
    )  # fmt: skip


def on(topic: str, title: str = "") -> Scope:
    return scope_of(topic, title or topic, None, None, (TICKET,), samples.lines(), initials=False)


@pytest.mark.parametrize("ref", [OPTION.id, *OPTION.service_ids])
def test_a_ticket_brings_the_claims_and_the_contacts_of_the_option_it_is_about(ref: str) -> None:
    ticket = replace(TICKET, about=(EntityRef("Service", ref),))
    scope = scope_of(f"ticket/{TICKET.id}", "Ticket", None, None, (ticket,), samples.lines(), initials=False)
    chosen = chosen_of(facts(), scope, NOW)
    assert "N-9" in [one.noted.id for one in chosen.told if one.noted is not None]
    assert [row.amount for row in claims_of(chosen.facts, WORDS, NOW)] == [samples.gbp("40.00")]
    assert charged_ids(scope, samples.lines()) == (OPTION.id,)
    proofs = proofs_of(scope, facts().case.notebook, (), (), (), WORDS, ZONE)
    assert PHOTO.kept_as in [proof.kept_as for proof in proofs]


def test_the_bills_that_charge_for_the_topic_are_in_it_with_their_papers() -> None:
    scope = on(f"line/{LINE.id}")
    wanted = charged_ids(scope, samples.lines())
    assert {LINE.id, OPTION.id} <= set(wanted)
    first, *others = samples.bills()
    scope = replace(scope, bill_ids=frozenset({first.id}))
    assert others
    assert [bill.id for bill in chosen_of(facts(), scope, NOW).facts.bills] == [first.id]
    proofs = proofs_of(scope, facts().case.notebook, samples.bills(), (), (), WORDS, ZONE)
    papers = {paper.id for paper in first.papers if paper.is_pdf}
    assert papers <= {proof.kept_as for proof in proofs}
    assert not {paper.id for bill in others for paper in bill.papers} & {proof.kept_as for proof in proofs}
    assert charged_ids(Scope(), samples.lines()) == ()
    assert charged_ids(on("bill/780123467"), samples.lines()) == ()


def test_a_note_stays_one_with_an_entry_of_the_log_that_does_not_name_the_topic() -> None:
    entry = Contact("I-1", "a call", "", True, "phone", "Ada", NOTED.started, NOTED.ended)
    chosen = chosen_of(facts(contacts=(entry,)), on(f"ticket/{TICKET.id}"), NOW)
    told = next(one for one in chosen.told if one.noted is not None and one.noted.id == "N-9")
    assert told.logged == entry
    assert not told.is_denied


def test_a_topic_leaves_the_complaint_about_another_matter_out() -> None:
    complaint = Complaint("The EU Roaming Pass does not work", "The pass, and GBP 156.37 back", first=TODAY)
    case = facts()
    case = replace(case, case=replace(case.case, notebook=replace(case.case.notebook, complaint=complaint)))
    scope = on(f"ticket/{TICKET.id}")
    whole = dossier(case, scope, WORDS, TODAY, NOW)
    assert "156.37" in repr(whole.facts)
    assert whole.sections[8].rows
    other = dossier(case, replace(scope, with_complaint=False), WORDS, TODAY, NOW)
    assert "156.37" not in repr(other)
    assert (other.sections[8].title, other.sections[8].rows) == ("Where the complaint stands", ())


@pytest.mark.parametrize(
    ("title", "is_named"),
    [
        ("Ticket T4471-1: EU Roaming Pass does not work abroad", True),
        ("Ticket T4471-2: Broadband drops in the evening", False),
        ("07700 900123", False),
        ("", False),
    ],
)
def test_a_complaint_is_thought_to_be_about_what_it_names(title: str, is_named: bool) -> None:
    assert names_topic(Complaint("The EU Roaming Pass does not work", "GBP 156.37"), title) is is_named
