"""The quiet cards of Home: the next payment, the contract's end, known problems, open promises, what is on its way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.case.promises import PromiseSource, PromiseState
from selfcare.domain.bills import Bill, is_overdue, taken_for
from selfcare.domain.contract import Contract, stated_with_lines
from selfcare.domain.customer import MediumKind
from selfcare.domain.lines import services_of
from selfcare.domain.money import Money, totals_by_unit
from selfcare.domain.problems import Problem
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from selfcare.i18n.words import Words
from selfcare.leaving.departures import of_contract

from .ages import Known, known_of
from .appointments import standing
from .bars import bars_of
from .case_promises import promise_title, target_of
from .contract_state import leaving_sentence
from .facts import owed_text
from .home_cards import HomeFacts, PaymentCard, SideCard, Step
from .unusual import lost_sentence

WAITING_TOLD = 3
"""Of how many requests Home tells the course; all of them are on the page Waiting."""


def payment_card(facts: HomeFacts, words: Words, today: date) -> PaymentCard | None:
    """The nearest payment that is still to be made, with the bills of the last year; None before the first bill."""
    if not facts.bills:
        return None
    bars = bars_of(facts.bills, words, judged={key: one.is_odd for key, one in facts.judged.items()})
    account = facts.accounts[0] if facts.accounts else None
    debit = account.direct_debit if account is not None else None
    open_bills = facts.open_bills
    unpaid = [b for b in open_bills if taken_for(b, facts.payments) is None]
    lost = [b for b in unpaid if b.no_longer_listed]
    unpaid = [b for b in unpaid if not b.no_longer_listed]
    if lost and not unpaid:
        text, step = lost_sentence(lost, words), Step(words.tr("Open the bill"), f"bills/{lost[0].id}")
        return PaymentCard(words.tr("Next payment"), words.tr("Not listed any more"), text, bars, step)
    if open_bills and not unpaid:
        text = words.tr("What was taken is not credited by your operator yet.")
        return PaymentCard(words.tr("Next payment"), words.tr("Nothing to pay"), text, bars, None)
    if not unpaid:
        following = facts.bills[0].next_day
        text = words.tr("Every bill is paid.")
        if following is not None and following >= today:
            text = words.tr(
                "Every bill is paid. The next one is written on {day}.", day=words.day_far(following, today)
            )
        return PaymentCard(words.tr("Next payment"), words.tr("Nothing to pay"), text, bars, None)
    nearest = min(unpaid, key=lambda b: b.due or date.max)
    parts = [words.tr("day not stated")]
    if nearest.due is not None:
        parts = [words.day_far(nearest.due, today)]
        if is_overdue(nearest, today):
            parts = [words.tr("overdue since {day}", day=words.day_far(nearest.due, today))]
    if debit is not None:
        parts.append(debit.name or words.tr("Direct Debit {account}", account=debit.account))
    if lost:
        parts.append(lost_sentence(lost, words))
    together = _due_together(nearest, unpaid, today)
    if len(together) > 1:
        parts.insert(0, words.trn("{count} bill", "{count} bills", len(together)))
    sums = totals_by_unit(amount for one in together if (amount := _owed(one)) is not None)
    return PaymentCard(
        words.tr("Next payment"),
        words.listing([words.money(one) for one in sums]) if sums else owed_text(nearest, words),
        " · ".join(parts),
        bars,
        Step(words.tr("Open the bill"), f"bills/{nearest.id}")
        if len(together) == 1
        else Step(words.tr("All bills"), "bills"),
    )


def _due_together(nearest: Bill, unpaid: Sequence[Bill], today: date) -> list[Bill]:
    """What is to be paid on one day, or is overdue; one bill alone where another states no amount."""
    if is_overdue(nearest, today):
        found = [one for one in unpaid if is_overdue(one, today)]
    else:
        found = [one for one in unpaid if one.due is not None and one.due == nearest.due]
    return found if found and all(_owed(one) is not None for one in found) else [nearest]


def _owed(bill: Bill) -> Money | None:
    return bill.remaining if bill.remaining is not None else bill.total


def contract_card(facts: HomeFacts, words: Words, today: date) -> SideCard | None:
    """When the customer is free, and the shortest way to the whole way out."""
    found = (*facts.contracts, *stated_with_lines(facts.lines, facts.contracts))
    not_offered = known_of((Topic.CONTRACTS,), facts.parts) is Known.NOT_OFFERED
    if not found and not facts.noted and not (not_offered and facts.lines):
        return None
    staying = [c for c in found if not of_contract(c, facts.lines, facts.departing)]
    if found and not staying:
        return _leaving_card(found, facts, words, today)
    known = [c for c in staying if not c.no_longer_listed] or staying
    dated = [c for c in known if c.ends is not None and not c.is_contradictory]
    step = Step(words.tr("The whole way out →"), "leaving")
    if not dated and any(c.is_contradictory for c in known):
        title = words.tr("The dates of the contract contradict each other")
        text = words.tr("By your operator’s dates its commitment ends before it began. Ask which day is right.")
        return SideCard(words.tr("Contract"), title, text, step)
    is_noted = not dated and bool(facts.noted)
    dated = list(facts.noted) if is_noted else dated
    if not dated:
        text = words.tr("That is not the same as none. The contract itself may say more.")
        if not_offered:
            text = words.tr("Your operator offers no contracts here. {more}", more=text)
        return SideCard(words.tr("Contract"), words.tr("The end of the commitment is not stated"), text, step)
    coming = [c for c in dated if c.ends is not None and c.ends >= today]
    chosen = min(coming, key=lambda c: c.ends or today) if coming else max(dated, key=lambda c: c.ends or today)
    assert chosen.ends is not None
    if chosen.ends < today:
        title = words.tr("Free to leave since {day}", day=words.day(chosen.ends, today))
        text = words.tr("The commitment ended on {day}.", day=words.day(chosen.ends, today))
    else:
        title = words.tr("Free to leave from {day}", day=words.day(chosen.ends, today))
        text = words.tr("The commitment ends on {day}.", day=words.day_far(chosen.ends, today))
    ended = sum(1 for c in dated if c is not chosen and c.ends is not None and c.ends < today)
    if coming and ended:
        others = words.trn(
            "{count} other contract is past its commitment.",
            "{count} other contracts are past their commitment.",
            ended,
        )
        text = words.tr("{sentence} {others}", sentence=text, others=others)
    if chosen.notice is not None:
        count, unit = chosen.notice
        length = (
            words.trn("{count} month", "{count} months", count)
            if unit == "month"
            else words.trn("{count} day", "{count} days", count)
        )
        text = words.tr("{sentence} Notice: {length}.", sentence=text, length=length)
    if chosen.no_longer_listed:
        lost = words.tr("Your operator no longer lists this contract; this is how it was last seen.")
        text = words.tr("{sentence} {others}", sentence=text, others=lost)
    if is_noted:
        own = words.tr("You noted this yourself; your operator does not state it.")
        text = words.tr("{first} {second}", first=text, second=own)
    elif not_offered and not facts.contracts:
        source = words.tr("Your operator offers no contracts here. This is what it states with your lines.")
        text = words.tr("{first} {second}", first=text, second=source)
    over = words.tr("Contract: {name}", name=chosen.name) if chosen.name else words.tr("Contract")
    return SideCard(over, title, text, step)


def _leaving_card(found: Sequence[Contract], facts: HomeFacts, words: Words, today: date) -> SideCard:
    """All that binds is on its way out: of the line that ends last it is said when."""
    out = [of_contract(contract, facts.lines, facts.departing)[0] for contract in found]
    last = max(out, key=lambda one: (not one.is_over, one.ends or date.min))
    title = words.tr("The contract has ended") if last.is_over else words.tr("Notice is given")
    step = Step(words.tr("What is still to be done →"), f"leaving/{last.line_id}")
    return SideCard(words.tr("Contract"), title, leaving_sentence(last, words, today), step)


def problem_cards(facts: HomeFacts, words: Words, zone: ZoneInfo, today: date) -> tuple[SideCard, ...]:
    """Known problems that are not over, at most two; how often the announced end was moved is counted."""
    cards: list[SideCard] = []
    for is_second, problem in enumerate([p for p in facts.problems if not p.is_over][:2]):
        parts: list[str] = []
        if problem.began is not None:
            parts.append(words.tr("Since {moment}.", moment=words.instant(problem.began, zone, today)))
        if problem.expected_end is None:
            parts.append(words.tr("No end is announced."))
        elif problem.moved_from:
            parts.append(
                words.trn(
                    "The announced end was moved {count} time; now {moment}.",
                    "The announced end was moved {count} times; now {moment}.",
                    len(problem.moved_from),
                    moment=words.instant(problem.expected_end, zone, today),
                )
            )
        else:
            parts.append(words.tr("Announced end: {moment}.", moment=words.instant(problem.expected_end, zone, today)))
        step = Step(words.tr("See the known problem"), f"help/problem/{problem.id}")
        over = words.tr("Another known problem") if is_second else words.tr("Known problem")
        if _is_near(problem, facts):
            over = words.tr("Another known problem near you") if is_second else words.tr("Known problem near you")
        cards.append(SideCard(over, problem.title, " ".join(parts), step))
    return tuple(cards)


def _is_near(problem: Problem, facts: HomeFacts) -> bool:
    """It touches the customer, or is at a place that stands in an address of theirs."""
    if problem.touches(services_of(facts.lines), facts.tickets):
        return True
    media = facts.customer.media if facts.customer is not None else ()
    addresses = [one.text.casefold() for one in media if one.kind is MediumKind.POST]
    places = [re.escape(place.strip().casefold()) for place in problem.places if place.strip()]
    return any(re.search(rf"\b{place}\b", address) for place in places for address in addresses)


def promise_card(facts: HomeFacts, words: Words, zone: ZoneInfo, today: date, now: datetime) -> SideCard | None:
    """The nearest promise that is still open; those of known problems stand on their own cards."""
    coming = [
        p
        for p in facts.promises
        if p.state is PromiseState.OPEN and p.due >= now and p.source is not PromiseSource.PROBLEM
    ]
    if not coming:
        return None
    nearest = min(coming, key=lambda p: p.due)
    when = words.instant(nearest.due, zone, today)
    if nearest.source is PromiseSource.APPOINTMENT:
        found = standing(nearest, words, today, now, zone)
        step = Step(words.tr("See the appointment"), target_of(nearest))
        title = promise_title(nearest, words)
        return SideCard(words.tr("Promised next"), title, found[1] if found is not None else when, step)
    return SideCard(
        words.tr("Promised next"),
        nearest.title or nearest.evidence or words.tr("Your request"),
        words.tr("By {moment}, in {span}.", moment=when, span=words.length(nearest.due - now)),
        Step(words.tr("See all promises"), "case"),
    )


def waiting_card(facts: HomeFacts, words: Words, zone: ZoneInfo, today: date) -> SideCard | None:
    """What was asked for and is not yet carried out: how far each of the newest is, with its times."""
    still = [w for w in facts.waiting if w.is_open and w.state is not WaitingState.ASK]
    count = len(still)
    if not count:
        return None
    from .course import course_sentence
    from .waiting import request_title

    told = [
        f"{request_title(w.command, facts.lines, facts.tickets, words)}\n{course_sentence(w, words, zone, today)}"
        for w in still[:WAITING_TOLD]
    ]
    if any(w.state is not WaitingState.ACCEPTED for w in still):
        told.append(words.tr("It goes out, or is asked about, by itself as soon as that is possible."))
    return SideCard(
        words.tr("What you asked for"),
        words.trn("{count} request is not carried out yet", "{count} requests are not carried out yet", count),
        "\n\n".join(told),
        Step(words.tr("See what waits"), "waiting"),
    )
