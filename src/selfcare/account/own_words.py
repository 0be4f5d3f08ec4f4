"""Understands an operator's own words for states, where its profile says what the standard calls them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from selfcare.api.catalogue import BY_KIND
from selfcare.api.reading import plain_word
from selfcare.api.state_words import BY_API, StateWords, is_unknown
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct, replace

_T = TypeVar("_T", bound=Struct)


def understood(profile: OperatorProfile, kind: str, found: Sequence[_T]) -> tuple[_T, ...]:
    """The nouns of a kind, those in a state nobody knows in the state that the profile names for the operator's word.

    The operator's word stays what is shown.
    """
    entry = profile.apis.get(BY_KIND[kind].api)
    words = BY_API.get(BY_KIND[kind].api)
    if entry is None or not entry.states or words is None:
        return tuple(found)
    known = {plain_word(word): usual for word, usual in entry.states.items()}
    return tuple(_understood(one, words, known) for one in found)


def _understood(one: _T, words: StateWords, known: dict[str, str]) -> _T:
    usual = known.get(plain_word(getattr(one, words.word, "")), "")
    if not usual or not is_unknown(getattr(one, words.state, None)):
        return one
    meant = words.meaning(usual)
    return one if meant is None else replace(one, **{words.state: meant})
