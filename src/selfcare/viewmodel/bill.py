"""One bill: what it asks for and when, why it differs from the last, its lines, taxes, payments and its paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, tzinfo

from selfcare.billing.credits import check_bill
from selfcare.billing.difference import Basis, difference, last_comparable
from selfcare.billing.flags import Judgement
from selfcare.domain.bills import Bill, BillLine, BillState, is_abnormal, taken_for
from selfcare.domain.customer import Account
from selfcare.domain.failures import NotOffered
from selfcare.domain.freshness import Freshness
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket
from selfcare.i18n.words import Words

from .ages import Absence, absence_of
from .bill_check import CheckRow, data_rows
from .bill_lines import LineGroup, groups_of_paper, line_groups
from .bills import state_of
from .differences import ChangeRow, Comparison, comparison, main_reason
from .facts import amount_text, owed_text, own_word, quoted
from .oddities import is_explained_total, oddities, untold
from .tax_names import tax_name
from .unusual import debit_sentence, dispute_sentence, dispute_way, plan_sentence, usual_of_mine, warning_of


class Fact(Struct, frozen=True):
    """A label and what it says; `below` is a quiet word under the label."""

    label: str
    value: str
    tag: str = ""
    tag_kind: str = "neutral"
    below: str = ""


class PaperView(Struct, frozen=True):
    """A document of the bill; `is_here` says that it can be shown offline."""

    id: str
    name: str
    is_here: bool


class BillView(Struct, frozen=True):
    """Everything about one bill in words. `warning` says why it is not like the others, "" if it is.

    `proof` names the payment that was taken and not credited, if one was; `usual` is
    the warning as the customer writes it; `dispute` says when one was asked for, and its step leads to it;
    `lines_absence` says why there are no lines. `comparisons` are those with the bill before and a year ago, `changes`
    the rows of the first; `checks` is what adding up the bill's own data gave. `oddities` say what is strange, `untold`
    that nobody can tell yet.
    """

    id: str
    over: str
    total: str
    sentence: str
    state: str
    state_kind: str
    warning: str
    why: str
    changes: tuple[ChangeRow, ...]
    comparisons: tuple[Comparison, ...]
    checks: tuple[CheckRow, ...]
    groups: tuple[LineGroup, ...]
    lines_absence: Absence | None
    facts: tuple[Fact, ...]
    taxes: tuple[Fact, ...]
    payments: tuple[Fact, ...]
    debit: tuple[Fact, ...]
    papers: tuple[PaperView, ...]
    paper_absence: Absence | None
    number: str
    main_reason: str
    may_dispute: bool
    may_ask_plan: bool
    proof: str = ""
    usual: str = ""
    dispute: str = ""
    dispute_step: str = ""
    dispute_target: str = ""
    plan: str = ""
    oddities: tuple[str, ...] = ()
    untold: str = ""
    naming: str = ""
    """Leads to the question whose bills these are, where a bill of an archive names no operator."""
    no_payments: str = ""
    """What stands in the place of payments where there are none; "" where nobody could list any."""


def bill_view(
    bill: Bill,
    lines: Sequence[BillLine],
    earlier: Sequence[Bill],
    lines_before: Sequence[BillLine],
    payments: Sequence[Payment],
    account: Account | None,
    here: set[str],
    parts: tuple[Freshness | None, Freshness | None],
    words: Words,
    today: date,
    dispute: Ticket | None = None,
    plan: Ticket | None = None,
    zone: tzinfo = UTC,
    year: tuple[Bill, Sequence[BillLine]] | None = None,
    basis: Basis = Basis.LINES,
    judgement: Judgement | None = None,
    pays: Freshness | None = None,
) -> BillView:
    """One bill. `earlier` are the bills before it, newest first; `parts` are the ages of its lines and its papers,
    `pays` that of the payments.
    `judgement` says what is strange about it by all that is known; without one its total tells.

    `lines_before` are those of its last comparable bill, `year` is the bill of a year ago with its lines; `basis` says
    where the lines come from.

    `dispute` and `plan` are the tickets, or the waiting requests, that dispute it or ask for a plan already.
    """
    step, target = dispute_way(dispute, words) if dispute is not None else ("", "")
    before = last_comparable(bill, earlier)
    found = difference(bill, lines, before, lines_before, basis) if before is not None else None
    compared = [comparison(bill, before, found, words)]
    if year is not None and (before is None or year[0].id != before.id):
        compared.append(comparison(bill, year[0], difference(bill, lines, *year, basis), words))
    comparisons = tuple(one for one in compared if one is not None)
    own = [p for p in payments if bill.id in p.bill_ids]
    odd = judgement.is_odd if judgement is not None else is_abnormal(bill, earlier)
    paid = paid_day(bill.id, own)
    taken = taken_for(bill, own)
    state, kind = state_of(bill, paid, words, today, is_odd=odd and not bill.is_paid, is_taken=taken is not None)
    first = compared[0]
    return BillView(
        id=bill.id,
        over=_over(bill, words),
        total=amount_text(bill, "total", words),
        sentence=taken_sentence(taken, words, today)
        if taken is not None
        else _sentence(bill, account, paid, words, today),
        state=state,
        state_kind=kind,
        warning=warning_of(bill, earlier, words)
        if odd and (judgement is None or is_explained_total(judgement))
        else "",
        why=first.title if first is not None else "",
        changes=first.rows if first is not None else (),
        comparisons=comparisons,
        checks=data_rows(bill, check_bill(bill, lines), words, lines),
        groups=line_groups(lines, words) if basis is not Basis.E_INVOICE else groups_of_paper(lines, words),
        lines_absence=None if lines else _no_lines(bill, parts[0], words),
        facts=_facts(bill, words, today),
        taxes=_taxes(bill, words),
        payments=_payments(bill, own, words, today),
        no_payments=_no_payments(pays, words),
        debit=debit_facts(bill, account, words, today),
        papers=tuple(PaperView(p.id, p.name or words.tr("The bill as a PDF"), p.id in here) for p in bill.papers),
        paper_absence=_no_paper(bill, parts[1], words),
        number=bill.number,
        main_reason=main_reason(found.parts if found is not None else (), words),
        may_dispute=not bill.is_credit_note and dispute is None,
        may_ask_plan=not bill.is_paid and not bill.is_credit_note and taken is None,
        dispute=dispute_sentence(dispute, words, zone, today) if dispute is not None else "",
        dispute_step=step,
        plan=plan_sentence(plan, words, zone, today) if plan is not None else "",
        dispute_target=target,
        usual=usual_of_mine(bill, earlier, words) if odd else "",
        proof=_proof(taken, words) if taken is not None else "",
        oddities=oddities(judgement, words, today),
        untold=untold(judgement, words),
    )


def debit_facts(bill: Bill, account: Account | None, words: Words, today: date) -> tuple[Fact, ...]:
    """What about the debit? Who takes how much from where and when, and what remains the customer's choice."""
    debit = account.direct_debit if account is not None else None
    facts = [Fact(words.tr("Amount"), owed_text(bill, words))]
    if bill.due is not None:
        facts.append(Fact(words.tr("Day"), words.day_far(bill.due, today)))
    else:
        facts.append(Fact(words.tr("Day"), words.tr("not stated")))
    if debit is not None:
        facts.append(Fact(words.tr("Taken from"), debit.name or debit.account))
    elif account is None:
        facts.append(Fact(words.tr("Taken from"), words.tr("not stated by your operator")))
    else:
        facts.append(Fact(words.tr("Taken from"), words.tr("no Direct Debit is stated; you pay yourself")))
    return tuple(facts)


