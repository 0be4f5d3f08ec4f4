"""What matters today: the bill that is not like the others, broken promises, what is charged but does not work."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.domain.topics import Topic
from selfcare.i18n.words import Words

from .ages import Absence, Known, absence_of, known_of
from .home_cards import HomeFacts, HomeView, PaymentCard, SideCard, Step, UrgentCard
from .home_charged import charged_cards
from .home_side import contract_card, payment_card, problem_cards, promise_card, waiting_card
from .home_urgent import bill_cards, promise_cards
from .home_waiting import waiting_cards
from .rounds import topic_names

__all__ = ["HomeFacts", "HomeView", "PaymentCard", "SideCard", "Step", "UrgentCard", "home_view"]


def home_view(facts: HomeFacts, words: Words, zone: ZoneInfo, today: date, now: datetime) -> HomeView:
    """Home for a day, from what was last read."""
    urgent = (
        *waiting_cards(facts, words, now),
        *facts.out,
        *bill_cards(facts, words, zone, today),
        *promise_cards(facts, words, zone, today, now),
        *charged_cards(facts, words, today),
    )
    side = (
        *facts.out_side,
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
        _below(len(urgent), calm, _knows_all(facts), words, today),
        tuple(urgent),
        payment_card(facts, words, today),
        tuple(card for card in side if card is not None),
        calm,
    )


def _below(count: int, calm: Absence | None, knows_all: bool, words: Words, today: date) -> str:
    day = words.long_day(today)
    day = day[:1].upper() + day[1:]
    if calm is not None and (calm.kind != "calm" or not knows_all):
        return words.tr("{day}.", day=day)
    if not count:
        return words.tr("{day}. Nothing needs you.", day=day)
    if not knows_all:
        return words.trn("{day}. {count} thing needs you.", "{day}. {count} things need you.", count, day=day)
    return words.trn(
        "{day}. {count} thing needs you, the rest is quiet.",
        "{day}. {count} things need you, the rest is quiet.",
        count,
        day=day,
    )


_CALM_OF = ((Topic.BILLS,), (Topic.TICKETS,), (Topic.PRODUCTS, Topic.SERVICES))
"""What has to have been read before it may be called quiet, sentence by sentence."""


def _are_bills_stated(facts: HomeFacts) -> bool:
    """Of a bill without an amount or a day nobody can say that it is as usual."""
    return all(bill.total is not None and bill.day is not None for bill in facts.bills)


def _unstated(facts: HomeFacts, words: Words) -> str:
    if any(bill.unread for bill in facts.bills):
        return words.tr("An amount of a bill could not be understood.")
    return words.tr("The amount or the day of a bill is not stated by your operator.")


def _are_bills_enough(facts: HomeFacts) -> bool:
    """Of what is to be paid, and of the newest bill, it could be told whether it is usual."""
    asked = [bill for bill in facts.bills if not bill.is_credit_note]
    judgements = [facts.judged.get(bill.id) for n, bill in enumerate(asked) if not n or not bill.is_paid]
    return all(one is None or one.can_tell for one in judgements)


def _knows_all(facts: HomeFacts) -> bool:
    return (
        _are_bills_stated(facts)
        and _are_bills_enough(facts)
        and all(known_of(topics, facts.parts) is Known.NONE for topics in _CALM_OF)
    )


def _calm(facts: HomeFacts, words: Words) -> Absence:
    """Nothing needs the customer; of what is not offered, or was never read, nothing is claimed."""
    if facts.customer is None and not facts.bills:
        found = absence_of(facts.bills_age, words.tr("Nothing here yet"), words)
        if found.kind != "nothing":
            return found
    if _knows_all(facts):
        return Absence(
            "calm",
            words.tr("Nothing needs you today"),
            words.tr(
                "Bills are as usual, no promise is broken, and everything that is charged works as far as is known."
            ),
        )
    quiet = (
        words.tr("Bills are as usual."),
        words.tr("No promise is broken."),
        words.tr("Everything that is charged works as far as is known."),
    )
    known = {topic: known_of((topic,), facts.parts) for topics in _CALM_OF for topic in topics}
    said = [words for words, topics in zip(quiet, _CALM_OF, strict=True) if {known[t] for t in topics} == {Known.NONE}]
    is_stated, is_enough = _are_bills_stated(facts), _are_bills_enough(facts)
    said = said if is_stated and is_enough else [one for one in said if one != quiet[0]]
    absent = topic_names([topic for topic, state in known.items() if state is Known.NOT_OFFERED], words)
    unread = topic_names([topic for topic, state in known.items() if state is Known.UNREAD], words)
    why = [words.tr("Your operator does not offer here: {what}.", what=words.listing(absent))] if absent else []
    why += [words.tr("Not read yet: {what}.", what=words.listing(unread))] if unread else []
    why += [] if is_stated else [_unstated(facts, words)]
    is_told = not why
    why += [] if is_enough else [words.tr("There are too few bills to tell what is usual for you.")]
    if not said:
        return Absence("notOffered", words.tr("Nothing can be said of today"), " ".join(why))
    title = words.tr("Nothing needs you, as far as your operator tells")
    if is_told:
        title = words.tr("Nothing needs you, as far as can be told yet")
    return Absence("calm", title, " ".join(said + why))
