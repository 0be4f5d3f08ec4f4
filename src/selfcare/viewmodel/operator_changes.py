"""The question before a newer description of the operator is taken: what is different, and what of it is grave."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.api.profile_changes import Change
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .notice import Notice

_MOST = 30


class ChangesView(Struct, frozen=True):
    """The question. `facts` are (what, "before → after")."""

    title: str
    question: str
    facts: tuple[tuple[str, str], ...]
    yes: str
    no: str
    is_grave: bool


def changes_view(operator: str, changes: Sequence[Change], words: Words) -> ChangesView:
    """The question with its facts; the names of fields are those that the operator's own people use."""
    is_grave = any(change.is_grave for change in changes)
    question = words.tr(
        "{operator} describes itself differently now. Nothing is taken over unless you agree.", operator=operator
    )
    if is_grave:
        question += " " + words.tr(
            "What is marked with ! would send your sign-in or your data to another place than before. If you do not "
            "know why, ask {operator} first, by a way that you know.",
            operator=operator,
        )
    facts = [(f"! {change.where}" if change.is_grave else change.where, _both(change, words)) for change in changes]
    if len(facts) > _MOST:
        more = len(facts) - _MOST
        facts[_MOST:] = [("…", words.trn("{count} more", "{count} more", more))]
    return ChangesView(
        words.tr("What is new"),
        question,
        tuple(facts),
        words.tr("Take it over"),
        words.tr("Leave it as it is"),
        is_grave,
    )


def _both(change: Change, words: Words) -> str:
    before, after = (_cut(value) or words.tr("not there") for value in (change.before, change.after))
    return f"{before} → {after}"


def _cut(value: str) -> str:
    return value if len(value) <= 120 else value[:119] + "…"


def nothing_new(operator: str, words: Words) -> Notice:
    """The operator describes itself as before."""
    return Notice(words.tr("{operator} describes itself as before.", operator=operator), "", "neutral")
