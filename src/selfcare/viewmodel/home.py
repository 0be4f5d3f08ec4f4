"""What matters today: the bill that is not like the others, broken promises, what is charged but does not work."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.i18n.words import Words

from .ages import Absence, absence_of
from .home_cards import HomeFacts, HomeView, PaymentCard, SideCard, Step, UrgentCard
from .home_side import contract_card, payment_card, problem_cards, promise_card, waiting_card
from .home_urgent import bill_cards, charged_cards, promise_cards, waiting_cards

__all__ = ["HomeFacts", "HomeView", "PaymentCard", "SideCard", "Step", "UrgentCard", "home_view"]


def home_view(facts: HomeFacts, words: Words, zone: ZoneInfo, today: date, now: datetime) -> HomeView:
    """Home for a day, from what was last read."""
    urgent = (
        *waiting_cards(facts, words),
        *bill_cards(facts, words, zone, today),
        *promise_cards(facts, words, zone, today, now),
        *charged_cards(facts, words, today),
    )
    side = (
        promise_card(facts, words, zone, today, now),
        contract_card(facts, words, today),
        *problem_cards(facts, words, zone, today),
        waiting_card(facts, words, zone, today),
    )
    calm = None
    if not urgent:
        calm = _calm(facts, words)
    return HomeView(
        words.tr("What matters today"),
        _below(len(urgent), calm, words, today),
        tuple(urgent),
        payment_card(facts, words, today),
        tuple(card for card in side if card is not None),
        calm,
    )


def _below(count: int, calm: Absence | None, words: Words, today: date) -> str:
    day = words.long_day(today)
    day = day[:1].upper() + day[1:]
    if calm is not None and calm.kind != "calm":
        return words.tr("{day}.", day=day)
    if not count:
        return words.tr("{day}. Nothing needs you.", day=day)
    return words.trn(
        "{day}. {count} thing needs you, the rest is quiet.",
        "{day}. {count} things need you, the rest is quiet.",
        count,
        day=day,
    )


def _calm(facts: HomeFacts, words: Words) -> Absence:
    if facts.customer is None and not facts.bills:
        found = absence_of(facts.bills_age, words.tr("Nothing here yet"), words)
        if found.kind != "nothing":
            return found
    return Absence(
        "calm",
        words.tr("Nothing needs you today"),
        words.tr("Bills are as usual, no promise is broken, and everything that is charged works as far as is known."),
    )
