"""What is said of a request that was not sent because what it is about has changed meanwhile, and where to look."""

from __future__ import annotations

from selfcare.domain.commands import (
    AddNote,
    Command,
    DropOption,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    WithdrawNotice,
)
from selfcare.i18n import Words


def changed_sentence(command: Command, words: Words, *, was_sent: bool) -> str:
    """Why the customer is asked before it goes on; `was_sent`: the operator itself said so, and not of what."""
    if was_sent:
        return words.tr(
            "What this is about has changed at your operator since you asked for it, so it was not done. Look at it, "
            "then decide."
        )
    match command:
        case GiveNotice():
            return words.tr(
                "Your contract or your line has changed or ended since you confirmed this, or a notice for this line "
                "is with your operator already, so it was not sent. Look at the contract, then decide."
            )
        case WithdrawNotice():
            return words.tr(
                "The notice that this takes back is carried out or ended already, so it was not sent. Look at it, then "
                "decide."
            )
        case RequestUnlock():
            return words.tr(
                "Your operator says that this handset is unlocked already, or that its line has ended, so it was not "
                "sent."
            )
        case RequestCode():
            return words.tr("Your operator says that this line has ended, so it was not sent.")
        case DropOption():
            return words.tr("Your operator says that this option, or its line, has ended already, so it was not sent.")
        case OrderOption():
            return words.tr(
                "The price or the terms of this option, or the line itself, are no longer as you saw them, so it was "
                "not sent. Look at the line, then decide."
            )
        case AddNote():
            return words.tr(
                "Your operator has closed this ticket since, so your note was not sent. Look at the ticket, then "
                "decide."
            )
        case OpenTicket(ticket_type="paymentArrangement"):
            return words.tr("Your operator says that this bill is paid, so it was not sent.")
    return words.tr("What this is about has changed, so it was not sent. Look at it, then decide.")


def changed_look(command: Command, words: Words) -> tuple[str, str]:
    """The button that leads to what has changed: its label and its page."""
    match command:
        case GiveNotice():
            return words.tr("Look at the contract"), "contract"
        case WithdrawNotice():
            return words.tr("Look at the way out"), "leaving"
        case RequestUnlock() | RequestCode() | DropOption() | OrderOption():
            return words.tr("Look at the line"), "services"
        case OpenTicket(ticket_type="paymentArrangement"):
            return words.tr("Look at the bills"), "bills"
    return words.tr("Look at the tickets"), "help"
