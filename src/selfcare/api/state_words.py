"""What a word for a state means, by the standard's own words, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from selfcare.domain.orders import OrderState
from selfcare.domain.records import Struct

from .appointments import appointment_state
from .bills import bill_state
from .payments import payment_state
from .products import paper_state
from .reading import choice
from .services import operating_health
from .tickets import ticket_state

_UNKNOWN = frozenset({"unknown", "notStated"})


class StateWords(Struct, frozen=True):
    """Where a kind's state and the operator's word for it stand in its noun, and what a word of the standard means."""

    means: Callable[[str], StrEnum]
    state: str = "state"
    word: str = "state_word"

    def meaning(self, word: str) -> StrEnum | None:
        """The state that a word of the standard means; None for a word that it does not know."""
        found = self.means(word)
        return None if is_unknown(found) else found


def is_unknown(state: object) -> bool:
    """Whether nobody knows what this state is."""
    return isinstance(state, StrEnum) and state.value in _UNKNOWN


def _order_state(word: str) -> OrderState:
    return choice(OrderState, word, OrderState.UNKNOWN)


BY_API: Mapping[str, StateWords] = {
    "TMF621": StateWords(ticket_state),
    "TMF646": StateWords(appointment_state),
    "TMF656": StateWords(ticket_state),
    "TMF678": StateWords(bill_state),
    "TMF622": StateWords(_order_state),
    "TMF676": StateWords(payment_state),
    "TMF637": StateWords(paper_state, "on_paper", "on_paper_word"),
    "TMF638": StateWords(operating_health, "health", "word"),
}
"""The APIs whose states the standard names."""
