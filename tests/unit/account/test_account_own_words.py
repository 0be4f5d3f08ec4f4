"""An operator's own word for a state is understood where its profile says what it means, and shown as it is."""

from __future__ import annotations

from selfcare.account.own_words import understood
from selfcare.api.tickets import read_ticket
from selfcare.domain.operator import ApiEntry
from selfcare.domain.records import replace
from selfcare.domain.tickets import TicketState
from tests import samples

STATES = {"Waiting for parts": "held", "Nonsense": "nothing the standard knows"}


def state_of(word: str, states: dict[str, str]) -> tuple[TicketState, str]:
    entry = ApiEntry("TMF621", "v4", "https://api.orvane.example", states=states)
    profile = replace(samples.profile(), apis={"TMF621": entry})
    ticket = read_ticket({"id": "1", "status": word, "name": "x"})
    found = understood(profile, "troubleTicket", [ticket])[0]
    return found.state, found.state_word


def test_a_word_of_the_profile_is_understood_whatever_its_case() -> None:
    assert state_of("WAITING FOR PARTS", STATES) == (TicketState.HELD, "WAITING FOR PARTS")


def test_every_other_word_is_as_it_was() -> None:
    assert state_of("Waiting for parts", {})[0] is TicketState.UNKNOWN
    assert state_of("Nonsense", STATES)[0] is TicketState.UNKNOWN
    assert state_of("Somewhere", STATES)[0] is TicketState.UNKNOWN
    assert state_of("resolved", {"resolved": "held"})[0] is TicketState.RESOLVED
