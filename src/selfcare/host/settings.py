"""The customer's choices on this computer: language, look, how often to ask, which accounts; nothing secret."""

from __future__ import annotations

import contextlib
import json
import os
import re
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from selfcare.domain.failures import VaultNewer
from selfcare.domain.proxy import ProxyWay, address_fault
from selfcare.domain.quiet_hours import USUAL, read_hours
from selfcare.domain.records import Struct, asdict, field, replace

from .folders import disk_trouble, plain_bytes, private_dir

Look = Literal["system", "light", "dark"]
KeyPlace = Literal["keyring", "passphrase", "memory"]

FORMAT = 1
LARGEST = 1 << 20
CHECK, OLD_CHECK = "crc32", "check"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PLACE = re.compile(r"[A-Za-z0-9+/=]{1,400}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}([-_][A-Z]{2})?")


class AccountEntry(Struct, frozen=True):
    """One operator account the customer signed in to. `id` names its folder; `name` is the operator's, not a person's.

    `key_place` says where the key of its encrypted files is; `salt_hex` is for a passphrase and is not secret.
    """

    id: str
    profile_id: str
    profile_path: str = ""
    name: str = ""
    key_place: KeyPlace = "keyring"
    salt_hex: str = ""


class Settings(Struct, frozen=True):
    """The customer's choices. An empty `language` follows the computer; `interval_hours` is 1 to 48.

    `stay_in_tray`: closing the window leaves the program in the system's tray, to remind. `quiet_hours`: from which
    hour until which it says nothing there ("22-8"; "" never). `lock_minutes`: after so many
    minutes without a touch (1 to 240) the account is closed until its key is asked for again; 0: never. `proxy` says
    how the internet is reached, `proxy_address` and `proxy_user` by which proxy of the customer's own; its password is
    in the key store.
    `looks_for_updates`: once a day a signed list of versions is read; `update_edition` is the highest one seen.
    `window`: where the window was last and how large, in its own toolkit's words, "" before it was ever closed.
    `seen_version` is the version of the program that kept the choices last, "" before the first.
    """

    language: str = ""
    look: Look = "system"
    interval_hours: int = 6
    accounts: tuple[AccountEntry, ...] = field(default=())
    current: str = ""
    stay_in_tray: bool = False
    quiet_hours: str = USUAL
    lock_minutes: int = 0
    proxy: ProxyWay = "none"
    proxy_address: str = ""
    proxy_user: str = ""
    seen_version: str = ""
    window: str = ""
    looks_for_updates: bool = False
    update_edition: int = 0


