"""Only initials: the operator's people are hidden where they are named, and evidence stays as it was written."""

from __future__ import annotations

from case_desk import BOOK, case_facts

from selfcare.domain.contacts import Message
from selfcare.domain.records import replace
from selfcare.domain.tickets import Note
from selfcare.viewmodel.case_complaint import Applicant, application_text
from selfcare.viewmodel.dossier import DossierFacts, chosen_of, dossier, names_in
from selfcare.viewmodel.dossier_scope import Names, Scope
from tests import samples
from tests.samples import NOW, TODAY

WORDS = samples.words()
SMS = Message("M-1", "sms", "", "You May leave free of charge until 4 May. Will May", NOW)


def facts() -> DossierFacts:
    ticket = samples.tickets()[0]
    notes = (
        Note("Customer", NOW, "Still dead"),
        Note("Chloe", NOW, "The Customer is right, said Karim."),
        *ticket.notes,
    )
    word = replace(BOOK.words[0], who="Will May", said="someone will call you, Will May will see to it")
    book = replace(BOOK, words=(word,), contacts=(replace(BOOK.contacts[0], agent="Karim"),))
    case = replace(case_facts(book), tickets=(replace(ticket, notes=notes),), messages=(SMS,))
    return DossierFacts(case, samples.customer())


def texts(scope: Scope) -> str:
    printed = dossier(facts(), scope, WORDS, TODAY, NOW)
    return repr([section.rows for section in printed.sections]) + repr(printed.points)


def test_a_text_loses_whole_names_only_and_shows_where() -> None:
    said = texts(Scope(initials=True)).replace("\u00a0", " ")
    for kept in (
        "someone will call you, [W. M.] will see to it",
        "You May leave free of charge until 4 May. [W. M.]",
        "The Customer is right, said [K.].",
        "that the customer noted",
        "Customer, ",
        "promised by W. M.",
        "C., ",
    ):
        assert kept in said, kept
    for gone in ("Will May", "Karim", "Chloe", "Marc"):
        assert gone not in said, gone
    assert "Will May" in texts(Scope())


def test_the_text_in_the_same_folder_hides_them_too() -> None:
    scope = Scope(initials=True)
    chosen = chosen_of(facts(), scope, NOW)
    names = names_in(chosen, scope)
    said = application_text(
        Applicant("Claire Martin", "C-1", "Orvane"), BOOK.complaint, chosen.totals, names.promises(chosen.promises),
        WORDS, TODAY, NOW, facts().case.zone,
    )  # fmt: skip
    assert "promised by W. M." in said
    assert "Will" not in said


def test_a_name_that_is_a_word_and_the_customers_own_stay_and_a_title_tells_who_is_meant() -> None:
    names = Names(["Rose", "Marc  Dubois", "Sam"], initials=True, own="Sam Brown")
    assert names.of("Rose says: Sam Brown rose. Mr Dubois, Marc\nDubois, Mme Rose") == (
        "Rose says: Sam Brown rose. Mr [D.], [M. D.], Mme [R.]"
    )
    assert (names.who("Marc Dubois"), names.who("Rose"), names.who("Ada")) == ("M. D.", "R.", "Ada")
