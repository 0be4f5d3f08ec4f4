"""Whatever a list does while it is read, and whatever fails meanwhile: here is one state of it, the old or the new."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta

import apsw
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from selfcare.account.pull import pull
from selfcare.api.operator import Page
from selfcare.domain.failures import DiskTrouble, Failure, ListChanged, NotAnAnswer, Offline, ServerTrouble, TimedOut
from selfcare.domain.operator import Honours
from selfcare.domain.topics import Topic
from tests import samples
from tests.durable.test_failing_calls import Counter, Failing
from tests.unit.account.branch import START, vault_in_memory
from tests.unit.account.desks import ScriptedDesk

BILL = "customerBill"
TROUBLES: tuple[Failure, ...] = (
    Offline(), TimedOut(), NotAnAnswer("html"), NotAnAnswer("truncated"), ServerTrouble(500),
)  # fmt: skip
EXAMPLES = settings(
    max_examples=50, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


class Shelf(ScriptedDesk):
    """A list of bills in pages of two. It may fail at a page, or change under the reader's eyes so many times."""

    fails_at: int | None = None
    trouble: Failure = Offline()
    changes: int = 0
    short: bool = False

    def pages(self, api: str, resource: str, params: Mapping[str, str], validator: str = "") -> Iterator[Page]:
        bodies = self.lists.get(resource, [])
        assert isinstance(bodies, list)
        for number, start in enumerate(range(0, len(bodies) or 1, 2)):
            if number == self.fails_at:
                raise self.trouble
            if number == 1 and self.changes:
                self.changes -= 1
                raise ListChanged(resource)
            page = bodies[start : start + 2]
            is_last = start + 2 >= len(bodies)
            yield Page(page, start + len(page), len(bodies), validator='"1"' if is_last else "")


class SyncMachine(RuleBasedStateMachine):
    """The operator's list changes; it is read, well or badly."""

    @initialize()
    def begin(self) -> None:
        self.vault = vault_in_memory()
        self.desk = Shelf()
        self.profile = replace(samples.profile(), honours=Honours(list_etag=False))
        self.now = START
        self.listed: dict[str, int] = {}
        self.version = 0
        self.published: list[dict[str, bytes]] = [{}]
        self.read: dict[str, bytes] = {}
        self.ever: set[str] = set()

    def _bodies(self) -> dict[str, bytes]:
        facts = {"billDate": "2026-10-01T00:00:00Z", "state": "new"}
        return {n: json.dumps({"id": n, "billNo": f"{n}-{v}", **facts}).encode() for n, v in self.listed.items()}

    @rule(name=st.sampled_from("abcdefg"))
    def add_or_change(self, name: str) -> None:
        self.version += 1
        self.listed[name] = self.version

    @rule(name=st.sampled_from("abcdefg"))
    def remove(self, name: str) -> None:
        self.listed.pop(name, None)

    def _pull(self) -> bool:
        self.now += timedelta(hours=6)
        bodies = self._bodies()
        self.desk.lists[BILL] = list(bodies.values())
        self.published.append(bodies)
        pull(self.desk, self.vault, self.profile, "C1", lambda: self.now, topics={Topic.BILLS})
        is_read = self.vault.cache.state(BILL).seen == self.now
        if is_read:
            self.read = bodies
            self.ever |= set(bodies)
        return is_read

    @rule()
    def read_well(self) -> None:
        self.desk.fails_at, self.desk.changes = None, 0
        assert self._pull()

    @rule(page=st.integers(0, 3), trouble=st.sampled_from(TROUBLES))
    def read_badly(self, page: int, trouble: Failure) -> None:
        self.desk.fails_at, self.desk.trouble, self.desk.changes = page, trouble, 0
        self._pull()

    @rule(times=st.integers(1, 3))
    def read_while_it_changes(self, times: int) -> None:
        self.desk.fails_at, self.desk.changes = None, times
        is_read = self._pull()
        if len(self.listed) > 2:
            assert is_read == (times == 1), "read again once, then the old state stays"

    @rule(at=st.integers(1, 25), error=st.sampled_from([apsw.FullError, apsw.IOError, apsw.BusyError]))
    def read_while_the_disk_fails(self, at: int, error: type[Exception]) -> None:
        self.desk.fails_at, self.desk.changes = None, 0
        counter = Counter(self.vault, at, error)
        try:
            self._pull()
        except (Failure, DiskTrouble, apsw.Error):
            assert counter.has_failed
        finally:
            for database in self.vault._databases:
                assert isinstance(database._connection, Failing)
                database._connection = database._connection._real
        rows = {row.id: row.body for row in self.vault.cache.all(BILL) if not row.gone}
        if rows == self._bodies():
            self.read = rows
            self.ever |= set(rows)

    @invariant()
    def one_state_of_the_list_is_here(self) -> None:
        if not hasattr(self, "vault"):
            return
        rows = {row.id: row for row in self.vault.cache.all(BILL)}
        here = {name: row.body for name, row in rows.items() if not row.gone}
        assert here == self.read
        assert here in self.published
        assert set(rows) == self.ever, "what is no longer listed is kept, and marked"

    def teardown(self) -> None:
        if hasattr(self, "vault"):
            self.read_well()
            self.one_state_of_the_list_is_here()


def test_a_list_is_here_whole_or_as_it_was() -> None:
    run_state_machine_as_test(SyncMachine, settings=EXAMPLES)


@pytest.mark.campaign
def test_a_list_is_here_whole_or_as_it_was_for_long() -> None:
    run_state_machine_as_test(SyncMachine, settings=settings(EXAMPLES, max_examples=5_000))
