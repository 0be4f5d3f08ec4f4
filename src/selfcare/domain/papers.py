"""The papers that an operator keeps for a customer: contracts, letters, reminders, and copies of bills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .bills import PaperRef
from .contract import Contract
from .records import Struct, replace
from .tickets import EntityRef


class Paper(Struct, frozen=True):
    """One paper (TMF667 Document). `kind_word` is the operator's own word for it; `about` is what it belongs to.

    `files` are the PDFs (or pictures) to fetch; their names are as a customer reads them.
    """

    id: str
    name: str
    kind_word: str = ""
    day: date | None = None
    text: str = ""
    about: tuple[EntityRef, ...] = ()
    files: tuple[PaperRef, ...] = ()


def with_papers(contracts: Sequence[Contract], papers: Sequence[Paper]) -> tuple[Contract, ...]:
    """The contracts, each with the papers about it after those that it names itself; none twice."""
    return tuple(_with_papers(contract, papers) for contract in contracts)


def letters_among(papers: Sequence[Paper], contracts: Sequence[Contract]) -> tuple[Paper, ...]:
    """The papers that belong to none of these contracts, in their order."""
    known = {contract.id for contract in contracts}
    return tuple(paper for paper in papers if not any(_is_contract(one) and one.id in known for one in paper.about))


def _with_papers(contract: Contract, papers: Sequence[Paper]) -> Contract:
    found = {paper.id: paper for paper in contract.papers}
    for paper in papers:
        if any(_is_contract(one) and one.id == contract.id for one in paper.about):
            for file in paper.files:
                found.setdefault(file.id, file)
    return replace(contract, papers=tuple(found.values())) if len(found) > len(contract.papers) else contract


def _is_contract(about: EntityRef) -> bool:
    return about.kind.casefold() in {"agreement", ""}
