"""What can go wrong, as types with facts; the words for each are chosen once, in viewmodel/notices.

Failure
├── Offline              the operator cannot be reached
│   └── BadProxy         the proxy on the way there does not let us through
├── PartAway             a part of the operator cannot be reached, while others answer
├── TimedOut             reached, but no whole answer in time
├── BadCertificate       the server could not prove who it is
│   └── NotEncrypted     the server speaks plain http where https belongs
├── NotAnAnswer          an answer that is not what the API promises (a web page, half a list)
├── TooLarge             more than we are willing to read
├── ServerTrouble        the operator's server says that it failed (5xx)
├── TooOften             the operator asks for patience (429, 503 with Retry-After)
├── Refused              the operator says no, with its reason
├── SignedOut            the session is over; sign in again
├── SignInFailed         the login did not end in a session
├── NotOffered           the operator has no such API
├── Unreadable           one document could not be understood
│   └── NoAccount        a list was not asked for, because no account of the customer's is known
├── ListChanged          the list kept changing while it was read
│   ├── ListShort        fewer came than the operator counts, again and again
│   └── ListBroken       a page of the list was missing, and it may go on behind it
├── ListMissing          a list that was read before is not found any more
├── ProfileError         the operator's profile file has an error
├── VaultLocked          the key is there but may not be used now
├── VaultKeyLost         the files are there, the key is not
├── VaultWrongKey        the key does not open these files
├── VaultNewer           written by a newer version of this program
├── VaultDamaged         a file is broken
├── NoKeyring            this computer has no key store
├── DemoNotKept          the demo as it was last read is not here
├── DiskTrouble          the disk is full or refuses to write
├── PackTrouble          the farewell pack could not be written where the customer wanted it
└── PaperTrouble         a PDF could not be shown
"""

from __future__ import annotations

from datetime import datetime
from typing import Any


class Failure(Exception):
    """A trouble of the world, not of our code. Carries facts, never words for the customer.

    The names of its facts are in `__match_args__`; two failures of one kind with equal facts are equal.
    """

    __match_args__: tuple[str, ...] = ()
    is_before_sending: bool = False
    """It failed while the permission to ask was being got, so that nothing of what was to be asked has left."""

    def __str__(self) -> str:
        return type(self).__name__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in self.facts().items())})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Failure) and type(self) is type(other) and self.facts() == other.facts()

    def __hash__(self) -> int:
        return hash((type(self), *self.facts().values()))

    def facts(self) -> dict[str, Any]:
        """What is known of it, by name."""
        return {name: getattr(self, name) for name in self.__match_args__}


class Offline(Failure):
    """The operator cannot be reached: no network, no name, or nobody listening. Nothing was sent."""


class BadProxy(Offline):
    """The proxy that the customer chose does not let us through; nothing was sent. `what` is one of: unreachable,
    password (it wants another name or password), refused (it does not lead to the operator), unknown (its password
    could not be read)."""

    __match_args__ = ("what",)

    def __init__(self, what: str) -> None:
        self.what = what


class PartAway(Failure):
    """The address of one of the operator's APIs cannot be reached, while another of its addresses answers."""


class TimedOut(Failure):
    """A connection stood, but no whole answer came in time. It may have been carried out."""


class BadCertificate(Failure):
    """The server's certificate is expired, for another name, or from nobody this computer trusts."""


class NotEncrypted(BadCertificate):
    """The server does not speak TLS at an address that begins with https. Nothing was sent."""


class NotAnAnswer(Failure):
    """Something came back that the API does not promise. `what` is one of: html, type, truncated, json, shape,
    encoding (packed otherwise than was asked), charset (not in UTF-8), checksum, redirect, closed (before any answer),
    foreign (another address), another (about another customer), unchanged (a yes, and nothing has changed)."""

    __match_args__ = ("what",)

    def __init__(self, what: str) -> None:
        self.what = what


class TooLarge(Failure):
    """The answer is larger than the cap. `what` is one of: body, list, depth, string, number."""

    __match_args__ = ("what",)

    def __init__(self, what: str) -> None:
        self.what = what


class ServerTrouble(Failure):
    """The operator's server failed (5xx)."""

    __match_args__ = ("status",)

    def __init__(self, status: int) -> None:
        self.status = status


class TooOften(Failure):
    """The operator asks us to wait. `retry_at` is when it may be tried again, if it said so; `status` its answer's
    number (408, 425, 429, 503), 0 where no answer said so."""

    __match_args__ = ("retry_at", "status")

    def __init__(self, retry_at: datetime | None = None, status: int = 0) -> None:
        self.retry_at = retry_at
        self.status = status


class Refused(Failure):
    """The operator said no (4xx). `reason` is the operator's own plain text, `code` its code."""

    __match_args__ = ("status", "reason", "code")

    def __init__(self, status: int, reason: str = "", code: str = "") -> None:
        self.status = status
        self.reason = reason
        self.code = code


