"""What a customer writes to the operator about a bill: a dispute with its evidence, or a plan to pay in parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import ROUND_DOWN, Decimal
from difflib import SequenceMatcher
from enum import StrEnum

from selfcare.billing.amounts import amount_of
from selfcare.billing.disputed import disputed, in_question
from selfcare.billing.flags import Flag
from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.commands import Evidence, OpenTicket
from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct
from selfcare.domain.tickets import EntityRef
from selfcare.i18n.words import Words

from .bill import BillView
from .dispute_reasons import proposed_reason, reason_choices
from .oddities import ranked


class DebitWish(StrEnum):
    """What is to become of the debit while a bill is disputed."""

    HOLD = "hold"
    """The operator is asked to take the undisputed part alone."""
    WAIT = "wait"
    """The operator is asked to take nothing before it has answered."""
    PAY = "pay"
    """It may be taken; what was wrong is asked back."""


class Matter(Struct, frozen=True):
    """A bill as it may be disputed: its lines, what is strange about it, and whether it was paid already."""

    bill: Bill
    lines: tuple[BillLine, ...] = ()
    flags: tuple[Flag, ...] = ()
    is_taken: bool = False

    @property
    def proposed(self) -> tuple[str, ...]:
        """The ids of the lines that are chosen at first: those that something is said about."""
        return in_question(self.lines, self.flags)


class Charge(Struct, frozen=True):
    """A line that may be chosen: its id, its name and what it costs, in words."""

    id: str
    label: str
    is_odd: bool


class Letter(Struct, frozen=True):
    """A ticket to be: its title, its text and the facts that are shown before it is sent."""

    title: str
    text: str
    facts: tuple[tuple[str, str], ...]


def first_reason(view: BillView, matter: Matter | None = None) -> str:
    """The reason that is proposed."""
    return proposed_reason(ranked(matter.flags) if matter is not None else (), is_paid=bool(view.proof))


def charges_of(matter: Matter, words: Words) -> tuple[Charge, ...]:
    """The lines of the bill that cost something, the strange ones first."""
    odd = set(matter.proposed)
    unit = matter.bill.total.unit if matter.bill.total is not None else ""
    found: list[Charge] = []
    for line in matter.lines:
        paid = amount_of(line)
        if paid is None or paid.value <= 0 or paid.unit != unit:
            continue
        name = line.name or line.product_name or words.tr("Line without a name")
        label = words.tr("{name}: {amount}", name=name, amount=words.money(paid))
        found.append(Charge(line.id, label, line.id in odd))
    return tuple(sorted(found, key=lambda charge: not charge.is_odd))


def amount_sentence(matter: Matter, chosen: Collection[str], words: Words) -> str:
    """How much is disputed, with its tax, and how much is not."""
    found = disputed(matter.bill, matter.lines, chosen, matter.flags)
    if found is None:
        return words.tr("The bill states no total, so the disputed amount cannot be computed.")
    amount = words.money(found.amount)
    if found.tax is not None:
        amount = words.tr("{amount} with {tax} of tax in it", amount=amount, tax=words.money(found.tax))
    if found.rest is not None and found.rest.value < 0:
        total = words.money(matter.bill.total)
        return words.tr("Disputed: {amount}, more than the bill of {total} asks for.", amount=amount, total=total)
    if found.rest is None or found.rest.value == 0:
        return words.tr("Disputed: {amount}, the whole bill.", amount=amount)
    return words.tr("Disputed: {amount}. Not disputed: {rest}.", amount=amount, rest=words.money(found.rest))


def carried_over(written: str, before: str, after: str) -> str:
    """What the customer wrote, with the paragraphs of the letter renewed that still stand in it as they were.

    `before` and `after` are the letter without what the customer changed. A field of text gives no-break spaces back
    as plain ones, so they count as such.
    """
    written, before, after = (plain_spaces(text) for text in (written, before, after))
    if written == before:
        return after
    old, new = before.split("\n\n"), after.split("\n\n")
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = "\n\n".join(old[a:b]), "\n\n".join(new[c:d])
        if gone and gone in written:
            written = written.replace(gone, come, 1)
        elif not gone and a and old[a - 1] in written:
            written = written.replace(old[a - 1], f"{old[a - 1]}\n\n{come}", 1)
    return re.sub(r"\n{3,}", "\n\n", written)


def unsaid_amount(matter: Matter, chosen: Collection[str], written: str, words: Words) -> str:
    """Warns where the text does not name the amount that goes along as data; "" where it does, or none goes along."""
    found = disputed(matter.bill, matter.lines, chosen, matter.flags)
    if found is None:
        return ""
    amount = re.escape(plain_spaces(words.money(found.amount)))
    if re.search(rf"(?<![\d.,]){amount}(?!\d)", plain_spaces(written)):
        return ""
    return words.tr(
        "{amount} goes along as the disputed amount, and your text does not name it. Make them say the same.",
        amount=words.money(found.amount),
    )


def plain_spaces(text: str) -> str:
    """A text with every no-break space as a plain one."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def wish_choices(words: Words) -> tuple[tuple[str, str], ...]:
    """What may become of the debit meanwhile."""
    return (
        (DebitWish.HOLD.value, words.tr("Take only what is not disputed")),
        (DebitWish.WAIT.value, words.tr("Take nothing before it is settled")),
        (DebitWish.PAY.value, words.tr("Take it; I ask back what was wrong")),
    )


