"""The first call to the database fails, then the second, and so on: afterwards all is as if nothing had happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import apsw
import pytest

from selfcare.domain.failures import DiskTrouble, VaultDamaged
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.vault import Vault
from tests.unit.account.branch import FULL, KINDS, Branch, vault_in_memory

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CODES = {
    "io": apsw.IOError, "full": apsw.FullError, "busy": apsw.BusyError, "locked": apsw.LockedError,
    "corrupt": apsw.CorruptError, "memory": apsw.NoMemError, "readonly": apsw.ReadOnlyError,
}  # fmt: skip


class Failing:
    """A connection of which one call fails; everything else is the real one."""

    def __init__(self, real: Any, counter: Counter) -> None:
        self._real, self._counter = real, counter

    def execute(self, *facts: Any) -> Any:
        if not str(facts[0]).startswith("ROLLBACK"):
            self._counter.count()
        return self._real.execute(*facts)

    def executemany(self, *facts: Any) -> Any:
        self._counter.count()
        return self._real.executemany(*facts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class Counter:
    """Counts the calls of all files of a vault; the `at`-th fails with `error`."""

    def __init__(self, vault: Vault, at: int, error: type[Exception]) -> None:
        self.at, self.error, self.calls, self.has_failed = at, error, 0, False
        for database in vault._databases:
            database._connection = Failing(database._connection, self)

    def count(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            self.has_failed = True
            raise self.error("by the trial")


def at_each_call(work: Callable[[Vault, int], bool]) -> int:
    """Do the work again and again, each time with the next call failing, until none does; how many there were."""
    at = 1
    while work(vault_in_memory(), at):
        at += 1
    return at - 1


THOROUGH = ("ticket", "note", "cancellation")
TRIED = [(kind, code) for kind in THOROUGH for code in CODES] + [
    (kind, list(CODES)[n % len(CODES)]) for n, kind in enumerate(KINDS) if kind not in THOROUGH
]
"""Three kinds with every code, and each of the others with one: they are kept in the same rows."""


@pytest.mark.parametrize(("kind", "code"), TRIED)
def test_a_request_comes_through_once(kind: str, code: str) -> None:
    def one(vault: Vault, at: int) -> bool:
        branch = Branch(FULL, vault)
        counter = Counter(vault, at, CODES[code])
        items = []
        for _ in range(5):
            try:
                items.append(branch.ask(kind))
                branch.push()
            except (DiskTrouble, VaultDamaged, apsw.Error):
                assert counter.has_failed
            branch.later(minutes=61)
        counter.at = 0
        item = items[-1]
        assert {one.id for one in items} == {action.id for action in vault.actions.all()}
        assert len(branch.effects(item)) == 1
        assert branch.kept(item).state in {"done", "accepted"}
        return counter.has_failed

    assert at_each_call(one) > 15


@pytest.mark.parametrize("code", CODES)
def test_a_reading_is_the_old_one_or_the_new(code: str) -> None:
    facts = [Columns(number=f"N{n}", day="2026-10-01", amount="1.00") for n in range(50)]
    old = [StoredDocument("customerBill", str(n), b"old %d" % n, facts[n]) for n in range(30)]
    new = [StoredDocument("customerBill", str(n), b"new %d" % n, facts[n]) for n in range(10, 50)]

    def one(vault: Vault, at: int) -> bool:
        cache = vault.cache
        cache.replace("customerBill", old, seen=NOW, validator="old", keep_missing=True)
        before = cache.all("customerBill"), cache.state("customerBill").validator
        counter = Counter(vault, at, CODES[code])
        try:
            cache.replace("customerBill", new, seen=NOW, validator="new", keep_missing=True)
        except (DiskTrouble, VaultDamaged, apsw.Error):
            counter.at = 0
            assert (cache.all("customerBill"), cache.state("customerBill").validator) == before
        counter.at = 0
        cache.replace("customerBill", new, seen=NOW, validator="new", keep_missing=True)
        rows = {row.id: (row.body, row.gone) for row in cache.all("customerBill")}
        assert rows == {str(n): (b"new %d" % n if n >= 10 else b"old %d" % n, n < 10) for n in range(50)}
        assert cache.state("customerBill").validator == "new"
        return counter.has_failed

    assert at_each_call(one) > 10
