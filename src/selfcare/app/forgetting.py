"""Forgetting an account for good: marked on the disk first, so that it holds however the program ends meanwhile."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from pathlib import Path

from selfcare.account.parting import Parting
from selfcare.account.session import Session
from selfcare.app.accounts import account_folder, forget_key, mark_path
from selfcare.domain.failures import DiskTrouble, Failure, NoKeyring, VaultLocked
from selfcare.domain.records import replace
from selfcare.host.folders import disk_trouble, private_dir
from selfcare.host.settings import AccountEntry, Settings, save_entry, save_settings, without_account
from selfcare.store.vault import destroy_vault

log = logging.getLogger(__name__)


class Forgetting:
    """One account on its way out: `begin`, once both lanes are done with it `finish`, then `unmark`, all three on the
    store lane; `tell_operator` on the sync lane. A start finds the mark and does what is left of it."""

    def __init__(self, home: Path, entry: AccountEntry, session: Session | None) -> None:
        self._home, self._entry = home, entry
        self._parting = Parting(session)

    def begin(self) -> None:
        """The mark, the session with the operator, the key. What does not go now goes in `finish`."""
        with contextlib.suppress(DiskTrouble):
            mark(self._home, self._entry)
        try:
            with contextlib.suppress(NoKeyring, VaultLocked):
                forget_key(self._entry)
        finally:
            with contextlib.suppress(Failure):
                self._parting.forget()

    def tell_operator(self) -> None:
        """Revoke the session, once nothing is left here to use it."""
        self._parting.tell_operator()

    def finish(self) -> None:
        """The files, and the key where it could not be reached before. Raises as `finish` does."""
        finish(self._home, self._entry)

    def unmark(self) -> None:
        """Nothing is left of it, and nothing names it any more."""
        unmark(self._home, self._entry)


def mark(home: Path, entry: AccountEntry) -> None:
    """Note on the disk that an account is to be forgotten. Raises DiskTrouble."""
    path = mark_path(home, entry.id)
    private_dir(path.parent)
    save_entry(path, replace(entry, salt_hex=""))


def unmark(home: Path, entry: AccountEntry) -> None:
    """Remove the mark. Raises DiskTrouble."""
    try:
        mark_path(home, entry.id).unlink(missing_ok=True)
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble


def let_go(home: Path, entry: AccountEntry) -> None:
    """Forget an account that came to nothing, marked until nothing of it is left. For the store lane.

    Raises DiskTrouble; NoKeyring, VaultLocked where the key is still there.
    """
    with contextlib.suppress(DiskTrouble):
        mark(home, entry)
    finish(home, entry)
    unmark(home, entry)


def finish(home: Path, entry: AccountEntry) -> None:
    """The key, then the files; these also where the key store cannot be reached: without them the key opens nothing.

    Raises DiskTrouble; NoKeyring, VaultLocked where the key is still there.
    """
    try:
        forget_key(entry)
    finally:
        destroy_vault(account_folder(home, entry))


def without_marked(settings: Settings, entries: Iterable[AccountEntry]) -> Settings:
    """The choices without the accounts that are to be forgotten (`accounts.marked`)."""
    for entry in entries:
        settings = without_account(settings, entry.id)
    return settings


def finish_marked(home: Path, entries: Iterable[AccountEntry], settings: Settings, path: Path) -> None:
    """Do what is left of forgetting these accounts; `settings` are the choices without them. For the store lane.

    One whose key or files cannot be removed now keeps its mark, for the next start. A file of the choices that is not
    there is not made: whoever finds the accounts again looks for that.
    """
    for entry in entries:
        try:
            finish(home, entry)
            if path.exists():
                save_settings(path, settings)
            unmark(home, entry)
        except (DiskTrouble, NoKeyring, VaultLocked) as trouble:
            log.error("an account that is to be forgotten is not gone yet: %s", type(trouble).__name__)
