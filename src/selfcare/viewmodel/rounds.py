"""What is being read right now, in one line, for the top of the window; and why a press begins nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from selfcare.domain.topics import Topic
from selfcare.i18n import Words

from .notice import Notice


def reading_line(topic: Topic, done: int, total: int | None, words: Words) -> str:
    """How far the reading has come: "Reading bills: 400 of 1,200"."""
    if total and total > 1:
        return words.tr(
            "Reading {what}: {done} of {total}",
            what=topic_name(topic, words),
            done=words.number(done),
            total=words.number(total),
        )
    return words.tr("Reading {what}…", what=topic_name(topic, words))


def signing_in_line(words: Words) -> str:
    """The program waits for the operator's login."""
    return words.tr("Signing in…")


def sending_line(words: Words) -> str:
    """The program sends what was asked for."""
    return words.tr("Sending…")


def too_soon(until: datetime, now: datetime, words: Words) -> Notice:
    """The customer asked for another reading just after the last ones; nothing is wrong at the operator's."""
    seconds = max(1, ceil((until - now).total_seconds()))
    return Notice(
        words.tr("You asked for that several times just now."),
        words.trn(
            "You can ask again in {count} second: one program among many should not knock on the door all the time.",
            "You can ask again in {count} seconds: one program among many should not knock on the door all the time.",
            seconds,
        ),
        "neutral",
    )


def left_alone(until: datetime, now: datetime, words: Words, zone: ZoneInfo, *, asked: bool) -> Notice:
    """The operator asked for patience (`asked`), or answered with faults several times in a row."""
    moment = words.instant(until, zone, now.astimezone(zone).date())
    if asked:
        sentence = words.tr("Your operator asks for patience until {moment}.", moment=moment)
    else:
        sentence = words.tr(
            "Your operator’s system has had faults several times in a row. It is left alone until {moment}.",
            moment=moment,
        )
    advice = words.tr("It is tried again by itself; you need not do anything.")
    return Notice(sentence, advice, "neutral", waits=True)


def tried_often(until: datetime, now: datetime, words: Words, zone: ZoneInfo) -> Notice:
    """The customer wanted a request tried again, for the fourth time within a few minutes."""
    moment = words.instant(until, zone, now.astimezone(zone).date())
    return Notice(
        words.tr("Your requests were tried several times just now."),
        words.tr("You can try them again from {moment} on; they also go on by themselves.", moment=moment),
        "neutral",
    )


def topic_name(topic: Topic, words: Words) -> str:
    """A topic in the middle of a sentence."""
    return {
        Topic.CUSTOMER: words.trc("reading", "customer"),
        Topic.ACCOUNTS: words.trc("reading", "accounts"),
        Topic.BILLS: words.trc("reading", "bills"),
        Topic.BILL_LINES: words.trc("reading", "lines of the bills"),
        Topic.PAYMENTS: words.trc("reading", "payments"),
        Topic.PAPERS: words.trc("reading", "PDFs"),
        Topic.LETTERS: words.trc("reading", "letters and contracts’ papers"),
        Topic.PRODUCTS: words.trc("reading", "lines and options"),
        Topic.SERVICES: words.trc("reading", "services"),
        Topic.CONTRACTS: words.trc("reading", "contracts"),
        Topic.TICKETS: words.trc("reading", "tickets"),
        Topic.PROBLEMS: words.trc("reading", "known problems"),
        Topic.APPOINTMENTS: words.trc("reading", "appointments"),
        Topic.CONTACTS: words.trc("reading", "contacts"),
        Topic.MESSAGES: words.trc("reading", "messages"),
        Topic.ORDERS: words.trc("reading", "orders"),
        Topic.OFFERS: words.trc("reading", "options to order"),
    }.get(topic, words.trc("reading", "account"))


def topic_names(topics: Iterable[Topic], words: Words) -> list[str]:
    """The parts of a list of topics: a topic of two things is two of them, so that no "and" stands within it."""
    parts = {
        Topic.PRODUCTS: (words.trc("reading", "lines"), words.trc("reading", "options")),
        Topic.LETTERS: (words.trc("reading", "letters"), words.trc("reading", "papers of contracts")),
    }
    return [name for topic in topics for name in parts.get(topic) or (topic_name(topic, words),)]
