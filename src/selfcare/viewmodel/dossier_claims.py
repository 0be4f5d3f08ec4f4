"""What the customer can claim by the facts of the case: each amount with its days, its rule, and how sure it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from selfcare.domain.bills import taken_for
from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.claims import Claimant, ClaimOf, Figure, Trouble, owed
from selfcare.leaving.reach import Who

from .option_money import paid_sentence

if TYPE_CHECKING:
    from .dossier import DossierFacts


class ClaimRow(Struct, frozen=True):
    """One claim; `amount` None is "no set sum": it is asked for all the same."""

    what: str
    how: str
    amount: Money | None
    is_certain: bool


def claims_of(facts: DossierFacts, words: Words, now: datetime) -> tuple[ClaimRow, ...]:
    """Repairs of fixed lines that came too late, money taken and not credited, and what was charged for nothing."""
    return (*_repairs(facts, words, now), *_taken(facts, words), *_for_nothing(facts, words))


def _repairs(facts: DossierFacts, words: Words, now: datetime) -> list[ClaimRow]:
    case = facts.case
    if case.rules is None:
        return []
    who = Who("business" if case.is_business else "consumer", "fixed")
    found: list[ClaimRow] = []
    for ticket in case.tickets:
        is_dead = ticket.severity.casefold() == "critical" and "incident" in ticket.kind.casefold()
        if not is_dead or ticket.created is None or not facts.fixed_ids & {ref.id for ref in ticket.about}:
            continue
        local = ticket.created.astimezone(case.zone)
        restored = None if ticket.is_open else ticket.finished or ticket.changed
        trouble = Trouble(ClaimOf.LATE_REPAIR, local.date(), reported=ticket.created, restored=restored)
        claim = owed(trouble, Claimant(who, provider=case.operator), case.rules, now.astimezone(case.zone))
        if not claim.is_owed:
            continue
        what = words.tr("Line repaired late, ticket {id}", id=ticket.id)
        if claim.amount is None or claim.figure is not Figure.KNOWN:
            how = words.trn(
                "{count} day without service; no sum is set for it here.",
                "{count} days without service; no sum is set for it here.",
                claim.days,
            )
            found.append(ClaimRow(what, how, None, False))
            continue
        how = words.trn("{count} day at {each}.", "{count} days at {each}.", claim.days, each=words.money(claim.each))
        rule = case.rules.cited(claim.rule_id, local.date())
        if rule is not None:
            how = words.tr("{first} {second}", first=how, second=rule.sentence(words.language))
        found.append(ClaimRow(what, how, claim.amount, claim.is_certain))
    return found


def _taken(facts: DossierFacts, words: Words) -> list[ClaimRow]:
    found = []
    for bill in facts.bills:
        payment = taken_for(bill, facts.payments)
        if payment is not None:
            day = words.day(payment.day) if payment.day is not None else words.tr("no date")
            how = words.tr("Payment {id} of {day}, taken and not credited", id=payment.id, day=day)
            found.append(ClaimRow(words.tr("Bill {number}", number=bill.number), how, payment.amount, True))
    return found


def _for_nothing(facts: DossierFacts, words: Words) -> list[ClaimRow]:
    """What the bills charge for options that do not work by the operator's own word, or that nobody ordered. Since
    when one does not work is often not known, so the sum is to be checked."""
    found = []
    for line in facts.lines:
        for option in line.options:
            charges = facts.charges.get(option.id)
            if charges is None:
                continue
            number = line.number or line.name
            if option.id in facts.unasked:
                what = words.tr("{option} on {number}, without an order", option=option.name, number=number)
            else:
                what = words.tr("{option} on {number}, charged and not working", option=option.name, number=number)
            how = paid_sentence(charges, words, None)
            found += [ClaimRow(what, how, amount, False) for amount in charges.total]
    return found
