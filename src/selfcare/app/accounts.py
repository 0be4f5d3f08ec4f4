"""Opens the customer's accounts: which folder, which key, which operator profile."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from selfcare.account.session import Session
from selfcare.api.profile import LARGEST_PROFILE
from selfcare.app.vouching import is_vouched_without_requests, parsed, restore_profile, text_in, vouched
from selfcare.domain.failures import (
    DiskTrouble,
    Failure,
    NoKeyring,
    ProfileError,
    VaultDamaged,
    VaultKeyLost,
    VaultWrongKey,
)
from selfcare.domain.operator import ARCHIVE, OperatorProfile
from selfcare.domain.records import replace
from selfcare.host.folders import disk_trouble, narrow, plain_bytes, private_dir
from selfcare.host.settings import AccountEntry, Settings, is_entry_kept, load_entry, save_entry, write_whole
from selfcare.store.unsent import Unsent, unsent_in
from selfcare.store.vault import destroy_vault, has_vault, open_vault, rebuild_cache, set_aside_actions

if TYPE_CHECKING:
    from selfcare.api.login import Tokens
    from selfcare.store.vault import Vault

log = logging.getLogger(__name__)

KEY_BYTES = 32
ENTRY = "entry.json"
_COPY = ".copy"
_MARK = ".forget"
_ONCE = "once"
_NO_FILE = (errno.ELOOP, errno.ENXIO, errno.EOPNOTSUPP)
"""What a loop of links and a socket answer in the place of a file."""
_ID = r"[a-z0-9][a-z0-9-]{0,63}"
_SALT = r"(?:[0-9a-fA-F]{2}){16,64}"
REPLACEABLE = ("cache", "papers")
KeyPlace = Literal["keyring", "passphrase", "memory"]


def new_entry(profile: OperatorProfile, place: KeyPlace, account_id: str = "") -> AccountEntry:
    """A new account with an operator; its id says nothing of the customer."""
    salt = os.urandom(16).hex() if place == "passphrase" else ""
    return AccountEntry(
        id=account_id or f"{_plain(profile.id)}-{os.urandom(4).hex()}",
        profile_id=profile.id,
        profile_path="profile.json",
        name=profile.name,
        key_place=place,
        salt_hex=salt,
    )


def account_folder(home: Path, entry: AccountEntry) -> Path:
    """Where an account's things are: its profile, and the folder of its vault."""
    return home / "accounts" / entry.id


def keep_profile(home: Path, entry: AccountEntry, text: bytes) -> None:
    """Keep the operator's published profile beside the vault. It holds nothing of the customer's."""
    write_whole(private_dir(account_folder(home, entry)) / entry.profile_path, text)


def kept_profile(home: Path, entry: AccountEntry) -> OperatorProfile:
    """The operator's profile as it was kept: where its file is lost or damaged, the copy of what could last be read.

    Raises ProfileError, DiskTrouble, of the file itself, where there is no such copy either.
    """
    path = account_folder(home, entry) / entry.profile_path
    copy = path.with_name(f"{path.name}{_COPY}")
    try:
        text, found = _read_profile(path, entry)
    except (ProfileError, DiskTrouble):
        with contextlib.suppress(ProfileError, DiskTrouble):
            _text, found = _read_profile(copy, entry)
            log.error("the operator's description is damaged; the copy of it is used")
            return found
        raise
    with contextlib.suppress(OSError, DiskTrouble):
        if not copy.exists() or plain_bytes(copy, len(text) + 1) != text:
            write_whole(copy, text)
    return found


def kept_profiles(home: Path, entries: Iterable[AccountEntry]) -> list[OperatorProfile]:
    """The operators of these accounts, without those whose description cannot be read. For a lane."""
    found: list[OperatorProfile] = []
    for entry in entries:
        with contextlib.suppress(Failure):
            found.append(kept_profile(home, entry))
    return found


def _read_profile(path: Path, entry: AccountEntry) -> tuple[bytes, OperatorProfile]:
    try:
        text = plain_bytes(path, LARGEST_PROFILE + 1)
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise ProfileError(path.name, "file") from None
    except OSError as trouble:
        if trouble.errno in _NO_FILE:
            raise ProfileError(path.name, "file") from None
        raise disk_trouble(trouble) from trouble
    if text is None:
        raise ProfileError(path.name, "file")
    return text, parsed(text, entry)


def keep_entries(home: Path, entries: Iterable[AccountEntry]) -> None:
    """Keep each account's entry beside its vault too: without the passphrase's salt nothing opens it again.

    An account without a folder gets none. Folders and files that others may read are narrowed. Raises DiskTrouble.
    """
    for entry in entries:
        path = account_folder(home, entry) / ENTRY
        if not path.parent.is_dir():
            continue
        for folder in (path.parent.parent, path.parent, path.parent / "vault"):
            narrow(folder)
        if not is_entry_kept(path, entry):
            save_entry(path, entry)


