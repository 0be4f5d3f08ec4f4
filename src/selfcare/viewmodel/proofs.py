"""Proof that a bill was paid, or the answer to a reminder; it says no more than the operator's own record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from selfcare.billing.settled import Proved, Settlement, part_for
from selfcare.domain.bills import Bill
from selfcare.domain.customer import Account
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.records import Sealed
from selfcare.i18n.words import Words
from selfcare.paper.letter import BLANK, PrintedProof

from .letter_facts import LetterFacts, LetterMatter
from .letter_pen import LetterBody, Pen
from .letters import WrittenLetter, form_of, letter_of


class ProofMaterial(Sealed, frozen=True):
    """A bill with what is known of its payment, and whoever writes about it; `languages` are the words by language."""

    bill: Bill
    settlement: Settlement
    account: Account | None
    facts: LetterFacts
    languages: Mapping[str, Words]


class Reminder(Sealed, frozen=True):
    """The reminder that is answered; what the customer does not say is left to be written in."""

    reference: str = ""
    day: date | None = None


def may_prove(material: ProofMaterial) -> bool:
    """There is something to prove."""
    return material.settlement.proved is not Proved.NOTHING


def statement(material: ProofMaterial, words: Words) -> str:
    """What is stated, in one or two sentences. "Settled" is said only where the operator itself says it."""
    bill, found, operator = material.bill, material.settlement, material.facts.operator
    said = {"number": bill.number, "total": words.money(bill.total), "operator": operator}
    match found.proved:
        case Proved.SETTLED:
            return words.tr(
                "Bill {number} over {total} is settled: by {operator}’s own record nothing remains to be paid.", **said
            )
        case Proved.CREDITED:
            return words.tr(
                "{operator}’s own list of payments credits the whole of bill {number}, {total}. It still calls the "
                "bill unpaid.",
                **said,
            )
        case Proved.TAKEN:
            return words.tr(
                "The whole of bill {number}, {total}, was taken for {operator}. It has not credited the payment yet, "
                "so this page proves the payment and does not say that the bill is settled.",
                **said,
            )
        case Proved.SHARED:
            shown = words.tr(
                "{operator}’s own list of payments shows {paid} for bill {number} over {total}, alone or with other "
                "bills. It does not state how much of that counts for this bill.",
                paid=words.listing([words.money(payment.amount) for payment in found.payments]),
                **said,
            )
            if found.paid is None or not found.paid.value:
                return shown
            stated = words.tr("{paid} is stated to be for it alone.", paid=words.money(found.paid))
            return f"{shown} {stated}"
        case Proved.PART:
            return words.tr(
                "{paid} was paid for bill {number} over {total}; {rest} of it is not shown as paid.",
                paid=words.money(found.paid),
                rest=words.money(found.open),
                **said,
            )
    return words.tr("No payment of bill {number} is known here, and {operator} does not call it paid.", **said)


def proof_page(material: ProofMaterial, words: Words) -> PrintedProof:
    """The proof on one page."""
    bill, facts = material.bill, material.facts
    payments = material.settlement.payments
    parts = [
        (words.tr("Bill"), _bill_rows(bill, words)),
        *(
            (_title(payment, place, len(payments), words), payment_rows(material, payment, words))
            for place, payment in enumerate(payments, start=1)
        ),
        (words.tr("Customer"), _customer_rows(material, words)),
    ]
    return PrintedProof(
        language=words.language,
        region=facts.country,
        day=facts.day,
        title=words.tr("Proof of payment"),
        below=words.tr("{operator} · bill {number}", operator=facts.operator, number=bill.number),
        statement=statement(material, words),
        parts=tuple((title, tuple(rows)) for title, rows in parts),
        small=words.tr(
            "Made on {day} from {operator}’s own data as kept by the customer. It is no receipt of {operator}’s.",
            day=words.written_day(facts.day),
            operator=facts.operator,
        ),
        form=form_of(facts.country),
    )


def _to_the_operator(material: ProofMaterial, words: Words) -> str:
    """The statement as a letter makes it, which asks for no less than it may."""
    if material.settlement.proved is not Proved.TAKEN:
        return statement(material, words)
    return words.tr(
        "The whole of bill {number}, {total}, was taken for {operator}, as the enclosed proof shows. You have not "
        "credited the payment yet.",
        number=material.bill.number,
        total=words.money(material.bill.total),
        operator=material.facts.operator,
    )


def reminder_answer(
    material: ProofMaterial, reminder: Reminder, letter_words: Words, window_words: Words
) -> WrittenLetter:
    """A letter that answers a reminder with the payment; what was not paid in full is said as such."""
    pen = Pen(material.facts, LetterMatter(), letter_words)
    words, bill = pen.words, material.bill
    reference = reminder.reference.strip() or BLANK
    day = words.written_day(reminder.day) if reminder.day is not None else BLANK
    points = [_payment_sentence(material, payment, words) for payment in material.settlement.payments]
    parts: list[str | tuple[str, ...]] = [
        words.tr("You remind me of bill {number}, {total}.", number=bill.number, total=words.money(bill.total)),
        _to_the_operator(material, words),
    ]
    if points:
        parts += [words.tr("Your own record of payments:"), tuple(points)]
    if material.settlement.proved is Proved.SHARED:
        parts.append(
            words.tr(
                "Please tell me in writing how much of it you count for this bill, and stop every reminder and "
                "collection until then."
            )
        )
    elif material.settlement.proved is Proved.PART:
        parts.append(words.tr("Please credit what was paid and tell me in writing how you count the rest."))
    else:
        parts.append(
            words.tr(
                "Please confirm in writing that nothing is owed for it, stop every reminder and collection, take back "
                "the fees asked for on its account, and correct what was told to anybody else."
            )
        )
    body = LetterBody(
        words.tr("Your reminder {reference} of {day}: bill {number}", reference=reference, day=day, number=bill.number),
        tuple(parts),
        enclosures=(words.tr("Proof of payment"),),
    )
    return letter_of(body, pen, window_words)


def payment_rows(material: ProofMaterial, payment: Payment, words: Words) -> list[tuple[str, str]]:
    """A payment's own facts, as far as they are stated; the bank's line by the mandate where it was a debit."""
    amount = part_for(material.bill, payment)
    debit = material.account.direct_debit if material.account is not None else None
    is_debit = any(sign in payment.method.casefold() for sign in ("debit", "prélèv", "prelev", "sepa"))
    rows = [
        (words.tr("Payment"), payment.id),
        (words.tr("Day"), words.written_day(payment.day) if payment.day is not None else words.tr("not stated")),
        (words.tr("Amount"), words.money(amount))
        if amount is not None
        else (words.tr("Amount, for several bills"), words.money(payment.amount)),
        (words.tr("Reference"), payment.authorization),
        (words.tr("How"), payment.method),
        (
            words.tr("Bank account"),
            (debit.account or debit.name).replace("·", "x") if debit is not None and is_debit else "",
        ),
        (words.tr("State"), _state(payment, words)),
    ]
    return [(name, value) for name, value in rows if value]


def _state(payment: Payment, words: Words) -> str:
    states = {
        PaymentState.CREDITED: words.tr("credited"),
        PaymentState.TAKEN: words.tr("taken, not yet credited"),
    }
    return states.get(payment.state, payment.state_word)


def _payment_sentence(material: ProofMaterial, payment: Payment, words: Words) -> str:
    """A payment as it is said in a letter: how much, when and how, under which number, and where it stands."""
    part = part_for(material.bill, payment)
    amount = words.money(part if part is not None else payment.amount)
    if part is None:
        amount = words.tr("{amount} for several bills", amount=amount)
    said = words.tr("{amount}, no day stated", amount=amount)
    if payment.day is not None:
        said = words.tr("{amount} on {day}", amount=amount, day=words.written_day(payment.day))
    names = [words.tr("payment {number}", number=payment.id)]
    if payment.authorization:
        names.append(words.tr("reference {number}", number=payment.authorization))
    more = [payment.method, ", ".join(names), _state(payment, words)]
    return ", ".join([said, *(one for one in more if one)])


def _title(payment: Payment, place: int, count: int, words: Words) -> str:
    return words.tr("Payment") if count == 1 else words.tr("Payment {place}", place=words.number(place))


def _bill_rows(bill: Bill, words: Words) -> list[tuple[str, str]]:
    unstated = words.tr("not stated")
    rows = [
        (words.tr("Number"), bill.number),
        (words.tr("Written"), words.written_day(bill.day) if bill.day is not None else unstated),
        (words.tr("Due"), words.written_day(bill.due) if bill.due is not None else unstated),
        (words.tr("Amount"), words.money(bill.total)),
    ]
    if bill.remaining is not None:
        rows.append((words.tr("Still to pay"), words.money(bill.remaining)))
    if bill.state_word:
        rows.append((words.tr("Operator’s own word"), bill.state_word))
    return rows


def _customer_rows(material: ProofMaterial, words: Words) -> Sequence[tuple[str, str]]:
    facts = material.facts
    rows = (
        (words.tr("Name"), facts.name),
        (words.tr("Customer number"), facts.customer_id),
        (words.tr("Account"), material.bill.account_id or facts.account_id),
    )
    return [(name, value) for name, value in rows if value]
