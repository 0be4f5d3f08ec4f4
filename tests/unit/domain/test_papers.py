"""Which paper belongs to which contract, and what remains a letter."""

from __future__ import annotations

from selfcare.domain.bills import PaperRef
from selfcare.domain.contract import Contract
from selfcare.domain.papers import Paper, letters_among, with_papers
from selfcare.domain.tickets import EntityRef


def contract(name: str, *papers: PaperRef) -> Contract:
    return Contract(name, "", "", "", None, None, papers=papers)


def paper(name: str, kind: str = "", about: str = "") -> Paper:
    return Paper(name, name, about=(EntityRef(kind, about),) if about else (), files=(PaperRef(name, name),))


OWN, AGREED = PaperRef("P-0", "as attached"), paper("P-1", "Agreement", "AG-1")


def test_a_contract_gets_the_papers_about_it_after_its_own() -> None:
    first, second = with_papers([contract("AG-1", OWN), contract("AG-2")], [AGREED, paper("P-2")])
    assert [p.id for p in first.papers] == ["P-0", "P-1"]
    assert second.papers == ()


def test_a_paper_that_the_contract_names_itself_is_not_shown_twice() -> None:
    (found,) = with_papers([contract("AG-1", OWN)], [paper("P-0", "Agreement", "AG-1")])
    assert found.papers == (OWN,)


def test_what_belongs_to_no_known_contract_is_a_letter() -> None:
    reminder, lost = paper("P-3", "CustomerBill", "AG-1"), paper("P-4", "Agreement", "AG-9")
    assert letters_among([AGREED, reminder, lost, paper("P-5")], [contract("AG-1")]) == (reminder, lost, paper("P-5"))
