"""What is known after the last day of a line: the final bill and its check, the box, money owed, the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.lines import Access
from selfcare.domain.money import Money, totals_by_unit
from selfcare.domain.payments import Payment
from selfcare.domain.records import Struct, field, replace

from .atlas import no_rules
from .charges import is_deposit
from .choices import Route
from .country import CostReason
from .cutover import Cutover, cutover
from .debits import Debit, debits_after
from .door import Door, NumberWent, door, moves_of
from .ending import Ending
from .equipment import EquipmentStep, Item, Proof, box_deadline, equipment_step, give_back
from .facts import LeavingFacts
from .final_bill import FinalBill, Review, review, which_final
from .final_findings import FindingKind
from .orders import BACK, away_too_long, keeps_number, orders_free, resumes_by
from .reach import Who, who_of
from .refunds import Refund, RefundOf, paid_on, refund
from .rules import Rules
from .terms import money_of
from .way import StepKind, Way
from .wizard import Answers

BOX = "box"
"""The id of the one thing that goes back from a fixed line: its box."""


class Papers(Struct, frozen=True):
    """What of the operator's papers an end is judged by. `lines` are those of the bills around it.

    `products` are a line and its options, `accounts` the billing account, both by line id; `running` are the lines
    that have not ended; `prices` monthly prices by product id, tax included.
    """

    lines: tuple[BillLine, ...] = ()
    payments: tuple[Payment, ...] = ()
    products: Mapping[str, frozenset[str]] = field(default_factory=dict)
    prices: Mapping[str, Money] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    running: frozenset[str] = frozenset()


class Aftermath(Struct, frozen=True):
    """Everything about the end of one line. `has_ended` is the operator's word, `ended` its day or the planned one.

    `review` is None while there is no final bill, or its lines have not been read. `cutover` is None until the
    customer says since when the new service works. `goes_on`: other lines are paid by the same account.
    """

    ended: date
    who: Who
    has_ended: bool = False
    final: FinalBill | None = None
    review: Review | None = None
    equipment: tuple[EquipmentStep, ...] = ()
    refunds: tuple[Refund, ...] = ()
    debits: tuple[Debit, ...] = ()
    door: Door | None = None
    cutover: Cutover | None = None
    goes_on: bool = False

    @property
    def is_final_paid(self) -> bool:
        """The bill that the operator itself calls the last one is here and nothing of it remains."""
        return self.final is not None and self.final.is_marked and self.final.bill.is_paid


def aftermath(
    facts: LeavingFacts, answers: Answers, way: Way, bills: Sequence[Bill], papers: Papers, today: date
) -> Aftermath:
    """Put together what is known of the end of a line. A discreet plan knows nothing: nothing of it is followed.

    As long as the operator does not say that the line has ended, only a bill that it marks as the last one counts.
    """
    ended, rules = facts.line_ended or way.last_day, way.ground.rules
    who = who_of(facts.access, is_business=facts.is_business, is_small=facts.small is True)
    if answers.is_discreet:
        return Aftermath(ended, who)
    account = papers.accounts.get(facts.line_id, "")
    has_ended = facts.line_ended is not None
    final = which_final(bills, ended, account)
    if final is not None and not final.is_marked and not has_ended:
        final = None
    goes_on = (
        any(papers.accounts.get(other) == account for other in papers.running - {facts.line_id}) if account else False
    )
    if final is not None and goes_on:
        final = replace(final, later=_about_it(final.later, facts.line_id, papers))
    checked = _checked(final, facts, answers, way, papers, ended, who)
    payments = [p for p in papers.payments if not account or p.account_id in {"", account}]
    noticed: tuple[Debit, ...] = ()
    if final is not None or (has_ended and today > ended):
        noticed = debits_after(
            payments, bills, ended, rules, final=final, who=who, mandate_ended=answers.debit_ended,
            not_owed=_not_owed(final, checked, payments, answers),
        )  # fmt: skip
    keeps = answers.keep_number is not False and not way.route.is_notice and way.route is not Route.STAC
    back = _door(way, facts, ended, NumberWent.MOVED if keeps else NumberWent.GIVEN_UP, today, who)
    freed = orders_free(way.ground, way.country)
    return Aftermath(
        ended=ended,
        who=who,
        has_ended=has_ended,
        final=final,
        review=checked,
        equipment=_equipment(facts, answers, ended, rules, today),
        refunds=(
            *_deposit(facts, final, papers, answers, rules, who, today),
            *_refunds(final, checked, payments, answers, rules, who, today, ended if freed else None),
            *(_advance(way, final, checked, answers, ended, who, today) if freed and has_ended else ()),
        ),
        debits=noticed,
        door=back if facts.number else None,
        cutover=_cutover(facts, answers, way, ended),
        goes_on=goes_on,
    )


def _door(way: Way, facts: LeavingFacts, ended: date, went: NumberWent, today: date, who: Who) -> Door:
    """The way back; under military orders until the day on which the service is resumed at the latest."""
    ground = way.ground
    if keeps_number(ground, way.country, way.route, ended) and not away_too_long(ground):
        kept = resumes_by(ground, way.country, way.route, ended)
        by = kept.resume_by if kept is not None else None
        return door(ended, went, ground.rules, today, who=who, under_orders=True, resume_by=by)
    moves = moves_of(facts, way.country.scheme(facts, Route.PORT))
    return door(ended, went, ground.rules, today, who=who, moves=moves)


def _advance(
    way: Way, final: FinalBill | None, checked: Review | None, answers: Answers, ended: date, who: Who, today: date
) -> Iterable[Refund]:
    """What was paid in advance before orders ended the contract, as long as no final bill says more (US-SCRA-02)."""
    if final is not None and checked is not None:
        return
    ahead = (line.high for line in way.quote.lines if line.reason is CostReason.RENT_BACK and line.rule_id == BACK)
    for amount in ahead:
        if amount is not None and amount.is_credit:
            kind = RefundOf.ADVANCE_UNDER_ORDERS
            came = dict(answers.settled).get(f"refund:{kind}")
            yield refund(kind, -amount, ended, way.ground.rules, today, who=who, paid=came)


def _about_it(later: Iterable[Bill], line_id: str, papers: Papers) -> tuple[Bill, ...]:
    """The later bills that are about this line alone, as far as their lines are here: others go on being billed."""
    own = papers.products.get(line_id, frozenset({line_id}))
    by_bill: dict[str, set[str]] = {}
    for line in papers.lines:
        by_bill.setdefault(line.bill_id, set()).add(line.product_id)
    return tuple(bill for bill in later if by_bill.get(bill.id) and by_bill[bill.id] <= own)


def receipt_of(answers: Answers) -> Proof | None:
    """The proof that the box is back: the receipt's number or its photo; None while there is neither."""
    if not answers.receipt.strip() and not answers.receipt_photo.strip():
        return None
    return Proof(answers.receipt, answers.receipt_photo)