class SignedOut(Failure):
    """The operator no longer accepts the session."""


class SignInFailed(Failure):
    """The login did not end in a session. Where the sign-in server names itself otherwise than the profile does,
    `found` and `expected` are the two names. `why`: declined, timeout, state, issuer, token, answer, pkce, account,
    moved."""

    __match_args__ = ("why", "expected", "found")

    def __init__(self, why: str, expected: str = "", found: str = "") -> None:
        self.why = why
        self.expected = expected
        self.found = found


class NotOffered(Failure):
    """The operator's profile says that this API does not exist there."""

    __match_args__ = ("api",)

    def __init__(self, api: str) -> None:
        self.api = api


class Unreadable(Failure):
    """A document that could not be understood. `where` is like "customerBill/780123456.billDate"."""

    __match_args__ = ("where",)

    def __init__(self, where: str) -> None:
        self.where = where


class NoAccount(Unreadable):
    """A list is asked for by the customer's account, and none is known, because what names it could not be read: it was
    not asked for. `where` is the list and its filter."""


class ListChanged(Failure):
    """The list changed again and again while its pages were being read; the last good one was kept."""

    __match_args__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


class ListShort(ListChanged):
    """The operator counts more documents than it sends, also when it is asked again; the last good list was kept."""


class ListBroken(ListChanged):
    """A page in a list was missing and nothing told whether the list ends there; what was last read was kept."""


class ListMissing(Failure):
    """The operator did not find a list of which something is here (404, 416); what was last read was kept."""

    __match_args__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


def is_not_found(failure: Failure) -> bool:
    """What was asked for is not where it was looked for (404, 410): it may have moved."""
    return isinstance(failure, ListMissing) or (isinstance(failure, Refused) and failure.status in {404, 410})


class ProfileError(Failure):
    """The operator profile is not valid. `where` is a field, a line ("line 3") or a file; `problem` is json, missing,
    type, value, twice, version (one that we do not speak), plain (an address that is not https), size (far too large),
    signature or file (it cannot be read). `line` is where the field stands, 0 if that is not known."""

    __match_args__ = ("where", "problem")

    def __init__(self, where: str, problem: str) -> None:
        self.where = where
        self.problem = problem
        self.line = 0


class VaultLocked(Failure):
    """The computer's key store is locked, or nobody answered its question."""


class VaultKeyLost(Failure):
    """Encrypted files are here, but no key for them is in any key store we know. `unsent` are the kind and the day of
    each request that the operator had not confirmed, both "" where only their number is known."""

    unsent: tuple[tuple[str, str], ...] = ()


class VaultWrongKey(Failure):
    """The key, or the passphrase, does not open these files. `is_typed`: it comes from a passphrase. `unsent` as in
    VaultKeyLost, where it does not."""

    is_typed: bool = False
    unsent: tuple[tuple[str, str], ...] = ()


class VaultNewer(Failure):
    """The files were written by a newer version; nothing was read and nothing changed."""


class VaultDamaged(Failure):
    """A file of the vault is damaged. `which` is one of: cache, papers, actions; alone, the actions where nothing else
    vouches for the operator's description; archive, where nobody else has what was in it. `unsent` as in VaultKeyLost.
    """

    __match_args__ = ("which",)
    unsent: tuple[tuple[str, str], ...] = ()

    def __init__(self, which: str) -> None:
        self.which = which


class NoKeyring(Failure):
    """This computer has no key store that works."""


class DemoNotKept(Failure):
    """The demo was to be shown as it was last read, and nothing of it is kept on this computer."""


class DiskTrouble(Failure):
    """The disk is full, read-only or failing, or another program holds the file. `what` is one of: full, readonly, io,
    busy."""

    __match_args__ = ("what",)

    def __init__(self, what: str) -> None:
        self.what = what


class PackTrouble(Failure):
    """The farewell pack could not be written; nothing of it was left. `what`: exists (something of that name is there),
    unfinished (the remains of an earlier try are there), full, readonly, gone (the place is not there any more), name
    (too long or not allowed there), large (more than such a disk takes in one file), io. `name` is the file or folder
    in question."""

    __match_args__ = ("what", "name")

    def __init__(self, what: str, name: str = "") -> None:
        self.what = what
        self.name = name


class PaperTrouble(Failure):
    """A PDF could not be shown or made. `what`: not_pdf, encrypted, damaged, too_slow, too_large, crashed, missing,
    unmade.
    """

    __match_args__ = ("what",)

    def __init__(self, what: str) -> None:
        self.what = what


class ListRefused(Failure):
    """The list of releases cannot be believed. `why` is one of: signature, expired, older, future, shape."""

    __match_args__ = ("why",)

    def __init__(self, why: str) -> None:
        self.why = why
