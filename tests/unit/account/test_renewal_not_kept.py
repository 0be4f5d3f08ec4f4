"""A renewal whose answer cannot be written for now: the new token is not lost, and the old one is not used again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.account import signin
from selfcare.account.signin import SignedIn, kept_tokens
from selfcare.domain.failures import DiskTrouble, SignedOut, TimedOut
from selfcare.domain.records import replace
from selfcare.host.turns import own_turn
from selfcare.store.database import Database, open_database
from selfcare.store.vault import Vault
from tests.unit.account.test_renewal_cut_short import PROFILE, Strict, renewal_kept, server, vault
from tests.unit.api.test_api_login_guards import OLD

__all__ = ["server", "vault"]


@pytest.fixture
def other(vault: Vault, server: Strict, tmp_path: Path) -> Iterator[Database]:
    """Another program, which begins to write to the vault just before the operator answers."""
    vault.actions._database._connection.set_busy_timeout(20)
    other = open_database(tmp_path / "v" / "actions.db", bytes(32), "actions")
    server.meanwhile = other.begin
    yield other
    other.roll_back()
    other.close()


@pytest.fixture
def keys(vault: Vault, tmp_path: Path) -> SignedIn:
    return SignedIn(vault.actions, PROFILE, lambda: datetime.now(UTC), tmp_path / "turn")


@pytest.fixture
def unkept(keys: SignedIn, server: Strict, other: Database) -> SignedIn:
    """The operator has used up r0 and given r1, which could not be written."""
    with pytest.raises(DiskTrouble, check=lambda e: e.what == "busy" and e.is_before_sending):
        keys.access()
    server.meanwhile = lambda: None
    return keys


@pytest.mark.parametrize("proof", [{}, {"id_token": None}])
def test_it_is_kept_as_soon_as_the_other_one_lets_go(
    keys: SignedIn, vault: Vault, server: Strict, other: Database, proof: dict[str, None]
) -> None:
    server.instead = [proof]
    with pytest.raises(DiskTrouble):
        keys.access()
    server.meanwhile = lambda: None
    for _ in range(3):
        with pytest.raises(DiskTrouble):
            keys.access()
    assert (renewal_kept(vault), server.asked.count("token")) == ("r0", 1), "nothing is asked before it is kept"
    other.roll_back()
    assert keys.access() == ("a1" if proof else "a2")
    assert (renewal_kept(vault), server.is_over, server.revoked) == ("r1" if proof else "r2", False, [])


def test_a_refused_token_is_not_renewed_with_the_used_one(
    unkept: SignedIn, vault: Vault, server: Strict, other: Database
) -> None:
    with pytest.raises(DiskTrouble):
        unkept.renew()
    other.roll_back()
    assert unkept.renew() == "a2"
    assert not server.is_over


def test_nobody_else_renews_meanwhile(unkept: SignedIn, other: Database, tmp_path: Path) -> None:
    with pytest.raises(TimedOut), own_turn(tmp_path / "turn", longest=0.05):
        pass
    other.roll_back()
    unkept.access()
    with own_turn(tmp_path / "turn", longest=0.05):
        pass


def test_who_signs_out_then_ends_the_newest_session(
    unkept: SignedIn, vault: Vault, server: Strict, other: Database
) -> None:
    other.roll_back()
    unkept.leave()
    assert kept_tokens(vault.actions) is None
    assert server.revoked[0] == "r1"
    with pytest.raises(SignedOut):
        unkept.access()


def test_it_comes_in_nobodys_place(unkept: SignedIn, vault: Vault, server: Strict, other: Database) -> None:
    """The customer signed in anew before it could be kept."""
    other.roll_back()
    anew = replace(OLD, refresh="n0", access="n", expires=datetime(9000, 1, 1, tzinfo=UTC))
    signin.keep_tokens(vault.actions, anew)
    assert unkept.access() == "n"
    assert (renewal_kept(vault), server.revoked[0]) == ("n0", "r1")


def test_signed_out_stays_signed_out(unkept: SignedIn, vault: Vault, server: Strict, other: Database) -> None:
    other.roll_back()
    vault.actions.drop_session()
    with pytest.raises(SignedOut):
        unkept.access()
    assert server.revoked[0] == "r1"