def _checked(
    final: FinalBill | None,
    facts: LeavingFacts,
    answers: Answers,
    way: Way,
    papers: Papers,
    ended: date,
    who: Who,
) -> Review | None:
    own = [line for line in papers.lines if final is not None and line.bill_id == final.bill.id]
    if final is None or not own:
        return None
    charge = way.quote.lines[0]
    known, named = charge.low is not None and charge.high is not None, facts.closing_fee
    ending = Ending(
        ended,
        who,
        switched=way.is_switch,
        products=papers.products.get(facts.line_id, frozenset()),
        charge=(charge.low, charge.high) if known else None,  # type: ignore[arg-type]
        charge_rules=tuple(name for name in (charge.rule_id, *charge.also) if name),
        charge_why=charge.reason if known else None,
        device=way.quote.device,
        in_contract=answers.terms.closing if named is None else not named.is_zero,
        closing_fee=named,
        closing_cost=money_of(answers.terms.closing_cost, way.ground.currency),
        under_orders=orders_free(way.ground, way.country),
        returned=True if receipt_of(answers) is not None else None,
        prices=papers.prices,
    )
    earlier = [line for line in papers.lines if line.bill_id != final.bill.id]
    return review(final.bill, own, ending, way.ground.rules, earlier=earlier)


def _equipment(
    facts: LeavingFacts, answers: Answers, ended: date, rules: Rules, today: date
) -> tuple[EquipmentStep, ...]:
    """The box of a fixed line. The operator states neither its time nor a label, so the usual time is a guess."""
    until = box_deadline(facts, ended, rules)
    if until is None:
        return ()
    item, proof = Item(BOX, ""), receipt_of(answers)
    returned = give_back(item, answers.returned or today, proof) if proof is not None else None
    return (equipment_step(item, ended, until, today, returned),)