def restored_choices(home: Path, settings: Settings, path: Path) -> Settings | None:
    """The choices with the accounts found in their own folders, where the file of the choices is lost or was damaged.

    None where nothing is to be restored: the file is there, or there are no accounts.
    """
    if path.exists():
        return None
    kept = {entry.id: entry for entry in settings.accounts if account_folder(home, entry).is_dir()}
    for found in sorted((home / "accounts").glob(f"*/{ENTRY}")):
        entry = load_entry(found)
        if entry is not None and entry.id == found.parent.name:
            kept[entry.id] = entry
    for entry in marked(home):
        kept.pop(entry.id, None)
    if not kept:
        return None
    current = settings.current if settings.current in kept else next(iter(kept))
    return replace(settings, accounts=tuple(kept.values()), current=current)


def open_account(home: Path, entry: AccountEntry, now: Callable[[], datetime], passphrase: str = "") -> Session:
    """Find the key and open the vault. For the store lane: it may wait for the key store.

    A damaged file of what can be read again from the operator is put aside (renamed) and made anew; a damaged outbox
    never is, nor any file of an archive, which nobody else has. The operator's description is the one that the vault
    vouches for (`app/vouching`). Raises NoKeyring, VaultLocked, VaultKeyLost, VaultWrongKey, VaultNewer, VaultDamaged,
    DiskTrouble, ProfileError.
    """
    folder = account_folder(home, entry) / "vault"
    try:
        try:
            profile = kept_profile(home, entry)
        except ProfileError as damage:
            restore_profile(home, entry, lambda: _key(folder, entry, passphrase), damage)
            profile = kept_profile(home, entry)
        session = _opened(profile, folder, entry, now, passphrase)
        try:
            return vouched(home, entry, session)
        except BaseException:
            session.close()
            raise
    except VaultKeyLost as loss:
        loss.unsent = unsent_in(folder)
        raise
    except VaultWrongKey as wrong:
        wrong.is_typed = entry.key_place == "passphrase"
        if not wrong.is_typed:
            wrong.unsent = unsent_in(folder)
        raise


def _opened(
    profile: OperatorProfile, folder: Path, entry: AccountEntry, now: Callable[[], datetime], passphrase: str
) -> Session:
    key = _key(folder, entry, passphrase)
    lost: list[VaultDamaged] = []
    while True:
        try:
            session = Session(folder, key, profile, now)
        except VaultDamaged as damage:
            if profile.is_archive:
                raise VaultDamaged(ARCHIVE) from damage
            if damage.which not in REPLACEABLE or damage in lost:
                if damage.which == "actions" and not is_vouched_without_requests(folder, key):
                    damage.which = "alone"
                damage.unsent = unsent_in(folder, key)
                raise
            log.error("the %s file is damaged; it was put aside", damage.which)
            rebuild_cache(folder, now(), (damage.which,))
            lost.append(damage)
        else:
            session.loss = lost[0] if lost else None
            return session


def open_files(home: Path, entry: AccountEntry, passphrase: str) -> Vault:
    """The files of an account alone, whatever describes its operator; whoever asked closes them. For the store lane.

    Raises what `open_account` raises, but for ProfileError.
    """
    folder = account_folder(home, entry) / "vault"
    try:
        if not has_vault(folder) or entry.key_place == "memory":
            raise VaultKeyLost
        return open_vault(folder, _key(folder, entry, passphrase))
    except VaultWrongKey as wrong:
        wrong.is_typed = entry.key_place == "passphrase"
        raise


def set_requests_aside(
    home: Path, entry: AccountEntry, now: Callable[[], datetime], passphrase: str = ""
) -> tuple[str, Unsent] | None:
    """Keep a damaged file of requests under another name, so that the rest opens; that name ("" where the file was
    gone), and what was not confirmed in it. None, and nothing is done, where the file is sound after all.

    For the store lane. Raises what `open_account` raises.
    """
    try:
        open_account(home, entry, now, passphrase).close()
    except VaultDamaged as damage:
        if damage.which != "actions":
            raise
        folder = account_folder(home, entry) / "vault"
        moved = set_aside_actions(folder, _key(folder, entry, passphrase), now())
        log.info("the file of requests is damaged; it was put aside, as the customer wanted")
        return next((path.name for path in moved), ""), tuple(damage.unsent)
    return None


