"""Steps that a customer's accounts go through in a desktop session with a real key store; started by tests."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from selfcare.account.session import Session
from selfcare.app import accounts
from selfcare.domain.failures import Failure
from selfcare.host import keychain
from selfcare.host.folders import private_dir
from selfcare.host.keyplaces import SERVICE
from selfcare.host.settings import AccountEntry
from selfcare.store.vault import open_vault

PROFILE = {
    "id": "orvane-gb", "name": "Orvane Mobile", "country": "GB", "timezone": "Europe/London", "currency": "GBP",
    "auth": {"issuer": "https://id.example.net", "clientId": "desk"}, "apis": {},
}  # fmt: skip


def entry_of(account: str) -> AccountEntry:
    """An account whose key is in the key store."""
    return AccountEntry(account, "orvane-gb", "profile.json", "Orvane Mobile", "keyring")


def opened(home: Path, account: str, timeout: float) -> Session:
    """Open it as the program does, but with the given patience."""
    real = keychain.system_keychain
    keychain.system_keychain = lambda _timeout=30.0: real(timeout)
    try:
        return accounts.open_account(home, entry_of(account), lambda: datetime.now(UTC))
    finally:
        keychain.system_keychain = real


def step(home: Path, verb: str, account: str, rest: str, timeout: float) -> object:
    """One step; what there is to say of it."""
    vault = home / "accounts" / account / "vault"
    keys = keychain.system_keychain(timeout) if verb in {"lose", "swap", "items"} else None
    match verb:
        case "write":
            accounts.keep_profile(home, entry_of(account), json.dumps(PROFILE).encode())
            session = opened(home, account, timeout)
            session.save_draft("letter", rest.encode())
            session.close()
        case "read":
            session = opened(home, account, timeout)
            found = session.draft("letter")
            session.close()
            return (found or b"").decode()
        case "forget":
            accounts.forget_account(home, entry_of(account))
        case "lose":
            assert keys is not None
            keys.delete(account)
        case "swap":
            assert keys is not None
            keys.write(account, bytes(range(32)))
        case "newer":
            key = keychain.system_keychain(timeout).read(account)
            assert key is not None
            there = open_vault(vault, key)
            there._databases[0].script("PRAGMA user_version=999")
            there.close()
        case "items":
            return items()
        case "files":
            return len([one for one in (home / "accounts").rglob("*") if one.is_file()])
    return None


def items() -> list[str]:
    """The names under which the key store keeps anything of ours."""
    import secretstorage

    bus = secretstorage.dbus_init()
    names = [
        item.get_attributes().get("username", "")
        for collection in secretstorage.get_all_collections(bus)
        for item in collection.search_items({"service": SERVICE})
    ]
    bus.close()
    return sorted(set(names))


def main(home: Path, timeout: float, steps: list[str]) -> None:
    """Every step in order, what each says after "> "."""
    for one in steps:
        verb, _, what = one.partition(":")
        account, _, rest = what.partition("=")
        try:
            said = step(private_dir(home), verb, account, rest, timeout)
        except Failure as failure:
            said = type(failure).__name__
        if said is not None:
            sys.stdout.write(f"> {said}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
