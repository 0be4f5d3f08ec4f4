"""What the demo operator sends in version 5, and what the program sends it, are of the official shapes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
import pytest
from jsonschema import Draft7Validator

from selfcare.api.catalogue import SubjectIds
from selfcare.api.commands import request_for
from selfcare.api.remarks import compose_note
from selfcare.domain.commands import (
    AddNote,
    Command,
    DropOption,
    Evidence,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.money import Money
from selfcare.domain.operator import ApiEntry, OperatorProfile
from selfcare.domain.records import replace
from selfcare.domain.tickets import FOLLOWS, EntityRef
from selfcare.sandbox.catalogue import KINDS, V5
from selfcare.sandbox.documents import decode, encode
from selfcare.sandbox.people import build
from selfcare.sandbox.v5 import TYPES, from_v5, to_v5
from tests import samples
from tests.unit.api.official import SPECS, schemas

pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason="the official specifications are not beside this checkout")
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
KEPT = [kind for kind in KINDS.values() if kind.api in V5]


def usable(value: Any) -> Any:
    """The official shapes for a validator: of several that a part may have, any will do (`@type` tells them apart)."""
    if isinstance(value, list):
        return [usable(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        "anyOf" if name == "oneOf" else name: usable(one)
        for name, one in value.items()
        if name not in {"discriminator", "example"}
    }


@cache
def validator(api: str, name: str) -> Draft7Validator:
    shapes = usable(schemas(api, "v5"))
    return Draft7Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": shapes}})


def faults_of(api: str, name: str, document: Any) -> list[str]:
    plain = msgspec.json.decode(encode(document))
    return [f"{'.'.join(map(str, e.path))}: {e.message[:160]}" for e in validator(api, name).iter_errors(plain)]


@pytest.mark.parametrize("login", ["claire", "atelier"])
def test_every_document_is_of_the_official_shape(login: str) -> None:
    person = build(login, 1, NOW, 30)
    seen = 0
    for kind in KEPT:
        for document in person.resources.get(kind.name, ())[:60]:
            name = TYPES.get(kind.name, kind.name[:1].upper() + kind.name[1:])
            wrong = faults_of(kind.api, name, to_v5(kind.name, document))
            assert not wrong, (kind.name, wrong[:5])
            seen += 1
    assert seen > 50


def profile() -> OperatorProfile:
    usual = samples.profile()
    fresh = ("TMF621", "TMF622", "TMF683")
    return replace(usual, apis={a: ApiEntry(a, "v5", f"https://api.orvane.example/{a}") for a in fresh})


COMMANDS: list[Command] = [
    OpenTicket("Too much", "Roaming", "Bill Dispute", "Minor", (EntityRef("CustomerBill", "780", "disputedBill"),)),
    OpenTicket(
        "Too much",
        "Roaming",
        "Bill Dispute",
        "Minor",
        (EntityRef("TroubleTicket", "48213", FOLLOWS),),
        date(2026, 12, 1),
        Money(Decimal("12.50"), "GBP"),
        "unknown",
        (Evidence("a.pdf", "application/pdf", 4, b"%PDF"),),
    ),
    DropOption("OP-1", "PR-1", "Data"),
    SendContact(
        "N-1", "phone", True, NOW, NOW + timedelta(minutes=5), "They said so", (EntityRef("TroubleTicket", "48213"),)
    ),
    RequestCode("PR-1", "07700 900123", "PAC"),
    RequestUnlock("DV-1", "356938035643809", "PR-1", "Please"),
    GiveNotice("PR-1", "AG-1", date(2026, 12, 31), "Moving"),
    WithdrawNotice("O-1", "Changed my mind"),
    OrderOption("PR-1", "PO-1", "Data", Money(Decimal(5), "GBP"), "month", Money(Decimal(1), "GBP"), 12, "Bound."),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.kind)
def test_every_request_is_of_the_official_shape(command: Command) -> None:
    wire = request_for(command, profile(), "own-id", SubjectIds("C-1", "P-1"), NOW)
    body = decode(wire.body)
    kind = wire.path
    assert not faults_of(wire.api, f"{TYPES[kind]}_FVO", body)
    old = request_for(command, samples.profile(), "own-id", SubjectIds("C-1", "P-1"), NOW)
    told = from_v5(kind, body)
    for name, value in decode(old.body).items():
        if name in {"relatedParty", "externalId", "description", "category", "ticketType"}:
            assert told[name] == value


@pytest.mark.parametrize("current", [{"id": "1"}, {"id": "1", "@type": "FaultTicket", "note": [{"text": "hello"}]}])
def test_a_remark_is_of_the_official_shape(current: dict[str, Any]) -> None:
    body = decode(compose_note(current, AddNote("1", "Still dead"), NOW, "v5"))
    assert not faults_of("TMF621", "TroubleTicket_MVO", body)
    assert body["@type"] == current.get("@type", "TroubleTicket"), "a ticket stays of its kind"
    assert [note["text"] for note in body["note"]][-1] == "Still dead"
