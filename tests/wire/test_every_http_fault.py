"""Every way in which HTTP goes wrong, against every kind of call: one known thing is told, in time, and all goes on."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from typing import Any

import pytest

from selfcare.api.commands import Receipt
from selfcare.api.operator import Operator
from selfcare.domain.failures import Failure, NotAnAnswer
from selfcare.viewmodel.notices import notice_of
from tests import samples
from tests.wire.calls import CALLS, IN_TIME, operator_at
from tests.wire.crooked import BILL, FAULTS, PDF, Crooked
from tests.wire.told import GOOD, OTHERWISE, TOLD, expected, named

WORDS = samples.words()


@pytest.fixture(scope="module")
def server() -> Iterator[Crooked]:
    running = Crooked()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def operator(server: Crooked) -> Iterator[Operator]:
    server.fault, server.left = "", 0
    server.asked.clear()
    server.effects.clear()
    yield (made := operator_at(server))
    made.wire.close()


def bear(server: Crooked, operator: Operator, fault: str, call: str) -> None:
    """Bear a fault: it is told by its own name or it is none; it ends in time; a writing request was sent once; then
    all is well again."""
    good = CALLS[call](operator)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    server.effects.clear()
    server.posts.clear()
    server.fault, server.left = fault, FAULTS[fault].times
    began = time.monotonic()
    said = outcome(operator, call, good)
    assert said in expected(fault, call), said
    assert time.monotonic() - began < IN_TIME
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024
    server.left = 0
    if said == "Offline":
        assert not server.effects
    assert len(server.posts) <= (2 if fault in REFUSED_TOKEN else 1), "a request is sent once, whatever comes back"
    assert well_again(operator, call) == good
    assert len(server.effects) <= 1


REFUSED_TOKEN = frozenset({"401", "401 once"})
"""By these nothing was done: the request goes out once more with a new token."""


def outcome(operator: Operator, call: str, good: Any) -> str:
    """What a call came to, in the words of the table."""
    try:
        found = CALLS[call](operator)
    except Failure as failure:
        notice = notice_of(failure, WORDS)
        assert notice.sentence
        assert "Because" not in notice.sentence
        return named(failure)
    if found == good:
        return GOOD
    if found == []:
        return "empty"
    if isinstance(found, Receipt):
        return "no number yet" if not found.id else "a receipt"
    return f"taken as good: {found!r}"


def well_again(operator: Operator, call: str) -> Any:
    """A request is never sent again by itself where a kept connection turns out to be closed: the outbox does that."""
    try:
        return CALLS[call](operator)
    except NotAnAnswer as failure:
        if call != "request" or failure.what != "closed":
            raise
        return CALLS[call](operator)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_once(server: Crooked, operator: Operator, fault: str) -> None:
    calls = list(CALLS)
    bear(server, operator, fault, calls[list(FAULTS).index(fault) % len(calls)])


SLOW = frozenset({"hang", "slow loris", "slow upload", "gzip bomb", "interim answers", "body without end"})


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in SLOW])
def test_each_fault_of_a_request(server: Crooked, operator: Operator, fault: str) -> None:
    """What may cost money if it is done twice meets every fault here already."""
    bear(server, operator, fault, "request")


def test_every_fault_has_what_it_is_told_as() -> None:
    assert set(TOLD) == set(FAULTS)
    assert {(fault, call) for fault in OTHERWISE for call in OTHERWISE[fault]} <= {
        (f, c) for f in FAULTS for c in CALLS
    }


@pytest.mark.campaign
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_with_each_call(server: Crooked, operator: Operator, fault: str, call: str) -> None:
    bear(server, operator, fault, call)


def test_the_server_is_right_when_it_is_told_to_be(server: Crooked, operator: Operator) -> None:
    assert CALLS["paper"](operator) == PDF
    assert b'"B1"' in CALLS["list"](operator)[0]
    assert BILL["id"].encode() in CALLS["one"](operator)


def test_no_token_leaves_for_elsewhere(server: Crooked, operator: Operator) -> None:
    for fault in ("302 elsewhere", "308 elsewhere", "portal by 302"):
        for call in CALLS:
            server.fault, server.left = fault, 9
            with pytest.raises(Failure):
                CALLS[call](operator)
    assert all("elsewhere" not in asked.path for asked in server.asked)
