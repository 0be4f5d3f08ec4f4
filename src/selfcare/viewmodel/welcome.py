"""The start: sign in or look around, where the key is kept, opening what is here, and how far things have come."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from selfcare.domain.failures import (
    DiskTrouble,
    Failure,
    NotAnAnswer,
    NotOffered,
    Offline,
    Refused,
    TimedOut,
    VaultDamaged,
    VaultNewer,
)
from selfcare.domain.records import Sealed, Struct

from .notice import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selfcare.i18n import Words

    from .facts import FactView

SHORTEST = 10
"""Characters that a passphrase needs at least."""

LONGEST_NAMES = 120
"""Characters of the names of files that are said in a sentence."""


class Stage(StrEnum):
    """How far the start is. OPEN: there is an account, but its files are still closed. STARTING: the demo operator.
    CLOSING, FORGETTING: the account that was open is being closed, or deleted."""

    CHOOSE = "choose"
    OPEN = "open"
    STARTING = "starting"
    BROWSER = "browser"
    READING = "reading"
    CLOSING = "closing"
    FORGETTING = "forgetting"


class KeyStore(StrEnum):
    """What this computer can do with a key."""

    WORKS = "works"
    LOCKED = "locked"
    NONE = "none"


class OperatorRow(Struct, frozen=True):
    """An operator that the program knows. `country` is its ISO code; `demo`: a made-up one, and its customer."""

    id: str
    name: str
    country: str
    demo: str = ""


class KeyChoice(Sealed, frozen=True):
    """Where the key is to be kept. A passphrase is never shown, not even by mistake."""

    place: Literal["keyring", "passphrase", "memory"]
    passphrase: str = ""


class SignInChoice(Struct, frozen=True):
    """What to sign in to: one of `operator_id`, `address` (https) and `file`, and where the key is kept."""

    key: KeyChoice
    operator_id: str = ""
    address: str = ""
    file: str = ""


class WelcomeFacts(Struct, frozen=True):
    """What the page is told. `done` and `total` count documents read so far; `failure` is why the last try ended.

    `account` is the operator whose files are to be opened, or who was found before the sign-in failed;
    `asks_passphrase` that their key comes from a passphrase, `is_opening` that the key store of the computer has been
    asked and has not answered yet; `is_demo` that the last try was a look around, `is_locked` that they were open until
    nobody touched the window, `is_archive` that they have no operator behind them; `is_undescribed` that what says how
    the operator is reached cannot be read, `is_asking` that the operator is being asked for it. `brought` names the
    files that were opened with the program and wait for an archive.
    """

    operators: tuple[OperatorRow, ...] = ()
    key_store: KeyStore = KeyStore.WORKS
    keychain: str = ""
    stage: Stage = Stage.CHOOSE
    what: str = ""
    done: int = 0
    total: int = 0
    failure: Failure | None = None
    may_demo: bool = True
    account: str = ""
    asks_passphrase: bool = False
    is_opening: bool = False
    is_demo: bool = False
    is_locked: bool = False
    is_archive: bool = False
    is_undescribed: bool = False
    is_asking: bool = False
    brought: str = ""


class WelcomeView(Struct, frozen=True):
    """The page."""

    title: str
    subtitle: str
    operators: tuple[OperatorRow, ...]
    key_sentence: str
    asks_for_key: bool
    stage: Stage
    progress: str
    percent: int | None
    notice: Notice | None
    may_demo: bool
    asks_passphrase: bool
    forget_facts: tuple[FactView, ...]
    is_opening: bool = False
    is_locked: bool = False
    has_operator: bool = True
    brought_sentence: str = ""
    aside: AsideView | None = None
    may_describe: bool = False


class AsideView(Struct, frozen=True):
    """The way on where the file of requests is damaged: the button, and the question behind it."""

    button: str
    title: str
    question: str
    facts: tuple[FactView, ...]
    confirm: str
    cancel: str


def welcome_view(facts: WelcomeFacts, words: Words) -> WelcomeView:
    """The whole page."""
    from .facts import FactView

    return WelcomeView(
        title=words.tr("Your telecom contract, in your own hands"),
        subtitle=words.tr(
            "Bills, options, tickets, the end of your contract and the way out: read from your operator, kept "
            "encrypted on this computer, also without a network."
        ),
        operators=facts.operators,
        key_sentence=_key_sentence(facts, words),
        asks_for_key=facts.key_store is not KeyStore.WORKS,
        stage=facts.stage,
        progress=_progress(facts, words),
        percent=min(100, facts.done * 100 // facts.total) if facts.total > 0 else None,
        notice=_notice(facts, words),
        may_demo=facts.may_demo,
        asks_passphrase=facts.asks_passphrase,
        forget_facts=(
            FactView(words.tr("Account"), facts.account),
            FactView(words.tr("At your operator"), _afterwards(facts, words)),
        ),
        is_opening=facts.is_opening or facts.is_asking,
        is_locked=facts.is_locked,
        has_operator=not facts.is_archive,
        brought_sentence=_brought_sentence(facts.brought, words),
        aside=_aside(facts, words),
        may_describe=facts.is_undescribed and not facts.is_asking and not facts.is_archive,
    )


def _afterwards(facts: WelcomeFacts, words: Words) -> str:
    """What is so at the operator once the data is forgotten: without its key nobody here can end the session."""
    is_readable = not facts.asks_passphrase and not facts.is_undescribed and facts.failure is None
    if facts.stage is not Stage.OPEN or facts.is_archive or is_readable:
        return words.tr("nothing changes")
    return words.tr("nothing changes; this program’s sign-in stays valid there until it runs out")


def _aside(facts: WelcomeFacts, words: Words) -> AsideView | None:
    """The bills need not stay closed because the file of requests is damaged; what is lost by that is said first."""
    if not _is_outbox_damaged(facts):
        return None
    from .facts import FactView

    return AsideView(
        button=words.tr("Open without it…"),
        title=words.tr("Open without your requests and notes?"),
        question=words.tr(
            "The damaged file is kept beside the others under another name; nothing is deleted. Bills and everything "
            "read from your operator open again. Your requests, contacts and notes begin empty, and you sign in again. "
            "What was on its way may have arrived: look at your operator’s before you ask for it again."
        ),
        facts=(
            FactView(words.tr("Account"), facts.account),
            FactView(
                words.tr("At your operator"),
                words.tr("nothing changes; this program’s sign-in stays valid there until it runs out"),
            ),
        ),
        confirm=words.tr("Open without it"),
        cancel=words.tr("Leave it closed"),
    )


def _is_outbox_damaged(facts: WelcomeFacts) -> bool:
    return facts.stage is Stage.OPEN and isinstance(facts.failure, VaultDamaged) and facts.failure.which == "actions"


def _brought_sentence(names: str, words: Words) -> str:
    """What becomes of the files that were opened with the program; "" where none were."""
    if not names:
        return ""
    return words.tr(
        "You opened “{name}” with Selfcare. Its bills become the first of an archive on this computer, encrypted; your "
        "own file stays as it is.",
        name=names if len(names) <= LONGEST_NAMES else names[: LONGEST_NAMES - 1] + "…",
    )


def _notice(facts: WelcomeFacts, words: Words) -> Notice | None:
    """Why the last try ended. Before there is an account, other words fit than later."""
    if facts.failure is None:
        return None
    if facts.stage is Stage.CHOOSE and facts.is_demo and isinstance(facts.failure, Offline | TimedOut):
        return Notice(
            words.tr("The demo operator could not be started."),
            words.tr("It is a part of this program and needs no network. Try again in a moment."),
        )
    if facts.is_undescribed and isinstance(facts.failure, NotAnAnswer | NotOffered | Refused):
        return Notice(
            words.tr("Your operator does not publish its description where you signed in."),
            words.tr("Choose the profile file that your operator gave you."),
        )
    from .notices import as_read, reading_notice

    is_looked_for = facts.stage is Stage.CHOOSE and not facts.account
    about_address = address_notice(facts.failure, words) if is_looked_for else None
    return about_address or as_read(reading_notice(facts.failure, words), has_read=False)


def address_notice(failure: Failure, words: Words) -> Notice | None:
    """What a failure says of the address that the customer typed or chose; None where it says nothing of it."""
    if failure == NotAnAnswer("foreign"):
        return Notice(
            words.tr("This is not an address that can be asked."),
            words.tr(
                "It looks like https://care.example.com. A name with other letters than a to z is written with “xn--”."
            ),
        )
    if isinstance(failure, NotAnAnswer | NotOffered | Refused):
        return Notice(
            words.tr("There is no operator for this program at this address."),
            words.tr("Check the address, or choose the profile file that your operator gave you."),
        )
    if type(failure) is Offline:
        return Notice(
            words.tr("Nobody answers at this address."), words.tr("Check the address and your network, then try again.")
        )
    return None


def operator_words(operator: OperatorRow, words: Words) -> str:
    """An operator in the list, with its country; a made-up one says so."""
    from babel import Locale

    country = Locale(words.language).territories.get(operator.country, operator.country)
    named = f"{operator.name} ({country})" if country else operator.name
    return words.tr("{operator}, made up", operator=named) if operator.demo else named


def operators_found(typed: str, operators: Sequence[OperatorRow], words: Words) -> tuple[OperatorRow, ...]:
    """The operators that have every typed word in their name or country; all of them where nothing is typed."""
    parts = typed.casefold().split()
    return tuple(
        one
        for one in operators
        if all(part in f"{one.name} {one.country} {operator_words(one, words)}".casefold() for part in parts)
    )


def list_sentence(typed: str, operators: Sequence[OperatorRow], words: Words) -> str:
    """What is to be known of the list that comes with the program, or of what was looked for in it; "" for nothing."""
    if typed.strip() and not operators_found(typed, operators, words):
        return words.tr(
            "The list has no operator of this name. Type the address that it gives for programs, or choose its profile "
            "file."
        )
    if operators and all(one.demo for one in operators):
        return words.tr(
            "No real operator is in the list that comes with this program yet: type its address, or choose its profile "
            "file."
        )
    return ""


def address_trouble(address: str, words: Words) -> str:
    """What is wrong with an operator's address, or "". Only https, or this very computer, is taken."""
    plain = address.strip()
    if not plain:
        return words.tr("Type the address that your operator gives for programs, or choose its profile file.")
    try:
        parts = urlsplit(plain)
        host = parts.hostname or ""
    except ValueError:
        return words.tr("This is not an address. It looks like https://care.example.com")
    if parts.scheme == "https" and host and not parts.username:
        return ""
    if parts.scheme == "http" and host in {"127.0.0.1", "::1", "localhost"} and not parts.username:
        return ""
    if parts.scheme == "http":
        return words.tr("Only an address that begins with https:// is safe enough for your data.")
    return words.tr("This is not an address. It looks like https://care.example.com")


