"""A renewal that goes wrong after its token came: the token was used up and the next one is here, so it goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from selfcare.account import signin
from selfcare.account.signin import SignedIn, kept_tokens
from selfcare.api import login
from selfcare.domain.failures import Failure, NotAnAnswer, Offline, ServerTrouble, SignedOut, TimedOut, TooOften
from selfcare.store.vault import Vault, open_vault
from tests.unit.api.test_api_login_guards import ISSUER, OLD, PROFILE, Issuer


class Strict(Issuer):
    """Gives each refresh token once, an ID token beside it, and ends the session of one that comes twice."""

    def __init__(self) -> None:
        super().__init__()
        self.current, self.is_over, self.revoked = "r0", False, list[str]()
        self.trouble: list[Exception | int | dict[str, Any]] = []
        self.instead: list[dict[str, Any]] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        form = dict(parse_qsl(request.read().decode()))
        if request.url.path.endswith("/keys") and self.trouble:
            trouble = self.trouble.pop(0)
            if isinstance(trouble, Exception):
                raise trouble
            return answer(trouble) if isinstance(trouble, dict) else answer({}, trouble)
        if request.url.path.endswith("/revoke"):
            self.revoked.append(form["token"])
        if not request.url.path.endswith("/token"):
            return super().__call__(request)
        self.asked.append("token")
        self.meanwhile()
        if self.is_over or form["refresh_token"] != self.current:
            self.is_over = True
            return answer({"error": "invalid_grant"}, 400)
        number = self.asked.count("token")
        self.current = f"r{number}"
        said = {"access_token": f"a{number}", "token_type": "Bearer", "refresh_token": self.current}
        said |= {"id_token": self.token(), "expires_in": 300}
        said |= self.instead.pop(0) if self.instead else {}
        return answer({name: value for name, value in said.items() if value is not None})


def answer(said: object, status: int = 200) -> httpx.Response:
    head = {"content-type": "application/json"}
    return httpx.Response(status, headers=head, stream=httpx.ByteStream(json.dumps(said).encode()))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Strict:
    server, real = Strict(), login.Wire
    monkeypatch.setattr(login, "Wire", lambda origins: real(origins, transport=httpx.MockTransport(server)))
    return server


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A vault with a session that has to be renewed."""
    vault = open_vault(tmp_path / "v", bytes(32))
    signin.keep_tokens(vault.actions, OLD)
    yield vault
    vault.close()


def keys_of(vault: Vault) -> SignedIn:
    return SignedIn(vault.actions, PROFILE, lambda: datetime.now(UTC))


def renewal_kept(vault: Vault) -> str:
    tokens = kept_tokens(vault.actions)
    assert tokens is not None
    return tokens.refresh


@pytest.mark.parametrize(
    ("trouble", "failure"),
    [
        (503, ServerTrouble), (429, TooOften), (404, NotAnAnswer), (401, NotAnAnswer),
        (httpx.ReadTimeout("x"), TimedOut), (httpx.ConnectError("x"), Offline),
        ({}, NotAnAnswer), ({"error": "maintenance"}, NotAnAnswer), ({"keys": "x"}, NotAnAnswer),
        ({"keys": []}, NotAnAnswer), ({"keys": [{"kty": "oct", "k": "x"}, {"kty": "EC"}, 7]}, NotAnAnswer),
    ],
)  # fmt: skip
@pytest.mark.parametrize("times", [1, 3])
def test_keys_that_cannot_be_fetched_end_no_session(
    vault: Vault, server: Strict, trouble: Any, failure: type[Failure], times: int
) -> None:
    server.trouble = [trouble] * times
    for number in range(1, times + 1):
        with pytest.raises(failure, check=lambda e: e.is_before_sending):
            keys_of(vault).access()
        assert renewal_kept(vault) == f"r{number}"
    assert keys_of(vault).access() == f"a{times + 1}"
    assert (renewal_kept(vault), server.is_over, server.revoked) == (f"r{times + 1}", False, [])