def paid_day(bill_id: str, payments: Sequence[Payment]) -> date | None:
    """The day of the last payment that was credited to a bill."""
    days = [
        p.day
        for p in payments
        if bill_id in p.bill_ids and p.day is not None and p.state in {PaymentState.CREDITED, PaymentState.TAKEN}
    ]
    return max(days, default=None)


def taken_sentence(payment: Payment, words: Words, today: date) -> str:
    """When a payment was taken that the operator has not credited."""
    if payment.day is None:
        return words.tr("Taken, not credited by your operator.")
    return words.tr("Taken on {day}, not credited by your operator.", day=words.day(payment.day, today))


def _proof(payment: Payment, words: Words) -> str:
    day = words.short_day(payment.day) if payment.day is not None else words.tr("no date")
    amount = words.money(payment.amount)
    return words.tr("Payment {number}, {day}: {amount}", number=payment.id, day=day, amount=amount)


def _over(bill: Bill, words: Words) -> str:
    day = words.long_day(bill.day) if bill.day is not None else words.tr("no date")
    if bill.is_credit_note:
        return words.tr("Credit note {number} · {day}", number=bill.number, day=day)
    if bill.is_final:
        return words.tr("Final bill {number} · {day}", number=bill.number, day=day)
    return words.tr("Bill {number} · {day}", number=bill.number, day=day)


def _sentence(bill: Bill, account: Account | None, paid: date | None, words: Words, today: date) -> str:
    if bill.is_credit_note:
        return words.tr("Your operator owes you this amount.")
    if bill.is_paid:
        if paid is not None:
            return words.tr("Paid on {day}.", day=words.day(paid, today))
        return words.tr("Your operator reports it as paid.")
    when = debit_sentence(bill, account, words, today)
    if bill.no_longer_listed:
        return when
    if bill.remaining is not None and bill.total is not None and bill.remaining != bill.total:
        left = words.money(bill.remaining)
        return words.tr("{when} {amount} of it remains to be paid.", when=when, amount=left)
    if bill.remaining is None and (bill.state is BillState.UNKNOWN or bill.payments):
        return words.tr("{when} Your operator does not state whether it is paid.", when=when)
    return words.tr("{when} Not paid.", when=when)


