"""The page about the answer for machines names every key and every word that is really printed, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest

from selfcare.leaving.answer import Ask
from selfcare.leaving.choices import Route
from selfcare.leaving.country import Caution, CostReason, DutyKind, DutyState, StepKind
from selfcare.leaving.cutover import CutoverStep
from selfcare.leaving.quote import Agreement
from selfcare.leaving.rules import Standing
from selfcare.leaving.way import StepState
from tests.samples import ROOT

PAGE = (ROOT / "resources" / "leave" / "ANSWER.md").read_text("utf-8")
KEYS, WORDS = PAGE.split("\n## Words\n")
MOBILE = 'line = "mobile"\nnumber = "{}"\nconcluded = 2025-01-21\ncommitment_ends = 2027-06-21\nmonthly = 41.99\n'
CASES = (
    ("fr", MOBILE.format("06 39 98 02 31") + 'operator_charge = "83.98"\noperator_charge_day = 2026-11-21\n'),
    ("fr", 'line = "internet"\nkeep_number = false\nmonthly = 20\nconcluded = 2026-11-15\n'),
    ("gb", MOBILE.format("07700900123") + 'handset = "locked"\nunlock_hours = 48\n'),
    ("us", MOBILE.format("2125550123")),
    ("de", 'line = "mobile"\nnotice = "1 month"\nmonthly = 20\n'),
    ("us", 'line = "mobile"\nnumber = "2125550123"\nreason = "safety"\ncontract_lines = 2\n'),
)
SAID: dict[str, type[StrEnum]] = {
    "route": Route,
    "cost.lines[].reason": CostReason,
    "cost.agreement": Agreement,
    "announcements[].kind": DutyKind,
    "announcements[].state": DutyState,
    "steps[].kind": StepKind,
    "steps[].state": StepState,
    "cautions": Caution,
    "safeOrder": CutoverStep,
    "wouldHelp": Ask,
    "rules[].standing": Standing,
}


def paths(value: Any, at: str = "") -> Iterator[str]:
    """The key of every value of a document; amounts and lists of texts are values."""
    if isinstance(value, dict) and set(value) != {"amount", "currency"}:
        for key, inner in value.items():
            yield from paths(inner, f"{at}.{key}" if at else key)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from paths(inner, f"{at}[]")
    if at and not at.endswith("[]"):
        yield f"{at}[]" if isinstance(value, list) and value and isinstance(value[0], dict) else at


def test_every_key_that_is_printed_is_explained_and_no_other(ask) -> None:  # type: ignore[no-untyped-def]
    printed = {path for country, facts in CASES for path in paths(json.loads(ask(facts, country, as_json=True).out))}
    lists = {path.removesuffix("[]") for path in printed if path.endswith("[]")}
    explained = set(re.findall(r"^\| `([^`]+)` \|", KEYS, re.MULTILINE))
    assert printed - lists == explained
    rows = re.findall(r"^\| `[^`]+` \|([^|]+)\|([^|]+)\|$", KEYS, re.MULTILINE)
    assert len(rows) == len(explained)
    assert all(value.strip() and meaning.strip() for value, meaning in rows)


@pytest.mark.parametrize("where", list(SAID))
def test_every_word_that_can_be_printed_is_named(where: str) -> None:
    (row,) = re.findall(rf"^\| `{re.escape(where)}`[^|]*\|([^|]+)\|$", WORDS, re.MULTILINE)
    never = {StepKind.BANK.value} if SAID[where] is StepKind else set()
    assert set(re.findall(r"`([^`]+)`", row)) == {word.value for word in SAID[where]} - never


def test_the_readme_leads_to_the_page() -> None:
    assert "resources/leave/ANSWER.md" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(("country", "facts"), CASES[:5], ids=[f"{c}-{n}" for n, (c, _) in enumerate(CASES[:5])])
def test_without_a_wish_the_day_is_the_planned_one_of_the_way(ask, country: str, facts: str) -> None:  # type: ignore[no-untyped-def]
    found = json.loads(ask(facts, country, as_json=True).out)
    (own,) = (route for route in found["routes"] if route["route"] == found["route"])
    assert (found["day"], found["earliest"]) == (own["planned"], own["earliest"])
    early = json.loads(ask(facts, country, as_json=True, on=own["earliest"]).out)
    assert (early["day"], early["cost"]["high"]) == (own["earliest"], own["high"]), "routes[] count the earliest day"


def test_a_line_that_has_ended_has_its_last_day_and_no_way_out(ask) -> None:  # type: ignore[no-untyped-def]
    found = json.loads(ask(MOBILE.format("07700900123") + "line_ended = 2026-11-14\n", "gb", as_json=True).out)
    assert (found["day"], found["earliest"]) == ("2026-11-14", None)
    assert found["routes"] == found["freeExits"] == found["announcements"] == []
    assert {step["kind"] for step in found["steps"]} == {"cut", "save", "finalBill", "door"}
    assert "UK-SW-01" not in {rule["id"] for rule in found["rules"]}
