"""Finds documents in which a key stands twice, so that nobody can tell which of the two counts."""

from __future__ import annotations

from selfcare.api.strict_json import says_twice

from .documents import BILL, BILL_LINE

_SAY_MOST = {
    BILL: (
        b'"billNo"',
        b'"billDate"',
        b'"amountDue"',
        b'"taxIncludedAmount"',
        b'"remainingAmount"',
        b'"paymentDueDate"',
    ),
    BILL_LINE: (b'"taxIncludedAmount"', b'"taxExcludedAmount"'),
}
"""Names in TMF678 that stand once in a document as a rule."""


def says_a_key_twice(kind: str, body: bytes) -> bool:
    """Whether a key stands twice in one object of a document. Bills and their lines, of which there are very many at a
    first reading, are looked through only where one of the names that say most of them stands twice somewhere."""
    names = _SAY_MOST.get(kind)
    if names is None:
        return says_twice(body)
    for name in names:
        if body.count(name) > 1:
            return says_twice(body)
    return False
