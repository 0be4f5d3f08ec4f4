"""What an announced change of price allows: until when one may leave free, and whether it was announced in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from selfcare.domain.contacts import Message
from selfcare.domain.contract import PriceChange
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.atlas import country_of
from selfcare.leaving.choices import Choices
from selfcare.leaving.country import CostReason, DutyKind, DutyState, Ground
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.rules import Rules

from .facts import quoted


class RightsGround(Struct, frozen=True):
    """What the rules are asked with: the operator's country and zone, its rules, who the customer is, the moment."""

    country: str
    zone: str
    currency: str
    rules: Rules
    is_business: bool
    now: datetime
    messages: tuple[Message, ...] = ()


def right_sentences(change: PriceChange, ground: RightsGround | None, words: Words, today: date) -> tuple[str, str]:
    """Until when one may leave free because of a change, and the rule's own sentence; "" where no rule says.

    A price that falls is no reason to leave, and needs no announcement in time. A right that the rules call uncertain
    is said with "perhaps": it ends where the change is only to one's benefit.
    """
    if is_fall(change):
        return words.tr("The price falls: that alone is no reason to leave free."), ""
    if ground is None or change.told is None:
        return "", ""
    both = ((change.told, change.starts),) if change.starts is not None else ()
    facts = LeavingFacts(
        ground.country, ground.zone, "", "", is_business=ground.is_business, price_changes=(change.told,), changes=both
    )
    asked = Ground(facts, ground.rules, Choices(), today, ground.now, ground.currency)
    country = country_of(ground.country)
    parts, rule_id = [], ""
    for free in country.exits(asked):
        if free.reason is not CostReason.FREE_EXIT or free.last is None:
            continue
        rule_id = free.rule_id
        day = words.day_far(free.last, today) if free.last >= today else words.day(free.last, today)
        if free.last < today:
            parts.append(words.tr("The time to leave free because of it ended on {day}.", day=day))
        elif free.is_certain:
            parts.append(words.tr("You may leave free because of it until {day}.", day=day))
        else:
            parts.append(words.tr("Perhaps you may leave free because of it, until {day}.", day=day))
    for duty in country.duties(asked):
        if duty.kind is DutyKind.CHANGE and duty.state is DutyState.MISSED:
            parts.append(words.tr("It was announced later than the rule asks."))
            rule_id = rule_id or duty.rule_id
    rule = ground.rules.find(rule_id, change.told) if rule_id else None
    return " ".join(parts), rule.sentence(words.language) if rule is not None else ""


def is_fall(change: PriceChange) -> bool:
    """The new price is lower than the one before, and nothing else is known of it."""
    before, after = change.before, change.after
    return before is not None and after is not None and before.unit == after.unit and after.value < before.value


def how_told(change: PriceChange, messages: Iterable[Message], words: Words, today: date) -> str:
    """The operator's message in which the new price stands, sent within days of the stated announcement; else ""."""
    if change.told is None or change.after is None:
        return ""
    figure = f"{change.after.value:.2f}"
    for message in messages:
        text = f"{message.subject} {message.text}"
        near = message.sent is not None and abs((message.sent.date() - change.told).days) <= 7
        if near and message.sent is not None and (figure in text or figure.replace(".", ",") in text):
            day = words.day(message.sent.date(), today)
            said = quoted(message.subject or message.text[:80], words)
            return words.tr("The message in which it stands: {said}, {day}.", said=said, day=day)
    return ""
