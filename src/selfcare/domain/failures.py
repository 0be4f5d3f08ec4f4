"""What can go wrong, as types with facts; the words for each are chosen once, in viewmodel/notices.

Failure
├── Offline              the operator cannot be reached
├── TimedOut             reached, but no whole answer in time
├── BadCertificate       the server could not prove who it is
├── NotAnAnswer          an answer that is not what the API promises (a web page, half a list)
├── TooLarge             more than we are willing to read
├── ServerTrouble        the operator's server says that it failed (5xx)
├── TooOften             the operator asks for patience (429, 503 with Retry-After)
├── Refused              the operator says no, with its reason
├── SignedOut            the session is over; sign in again
├── SignInFailed         the login did not end in a session
├── NotOffered           the operator has no such API
├── Unreadable           one document could not be understood
├── ListChanged          the list kept changing while it was read
├── ProfileError         the operator's profile file has an error
├── VaultLocked          the key is there but may not be used now
├── VaultKeyLost         the files are there, the key is not
├── VaultWrongKey        the key does not open these files
├── VaultNewer           written by a newer version of this program
├── VaultDamaged         a file is broken
├── NoKeyring            this computer has no key store
├── DiskTrouble          the disk is full or refuses to write
└── PaperTrouble         a PDF could not be shown
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True, unsafe_hash=True)
class Failure(Exception):
    """A trouble of the world, not of our code. Carries facts, never words for the customer."""

    def __str__(self) -> str:
        return type(self).__name__


@dataclass(slots=True, unsafe_hash=True)
class Offline(Failure):
    """The operator cannot be reached: no network, no name, or nobody listening. Nothing was sent."""


@dataclass(slots=True, unsafe_hash=True)
class TimedOut(Failure):
    """A connection stood, but no whole answer came in time. It may have been carried out."""


@dataclass(slots=True, unsafe_hash=True)
class BadCertificate(Failure):
    """The server's certificate is expired, for another name, or from nobody this computer trusts."""


@dataclass(slots=True, unsafe_hash=True)
class NotAnAnswer(Failure):
    """Something came back that the API does not promise. `what` is one of: html, type, truncated, json, shape,
    encoding, redirect, foreign."""

    what: str


@dataclass(slots=True, unsafe_hash=True)
class TooLarge(Failure):
    """The answer is larger than the cap. `what` is one of: body, list, depth, string, number."""

    what: str


@dataclass(slots=True, unsafe_hash=True)
class ServerTrouble(Failure):
    """The operator's server failed (5xx)."""

    status: int


@dataclass(slots=True, unsafe_hash=True)
class TooOften(Failure):
    """The operator asks us to wait. `retry_at` is when it may be tried again, if it said so."""

    retry_at: datetime | None = None


@dataclass(slots=True, unsafe_hash=True)
class Refused(Failure):
    """The operator said no (4xx). `reason` is the operator's own plain text, `code` its code."""

    status: int
    reason: str = ""
    code: str = ""


@dataclass(slots=True, unsafe_hash=True)
class SignedOut(Failure):
    """The operator no longer accepts the session."""


@dataclass(slots=True, unsafe_hash=True)
class SignInFailed(Failure):
    """The login did not end in a session. `why` is one of: declined, timeout, state, issuer, token, answer, pkce."""

    why: str


@dataclass(slots=True, unsafe_hash=True)
class NotOffered(Failure):
    """The operator's profile says that this API does not exist there."""

    api: str


@dataclass(slots=True, unsafe_hash=True)
class Unreadable(Failure):
    """A document that could not be understood. `where` is like "customerBill/780123456.billDate"."""

    where: str


@dataclass(slots=True, unsafe_hash=True)
class ListChanged(Failure):
    """The list changed again and again while its pages were being read; the last good one was kept."""

    kind: str


@dataclass(slots=True, unsafe_hash=True)
class ProfileError(Failure):
    """The operator profile is not valid. `where` is a field or a line, `problem` is json, missing, type or value."""

    where: str
    problem: str


@dataclass(slots=True, unsafe_hash=True)
class VaultLocked(Failure):
    """The computer's key store is locked, or nobody answered its question."""


@dataclass(slots=True, unsafe_hash=True)
class VaultKeyLost(Failure):
    """Encrypted files are here, but no key for them is in any key store we know."""


@dataclass(slots=True, unsafe_hash=True)
class VaultWrongKey(Failure):
    """The key, or the passphrase, does not open these files."""


@dataclass(slots=True, unsafe_hash=True)
class VaultNewer(Failure):
    """The files were written by a newer version; nothing was read and nothing changed."""


@dataclass(slots=True, unsafe_hash=True)
class VaultDamaged(Failure):
    """A file of the vault is damaged. `which` is one of: cache, papers, actions."""

    which: str


@dataclass(slots=True, unsafe_hash=True)
class NoKeyring(Failure):
    """This computer has no key store that works."""


@dataclass(slots=True, unsafe_hash=True)
class DiskTrouble(Failure):
    """The disk is full, read-only or failing. `what` is one of: full, readonly, io."""

    what: str


@dataclass(slots=True, unsafe_hash=True)
class PaperTrouble(Failure):
    """A PDF could not be shown. `what`: not_pdf, encrypted, damaged, too_slow, too_large, crashed, missing."""

    what: str
