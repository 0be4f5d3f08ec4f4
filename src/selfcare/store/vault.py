"""The customer's vault: three encrypted files in a private folder, one for what was read, one for papers, one for
what the customer asked for."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from selfcare.domain.failures import DiskTrouble, VaultDamaged, VaultWrongKey

from .actions import Actions
from .cache import Cache
from .database import Database, disk_trouble, open_database, settle
from .papers import Papers
from .schema import bring_up_to_date, refuse_another, refuse_newer
from .unsent import is_any_counted

FILES = ("actions", "cache", "papers")
_OWNER = "owner"
_CHECK = "key.check"
_CHECK_BYTES = 48
_PURPOSE = b"selfcare vault key check 1"
_SIDES = ("", "-wal", "-shm")
_OURS = re.compile(
    r"(actions|cache|papers)\.db(-\w+)?|damaged-.+|key\.check(\..+)?|session\.lock|once(\..+)?"
    r"|(unsent|profile|entry)\.json(\..+)?"
)
"""The files of an account, also half written or put aside."""


class Vault:
    """An open vault. One object, with connections of its own, for each thread that uses it."""

    def __init__(self, actions: Database, cache: Database, papers: Database) -> None:
        self._databases = (actions, cache, papers)
        self.actions = Actions(actions)
        self.cache = Cache(cache)
        self.papers = Papers(papers)

    def agree_on_owner(self) -> None:
        """Keep beside what was read whose that is too, and say it again to an outbox that was begun anew: no other
        customer's documents may come to these.

        Raises VaultDamaged, DiskTrouble.
        """
        import json

        known, noted = self.actions.owner(), self.cache.note(_OWNER)
        if known is not None:
            text = json.dumps(known).encode()
            if text != noted:
                with contextlib.suppress(DiskTrouble):  # the next opening does it
                    self.cache.keep_note(_OWNER, text)
        elif noted is not None:
            issuer, subject = json.loads(noted)
            self.actions.keep_owner(issuer, subject)

    def hold(self) -> None:
        """From now on see the files as they are at this moment, whatever others write, until they are closed."""
        for database in self._databases:
            database.hold()

    def close(self) -> None:
        """Let go of the files."""
        for database in self._databases:
            database.close()


def open_vault(folder: Path, key: bytes, *, proves: bool = True) -> Vault:
    """Open the vault in a folder with its 32-byte key, making it (folder 0700, files 0600) if it is absent.

    `proves` also looks whether the key check is whole, and makes it anew where it is not.

    Raises VaultWrongKey if the key is another's, VaultDamaged(which) if the key is right and a file is broken,
    VaultNewer if a newer version wrote one of them, DiskTrouble; none of these changes anything.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise disk_trouble(error) from error
    check = _kept_check(folder)
    _refuse_emptied(folder, key, check)
    opened: list[Database] = []
    absent = [path for which in FILES if not os.path.lexists(path := folder / f"{which}.db")]
    try:
        for which in FILES:
            opened.append(_open(folder, which, key, check, opened))
        for database in opened:
            refuse_another(database)
            refuse_newer(database)
        for database in opened:
            settle(database)
            bring_up_to_date(database)
    except BaseException:
        for database in opened:
            database.close()
        for path in absent:  # begun by this opening; left empty, it would be taken for a file that was emptied
            with contextlib.suppress(OSError):
                if path.stat().st_size == 0:
                    path.unlink()
        raise
    if (proves or not check) and not _fits(check, key):  # the files themselves have told that the key is theirs
        _write_check(folder, key)
    vault = Vault(*opened)
    try:
        vault.agree_on_owner()
    except BaseException:
        vault.close()
        raise
    return vault


def has_vault(folder: Path) -> bool:
    """Whether there is anything of a vault in a folder."""
    return any((folder / f"{which}.db").exists() for which in FILES)


def destroy_vault(folder: Path) -> None:
    """Remove the vault and its folder, or the folder of the account around it. The key should be deleted first: without
    it the files say nothing.

    Where one of the two is a link, because it was moved to another disk, what is ours there goes, and the link; what
    else is there stays. Raises DiskTrouble.
    """
    import shutil

    try:
        for place in (folder / "vault", folder):
            if place.is_symlink():
                _remove_ours(place)
                place.unlink()
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise disk_trouble(error) from error


def _remove_ours(link: Path) -> None:
    folder = link.resolve()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name == "vault" and path.is_dir():
            _remove_ours(path)
        elif _OURS.fullmatch(path.name) and (path.is_symlink() or not path.is_dir()):
            path.unlink()
    with contextlib.suppress(OSError):  # something of somebody else's is in it
        folder.rmdir()


def rebuild_cache(folder: Path, now: datetime, which: tuple[str, ...] = ("cache", "papers")) -> tuple[Path, ...]:
    """Set damaged files aside, by renaming, so that they are read anew from the operator; where they went.

    Only what can be read again may be set aside so: never the customer's own requests.
    """
    if not set(which) <= {"cache", "papers"}:
        raise ValueError("only what the operator still has can be rebuilt")
    return tuple(path for name in which for path in _set_aside(folder, name, now))


