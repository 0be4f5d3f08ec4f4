"""What still waits when somebody signs out or forgets everything: each request by its name, and the question before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from selfcare.domain.lines import Line
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.i18n import Words

from .facts import FactView
from .waiting import request_title, state_tag

SHOWN = 8
"""Requests that are named one by one; of more only the number is told."""
_UNCONFIRMED = frozenset({WaitingState.NEW, WaitingState.SENDING, WaitingState.UNKNOWN, WaitingState.ASK})


class SignOutView(Struct, frozen=True):
    """The question before signing out while something waits."""

    title: str
    text: str
    facts: tuple[FactView, ...]
    yes: str
    no: str


def unsent_facts(
    waiting: Sequence[Waiting],
    lines: Sequence[Line],
    tickets: Sequence[Ticket],
    words: Words,
    zone: ZoneInfo,
    today: date,
) -> tuple[FactView, ...]:
    """Each request that the operator has not confirmed: where it stands and since when, and what it is."""
    open_ones = sorted((one for one in waiting if one.state in _UNCONFIRMED), key=lambda one: one.created)
    found = [
        FactView(
            state_tag(one, words).text,
            request_title(one.command, lines, tickets, words),
            words.tr("Asked for on {moment}.", moment=words.instant(one.created, zone, today)),
        )
        for one in open_ones[:SHOWN]
    ]
    if len(open_ones) > SHOWN:
        more = len(open_ones) - SHOWN
        found.append(FactView(words.tr("And more"), words.trn("{count} more request", "{count} more requests", more)))
    return tuple(found)


def sign_out_view(unsent: tuple[FactView, ...], words: Words) -> SignOutView | None:
    """The question; None where nothing waits, so that nothing has to be asked."""
    if not unsent:
        return None
    return SignOutView(
        title=words.tr("Sign out while something waits?"),
        text=words.tr(
            "These requests are kept here, encrypted. Nothing of them is sent or checked until you sign in again, and "
            "after some days you are asked before they go out."
        ),
        facts=unsent,
        yes=words.tr("Sign out"),
        no=words.tr("Stay signed in"),
    )
