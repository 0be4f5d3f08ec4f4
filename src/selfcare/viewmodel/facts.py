"""The small pieces that every page is made of: a fact with its name, a tag with its tone, a request to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from selfcare.domain.bills import Bill
from selfcare.domain.commands import Command
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Line
from selfcare.domain.money import Money
from selfcare.domain.periods import UNTOLD, period_of
from selfcare.domain.records import Struct, replace
from selfcare.domain.topics import Topic
from selfcare.i18n import Words

from .leaving_numbers import number_text


class Tone(StrEnum):
    """How a tag is tinted; the words on it say the same, so the colour is never alone."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    QUIET = "neutral"
    ACCENT = "accent"


class TagView(Struct, frozen=True):
    """A status in a word or two."""

    text: str
    tone: Tone = Tone.QUIET


class FactView(Struct, frozen=True):
    """One fact: what it is called, what it is, and what is to be known about it. `is_stated` is False where the
    operator says nothing."""

    name: str
    value: str
    note: str = ""
    tag: TagView | None = None
    is_stated: bool = True


class ConfirmView(Struct, frozen=True):
    """One question before something is sent: facts, what happens next, and the request itself."""

    title: str
    text: str
    facts: tuple[FactView, ...]
    yes: str
    no: str
    command: Command


def amount_text(bill: Bill, name: str, words: Words) -> str:
    """The total or what remains of a bill, by its name there; not understood is not the same as not stated."""
    amount = bill.total if name == "total" else bill.remaining
    if amount is None and name in bill.unread:
        return words.tr("not understood")
    return words.money(amount)


def owed_text(bill: Bill, words: Words) -> str:
    """What remains of a bill to be paid, else what it is over."""
    is_stated = bill.remaining is not None or "remaining" in bill.unread
    return amount_text(bill, "remaining" if is_stated else "total", words)


def stated(name: str, value: str, words: Words, *, note: str = "", tag: TagView | None = None) -> FactView:
    """A fact; an empty value is shown as what it is: not stated by the operator."""
    if value:
        return FactView(name, value, note, tag)
    return FactView(name, words.tr("not stated by your operator"), note, tag, is_stated=False)


_LONGEST_NAME = 80


def shortened(name: str) -> str:
    """A name in a sentence, cut where it is longer than any that people would say."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def price_text(price: Money | None, period: str, words: Words, *, is_net: bool = False) -> str:
    """A price with how often it is due; empty where no price is stated. An unknown period is quoted as it came.

    `is_net`: the price is without tax, and more than that is paid.
    """
    if price is None:
        return ""
    if is_net:
        return words.tr("{price} without tax", price=price_text(price, period, words))
    amount = words.money(price)
    if not period.strip():
        return amount
    if period.strip().casefold() == UNTOLD:
        return words.tr("{amount} (how often is not stated)", amount=amount)
    match period_of(period):
        case (1, "month"):
            return words.tr("{amount} a month", amount=amount)
        case (1, "year"):
            return words.tr("{amount} a year", amount=amount)
        case (1, "week"):
            return words.tr("{amount} a week", amount=amount)
        case (1, "day"):
            return words.tr("{amount} a day", amount=amount)
        case (_, _):
            return words.tr("{amount} every {period}", amount=amount, period=period_word(period, words))
    return words.tr("{amount} per {period}", amount=amount, period=period.strip())


def before_discounts(price: str, words: Words, *, has_discount: bool) -> str:
    """A price as it is shown, with the word that something is still taken off where that is so."""
    return words.tr("{price} before discounts", price=price) if price and has_discount else price


def period_word(period: str, words: Words) -> str:
    """How often a price is due, as a word of its own or a number of them; an unknown period as it came."""
    found = period_of(period)
    if found is None:
        return "" if period.strip().casefold() == UNTOLD else period.strip()
    count, unit = found
    if count == 1:
        return {
            "month": words.trc("period", "month"),
            "year": words.trc("period", "year"),
            "week": words.trc("period", "week"),
            "day": words.trc("period", "day"),
        }[unit]
    return {
        "month": words.trn("{count} month", "{count} months", count),
        "year": words.trn("{count} year", "{count} years", count),
        "week": words.trn("{count} week", "{count} weeks", count),
        "day": words.trn("{count} day", "{count} days", count),
    }[unit]


def quoted(text: str, words: Words) -> str:
    """The operator's own text, marked as a quotation."""
    return words.tr("“{said}”", said=text.strip()) if text.strip() else ""


def refusal_sentence(reason: str, words: Words) -> str:
    """That the operator said no, with its reason as a quotation, or that it gave none."""
    if reason.strip():
        return words.tr("Refused by your operator: {reason}", reason=quoted(reason, words))
    return words.tr("Refused by your operator, which gave no reason.")


def own_word(word: str, words: Words) -> str:
    """A state for which we have no words: the operator's own, marked as such; or that it states none."""
    if not word.strip():
        return words.tr("state not stated")
    return words.tr("operator’s word: {word}", word=quoted(word, words))


def freshness_of(topic: Topic, parts: Iterable[Freshness]) -> Freshness | None:
    """The age of one topic among several; None for one that nobody told us about."""
    return next((part for part in parts if part.topic is topic), None)


def with_shown_numbers(lines: Iterable[Line], country: str) -> tuple[Line, ...]:
    """The lines with their numbers as people of the operator's country write them; for showing only."""
    return tuple(replace(line, number=number_text(line.number, country)) for line in lines)
