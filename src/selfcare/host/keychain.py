"""The computer's own key store, where the key of the encrypted files is kept; it is never kept in a file."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from selfcare.domain.failures import NoKeyring, VaultWrongKey

from .keyplaces import Place, places, prove
from .patience import Patience

LONGEST = 1024  # characters; Windows takes 1,280, see jaraco/keyring#540
ARGON2_PASSES, ARGON2_KIB, ARGON2_LANES = 3, 64 * 1024, 4  # RFC 9106 section 4, second recommended option


class Keychain(Protocol):
    """A place for keys. Every call may raise NoKeyring (none works here) or VaultLocked (locked, or no answer)."""

    @property
    def name(self) -> str:
        """What the place is called, for the settings page and the log."""

    def read(self, account: str) -> bytes | None:
        """The secret of this account, or None."""

    def write(self, account: str, secret: bytes) -> None:
        """Keep the secret under this account, in place of any older one."""

    def delete(self, account: str) -> None:
        """Forget the secret; nothing happens if there is none."""


def system_keychain(timeout: float = 30.0) -> Keychain:
    """The key store of this computer, proven by writing, reading and deleting a trial secret.

    Secret Service (GNOME, KDE) or KWallet on Linux, Keychain on macOS, Credential Manager on Windows; neither the
    environment nor a keyringrc file can put another in its place. No call lasts longer than `timeout` seconds: a
    question that nobody answers becomes VaultLocked. Call it from a worker thread, never from the screen's.
    """
    patience = Patience(timeout)
    found = patience(places)
    for index, place in enumerate(found):
        try:
            patience(partial(prove, place))
        except NoKeyring:
            continue
        return SystemKeychain(place, found[index + 1 :], patience)
    raise NoKeyring()


def session_keychain() -> Keychain:
    """A key store in memory, for "keep nothing": it forgets all when the program ends."""
    return SessionKeychain()


def passphrase_key(passphrase: str, salt: bytes) -> bytes:
    """The 32-byte key that a passphrase stands for (Argon2id, RFC 9106: 3 passes, 64 MiB, 4 lanes).

    The same letters typed on another keyboard give the same key. Raises ValueError if the salt is under 16 bytes.
    """
    import unicodedata

    from argon2.low_level import Type, hash_secret_raw

    if len(salt) < 16:
        raise ValueError("a salt of at least 16 bytes is needed")
    return hash_secret_raw(
        secret=unicodedata.normalize("NFKC", passphrase).encode(),
        salt=salt,
        time_cost=ARGON2_PASSES,
        memory_cost=ARGON2_KIB,
        parallelism=ARGON2_LANES,
        hash_len=32,
        type=Type.ID,
    )


class SystemKeychain:
    """A key store of this computer. What it has not is looked for in the other ones, which are only read."""

    def __init__(self, place: Place, others: list[Place], patience: Patience) -> None:
        self._place = place
        self._others = others
        self._patience = patience
        self._found_in = place.name

    @property
    def name(self) -> str:
        """The store that is written to."""
        return self._place.name

    @property
    def found_in(self) -> str:
        """The store that the last key read came from; another than `name` after a change of desktop."""
        return self._found_in

    def read(self, account: str) -> bytes | None:
        """The secret of this account, or None. Raises VaultWrongKey if what is kept there is not one of our keys."""
        text = self._patience(partial(self._place.get, account))
        self._found_in = self._place.name
        for other in self._others if text is None else []:
            try:
                text = self._patience(partial(other.get, account))
            except NoKeyring:
                continue
            if text is not None:
                self._found_in = other.name
                break
        return None if text is None else _secret(text)

    def write(self, account: str, secret: bytes) -> None:
        """Keep the secret as hexadecimal text. Raises ValueError if it is too long for every system's store."""
        if len(secret) * 2 > LONGEST:
            raise ValueError("only a key may be kept in the key store")
        self._patience(partial(self._place.set, account, secret.hex()))

    def delete(self, account: str) -> None:
        """Forget the secret in every store that can be reached."""
        self._patience(partial(self._place.remove, account))
        for other in self._others:
            try:
                self._patience(partial(other.remove, account))
            except NoKeyring:
                continue


class SessionKeychain:
    """Keys in memory only."""

    def __init__(self) -> None:
        self._secrets: dict[str, bytes] = {}

    @property
    def name(self) -> str:
        """It is called memory."""
        return "memory"

    def read(self, account: str) -> bytes | None:
        """The secret of this account, or None."""
        return self._secrets.get(account)

    def write(self, account: str, secret: bytes) -> None:
        """Keep the secret until the program ends."""
        self._secrets[account] = bytes(secret)

    def delete(self, account: str) -> None:
        """Forget the secret."""
        self._secrets.pop(account, None)


def _secret(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise VaultWrongKey() from None
