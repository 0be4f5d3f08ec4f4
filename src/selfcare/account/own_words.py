"""Understands an operator's own words for states, where its profile says what the standard calls them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from selfcare.api.catalogue import BY_KIND
from selfcare.api.reading import choice, plain_word
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct, replace

_T = TypeVar("_T", bound=Struct)


def understood(profile: OperatorProfile, kind: str, found: Sequence[_T]) -> tuple[_T, ...]:
    """The nouns of a kind, those in a state nobody knows in the state that the profile names for the operator's word.

    The operator's word stays what is shown.
    """
    entry = profile.apis.get(BY_KIND[kind].api)
    if entry is None or not entry.states:
        return tuple(found)
    known = {plain_word(word): usual for word, usual in entry.states.items()}
    return tuple(_understood(one, known) for one in found)


def _understood(one: _T, known: dict[str, str]) -> _T:
    state, word = getattr(one, "state", None), getattr(one, "state_word", "")
    usual = known.get(plain_word(word), "")
    if not usual or not isinstance(state, StrEnum) or state.value != "unknown":
        return one
    return replace(one, state=choice(type(state), usual, state))
