"""Finds the same bill under another id: the copy that an operator sends of it, or the one listed in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .database import Database

if TYPE_CHECKING:
    from .round import Round

_REST = (1 << 32) - 1
"""What a row number has besides the day (see search.first_place)."""


def replaced(database: Database, kind: str, scope: str) -> list[int]:
    """The rows of documents that are no longer listed and stand, by number, day and amount, in the list under another
    id: as where an operator changes its version, and all ids with it."""
    found = database.rows(
        "SELECT old.no FROM documents AS old WHERE old.kind=? AND old.scope=? AND old.gone=1 AND old.number<>''"
        " AND EXISTS(SELECT 1 FROM documents AS new WHERE new.no BETWEEN old.no & ~? AND old.no | ?"
        " AND new.kind=old.kind AND new.scope=old.scope AND new.gone=0"
        " AND new.number=old.number AND new.day=old.day AND new.amount=old.amount AND new.unit=old.unit)",
        kind, scope, _REST, _REST,
    )  # fmt: skip
    return [int(no) for (no,) in found]


def has_number(round_: Round, number: str, but: str) -> bool:
    """Whether a document of this number has come in a round, or was here before and is listed, other than one that is
    found by the word `but` alone."""
    if any(document.columns.number == number for document, _, _ in round_._fresh.values()):
        return True
    round_._wait()
    question = "SELECT count(*) FROM documents WHERE kind=? AND number=? AND gone=0 AND lower(trim(text))<>?"
    return bool(round_._database.value(question, round_._kind, number, but))