def passphrase_trouble(first: str, second: str, words: Words) -> str:
    """What is wrong with a new passphrase typed twice, or ""."""
    if len(first.strip()) < SHORTEST:  # nothing but spaces is no secret
        return words.trn("At least {count} character.", "At least {count} characters.", SHORTEST)
    if first != second:
        return words.tr("The two are not the same.")
    return ""


def _key_sentence(facts: WelcomeFacts, words: Words) -> str:
    if facts.key_store is KeyStore.WORKS:
        if facts.keychain:
            return words.tr(
                "Everything is encrypted. The key goes into the key store of this computer: {name}.",
                name=facts.keychain,
            )
        return words.tr("Everything is encrypted. The key goes into the key store of this computer.")
    if facts.key_store is KeyStore.LOCKED:
        return words.tr(
            "The key store of this computer is locked. Unlock it and start again, or choose one of these two."
        )
    return words.tr("This computer has no key store that works. Choose where the key comes from.")


def _progress(facts: WelcomeFacts, words: Words) -> str:
    if facts.stage is Stage.OPEN and facts.is_opening:
        return words.tr("Waiting for the key store of your computer…")
    if facts.stage is Stage.OPEN and facts.asks_passphrase:
        return words.tr("Your data from {operator} is here, encrypted. Type its passphrase.", operator=facts.account)
    if facts.stage is Stage.OPEN and facts.is_locked:
        return words.tr(
            "Locked, because nobody was here for a while. Your data from {operator} is closed and encrypted.",
            operator=facts.account,
        )
    if facts.stage is Stage.OPEN and facts.is_asking:
        return words.tr("Asking {operator} for its description…", operator=facts.account)
    if facts.stage is Stage.OPEN and facts.is_undescribed:
        return words.tr(
            "Your data from {operator} is here, encrypted and unharmed. The description that says how this operator is "
            "reached is damaged, or of another version of this program.",
            operator=facts.account,
        )
    if _is_outbox_damaged(facts):
        return words.tr(
            "Your data from {operator} is here, encrypted. Only the file with your requests and notes is damaged.",
            operator=facts.account,
        )
    if facts.stage is Stage.OPEN and isinstance(facts.failure, VaultDamaged | VaultNewer | DiskTrouble):
        return words.tr("Your data from {operator} is here, encrypted.", operator=facts.account)
    if facts.stage is Stage.OPEN:
        return words.tr("Your data from {operator} is here, encrypted. Its key is needed.", operator=facts.account)
    if facts.stage is Stage.STARTING:
        return words.tr("Starting the demo operator…")
    if facts.stage is Stage.BROWSER:
        return words.tr("Sign in at your operator in your browser. This page waits for you.")
    if facts.stage is Stage.CLOSING:
        return words.tr("The account is being closed. What is still on its way is waited for.")
    if facts.stage is Stage.FORGETTING:
        return words.tr(
            "Your data is being deleted from this computer. You may close this window: it is deleted all the same."
        )
    if facts.stage is Stage.READING:
        if facts.what and facts.total > 0:
            return words.tr(
                "Reading {what}: {done} of {total}",
                what=facts.what,
                done=words.number(facts.done),
                total=words.number(facts.total),
            )
        return words.tr("Reading from your operator…")
    return ""