def _facts(bill: Bill, words: Words, today: date) -> tuple[Fact, ...]:
    unstated = words.tr("not stated")
    period = unstated
    if bill.period_start is not None and bill.period_end is not None:
        period = words.tr(
            "{start} to {end}", start=words.short_day(bill.period_start), end=words.short_day(bill.period_end)
        )
    facts = [
        Fact(words.tr("Number"), bill.number or unstated),
        Fact(words.tr("Written"), words.short_day(bill.day) if bill.day else unstated),
        Fact(words.tr("Period"), period),
        Fact(
            words.tr("To be given back by") if bill.is_credit_note else words.tr("Due"),
            words.day(bill.due, today) if bill.due else unstated,
        ),
    ]
    if bill.is_credit_note and bill.remaining is not None and bill.remaining.is_credit:
        facts.append(Fact(words.tr("Still to be given back"), words.money(-bill.remaining)))
    elif bill.remaining is not None or "remaining" in bill.unread:
        facts.append(Fact(words.tr("Still to pay"), amount_text(bill, "remaining", words)))
    if bill.state_word:
        facts.append(Fact(words.tr("Operator’s own word"), quoted(bill.state_word, words)))
    return tuple(facts)


def _taxes(bill: Bill, words: Words) -> tuple[Fact, ...]:
    if not bill.taxes and bill.net is None:
        return ()
    facts = [Fact(words.tr("Without tax"), words.money(bill.net))] if bill.net is not None else []
    return (*facts, *(Fact(tax_name(t, words), words.money(t.amount)) for t in bill.taxes))


def payment_tags(words: Words) -> dict[PaymentState, tuple[str, str]]:
    """Where a payment stands, and the tone of it; a state that we do not know is not among them."""
    return {
        PaymentState.PENDING: (words.tr("on its way"), "accent"),
        PaymentState.TAKEN: (words.tr("taken, not yet credited"), "warn"),
        PaymentState.CREDITED: (words.tr("credited"), "good"),
        PaymentState.FAILED: (words.tr("failed"), "bad"),
    }


def _payments(bill: Bill, own: Sequence[Payment], words: Words, today: date) -> tuple[Fact, ...]:
    """What was paid, when and by which payment; and parts of payments that only the bill itself names."""
    tags = payment_tags(words)
    applied = {part.payment_id: part.amount for part in bill.payments}
    facts: list[Fact] = []
    for payment in sorted(own, key=lambda p: p.day or date.min):
        day = words.day(payment.day, today) if payment.day is not None else words.tr("no date")
        label = words.tr("{day}, {method}", day=day, method=payment.method) if payment.method else day
        tag, kind = tags.get(payment.state, (own_word(payment.state_word, words), "neutral"))
        below = words.tr("Payment {number}", number=payment.id)
        part = applied.get(payment.id)
        if part is not None and part != payment.amount:
            below = words.tr(
                "Payment {number}; {amount} of it for this bill", number=payment.id, amount=words.money(part)
            )
        facts.append(Fact(label, words.money(payment.amount), tag, kind, below))
    known = {payment.id for payment in own}
    for part_of in bill.payments:
        if part_of.payment_id not in known:
            label = words.tr("Payment {number}", number=part_of.payment_id)
            facts.append(Fact(label, words.money(part_of.amount), words.tr("credited"), "good"))
    return tuple(facts)


def _no_payments(part: Freshness | None, words: Words) -> str:
    """Why no payment is shown: not offered, not read, or really none in the operator's list."""
    if part is not None and (not part.offered or isinstance(part.failure, NotOffered)):
        return words.tr("Your operator does not offer payments here. That does not mean that none was made.")
    if part is not None and part.seen is None:
        return words.tr("Payments were not read yet.")
    return words.tr("Your operator lists no payment for this bill.")


def _no_lines(bill: Bill, part: Freshness | None, words: Words) -> Absence:
    """Why no lines are shown: not read, not offered, gone with the bill, or really none in the operator's list."""
    if part is not None and part.offered and part.failure is not None and not isinstance(part.failure, NotOffered):
        text = words.tr("Their list could not be read at the last try; the bill may have lines all the same.")
        return Absence("failed", words.tr("The lines of this bill were not read"), text)
    if bill.no_longer_listed:
        text = words.tr("It stopped listing the bill too. What was kept of the bill is shown here.")
        return Absence("nothing", words.tr("Your operator no longer lists lines of this bill"), text)
    text = words.tr("That is not the same as none: the bill itself may name them.")
    return absence_of(part, words.tr("Your operator lists no lines of this bill"), words, text)


def _no_paper(bill: Bill, part: Freshness | None, words: Words) -> Absence | None:
    if bill.papers:
        return None
    if part is not None and not part.offered:
        return absence_of(part, "", words)
    return Absence(
        "nothing",
        words.tr("No PDF with this bill"),
        words.tr("Your operator sent the bill as data only; its lines are shown here."),
    )
