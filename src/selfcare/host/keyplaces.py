"""The key stores of the operating systems: which are here, whether they work, and their errors in our words."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from selfcare.domain.failures import NoKeyring, VaultLocked

SERVICE = "Selfcare"
TRIAL = "trial"

_TRIES = 5

T = TypeVar("T")


class Place:
    """One key store of the operating system, with its errors turned into ours."""

    def __init__(self, name: str, ring: Any) -> None:
        self.name = name
        self._ring = ring

    def get(self, account: str) -> str | None:
        """The text kept under the account, or None."""
        text = self._asked(lambda: self._ring.get_password(SERVICE, account))
        return None if text is None else str(text)

    def set(self, account: str, text: str) -> None:
        """Keep the text."""
        self._asked(lambda: self._ring.set_password(SERVICE, account, text))

    def remove(self, account: str) -> None:
        """Forget the text, if there is one."""
        from keyring.errors import PasswordDeleteError

        try:
            self._asked(lambda: self._ring.delete_password(SERVICE, account))
        except PasswordDeleteError:
            if self.get(account) is not None:
                raise VaultLocked() from None

    def _asked(self, call: Callable[[], T]) -> T:
        from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

        try:
            return call()
        except PasswordDeleteError:
            raise
        except (NoKeyringError, InitError):
            raise NoKeyring() from None
        except KeyringLocked:
            raise VaultLocked() from None
        except Exception as trouble:  # the stores throw types of their own: pywintypes, jeepney, secretstorage, dbus
            raise (VaultLocked() if "Locked" in type(trouble).__name__ else NoKeyring()) from None


def prove(place: Place) -> None:
    """Write a trial secret, read it back, delete it. Raises NoKeyring if the store only pretends to keep things.

    All trials have one name: what a kill leaves of one, the next one deletes. So another program of ours that tries
    the same store at the same moment may come between: then once more.
    """
    import secrets

    for _ in range(_TRIES):
        trial = secrets.token_hex(32)
        place.set(TRIAL, trial)
        try:
            found = place.get(TRIAL)
        finally:
            with suppress(VaultLocked):  # another one's may stand there again; a store that is locked says so below
                place.remove(TRIAL)
        if found == trial and place.get(TRIAL) is None:
            return
        time.sleep(0.01 + secrets.randbelow(90) / 1000)
    raise NoKeyring()


def places() -> list[Place]:
    """The key stores of this system that can be reached, best first. Their classes are named here and nowhere else."""
    kinds: list[tuple[str, Any]] = []
    if sys.platform == "win32":
        from keyring.backends import Windows

        kinds = [("Credential Manager", Windows.WinVaultKeyring)]
    elif sys.platform == "darwin":
        from keyring.backends import macOS

        kinds = [("Keychain", macOS.Keyring)]
    else:
        from keyring.backends import SecretService, kwallet

        kinds = [("Secret Service", SecretService.Keyring), ("KWallet", kwallet.DBusKeyring)]
    found = []
    for name, kind in kinds:
        if _is_here(kind):
            found.append(Place(name, _closed(kind)))
    return found


def _is_here(kind: Any) -> bool:
    try:
        return float(kind.priority) > 0
    except Exception:  # RuntimeError by contract, but the message bus throws its own
        return False


def _closed(kind: Any) -> Any:
    """The store, deaf to the KEYRING_PROPERTY_ variables, which could swap its very methods."""
    ring = type("OwnKeyring", (kind,), {"set_properties_from_env": lambda self: None})()
    ring.appid = SERVICE
    if sys.platform == "win32":
        ring.persist = "local machine"  # the library's default roams to the company's server
    return ring
