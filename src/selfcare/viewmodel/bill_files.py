"""The name under which a PDF of a bill is saved: the day, who wrote it and its number, and nothing personal."""

from __future__ import annotations

from selfcare.domain.bills import Bill
from selfcare.i18n import Words

from .farewell_names import FileNames

_LONGEST_OPERATOR = 40
"""Characters of an operator's name in the name of a file: the bill's number has its place behind it."""

_ENDINGS = (".pdf", ".xml")


def without_ending(name: str) -> str:
    """The name of a file without ".pdf" or ".xml": it gets an ending of its own."""
    return name[: -len(_ENDINGS[0])] if name.casefold().endswith(_ENDINGS) else name


def bill_file(operator: str, title: str, words: Words) -> str:
    """What stands behind the day in the name of a bill's file; `operator` is "" where nobody knows who wrote it."""
    return words.tr("{operator} bill {number}", operator=operator[:_LONGEST_OPERATOR].rstrip(), number=title)


def saved_names(bill: Bill, operator: str, words: Words) -> dict[str, str]:
    """The name under which each PDF of a bill is saved, by the id of the paper; none twice."""
    names = FileNames()
    day = f"{bill.day.isoformat()} " if bill.day is not None else ""
    wanted = f"{day}{bill_file(operator, without_ending(bill.number) or bill.id, words)}"
    return {paper.id: names.give(wanted, _ENDINGS[0]) for paper in bill.papers if paper.is_pdf}
