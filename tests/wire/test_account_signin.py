"""The session with the operator: kept encrypted, renewed once at a time, kept before use, revoked at the end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from selfcare.account.session import Session, open_session
from selfcare.account.signin import SignedIn, kept_tokens, sign_in
from selfcare.api.demo_login import demo_browser
from selfcare.api.login import refresh
from selfcare.api.profile import read_profile
from selfcare.domain.failures import Offline, SignedOut, SignInFailed
from selfcare.domain.topics import Topic
from selfcare.store.vault import Vault, open_vault
from tests.sandbox_process import Sandbox, start_sandbox

KEY = bytes(range(32))
FAR = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def vault(sandbox: Sandbox, tmp_path: Path) -> Iterator[Vault]:
    vault = open_vault(tmp_path / "v", KEY)
    profile = read_profile(sandbox.profile())
    sign_in(vault.actions, profile, demo_browser, timeout=30, cancelled=lambda: False, login_hint="nadia")
    sandbox.reset_log()
    yield vault
    vault.close()


def tokens_asked(sandbox: Sandbox) -> int:
    return sum(int(r["count"]) for r in sandbox.log()["requests"] if r["path"].endswith("/token"))


def test_a_good_session_is_used_as_it_is(vault: Vault, sandbox: Sandbox) -> None:
    keys = SignedIn(vault.actions, read_profile(sandbox.profile()))
    tokens = kept_tokens(vault.actions)
    assert tokens is not None
    assert keys.access() == tokens.access
    assert keys.subject() == tokens.subject
    assert tokens_asked(sandbox) == 0
    assert vault.actions.owner() == (tokens.issuer, tokens.subject)


def test_many_who_meet_a_refused_token_cause_one_renewal(vault: Vault, sandbox: Sandbox) -> None:
    keys = SignedIn(vault.actions, read_profile(sandbox.profile()))
    all_refused = Barrier(8)

    def refused_then_renewed() -> tuple[str, str]:
        refused = keys.access()
        all_refused.wait(20)
        return refused, keys.renew()

    with ThreadPoolExecutor(8) as many:
        found = {task.result() for task in [many.submit(refused_then_renewed) for _ in range(8)]}
    ((refused, fresh),) = found
    assert refused != fresh
    assert tokens_asked(sandbox) == 1


def test_a_session_near_its_end_is_renewed_before_it_is_used(vault: Vault, sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile())
    before = kept_tokens(vault.actions)
    assert before is not None
    keys = SignedIn(vault.actions, profile, lambda: before.expires - timedelta(seconds=30))
    fresh = keys.access()
    after = kept_tokens(vault.actions)
    assert after is not None
    assert (after.access, after.refresh == before.refresh, after.subject) == (fresh, False, before.subject)
    assert fresh != before.access


def test_a_renewal_that_is_refused_ends_the_session(vault: Vault, sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile())
    old = vault.actions.session()
    assert old is not None
    SignedIn(vault.actions, profile, lambda: FAR).access()
    vault.actions.keep_session(old)
    with pytest.raises(SignedOut):
        SignedIn(vault.actions, profile, lambda: FAR).access()
    assert vault.actions.session() is None
    assert vault.actions.owner() is not None


def test_a_renewal_that_finds_nobody_keeps_the_session(tmp_path: Path) -> None:
    with start_sandbox() as sandbox:
        profile = read_profile(sandbox.profile())
        vault = open_vault(tmp_path / "v", KEY)
        sign_in(vault.actions, profile, demo_browser, timeout=30, cancelled=lambda: False, login_hint="nadia")
    kept = vault.actions.session()
    with pytest.raises(Offline):
        SignedIn(vault.actions, profile, lambda: FAR).access()
    assert vault.actions.session() == kept
    vault.close()


def test_leaving_revokes_and_forgets(vault: Vault, sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile())
    old = vault.actions.session()
    assert old is not None
    keys = SignedIn(vault.actions, profile)
    keys.leave()
    assert vault.actions.session() is None
    with pytest.raises(SignedOut):
        keys.access()
    vault.actions.keep_session(old)
    with pytest.raises(SignedOut):
        SignedIn(vault.actions, profile, lambda: FAR).access()


def test_a_sign_in_ends_the_session_in_whose_place_it_comes(vault: Vault, sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile())
    before = kept_tokens(vault.actions)
    assert before is not None

    def browser(url: str) -> None:
        with pytest.raises(SignedOut):
            refresh(profile, before)
        assert kept_tokens(vault.actions) is None, "it is over before there is another one"
        demo_browser(url)

    sign_in(vault.actions, profile, browser, timeout=30, cancelled=lambda: False, login_hint="nadia")
    after = kept_tokens(vault.actions)
    assert after is not None
    assert after.refresh != before.refresh
    assert refresh(profile, after).access


def test_a_sign_in_that_nobody_reaches_ends_no_session(tmp_path: Path) -> None:
    with start_sandbox() as sandbox:
        profile = read_profile(sandbox.profile())
        vault = open_vault(tmp_path / "v", KEY)
        sign_in(vault.actions, profile, demo_browser, timeout=30, cancelled=lambda: False, login_hint="nadia")
    kept = vault.actions.session()
    with pytest.raises(Offline):
        sign_in(vault.actions, profile, demo_browser, timeout=30, cancelled=lambda: False, login_hint="nadia")
    assert vault.actions.session() == kept
    vault.close()


def test_a_sign_in_that_nobody_finishes_changes_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    session: Session = open_session(tmp_path / "v", KEY, read_profile(sandbox.profile()), now=lambda: datetime.now(UTC))
    with pytest.raises(SignInFailed) as caught:
        session.sign_in(lambda url: None, timeout=0.3)
    assert caught.value.why == "timeout"
    assert not session.is_signed_in
    assert not session.has_owner
    session.close()


def test_a_token_refused_in_the_middle_of_a_round_is_renewed_once(sandbox: Sandbox, tmp_path: Path) -> None:
    session = open_session(tmp_path / "v", KEY, read_profile(sandbox.profile()), now=lambda: datetime.now(UTC))
    session.sign_in(demo_browser, login_hint="nadia")
    sandbox.reset_log()
    sandbox.expire_tokens()
    session.round(topics={Topic.CUSTOMER, Topic.ACCOUNTS, Topic.TICKETS})
    assert session.trouble is None
    assert tokens_asked(sandbox) == 1
    assert [session.is_signed_in, session.has_owner] == [True, True]
    session.close()