def wish_advice(wish: DebitWish, words: Words) -> str:
    """What a customer should know about each."""
    return {
        DebitWish.HOLD: words.tr(
            "If the whole is taken all the same, your bank may take a Direct Debit back; ask it until when."
        ),
        DebitWish.WAIT: words.tr(
            "Paying what is not disputed keeps you safe from reminders and fees. The rest may wait for an answer."
        ),
        DebitWish.PAY: words.tr("Nobody can remind you then, and the money is away until your operator has answered."),
    }[wish]


def dispute_letter(
    view: BillView,
    reason: str,
    words: Words,
    matter: Matter | None = None,
    chosen: Collection[str] = (),
    wish: DebitWish = DebitWish.HOLD,
) -> Letter:
    """A dispute with its evidence: the bill, the disputed lines, what was usual, what changed, and what was paid."""
    said = dict(reason_choices(words))[reason]
    parts = [
        words.tr("I dispute bill {number}, {total}. {reason}.", number=view.number, total=view.total, reason=said),
    ]
    facts = [(words.tr("Bill"), view.over), (words.tr("Amount"), view.total)]
    if matter is not None:
        lines = [charge.label for charge in charges_of(matter, words) if charge.id in chosen]
        parts.append("\n".join([*lines, amount_sentence(matter, chosen, words)]))
    if view.usual:
        parts.append(view.usual)
    if view.main_reason:
        parts.append(view.main_reason)
    evidence = [words.tr("{label}: {amount}", label=c.label, amount=c.amount) for c in view.changes]
    if evidence:
        parts.append("\n".join(evidence))
    if reason == "paid" and view.payments:
        paid = [words.tr("{label}: {amount}", label=p.label, amount=p.value) for p in view.payments]
        paid = [view.proof] if view.proof else paid
        parts.append("\n".join([words.tr("Your own record of payments:"), *paid]))
    parts.append(_wish_sentence(wish, words))
    facts.append((words.tr("Where it goes"), words.tr("to your operator as a ticket; you can follow it under Help")))
    return Letter(words.tr("Dispute of bill {number}", number=view.number), "\n\n".join(parts), tuple(facts))


def _wish_sentence(wish: DebitWish, words: Words) -> str:
    return {
        DebitWish.HOLD: words.tr("Please explain it in writing, and do not debit the disputed part before."),
        DebitWish.WAIT: words.tr("Please explain it in writing, and debit nothing of this bill before."),
        DebitWish.PAY: words.tr("Please explain it in writing, and pay the disputed part back once it is taken."),
    }[wish]


def plan_letter(view: BillView, bill_total: Money | None, parts: int, words: Words) -> Letter:
    """A question for a plan to pay in equal monthly parts."""
    each = plan_sentence(bill_total, parts, words)
    text = words.tr(
        "I ask to pay bill {number}, {total}, in {parts} monthly payments. {each} Please confirm the plan in writing, "
        "with its days and without further costs.",
        number=view.number,
        total=view.total,
        parts=words.number(parts),
        each=each,
    )
    facts = ((words.tr("Bill"), view.over), (words.tr("Amount"), view.total))
    return Letter(words.tr("Payment plan for bill {number}", number=view.number), text, facts)


def plan_sentence(total: Money | None, parts: int, words: Words) -> str:
    """How much each part is, and how long it goes on; the last part carries the rest of the rounding."""
    if total is None or parts < 1:
        return ""
    each = Money((total.value / parts).quantize(CENT, ROUND_DOWN), total.unit)
    last = total - each * (parts - 1)
    length = words.trn("{count} month", "{count} months", parts)
    if last.value - each.value < Decimal("0.01"):
        return words.tr("{amount} a month, for {length}.", amount=words.money(each), length=length)
    return words.tr(
        "{amount} a month, for {length}; the last is {last}.",
        amount=words.money(each),
        length=length,
        last=words.money(last),
    )


def dispute_command(
    bill_id: str,
    letter: Letter,
    text: str,
    reason: str = "",
    matter: Matter | None = None,
    chosen: Collection[str] = (),
    files: Sequence[Evidence] = (),
) -> OpenTicket:
    """The dispute as it goes to the operator (TMF621, type "Bill Dispute"): the bill, the charges, an answer wanted
    before the debit day, how much, why, and the files."""
    about = [EntityRef("CustomerBill", bill_id, "disputedBill")]
    about += [EntityRef("AppliedCustomerBillingRate", one, "disputedCharge") for one in chosen]
    found = disputed(matter.bill, matter.lines, chosen, matter.flags) if matter is not None else None
    return OpenTicket(
        letter.title,
        text,
        "Bill Dispute",
        "Major",
        tuple(about),
        wanted=matter.bill.due if matter is not None and not matter.bill.is_paid else None,
        amount=found.amount if found is not None else None,
        reason=reason,
        files=tuple(files),
    )


def plan_command(bill_id: str, letter: Letter, text: str) -> OpenTicket:
    """The question for a plan as it goes to the operator (TMF621, type "paymentArrangement")."""
    return OpenTicket(letter.title, text, "paymentArrangement", "Minor", (EntityRef("CustomerBill", bill_id),))
