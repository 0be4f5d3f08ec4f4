"""Documents come back byte for byte however they were kept, and leave nothing behind when they go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.domain.failures import VaultDamaged
from selfcare.store.blocks import with_bodies
from selfcare.store.cache import Cache
from selfcare.store.database import open_database, settle
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.schema import STEPS, bring_up_to_date
from selfcare.store.vault import Vault, open_vault

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
KEY = bytes(range(32))
KIND = "product"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = open_vault(tmp_path / "vault", KEY)
    yield vault
    vault.close()


def put(vault: Vault, bodies: dict[str, bytes]) -> None:
    vault.cache.replace(KIND, [StoredDocument(KIND, name, body) for name, body in bodies.items()], seen=NOW)


def kept(vault: Vault) -> dict[str, bytes]:
    return {row.id: row.body for row in vault.cache.all(KIND)}


def blocks(vault: Vault) -> int:
    return int(vault.cache._database.value("SELECT count(*) FROM blocks"))


BODIES = st.dictionaries(
    st.text("abc", min_size=1, max_size=3), st.binary(max_size=200) | st.just(b"x" * 70_000), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(rounds=st.lists(BODIES, max_size=4))
def test_whatever_was_read_last_is_there_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[str, bytes]]
) -> None:
    vault = open_vault(tmp_path_factory.mktemp("v") / "vault", KEY)
    for bodies in rounds:
        put(vault, bodies)
        assert kept(vault) == bodies
        assert {row.id: row.body for row in vault.cache.walk(KIND, at_once=3)} == bodies
        assert all(vault.cache.get(KIND, name) == body for name, body in bodies.items())
        used = vault.cache._database.rows(
            "SELECT no, used, (SELECT count(*) FROM documents WHERE block = blocks.no) FROM blocks"
        )
        assert all(said == counted > 0 for _no, said, counted in used), "a block is here as long as it is needed"
        assert sum(counted for _no, _said, counted in used) == len(bodies)
    vault.close()


def test_alike_documents_take_little_room(vault: Vault) -> None:
    bodies = {str(n): b'{"id": "%d", "name": "the same words in each of them"}' % n * 20 for n in range(2000)}
    put(vault, bodies)
    raw = sum(map(len, bodies.values()))
    stored = int(vault.cache._database.value("SELECT sum(length(data)) FROM blocks"))
    assert stored < raw / 8
    put(vault, {"1": b"other"})
    assert blocks(vault) == 1


def test_a_number_of_a_block_never_comes_back(vault: Vault) -> None:
    put(vault, {"a": b"first"})
    first = vault.cache._database.value("SELECT max(no) FROM blocks")
    put(vault, {})
    put(vault, {"a": b"second"})
    assert vault.cache._database.value("SELECT max(no) FROM blocks") > first


def test_documents_of_an_older_file_are_all_there_in_the_newer(tmp_path: Path) -> None:
    old = open_database(tmp_path / "cache", KEY, "cache")
    settle(old)
    for step in STEPS["cache"][:2]:
        old.script(step)
    old.script("PRAGMA user_version=2")
    bodies = {str(n): b"body %d" % n * (n + 1) for n in range(40)}
    for no, (name, body) in enumerate(bodies.items()):
        place = (no + 5) << 32
        old.run(
            "INSERT INTO documents(no, kind, id, scope, hash, parent, number, day, due, amount, rank, unit, state,"
            " line, text) VALUES(?,?,?,'',x'00','','','','','',0,'','','','')",
            place, KIND, name,
        )  # fmt: skip
        old.run("INSERT INTO bodies(no, body) VALUES(?,?)", place, body)
    bring_up_to_date(old)
    old.close()
    again = open_database(tmp_path / "cache", KEY, "cache")
    cache = Cache(again)
    assert {row.id: row.body for row in cache.all(KIND)} == bodies
    cache.replace(KIND, [StoredDocument(KIND, "7", b"new", Columns())], seen=NOW)
    assert [row.body for row in cache.all(KIND)] == [b"new"]
    assert again.value("SELECT count(*) FROM blocks") == 1
    again.close()


def test_a_block_that_cannot_be_unpacked_is_a_damaged_file() -> None:
    with pytest.raises(VaultDamaged):
        list(with_bodies([("id", 1, 0, 3, b"no packing")]))
