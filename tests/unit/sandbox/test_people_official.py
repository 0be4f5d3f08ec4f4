"""Every document of every demo customer is valid by the official TM Forum definitions, where those are at hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from selfcare.sandbox.people import PEOPLE, build

ROOT = Path(__file__).resolve().parents[3]
SPECS = ROOT.parent / "shared" / "tmf" / "specs"
OURS = ROOT / "resources" / "api" / "selfcare-operator-api.openapi.json"
NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
SPEC_OF = {
    "customer": "TMF629",
    "individual": "TMF632",
    "organization": "TMF632",
    "billingAccount": "TMF666",
    "customerBill": "TMF678",
    "appliedCustomerBillingRate": "TMF678",
    "payment": "TMF676",
    "document": "TMF667",
    "product": "TMF637",
    "service": "TMF638",
    "agreement": "TMF651",
    "troubleTicket": "TMF621",
    "serviceProblem": "TMF656",
    "partyInteraction": "TMF683",
    "communicationMessage": "TMF681",
    "productOffering": "TMF620",
    "productOrder": "TMF622",
    "cancelProductOrder": "TMF622",
}
WITHOUT_A_FILE = frozenset({"appointment"})
"""TMF646 is not among the official files; what is known of its shape is in our description."""
official = pytest.mark.skipif(not SPECS.is_dir(), reason="the official specifications are not beside this checkout")


def definition(kind: str) -> str:
    return kind[0].upper() + kind[1:]


def as_sent(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: as_sent(part) for name, part in value.items()}
    return [as_sent(part) for part in value] if isinstance(value, list) else value


@cache
def official_validator(kind: str) -> Draft4Validator:
    (path,) = SPECS.glob(f"{SPEC_OF[kind]}-v4*.json")
    definitions = json.loads(path.read_text("utf-8"))["definitions"]
    definitions["Any"] = {}  # a value of any type, which the files' own word "object" does not mean
    return Draft4Validator({"$ref": f"#/definitions/{definition(kind)}", "definitions": definitions})


@cache
def our_validator(kind: str) -> Draft202012Validator:
    described = json.loads(OURS.read_text("utf-8"))
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{definition(kind)}", "components": described["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def problems(validator: Any, documents: list[dict[str, Any]]) -> list[str]:
    return [
        f"{document['id']} {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for document in documents[:120]
        for error in validator.iter_errors(as_sent(document))
    ]


@official
@pytest.mark.parametrize("login", PEOPLE)
def test_documents_are_valid_by_the_official_definitions(login: str) -> None:
    for kind, documents in build(login, 1, NOW, None).resources.items():
        if kind in WITHOUT_A_FILE:
            continue
        assert problems(official_validator(kind), documents) == [], kind


@pytest.mark.parametrize("login", PEOPLE)
def test_documents_are_valid_by_our_description(login: str) -> None:
    for kind, documents in build(login, 1, NOW, None).resources.items():
        assert problems(our_validator(kind), documents) == [], kind


@official
def test_a_wrong_document_is_found() -> None:
    bill = build("nadia", 1, NOW, None).resources["customerBill"][0]
    assert problems(official_validator("customerBill"), [bill | {"billNo": 7}])
    assert problems(our_validator("customerBill"), [bill | {"billNo": 7}])
