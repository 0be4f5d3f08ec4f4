"""The question before a newer description of the operator is taken: what is different, and what of it is grave."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.api.profile_changes import Change
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .notice import Notice
from .operator_fields import both_values, field_name

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
    """The question with its facts: each field in the customer's words, and the API by its number too."""
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
    if any(change.is_twin for change in changes):
        question += " " + words.tr(
            "A name that is marked with ! is that of another operator, or can be taken for it. If you did not expect "
            "it, leave it as it is."
        )
    told: dict[str, list[str]] = {}
    for change in changes:
        where, part = field_name(change, words)
        said = both_values(change, words)
        said = words.tr("{name}: {value}", name=part, value=said) if part else said
        told.setdefault(f"! {where}" if change.is_grave or change.is_twin else where, []).append(said)
    facts = [(where, "\n".join(said)) for where, said in told.items()]
    if len(facts) > _MOST:
        more = len(facts) - _MOST
        facts[_MOST:] = [("…", words.trn("{count} more", "{count} more", more))]
    return ChangesView(
        words.tr("What is new"),
        question,
        tuple(facts),
        words.tr("Take it over"),
        words.tr("Leave it as it is"),
        is_grave or any(change.is_twin for change in changes),
    )


def has_moved(operator: str, words: Words) -> Notice:
    """A list was not where it was, and the operator describes itself otherwise now: the two may belong together."""
    return Notice(
        words.tr(
            "{operator} describes itself differently now, and a part of it is not where it was.", operator=operator
        ),
        words.tr("Look in the settings under “What is new at the operator?”. Nothing is taken over unless you agree."),
        "warn",
        "settings",
    )


def nothing_new(operator: str, words: Words) -> Notice:
    """The operator describes itself as before."""
    return Notice(words.tr("{operator} describes itself as before.", operator=operator), "", "neutral")
