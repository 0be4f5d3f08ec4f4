"""A plan to pay in parts, in words: what it comes to, how long it takes, how it is beside a usual bill, an answer."""

from __future__ import annotations

from decimal import Decimal

from selfcare.billing.plan import Plan, PlanFinding, PlanVerdict
from selfcare.domain.commands import OpenTicket
from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.tickets import EntityRef
from selfcare.i18n.words import Words

from .typed_amount import read_amount

_LEAST = Decimal("0.001")
"""The smallest part that is said in figures."""


class PlanView(Struct, frozen=True):
    """A judged plan: figures with their names, what is to be said of it, and the answer that may be sent."""

    facts: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    is_fair: bool
    title: str
    answer: str


def plan_view(verdict: PlanVerdict, number: str, usual: Money | None, rule: str, words: Words) -> PlanView:
    """The plan for a bill. `rule` is the country's own sentence on how long a debt can be claimed, "" for none."""
    is_fair = verdict.findings == (PlanFinding.FAIR,)
    sentences = tuple(_sentence(one, verdict, usual, rule, words) for one in verdict.findings)
    return PlanView(
        _facts(verdict, usual, words),
        sentences,
        is_fair,
        words.tr("Payment plan for bill {number}", number=number),
        _answer(verdict, number, is_fair=is_fair, words=words),
    )


def answer_command(bill_id: str, view: PlanView, text: str) -> OpenTicket:
    """The answer to an offered plan as it goes to the operator (TMF621, type "paymentArrangement")."""
    return OpenTicket(view.title, text, "paymentArrangement", "Minor", (EntityRef("CustomerBill", bill_id),))


def span_text(months: int, words: Words) -> str:
    """So many months, in years where they are many."""
    years, rest = divmod(months, 12)
    if not years:
        return words.trn("{count} month", "{count} months", months)
    said = words.trn("{count} year", "{count} years", years)
    return words.listing([said, words.trn("{count} month", "{count} months", rest)]) if rest else said


def _facts(verdict: PlanVerdict, usual: Money | None, words: Words) -> tuple[tuple[str, str], ...]:
    plan = verdict.plan
    each = words.tr("{count} × {amount}", count=words.number(plan.payments), amount=words.money(plan.each))
    if plan.last is not None and plan.last != plan.each:
        each = words.tr("{payments}, the last {amount}", payments=each, amount=words.money(plan.last))
    facts = [
        (words.tr("Payments"), each),
        (words.tr("Last payment"), words.long_day(verdict.ends)),
        (words.tr("It takes"), span_text(verdict.months, words)),
        (words.tr("You pay in all"), words.money(verdict.total)),
    ]
    if verdict.cost.value < 0:
        facts.append((words.tr("Stays unpaid"), words.money(-verdict.cost)))
    else:
        more = words.money(verdict.cost) if verdict.cost.value else words.tr("nothing")
        facts.append((words.tr("More than you owe"), more))
    if verdict.rate is not None:
        facts.append((words.tr("That is a yearly interest of"), _interest(verdict, words)))
    if verdict.share is not None and usual is not None:
        share = words.tr("{share} of {usual}", share=_percent(verdict.share, words), usual=words.money(usual))
        facts.append((words.tr("Each beside your usual bill"), share))
    return tuple(facts)


def _sentence(finding: PlanFinding, verdict: PlanVerdict, usual: Money | None, rule: str, words: Words) -> str:
    plan = verdict.plan
    match finding:
        case PlanFinding.NEVER_ENDS:
            return words.tr(
                "After the last payment {amount} would still be owed. A plan must say what becomes of it.",
                amount=words.money(-verdict.cost),
            )
        case PlanFinding.LIFELONG:
            return words.tr(
                "This is no help with a bill, it is a debt for {span}: {amount} each month until {month}.",
                span=span_text(verdict.months, words),
                amount=words.money(plan.each),
                month=words.month(verdict.ends),
            )
        case PlanFinding.LONG:
            return words.tr(
                "It takes {span}, longer than a telecom contract may bind anybody.",
                span=span_text(verdict.months, words),
            )
        case PlanFinding.COSTS:
            return words.tr(
                "It costs {amount} more than you owe. Ask for the written terms before you agree: money lent at a cost "
                "may be a credit, with rights of its own.",
                amount=words.money(verdict.cost),
            )
        case PlanFinding.OUTLIVES_CLAIM:
            day = words.long_day(verdict.barred) if verdict.barred is not None else ""
            said = words.tr(
                "The plan goes on beyond {day}. Signing one can be read as owning up to the debt and may start that "
                "time anew: take advice first.",
                day=day,
            )
            return words.tr("{rule} {sentence}", rule=rule, sentence=said) if rule else said
        case PlanFinding.HEAVY:
            share = _percent(verdict.share or Decimal(0), words)
            return words.tr("Each payment is {share} of a usual bill, and comes on top of it.", share=share)
        case PlanFinding.STRANGE_BILL:
            times = words.number(round(verdict.times or Decimal(0)))
            return words.tr(
                "The bill is {times} times a usual one ({usual}). Whether it is owed at all comes first: dispute it "
                "before you agree to pay it in parts.",
                times=times,
                usual=words.money(usual),
            )
        case PlanFinding.FAIR:
            return words.tr("It costs nothing more, ends soon, and fits beside your usual bill.")


