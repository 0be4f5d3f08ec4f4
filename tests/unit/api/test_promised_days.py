"""A promise that an operator writes as a day, or as its midnight, is due at the end of that day."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest

from selfcare.api.tickets import read_problem, read_ticket


def doc(facts: dict[str, object]) -> bytes:
    return json.dumps(facts).encode()


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-11-24", "2026-11-24T22:59:59+00:00"),
        ("2026-11-24T00:00:00Z", "2026-11-24T22:59:59+00:00"),
        ("2026-11-24T00:00:00+01:00", "2026-11-24T22:59:59+00:00"),
        ("2026-11-24T00:00Z", "2026-11-24T22:59:59+00:00"),
        ("2026-11-24T00:00:01+01:00", "2026-11-23T23:00:01+00:00"),
        ("2026-11-24T17:00:00+01:00", "2026-11-24T16:00:00+00:00"),
    ],
)
def test_what_is_promised_for_a_day_is_promised_for_its_end(written: str, due: str) -> None:
    """CV-1: a day lasts until its end, where the operator is."""
    zone = ZoneInfo("Europe/Paris")
    call = {"characteristic": [{"name": "promisedCallback", "value": written}]}
    ticket = read_ticket(doc({"id": "T", "expectedResolutionDate": written} | call), zone)
    problem = read_problem(
        doc({"id": "P", "characteristic": [{"name": "estimatedRestorationDate", "value": written}]}), zone
    )
    for moment in (ticket.promised, ticket.call_by, problem.expected_end):
        assert moment is not None
        assert moment.isoformat() == due
