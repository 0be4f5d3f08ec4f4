"""A code that was asked for by ticket comes back on that ticket: as a characteristic, or in the words of a note."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from selfcare.api.orders import read_order
from selfcare.api.products import read_lines, read_product, with_codes
from selfcare.api.tickets import read_ticket
from selfcare.domain.lines import PortingCode
from selfcare.leaving.facts import facts_of
from selfcare.viewmodel.leaving_material import case_of
from selfcare.viewmodel.leaving_requests import code_view
from tests import samples
from tests.unit.viewmodel.test_leaving_views import WORDS, material

TICKET = {
    "id": "T1", "description": "PAC for 07700 900123", "severity": "Major", "ticketType": "portOutCode",
    "status": "resolved", "creationDate": "2026-11-20T09:00:00Z", "resolutionDate": "2026-11-20T09:10:00Z",
    "relatedEntity": [{"id": "L1", "@referredType": "Product"}],
}  # fmt: skip
CODE = [
    {"name": "portingAuthorisationCode", "value": "ABC123456"},
    {"name": "portingAuthorisationCodeExpiry", "value": "2026-12-20T23:59:59Z"},
]
PAC = PortingCode("PAC", "ABC123456", date(2026, 12, 20), date(2026, 11, 20))


def note(text: str) -> list[dict[str, Any]]:
    return [{"author": "Operator", "date": "2026-11-20T09:10:00Z", "text": text}]


def line_of(own: str) -> dict[str, Any]:
    return {"id": own, "status": "active", "productCharacteristic": [{"name": "lineType", "value": "mobile"}]}


@pytest.mark.parametrize("name", ["troubleTicketCharacteristic", "characteristic"])
def test_the_characteristic_of_a_ticket(name: str) -> None:
    assert read_ticket(TICKET | {name: CODE}).code == PAC


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Your PAC is ABC123456", ("PAC", "ABC123456")),
        ("Your PAC: H3G 123456. Use it by Sunday.", ("PAC", "H3G123456")),
        ("STAC 123456ABC", ("STAC", "123456ABC")),
        ("Votre RIO est 01P123456ABC.", ("RIO", "01P123456ABC")),
        ("We sent the PAC by text.", None),
        ("Case ABC123456 is closed.", None),
        ("PAC ABC123456 or PAC DEF123456", None),
    ],
)
def test_the_words_of_a_note(said: str, code: tuple[str, str] | None) -> None:
    """Only one that is called by its name, has its shape, and stands alone; it is marked as found in a note."""
    found = read_ticket(TICKET | {"note": note(said)}).code
    assert found == (PortingCode(*code, None, date(2026, 11, 20), in_note=True) if code else None)
    assert read_ticket(TICKET | {"ticketType": "Incident", "note": note(said)}).code is None


def test_the_line_has_the_code_of_its_ticket() -> None:
    two = read_lines([read_product(line_of("L1")), read_product(line_of("L2"))], [])
    ticket = read_ticket(TICKET | {"troubleTicketCharacteristic": CODE})
    assert [line.code for line in with_codes(two, [ticket])] == [PAC, None]
    assert [line.code for line in with_codes(two, [ticket], {"L1"})] == [None, None]
    assert [line.code for line in with_codes(two, [replace(ticket, about=())])] == [None, None]
    assert [line.code for line in with_codes(two[1:], [replace(ticket, about=())])] == [PAC]
    assert [line.code for line in with_codes(two[1:], [ticket])] == [None]
    rejected = read_ticket(TICKET | {"status": "rejected", "troubleTicketCharacteristic": CODE})
    assert [line.code for line in with_codes(two, [rejected])] == [None, None]


def test_the_newest_ticket_counts() -> None:
    (line,) = read_lines([read_product(line_of("L1"))], [])
    old = read_ticket(TICKET | {"id": "T0", "creationDate": "2026-09-01T09:00:00Z", "note": note("PAC XYZ123456")})
    new = read_ticket(TICKET | {"troubleTicketCharacteristic": CODE})
    assert with_codes([line], [new, old])[0].code == PAC


@pytest.mark.parametrize("in_note", [False, True])
def test_leaving_shows_the_code_and_says_where_it_was_found(in_note: bool) -> None:
    first, *others = samples.lines()
    code = PortingCode("PAC", "ABC123456", None if in_note else date(2026, 12, 20), date(2026, 11, 20), in_note=in_note)
    own = replace(first, code=code)
    facts = facts_of(
        own, profile=samples.profile(), lines=(own, *others), contracts=samples.contracts(),
        accounts=(), orders=(), waiting=(),
    )  # fmt: skip
    assert facts.code_issued == date(2026, 11, 20)
    asked = material()
    found = case_of(replace(asked, facts=(facts, *asked.facts[1:])))
    assert found is not None
    view = code_view(found, WORDS)
    assert view is not None
    assert view.code == "ABC123456"
    assert ("It was found in a note of your operator’s: check it." in view.life) is in_note
    assert "Use it by" in view.life


@pytest.mark.parametrize(
    "said",
    [
        {"owner": "Ofcom-PAC", "externalIdentifierType": "PAC"},
        {"owner": "Ofcom-PAC"},
        {"owner": "carrier", "externalIdentifierType": "transfer PIN"},
    ],
)
def test_a_code_is_no_number_of_an_order(said: dict[str, str]) -> None:
    secret = {"@type": "ExternalIdentifier", "id": "ABC123456", **said}
    order: dict[str, Any] = {"id": "O1", "state": "completed", "productOrderItem": [{"id": "1", "action": "add"}]}
    alone = read_order({**order, "externalId": [secret]})
    assert (alone.external_id, alone.code and alone.code.code) == ("", "ABC123456")
    other = {"id": "7", "owner": "shop", "externalIdentifierType": "orderNumber"}
    assert read_order({**order, "externalId": [secret, other]}).external_id == "7"
