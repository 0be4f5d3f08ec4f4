"""Removes everything the program keeps on this computer: for whoever removes the program itself."""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from selfcare.app.accounts import forget_account, forget_key, kept_folders, marked, restored_choices
from selfcare.app.command_line import system_words
from selfcare.app.forgetting import proxy_of
from selfcare.app.start import places
from selfcare.domain.failures import DiskTrouble, NoKeyring, VaultLocked, VaultNewer
from selfcare.host.folders import cache_dir, config_dir, data_dir, log_dir
from selfcare.host.instance import InstanceLock, take_instance
from selfcare.host.login_start import set_start_at_login
from selfcare.host.settings import Settings, is_any_put_aside, load_settings
from selfcare.host.terminal import say
from selfcare.viewmodel.command_line import removal_asks, removal_end, removal_yes

_OURS = re.compile(r"instance\.lock|(patience|settings|demo)\.json(\..+)?|.+\.forget|selfcare\.log(\.\d)?|crash\.txt")
"""The program's own files beside the accounts, also half written or put aside."""


def run(*, yes: bool = False, ask: Callable[[], str] = input) -> int:
    """Say what would be removed, ask, remove it. 0 if nothing is left, 1 if it is to be kept, 2 otherwise."""
    words = system_words()
    folders = own_folders()
    if not folders:
        _forget_login()
        say(sys.stdout, removal_end(words, "nothing"))
        return 0
    if not yes:
        say(sys.stdout, removal_asks(words, [str(folder) for folder in folders]))
        if _answer(ask).casefold() != removal_yes(words).casefold():
            say(sys.stdout, removal_end(words, "kept"))
            return 1
    how = remove(folders)
    say(sys.stdout if how == "removed" else sys.stderr, removal_end(words, how))
    return 0 if how == "removed" else 2


def own_folders() -> list[Path]:
    """The folders of the program that are there, the outermost of each only."""
    there = {folder for folder in (data_dir(), config_dir(), cache_dir(), log_dir()) if folder.is_dir()}
    return sorted(one for one in there if not any(other in one.parents for other in there))


def remove(folders: list[Path]) -> str:
    """Keys first, then files. "removed"; "open" if a window works on them; "keys" or "disk" if something is left."""
    homes = [places(demo=False), places(demo=True)]
    locks: list[InstanceLock] = []
    try:
        for home, _ in homes:
            lock = take_instance(home)
            if lock is None:
                return "open"
            locks.append(lock)
        has_keys = False
        for home, choices in homes:
            settings = _choices(home, choices)
            known = settings.accounts if settings is not None else ()
            entries = {one.id: one for one in (*marked(home), *kept_folders(home), *known)}
            for entry in entries.values():
                try:
                    forget_account(home, entry)
                except (NoKeyring, VaultLocked):
                    has_keys = True
            has_keys |= not _forget_proxy(settings, choices)
    except DiskTrouble:
        return "disk"
    finally:
        for lock in locks:
            lock.release()
    _forget_login()
    left = list(_removed(folders))
    return "disk" if left else "keys" if has_keys else "removed"


def _forget_login() -> None:
    with contextlib.suppress(DiskTrouble):
        set_start_at_login(False)


def _choices(home: Path, path: Path) -> Settings | None:
    """The choices; None where a newer version of the program wrote them, so that nobody knows all of them."""
    try:
        settings = load_settings(path)
    except VaultNewer:
        return None
    found = restored_choices(home, settings, path)
    return settings if found is None else found


def _forget_proxy(settings: Settings | None, choices: Path) -> bool:
    """Whether nothing of a proxy is left in the key store, as far as anybody can know. It is looked for in any case:
    the choices that named it may be lost."""
    try:
        forget_key(proxy_of(choices))
    except (NoKeyring, VaultLocked):
        return settings is not None and not settings.proxy_user and not is_any_put_aside(choices)
    return True


def _removed(folders: list[Path]) -> Iterator[Path]:
    """Remove each; yields those that are not gone. Behind a link to another disk what is ours goes, then the link."""
    for folder in folders:
        if folder.is_symlink():
            with contextlib.suppress(OSError):
                _remove_ours(folder.resolve())
                folder.unlink()
        else:
            shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            yield folder


def _remove_ours(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name in ("accounts", "demo") and path.is_dir() and not path.is_symlink():
            _remove_ours(path)
        elif _OURS.fullmatch(path.name) and (path.is_symlink() or not path.is_dir()):
            path.unlink()
    with contextlib.suppress(OSError):  # something of somebody else's is in it
        folder.rmdir()


def _answer(ask: Callable[[], str]) -> str:
    try:
        return ask().strip()
    except (EOFError, KeyboardInterrupt):
        return ""