def _answer(verdict: PlanVerdict, number: str, *, is_fair: bool, words: Words) -> str:
    plan = verdict.plan
    day, amount = words.long_day(verdict.ends), words.money(plan.each)
    offered = words.tr(
        "You offered to let me pay bill {number} in {count} payments of {amount}, until {day}.",
        number=number,
        count=words.number(plan.payments),
        amount=amount,
        day=day,
    )
    if plan.payments == 1:
        offered = words.tr(
            "You offered to let me pay bill {number} in one payment of {amount} on {day}.",
            number=number,
            amount=amount,
            day=day,
        )
    if is_fair:
        said = words.tr("I accept this plan as it is, without further costs. Please confirm it in writing.")
        return f"{offered}\n\n{said}"
    parts = [offered, words.tr("I do not agree to it as it is.")]
    if verdict.cost.value > 0:
        parts.append(words.tr("It would cost me {amount} more than the bill.", amount=words.money(verdict.cost)))
    if verdict.cost.value < 0:
        parts.append(
            words.tr(
                "After the last payment {amount} would still be owed. A plan must say what becomes of it.",
                amount=words.money(-verdict.cost),
            )
        )
    if PlanFinding.LIFELONG in verdict.findings or PlanFinding.LONG in verdict.findings:
        parts.append(words.tr("It would take {span}.", span=span_text(verdict.months, words)))
    parts.append(
        words.tr(
            "Please explain in writing first how the amount of the bill came about. This answer does not own up to it."
        )
    )
    return "\n\n".join(parts)


def _interest(verdict: PlanVerdict, words: Words) -> str:
    rate = verdict.rate or Decimal(0)
    if verdict.cost.value > 0 and rate < _LEAST:
        return words.tr("under {share}", share=_percent(_LEAST, words))
    return _percent(rate, words)


def _percent(part: Decimal, words: Words) -> str:
    from babel.numbers import format_percent

    digits = "#,##0.#%" if abs(part) < 1 else "#,##0%"
    return str(format_percent(part, format=digits if words.language == "en" else digits.replace("%", "\u202f%"),
                              locale=words.locale))  # fmt: skip


def no_plan(words: Words) -> str:
    """What is said while the figures make no plan."""
    return words.tr("Write down how many payments were offered, and how much each is.")


def wrong_offer(each: str, fee: str, words: Words) -> str:
    """What is wrong with the amounts that were typed for a plan; "" for nothing. An empty one is none, and right."""
    if each.strip() and ((amount := read_amount(each)) is None or amount <= 0):
        return words.tr("Type the amount of a payment like 41.99 or 45 923,61.")
    if fee.strip() and ((cost := read_amount(fee)) is None or cost < 0):
        return words.tr("Type the fee like 41.99 or 45 923,61.")
    return ""


def offer_of(debt: Money, payments: int, each: Decimal | None, fee: Decimal | None, even: Plan) -> Plan | None:
    """The plan from what the customer typed; an empty amount means equal parts of the debt."""
    if payments < 1:
        return None
    paid = Money(fee, debt.unit) if fee is not None and fee > 0 else None
    if each is None:
        return Plan(debt, payments, even.each, even.first, even.last, paid)
    return Plan(debt, payments, Money(each, debt.unit), even.first, None, paid) if each > 0 else None
