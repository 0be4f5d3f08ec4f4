"""Fills the facts of a line with what the customer noted of the contract, where the operator says nothing."""

from __future__ import annotations

from selfcare.domain.noted_contract import ContractNotes, NotedChange
from selfcare.domain.records import replace

from .facts import LeavingFacts, rises_of


def with_notes(facts: LeavingFacts, notes: ContractNotes) -> LeavingFacts:
    """The facts with the noted end of the commitment and the noted changes of price.

    A note about the line itself goes before one about the whole contract. An end that the operator states is not
    replaced, and a change that it lists is not counted twice (the same day of telling, or the same first day).
    """
    ends = {note.about: note.ends for note in notes.ends}
    noted = ends.get(facts.line_id) or ends.get("")
    if facts.commitment_ends is None and noted is not None and not facts.is_prepaid:
        facts = replace(facts, commitment_ends=noted, ends_is_noted=True)
    listed = {*facts.price_changes, *(day for pair in facts.changes for day in pair)}
    for note in notes.changes:
        if note.about in {"", facts.line_id} and not {note.change.told, note.change.starts} & listed:
            facts = _with_change(facts, note)
    return facts


def _with_change(facts: LeavingFacts, note: NotedChange) -> LeavingFacts:
    told, starts = note.change.told, note.change.starts
    if told is None:
        return facts
    return replace(
        facts,
        price_changes=(*facts.price_changes, told),
        changes=(*facts.changes, (told, starts)) if starts is not None else facts.changes,
        rises=(*facts.rises, *rises_of((note.change,))),
    )