def load_settings(path: Path) -> Settings:
    """Read the choices; defaults when there is no file. A broken file is put aside beside it, never overwritten.

    Of a file whose checksum is wrong, what can be read is given all the same; it is put aside too, so that whoever
    knows better (`app/accounts`) sees that there is no file.

    Raises VaultNewer if a newer version of this program wrote it, DiskTrouble if it cannot be read.
    """
    try:
        text = plain_bytes(path, LARGEST + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble
    document = _document(text) if text is not None else None
    if document is None:
        _put_aside(path)
        return Settings()
    if _whole(document.get("format"), FORMAT) > FORMAT:  # a newer version may count its checksum in another way
        raise VaultNewer()
    if not _is_whole(document):
        _put_aside(path)
        return _settings(document)
    return _settings(document)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the choices: whole or not at all, readable by this user only. Raises DiskTrouble, leaving the old ones."""
    document = {"format": FORMAT, **_plain(settings), "accounts": [_plain(entry) for entry in settings.accounts]}
    private_dir(path.parent)
    write_whole(path, _checked(document))


def save_entry(path: Path, entry: AccountEntry) -> None:
    """Write one account's entry into a file of its own, as `save_settings` does. Raises DiskTrouble."""
    write_whole(path, _checked({"format": FORMAT, **_plain(entry)}))


def is_entry_kept(path: Path, entry: AccountEntry) -> bool:
    """Whether a file holds just what `save_entry` would write."""
    text = _checked({"format": FORMAT, **_plain(entry)})
    try:
        return plain_bytes(path, len(text) + 1) == text
    except OSError:
        return False


def load_entry(path: Path) -> AccountEntry | None:
    """The entry kept in a file of its own; None if there is none, or it is damaged."""
    try:
        document = _document(plain_bytes(path, LARGEST + 1) or b"")
    except OSError:
        return None
    if document is None or not (CHECK in document or OLD_CHECK in document) or not _is_whole(document):
        return None
    return _entry(document)


def is_any_put_aside(path: Path) -> bool:
    """Whether a damaged file of the choices was put aside."""
    return any(path.parent.glob(f"{path.name}.damaged-*"))


def forget_put_aside(path: Path) -> None:
    """Remove damaged files of the choices that were put aside, and what a kill left half written: they name accounts.

    Raises DiskTrouble.
    """
    try:
        for kind in ("damaged-*", "*.new"):
            for found in path.parent.glob(f"{path.name}.{kind}"):
                found.unlink()
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble


def _checked(document: dict[str, Any]) -> bytes:
    return json.dumps({**document, CHECK: _sum(document)}, ensure_ascii=False, indent=1).encode()


def write_whole(path: Path, text: bytes) -> None:
    """Write a file: whole or not at all, readable by this user only, and never through what stands there or beside it.

    Raises DiskTrouble, leaving what was there.
    """
    fresh = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
    try:
        try:
            number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble


def with_account(settings: Settings, entry: AccountEntry) -> Settings:
    """The choices with this account added, or put in the place of the one with its id, and made the current one."""
    others = [one for one in settings.accounts if one.id != entry.id]
    return replace(settings, accounts=(*others, entry), current=entry.id)


def without_account(settings: Settings, account_id: str) -> Settings:
    """The choices without this account; another one becomes the current one if it was."""
    left = tuple(one for one in settings.accounts if one.id != account_id)
    current = settings.current
    if current == account_id:
        current = left[0].id if left else ""
    return replace(settings, accounts=left, current=current)


def _document(text: bytes) -> dict[str, Any] | None:
    if len(text) > LARGEST:
        return None
    try:
        document = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _is_whole(document: dict[str, Any]) -> bool:
    """Whether the checksum fits. A file of before there was one has none; later ones had a dearer one."""
    told = {name: value for name, value in document.items() if name not in (CHECK, OLD_CHECK)}
    if CHECK in document:
        return bool(document[CHECK] == _sum(told))
    if OLD_CHECK not in document:
        return True
    import hashlib

    return bool(document[OLD_CHECK] == hashlib.sha256(_text_of(told)).hexdigest())


def _sum(document: dict[str, Any]) -> str:
    """CRC-32: against damage by chance, not against anybody; it finds every flipped bit and costs a start nothing."""
    return f"{crc32(_text_of(document)):08x}"


def _text_of(document: dict[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True).encode()


def _settings(document: dict[str, Any]) -> Settings:
    entries = document.get("accounts")
    found: dict[str, AccountEntry] = {}
    for one in entries if isinstance(entries, list) else []:
        if (entry := _entry(one)) is not None:
            found.setdefault(entry.id, entry)
    language, current = _text(document, "language"), _text(document, "current")
    look: Look = "system"
    match document.get("look"):
        case "light":
            look = "light"
        case "dark":
            look = "dark"
    address = _text(document, "proxy_address")
    way: ProxyWay = "none"
    match document.get("proxy"):
        case "system":
            way = "system"
        case "own" if not address_fault(address):
            way = "own"
    return Settings(
        language=language if _LANGUAGE.fullmatch(language) else "",
        look=look,
        interval_hours=min(max(_whole(document.get("interval_hours"), 6), 1), 48),
        stay_in_tray=document.get("stay_in_tray") is True,
        quiet_hours=read_hours(document.get("quiet_hours")),
        lock_minutes=min(max(_whole(document.get("lock_minutes"), 0), 0), 240),
        proxy=way,
        proxy_address=address if not address_fault(address) else "",
        proxy_user=_text(document, "proxy_user")[:200],
        seen_version=_text(document, "seen_version")[:40],
        window=place if _PLACE.fullmatch(place := _text(document, "window")) else "",
        looks_for_updates=document.get("looks_for_updates") is True,
        update_edition=max(_whole(document.get("update_edition"), 0), 0),
        accounts=tuple(found.values()),
        current=current if current in found else next(iter(found), ""),
    )


def _entry(one: Any) -> AccountEntry | None:
    if not isinstance(one, dict) or not _ID.fullmatch(_text(one, "id")):
        return None
    place: KeyPlace
    match one.get("key_place"):
        case "keyring":
            place = "keyring"
        case "passphrase":
            place = "passphrase"
        case "memory":
            place = "memory"
        case _:
            return None
    return AccountEntry(
        id=_text(one, "id"),
        profile_id=_text(one, "profile_id"),
        profile_path=_file(_text(one, "profile_path")),
        name=_text(one, "name"),
        key_place=place,
        salt_hex=_text(one, "salt_hex"),
    )


def _file(name: str) -> str:
    """The name of a file beside the vault, never a path that leads elsewhere."""
    return name if not name or _FILE.fullmatch(name) else "profile.json"


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) and "\0" not in value else ""


def _whole(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def _plain(value: Settings | AccountEntry) -> dict[str, Any]:
    return asdict(value)


def _put_aside(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.replace(path.with_name(f"{path.name}.damaged-{os.urandom(4).hex()}"))


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
