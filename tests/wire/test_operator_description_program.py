"""The published description names exactly what the program asks: no request more, no request less."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from selfcare.api.catalogue import ONE_BY_ONE, RESOURCES, SubjectIds
from selfcare.api.commands import request_for
from selfcare.api.profile import read_profile
from selfcare.domain.commands import (
    COMMANDS,
    AddNote,
    Command,
    DropOption,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.money import Money
from selfcare.domain.tickets import EntityRef
from tests.sandbox_process import Sandbox

OURS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "resources" / "api" / "selfcare-operator-api.openapi.json").read_text(
        "utf-8"
    )
)
NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
ASKED: tuple[Command, ...] = (
    OpenTicket("No dial tone", "Dead since noon.", "Incident", "Critical", (EntityRef("Product", "PR1", "affected"),)),
    AddNote("T4471-1", "Still dead."),
    RequestCode("PR4471-1", "+447700900123", "PAC"),
    RequestUnlock("PR4471-4", "356938035643809", "PR4471-1", "It should not have been sold locked."),
    GiveNotice("PR4471-1", "AG4471-1", date(2026, 12, 24), "Moving", None, Money(Decimal(0), "GBP")),
    WithdrawNotice("O4471-101", "Changed my mind"),
    DropOption("PR4471-2", "PR4471-1", "Data pass"),
    OrderOption("PR4471-1", "PO-1", "Data", Money(Decimal(5), "GBP"), "month", Money(Decimal(1), "GBP"), 12, "Bound."),
    SendContact("N-1", "phone", True, NOW, NOW, "Level 2 was told.", (EntityRef("TroubleTicket", "T4471-1"),)),
)


def described(method: str) -> dict[str, dict[str, Any]]:
    """The operations of a method, by resource; those on one document end with "/{id}"."""
    found = {}
    for path, item in OURS["paths"].items():
        if method in item:
            parts = path.split("/")
            found[parts[-2] + "/{id}" if parts[-1] == "{id}" else parts[-1]] = item[method]
    return found


def test_every_kind_of_wish_is_tried_here() -> None:
    assert {type(command) for command in ASKED} == set(COMMANDS)


@pytest.mark.parametrize("command", ASKED, ids=lambda command: str(command.kind))
def test_what_is_sent_keeps_to_the_description(sandbox: Sandbox, command: Command) -> None:
    profile = read_profile(sandbox.profile())
    action = request_for(command, profile, "care-1", SubjectIds("C4471", "P4471", "A4471", ("A4471",)), NOW)
    resource, _, ident = action.path.partition("/")
    asked = described(action.method.lower())[resource + ("/{id}" if ident else "")]
    schema = asked["requestBody"]["content"]["application/json"]["schema"]
    checker = Draft202012Validator(
        {**schema, "components": OURS["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in checker.iter_errors(json.loads(action.body))] == []


def test_what_is_read_is_described_and_nothing_else() -> None:
    lists = {resource.kind for resource in RESOURCES if resource.listed} | {"cancelProductOrder"}
    assert described("get").keys() == lists | {f"{kind}/{{id}}" for kind in ONE_BY_ONE}
    assert described("post").keys() == {"troubleTicket", "productOrder", "cancelProductOrder", "partyInteraction"}
    assert described("patch").keys() == {"troubleTicket/{id}"}


def test_owner_filters_of_the_demo_operator_are_described(sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile())
    for resource in RESOURCES:
        entry = profile.apis[resource.api]
        assert entry is not None
        if resource.listed and entry.owner_param:
            names = {part.get("name") for part in described("get")[resource.kind]["parameters"]}
            assert (resource.owner[0] or entry.owner_param) in names, resource.kind