def set_aside_actions(folder: Path, key: bytes, now: datetime) -> tuple[Path, ...]:
    """By the customer's own decision, keep a damaged outbox under another name and start an empty one; where it went.

    Raises VaultWrongKey where nothing here knows the key: an outbox under another one would lock the rest.
    """
    if not _fits(_kept_check(folder), key) and not _opens_another(folder, "actions", key):
        raise VaultWrongKey
    moved = _set_aside(folder, "actions", now)
    empty = open_database(folder / "actions.db", key, "actions")
    try:
        settle(empty)
        bring_up_to_date(empty)
    finally:
        empty.close()
    return tuple(moved)


def note_beside(folder: Path, key: bytes, name: str) -> bytes | None:
    """What is noted under a name beside what was read, also where the other files do not open. None where there is no
    such note, or that file is damaged too."""
    path = folder / "cache.db"
    if not _has_bytes(path):
        return None
    try:
        database = open_database(path, key, "cache")
        try:
            refuse_another(database)
            return Cache(database).note(name)
        finally:
            database.close()
    except VaultDamaged:
        return None


def _set_aside(folder: Path, which: str, now: datetime) -> list[Path]:
    moved = []
    try:
        for side in _SIDES:
            path = folder / f"{which}.db{side}"
            if path.exists() or path.is_symlink():
                moved.append(path.rename(folder / f"damaged-{now:%Y%m%dT%H%M%S%f}-{which}.db{side}"))
    except OSError as error:
        raise disk_trouble(error) from error
    return moved


def _open(folder: Path, which: str, key: bytes, check: bytes, opened: Sequence[Database]) -> Database:
    try:
        _refuse_odd_sides(folder, which)
        return open_database(folder / f"{which}.db", key, which)
    except VaultDamaged:
        if _fits(check, key) or any(other.version() for other in opened) or _opens_another(folder, which, key):
            raise
        raise VaultWrongKey from None


def _refuse_odd_sides(folder: Path, which: str) -> None:
    """What stands beside a file and is a folder, a link or a pipe is none of its parts."""
    for side in _SIDES[1:]:
        with contextlib.suppress(OSError):
            if not stat.S_ISREG((folder / f"{which}.db{side}").lstat().st_mode):
                raise VaultDamaged(which)


def _opens_another(folder: Path, which: str, key: bytes) -> bool:
    """Whether the key is that of any other file here; asked where the key check does not say so."""
    for other in FILES:
        if other == which or not _has_bytes(folder / f"{other}.db"):
            continue
        try:
            open_database(folder / f"{other}.db", key, other).close()
        except VaultDamaged:
            continue
        return True
    return False


def _kept_check(folder: Path) -> bytes:
    """What the folder keeps to know its key by; empty if nothing. Asked only where a file does not open: every page
    of a file is sealed with the key, so a file that opens has been asked already."""
    path = folder / _CHECK
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # a pipe would keep us waiting for ever
            return b""
        with path.open("rb") as file:
            check = file.read(_CHECK_BYTES + 1)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise disk_trouble(error) from error
    return check if len(check) == _CHECK_BYTES else b""


def _fits(check: bytes, key: bytes) -> bool:
    import hmac

    return bool(check) and hmac.compare_digest(_mark(check[:16], key), check[16:])


def _write_check(folder: Path, key: bytes) -> None:
    import secrets

    salt = secrets.token_bytes(16)
    place, mark = folder / _CHECK, secrets.token_hex(4)
    fresh = folder / f"{_CHECK}.{mark}"
    try:
        if place.is_dir() and not place.is_symlink():  # a file can take the place of anything but a folder
            place.rename(folder / f"damaged-{mark}-{_CHECK}")
        with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123
            file.write(salt + _mark(salt, key))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise disk_trouble(error) from error


def _mark(salt: bytes, key: bytes) -> bytes:
    import hashlib
    import hmac

    return hmac.new(key, _PURPOSE + salt, hashlib.sha256).digest()


def _refuse_emptied(folder: Path, key: bytes, check: bytes) -> None:
    """SQLite takes an empty file for a new one; here, where a vault was, it is a loss that must be told.

    That a vault was here is told by its key check; where that is lost too, by any file that is made later than the
    empty one, and of the requests by their count: a file that is absent or empty alone may be a vault that was being
    made when the program ended.
    """
    has_bytes = [_has_bytes(folder / f"{which}.db") for which in FILES]
    lost = [
        which
        for at, which in enumerate(FILES)
        if not has_bytes[at]
        and (which == "actions" or (folder / f"{which}.db").is_file())
        and (check or any(has_bytes[at + 1 :]) or (which == "actions" and is_any_counted(folder)))
    ]
    if lost:
        is_ours = _fits(check, key) or (_opens_another(folder, lost[0], key) if any(has_bytes) else not check)
        raise VaultDamaged(lost[0]) if is_ours else VaultWrongKey


def _has_bytes(path: Path) -> bool:
    """Whether there is anything at a place that could be a file of the vault; what is no file at all says so itself."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise disk_trouble(error) from error
    return found.st_size > 0 or not stat.S_ISREG(found.st_mode)
