"""What Home says of requests that need the customer: a question to decide on, and what the operator refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from selfcare.domain.commands import GiveNotice
from selfcare.domain.waiting import COPY, UNCLEAR, Waiting, WaitingState
from selfcare.i18n.words import Words

from .facts import refusal_sentence
from .home_cards import HomeFacts, Step, UrgentCard

REFUSED_FOR = timedelta(days=7)
"""So long Home tells of a refusal; it stays under Waiting."""

REFUSED_TOLD = 2
"""Of how many refusals, the newest first."""


def waiting_cards(facts: HomeFacts, words: Words, now: datetime) -> list[UrgentCard]:
    """Requests that only the customer can decide on, and those that were refused in the last days with the reason."""
    asks = [w for w in facts.waiting if w.state is WaitingState.ASK]
    cards = [_question(asks, words)] if asks else []
    if facts.forgotten:
        cards.append(_forgotten(len(facts.forgotten), words))
    return cards + [_refused(one, facts, words) for one in _refusals(facts, words, now)[:REFUSED_TOLD]]


def _forgotten(count: int, words: Words) -> UrgentCard:
    return UrgentCard(
        words.tr("Needs you"),
        "bad",
        words.trn(
            "{count} notice is no longer shown by your operator",
            "{count} notices are no longer shown by your operator",
            count,
        ),
        words.tr("It was accepted, and nothing says that it was carried out. Ask before you count on the end."),
        (Step(words.tr("See the request"), "waiting"),),
    )  # fmt: skip


def _question(asks: list[Waiting], words: Words) -> UrgentCard:
    count, decide = len(asks), (Step(words.tr("Decide"), "waiting"),)
    if any(one.why == COPY or (one.sent is not None and one.why in UNCLEAR) for one in asks):
        return UrgentCard(
            words.tr("Needs you"),
            "bad",
            words.trn("{count} request needs your decision", "{count} requests need your decision", count),
            words.tr("It cannot be told whether all was received; nothing is sent again before you have said so."),
            decide,
        )
    return UrgentCard(
        words.tr("Needs you"),
        "bad",
        words.trn("{count} request was not done and needs you", "{count} requests were not done and need you", count),
        words.tr("Something changed, or it came too late; nothing is sent before you have said so."),
        decide,
    )


def _refusals(facts: HomeFacts, words: Words, now: datetime) -> list[Waiting]:
    """The newest first; not one that was asked for again since, whatever came of that."""
    said: set[tuple[str, str]] = set()
    found = []
    for one in sorted(facts.waiting, key=lambda w: w.created, reverse=True):
        key = _what(one, facts, words)
        is_recent = now - (one.settled or one.created) <= REFUSED_FOR
        if one.state is WaitingState.REJECTED and key not in said and is_recent:
            found.append(one)
        if one.state is not WaitingState.DROPPED or isinstance(one.command, GiveNotice):
            said.add(key)
    return found


def _what(one: Waiting, facts: HomeFacts, words: Words) -> tuple[str, str]:
    """What a request is about: a notice is about its line, whatever day it names, and one taken back ends that too."""
    from .waiting import request_title

    if isinstance(one.command, GiveNotice):
        return one.command.kind, one.command.line_id
    return one.command.kind, request_title(one.command, facts.lines, facts.tickets, words)


def _refused(one: Waiting, facts: HomeFacts, words: Words) -> UrgentCard:
    from .waiting import request_title

    title = request_title(one.command, facts.lines, facts.tickets, words)
    steps = (Step(words.tr("See what became of it"), "waiting"), Step(words.tr("Who can I reach now?"), "help"))
    return UrgentCard(words.tr("Refused"), "bad", title, refusal_sentence(one.reason, words), steps)
