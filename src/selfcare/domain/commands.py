"""What a customer may ask the operator for; each is kept in the outbox until the operator has answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from .money import Money
from .records import Struct, replace
from .tickets import EntityRef
from .topics import Topic


class Evidence(Struct, frozen=True):
    """A file that goes along with a request. Its content is in the request's body, and not kept a second time."""

    name: str
    mime: str
    size: int
    content: bytes = b""


LONGEST_TEXT = 20_000
"""Characters of a text that is pasted for an operator: many refuse what is much longer, and only when it arrives."""


class OpenTicket(Struct, frozen=True):
    """Report a trouble, dispute a bill or ask for a payment plan (POST TMF621 troubleTicket).

    `ticket_type` is "Incident", "Bill Dispute", "paymentArrangement", or the operator's own. `severity` is one of
    Critical, Major, Minor. `wanted` is the day by which the customer wants an answer; `amount` and `reason` (a word of
    viewmodel.dispute_reasons) are what is disputed and why.
    """

    kind: ClassVar[str] = "openTicket"
    title: str
    text: str
    ticket_type: str
    severity: str = "Minor"
    about: tuple[EntityRef, ...] = ()
    wanted: date | None = None
    amount: Money | None = None
    reason: str = ""
    files: tuple[Evidence, ...] = ()


class AddNote(Struct, frozen=True):
    """Add a remark to a ticket (PATCH TMF621 troubleTicket)."""

    kind: ClassVar[str] = "addNote"
    ticket_id: str
    text: str


class RequestCode(Struct, frozen=True):
    """Ask for the code that lets the number go (TMF622 order, action noChange). `scheme` is PAC, STAC or RIO."""

    kind: ClassVar[str] = "requestCode"
    line_id: str
    number: str
    scheme: str


class RequestUnlock(Struct, frozen=True):
    """Ask for a handset to be unlocked (TMF622 order, action modify on the device). `note` goes along word for word,
    "" for none."""

    kind: ClassVar[str] = "requestUnlock"
    handset_id: str
    serial: str
    line_id: str
    note: str = ""


class GiveNotice(Struct, frozen=True):
    """End a line on a day (TMF622 order, action delete).

    `seen_ends` and `seen_cost` are what the customer saw when confirming: if the contract has changed underneath, the
    request comes back to the customer instead of being sent. `is_withdrawal` is no notice but a withdrawal from a new
    contract (FR-RET-01, UK-CTR-12): the standard has no kind of its own for it, so it is told in words and by a mark.
    """

    kind: ClassVar[str] = "giveNotice"
    line_id: str
    contract_id: str
    day: date
    reason: str = ""
    seen_ends: date | None = None
    seen_cost: Money | None = None
    is_withdrawal: bool = False


class WithdrawNotice(Struct, frozen=True):
    """Take notice back (POST TMF622 cancelProductOrder)."""

    kind: ClassVar[str] = "withdrawNotice"
    order_id: str
    reason: str = ""


class DropOption(Struct, frozen=True):
    """Take an option off a line (TMF622 order, action delete on the option). `name` is what it is called."""

    kind: ClassVar[str] = "dropOption"
    option_id: str
    line_id: str
    name: str


class OrderOption(Struct, frozen=True):
    """Put an option on a line (TMF622 order, action add), as the customer saw it.

    `offering_id` is the option in the operator's catalogue (TMF620), `price` recurs every `period`, `once` is paid one
    time, `is_net`: both were shown as without tax; `months` is how long it binds, `clause` the terms that were shown.
    All of it goes out word for word, so that the operator cannot have been asked for something else than was shown.
    """

    kind: ClassVar[str] = "orderOption"
    line_id: str
    offering_id: str
    name: str
    price: Money | None = None
    period: str = ""
    once: Money | None = None
    months: int | None = None
    clause: str = ""
    is_net: bool = False


class SendContact(Struct, frozen=True):
    """Put a contact that the customer noted into the operator's own log (POST TMF683 partyInteraction).

    `channel` is the way in TMF683's own words, `text` what the customer wrote; `contact_id` is the note it came from.
    """

    kind: ClassVar[str] = "sendContact"
    contact_id: str
    channel: str
    is_inbound: bool
    started: datetime
    ended: datetime | None
    text: str
    about: tuple[EntityRef, ...] = ()


Command = (
    OpenTicket
    | AddNote
    | RequestCode
    | RequestUnlock
    | GiveNotice
    | WithdrawNotice
    | DropOption
    | OrderOption
    | SendContact
)

COMMANDS: tuple[type[Command], ...] = (
    OpenTicket,
    AddNote,
    RequestCode,
    RequestUnlock,
    GiveNotice,
    WithdrawNotice,
    DropOption,
    OrderOption,
    SendContact,
)


def without_contents(command: Command) -> Command:
    """The command as it is kept beside its body: the files by name alone."""
    if not isinstance(command, OpenTicket) or not command.files:
        return command
    return replace(command, files=tuple(replace(one, content=b"") for one in command.files))


def topic_of(command: Command) -> Topic:
    """What to read again once the operator has accepted a command."""
    if isinstance(command, SendContact):
        return Topic.CONTACTS
    return Topic.TICKETS if isinstance(command, OpenTicket | AddNote) else Topic.ORDERS


def valid_for(command: Command) -> timedelta:
    """How long after it was asked for a command may still be sent without asking the customer again."""
    if isinstance(command, GiveNotice | WithdrawNotice | OrderOption):
        return timedelta(days=2)
    if isinstance(command, RequestCode | RequestUnlock):
        return timedelta(days=7)
    return timedelta(days=30)
