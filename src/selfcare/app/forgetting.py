"""Forgetting an account for good: marked on the disk first, so that it holds however the program ends meanwhile."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.account.parting import Parting, PartingTime, tell_all
from selfcare.account.session import Session
from selfcare.app.accounts import account_folder, forget_key, mark_path, marked, take_session, unmark
from selfcare.app.patience import keep_no_others
from selfcare.domain.failures import DiskTrouble, Failure, NoKeyring, VaultLocked
from selfcare.domain.records import replace
from selfcare.host.folders import private_dir
from selfcare.host.settings import (
    AccountEntry,
    Settings,
    forget_put_aside,
    is_any_put_aside,
    save_entry,
    save_settings,
    without_account,
)
from selfcare.store.vault import destroy_vault

if TYPE_CHECKING:
    from selfcare.ui.desk import Desk

log = logging.getLogger(__name__)

PROXY, DEMO_PROXY = AccountEntry("proxy", ""), AccountEntry("proxy-demo", "")
"""The password of a proxy is forgotten like an account without files, after the last one. The demo has its own."""


class Forgetting:
    """One account on its way out: `begin`, once both lanes are done with it `finish`, then `unmark`, all three on the
    store lane; `tell_before`, asked for first, and `tell_operator` on the sync lane. A start finds the mark and does
    what is left of it. It cannot end the session of an account of a passphrase: that is done before the mark, as far
    as the operator answers soon.

    `settings` are the choices as they stand, and `choices` their file: with the last account goes what stands beside
    the accounts.
    """

    def __init__(
        self,
        home: Path,
        entry: AccountEntry,
        session: Session | None,
        settings: Settings,
        choices: Path,
        time: PartingTime | None = None,
    ) -> None:
        self._home, self._choices = home, choices
        self._entries: tuple[AccountEntry, ...] = (entry,)
        self._is_last = not without_account(settings, entry.id).accounts
        self._has_password = bool(settings.proxy_user) or entry.key_place == "keyring"
        self._parting, self._is_closed = Parting(session, time), session is None
        self._ends_first = session is not None and entry.key_place == "passphrase"

    def tell_before(self) -> None:
        """Revoke the session of an account whose key nobody has after this."""
        if self._ends_first:
            self._parting.tell_before()

    def begin(self) -> None:
        """The mark, the session with the operator, the key. What does not go now goes in `finish`."""
        if self._ends_first:
            self._parting.await_told()
        if self._is_last:
            asks = self._has_password or is_any_put_aside(self._choices)  # a damaged file may have known of one
            self._entries += (replace(proxy_of(self._choices), key_place="keyring" if asks else "memory"),)
        for entry in self._entries:
            with contextlib.suppress(DiskTrouble):
                mark(self._home, entry)
        try:
            with contextlib.suppress(NoKeyring, VaultLocked):
                self._take_closed()
                for entry in self._entries:
                    forget_key(entry)
        finally:
            with contextlib.suppress(Failure):
                self._parting.forget()

    def _take_closed(self) -> None:
        """Where the account is closed and its key is to be had unasked, its session ends all the same."""
        if self._is_closed:
            _take(self._home, self._entries[0], self._parting)

    def tell_operator(self) -> None:
        """Revoke the session, once nothing is left here to use it."""
        self._parting.tell_operator()

    def finish(self) -> None:
        """The files, and the key where it could not be reached before. Raises as `finish` does."""
        for entry in self._entries:
            finish(self._home, entry, self._choices)
        keep_no_others(self._home)

    def unmark(self) -> None:
        """Nothing is left of it, and nothing names it any more."""
        for entry in self._entries:
            unmark(self._home, entry)


def _take(home: Path, entry: AccountEntry, parting: Parting) -> None:
    """The session of an account that is closed, where it can be read. Raises NoKeyring, VaultLocked."""
    try:
        found = take_session(home, entry)
    except (NoKeyring, VaultLocked):
        raise
    except Failure:  # nobody here can read it
        return
    except Exception as trouble:  # whatever it is, the key and the files go
        log.warning("the session of a closed account could not be read: %s", type(trouble).__name__)
    else:
        if found is not None:
            parting.take(*found)


def end_unkept(desk: Desk, session: Session | None, entry: AccountEntry | None, time: PartingTime) -> None:
    """Of an account that nothing is kept of, the session ends with it at the operator: nobody could end it later.

    Before its files are closed, on the screen's thread.
    """
    if session is not None and entry is not None and entry.key_place == "memory":
        parting = Parting(session, time)
        desk.store.run(parting.forget, promised=True)
        desk.sync.run(parting.tell_operator, promised=True)


def proxy_of(choices: Path) -> AccountEntry:
    """What stands for the proxy's password that belongs to a file of choices."""
    return DEMO_PROXY if choices.stem == "demo" else PROXY