def is_kept(home: Path, entry: AccountEntry) -> bool:
    """Whether files of this account are here, which only its key opens."""
    return has_vault(account_folder(home, entry) / "vault")


def kept_folders(home: Path) -> tuple[AccountEntry, ...]:
    """An entry for each folder of an account, whatever the choices say: its own, or one that names it at least."""
    found = []
    folder = home / "accounts"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and re.fullmatch(_ID, path.name):
            entry = load_entry(path / ENTRY)
            if entry is None or entry.id != path.name:
                place: KeyPlace = "memory" if (path / "vault" / _ONCE).exists() else "keyring"
                entry = AccountEntry(path.name, "", "profile.json", key_place=place)
            found.append(entry)
    return tuple(found)


def forget_account(home: Path, entry: AccountEntry) -> None:
    """The key first, then the files: without its key a file left behind says nothing. A mark of it goes last."""
    forget_key(entry)
    destroy_vault(account_folder(home, entry))
    unmark(home, entry)


def unmark(home: Path, entry: AccountEntry) -> None:
    """Remove the mark of an account that is to be forgotten. Raises DiskTrouble."""
    try:
        mark_path(home, entry.id).unlink(missing_ok=True)
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble


def take_session(home: Path, entry: AccountEntry) -> tuple[OperatorProfile, Tokens] | None:
    """Forget the session in the files of an account that is closed; what it was, and with whom, for telling the
    operator. None where there is none, or its key is not in the key store.

    Raises what `open_account` raises.
    """
    folder = account_folder(home, entry) / "vault"
    if entry.key_place != "keyring" or not has_vault(folder):
        return None
    from selfcare.account.signin import take_tokens
    from selfcare.host.keychain import system_keychain

    key = system_keychain().read(entry.id)
    if key is None or len(key) != KEY_BYTES:
        return None
    vault = open_vault(folder, key, proves=False)
    try:
        said = text_in(vault)
        profile = kept_profile(home, entry) if said is None else parsed(said, entry)
        tokens = take_tokens(vault.actions)
    finally:
        vault.close()
    return None if tokens is None else (profile, tokens)


def forget_key(entry: AccountEntry) -> None:
    """Delete an account's key from the key store, where it is in one. Raises NoKeyring, VaultLocked."""
    if entry.key_place == "keyring":
        from selfcare.host.keychain import system_keychain

        system_keychain().delete(entry.id)


def mark_path(home: Path, account_id: str) -> Path:
    """Where the mark of an account that is to be forgotten stands: beside its folder, for that goes first."""
    return home / "accounts" / f"{account_id}{_MARK}"


def marked(home: Path) -> tuple[AccountEntry, ...]:
    """The accounts that the customer wants forgotten and that are not gone yet. A damaged mark still names its own."""
    found = []
    folder = home / "accounts"
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else ()  # a pattern is slow at a start
    for account_id in (name.removesuffix(_MARK) for name in names if name.endswith(_MARK)):
        if re.fullmatch(_ID, account_id):
            entry = load_entry(mark_path(home, account_id))
            found.append(entry if entry is not None and entry.id == account_id else AccountEntry(account_id, ""))
    return tuple(found)


def choose_key_place() -> KeyPlace:
    """The key store if this computer has one that works, else memory: nothing outlives the window."""
    from selfcare.host.keychain import system_keychain

    try:
        system_keychain()
    except NoKeyring:
        return "memory"
    return "keyring"


def _key(folder: Path, entry: AccountEntry, passphrase: str) -> bytes:
    if entry.key_place == "memory":
        _begin_once(folder)
        return os.urandom(KEY_BYTES)
    if entry.key_place == "passphrase":
        from selfcare.host.keychain import passphrase_key

        if not re.fullmatch(_SALT, entry.salt_hex):
            raise VaultKeyLost
        return passphrase_key(passphrase, bytes.fromhex(entry.salt_hex))
    from selfcare.host.keychain import system_keychain

    keychain = system_keychain()
    key = keychain.read(entry.id)
    if key is None or len(key) != KEY_BYTES:
        if has_vault(folder):
            raise VaultKeyLost
        key = os.urandom(KEY_BYTES)
        keychain.write(entry.id, key)
    return key


def _begin_once(folder: Path) -> None:
    """A vault that nothing is kept of; one that a crash left goes. What is to be kept says so by having no such sign:
    whatever an entry says, it stays. Raises VaultKeyLost, DiskTrouble."""
    sign = folder / _ONCE
    if has_vault(folder) and not sign.exists():
        raise VaultKeyLost
    destroy_vault(folder)
    private_dir(folder)
    write_whole(sign, b"")


def _plain(text: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower()).strip("-")[:40] or "operator"
