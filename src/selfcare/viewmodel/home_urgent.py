"""The urgent cards of Home: a strange or overdue bill, a broken promise, an option paid for nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from selfcare.billing.flags import Judgement
from selfcare.case.promises import Promise, PromiseOf, PromiseSource, PromiseState
from selfcare.domain.appointments import Window
from selfcare.domain.bills import OWN_STATES, Bill, dispute_of, is_abnormal, is_overdue, taken_for
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.tickets import Note, Ticket
from selfcare.i18n.words import Words

from .appointments import window_text
from .case_promises import target_of
from .differences import changes, main_reason
from .home_cards import HomeFacts, Step, UrgentCard
from .home_plan import plan_sentence, running_plan
from .oddities import is_explained_total, oddities, oddity_sentence
from .unusual import before_of, debit_sentence, dispute_sentence, dispute_way, lost_sentence, warning_of

MOST = 3
"""So many cards of one kind stand on Home; of one more than these, all."""

SAID = 2
"""So many strange things are said of one bill; its own page says all."""

LATEST = 6
"""Of own papers nobody says whether they are paid: so many of the newest are looked at for something strange."""


def explained(bills: list[Bill] | tuple[Bill, ...], judged: Mapping[str, Judgement] | None = None) -> tuple[str, ...]:
    """The ids of bills whose lines Home needs for its explanations: strange unpaid ones and those before them."""
    ids: list[str] = []
    judged = judged or {}
    for place, bill in enumerate(bills):
        is_odd = judged[bill.id].is_odd if bill.id in judged else is_abnormal(bill, bills[place + 1 : place + 25])
        if not bill.is_paid and is_odd:
            before = before_of(bill, bills[place + 1 :])
            ids += [bill.id] + ([before.id] if before is not None else [])
    return tuple(dict.fromkeys(ids))


def bill_cards(facts: HomeFacts, words: Words, zone: ZoneInfo, today: date) -> list[UrgentCard]:
    """Bills that are not like the others or overdue; and one card for all that were taken and not credited."""
    strange: list[tuple[Bill, UrgentCard]] = []
    overdue: list[tuple[Bill, UrgentCard]] = []
    taken: list[tuple[Bill, Payment]] = []
    account = facts.accounts[0] if facts.accounts else None
    places = {bill.id: place for place, bill in enumerate(facts.bills)}
    for bill in facts.open_bills:
        place = places.get(bill.id, len(facts.bills))
        if bill.state_word in OWN_STATES and place >= LATEST:
            continue
        payment = taken_for(bill, facts.payments)
        if payment is not None:
            taken.append((bill, payment))
        elif facts.is_odd(bill, facts.bills[place + 1 : place + 25]):
            when = debit_sentence(bill, account, words, today)
            strange.append((bill, _strange(bill, facts, when, words, zone, today)))
        elif is_overdue(bill, today):
            overdue.append((bill, _overdue(bill, facts, words, zone, today)))
    cards = _largest(strange, overdue, words)
    if taken:
        cards.append(_taken(taken, facts, words, zone, today))
    return cards + _unwritten(facts, words, today)


def _largest(
    strange: list[tuple[Bill, UrgentCard]], overdue: list[tuple[Bill, UrgentCard]], words: Words
) -> list[UrgentCard]:
    """The cards, of very many those of the largest strange bills, then of the largest overdue ones."""
    found = strange + overdue
    if len(found) <= MOST + 1:
        return [card for _bill, card in found]
    found = [pair for pairs in (strange, overdue) for pair in sorted(pairs, key=lambda pair: _owed(pair[0]))]
    count = len(found) - MOST
    more = UrgentCard(
        words.tr("More bills"),
        "bad",
        words.trn(
            "{count} more bill is overdue or not like the others",
            "{count} more bills are overdue or not like the others",
            count,
        ),
        words.tr("The largest ones stand here; the list of bills has them all."),
        (Step(words.tr("All bills"), "bills"),),
    )
    return [*(card for _bill, card in found[:MOST]), more]


def _owed(bill: Bill) -> Decimal:
    """What sorts the largest bill first."""
    owed = bill.remaining if bill.remaining is not None else bill.total
    return -owed.value if owed is not None else Decimal(0)


def _unwritten(facts: HomeFacts, words: Words, today: date) -> list[UrgentCard]:
    """A bill that should have come by now: a month later it would be two at once."""
    gaps = facts.judged.get("")
    late = [flag for flag in gaps.flags if not flag.other] if gaps is not None else []
    if not late:
        return []
    text = words.tr(
        "Bills came every month until now. Ask before two months are taken at once; perhaps the day has changed."
    )
    steps = (Step(words.tr("All bills"), "bills"), Step(words.tr("Who can I reach now?"), "help"))
    return [UrgentCard(words.tr("Missing bill"), "warn", oddity_sentence(late[0], words, today), text, steps)]


def _taken(
    taken: list[tuple[Bill, Payment]], facts: HomeFacts, words: Words, zone: ZoneInfo, today: date
) -> UrgentCard:
    proofs = [
        words.tr(
            "Bill {number}: payment {payment}, {day}.",
            number=bill.number,
            payment=payment.id,
            day=words.day(payment.day, today) if payment.day is not None else words.tr("no date"),
        )
        for bill, payment in taken
    ]
    first = next((b for b, _p in taken if dispute_of(b.id, facts.tickets) is None), taken[0][0])
    step, asked = _dispute(first, facts, words, zone, today)
    return UrgentCard(
        words.tr("Taken, not credited"),
        "warn",
        words.trn(
            "{count} payment was taken, not credited by your operator",
            "{count} payments were taken, not credited by your operator",
            len(taken),
        ),
        " ".join([*proofs, *asked]),
        (
            Step(words.tr("See the payment"), f"bills/{first.id}"),
            step,
        ),
    )


def _strange(bill: Bill, facts: HomeFacts, when: str, words: Words, zone: ZoneInfo, today: date) -> UrgentCard:
    others = [b for b in facts.bills if b.id != bill.id and b.day is not None and bill.day and b.day < bill.day]
    before = before_of(bill, others)
    judgement = facts.judged.get(bill.id)
    said = list(oddities(judgement, words, today))[:SAID]
    usual = warning_of(bill, others, words) if judgement is None or is_explained_total(judgement) else ""
    reason = ""
    if before is not None and not said:
        found = changes(bill, facts.lines_of.get(bill.id, ()), before, facts.lines_of.get(before.id, ()))
        reason = main_reason(found, words)
    if bill.due is not None and not is_overdue(bill, today):
        tag = words.tr("Before {day}", day=words.day(bill.due, today))
    else:
        tag = words.tr("Not like the others")
    step, asked = _dispute(bill, facts, words, zone, today)
    return UrgentCard(
        tag,
        "bad",
        words.tr("This bill is not like your others: {amount}", amount=words.money(bill.total)),
        " ".join(part for part in (*said, usual, reason, when, *asked) if part),
        (
            Step(words.tr("See why"), f"bills/{bill.id}"),
            step,
            Step(words.tr("What about the debit?"), f"bills/{bill.id}/debit"),
        ),
    )


def _dispute(bill: Bill, facts: HomeFacts, words: Words, zone: ZoneInfo, today: date) -> tuple[Step, tuple[str, ...]]:
    """The way to dispute a bill; or, where that was asked for, the way to it and when it was."""
    ticket = dispute_of(bill.id, facts.tickets)
    if ticket is None:
        return Step(words.tr("Dispute it"), f"bills/{bill.id}/dispute"), ()
    return Step(*dispute_way(ticket, words)), (dispute_sentence(ticket, words, zone, today),)


def _overdue(bill: Bill, facts: HomeFacts, words: Words, zone: ZoneInfo, today: date) -> UrgentCard:
    assert bill.due is not None
    owed = bill.remaining if bill.remaining is not None else bill.total
    amount = words.money(owed)
    since = words.day_far(bill.due, today)
    step, asked = _dispute(bill, facts, words, zone, today)
    if bill.no_longer_listed:
        asked = (lost_sentence([bill], words), *asked)
    credited = [
        p.amount
        for p in facts.payments
        if bill.id in p.bill_ids and p.state is PaymentState.CREDITED and p.amount is not None
    ]
    if bill.total is not None and sum(a.value for a in credited if a.unit == bill.total.unit) >= bill.total.value:
        twice = words.tr(
            "Due {day}. Your operator’s own list of payments shows the whole amount as credited: do not pay twice.",
            day=since,
        )
        return UrgentCard(
            words.tr("Called unpaid, yet credited"),
            "bad",
            words.tr("Bill {number} is called unpaid, but its payment was credited", number=bill.number),
            " ".join([twice, *asked]),
            (Step(words.tr("See the payment"), f"bills/{bill.id}"), step),
        )
    plan = running_plan(bill, facts.accounts, today)
    if plan is not None:
        asked = (plan_sentence(plan, words, today), *asked)
    ask_for_plan = () if plan is not None else (Step(words.tr("Ask for a plan"), f"bills/{bill.id}/plan"),)
    return UrgentCard(
        words.tr("Overdue"),
        "bad",
        words.tr("{amount} is overdue", amount=amount) if owed is not None else words.tr("A bill is overdue"),
        " ".join([words.tr("Bill {number}, due {day}.", number=bill.number, day=since), *asked]),
        (Step(words.tr("Open the bill"), f"bills/{bill.id}"), *ask_for_plan),
    )


def promise_cards(facts: HomeFacts, words: Words, zone: ZoneInfo, today: date, now: datetime) -> list[UrgentCard]:
    """The newest broken promise of every ticket or order that is still open; of very many the last ones, and how many
    more there are."""
    missed: dict[tuple[PromiseSource, str], list[Promise]] = {}
    for promise in facts.promises:
        if promise.state is PromiseState.MISSED and promise.ended is None:
            missed.setdefault((promise.source, promise.source_id), []).append(promise)
    cards: list[UrgentCard] = []
    tickets = {t.id: t for t in facts.tickets}
    name = facts.customer.name if facts.customer is not None else ""
    things = [(key, broken) for key, broken in missed.items() if key[0] is not PromiseSource.PROBLEM]
    shown = things
    if len(things) > MOST + 1:
        shown = sorted(things, key=lambda thing: max(p.due for p in thing[1]), reverse=True)[:MOST]
    for (source, source_id), broken in shown:
        last = max(broken, key=lambda p: p.due)
        ticket = tickets.get(source_id) if source is PromiseSource.TICKET else None
        said = _said(ticket, last, name)
        title = words.tr("“{quote}”", quote=said.text) if said is not None else _what(last, words)
        if last.evidence:
            title = words.tr("“{quote}”", quote=last.evidence)
        parts: list[str] = []
        if said is not None and said.at is not None:
            when = words.instant(said.at, zone, today)
            parts.append(words.tr("Said by {who}, {when}, ticket {id}.", who=said.author, when=when, id=source_id))
        elif ticket is not None:
            named = words.tr("Ticket {id}: {title}.", id=source_id, title=ticket.title)
            parts.append(named if ticket.title else words.tr("Ticket {id}.", id=source_id))
        elif source is PromiseSource.APPOINTMENT:
            parts.append(words.tr("Appointment {id}.", id=source_id))
        elif source is PromiseSource.ORDER:
            parts.append(words.tr("Order {id}.", id=source_id))
        elif last.given is not None:
            when = words.instant(last.given, zone, today)
            who = last.who or words.tr("your operator")
            parts.append(words.tr("Said by {who}, {when}.", who=who, when=when))
        if source is PromiseSource.APPOINTMENT:
            when = window_text(Window(last.starts, last.due), words, zone, today)
            parts.append(words.tr("It was to be {when}.", when=when))
        else:
            parts.append(words.tr("Due {when}.", when=words.instant(last.due, zone, today)))
        if len(broken) > 1:
            parts.append(words.trn("{count} promise missed on this.", "{count} promises missed on this.", len(broken)))
        room = "help" if source in {PromiseSource.TICKET, PromiseSource.APPOINTMENT} else "waiting"
        steps = [Step(words.tr("Open the ticket"), f"help/ticket/{source_id}")] if room == "help" else []
        if source is PromiseSource.APPOINTMENT:
            steps = [Step(words.tr("See the appointment"), target_of(last))]
        if source is PromiseSource.CONTACT:
            steps = [Step(words.tr("Open the case file"), "case"), Step(words.tr("Who can I reach now?"), "help")]
        else:
            steps.append(Step(words.tr("Who can I reach now?") if steps else words.tr("See the request"), room))
        tag = words.tr("Promise missed by {span}", span=words.length(last.late_by(now)))
        cards.append(UrgentCard(tag, "warn", title, " ".join(parts), tuple(steps)))
    if len(shown) < len(things):
        cards.append(_more_promises(len(things) - len(shown), words))
    return cards


def _more_promises(count: int, words: Words) -> UrgentCard:
    title = words.trn("{count} more promise is missed", "{count} more promises are missed", count)
    text = words.tr("The last ones stand here; the case file counts them all.")
    steps = (Step(words.tr("Open the case file"), "case"),)
    return UrgentCard(words.tr("Promises missed"), "warn", title, text, steps)


_NAMES_A_TIME = re.compile(r"\d+\s*(h\b|hour|heure|day|jour|minute)", re.IGNORECASE)
"""A remark is quoted as the promise only if it names a time; any other remark is no promise."""


def _said(ticket: Ticket | None, promise: Promise, customer: str) -> Note | None:
    if ticket is None:
        return None
    notes = [
        n
        for n in ticket.notes
        if n.author
        and n.author != customer
        and n.at is not None
        and n.at <= promise.due
        and _NAMES_A_TIME.search(n.text)
    ]
    return max(notes, key=lambda n: n.at or promise.due, default=None)


def _what(promise: Promise, words: Words) -> str:
    match promise.what:
        case PromiseOf.UNLOCK:
            return words.tr("The handset should be unlocked by now")
        case PromiseOf.CODE:
            return words.tr("The code to leave should be here by now")
        case PromiseOf.ENDING:
            return words.tr("The line should have ended by now")
        case PromiseOf.ORDER:
            return promise.title or words.tr("Order {id} should have been carried out by now", id=promise.source_id)
        case PromiseOf.CALL:
            return words.tr("You should have been called back by now")
        case PromiseOf.PORT:
            return words.tr("The number should have moved by now")
        case PromiseOf.REFUND:
            return words.tr("The money should be back by now")
        case PromiseOf.VISIT:
            return words.tr("Somebody should have come by now")
    return promise.title or words.tr("An answer to ticket {id} was promised", id=promise.source_id)
