"""An operator's own word for a state is understood where its profile says what it means, and shown as it is."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import pytest

from selfcare.account.own_words import understood
from selfcare.api.bills import read_bill
from selfcare.api.orders import read_order
from selfcare.api.payments import read_payment
from selfcare.api.products import read_product
from selfcare.api.services import read_service
from selfcare.api.state_words import BY_API
from selfcare.api.tickets import read_problem, read_ticket
from selfcare.domain.bills import BillState
from selfcare.domain.operator import ApiEntry
from selfcare.domain.options import Health, PaperState
from selfcare.domain.orders import OrderState
from selfcare.domain.payments import PaymentState
from selfcare.domain.records import Struct, replace
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


@pytest.mark.parametrize(
    ("api", "kind", "read", "usual", "expected"),
    [
        ("TMF637", "product", lambda word: read_product({"id": "1", "status": word}), "active", PaperState.ACTIVE),
        ("TMF638", "service", lambda word: read_service({"id": "1", "operatingStatus": word}), "running", Health.WORKS),
        ("TMF676", "payment", lambda word: read_payment({"id": "1", "status": word}), "captured", PaymentState.TAKEN),
        ("TMF678", "customerBill", lambda word: read_bill({"id": "1", "state": word}), "settled", BillState.SETTLED),
        ("TMF622", "productOrder", lambda word: read_order({"id": "1", "state": word}), "held", OrderState.HELD),
        (
            "TMF656",
            "serviceProblem",
            lambda word: read_problem({"id": "1", "status": word}),
            "closed",
            TicketState.CLOSED,
        ),
    ],
)
def test_states_of_every_kind_are_understood(
    api: str, kind: str, read: Callable[[str], Struct], usual: str, expected: StrEnum
) -> None:
    entry = ApiEntry(api, "v4", "https://api.orvane.example", states={"Läuft so": usual})
    profile = replace(samples.profile(), apis={api: entry})
    words = BY_API[api]
    (found,) = understood(profile, kind, [read("läuft so")])
    assert (getattr(found, words.state), getattr(found, words.word)) == (expected, "läuft so")
    (other,) = understood(profile, kind, [read("steht")])
    assert getattr(other, words.state).value in ("unknown", "notStated")


def test_every_other_word_is_as_it_was() -> None:
    assert state_of("Waiting for parts", {})[0] is TicketState.UNKNOWN
    assert state_of("Nonsense", STATES)[0] is TicketState.UNKNOWN
    assert state_of("Somewhere", STATES)[0] is TicketState.UNKNOWN
    assert state_of("resolved", {"resolved": "held"})[0] is TicketState.RESOLVED