def mark(home: Path, entry: AccountEntry) -> None:
    """Note on the disk that an account is to be forgotten. Raises DiskTrouble."""
    path = mark_path(home, entry.id)
    private_dir(path.parent)
    save_entry(path, replace(entry, salt_hex=""))


def let_go(home: Path, entry: AccountEntry) -> None:
    """Forget an account that came to nothing, marked until nothing of it is left. For the store lane.

    Raises DiskTrouble; NoKeyring, VaultLocked where the key is still there.
    """
    with contextlib.suppress(DiskTrouble):
        mark(home, entry)
    finish(home, entry)
    unmark(home, entry)
    keep_no_others(home)


def finish(home: Path, entry: AccountEntry, choices: Path | None = None) -> None:
    """The key, then the files; these also where the key store cannot be reached: without them the key opens nothing.
    Of what goes with the last account, the choices that were put aside because they were damaged.

    Raises DiskTrouble; NoKeyring, VaultLocked where the key is still there.
    """
    if _is_proxy(entry):
        if choices is not None:
            forget_put_aside(choices)
        with contextlib.suppress(NoKeyring):  # the account that went before it had none either
            forget_key(entry)
        return
    try:
        forget_key(entry)
    finally:
        destroy_vault(account_folder(home, entry))


def without_marked(settings: Settings, entries: Iterable[AccountEntry]) -> Settings:
    """The choices without the accounts that are to be forgotten (`accounts.marked`)."""
    for entry in entries:
        settings = without_account(settings, entry.id)
        if _is_proxy(entry):
            settings = without_password(settings)
    return settings


def without_password(settings: Settings) -> Settings:
    """The choices without a proxy, where it has a password."""
    if not settings.proxy_user:
        return settings
    return replace(settings, proxy="none", proxy_address="", proxy_user="")


def finish_marked(
    home: Path, entries: Collection[AccountEntry], settings: Settings, path: Path, time: PartingTime | None = None
) -> tuple[Parting, ...]:
    """Do what is left of forgetting these accounts; `settings` are the choices without them. For the store lane.
    Of each session that was still in their files, what is left to do: telling its operator, on the sync lane.

    One whose key or files cannot be removed now keeps its mark, for the next start. A file of the choices that is not
    there is not made: whoever finds the accounts again looks for that.
    """
    is_held_up, partings = False, []
    for entry in sorted(entries, key=_is_proxy):
        if is_held_up and _is_proxy(entry):
            continue
        partings.append(Parting(None, time))
        with contextlib.suppress(NoKeyring, VaultLocked):
            _take(home, entry, partings[-1])
        partings[-1].forget()
        try:
            finish(home, entry, path)
            if path.exists():
                save_settings(path, settings)
            unmark(home, entry)
        except (DiskTrouble, NoKeyring, VaultLocked) as trouble:
            is_held_up = True
            log.error("an account that is to be forgotten is not gone yet: %s", type(trouble).__name__)
    if entries:
        keep_no_others(home)
    return tuple(partings)


def finish_soon(
    desk: Desk, home: Path, entries: Collection[AccountEntry], settings: Settings, path: Path, time: PartingTime
) -> None:
    """What was to be forgotten when the program last ended is forgotten now, and its operators are told."""

    def tell(partings: tuple[Parting, ...]) -> None:
        desk.sync.run(lambda: tell_all(partings), promised=True)

    if entries:
        desk.store.ask(desk, lambda: finish_marked(home, entries, settings, path, time), tell)


def finish_last(home: Path, settings: Settings, path: Path, time: PartingTime) -> None:
    """The window is closed: what is marked is forgotten, and its operators are told at once. For the store lane."""
    left = marked(home)
    tell_all(finish_marked(home, left, without_marked(settings, left), path, time))


def _is_proxy(entry: AccountEntry) -> bool:
    return entry.id in (PROXY.id, DEMO_PROXY.id)
