"""None of the seventy-two faults of HTTP is left out: each is a row of a table of faults, or has a test by its name."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.wire.crooked import FAULTS
from tests.wire.network import WAYS

ROOT = Path(__file__).resolve().parents[2]
NETWORK = "tests/wire/test_every_network_fault.py"
ELSEWHERE = {
    52: "tests/wire/test_account_outbox.py::test_a_stored_error_is_not_repeated_for_ever",
    66: f"{NETWORK}::test_a_company_that_looks_into_tls_works_where_this_computer_trusts_it",
    69: "tests/wire/test_account_sync.py::test_a_list_that_changes_while_it_is_read_is_read_again",
    70: f"{NETWORK}::test_an_answer_whose_tag_cannot_be_believed_is_not_asked_for_by_it",
    72: "tests/wire/test_session_renewal.py::test_threads_of_several_processes_never_use_a_refresh_token_twice",
}


def test_all_seventy_two() -> None:
    rows = {fault.number for fault in FAULTS.values()} | {way.number for way in WAYS.values()}
    assert sorted(rows | set(ELSEWHERE)) == list(range(1, 73))


def test_those_elsewhere_are_there() -> None:
    for name in ELSEWHERE.values():
        file, _, test = name.partition("::")
        found = ast.parse((ROOT / file).read_text("utf-8"))
        assert test in {node.name for node in found.body if isinstance(node, ast.FunctionDef)}, name
