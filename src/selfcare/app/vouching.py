"""The operator's description that the vault vouches for: where the session goes is not for a plain file to say.

The file beside the vault is read before there is a key, and whoever may write to the folder may change it. What it said
when the customer agreed to it is kept inside the vault, encrypted and authenticated; where the two differ, the vault is
right, and the file is written anew.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.account.archive import read_archive_profile
from selfcare.api.profile import LARGEST_PROFILE, read_profile
from selfcare.domain.failures import DiskTrouble, Failure, ProfileError
from selfcare.domain.operator import ARCHIVE, OperatorProfile
from selfcare.host.folders import plain_bytes
from selfcare.host.settings import AccountEntry, write_whole
from selfcare.store.vault import has_vault, note_beside, open_vault

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.store.vault import Vault

KEPT_AS = "operator-profile"
"""Under this name the vault keeps the description, word for word."""

log = logging.getLogger(__name__)


def profile_place(home: Path, entry: AccountEntry) -> Path:
    """Where an account's description stands in the clear."""
    return home / "accounts" / entry.id / entry.profile_path


def parsed(text: bytes, entry: AccountEntry) -> OperatorProfile:
    """What a description says. Raises ProfileError."""
    return _parsed(text, entry.profile_id == ARCHIVE)


@lru_cache(2)
def _parsed(text: bytes, is_archive: bool) -> OperatorProfile:  # its file and the vault have the same text, as a rule
    return read_archive_profile(text) if is_archive else read_profile(text)


def vouched(home: Path, entry: AccountEntry, session: Session) -> Session:
    """The session, with the description that its vault vouches for. Of an account that has none yet, from now on the
    one that it was opened with. For the store lane.

    Raises ProfileError where what the vault vouches for cannot be read.
    """
    path = profile_place(home, entry)
    kept, said = session.draft(KEPT_AS), _plain(path)
    if kept is None:  # where the file of requests was put aside
        kept = session.note(KEPT_AS)
    agreed = None if kept is None else parsed(kept, entry)
    if kept is None or agreed is None or (kept != said and _is_moved_here(agreed, session.profile, entry)):
        with contextlib.suppress(ProfileError):
            if said is not None and parsed(said, entry) == session.profile:
                _keep_twice(session, said)
        return session
    _keep_twice(session, kept)
    if kept == said and agreed == session.profile:
        return session
    session.profile = agreed
    log.error("the operator's description is not the one that was agreed to; the vault's own is used")
    with contextlib.suppress(DiskTrouble):
        write_whole(path, kept)
    return session


def text_in(vault: Vault) -> bytes | None:
    """The description that a vault vouches for, from the first of its two places that has it."""
    return vault.actions.draft(KEPT_AS) or vault.cache.note(KEPT_AS)


def vouch_for(vault: Vault, text: bytes) -> None:
    """From now on a vault vouches for this description, which the customer has agreed to, in both its places.

    Raises DiskTrouble.
    """
    vault.actions.put_draft(KEPT_AS, text)
    with contextlib.suppress(DiskTrouble):  # the next opening does it
        vault.cache.keep_note(KEPT_AS, text)


def is_vouched_without_requests(folder: Path, key: bytes) -> bool:
    """Whether a vault still vouches for a description where its file of requests is damaged."""
    return note_beside(folder, key, KEPT_AS) is not None


def restore_profile(home: Path, entry: AccountEntry, key: Callable[[], bytes], damage: ProfileError) -> None:
    """Write the description anew from the vault, where its file and the copy of it are damaged.

    Raises `damage` where the vault has none that this version can read, or does not open.
    """
    folder = home / "accounts" / entry.id / "vault"
    text = None
    with contextlib.suppress(Failure):
        if has_vault(folder) and entry.key_place != "memory":
            vault = open_vault(folder, key(), proves=False)
            try:
                text = text_in(vault)
            finally:
                vault.close()
    if text is None or not _is_readable(text, entry):
        raise damage
    log.error("the operator's description is damaged; the vault's own is used")
    write_whole(profile_place(home, entry), text)


def _is_readable(text: bytes, entry: AccountEntry) -> bool:
    try:
        parsed(text, entry)
    except ProfileError:
        return False
    return True


def _keep_twice(session: Session, text: bytes) -> None:
    """In the file of requests and beside what was read: one of them may be damaged."""
    if session.draft(KEPT_AS) != text:
        session.save_draft(KEPT_AS, text)
    if session.note(KEPT_AS) != text:
        with contextlib.suppress(DiskTrouble):  # the next opening does it
            session.keep_note(KEPT_AS, text)


def _plain(path: Path) -> bytes | None:
    try:
        return plain_bytes(path, LARGEST_PROFILE + 1)
    except OSError:
        return None


def _is_moved_here(agreed: OperatorProfile, now: OperatorProfile, entry: AccountEntry) -> bool:
    """Whether both are of an operator on this very computer, as the demo's is: it has another port at each start."""
    if entry.profile_id == ARCHIVE:
        return False
    from selfcare.api.addresses import allowed_origins

    places = [*allowed_origins(agreed), *allowed_origins(now)]
    return all(place.startswith(("http://127.0.0.1:", "http://[::1]:", "http://localhost:")) for place in places)