@pytest.mark.parametrize("bad", [{"access_token": "é"}, {"token_type": "DPoP"}, {"access_token": "a" * 20_000}])
@pytest.mark.parametrize("proof", [{}, {"id_token": None}])
def test_an_access_token_of_no_use_ends_no_session(
    vault: Vault, server: Strict, bad: dict[str, Any], proof: dict[str, Any]
) -> None:
    server.instead = [bad | proof, proof]
    with pytest.raises(NotAnAnswer):
        keys_of(vault).access()
    assert renewal_kept(vault) == "r1"
    assert keys_of(vault).access() == "a2"
    assert not server.is_over


def test_the_token_that_nobody_vouched_for_is_never_given_out(vault: Vault, server: Strict) -> None:
    """A token was refused in the middle of a round; so it is renewed, though it is not old."""
    signin.keep_tokens(vault.actions, login.Tokens("a0", "r0", datetime(9000, 1, 1, tzinfo=UTC), "C1", ISSUER))
    keys = keys_of(vault)
    assert keys.access() == "a0"
    server.trouble = [503]
    with pytest.raises(ServerTrouble):
        keys.renew()
    assert keys.renew() == "a2"
    assert keys.access() == "a2"


def test_whom_the_last_renewal_named_must_be_said_by_the_next(vault: Vault, server: Strict) -> None:
    server.trouble, server.instead = [503], [{}, {"id_token": None}]
    with pytest.raises(ServerTrouble):
        keys_of(vault).access()
    with pytest.raises(SignedOut):
        keys_of(vault).access()
    assert kept_tokens(vault.actions) is None
    assert server.revoked == ["r2", "a2"]


def test_a_renewal_whose_proof_is_false_is_ended_at_the_operator_too(vault: Vault, server: Strict) -> None:
    server.instead = [{"id_token": "x.y.z"}]
    with pytest.raises(SignedOut):
        keys_of(vault).access()
    assert kept_tokens(vault.actions) is None
    assert server.revoked == ["r1", "a1"]


def test_of_a_renewal_that_is_called_off_what_the_operator_gave_is_kept(vault: Vault, server: Strict) -> None:
    keys = keys_of(vault)
    server.meanwhile = keys.call_off
    with pytest.raises(Offline):
        keys.access()
    assert (renewal_kept(vault), server.asked) == ("r1", ["openid-configuration", "token"])
    server.meanwhile = lambda: None
    with pytest.raises(Offline):
        keys.access()
    assert keys_of(vault).access() == "a2"
    assert not server.is_over


def test_a_lost_answer_that_nobody_waits_for_is_not_asked_for_again(vault: Vault, server: Strict) -> None:
    keys = keys_of(vault)

    def lost() -> None:
        keys.call_off()
        raise httpx.ReadTimeout("x")

    server.meanwhile = lost
    with pytest.raises(TimedOut):
        keys.access()
    assert (renewal_kept(vault), server.asked.count("token")) == ("r0", 1)


def test_where_all_is_forgotten_nothing_is_renewed(vault: Vault, server: Strict) -> None:
    keys = keys_of(vault)
    keys.call_off(also_changes=True)
    with pytest.raises(Offline):
        keys.access()
    assert server.asked == []


def test_a_proof_of_another_issuer_is_a_false_one(vault: Vault, server: Strict) -> None:
    server.claims = {"iss": "https://other.example"}
    with pytest.raises(SignedOut):
        keys_of(vault).access()
    assert kept_tokens(vault.actions) is None
    assert server.revoked == ["r1", "a1"]


@pytest.mark.parametrize("no_token", [5, ["r1"], {"r": 1}, True])
def test_a_next_token_that_is_none_leaves_the_access_token_of_use(vault: Vault, server: Strict, no_token: Any) -> None:
    """Nothing can be renewed with it, and another try with the one before would be a use twice."""
    server.instead = [{"refresh_token": no_token}]
    assert keys_of(vault).access() == "a1"
    assert keys_of(vault).access() == "a1"
    assert (renewal_kept(vault), server.is_over) == ("r0", False)


def test_who_signs_out_while_the_answer_comes_stays_signed_out(vault: Vault, server: Strict) -> None:
    server.meanwhile = vault.actions.drop_session
    with pytest.raises(SignedOut):
        keys_of(vault).access()
    assert kept_tokens(vault.actions) is None
    assert server.revoked == ["r1"]