def _deposit(
    facts: LeavingFacts,
    final: FinalBill | None,
    papers: Papers,
    answers: Answers,
    rules: Rules,
    who: Who,
    today: date,
) -> Iterable[Refund]:
    """The deposit: a rule's time runs from the return of its item, and only where there is an item to return."""
    if facts.deposit is None:
        return
    item = facts.access in {Access.FIXED, Access.INTERNET}
    came = dict(answers.settled).get(f"refund:{RefundOf.DEPOSIT}")
    if came is None and final is not None:
        back = (line for line in papers.lines if line.bill_id == final.bill.id and is_deposit(line))
        came = final.bill.day if any(line.gross is not None and line.gross.is_credit for line in back) else None
    law = rules if item else no_rules(rules.country, today)
    yield refund(RefundOf.DEPOSIT, facts.deposit, answers.returned if item else None, law, today, who=who, paid=came)


def _refunds(
    final: FinalBill | None,
    checked: Review | None,
    payments: Sequence[Payment],
    answers: Answers,
    rules: Rules,
    who: Who,
    today: date,
    freed: date | None,
) -> Iterable[Refund]:
    """What the final bill leaves to be paid back. `freed` is the day on which military orders ended the contract."""
    if final is None:
        return
    bill, counts_from, told = final.bill, paid_on(final.bill, payments), dict(answers.settled)
    if bill.total is not None and bill.total.is_credit:
        came = told.get(f"refund:{RefundOf.OVERPAYMENT}") or _credited_on(bill)
        yield refund(
            RefundOf.OVERPAYMENT, -bill.total, counts_from, rules, today, who=who, stated=bill.due, paid=came
        )  # fmt: skip
    ahead = [f.amount for f in checked.findings if f.kind is FindingKind.RENT_AHEAD] if checked is not None else []
    for total in totals_by_unit(ahead):
        kind = RefundOf.ADVANCE if freed is None else RefundOf.ADVANCE_UNDER_ORDERS
        came = told.get(f"refund:{kind}")
        yield refund(kind, total, freed or counts_from, rules, today, who=who, paid=came)
    for total in _not_owed(final, checked, payments, answers).values():
        came = told.get(f"refund:{RefundOf.OVERCHARGED}")
        yield refund(RefundOf.OVERCHARGED, total, counts_from, rules, today, who=who, paid=came)


def _not_owed(
    final: FinalBill | None, checked: Review | None, payments: Iterable[Payment], answers: Answers
) -> dict[str, Money]:
    """What a final bill that is paid asked too much beyond doubt, by its id; nothing where that was settled before.

    Rent of an earlier bill that was paid in advance is followed by itself.
    """
    paid = paid_on(final.bill, payments) if final is not None else None
    if final is None or checked is None or paid is None or not final.bill.is_paid:
        return {}
    closed = dict(answers.settled).get(f"bill:{final.bill.id}")
    if closed is not None and closed < paid:
        return {}
    wrong = (f.amount for f in checked.findings if f.is_certain and f.kind is not FindingKind.RENT_AHEAD)
    asked = final.bill.total
    too_much = [each for each in totals_by_unit(wrong) if asked is not None and each.unit == asked.unit]
    return {final.bill.id: too_much[0]} if too_much else {}


def _credited_on(bill: Bill) -> date | None:
    """The day on which a credit was paid out, by the operator's figure: nothing of it remains. None while it does."""
    if bill.remaining is None or bill.remaining.value != Decimal(0):
        return None
    return bill.changed.date() if bill.changed is not None else bill.day


def _cutover(facts: LeavingFacts, answers: Answers, way: Way, ended: date) -> Cutover | None:
    if answers.works is None:
        return None
    step = way.step(StepKind.CUT)
    hour = step.hour if step is not None else None
    ends = datetime.combine(ended, hour, way.ground.zone) if hour is not None else ended
    if way.route.is_notice:
        ends = datetime.combine(ended + timedelta(days=1), time(), way.ground.zone)  # it works the whole day (CV-1)
    return cutover(answers.works, ends, facts.zone, is_critical=answers.is_critical is True)
