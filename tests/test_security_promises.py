"""Every promise of SECURITY.md names the tests that prove it, and each of those tests is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINES = (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
ROWS = [line for line in LINES if line.startswith("| ") and not re.match(r"\| (threat|---)", line)]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def names_in(path: Path) -> frozenset[str]:
    """The tests of a file."""
    found = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in found.body if isinstance(node, ast.FunctionDef))


def test_there_are_promises() -> None:
    assert len(ROWS) >= 45


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_each_threat_is_answered_and_each_answer_proven(row: str) -> None:
    threat, answer, proofs = (cell.strip() for cell in row.strip("| ").split(" | "))
    assert threat
    assert answer
    named = NAMED.findall(proofs)
    assert named
    assert NAMED.sub("", proofs).strip() == "", "only tests prove"
    for file, test in named:
        assert test.startswith("test_")
        assert test in names_in(ROOT / file), f"{file} has no {test}"
