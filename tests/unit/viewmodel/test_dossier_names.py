"""Only initials: the operator's people are hidden where they are named, and evidence stays as it was written."""

from __future__ import annotations

import pytest
from case_desk import BOOK, case_facts

from selfcare.domain.contacts import Message
from selfcare.domain.records import replace
from selfcare.domain.tickets import Note
from selfcare.viewmodel.case_complaint import Applicant, application_text
from selfcare.viewmodel.dossier import DossierFacts, chosen_of, dossier, names_in
from selfcare.viewmodel.dossier_scope import Names, Scope, short
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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Jordan (level 1)", "J. (level 1)"),
        ("Sam B. (broadband)", "S. B. (broadband)"),
        ("Marc (niveau 2, Rennes)", "M. (niveau 2, Rennes)"),
        ("Level 1 (Jordan)", "L. 1. (J.)"),
        ("Jordan (level 1", "J. (level 1)"),
        ("Jordan, level 1", "J. L. 1."),
        ("Anne-Marie d’Ormesson", "A. M. D."),
        ("(Jordan)", "(J.)"),
        ("- ( ) -", "–"),
    ],
)
def test_how_operators_sign_is_told_by_initials_that_can_be_read(name: str, said: str) -> None:
    assert short(name) == said


def test_somebody_with_a_role_is_known_without_it_too() -> None:
    names = Names(["Jordan (level 1)", "Marc Dubois (broadband)"], initials=True)
    assert names.who("Jordan (level 1)") == "J. (level 1)"
    assert names.of("Jordan said that Jordan (level 1) and Mr Dubois know. Marc Dubois (broadband): no.") == (
        "[J.] said that [J.] (level 1) and Mr [D.] know. [M. D.] (broadband): no."
    )


@pytest.mark.parametrize("name", ["Call Marc Dubois.pdf", "call-marc_dubois.pdf", "MARC.DUBOIS.pdf"])
def test_the_name_of_a_file_hides_them_too(name: str) -> None:
    said = Names(["Marc Dubois"], initials=True).of_file(name)
    assert "dubois" not in said.casefold()
    assert said.endswith("[M. D.].pdf")
    assert Names(["Marc Dubois"], initials=False).of_file(name) == name


def test_the_name_of_a_file_that_names_nobody_stays_as_it_is() -> None:
    names = Names(["Marc Dubois", "Rose"], initials=True)
    for name in ("photo_2026-11-21.jpg", "rose garden.jpg", "Dubois", ".profile"):
        assert names.of_file(name) == name


def test_a_name_that_is_a_word_and_the_customers_own_stay_and_a_title_tells_who_is_meant() -> None:
    names = Names(["Rose", "Marc  Dubois", "Sam"], initials=True, own="Sam Brown")
    assert names.of("Rose says: Sam Brown rose. Mr Dubois, Marc\nDubois, Mme Rose") == (
        "Rose says: Sam Brown rose. Mr [D.], [M. D.], Mme [R.]"
    )
    assert (names.who("Marc Dubois"), names.who("Rose"), names.who("Ada")) == ("M. D.", "R.", "Ada")
