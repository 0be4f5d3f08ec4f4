"""A sign-in that came through and could not be kept here: its session is ended at the operator too."""

from __future__ import annotations

from pathlib import Path

import apsw
import httpx
import pytest

from selfcare.account import signin
from selfcare.api import login
from selfcare.domain.failures import DiskTrouble
from selfcare.store.vault import open_vault
from tests.unit.api.test_api_login_guards import OLD, PROFILE, Issuer


@pytest.mark.parametrize("trouble", [DiskTrouble("full"), apsw.BusyError(), KeyboardInterrupt()])
@pytest.mark.parametrize("what", ["keep_owner", "keep_session"])
def test_a_session_that_cannot_be_kept_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, trouble: BaseException
) -> None:
    server, real = Issuer(), login.Wire
    monkeypatch.setattr(login, "Wire", lambda origins: real(origins, transport=httpx.MockTransport(server)))
    monkeypatch.setattr(login, "sign_in", lambda *_args, **_named: OLD)
    vault = open_vault(tmp_path / "v", bytes(32))

    def full(*_facts: object) -> None:
        raise trouble

    monkeypatch.setattr(vault.actions, what, full)
    with pytest.raises(type(trouble)):
        signin.sign_in(vault.actions, PROFILE, lambda url: None, timeout=1, cancelled=lambda: False)
    assert signin.kept_tokens(vault.actions) is None
    assert [form["token"] for form in server.forms] == ["r0", "a0"]
    vault.close()
