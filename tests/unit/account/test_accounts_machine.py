"""Two accounts on one computer, opened, signed out, forgotten, tried with the wrong key: nothing is mixed up."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from selfcare.account.session import Session, open_session
from selfcare.domain.commands import OpenTicket
from selfcare.domain.failures import VaultDamaged, VaultWrongKey
from selfcare.store.vault import destroy_vault, has_vault, open_vault
from tests import samples

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
NAMES = ("anna", "ben")
EXAMPLES = settings(
    max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


class AccountsMachine(RuleBasedStateMachine):
    """Each account has a key and a canary of its own; the model knows what was asked for in each."""

    @initialize()
    def begin(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.home = Path(self._folder.name)
        self.keys = {name: bytes([place]) * 32 for place, name in enumerate(NAMES, 1)}
        self.asked: dict[str, list[str]] = {name: [] for name in NAMES}
        self.signed_in: set[str] = set()
        self.opened: tuple[str, Session] | None = None
        self.clicks = 0

    def _open(self, name: str) -> Session:
        if self.opened is not None and self.opened[0] == name:
            return self.opened[1]
        self._close()
        session = open_session(self.home / name, self.keys[name], samples.profile(), now=lambda: NOW)
        self.opened = (name, session)
        return session

    def _close(self) -> None:
        if self.opened is not None:
            self.opened[1].close()
            self.opened = None

    @rule(name=st.sampled_from(NAMES))
    def sign_in(self, name: str) -> None:
        session = self._open(name)
        actions = session._vault().actions
        actions.keep_owner(samples.profile().issuer, name)
        actions.keep_session(f"token of {name}".encode())
        self.signed_in.add(name)

    @rule(name=st.sampled_from(NAMES))
    def ask(self, name: str) -> None:
        session = self._open(name)
        if not session.has_owner:
            return
        self.clicks += 1
        session.submit(OpenTicket(f"canary of {name} {self.clicks}", "", "Incident"), f"click-{self.clicks}")
        self.asked[name].append(f"canary of {name} {self.clicks}")

    @rule(name=st.sampled_from(NAMES))
    def sign_out(self, name: str) -> None:
        self._open(name)._vault().actions.drop_session()
        self.signed_in.discard(name)

    @rule(name=st.sampled_from(NAMES))
    def forget(self, name: str) -> None:
        self._close()
        destroy_vault(self.home / name)
        assert not (self.home / name).exists()
        self.asked[name].clear()
        self.signed_in.discard(name)

    @rule(name=st.sampled_from(NAMES))
    def try_the_others_key(self, name: str) -> None:
        self._close()
        if not has_vault(self.home / name):
            return
        before = {path.name: path.read_bytes() for path in (self.home / name).iterdir()}
        other = self.keys[NAMES[1 - NAMES.index(name)]]
        with pytest.raises((VaultWrongKey, VaultDamaged)):
            open_vault(self.home / name, other)
        assert {path.name: path.read_bytes() for path in (self.home / name).iterdir()} == before

    @rule()
    def start_again(self) -> None:
        self._close()

    @rule(name=st.sampled_from(NAMES))
    def look(self, name: str) -> None:
        session = self._open(name)
        shown = [w.command.title for w in reversed(session.reader.waiting()) if isinstance(w.command, OpenTicket)]
        assert shown == self.asked[name]
        assert session.is_signed_in == (name in self.signed_in)

    @invariant()
    def nothing_is_in_the_clear(self) -> None:
        if not hasattr(self, "home"):
            return
        for path in self.home.rglob("*"):
            held = path.read_bytes() if path.is_file() else b""
            assert b"canary" not in held
            assert b"token of" not in held

    def teardown(self) -> None:
        if hasattr(self, "home"):
            for name in NAMES:
                self.look(name)
            self._close()
            self._folder.cleanup()


def test_two_accounts_never_mix() -> None:
    run_state_machine_as_test(AccountsMachine, settings=EXAMPLES)


@pytest.mark.campaign
@pytest.mark.parametrize("number", range(20))
def test_two_accounts_never_mix_for_long(number: int) -> None:
    machine = seed(number)(type("Seeded", (AccountsMachine,), {}))
    run_state_machine_as_test(machine, settings=settings(EXAMPLES, max_examples=50, database=None))
