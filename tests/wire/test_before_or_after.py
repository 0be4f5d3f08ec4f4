"""Whatever goes wrong while a list is read: what is kept is what was kept before, or all that is there now."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from selfcare.account.pull import pull
from selfcare.domain.failures import ListChanged
from selfcare.domain.topics import Topic
from selfcare.store.vault import Vault
from tests.unit.account.branch import vault_in_memory
from tests.wire.calls import operator_at
from tests.wire.crooked import FAULTS, Asked, Crooked

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
SOME = (
    "lost response", "reset in the body", "slow loris", "length too short", "no length, cut", "gzip cut",
    "body without end", "304 unasked", "206", "401 once", "404", "500", "200 with an error",
    "portal by 200", "a checksum of something else",
)  # fmt: skip


def bills(count: int, day: str) -> list[dict[str, str]]:
    return [
        {"id": f"B{n}", "billNo": f"{n}", "billDate": f"{day}T00:00:00Z", "state": "new"} for n in range(1, count + 1)
    ]


@pytest.fixture
def server() -> Iterator[Crooked]:
    made = Crooked(page=2)
    made.start()
    yield made
    made.stop()


def put(server: Crooked, held: list[dict[str, str]], counts: bool) -> None:
    server.bills = held
    server.more = (b"X-Total-Count: %d" % len(held),) if counts else ()


def shown(vault: Vault) -> str:
    """What is kept of the bills, as one fingerprint."""
    rows = sorted((row.id, bytes(row.body), row.gone) for row in vault.cache.all("customerBill"))
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def bear(server: Crooked, fault: str, only: str, *, counts: bool) -> str:
    """Read; change everything at the operator; read while it goes wrong; read again when all is well.

    `counts`: the server says how many documents its list has. The name of the failure that is told comes back.
    """
    operator = operator_at(server)
    apis = {name: replace(entry, page_size=2) for name, entry in operator.profile.apis.items() if name == "TMF678"}
    operator.profile = profile = replace(operator.profile, apis=apis)
    vault, moment = vault_in_memory(), NOW

    def read() -> str:
        nonlocal moment
        moment += timedelta(hours=7)
        at = moment
        pull(operator, vault, profile, "C1", lambda: at, topics={Topic.BILLS})
        return shown(vault)

    empty = shown(vault)
    put(server, bills(5, "2026-10-01"), counts)
    before = read()
    assert before != empty
    put(server, bills(6, "2026-11-01"), counts)
    server.only, server.fault, server.left = only, fault, FAULTS[fault].times
    found = read()
    assert server.left < FAULTS[fault].times, "it was met"
    told = vault.cache.state("customerBill").failure
    server.left = 0
    after = read()
    assert after not in {before, empty}
    assert found in {before, after}
    operator.wire.close()
    return told


@pytest.mark.parametrize("fault", SOME)
def test_before_or_after(server: Crooked, fault: str) -> None:
    bear(server, fault, "offset=2" if SOME.index(fault) % 2 else "", counts=True)


@pytest.mark.parametrize("fault", ["204", "404"])
@pytest.mark.parametrize("only", ["offset=2", "offset=4"])
def test_a_page_is_missed_though_nothing_is_counted(server: Crooked, fault: str, only: str) -> None:
    assert bear(server, fault, only, counts=False) == "ListBroken"


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("only", "counts"), [("", True), ("", False), ("offset=2", True), ("offset=2", False), ("offset=5", False)]
)
@pytest.mark.parametrize("fault", [name for name in FAULTS if not FAULTS[name].only])
def test_before_or_after_with_every_fault(server: Crooked, fault: str, only: str, counts: bool) -> None:
    bear(server, fault, only, counts=counts)


class Moving(Crooked):
    """An operator at which the oldest bill goes and a new one comes, each time the first page has been read."""

    moves = 1
    whole_pages_alone = False

    def good(self, asked: Asked, *, only_look: bool = False) -> tuple[bytes, bytes]:
        if self.whole_pages_alone:
            asked.path = re.sub(r"offset=(\d+)", lambda at: f"offset={int(at[1]) // self.page * self.page}", asked.path)
        found = super().good(asked, only_look=only_look)
        if "offset=0" in asked.path and self.moves > 0:
            self.moves -= 1
            self.bills = [*self.bills[1:], {**self.bills[-1], "id": f"N{self.moves}", "billNo": f"N{self.moves}"}]
        return found


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize(("moves", "whole_pages_alone"), [(1, False), (2, False), (0, True), (0, False)])
def test_a_list_that_moves_while_it_is_read_is_read_whole_or_not_at_all(
    counts: bool, moves: int, whole_pages_alone: bool
) -> None:
    """69: a bill that moved to a page that was read already would else be taken for one that is gone."""
    server = Moving(page=5)
    server.moves, server.whole_pages_alone = moves, whole_pages_alone
    put(server, bills(10, "2026-10-01"), counts)
    server.start()
    operator = operator_at(server)
    apis = {name: replace(entry, page_size=5) for name, entry in operator.profile.apis.items() if name == "TMF678"}
    operator.profile = replace(operator.profile, apis=apis)
    try:
        found = operator.fetch_list("TMF678", "customerBill", {}).documents
        assert [json.loads(document) for document in found] == server.bills
        assert moves < 2
    except ListChanged:
        assert moves == 2
    finally:
        operator.wire.close()
        server.stop()
